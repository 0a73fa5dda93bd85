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

# A month of two servers with their disks, behind an address that pays for its
# traffic.
data "bss_on_demand_price" "web" {
  project_id = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
  region     = "ap-southeast-3"
  hours      = 730

  products = {
    server  = { quantity = 2, ecs = { flavor = "s6.large.2", os = "linux" } }
    disk    = { quantity = 2, evs = { volume_type = "GPSSD", size_gb = 100 } }
    address = { eip = { type = "5_bgp" } }
    traffic = { traffic = { type = "5_bgp", gb = 250 } }

    # For anything else, use the codes of the price list.
    archive = {
      hours = 24
      codes = {
        service_type_code  = "hws.service.type.ebs"
        resource_type_code = "hws.resource.type.volume"
        resource_spec_code = "SATA"
        size               = 500
        size_measure_id    = 17
      }
    }
  }
}

output "month" {
  value = {
    amount   = data.bss_on_demand_price.web.amount
    currency = data.bss_on_demand_price.web.currency
  }
}

output "each" {
  value = { for name, price in data.bss_on_demand_price.web.prices : name => price.amount }
}
