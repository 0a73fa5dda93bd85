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

# Only on the china site.
data "bss_usage95_summary" "lines" {
  month             = "2026-10"
  service_type_code = "hws.service.type.vpc"
  usage_type        = "95peak_plus"
}

data "bss_usage95_details" "line" {
  for_each = toset(data.bss_usage95_summary.lines.resource_ids)

  month             = "2026-10"
  service_type_code = "hws.service.type.vpc"
  usage_type        = "95peak_plus"
  resource_id       = each.value
}

output "peaks" {
  description = "When each line was used most."
  value       = { for id, line in data.bss_usage95_details.line : id => line.highest_time }
}
