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

# Not on the china site.
data "bss_invoices" "year" {
  start_time = "2026-01-01T00:00:00+08:00"
  end_time   = "2026-12-31T23:59:59+08:00"
}

output "invoiced" {
  description = "What was invoiced of billing months, payments and orders."
  value       = { for method, sum in data.bss_invoices.year.by_method : method => sum.amount }
}

check "rejected" {
  assert {
    condition     = alltrue([for invoice in data.bss_invoices.year.invoices : invoice.cancel_reason == null])
    error_message = "An invoice was rejected."
  }
}
