terraform {
  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# The keys come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {
  site = "international"

  # Limits what one run may spend, over all payments. A pipeline that must never
  # pay sets mode = "deny".
  spending {
    max_per_apply       = 500
    require_known_price = true
  }
}
