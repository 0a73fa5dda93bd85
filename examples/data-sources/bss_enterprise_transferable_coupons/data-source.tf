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

# Only on the china site, with the credentials of the master account.
data "bss_enterprise_transferable_coupons" "all" {}

output "transferable_coupons" {
  description = "What is left of each coupon that members can be given."
  value       = { for coupon in data.bss_enterprise_transferable_coupons.all.coupons : coupon.coupon_id => coupon.balance }
}
