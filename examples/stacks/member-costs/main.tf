# What each member of an enterprise spent in a month, as a table: once from a single
# bill, and once from a bill of each member.

terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# The credentials are those of the master account, from HW_ACCESS_KEY and
# HW_SECRET_KEY.
provider "bss" {}

variable "month" {
  description = "The month, as YYYY-MM. Default: last month."
  type        = string
  default     = null
}

variable "one_by_one" {
  description = "Whether to read a bill of each member, too: one call or more for each."
  type        = bool
  default     = false
}

locals {
  # Bills use months of UTC+8.
  this_month = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
  last_month = formatdate("YYYY-MM", timeadd("${local.this_month}-01T00:00:00Z", "-24h"))
  month      = var.month == null ? local.last_month : var.month

  members = { for member in data.bss_enterprise_members.all.members : member.id => member }
}

data "bss_enterprise_members" "all" {}

# The better way: one bill of all accounts tells what each of them spent.
data "bss_monthly_bills" "by_account" {
  month_begin  = local.month
  group_by     = ["account"]
  include_rows = false
}

locals {
  # Charges that name no account are "", which no id is.
  billed = { for group in data.bss_monthly_bills.by_account.grouped_totals : group.customer_id == null ? "" : group.customer_id => group }
}

output "spent_by_member" {
  description = "What each account spent: each member, null if the bill says nothing of it; and what the bill has beside them, such as the master."
  value = concat(
    [
      for id, member in local.members : {
        id           = id
        name         = member.name
        organization = member.organization_name
        is_member    = true
        spent        = contains(keys(local.billed), id) ? provider::bss::format_amount(local.billed[id].consume_amount) : null
      }
    ],
    [
      for id, group in local.billed : {
        id           = group.customer_id
        name         = group.account_name
        organization = null
        is_member    = false
        spent        = provider::bss::format_amount(group.consume_amount)
      } if !contains(keys(local.members), id)
    ],
  )
}

# For more than the sum, such as what each service cost a member, each needs a bill
# of its own.
data "bss_monthly_bills" "member" {
  for_each = var.one_by_one ? local.members : {}

  month_begin  = local.month
  scope        = "member"
  member_id    = each.key
  group_by     = ["service_type"]
  include_rows = false
}

output "spent_by_member_and_service" {
  description = "What each member spent in all, and on each service."
  value = [
    for id, bill in data.bss_monthly_bills.member : {
      id    = id
      name  = local.members[id].name
      spent = provider::bss::format_amount(bill.total.consume_amount)
      services = {
        for group in bill.grouped_totals : coalesce(group.service_type_code, "none") => provider::bss::format_amount(group.consume_amount)
      }
    }
  ]
}
