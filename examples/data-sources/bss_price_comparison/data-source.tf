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

# Is a year cheaper, for a server that runs in office hours?
data "bss_price_comparison" "server" {
  project_id      = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
  region          = "ap-southeast-3"
  hours_per_month = 200
  products = {
    server = { ecs = { flavor = "s6.large.2", os = "linux" } }
    disk   = { evs = { volume_type = "GPSSD", size_gb = 100 } }
  }
}
output "cheapest" { value = data.bss_price_comparison.server.cheapest }

output "costs_a_month" {
  value = join(" ", [
    provider::bss::format_amount(data.bss_price_comparison.server.cheapest_monthly_amount), data.bss_price_comparison.server.currency,
  ])
}

output "a_year_pays_from" {
  description = "Hours of use a month, for each product."
  value       = { for name, price in data.bss_price_comparison.server.prices : name => price.year_break_even_hours }
}
