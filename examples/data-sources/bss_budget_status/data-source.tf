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

# Is the month within its budget, and will it be?
data "bss_budget_status" "month" {
  budget     = 5000
  thresholds = [80, 100]
}

# Warns, and lets the plan pass. Null means that it is not known.
check "budget" {
  assert {
    condition = data.bss_budget_status.month.expected_over_budget != true
    error_message = join(" ", [
      "The month is expected to cost", provider::bss::format_amount(data.bss_budget_status.month.known_expected_amount),
      coalesce(data.bss_budget_status.month.currency, "or more"),
    ])
  }
}

# What of it one team has used, by the tag of its resources.
data "bss_budget_status" "team" {
  budget = 800
  tag    = { key = "team", value = "a" }

  lifecycle {
    # Fails the plan.
    postcondition {
      condition     = !self.over_budget
      error_message = "The team has spent ${provider::bss::format_amount(self.actual_amount)} of ${provider::bss::format_amount(self.budget)}."
    }
  }
}

output "used" {
  value = {
    month = data.bss_budget_status.month.month
    used  = provider::bss::format_amount(data.bss_budget_status.month.actual_amount)
    left  = provider::bss::format_amount(data.bss_budget_status.month.left_amount)
    expected = (
      data.bss_budget_status.month.expected_amount == null ? "not known yet"
      : provider::bss::format_amount(data.bss_budget_status.month.expected_amount)
    )
    passed = data.bss_budget_status.month.passed_thresholds
  }
}
