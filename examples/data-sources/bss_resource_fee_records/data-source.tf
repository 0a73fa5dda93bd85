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

data "bss_resource_fee_records" "charges" {
  # Bills use months of UTC+8.
  month_begin    = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
  statistic_type = "detail"
  group_by       = ["charge_mode", "bill_type"]
}

output "by_charge_mode" {
  value = [
    for group in data.bss_resource_fee_records.charges.grouped_totals :
    { charge_mode = group.charge_mode, bill_type = group.bill_type, amount = group.consume_amount }
  ]
}

output "charges" {
  value = [
    for charge in data.bss_resource_fee_records.charges.records :
    { time = charge.trade_time, resource = charge.resource_id, usage = charge.usage, unit_price = charge.unit_price, amount = charge.consume_amount }
  ]
}
