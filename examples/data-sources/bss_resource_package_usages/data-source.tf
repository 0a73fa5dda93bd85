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

data "bss_resource_package_usages" "in_effect" {
  status = "in_effect"
}

# A warning, not an error: the run goes on.
check "packages_last" {
  assert {
    condition     = alltrue([for usage in data.bss_resource_package_usages.in_effect.usages : coalesce(usage.share_used, 0) < 0.9])
    error_message = "A package is used up to nine tenths in its current cycle. What comes on top is charged."
  }
}

output "percent_used" {
  value = {
    for usage in data.bss_resource_package_usages.in_effect.usages :
    "${usage.product_name} (${usage.free_resource_id})" => format("%.1f", coalesce(usage.share_used, 0) * 100)
  }
}
