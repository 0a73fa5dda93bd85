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

# By hand: terraform apply -invoke=action.bss_order_cancel.unwanted
action "bss_order_cancel" "unwanted" {
  config {
    order_id = "CS2611220000003"
  }
}
