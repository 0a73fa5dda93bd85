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

data "bss_period_price" "web" {
  project_id  = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
  region      = "ap-southeast-3"
  period_unit = "year"
  period      = 1

  products = {
    server    = { quantity = 2, ecs = { flavor = "s6.large.2", os = "linux" } }
    disk      = { quantity = 2, evs = { volume_type = "GPSSD", size_gb = 100 } }
    address   = { eip = { type = "5_bgp" } }
    bandwidth = { bandwidth = { type = "5_bgp", size_mbit = 10 } }
  }
}

output "price_list" {
  value = data.bss_period_price.web.official_amount
}

output "best_offer" {
  description = "With the best discount of the account, if one is shown."
  value       = coalesce(data.bss_period_price.web.best_offer_amount, data.bss_period_price.web.official_amount)
}

output "each" {
  value = { for name, price in data.bss_period_price.web.prices : name => price.official_amount }
}
