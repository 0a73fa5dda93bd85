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

# Only on the china site. Last month's figures are there from the second, 20:00.
data "bss_usage95_summary" "cdn" {
  month             = "2026-10"
  service_type_code = "hws.service.type.cdn"
  usage_type        = "95Peak"
}

output "billed_bandwidth" {
  description = "Bandwidth that is billed, in Mbit/s, by resource; empty before the figures are there."
  value = {
    for usage in data.bss_usage95_summary.cdn.resources : usage.resource_id => usage.bandwidth
    if data.bss_usage95_summary.cdn.final
  }
}
