# How renewals go, which no call shows.
on = ["data bss_renewal_forecast", "data bss_budget_status"]

case "a deduction day that the platform does not have" {
  at      = "deduction_days_before"
  summary = "Invalid Attribute Value"
  with {
    deduction_days_before = 8
  }
}

case "a day that not every month has" {
  at      = "expiry_day"
  summary = "Invalid value"
  with {
    expiry_day = "29"
  }
}

case "unit is a day" {
  at      = "default_period_unit"
  summary = "Invalid value"
  with {
    default_period_unit = "day"
  }
}

case "unit of one resource is a week" {
  at      = "period_units[\"res-000001\"]"
  summary = "Invalid value"
  with {
    period_units = { "res-000001" = "week" }
  }
}

case "unit of one resource is null" {
  at      = "period_units"
  summary = "Null Map Value"
  with {
    period_units = { "res-000001" = null }
  }
}
