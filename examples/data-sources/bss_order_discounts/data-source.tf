data "bss_order_discounts" "cluster" {
  order_id = "CS2611220000012"
}

output "discounts" {
  description = "What each discount takes off, by its id, for discount_id of bss_order_payment."
  value       = { for discount in data.bss_order_discounts.cluster.discounts : discount.discount_id => discount.total_discount }
}
