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

data "bss_orders" "due" {
  status       = "pending_payment"
  newest_first = true
}

output "due" {
  description = "What the pending orders cost, by id."
  value       = { for order in data.bss_orders.due.orders : order.order_id => order.amount_after_discount }
}

# Ids and exact totals of many orders, without a row for each.
data "bss_orders" "renewals" {
  order_type    = "renewal"
  created_after = timeadd(plantimestamp(), "-720h")
  include_rows  = false
}

output "renewals" {
  value = data.bss_orders.renewals.totals
}
