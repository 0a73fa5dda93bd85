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

# Deletes a cache that was replaced. The plan names what will be deleted, and
# after the apply, state has the refund.
resource "bss_unsubscription" "old_cache" {
  resource_id = "b5500000-51a0-4000-8000-000000000007"
  scope       = "resource_and_renewals"
  reason      = "Replaced by a larger one"
}

# Unsubscribes the renewed terms that have not started, and keeps the database
# until its present term ends.
resource "bss_unsubscription" "database_renewals" {
  resource_id = "b5500000-51a0-4000-8000-000000000006"
  scope       = "renewals_only"

  timeouts {
    create = "30m"
  }
}

output "refund" {
  value = bss_unsubscription.old_cache.refund_amount
}
