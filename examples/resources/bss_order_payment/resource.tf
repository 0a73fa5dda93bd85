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

# Pays a pending order, once, and never more than the cap.
resource "bss_order_payment" "server" {
  order_id   = "CS2611220000001"
  max_amount = 150
  currency   = "USD"

  timeouts {
    create = "30m"
  }
}

# With a discount that the order offers, as data.bss_order_discounts lists them.
# The cap has to cover the price without it.
resource "bss_order_payment" "cluster" {
  order_id    = "CS2611220000012"
  max_amount  = 200
  currency    = "USD"
  discount_id = "DC0000000002"
}
