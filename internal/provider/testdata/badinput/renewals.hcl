# Terms of a renewal.
on = ["resource bss_renewal", "action bss_resource_renew"]

case "day is null" {
  at      = "paid_through"
  summary = "Missing Configuration for Required Attribute"
  with {
    paid_through = null
  }
}

case "day is empty" {
  at      = "paid_through"
  summary = "Invalid day"
  with {
    paid_through = ""
  }
}

case "day that does not exist" {
  at      = "paid_through"
  summary = "Invalid day"
  with {
    paid_through = "2027-02-30"
  }
}

case "day of a thirteenth month" {
  at      = "paid_through"
  summary = "Invalid day"
  with {
    paid_through = "2027-13-01"
  }
}

case "month without a day" {
  at      = "paid_through"
  summary = "Invalid day"
  with {
    paid_through = "2027-12"
  }
}

case "instant in place of a day" {
  at      = "paid_through"
  summary = "Invalid day"
  with {
    paid_through = "2027-12-31T00:00:00Z"
  }
}

case "day in another form" {
  at      = "paid_through"
  summary = "Invalid day"
  with {
    paid_through = "31.12.2027"
  }
}

case "day with a space" {
  at      = "paid_through"
  summary = "Invalid day"
  with {
    paid_through = "2027-12-31 "
  }
}

case "year of five digits" {
  at      = "paid_through"
  summary = "Invalid day"
  with {
    paid_through = "12027-12-31"
  }
}

case "unit is a day" {
  at      = "period_unit"
  summary = "Invalid value"
  says    = "month"
  with {
    period_unit = "day"
  }
}

case "unit in capital letters" {
  at      = "period_unit"
  summary = "Invalid value"
  says    = "Did you mean \"year\"?"
  with {
    period_unit = "YEAR"
  }
}

case "unit is null" {
  at      = "period_unit"
  summary = "Missing Configuration for Required Attribute"
  with {
    period_unit = null
  }
}

case "cap a cent below the price" {
  at      = "max_amount"
  summary = "Price is above max_amount"
  says    = "125"
  when    = "plan"
  with {
    max_amount = 124.99
  }
}

case "currency is not that of the price" {
  at      = "currency"
  summary = "Currency differs from the price's"
  says    = "USD"
  when    = "plan"
  with {
    currency = "CNY"
  }
}

case "discount is unknown" {
  at      = "discount"
  summary = "Invalid value"
  says    = "best"
  with {
    discount = "DS1"
  }
}

case "resource is closed" {
  at      = "resource_id"
  summary = "Resource is closed"
  when    = "plan"
  with {
    resource_id = "b5500000-51a0-4000-8000-00000000000c"
  }
}

case "day that one order cannot reach" {
  at      = "period_unit"
  summary = "One order cannot reach this day"
  says    = "year"
  when    = "plan"
  with {
    paid_through = day(800)
  }
}

case "day that no order can reach" {
  at      = "paid_through"
  summary = "One order cannot reach this day"
  when    = "plan"
  with {
    paid_through = "2126-01-01"
    period_unit  = "year"
  }
}

case "day that is past, of a resource that is expired" {
  at      = "paid_through"
  summary = "Day is in the past"
  when    = "plan"
  with {
    resource_id  = "b5500000-51a0-4000-8000-00000000000a"
    paid_through = day(-1)
  }
}

case "an open order holds the resource" {
  at      = "resource_id"
  summary = "An unpaid order holds the resource"
  when    = "plan"
  with {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
  }
}
