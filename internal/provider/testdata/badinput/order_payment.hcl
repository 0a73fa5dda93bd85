case "order is null" {
  at      = "order_id"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_order_payment" {
    order_id   = null
    max_amount = 1
  }
}

case "order is empty" {
  at      = "order_id"
  summary = "Invalid id"
  resource "bss_order_payment" {
    order_id   = ""
    max_amount = 1
  }
}

case "order is blank" {
  at      = "order_id"
  summary = "Invalid id"
  resource "bss_order_payment" {
    order_id   = "  "
    max_amount = 1
  }
}

case "order with a slash" {
  at      = "order_id"
  summary = "Invalid id"
  resource "bss_order_payment" {
    order_id   = "../customer-orders/pay"
    max_amount = 1
  }
}

case "order with a line break" {
  at      = "order_id"
  summary = "Invalid id"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001\n"
    max_amount = 1
  }
}

case "order with a query" {
  at      = "order_id"
  summary = "Invalid id"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001&limit=1"
    max_amount = 1
  }
}

case "order of 65 characters" {
  at      = "order_id"
  summary = "Invalid id"
  says    = "64"
  resource "bss_order_payment" {
    order_id   = repeat("9", 65)
    max_amount = 1
  }
}

case "several orders" {
  at      = "order_id"
  summary = "Invalid id"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001,CS2611220000002"
    max_amount = 1
  }
}

case "cap is null" {
  at      = "max_amount"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = null
  }
}

case "cap below zero" {
  at      = "max_amount"
  summary = "Invalid amount"
  says    = "negative"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = -0.01
  }
}

case "cap of a thousand digits" {
  at      = "max_amount"
  summary = "Invalid amount"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 1e1000
  }
}

case "cap of a thousand decimals" {
  at      = "max_amount"
  summary = "Invalid amount"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 1e-1000
  }
}

case "cap of all the money in the world" {
  at      = "max_amount"
  summary = "Invalid amount"
  says    = "1000000000000"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 1e15
  }
}

case "cap of zero" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  says    = "136.8"
  when    = "plan"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 0
  }
}

case "cap a cent below the price" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  when    = "plan"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 136.79
  }
}

case "cap below the price of the list" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  says    = "200"
  when    = "plan"
  resource "bss_order_payment" {
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
  resource "bss_order_payment" {
    order_id   = order_id
    max_amount = 42.499
  }
}

case "currency in small letters" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  says    = "capital"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    currency   = "usd"
  }
}

case "currency is empty" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    currency   = ""
  }
}

case "currency with a line break" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    currency   = "USD\n"
  }
}

case "currency is a sign" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    currency   = "$"
  }
}

case "currency is not that of the order" {
  at      = "currency"
  summary = "Currency differs from the order's"
  says    = "USD"
  when    = "plan"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    currency   = "CNY"
  }
}

case "no coupons" {
  at      = "coupon_ids"
  summary = "Invalid Attribute Value"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    coupon_ids = []
  }
}

case "four coupons" {
  at      = "coupon_ids"
  summary = "Invalid Attribute Value"
  says    = "3"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    coupon_ids = ["a", "b", "c", "d"]
  }
}

case "coupon is empty" {
  at      = "coupon_ids[\"\"]"
  summary = "Invalid text"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    coupon_ids = ["CP1", ""]
  }
}

case "coupon is blank" {
  at      = "coupon_ids[\" \"]"
  summary = "Invalid text"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    coupon_ids = [" "]
  }
}

case "coupon is null" {
  at      = "coupon_ids"
  summary = "Null Set Value"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    coupon_ids = [null]
  }
}

case "coupon is not the account's" {
  at      = "coupon_ids"
  summary = "Coupon cannot be used"
  when    = "plan"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    coupon_ids = ["CP0"]
  }
}

case "discount is empty" {
  at      = "discount_id"
  summary = "Invalid text"
  resource "bss_order_payment" {
    order_id    = "CS2611220000012"
    max_amount  = 250
    discount_id = ""
  }
}

case "discount of 65 characters" {
  at      = "discount_id"
  summary = "Invalid text"
  resource "bss_order_payment" {
    order_id    = "CS2611220000012"
    max_amount  = 250
    discount_id = repeat("d", 65)
  }
}

case "discount is not offered" {
  at      = "discount_id"
  summary = "Discount is not offered"
  when    = "plan"
  resource "bss_order_payment" {
    order_id    = "CS2611220000012"
    max_amount  = 250
    discount_id = "DS0"
  }
}

case "version is unknown" {
  at      = "api_version"
  summary = "Invalid Attribute Value Match"
  resource "bss_order_payment" {
    order_id    = "CS2611220000001"
    max_amount  = 150
    api_version = "3"
  }
}

case "old version with a coupon" {
  at      = "coupon_ids"
  summary = "No coupons with the v1 pay call"
  resource "bss_order_payment" {
    order_id    = "CS2611220000001"
    max_amount  = 150
    api_version = "v1"
    coupon_ids  = ["CP1"]
  }
}

case "old version with a discount" {
  at      = "discount_id"
  summary = "No discount with the v1 pay call"
  resource "bss_order_payment" {
    order_id    = "CS2611220000001"
    max_amount  = 150
    api_version = "v1"
    discount_id = "DS1"
  }
}

case "old version on the china site" {
  at      = "api_version"
  summary = "Pay call does not exist on this site"
  when    = "plan"
  site    = "china"
  resource "bss_order_payment" {
    order_id    = "CS2611220000001"
    max_amount  = 150
    api_version = "v1"
  }
}

case "timeout in words" {
  at      = "timeouts.create"
  summary = "Invalid duration"
  says    = "30s"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    timeouts {
      create = "5 minutes"
    }
  }
}

case "timeout below zero" {
  at      = "timeouts.create"
  summary = "Invalid duration"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    timeouts {
      create = "-3m"
    }
  }
}

case "timeout of zero" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    timeouts {
      update = "0s"
    }
  }
}

case "timeout without a unit" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
    timeouts {
      update = 20
    }
  }
}

case "order does not exist" {
  at      = "order_id"
  summary = "Order does not exist"
  when    = "plan"
  resource "bss_order_payment" {
    order_id   = "CS0"
    max_amount = 1
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
  resource "bss_order_payment" {
    order_id   = order_id
    max_amount = 50
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
  resource "bss_order_payment" {
    order_id   = order_id
    max_amount = 50
  }
}

case "part of a combined order" {
  at      = "order_id"
  summary = "Order is a part of a combined order"
  when    = "plan"
  console "place_order" {
    sub_orders = ["40.00", "60.00"]
  }
  resource "bss_order_payment" {
    order_id   = sub_order_ids[0]
    max_amount = 150
  }
}

case "order of an account that is not allowed" {
  at      = ""
  summary = "Account is not allowed"
  says    = "allowed_domain_ids"
  when    = "plan"
  provider {
    allowed_domain_ids = ["0000"]
  }
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
  }
}

case "import of nothing" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_order_payment" {
    identity = { order_id = "" }
  }
}

case "import with a slash" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_order_payment" {
    id = "account/CS2611220000001"
  }
}

case "import with a space" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_order_payment" {
    id = "CS2611220000001 "
  }
}

case "import with a line break" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_order_payment" {
    identity = { order_id = "CS2611220000001\n" }
  }
}

case "import of an order that does not exist" {
  at      = "order_id"
  summary = "Order does not exist"
  when    = "plan"
  import "bss_order_payment" {
    id = "CS0"
  }
}

case "import of a resource" {
  at      = "order_id"
  summary = "Order does not exist"
  says    = "b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  import "bss_order_payment" {
    id = "b5500000-51a0-4000-8000-000000000001"
  }
}

case "import by an empty id" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_order_payment" {
    id = ""
  }
}

case "import of an order that is not paid" {
  at      = "order_id"
  summary = "Order is not paid"
  when    = "plan"
  import "bss_order_payment" {
    id = "CS2611220000001"
  }
}

case "import of another account" {
  at      = ""
  summary = "Order belongs to another account"
  when    = "plan"
  import "bss_order_payment" {
    identity = { order_id = "CS2611220000004", account_id = "0000" }
  }
}
