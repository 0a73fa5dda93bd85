data "bss_coupons" "usable" {
  status = "available"
}

output "expiring_coupons" {
  description = "When each usable coupon ends."
  value       = { for coupon in data.bss_coupons.usable.coupons : coupon.coupon_id => coupon.expire_time }
}
