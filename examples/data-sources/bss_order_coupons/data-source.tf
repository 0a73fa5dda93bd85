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
data "bss_order_coupons" "server" {
  order_id = "CS2611220000001"
}

output "cash_coupons" {
  description = "Ids for coupon_ids of bss_order_payment."
  value = [
    for coupon in data.bss_order_coupons.server.coupons : coupon.coupon_id
    if coupon.coupon_type == "cash"
  ]
}
