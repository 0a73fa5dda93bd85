# Two orders of the demo customer, for a server and a database, are unpaid. A
# server in use expires in twenty days, unless somebody renews it.

terraform {
  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
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

# Somebody pays this one in the console before the apply: it is adopted.
resource "bss_order_payment" "database" {
  order_id   = "CS2611220000002"
  max_amount = 60
  currency   = "USD"
}

# The server web-1. Somebody turns this off in the console after the apply: the
# next plan shows that, and its apply corrects it.
resource "bss_autorenew" "web" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
  enabled     = true
}

output "charged" {
  description = "What each payment charged."
  value = {
    server   = bss_order_payment.server.amount_paid
    database = bss_order_payment.database.amount_paid
  }
}

output "web_ends" {
  description = "When the paid term of web-1 ends, and what happens then."
  value       = "${bss_autorenew.web.expire_time}: ${bss_autorenew.web.expire_policy}"
}

output "server_ids" {
  description = "Ids of what the first order bought."
  value       = bss_order_payment.server.resource_ids
}
