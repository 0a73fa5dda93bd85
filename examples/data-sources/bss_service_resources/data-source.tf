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

data "bss_service_resources" "network" {
  service_type_code = "hws.service.type.vpc"
}

output "network_resources" {
  description = "Names of the types of resources, by their codes."
  value       = data.bss_service_resources.network.codes
}
