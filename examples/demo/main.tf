# Two orders of the demo customer wait for payment. "make demo" plans this,
# pays the second one at the console, and then applies the plan.

terraform {
  required_providers {
    bss = {
      source = "bss-community/bss"
    }
  }
}

# The credentials come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

data "bss_account_balances" "now" {}

resource "bss_order_payment" "server" {
  order_id   = "CS2611220000001"
  max_amount = 150
  currency   = "USD"
}

resource "bss_order_payment" "paid_at_the_console" {
  order_id   = "CS2611220000002"
  max_amount = 100
  currency   = "USD"
}

output "charged" {
  description = "What each payment charged."
  value = {
    server              = bss_order_payment.server.amount_paid
    paid_at_the_console = bss_order_payment.paid_at_the_console.amount_paid
  }
}

output "server_ids" {
  description = "Ids of what the first order bought."
  value       = bss_order_payment.server.resource_ids
}
