on = ["resource bss_autorenew"]

case "enabled is null" {
  at      = "enabled"
  summary = "Missing Configuration for Required Attribute"
  with {
    enabled = null
  }
}

case "times below zero" {
  at      = "times"
  summary = "Invalid Attribute Value"
  with {
    times = -1
  }
}

case "a hundred times" {
  at      = "times"
  summary = "Invalid Attribute Value"
  says    = "99"
  with {
    times = 100
  }
}

case "unit in capital letters" {
  at      = "period_unit"
  summary = "Invalid value"
  says    = "Did you mean \"month\"?"
  with {
    period_unit = "MONTH"
  }
}

case "unit of a day" {
  at      = "period_unit"
  summary = "Invalid value"
  says    = "month"
  with {
    period_unit = "day"
  }
}

case "unit is empty" {
  at      = "period_unit"
  summary = "Invalid value"
  with {
    period_unit = ""
  }
}

case "resource is expired" {
  at      = "resource_id"
  summary = "Resource is out of use"
  when    = "plan"
  with {
    resource_id = "b5500000-51a0-4000-8000-00000000000a"
  }
}

case "resource is frozen" {
  at      = "resource_id"
  summary = "Resource is out of use"
  when    = "plan"
  with {
    resource_id = "b5500000-51a0-4000-8000-00000000000b"
  }
}
