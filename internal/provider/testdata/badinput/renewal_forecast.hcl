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
