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

# Cancels an order that nobody wants any more, so that no run and no person pays
# it by mistake. The plan shows its amount and until when it could be paid.
resource "bss_order_cancellation" "database" {
  order_id = "CS2611220000002"
}

output "canceled" {
  value = "${bss_order_cancellation.database.amount == null ? "an unknown amount" : provider::bss::format_amount(bss_order_cancellation.database.amount)} ${bss_order_cancellation.database.currency}"
}
