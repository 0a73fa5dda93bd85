# Lists of changes of the balance, the credit and coupons.
on = ["data bss_account_change_records", "data bss_coupon_change_records"]

case "range of days ends before it begins" {
  at      = "date_end"
  summary = "Range ends before it begins"
  with {
    date_begin = "2026-02-01"
    date_end   = "2026-01-31"
  }
}

case "changes begin after today" {
  site    = "china"
  at      = "date_begin"
  summary = "Range ends before it begins"
  when    = "plan"
  with {
    date_begin = "2999-01-01"
  }
}

case "day of changes is none" {
  at      = "date_begin"
  summary = "Invalid date"
  with {
    date_begin = "2026-1-31"
  }
}

case "changes as of a time that a day replaces" {
  at      = "as_of"
  summary = "Time without effect"
  with {
    as_of    = "2026-02-01T00:00:00Z"
    date_end = "2026-01-31"
  }
}

case "changes in no direction" {
  at      = "direction"
  summary = "Invalid value"
  says    = "Did you mean \"income\"?"
  with {
    direction = "REVENUE"
  }
}

case "changes of no kind" {
  at      = "trade_type"
  summary = "Invalid value"
  with {
    trade_type = "DEDUCT"
  }
}

case "changes by an empty order" {
  at      = "trade_id"
  summary = "Invalid id"
  with {
    trade_id = ""
  }
}

case "changes of no account" {
  at      = "account_type"
  summary = "Invalid value"
  on      = ["data bss_account_change_records"]
  with {
    account_type = "bonus"
  }
}

case "changes of an account that is not said" {
  at      = "account_type"
  summary = "Missing Configuration for Required Attribute"
  on      = ["data bss_account_change_records"]
  with {
    account_type = null
  }
}

case "changes on an unknown channel" {
  at      = "payment_channel"
  summary = "Invalid value"
  on      = ["data bss_account_change_records"]
  with {
    payment_channel = "317"
  }
}

case "changes of a coupon with a slash" {
  at      = "coupon_id"
  summary = "Invalid id"
  on      = ["data bss_coupon_change_records"]
  with {
    coupon_id = "CP/1"
  }
}
