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
  # Costs use months of UTC+8.
  this_month = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
}

# How much of what was paid, then or earlier, is a cost of this month, by team.
data "bss_monthly_cost_breakdown" "this_month" {
  month_begin  = local.this_month
  group_by     = ["tag:team"]
  include_rows = false
}

output "by_team" {
  value = {
    for group in data.bss_monthly_cost_breakdown.this_month.grouped_totals :
    coalesce(group.tags["team"], "(none)") => group.current_month_amortized_amount
  }
}

output "paid_for_later" {
  description = "What is paid for already, and a cost of the months to come."
  value       = data.bss_monthly_cost_breakdown.this_month.total.future_months_amortized_amount
}
