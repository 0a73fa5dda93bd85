# Terms of an unsubscription.
on = ["resource bss_unsubscription", "action bss_resource_unsubscribe"]

case "scope is null" {
  at      = "scope"
  summary = "Missing Configuration for Required Attribute"
  with {
    scope = null
  }
}

case "scope is empty" {
  at      = "scope"
  summary = "Invalid value"
  with {
    scope = ""
  }
}

case "scope is a code" {
  at      = "scope"
  summary = "Invalid value"
  says    = "renewals_only"
  with {
    scope = 1
  }
}

case "scope in capital letters" {
  at      = "scope"
  summary = "Invalid value"
  says    = "Did you mean \"renewals_only\"?"
  with {
    scope = "RENEWALS_ONLY"
  }
}

case "reason is empty" {
  at      = "reason"
  summary = "Invalid text"
  with {
    reason = ""
  }
}

case "reason is blank" {
  at      = "reason"
  summary = "Invalid text"
  with {
    reason = " "
  }
}

case "reason of 513 characters" {
  at      = "reason"
  summary = "Invalid text"
  with {
    reason = repeat("r", 513)
  }
}
