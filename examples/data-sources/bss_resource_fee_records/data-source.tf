data "bss_resource_fee_records" "charges" {
  # Months of bills are those of UTC+8.
  month_begin    = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
  statistic_type = "detail"
  group_by       = ["charge_mode", "bill_type"]
}

output "by_charge_mode" {
  value = {
    for group in data.bss_resource_fee_records.charges.grouped_totals :
    "${group.charge_mode} ${group.bill_type}" => group.consume_amount
  }
}

output "charges" {
  value = [for charge in data.bss_resource_fee_records.charges.records : "${charge.trade_time} ${charge.resource_id}: ${charge.consume_amount}"]
}
