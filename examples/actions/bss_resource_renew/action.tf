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

# By hand: terraform apply -invoke=action.bss_resource_renew.database
action "bss_resource_renew" "database" {
  config {
    resource_id  = "b5500000-51a0-4000-8000-000000000006"
    paid_through = "2027-05-27"
    period_unit  = "month"
    max_amount   = 350
    currency     = "USD"
    discount     = "best"
  }
}
