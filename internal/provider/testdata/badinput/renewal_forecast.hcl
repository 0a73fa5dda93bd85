on = ["data bss_renewal_forecast"]

case "no days" {
  at      = "within_days"
  summary = "Invalid Attribute Value"
  says    = "1"
  with {
    within_days = 0
  }
}

case "more than a year" {
  at      = "within_days"
  summary = "Invalid Attribute Value"
  says    = "366"
  with {
    within_days = 367
  }
}

case "a deduction day that the platform does not have" {
  at      = "deduction_days_before"
  summary = "Invalid Attribute Value"
  with {
    deduction_days_before = 8
  }
}

case "a day that not every month has" {
  at      = "expiry_day"
  summary = "Invalid Attribute Value Match"
  with {
    expiry_day = "29"
  }
}

case "unit is a day" {
  at      = "default_period_unit"
  summary = "Invalid Attribute Value Match"
  with {
    default_period_unit = "day"
  }
}

case "unit of one resource is a week" {
  at      = "period_units[\"res-000001\"]"
  summary = "Invalid Attribute Value Match"
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

case "time without its zone" {
  at      = "as_of"
  summary = "Invalid time"
  with {
    as_of = "2026-11-29"
  }
}

case "id is empty" {
  at      = "resource_ids[\"\"]"
  summary = "Invalid id"
  with {
    resource_ids = [""]
  }
}
