terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# 2026-02-01: in UTC+8, it is half past midnight.
output "day" {
  value = provider::bss::billing_day("2026-01-31T16:30:00Z")
}
