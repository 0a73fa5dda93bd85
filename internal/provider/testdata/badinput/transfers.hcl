# Transfers between a master account and its members.
on = ["resource bss_enterprise_transfer", "resource bss_enterprise_coupon_transfer"]

case "member with a space" {
  at      = "member_id"
  summary = "Invalid id"
  with {
    member_id = "team a"
  }
}

case "direction of nowhere" {
  at      = "direction"
  summary = "Invalid value"
  with {
    direction = "give"
  }
}

case "empty key" {
  at      = "transfer_key"
  summary = "Invalid text"
  with {
    transfer_key = ""
  }
}

case "key of 65 characters" {
  at      = "transfer_key"
  summary = "Invalid text"
  with {
    transfer_key = repeat("k", 65)
  }
}

case "amount of nothing" {
  at      = "amount"
  summary = "Invalid amount"
  says    = "above 0"
  with {
    amount = 0
  }
}

case "negative amount" {
  at      = "amount"
  summary = "Invalid amount"
  with {
    amount = -1
  }
}

case "amount of three decimals" {
  at      = "amount"
  summary = "Invalid amount"
  says    = "1.005"
  with {
    amount = 1.005
  }
}

case "amount beyond all" {
  at      = "amount"
  summary = "Invalid amount"
  with {
    amount = 1000000000000.01
  }
}

case "another site" {
  at      = ""
  summary = "Could not plan the transfer with key november"
  says    = "only china has it"
  when    = "plan"
  site    = "international"
  with {
  }
}

case "import of a transfer" {
  at      = ""
  summary = "bss_enterprise_transfer cannot be imported"
  when    = "plan"
  site    = "china"
  import "bss_enterprise_transfer" {
    id = "any"
  }
}

case "more than there is" {
  on      = ["resource bss_enterprise_transfer"]
  at      = "amount"
  summary = "More than can be transferred"
  says    = "1000.00 CNY"
  when    = "plan"
  site    = "china"
  with {
    amount = 1000.01
  }
}

case "an account of bonuses" {
  on      = ["resource bss_enterprise_transfer"]
  at      = "account_type"
  summary = "Invalid value"
  with {
    account_type = "bonus"
  }
}

case "cash that expires" {
  on      = ["resource bss_enterprise_transfer"]
  at      = "expire_time"
  summary = "Cash does not expire"
  with {
    expire_time = "2027-03-01T00:00:00Z"
  }
}

case "coupon without an amount" {
  on      = ["resource bss_enterprise_coupon_transfer"]
  at      = "amount"
  summary = "amount is required"
  with {
    amount = null
  }
}

case "part of a coupon that is transferred" {
  on      = ["resource bss_enterprise_coupon_transfer"]
  at      = "sub_coupon_id"
  summary = "sub_coupon_id does not fit the direction"
  with {
    sub_coupon_id = "CP2611220000002-1"
  }
}

case "retrieval of no part" {
  on      = ["resource bss_enterprise_coupon_transfer"]
  at      = "sub_coupon_id"
  summary = "sub_coupon_id is required"
  with {
    direction = "retrieve"
    amount    = null
  }
}

case "retrieval of an amount" {
  on      = ["resource bss_enterprise_coupon_transfer"]
  at      = "amount"
  summary = "amount does not fit the direction"
  with {
    direction     = "retrieve"
    sub_coupon_id = "CP2611220000002-1"
  }
}

case "coupon with a slash" {
  on      = ["resource bss_enterprise_coupon_transfer"]
  at      = "coupon_id"
  summary = "Invalid id"
  with {
    coupon_id = "CP/1"
  }
}

case "import of a coupon's transfer" {
  at      = ""
  summary = "bss_enterprise_coupon_transfer cannot be imported"
  when    = "plan"
  site    = "china"
  import "bss_enterprise_coupon_transfer" {
    id = "any"
  }
}
