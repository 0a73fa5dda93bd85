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

# What lapses within a month unless somebody renews it.
data "bss_resources" "lapsing" {
  primary_only         = true
  status               = ["in_use"]
  expiring_within_days = 30
  expire_policy        = ["grace_period", "freeze", "delete", "delete_after_retention"]
}

output "lapsing" {
  description = "Names of what lapses, by expiry."
  value       = [for resource in data.bss_resources.lapsing.resources : "${resource.expire_time} ${resource.resource_name}"]
}

# Counts of many, without a row for each.
data "bss_resources" "all" {
  include_rows = false
}

output "policies" {
  description = "How many resources renew, lapse or turn pay-per-use."
  value       = data.bss_resources.all.counts_by_policy
}
