case "coupon with a slash" {
  at      = "coupon_id"
  summary = "Invalid id"
  data "bss_coupons" {
    coupon_id = "CP/1"
  }
}

case "coupons in an unknown status" {
  at      = "status"
  summary = "Invalid value"
  data "bss_coupons" {
    status = "free"
  }
}

case "coupons of an unknown type" {
  at      = "coupon_type"
  summary = "Invalid value"
  data "bss_coupons" {
    coupon_type = "gold"
  }
}

case "coupons of an empty order" {
  at      = "order_id"
  summary = "Invalid id"
  data "bss_coupons" {
    order_id = ""
  }
}

case "window of coupons ends before it begins" {
  at      = "active_before"
  summary = "Window ends before it begins"
  data "bss_coupons" {
    active_after  = "2026-02-01T00:00:00Z"
    active_before = "2026-01-31T23:59:59Z"
  }
}
