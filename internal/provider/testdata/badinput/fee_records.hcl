case "no month" {
  at      = "month_begin"
  summary = "Missing Configuration for Required Attribute"
  data "bss_fee_records" {
    month_begin = null
  }
}

case "thirteenth month" {
  at      = "month_begin"
  summary = "Invalid date"
  says    = "YYYY-MM"
  data "bss_fee_records" {
    month_begin = "2026-13"
  }
}

case "month zero" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_fee_records" {
    month_begin = "2026-00"
  }
}

case "month of one digit" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_fee_records" {
    month_begin = "2026-1"
  }
}

case "month without a dash" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_fee_records" {
    month_begin = "202601"
  }
}

case "day in place of a month" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_fee_records" {
    month_begin = "2026-01-01"
  }
}

case "month is empty" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_fee_records" {
    month_begin = ""
  }
}

case "month with a space" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_fee_records" {
    month_begin = "2026-01 "
  }
}

case "last month that does not exist" {
  at      = "month_end"
  summary = "Invalid date"
  data "bss_fee_records" {
    month_begin = "2026-01"
    month_end   = "2026-99"
  }
}

case "last month before the first" {
  at      = "month_end"
  summary = "Range ends before it begins"
  data "bss_fee_records" {
    month_begin = "2026-01"
    month_end   = "2025-12"
  }
}

case "thirty-seven months" {
  at      = "month_end"
  summary = "Range is too long"
  data "bss_fee_records" {
    month_begin = "2023-01"
    month_end   = "2026-01"
  }
}

case "month in the future" {
  at      = "month_begin"
  summary = "Month is in the future"
  when    = "plan"
  site    = "china"
  data "bss_fee_records" {
    month_begin = "2126-01"
  }
}

case "month before there were bills" {
  at      = "month_begin"
  summary = "Month is too long ago"
  says    = "three years"
  when    = "plan"
  site    = "china"
  data "bss_fee_records" {
    month_begin = "2001-01"
  }
}

case "service is blank" {
  at      = "service_type_code"
  summary = "Invalid text"
  data "bss_fee_records" {
    month_begin       = "2026-01"
    service_type_code = " "
  }
}

case "project is the word null" {
  at      = "enterprise_project_id"
  summary = "Invalid Attribute Value Match"
  data "bss_fee_records" {
    month_begin           = "2026-01"
    enterprise_project_id = "null"
  }
}

case "project with a slash" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  data "bss_fee_records" {
    month_begin           = "2026-01"
    enterprise_project_id = "a/b"
  }
}

case "scope is unknown" {
  at      = "scope"
  summary = "Invalid Attribute Value Match"
  says    = "member"
  data "bss_fee_records" {
    month_begin = "2026-01"
    scope       = "sub_customer"
  }
}

case "member is missing" {
  at      = "member_id"
  summary = "No member account"
  data "bss_fee_records" {
    month_begin = "2026-01"
    scope       = "member"
  }
}

case "member without its scope" {
  at      = "member_id"
  summary = "Member account without effect"
  data "bss_fee_records" {
    month_begin = "2026-01"
    member_id   = "0a1b"
  }
}

case "member of another scope" {
  at      = "member_id"
  summary = "Member account without effect"
  data "bss_fee_records" {
    month_begin = "2026-01"
    scope       = "own"
    member_id   = "0a1b"
  }
}

case "member is empty" {
  at      = "member_id"
  summary = "Invalid id"
  data "bss_fee_records" {
    month_begin = "2026-01"
    scope       = "member"
    member_id   = ""
  }
}

case "grouped by nothing" {
  at      = "group_by"
  summary = "Invalid Attribute Value"
  data "bss_fee_records" {
    month_begin = "2026-01"
    group_by    = []
  }
}

case "grouped by null" {
  at      = "group_by"
  summary = "Null Set Value"
  data "bss_fee_records" {
    month_begin = "2026-01"
    group_by    = [null]
  }
}

case "grouped by an unknown key" {
  at      = "group_by[\"weekday\"]"
  summary = "Invalid Attribute Value Match"
  data "bss_fee_records" {
    month_begin = "2026-01"
    group_by    = ["month", "weekday"]
  }
}

case "grouped by a resource" {
  at      = "group_by[\"resource\"]"
  summary = "Invalid Attribute Value Match"
  data "bss_fee_records" {
    month_begin = "2026-01"
    group_by    = ["resource"]
  }
}

case "region is empty" {
  at      = "region_code"
  summary = "Invalid text"
  data "bss_fee_records" {
    month_begin = "2026-01"
    region_code = ""
  }
}

case "charge mode is a code" {
  at      = "charge_mode"
  summary = "Invalid Attribute Value Match"
  says    = "yearly_monthly"
  data "bss_fee_records" {
    month_begin = "2026-01"
    charge_mode = 1
  }
}

case "bill type is unknown" {
  at      = "bill_type"
  summary = "Invalid Attribute Value Match"
  data "bss_fee_records" {
    month_begin = "2026-01"
    bill_type   = "buy"
  }
}

case "last day alone" {
  at      = "bill_date_begin"
  summary = "No first day"
  data "bss_fee_records" {
    month_begin   = "2026-01"
    bill_date_end = "2026-01-31"
  }
}

case "first day alone" {
  at      = "bill_date_end"
  summary = "No last day"
  data "bss_fee_records" {
    month_begin     = "2026-01"
    bill_date_begin = "2026-01-01"
  }
}

case "day that does not exist" {
  at      = "bill_date_end"
  summary = "Invalid date"
  says    = "YYYY-MM-DD"
  data "bss_fee_records" {
    month_begin     = "2026-01"
    bill_date_begin = "2026-01-01"
    bill_date_end   = "2026-01-32"
  }
}

case "last day before the first" {
  at      = "bill_date_end"
  summary = "Range ends before it begins"
  data "bss_fee_records" {
    month_begin     = "2026-01"
    bill_date_begin = "2026-01-31"
    bill_date_end   = "2026-01-01"
  }
}

case "first day of another month" {
  at      = "bill_date_begin"
  summary = "Day of another month"
  data "bss_fee_records" {
    month_begin     = "2026-01"
    bill_date_begin = "2025-12-31"
    bill_date_end   = "2026-01-01"
  }
}

case "last day of another month" {
  at      = "bill_date_end"
  summary = "Day of another month"
  data "bss_fee_records" {
    month_begin     = "2026-01"
    bill_date_begin = "2026-01-31"
    bill_date_end   = "2026-02-01"
  }
}

case "days of several months" {
  at      = "bill_date_begin"
  summary = "Days of several months"
  data "bss_fee_records" {
    month_begin     = "2026-01"
    month_end       = "2026-02"
    bill_date_begin = "2026-01-01"
    bill_date_end   = "2026-01-31"
  }
}

case "provider is unknown" {
  at      = "provider_type"
  summary = "Invalid Attribute Value Match"
  data "bss_fee_records" {
    month_begin   = "2026-01"
    provider_type = "aws"
  }
}

case "status is unknown" {
  at      = "status"
  summary = "Invalid Attribute Value Match"
  data "bss_fee_records" {
    month_begin = "2026-01"
    status      = "open"
  }
}

case "type of resource is empty" {
  at      = "resource_type_code"
  summary = "Invalid text"
  data "bss_fee_records" {
    month_begin        = "2026-01"
    resource_type_code = ""
  }
}

case "trade is empty" {
  at      = "trade_id"
  summary = "Invalid id"
  data "bss_fee_records" {
    month_begin = "2026-01"
    trade_id    = ""
  }
}

case "a site without fee records" {
  at      = ""
  summary = "Could not list the fee records of 2026-01"
  when    = "plan"
  data "bss_fee_records" {
    month_begin = "2026-01"
  }
}
