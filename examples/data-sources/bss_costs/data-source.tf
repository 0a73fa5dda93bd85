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
  # Costs use days and months of UTC+8.
  this_month = formatdate("YYYY-MM", timeadd(plantimestamp(), "8h"))
}

# What each value of the tag "team" costs this month. granularity = "day" divides
# rows and periods by day: begin and end are then days, such as 2026-03-31.
data "bss_costs" "by_team" {
  granularity = "month"
  begin       = local.this_month
  group_by    = ["tag:team"]
}

output "by_team" {
  value = {
    for group in data.bss_costs.by_team.groups :
    coalesce(group.dimensions["tag:team"], group.untagged ? "(none)" : "(unreadable)") => group.amount
  }
}

output "untagged" {
  description = "What nobody has put a team on."
  value       = data.bss_costs.by_team.untagged_amount
}

# Totals alone: amortized costs of one service, without refunds.
data "bss_costs" "servers" {
  granularity  = "month"
  begin        = local.this_month
  cost_type    = "amortized"
  group_by     = ["region"]
  include_rows = false

  filter {
    by     = "service_type"
    values = ["hws.service.type.ec2"]
  }

  filter {
    by      = "bill_type"
    values  = ["unsubscription"]
    exclude = true
  }
}

output "servers" {
  value = {
    for group in data.bss_costs.servers.groups :
    coalesce(group.dimensions["region"], "(none)") => { amount = group.amount, share = group.share }
  }
}
