# Terms of whatever pays.
on = ["resource bss_order_payment", "resource bss_renewal", "action bss_order_pay", "action bss_resource_renew"]

case "cap is null" {
  at      = "max_amount"
  summary = "Missing Configuration for Required Attribute"
  with {
    max_amount = null
  }
}

case "cap below zero" {
  at      = "max_amount"
  summary = "Invalid amount"
  says    = "negative"
  with {
    max_amount = -0.01
  }
}

case "cap of a thousand digits" {
  at      = "max_amount"
  summary = "Invalid amount"
  with {
    max_amount = 1e1000
  }
}

case "cap of a thousand decimals" {
  at      = "max_amount"
  summary = "Invalid amount"
  with {
    max_amount = 1e-1000
  }
}

case "cap of all the money in the world" {
  at      = "max_amount"
  summary = "Invalid amount"
  says    = "1000000000000"
  with {
    max_amount = 1e15
  }
}

case "currency in small letters" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  says    = "capital"
  with {
    currency = "usd"
  }
}

case "currency is empty" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  with {
    currency = ""
  }
}

case "currency with a line break" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  with {
    currency = "USD\n"
  }
}

case "currency is a sign" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  with {
    currency = "$"
  }
}

case "four coupons" {
  at      = "coupon_ids"
  summary = "Invalid Attribute Value"
  says    = "3"
  with {
    coupon_ids = ["a", "b", "c", "d"]
  }
}

case "coupon is empty" {
  at      = "coupon_ids[\"\"]"
  summary = "Invalid text"
  with {
    coupon_ids = ["CP1", ""]
  }
}

case "coupon is blank" {
  at      = "coupon_ids[\" \"]"
  summary = "Invalid text"
  with {
    coupon_ids = [" "]
  }
}

case "coupon is null" {
  at      = "coupon_ids"
  summary = "Null Set Value"
  with {
    coupon_ids = [null]
  }
}

case "cap of zero" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  when    = "plan"
  with {
    max_amount = 0
  }
}
