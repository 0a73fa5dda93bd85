data "bss_fee_records" "this_month" {
  # Months of bills are those of UTC+8.
  month_begin = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
}

output "transactions" {
  value = { for record in data.bss_fee_records.this_month.records : record.trade_id => record.consume_amount }
}

output "owed" {
  description = "What is still to be paid."
  value       = data.bss_fee_records.this_month.total.debt_amount
}
