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

# Turns pay-per-use when its paid term ends.
resource "bss_expiry_policy" "server" {
  resource_id = "b5500000-51a0-4000-8000-000000000004"
  policy      = "pay_per_use"
}

# Lapses unless somebody renews it.
resource "bss_expiry_policy" "cache" {
  resource_id = "b5500000-51a0-4000-8000-000000000007"
  policy      = "manual"

  timeouts {
    create = "10m"
  }
}
