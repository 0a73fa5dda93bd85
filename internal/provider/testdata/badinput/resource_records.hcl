on = ["data bss_resource_records"]

case "type of resource is blank" {
  at      = "resource_type_code"
  summary = "Invalid text"
  with {
    resource_type_code = " "
  }
}

case "payer with a space" {
  at      = "payer_account_id"
  summary = "Invalid id"
  with {
    payer_account_id = "0a 1b"
  }
}
