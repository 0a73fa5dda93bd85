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

data "bss_order_discounts" "cluster" {
  order_id = "CS2611220000012"
}

output "discounts" {
  description = "What each discount takes off, by its id, for discount_id of bss_order_payment."
  value       = { for discount in data.bss_order_discounts.cluster.discounts : discount.discount_id => discount.total_discount }
}
