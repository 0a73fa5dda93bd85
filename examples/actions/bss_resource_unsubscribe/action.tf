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

# By hand: terraform apply -invoke=action.bss_resource_unsubscribe.retired
action "bss_resource_unsubscribe" "retired" {
  config {
    resource_id = "b5500000-51a0-4000-8000-000000000006"
    scope       = "resource_and_renewals"
    reason      = "Replaced by a larger database"
  }
}
