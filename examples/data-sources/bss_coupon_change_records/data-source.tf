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

# Only on the china site.
data "bss_coupon_change_records" "last_year" {}

output "spent_with_coupons" {
  value = format("%s %s", provider::bss::format_amount(data.bss_coupon_change_records.last_year.expense_amount), data.bss_coupon_change_records.last_year.currency)
}
