# Which servers should be bought by the month or the year, by how long they run?

terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# The credentials come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

variable "project_id" {
  description = "Id of any IAM project of the account. It does not affect the price."
  type        = string
}

variable "region" {
  description = "Region of the servers."
  type        = string
  default     = "ap-southeast-3"
}

variable "servers" {
  description = "Servers by your own names: what they are, and how many hours a month they run."
  type        = map(object({ flavor = string, os = optional(string, "linux"), disk_gb = optional(number, 40), hours = optional(number, 730) }))
  default = {
    build   = { flavor = "c7.xlarge.4", hours = 160 }
    website = { flavor = "s6.large.2" }
  }
}

data "bss_price_comparison" "server" {
  for_each = var.servers

  project_id      = var.project_id
  region          = var.region
  hours_per_month = each.value.hours

  products = {
    server = { ecs = { flavor = each.value.flavor, os = each.value.os } }
    disk   = { evs = { volume_type = "GPSSD", size_gb = each.value.disk_gb } }
  }
}

locals {
  rows = [
    for name, compared in data.bss_price_comparison.server : {
      server                = name
      hours                 = var.servers[name].hours
      cheapest              = compared.cheapest
      pay_per_use_a_month   = compared.pay_per_use_monthly_amount == null ? null : provider::bss::format_amount(compared.pay_per_use_monthly_amount)
      by_month_a_month      = compared.month_amount == null ? null : provider::bss::format_amount(compared.month_amount)
      by_year_a_month       = compared.year_monthly_amount == null ? null : provider::bss::format_amount(compared.year_monthly_amount)
      month_pays_from_hours = compared.month_break_even_hours
      year_pays_from_hours  = compared.year_break_even_hours
      currency              = compared.currency
      # Null if it is not sold pay-per-use, or not at all.
      saves_each_month = try(provider::bss::format_amount(compared.pay_per_use_monthly_amount - compared.cheapest_monthly_amount), null)
    }
  ]
}

output "servers" {
  description = "What each server costs a month in each way, and from how many hours a term pays."
  value       = { for row in local.rows : row.server => row }
}

output "csv" {
  description = "The same as CSV: terraform output -raw csv > servers.csv"
  value = provider::bss::csvencode(
    local.rows, "server", "hours", "cheapest", "pay_per_use_a_month", "by_month_a_month", "by_year_a_month",
    "month_pays_from_hours", "year_pays_from_hours", "saves_each_month", "currency",
  )
}
