# A report of what three months cost, as one self-contained page of HTML:
#
#   terraform apply
#   terraform output -raw html > report.html

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

variable "last_month" {
  description = "The last of the three months, as YYYY-MM. Left out, it is the current month, of which the bills hold what was spent until the end of yesterday."
  type        = string
  default     = null
}

locals {
  # Bills use months of UTC+8.
  month_end = coalesce(var.last_month, formatdate("YYYY-MM", timeadd(plantimestamp(), "8h")))

  # Counted in months since the year 0.
  begin       = tonumber(substr(local.month_end, 0, 4)) * 12 + tonumber(substr(local.month_end, 5, 2)) - 3
  month_begin = format("%04d-%02d", floor(local.begin / 12), local.begin % 12 + 1)
}

# The same bills, summed up in the ways that the report shows.
data "bss_monthly_bills" "by" {
  for_each = {
    month             = ["month"]
    service           = ["service_type"]
    month_and_service = ["month", "service_type"]
    charge_mode       = ["charge_mode"]
  }

  month_begin  = local.month_begin
  month_end    = local.month_end
  group_by     = each.value
  include_rows = false
}

data "bss_resource_records" "by_resource" {
  month_begin    = local.month_begin
  month_end      = local.month_end
  statistic_type = "cycle"
  group_by       = ["resource", "service_type"]
  include_rows   = false
}

output "html" {
  description = "The report."
  value       = templatefile("${path.module}/report.html.tftpl", { report = local.report })

  precondition {
    condition     = length(distinct([for bills in data.bss_monthly_bills.by : bills.total.consume_amount])) == 1
    error_message = "The bills changed while they were read. Plan again."
  }
}
