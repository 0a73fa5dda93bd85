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
  # Bills use months of UTC+8.
  now        = timeadd(plantimestamp(), "8h")
  this_month = formatdate("YYYY-MM", local.now)
  last_month = formatdate("YYYY-MM", timeadd("${local.this_month}-01T00:00:00Z", "-24h"))
}

data "bss_monthly_bills" "recent" {
  month_begin = local.last_month
  month_end   = local.this_month
  group_by    = ["month", "service_type"]
}

output "spent" {
  description = "What was spent since the beginning of last month. If nothing was, there is no currency."
  value = {
    amount   = data.bss_monthly_bills.recent.total.consume_amount
    currency = data.bss_monthly_bills.recent.currency
  }
}

output "spent_by_service" {
  description = "What each service cost in each month."
  value = [
    for group in data.bss_monthly_bills.recent.grouped_totals :
    { month = group.month, service = group.service_type_name, amount = group.consume_amount }
  ]
}
