# The `timeout` of what waits for an action.
on = ["action bss_order_pay", "action bss_resource_renew", "action bss_resource_unsubscribe", "action bss_resource_convert"]

case "timeout in words" {
  at      = "timeout"
  summary = "Invalid duration"
  with {
    timeout = "5 minutes"
  }
}

case "timeout below zero" {
  at      = "timeout"
  summary = "Invalid duration"
  with {
    timeout = "-3m"
  }
}

case "timeout of zero" {
  at      = "timeout"
  summary = "Invalid duration"
  with {
    timeout = "0s"
  }
}

case "timeout of two days" {
  at      = "timeout"
  summary = "Invalid duration"
  with {
    timeout = "48h"
  }
}

case "timeout is empty" {
  at      = "timeout"
  summary = "Invalid duration"
  with {
    timeout = ""
  }
}
