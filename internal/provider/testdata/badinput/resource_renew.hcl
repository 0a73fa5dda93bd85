case "resource is null" {
  at      = "resource_id"
  summary = "Missing Configuration for Required Attribute"
  action "bss_resource_renew" {
    resource_id  = null
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "resource is empty" {
  at      = "resource_id"
  summary = "Invalid id"
  action "bss_resource_renew" {
    resource_id  = ""
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  action "bss_resource_renew" {
    resource_id  = "a/b"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "resource of 65 characters" {
  at      = "resource_id"
  summary = "Invalid id"
  action "bss_resource_renew" {
    resource_id  = repeat("b", 65)
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day is null" {
  at      = "paid_through"
  summary = "Missing Configuration for Required Attribute"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = null
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day is empty" {
  at      = "paid_through"
  summary = "Invalid day"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = ""
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day that does not exist" {
  at      = "paid_through"
  summary = "Invalid day"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-02-30"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day of a thirteenth month" {
  at      = "paid_through"
  summary = "Invalid day"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-13-01"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "month without a day" {
  at      = "paid_through"
  summary = "Invalid day"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-12"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "instant in place of a day" {
  at      = "paid_through"
  summary = "Invalid day"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-12-31T00:00:00Z"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day in another form" {
  at      = "paid_through"
  summary = "Invalid day"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "31.12.2027"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day with a space" {
  at      = "paid_through"
  summary = "Invalid day"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-12-31 "
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "year of five digits" {
  at      = "paid_through"
  summary = "Invalid day"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "12027-12-31"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "unit is a day" {
  at      = "period_unit"
  summary = "Invalid Attribute Value Match"
  says    = "month"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "day"
    max_amount   = 1000
  }
}

case "unit in capital letters" {
  at      = "period_unit"
  summary = "Invalid Attribute Value Match"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "YEAR"
    max_amount   = 1000
  }
}

case "unit is null" {
  at      = "period_unit"
  summary = "Missing Configuration for Required Attribute"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = null
    max_amount   = 1000
  }
}

case "cap is null" {
  at      = "max_amount"
  summary = "Missing Configuration for Required Attribute"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = null
  }
}

case "cap below zero" {
  at      = "max_amount"
  summary = "Invalid amount"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = -1
  }
}

case "cap of a thousand digits" {
  at      = "max_amount"
  summary = "Invalid amount"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1e1000
  }
}

case "cap of zero" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 0
  }
}

case "cap a cent below the price" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  says    = "125"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 124.99
  }
}

case "currency in small letters" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    currency     = "usd"
  }
}

case "currency is empty" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    currency     = ""
  }
}

case "currency is not that of the price" {
  at      = "currency"
  summary = "Currency differs from the price's"
  says    = "USD"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    currency     = "CNY"
  }
}

case "discount is unknown" {
  at      = "discount"
  summary = "Invalid Attribute Value Match"
  says    = "best"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    discount     = "DS1"
  }
}

case "no coupons" {
  at      = "coupon_ids"
  summary = "Invalid Attribute Value"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    coupon_ids   = []
  }
}

case "four coupons" {
  at      = "coupon_ids"
  summary = "Invalid Attribute Value"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    coupon_ids   = ["a", "b", "c", "d"]
  }
}

case "coupon is null" {
  at      = "coupon_ids"
  summary = "Null Set Value"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    coupon_ids   = [null]
  }
}

case "coupon is blank" {
  at      = "coupon_ids[\" \"]"
  summary = "Invalid text"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    coupon_ids   = [" "]
  }
}

case "resource does not exist" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-00000000ffff"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "resource is attached to another" {
  at      = "resource_id"
  summary = "Resource is attached to another"
  says    = "b5500000-51a0-4000-8000-000000000004"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000005"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "resource is closed" {
  at      = "resource_id"
  summary = "Resource is closed"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-00000000000c"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day that one order cannot reach" {
  at      = "period_unit"
  summary = "One order cannot reach this day"
  says    = "year"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(800)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day that no order can reach" {
  at      = "paid_through"
  summary = "One order cannot reach this day"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2126-01-01"
    period_unit  = "year"
    max_amount   = 1000
  }
}

case "day that is past, of a resource that is expired" {
  at      = "paid_through"
  summary = "Day is in the past"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-00000000000a"
    paid_through = day(-1)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "an open order holds the resource" {
  at      = "resource_id"
  summary = "An open order holds the resource"
  when    = "plan"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000001"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "timeout in words" {
  at      = "timeout"
  summary = "Invalid duration"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    timeout      = "5 minutes"
  }
}

case "timeout below zero" {
  at      = "timeout"
  summary = "Invalid duration"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    timeout      = "-3m"
  }
}

case "timeout of zero" {
  at      = "timeout"
  summary = "Invalid duration"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    timeout      = "0s"
  }
}

case "timeout of two days" {
  at      = "timeout"
  summary = "Invalid duration"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    timeout      = "48h"
  }
}

case "timeout is empty" {
  at      = "timeout"
  summary = "Invalid duration"
  action "bss_resource_renew" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    timeout      = ""
  }
}
