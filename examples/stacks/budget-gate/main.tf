# A pipeline that plans this fails as soon as the bills pass the budget, and warns
# before that.

terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source = "bss-community/bss"
    }
  }
}

# The credentials come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

variable "budget" {
  description = "What may be spent in these months together."
  type        = number

  validation {
    condition     = var.budget >= 0
    error_message = "The budget must not be negative."
  }
}

variable "currency" {
  description = "Currency of the budget. Bills in another currency fail the pipeline too."
  type        = string
  default     = "USD"
}

variable "months" {
  description = "How many months the budget is for, the last one included."
  type        = number
  default     = 1

  validation {
    condition     = contains(range(1, 37), var.months)
    error_message = "Bills are kept for three years: 1 to 36 months."
  }
}

variable "last_month" {
  description = "The last month, as YYYY-MM. Left out, it is the current month, of which the bills hold what was spent until the end of yesterday."
  type        = string
  default     = null
}

variable "warn_at" {
  description = "The share of the budget, in percent, above which the pipeline warns."
  type        = number
  default     = 80
}

locals {
  # Bills use months of UTC+8.
  last_month = coalesce(var.last_month, formatdate("YYYY-MM", timeadd(plantimestamp(), "8h")))

  # Counted in months since the year 0.
  end   = tonumber(substr(local.last_month, 0, 4)) * 12 + tonumber(substr(local.last_month, 5, 2)) - 1
  begin = local.end - var.months + 1
}

data "bss_monthly_bills" "spent" {
  month_begin  = format("%04d-%02d", floor(local.begin / 12), local.begin % 12 + 1)
  month_end    = local.last_month
  include_rows = false

  lifecycle {
    # Fails the plan.
    postcondition {
      condition     = self.total.consume_amount <= var.budget
      error_message = "Over budget: ${self.total.consume_amount} was spent from ${self.month_begin} to ${self.month_end}, and the budget is ${var.budget} ${var.currency}."
    }

    postcondition {
      condition     = coalesce(self.currency, var.currency) == var.currency
      error_message = "The budget is in ${var.currency}, and the bills are not."
    }
  }
}

# Warns, and lets the plan pass.
check "budget" {
  assert {
    condition     = data.bss_monthly_bills.spent.total.consume_amount * 100 <= var.budget * var.warn_at
    error_message = "More than ${var.warn_at} percent of the budget is spent: ${data.bss_monthly_bills.spent.total.consume_amount} of ${var.budget} ${var.currency}."
  }
}

output "spent" {
  description = "What was spent in these months."
  value       = data.bss_monthly_bills.spent.total.consume_amount
}

output "left" {
  description = "What is left of the budget."
  value       = var.budget - data.bss_monthly_bills.spent.total.consume_amount
}
