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
  this_month = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
}

# Exact totals of however many lines, without a row for each.
data "bss_resource_records" "totals" {
  month_begin    = local.this_month
  statistic_type = "cycle"
  group_by       = ["resource", "service_type"]
  include_rows   = false
}

output "ten_dearest" {
  description = "The ten resources that cost most this month."
  value = [
    for group in slice(data.bss_resource_records.totals.grouped_totals, 0, min(10, length(data.bss_resource_records.totals.grouped_totals))) :
    { id = group.resource_id, name = group.resource_name, service = group.service_type_name, amount = group.consume_amount }
  ]
}

# What belongs to no enterprise project, day by day.
data "bss_resource_records" "unassigned" {
  month_begin           = local.this_month
  statistic_type        = "day"
  enterprise_project_id = "not_allocated"
}

output "unassigned" {
  value = [
    for line in data.bss_resource_records.unassigned.records :
    { day = line.bill_date, resource = line.resource_id, amount = line.consume_amount }
  ]
}

# What each value of the tag "env" costs this month. grouped_totals also has day, account
# and others: what group_by names.
data "bss_resource_records" "by_env" {
  month_begin    = local.this_month
  statistic_type = "cycle"
  group_by       = ["tag:env"]
  include_rows   = false
}

output "by_env" {
  description = "A sum is exact. Add sums up in data sources, not with sum(), which rounds."
  value = {
    for group in data.bss_resource_records.by_env.grouped_totals :
    coalesce(group.tags["env"], "(none)") => group.consume_amount
  }
}
