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

# Everything whose paid term ends within 30 days.
data "bss_resources" "expiring" {
  primary_only         = true
  expiring_within_days = 30
}

# A resource in an unpaid order has no price; here it does not stop the others.
data "bss_renewal_price" "month" {
  resource_ids   = data.bss_resources.expiring.ids
  period_unit    = "month"
  period         = 1
  allow_failures = true
}

output "each" {
  value = { for resource in data.bss_renewal_price.month.resources : resource.resource_id => resource.amount }
}

output "total" {
  description = "The sum; its amount is null if a resource has no price."
  value = {
    amount   = data.bss_renewal_price.month.amount
    currency = data.bss_renewal_price.month.currency
  }
}

output "without_price" {
  value = { for failure in data.bss_renewal_price.month.failures : failure.resource_id => failure.error_message }
}
