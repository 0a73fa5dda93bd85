on = ["data bss_price_comparison"]

case "more hours than a month has" {
  at      = "hours_per_month"
  summary = "Month has no such hours"
  says    = "744"
  with {
    hours_per_month = 745
  }
}

case "negative hours" {
  at      = "hours_per_month"
  summary = "Invalid amount"
  with {
    hours_per_month = -1
  }
}
