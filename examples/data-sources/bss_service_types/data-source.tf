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

data "bss_service_types" "disks" {
  service_type_name = "Elastic Volume Service"
}

output "disk_service" {
  description = "Code of the only service of this name."
  value       = one(keys(data.bss_service_types.disks.codes))
}
