# What the two resources that set a policy refuse alike.
on = ["resource bss_autorenew", "resource bss_expiry_policy"]

case "end is unknown" {
  at      = "on_destroy"
  summary = "Invalid value"
  says    = "Did you mean \"disable\"?"
  with {
    on_destroy = "delete"
  }
}

case "timeout below zero" {
  at      = "timeouts.delete"
  summary = "Invalid duration"
  with {
    timeouts {
      delete = "-3m"
    }
  }
}
