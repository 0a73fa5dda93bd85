# What no `order_id` may be.
on = [
  "resource bss_order_payment",
  "resource bss_order_cancellation",
  "action bss_order_pay",
  "action bss_order_cancel",
  "data bss_order",
  "data bss_order_coupons",
  "data bss_order_discounts",
  "data bss_order_refunds",
]

case "order is null" {
  at      = "order_id"
  summary = "Missing Configuration for Required Attribute"
  with {
    order_id = null
  }
}

case "order is empty" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = ""
  }
}

case "order is blank" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "  "
  }
}

case "order with a space" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "a b"
  }
}

case "order with a slash" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "../customer-orders/pay"
  }
}

case "order with a line break" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "a\n"
  }
}

case "order with a query" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "a?limit=1"
  }
}

case "order with another argument" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "a&limit=1"
  }
}

case "order is a star" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "*"
  }
}

case "order that is a path upwards" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = ".."
  }
}

case "order of 65 characters" {
  at      = "order_id"
  summary = "Invalid id"
  says    = "64"
  with {
    order_id = repeat("9", 65)
  }
}

case "order that is a list of two" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "CS2611220000001,CS2611220000002"
  }
}
