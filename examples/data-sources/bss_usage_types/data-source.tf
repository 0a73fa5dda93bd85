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

data "bss_usage_types" "bandwidth" {
  resource_type_code = "hws.resource.type.bandwidth"
  name_contains      = "traffic"
}

output "traffic" {
  description = "What usage_factor of a pay-per-use price can be for bandwidth that is paid by traffic."
  value       = one(keys(data.bss_usage_types.bandwidth.codes))
}
