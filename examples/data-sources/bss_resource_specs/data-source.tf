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

# All codes that the price of a disk needs, from names alone. On the China site,
# names are Chinese unless the provider has language = "en_US".
data "bss_service_types" "disks" {
  service_type_name = "Elastic Volume Service"

  lifecycle {
    postcondition {
      condition     = length(self.codes) == 1
      error_message = "No service, or several, of this name: is it in the language of the provider?"
    }
  }
}

data "bss_resource_types" "disk" {
  service_type_code = one(keys(data.bss_service_types.disks.codes))
  name_contains     = "Cloud Disk"
}

data "bss_measure_units" "capacity" {
  measure_type  = "capacity"
  name_contains = "GB"
}

# Regions have no list. Bills name those in which the account uses something.
data "bss_resource_records" "this_month" {
  month_begin    = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
  statistic_type = "cycle"
}

locals {
  region = one(distinct([
    for row in data.bss_resource_records.this_month.records : row.region_code if row.region_name == "AP-Singapore"
  ]))
}

data "bss_resource_specs" "ssd" {
  service_type_code  = one(keys(data.bss_service_types.disks.codes))
  resource_type_code = one(keys(data.bss_resource_types.disk.codes))
  region_code        = local.region
  charge_mode        = "yearly_monthly"
  name_contains      = "General Purpose SSD"
}

data "bss_period_price" "disk" {
  project_id  = "0a1b2c3d4e5f60718293a4b5c6d7e8f9" # any project of yours
  region      = local.region
  period_unit = "month"
  period      = 1

  products = {
    disk = {
      codes = {
        service_type_code  = one(keys(data.bss_service_types.disks.codes))
        resource_type_code = one(keys(data.bss_resource_types.disk.codes))
        resource_spec_code = one(keys(data.bss_resource_specs.ssd.codes))
        size               = 100
        size_measure_id    = tonumber(one(keys(data.bss_measure_units.capacity.codes)))
      }
    }
  }
}

output "price_of_100_gb" {
  value = format("%s %s a month", provider::bss::format_amount(data.bss_period_price.disk.official_amount), data.bss_period_price.disk.currency)
}
