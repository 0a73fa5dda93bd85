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

locals {
  now = timeadd(plantimestamp(), "8h")
}

# What packages covered in the last thirty days, without a row for each deduction.
data "bss_resource_package_usage_records" "month" {
  deduct_date_begin = formatdate("YYYY-MM-DD", timeadd(local.now, "-720h"))
  deduct_date_end   = formatdate("YYYY-MM-DD", local.now)
  include_rows      = false
}

# The names of packages, by the ids of what they hold.
data "bss_resource_packages" "all" {}

locals {
  names = merge([
    for package in data.bss_resource_packages.all.packages :
    { for resource in package.free_resources : resource.free_resource_id => package.product_name }
  ]...)
}

output "covered" {
  description = "What was deducted for each resource."
  value = [
    for total in data.bss_resource_package_usage_records.month.totals :
    {
      resource = total.resource_id
      package  = lookup(local.names, total.free_resource_id, total.free_resource_id)
      amount   = total.used_amount
      unit     = total.measure_id
    }
  ]
}
