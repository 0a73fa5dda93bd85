# What renews in the next days, what it costs, and the first day that the balance does
# not cover.

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

variable "days" {
  description = "How many days to look ahead."
  type        = number
  default     = 30
}

variable "yearly" {
  description = "Ids of resources that renew by the year. The API does not show it; all others are taken to renew by the month."
  type        = set(string)
  default     = []
}

data "bss_renewal_forecast" "next" {
  within_days  = var.days
  period_units = { for id in var.yearly : id => "year" }
}

locals {
  forecast = data.bss_renewal_forecast.next
  renewals = [for event in local.forecast.events : event if event.fate == "renews"]
}

# Warns, and lets the plan pass.
check "funds" {
  assert {
    condition = local.forecast.covered != false
    error_message = join(" ", [
      "The balance does not cover the renewals from", coalesce(local.forecast.first_short_day, "today"), "on.",
      local.forecast.shortfall_amount == null ? "An unknown amount of" : provider::bss::format_amount(local.forecast.shortfall_amount),
      coalesce(local.forecast.currency, "money"), "is missing.",
    ])
  }
}

check "prices" {
  assert {
    condition     = local.forecast.complete
    error_message = "Not all is known: ${join("; ", local.forecast.incomplete_reasons)}."
  }
}

output "days" {
  description = "What is charged on each day."
  value = {
    for day in distinct(local.renewals[*].day) : day => [
      for event in local.renewals :
      "${coalesce(event.resource_name, event.resource_id)}: ${event.amount == null ? "price unknown" : provider::bss::format_amount(event.amount)}"
      if event.day == day
    ]
  }
}

output "months" {
  description = "What is charged in each month."
  value       = { for month in local.forecast.by_month : month.month => month.amount == null ? "not known" : provider::bss::format_amount(month.amount) }
}

output "funds" {
  description = "What is needed, what is there, and the first day that is not covered."
  value = {
    currency        = local.forecast.currency
    needed          = local.forecast.total_amount == null ? "not known" : provider::bss::format_amount(local.forecast.total_amount)
    known           = provider::bss::format_amount(local.forecast.known_amount)
    available       = local.forecast.available_amount == null ? "not known" : provider::bss::format_amount(local.forecast.available_amount)
    covered         = local.forecast.covered
    first_short_day = local.forecast.first_short_day
  }
}

# One line for each event, for a spreadsheet: terraform output -raw csv > forecast.csv
output "csv" {
  description = "All that happens, as CSV."
  value = provider::bss::csvencode(
    local.forecast.events, "day", "fate", "resource_name", "resource_id", "amount", "period_unit", "period_source", "paid_through", "reason",
  )
}
