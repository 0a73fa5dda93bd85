terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# 2026-02, as bills count it.
output "month" {
  value = provider::bss::billing_month("2026-01-31T16:30:00Z")
}

# The month before the running one: the last whole bill.
output "last_month" {
  value = provider::bss::add_periods(provider::bss::billing_month(plantimestamp()), -1, "month")
}
