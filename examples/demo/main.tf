# Two orders of the demo customer wait for payment: a server and a database.

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

# Somebody pays this one at the console before the apply: it is adopted.
resource "bss_order_payment" "database" {
  order_id   = "CS2611220000002"
  max_amount = 60
  currency   = "USD"
}

output "charged" {
  description = "What each payment charged."
  value = {
    server   = bss_order_payment.server.amount_paid
    database = bss_order_payment.database.amount_paid
  }
}

output "server_ids" {
  description = "Ids of what the first order bought."
  value       = bss_order_payment.server.resource_ids
}
