terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# 30
output "days_left" {
  value = provider::bss::days_between("2026-01-01", "2026-01-31T15:59:59Z")
}

# -2: it expired the day before yesterday.
output "since" {
  value = provider::bss::days_between("2026-02-02", "2026-01-31T15:59:59Z")
}
