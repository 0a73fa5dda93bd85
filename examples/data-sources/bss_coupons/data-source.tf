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

data "bss_coupons" "all" {
  expiring_within_days = 60
}

output "usable_coupons" {
  description = "When each usable coupon ends."
  value = {
    for coupon in data.bss_coupons.all.coupons : coupon.coupon_id => coupon.expire_time
    if coupon.is_usable == true
  }
}

output "left_on_coupons" {
  description = "What can be spent, and what of it is lost soon, by type. Discount coupons hold no amount."
  value = {
    for total in data.bss_coupons.all.usable_totals :
    total.coupon_type => format(
      "%s %s, of which %s ends within 60 days",
      provider::bss::format_amount(total.remaining_amount), total.currency, provider::bss::format_amount(total.expiring_amount),
    )
    if total.remaining_amount != null
  }
}
