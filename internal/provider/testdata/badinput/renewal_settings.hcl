# Settings of all renewals.
on = ["resource bss_renewal_settings"]

case "deduction a day before" {
  at      = "deduction_days_before"
  summary = "Invalid Attribute Value"
  with {
    deduction_days_before = 1
  }
}

case "deduction eight days before" {
  at      = "deduction_days_before"
  summary = "Invalid Attribute Value"
  with {
    deduction_days_before = 8
  }
}

case "terms that end on day 29" {
  at      = "expiry_day"
  summary = "Invalid value"
  with {
    expiry_day = "29"
  }
}

case "terms that end on day 0" {
  at      = "expiry_day"
  summary = "Invalid value"
  with {
    expiry_day = "0"
  }
}

case "terms that end on day -1" {
  at      = "expiry_day"
  summary = "Invalid value"
  with {
    expiry_day = "-1"
  }
}

case "a day with a zero in front" {
  at      = "expiry_day"
  summary = "Invalid value"
  with {
    expiry_day = "01"
  }
}

case "nothing to set" {
  at      = "deduction_days_before"
  summary = "Invalid Attribute Combination"
  with {
    deduction_days_before = null
  }
}

case "import of settings" {
  at      = ""
  summary = "bss_renewal_settings cannot be imported"
  when    = "plan"
  import "bss_renewal_settings" {
    id = "any"
  }
}
