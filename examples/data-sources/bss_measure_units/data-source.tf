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

data "bss_measure_units" "capacity" {
  measure_type = "capacity"
}

output "gigabyte" {
  description = "Id of the unit of the size of a disk."
  value       = one([for unit in data.bss_measure_units.capacity.measure_units : unit.measure_id if unit.abbreviation == "GB"])
}
