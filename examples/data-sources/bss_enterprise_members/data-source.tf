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

# With the credentials of the master account.
data "bss_enterprise_members" "all" {}

data "bss_enterprise_members" "active" {
  name_contains = "team"
  status        = ["normal"]
}

output "active_members" {
  description = "Ids of the members that can spend, by their names: a map for for_each."
  value       = data.bss_enterprise_members.active.ids_by_name
}

# What each of them spent last month comes from one bill.
locals {
  # Bills use months of UTC+8.
  this_month = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
  last_month = formatdate("YYYY-MM", timeadd("${local.this_month}-01T00:00:00Z", "-24h"))
  spent = {
    for group in data.bss_monthly_bills.last_month.grouped_totals : group.customer_id => group.consume_amount
  }
}

data "bss_monthly_bills" "last_month" {
  month_begin  = local.last_month
  group_by     = ["account"]
  include_rows = false
}

output "spent_by_member" {
  description = "What each member spent; null if the bill says nothing of a member."
  value = {
    for member in data.bss_enterprise_members.all.members : member.id => {
      name         = member.name
      organization = member.organization_name
      spent        = contains(keys(local.spent), member.id) ? provider::bss::format_amount(local.spent[member.id]) : null
    }
  }
}
