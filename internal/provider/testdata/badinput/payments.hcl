# Terms of a payment.
on = ["resource bss_order_payment", "action bss_order_pay"]

case "cap a cent below the price" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  says    = "136.8"
  when    = "plan"
  with {
    max_amount = 136.79
  }
}

case "cap below the price of the list" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  says    = "200"
  when    = "plan"
  with {
    order_id   = "CS2611220000012"
    max_amount = 180
  }
}

case "cap below the price, and a discount" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  when    = "plan"
  console "place_order" {
    amount = "42.50"
  }
  with {
    order_id   = order_id
    max_amount = 42.499
  }
}

case "currency is not that of the order" {
  at      = "currency"
  summary = "Currency differs from the order's"
  says    = "USD"
  when    = "plan"
  with {
    currency = "CNY"
  }
}

case "coupon is not the account's" {
  at      = "coupon_ids"
  summary = "Coupon cannot be used"
  when    = "plan"
  with {
    coupon_ids = ["CP0"]
  }
}

case "discount is empty" {
  at      = "discount_id"
  summary = "Invalid text"
  with {
    order_id    = "CS2611220000012"
    max_amount  = 250
    discount_id = ""
  }
}

case "discount of 65 characters" {
  at      = "discount_id"
  summary = "Invalid text"
  with {
    order_id    = "CS2611220000012"
    max_amount  = 250
    discount_id = repeat("d", 65)
  }
}

case "discount is not offered" {
  at      = "discount_id"
  summary = "Discount is not offered"
  when    = "plan"
  with {
    order_id    = "CS2611220000012"
    max_amount  = 250
    discount_id = "DS0"
  }
}

case "version is unknown" {
  at      = "api_version"
  summary = "Invalid value"
  says    = "Did you mean \"v3\"?"
  with {
    api_version = "3"
  }
}

case "old version with a coupon" {
  at      = "coupon_ids"
  summary = "No coupons with the v1 pay call"
  with {
    api_version = "v1"
    coupon_ids  = ["CP1"]
  }
}

case "old version with a discount" {
  at      = "discount_id"
  summary = "No discount with the v1 pay call"
  with {
    api_version = "v1"
    discount_id = "DS1"
  }
}

case "old version on the china site" {
  at      = "api_version"
  summary = "Pay call does not exist on this site"
  when    = "plan"
  site    = "china"
  with {
    api_version = "v1"
  }
}

case "order does not exist" {
  at      = "order_id"
  summary = "Order does not exist"
  when    = "plan"
  with {
    order_id = "CS0"
  }
}

case "order is canceled" {
  at      = "order_id"
  summary = "Order is canceled"
  when    = "plan"
  console "place_order" {
    amount = "42.50"
    status = 4
  }
  with {
    order_id = order_id
  }
}

case "order waits for approval" {
  at      = "order_id"
  summary = "Order cannot be paid yet"
  says    = "approval"
  when    = "plan"
  console "place_order" {
    amount = "42.50"
    status = 1
  }
  with {
    order_id = order_id
  }
}

case "part of a combined order" {
  at      = "order_id"
  summary = "Order is a part of a combined order"
  when    = "plan"
  console "place_order" {
    sub_orders = ["40.00", "60.00"]
  }
  with {
    order_id = sub_order_ids[0]
  }
}
