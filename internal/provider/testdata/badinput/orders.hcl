case "order that does not exist" {
  at      = "order_id"
  summary = "Order does not exist"
  when    = "plan"
  data "bss_order" {
    order_id = "CS0"
  }
}

case "coupons on a site that has none" {
  at      = "order_id"
  summary = "Could not read the coupons of order CS2611220000001"
  when    = "plan"
  data "bss_order_coupons" {
    order_id = "CS2611220000001"
  }
}

case "refunds of an order that gives nothing back" {
  at      = "order_id"
  summary = "Could not read the refunds of order CS2611220000001"
  says    = "unsubscription"
  when    = "plan"
  data "bss_order_refunds" {
    order_id = "CS2611220000001"
  }
}

case "discounts of an order that does not exist" {
  at      = "order_id"
  summary = "Could not read the discounts of order CS0"
  when    = "plan"
  data "bss_order_discounts" {
    order_id = "CS0"
  }
}

case "status is unknown" {
  at      = "status"
  summary = "Invalid value"
  says    = "Did you mean \"pending_payment\"?"
  data "bss_orders" {
    status = "unpaid"
  }
}

case "status is a code" {
  at      = "status"
  summary = "Invalid value"
  data "bss_orders" {
    status = 6
  }
}

case "status that the list cannot be asked for" {
  at      = "status"
  summary = "Invalid value"
  data "bss_orders" {
    status = "pending_refund"
  }
}

case "type is unknown" {
  at      = "order_type"
  summary = "Invalid value"
  says    = "Did you mean \"renewal\"?"
  data "bss_orders" {
    order_type = "renew"
  }
}

case "service is empty" {
  at      = "service_type_code"
  summary = "Invalid text"
  data "bss_orders" {
    service_type_code = ""
  }
}

case "service is blank" {
  at      = "service_type_code"
  summary = "Invalid text"
  data "bss_orders" {
    service_type_code = "   "
  }
}

case "service with a space at its end" {
  at      = "service_type_code"
  summary = "Invalid text"
  data "bss_orders" {
    service_type_code = "hws.service.type.ec2 "
  }
}

case "day without a time" {
  at      = "created_after"
  summary = "Invalid time"
  data "bss_orders" {
    created_after = "2026-01-31"
  }
}

case "time without a zone" {
  at      = "created_before"
  summary = "Invalid time"
  data "bss_orders" {
    created_before = "2026-01-31T00:00:00"
  }
}

case "day that does not exist" {
  at      = "paid_after"
  summary = "Invalid time"
  data "bss_orders" {
    paid_after = "2026-02-30T00:00:00Z"
  }
}

case "time is empty" {
  at      = "paid_before"
  summary = "Invalid time"
  data "bss_orders" {
    paid_before = ""
  }
}

case "window of creation ends before it begins" {
  at      = "created_before"
  summary = "Window ends before it begins"
  data "bss_orders" {
    created_after  = "2026-02-01T00:00:00Z"
    created_before = "2026-01-01T00:00:00Z"
  }
}

case "window of payment ends before it begins, by the zone" {
  at      = "paid_before"
  summary = "Window ends before it begins"
  data "bss_orders" {
    paid_after  = "2026-01-01T00:00:00Z"
    paid_before = "2026-01-01T07:59:59+08:00"
  }
}

case "window of creation of two years" {
  at      = "created_before"
  summary = "Window is too long"
  data "bss_orders" {
    created_after  = "2024-01-01T00:00:00Z"
    created_before = "2026-01-01T00:00:00Z"
  }
}

case "limit of zero" {
  at      = "limit"
  summary = "Invalid Attribute Value"
  data "bss_orders" {
    limit = 0
  }
}

case "deadlines of orders without rows" {
  at      = "include_deadlines"
  summary = "Deadlines without rows"
  data "bss_orders" {
    include_deadlines = true
    include_rows      = false
  }
}
