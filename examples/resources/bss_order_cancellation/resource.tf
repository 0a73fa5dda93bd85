# Cancels an order that nobody wants any more, so that no run and no person pays
# it by mistake. The plan shows its amount and until when it could be paid.
resource "bss_order_cancellation" "database" {
  order_id = "CS2611220000002"
}

output "canceled" {
  value = "${bss_order_cancellation.database.amount == null ? "an unknown amount" : provider::bss::format_amount(bss_order_cancellation.database.amount)} ${bss_order_cancellation.database.currency}"
}
