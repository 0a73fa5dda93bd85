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

data "bss_resource_types" "instances" {
  name_contains = "instance"
}

output "services_with_instances" {
  value = distinct([for row in data.bss_resource_types.instances.resource_types : row.service_type_code])
}
