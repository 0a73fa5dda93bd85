# What the last months cost, as one page of HTML and as CSV:
#
#   terraform apply
#   terraform output -raw html > report.html
#   terraform output -raw csv > report.csv

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

variable "months" {
  description = "How many months to report, 1 to 36."
  type        = number
  default     = 3

  validation {
    condition     = var.months >= 1 && var.months <= 36 && floor(var.months) == var.months
    error_message = "Write a whole number of months from 1 to 36. Bills are kept for three years."
  }
}

variable "last_month" {
  description = "The last month, as YYYY-MM. Default: the running month, with what was spent until the end of yesterday."
  type        = string
  default     = null

  validation {
    condition     = var.last_month == null || can(regex("^[0-9]{4}-(0[1-9]|1[0-2])$", var.last_month))
    error_message = "Write the month as YYYY-MM, such as 2026-09."
  }
}

variable "tag" {
  description = "Key of a tag, such as team, to divide the costs by its values. Default: none."
  type        = string
  default     = null

  validation {
    condition     = var.tag == null || try(length(trimspace(var.tag)) > 0, false)
    error_message = "Write the key of a tag, such as team."
  }
}

variable "budget" {
  description = "What one month may cost. Default: no budget."
  type        = number
  default     = null

  validation {
    condition     = var.budget == null || try(var.budget > 0, false)
    error_message = "Write an amount above 0."
  }
}

variable "renewal_days" {
  description = "How many days ahead to look for what renews and lapses, up to 366. With 0, no resources and prices are read. Default: 30."
  type        = number
  default     = 30

  validation {
    condition     = var.renewal_days >= 0 && var.renewal_days <= 366 && floor(var.renewal_days) == var.renewal_days
    error_message = "Write a whole number of days from 0 to 366."
  }
}

data "bss_account" "me" {}

# Sensitive, so that no apply prints them; -raw does.
output "html" {
  description = "The report."
  sensitive   = true
  value = templatefile("${path.module}/page.html.tftpl", {
    page     = local.page
    style    = file("${path.module}/page.css")
    sections = [for table in local.page.tables : templatefile("${path.module}/table.html.tftpl", { table = table })]
  })

  precondition {
    condition     = abs(data.bss_monthly_bills.by_account.total.consume_amount - local.total.net) < 0.001
    error_message = "The bills changed while they were read. Plan again."
  }
}

output "csv" {
  description = "The bills, by month, service, charge mode and type of bill."
  sensitive   = true
  value = provider::bss::csvencode(
    local.csv_rows, "month", "partial", "service_type_code", "service_type_name", "charge_mode", "bill_type", "list_price", "discounts",
    "rounding", "amount", "currency",
  )
}
