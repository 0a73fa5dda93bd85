terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# 2026-02-28: February has no 31st.
output "renewed_through" {
  value = provider::bss::add_periods("2026-01-31", 1, "month")
}

# 2027-05-27T15:59:59Z
output "expires" {
  value = provider::bss::add_periods("2026-05-27T15:59:59Z", 1, "year")
}

# 2025-11: the first of three months that end with January.
output "first_month" {
  value = provider::bss::add_periods("2026-01", -2, "month")
}
