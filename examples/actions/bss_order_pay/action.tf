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

# By hand: terraform apply -invoke=action.bss_order_pay.database
action "bss_order_pay" "database" {
  config {
    order_id   = "CS2611220000002"
    max_amount = 60
    currency   = "USD"
    timeout    = "30m"
  }
}
