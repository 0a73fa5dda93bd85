on = ["data bss_resource_fee_records"]

case "statistic type that it has not" {
  at      = "statistic_type"
  summary = "Invalid value"
  with {
    statistic_type = "day"
  }
}

case "trade of 65 characters" {
  at      = "trade_id"
  summary = "Invalid id"
  with {
    trade_id = repeat("T", 65)
  }
}
