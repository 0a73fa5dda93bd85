# All renewed terms end on the last day of a month, and automatic renewals are
# first deducted three days before, for the whole account. No call reads these
# settings or takes them back: this records what was sent.
resource "bss_renewal_settings" "account" {
  expiry_day            = "last"
  deduction_days_before = 3
}

output "set_on_account" {
  value = bss_renewal_settings.account.domain_id
}
