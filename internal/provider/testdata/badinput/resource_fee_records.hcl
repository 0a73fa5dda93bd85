case "no month" {
  at      = "month_begin"
  summary = "Missing Configuration for Required Attribute"
  data "bss_resource_fee_records" {
    month_begin    = null
    statistic_type = "detail"
  }
}

case "thirteenth month" {
  at      = "month_begin"
  summary = "Invalid date"
  says    = "YYYY-MM"
  data "bss_resource_fee_records" {
    month_begin    = "2026-13"
    statistic_type = "detail"
  }
}

case "month zero" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_resource_fee_records" {
    month_begin    = "2026-00"
    statistic_type = "detail"
  }
}

case "month of one digit" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_resource_fee_records" {
    month_begin    = "2026-1"
    statistic_type = "detail"
  }
}

case "month without a dash" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_resource_fee_records" {
    month_begin    = "202601"
    statistic_type = "detail"
  }
}

case "day in place of a month" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01-01"
    statistic_type = "detail"
  }
}

case "month is empty" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_resource_fee_records" {
    month_begin    = ""
    statistic_type = "detail"
  }
}

case "month with a space" {
  at      = "month_begin"
  summary = "Invalid date"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01 "
    statistic_type = "detail"
  }
}

case "last month that does not exist" {
  at      = "month_end"
  summary = "Invalid date"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    month_end      = "2026-99"
  }
}

case "last month before the first" {
  at      = "month_end"
  summary = "Range ends before it begins"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    month_end      = "2025-12"
  }
}

case "thirty-seven months" {
  at      = "month_end"
  summary = "Range is too long"
  data "bss_resource_fee_records" {
    month_begin    = "2023-01"
    statistic_type = "detail"
    month_end      = "2026-01"
  }
}

case "month in the future" {
  at      = "month_begin"
  summary = "Month is in the future"
  when    = "plan"
  data "bss_resource_fee_records" {
    month_begin    = "2126-01"
    statistic_type = "detail"
  }
}

case "month before there were bills" {
  at      = "month_begin"
  summary = "Month is too long ago"
  says    = "three years"
  when    = "plan"
  data "bss_resource_fee_records" {
    month_begin    = "2001-01"
    statistic_type = "detail"
  }
}

case "service is blank" {
  at      = "service_type_code"
  summary = "Invalid text"
  data "bss_resource_fee_records" {
    month_begin       = "2026-01"
    statistic_type    = "detail"
    service_type_code = " "
  }
}

case "project is the word null" {
  at      = "enterprise_project_id"
  summary = "Invalid Attribute Value Match"
  data "bss_resource_fee_records" {
    month_begin           = "2026-01"
    statistic_type        = "detail"
    enterprise_project_id = "null"
  }
}

case "project with a slash" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  data "bss_resource_fee_records" {
    month_begin           = "2026-01"
    statistic_type        = "detail"
    enterprise_project_id = "a/b"
  }
}

case "scope is unknown" {
  at      = "scope"
  summary = "Invalid Attribute Value Match"
  says    = "member"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    scope          = "sub_customer"
  }
}

case "member is missing" {
  at      = "member_id"
  summary = "No member account"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    scope          = "member"
  }
}

case "member without its scope" {
  at      = "member_id"
  summary = "Member account without effect"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    member_id      = "0a1b"
  }
}

case "member of another scope" {
  at      = "member_id"
  summary = "Member account without effect"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    scope          = "own"
    member_id      = "0a1b"
  }
}

case "member is empty" {
  at      = "member_id"
  summary = "Invalid id"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    scope          = "member"
    member_id      = ""
  }
}

case "grouped by nothing" {
  at      = "group_by"
  summary = "Invalid Attribute Value"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    group_by       = []
  }
}

case "grouped by null" {
  at      = "group_by"
  summary = "Null Set Value"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    group_by       = [null]
  }
}

case "grouped by an unknown key" {
  at      = "group_by[\"weekday\"]"
  summary = "Invalid Attribute Value Match"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    group_by       = ["month", "weekday"]
  }
}

case "grouped by a tag" {
  at      = "group_by[\"tag\"]"
  summary = "Invalid Attribute Value Match"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    group_by       = ["tag"]
  }
}

case "region is empty" {
  at      = "region_code"
  summary = "Invalid text"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    region_code    = ""
  }
}

case "charge mode is a code" {
  at      = "charge_mode"
  summary = "Invalid Attribute Value Match"
  says    = "yearly_monthly"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    charge_mode    = 1
  }
}

case "bill type is unknown" {
  at      = "bill_type"
  summary = "Invalid Attribute Value Match"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    bill_type      = "buy"
  }
}

case "last day alone" {
  at      = "bill_date_begin"
  summary = "No first day"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    bill_date_end  = "2026-01-31"
  }
}

case "first day alone" {
  at      = "bill_date_end"
  summary = "No last day"
  data "bss_resource_fee_records" {
    month_begin     = "2026-01"
    statistic_type  = "detail"
    bill_date_begin = "2026-01-01"
  }
}

case "day that does not exist" {
  at      = "bill_date_end"
  summary = "Invalid date"
  says    = "YYYY-MM-DD"
  data "bss_resource_fee_records" {
    month_begin     = "2026-01"
    statistic_type  = "detail"
    bill_date_begin = "2026-01-01"
    bill_date_end   = "2026-01-32"
  }
}

case "last day before the first" {
  at      = "bill_date_end"
  summary = "Range ends before it begins"
  data "bss_resource_fee_records" {
    month_begin     = "2026-01"
    statistic_type  = "detail"
    bill_date_begin = "2026-01-31"
    bill_date_end   = "2026-01-01"
  }
}

case "first day of another month" {
  at      = "bill_date_begin"
  summary = "Day of another month"
  data "bss_resource_fee_records" {
    month_begin     = "2026-01"
    statistic_type  = "detail"
    bill_date_begin = "2025-12-31"
    bill_date_end   = "2026-01-01"
  }
}

case "last day of another month" {
  at      = "bill_date_end"
  summary = "Day of another month"
  data "bss_resource_fee_records" {
    month_begin     = "2026-01"
    statistic_type  = "detail"
    bill_date_begin = "2026-01-31"
    bill_date_end   = "2026-02-01"
  }
}

case "days of several months" {
  at      = "bill_date_begin"
  summary = "Days of several months"
  data "bss_resource_fee_records" {
    month_begin     = "2026-01"
    statistic_type  = "detail"
    month_end       = "2026-02"
    bill_date_begin = "2026-01-01"
    bill_date_end   = "2026-01-31"
  }
}

case "statistic type is missing" {
  at      = "statistic_type"
  summary = "Missing Configuration for Required Attribute"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = null
  }
}

case "statistic type is a code" {
  at      = "statistic_type"
  summary = "Invalid Attribute Value Match"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = 1
  }
}

case "days of a bill by cycle" {
  at      = "bill_date_begin"
  summary = "Days of a bill by cycle"
  data "bss_resource_fee_records" {
    month_begin     = "2026-01"
    statistic_type  = "cycle"
    bill_date_begin = "2026-01-01"
    bill_date_end   = "2026-01-31"
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    resource_id    = "a/b"
  }
}

case "statistic type that it has not" {
  at      = "statistic_type"
  summary = "Invalid Attribute Value Match"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "day"
  }
}

case "trade of 65 characters" {
  at      = "trade_id"
  summary = "Invalid id"
  data "bss_resource_fee_records" {
    month_begin    = "2026-01"
    statistic_type = "detail"
    trade_id       = repeat("T", 65)
  }
}
