# Only on the china site.
data "bss_order_coupons" "server" {
  order_id = "CS2611220000001"
}

output "cash_coupons" {
  description = "Ids for coupon_ids of bss_order_payment."
  value = [
    for coupon in data.bss_order_coupons.server.coupons : coupon.coupon_id
    if coupon.coupon_type == "cash"
  ]
}
