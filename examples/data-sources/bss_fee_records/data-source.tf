terraform {
  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# Credentials come from the environment, such as HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

data "bss_fee_records" "this_month" {
  # Bills use months of UTC+8.
  month_begin = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
}

# An order has a transaction for each of its products.
output "transactions" {
  value = [
    for record in data.bss_fee_records.this_month.records :
    { trade_id = record.trade_id, service = record.service_type_name, status = record.status, amount = record.consume_amount }
  ]
}

output "owed" {
  description = "What is still to be paid."
  value       = data.bss_fee_records.this_month.total.debt_amount
}
