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

data "bss_orders" "unsubscriptions" {
  order_type = "unsubscription"
  status     = "completed"
}

data "bss_order_refunds" "each" {
  for_each = toset(data.bss_orders.unsubscriptions.order_ids)
  order_id = each.value
}

output "refunds" {
  description = "What each unsubscription gave back, less what was kept."
  value       = { for id, order in data.bss_order_refunds.each : id => provider::bss::format_amount(order.total.net_refund_amount) }
}
