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

data "bss_resource_packages" "in_effect" {
  status = "in_effect"
}

output "expires" {
  description = "When each package that is in effect ends."
  value       = { for package in data.bss_resource_packages.in_effect.packages : package.order_instance_id => package.expire_time }
}

output "left" {
  description = "What each package has left."
  value = {
    for package in data.bss_resource_packages.in_effect.packages : package.order_instance_id => [
      for resource in package.free_resources : join(" ", compact([
        provider::bss::format_amount(resource.remaining_amount), "of", provider::bss::format_amount(resource.original_amount), resource.usage_type_name,
      ]))
    ]
  }
}
