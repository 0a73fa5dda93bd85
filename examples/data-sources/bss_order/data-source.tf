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

data "bss_order" "server" {
  order_id = "CS2611220000001"
}

output "due" {
  value = join(" ", [
    data.bss_order.server.amount_after_discount == null ? "not known" : provider::bss::format_amount(data.bss_order.server.amount_after_discount), data.bss_order.server.currency,
    "until", data.bss_order.server.payment_deadline,
  ])
}

output "lines" {
  value = { for line in data.bss_order.server.lines : line.product_spec_desc => line.amount_after_discount }
}
