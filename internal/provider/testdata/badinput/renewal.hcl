case "resource is null" {
  at      = "resource_id"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_renewal" {
    resource_id  = null
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "resource is empty" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_renewal" {
    resource_id  = ""
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_renewal" {
    resource_id  = "a/b"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "resource of 65 characters" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_renewal" {
    resource_id  = repeat("b", 65)
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day is null" {
  at      = "paid_through"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = null
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day is empty" {
  at      = "paid_through"
  summary = "Invalid day"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = ""
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day that does not exist" {
  at      = "paid_through"
  summary = "Invalid day"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-02-30"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day of a thirteenth month" {
  at      = "paid_through"
  summary = "Invalid day"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-13-01"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "month without a day" {
  at      = "paid_through"
  summary = "Invalid day"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-12"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "instant in place of a day" {
  at      = "paid_through"
  summary = "Invalid day"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-12-31T00:00:00Z"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day in another form" {
  at      = "paid_through"
  summary = "Invalid day"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "31.12.2027"
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "day with a space" {
  at      = "paid_through"
  summary = "Invalid day"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = "2027-12-31 "
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "year of five digits" {
  at      = "paid_through"
  summary = "Invalid day"
  resource "bss_renewal" {
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
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "day"
    max_amount   = 1000
  }
}

case "unit in capital letters" {
  at      = "period_unit"
  summary = "Invalid Attribute Value Match"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "YEAR"
    max_amount   = 1000
  }
}

case "unit is null" {
  at      = "period_unit"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = null
    max_amount   = 1000
  }
}

case "cap is null" {
  at      = "max_amount"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = null
  }
}

case "cap below zero" {
  at      = "max_amount"
  summary = "Invalid amount"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = -1
  }
}

case "cap of a thousand digits" {
  at      = "max_amount"
  summary = "Invalid amount"
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 124.99
  }
}

case "currency in small letters" {
  at      = "currency"
  summary = "Invalid Attribute Value Match"
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    coupon_ids   = [" "]
  }
}

case "timeout in words" {
  at      = "timeouts.create"
  summary = "Invalid duration"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    timeouts {
      create = "5 minutes"
    }
  }
}

case "timeout below zero" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
    timeouts {
      update = "-3m"
    }
  }
}

case "resource does not exist" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  when    = "plan"
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
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
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000001"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "import of nothing" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_renewal" {
    identity = { resource_id = "" }
  }
}

case "import with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_renewal" {
    id = "a/b"
  }
}

case "import with a line break" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_renewal" {
    id = "a\nb"
  }
}

case "import of what does not exist" {
  at      = "resource_id"
  summary = "Billing does not know resource b5500000-51a0-4000-8000-00000000ffff"
  says    = "pay-per-use"
  when    = "plan"
  import "bss_renewal" {
    id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}

case "import of an order" {
  at      = "resource_id"
  summary = "Billing does not know resource CS2611220000001"
  says    = "bss_order_payment imports paid orders"
  when    = "plan"
  import "bss_renewal" {
    id = "CS2611220000001"
  }
}

case "import of an attached resource" {
  at      = "resource_id"
  summary = "Resource b5500000-51a0-4000-8000-000000000002 is attached to another"
  says    = "Import b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  import "bss_renewal" {
    id = "b5500000-51a0-4000-8000-000000000002"
  }
}

case "import by an empty id" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_renewal" {
    id = ""
  }
}
