import {
  to = bss_order_payment.cache
  id = "CS2611220000004"
}

resource "bss_order_payment" "cache" {
  order_id   = "CS2611220000004"
  max_amount = 30
}
