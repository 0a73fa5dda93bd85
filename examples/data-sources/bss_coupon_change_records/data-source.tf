# Only on the china site.
data "bss_coupon_change_records" "last_year" {}

output "spent_with_coupons" {
  value = format("%s %s", provider::bss::format_amount(data.bss_coupon_change_records.last_year.expense_amount), data.bss_coupon_change_records.last_year.currency)
}
