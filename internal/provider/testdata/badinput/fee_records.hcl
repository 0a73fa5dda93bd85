on = ["data bss_fee_records"]

case "provider is unknown" {
  at      = "provider_type"
  summary = "Invalid value"
  with {
    provider_type = "aws"
  }
}

case "status is unknown" {
  at      = "status"
  summary = "Invalid value"
  with {
    status = "open"
  }
}

case "type of resource is empty" {
  at      = "resource_type_code"
  summary = "Invalid text"
  with {
    resource_type_code = ""
  }
}

case "trade is empty" {
  at      = "trade_id"
  summary = "Invalid id"
  with {
    trade_id = ""
  }
}

case "a site without fee records" {
  at      = ""
  summary = "Could not list the fee records of 2026-01"
  when    = "plan"
  with {}
}
