# A pipeline that plans this fails as soon as the bill of the month passes the
# budget, and warns before that.

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

variable "budget" {
  description = "What the month may cost."
  type        = number
}

variable "currency" {
  description = "Currency of the budget. A bill in another currency fails the pipeline too."
  type        = string
  default     = "USD"
}

variable "month" {
  description = "The month, as YYYY-MM. Default: that of yesterday, so that the first of a month tells how the last one ended."
  type        = string
  default     = null
}

variable "warn_at" {
  description = "The share of the budget, in percent, above which the pipeline warns."
  type        = number
  default     = 80
}

variable "scope" {
  description = "What the budget is for. Default: the account, and its members if it is a master."
  type = object({
    own                   = optional(bool, false) # the account without its members
    member_id             = optional(string)
    enterprise_project_id = optional(string)
    service_type_code     = optional(string)
    tag                   = optional(object({ key = string, value = string }))
  })
  default = {}
}

data "bss_budget_status" "month" {
  month      = coalesce(var.month, provider::bss::billing_month(timeadd(plantimestamp(), "-24h")))
  budget     = var.budget
  currency   = var.currency
  thresholds = [var.warn_at]

  scope                 = var.scope.member_id != null ? "member" : var.scope.own ? "own" : "all"
  member_id             = var.scope.member_id
  enterprise_project_id = var.scope.enterprise_project_id
  service_type_code     = var.scope.service_type_code
  tag                   = var.scope.tag

  lifecycle {
    # Fails the plan.
    postcondition {
      condition = !self.over_budget
      error_message = join(" ", [
        "Over budget:", provider::bss::format_amount(self.actual_amount), "of", provider::bss::format_amount(self.budget), var.currency,
        "is spent in", self.month,
      ])
    }
  }
}

locals {
  status = data.bss_budget_status.month
  spent  = provider::bss::format_amount(local.status.actual_amount)
  budget = provider::bss::format_amount(var.budget)
}

# Warns, and lets the plan pass.
check "budget" {
  assert {
    condition     = length(local.status.passed_thresholds) == 0
    error_message = "More than ${var.warn_at} percent of the budget is spent: ${local.spent} of ${local.budget} ${var.currency} in ${local.status.month}."
  }
}

# By what is known, a null included: that is no reason not to warn.
check "end_of_month" {
  assert {
    condition = local.status.expected_over_budget != true
    error_message = join(" ", [
      "The month is expected to end over budget:", provider::bss::format_amount(local.status.known_expected_amount),
      "of", local.budget, var.currency, "in", local.status.month,
    ])
  }
}

output "status" {
  description = "Where the month stands."
  value = {
    month          = local.status.month
    currency       = var.currency
    budget         = local.budget
    spent          = local.spent
    left           = provider::bss::format_amount(local.status.left_amount)
    used_percent   = local.status.used_percent
    expected       = local.status.expected_amount == null ? "not known" : provider::bss::format_amount(local.status.expected_amount)
    known_expected = provider::bss::format_amount(local.status.known_expected_amount)
    not_known      = local.status.incomplete_reasons
    final          = local.status.final
  }
}
