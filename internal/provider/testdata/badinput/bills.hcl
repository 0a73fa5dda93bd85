# What all bills refuse alike. All of them are on the china site.
on = ["data bss_monthly_bills", "data bss_fee_records", "data bss_resource_records", "data bss_resource_fee_records"]

case "no month" {
  at      = "month_begin"
  summary = "Missing Configuration for Required Attribute"
  with {
    month_begin = null
  }
}

case "thirteenth month" {
  at      = "month_begin"
  summary = "Invalid date"
  says    = "YYYY-MM"
  with {
    month_begin = "2026-13"
  }
}

case "month zero" {
  at      = "month_begin"
  summary = "Invalid date"
  with {
    month_begin = "2026-00"
  }
}

case "month of one digit" {
  at      = "month_begin"
  summary = "Invalid date"
  with {
    month_begin = "2026-1"
  }
}

case "month without a dash" {
  at      = "month_begin"
  summary = "Invalid date"
  with {
    month_begin = "202601"
  }
}

case "day in place of a month" {
  at      = "month_begin"
  summary = "Invalid date"
  with {
    month_begin = "2026-01-01"
  }
}

case "month is empty" {
  at      = "month_begin"
  summary = "Invalid date"
  with {
    month_begin = ""
  }
}

case "month with a space" {
  at      = "month_begin"
  summary = "Invalid date"
  with {
    month_begin = "2026-01 "
  }
}

case "last month that does not exist" {
  at      = "month_end"
  summary = "Invalid date"
  with {
    month_end = "2026-99"
  }
}

case "last month before the first" {
  at      = "month_end"
  summary = "Range ends before it begins"
  with {
    month_end = "2025-12"
  }
}

case "thirty-seven months" {
  at      = "month_end"
  summary = "Range is too long"
  with {
    month_begin = "2023-01"
    month_end   = "2026-01"
  }
}

case "service is blank" {
  at      = "service_type_code"
  summary = "Invalid text"
  with {
    service_type_code = " "
  }
}

case "project is the word null" {
  at      = "enterprise_project_id"
  summary = "Invalid Attribute Value Match"
  with {
    enterprise_project_id = "null"
  }
}

case "project with a slash" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  with {
    enterprise_project_id = "a/b"
  }
}

case "scope is unknown" {
  at      = "scope"
  summary = "Invalid value"
  says    = "Did you mean \"member\"?"
  with {
    scope = "sub_customer"
  }
}

case "member is missing" {
  at      = "member_id"
  summary = "Member account is missing"
  with {
    scope = "member"
  }
}

case "member without its scope" {
  at      = "member_id"
  summary = "Member account without effect"
  with {
    member_id = "0a1b"
  }
}

case "member of another scope" {
  at      = "member_id"
  summary = "Member account without effect"
  with {
    scope     = "own"
    member_id = "0a1b"
  }
}

case "member is empty" {
  at      = "member_id"
  summary = "Invalid id"
  with {
    scope     = "member"
    member_id = ""
  }
}

case "grouped by null" {
  at      = "group_by"
  summary = "Null Set Value"
  with {
    group_by = [null]
  }
}

case "grouped by an unknown key" {
  at      = "group_by[\"weekday\"]"
  summary = "Invalid group"
  says    = "account"
  with {
    group_by = ["month", "weekday"]
  }
}

case "month in the future" {
  at      = "month_begin"
  summary = "Month is in the future"
  when    = "plan"
  site    = "china"
  with {
    month_begin = "2126-01"
  }
}

case "month before there were bills" {
  at      = "month_begin"
  summary = "Month is too long ago"
  says    = "three years"
  when    = "plan"
  site    = "china"
  with {
    month_begin = "2001-01"
  }
}

case "grouped by a resource" {
  at      = "group_by[\"resource\"]"
  summary = "Bill without this group"
  says    = "Those of bss_resource_fee_records or bss_resource_records can."
  on      = ["data bss_monthly_bills", "data bss_fee_records"]
  with {
    group_by = ["resource"]
  }
}

case "grouped by a tag" {
  at      = "group_by[\"tag:team\"]"
  summary = "Bill without this group"
  says    = "bss_resource_records"
  on      = ["data bss_monthly_bills", "data bss_fee_records"]
  with {
    group_by = ["tag:team"]
  }
}

case "sums of a month grouped by day" {
  at      = "group_by[\"day\"]"
  summary = "Bill without this group"
  says    = "Those of bss_fee_records, bss_resource_fee_records or bss_resource_records can."
  on      = ["data bss_monthly_bills"]
  with {
    group_by = ["day"]
  }
}

case "sums of a cycle grouped by day" {
  at      = "group_by"
  summary = "Days of a bill by cycle"
  on      = ["data bss_resource_records", "data bss_resource_fee_records"]
  with {
    group_by       = ["month", "day"]
    statistic_type = "cycle"
  }
}

case "grouped by a tag without a key" {
  at      = "group_by[\"tag:\"]"
  summary = "Invalid key of a tag"
  on      = ["data bss_resource_records", "data bss_resource_fee_records"]
  with {
    group_by = ["tag:"]
  }
}

case "grouped by a tag with a blank" {
  at      = "group_by[\"tag: team\"]"
  summary = "Invalid key of a tag"
  on      = ["data bss_resource_records", "data bss_resource_fee_records"]
  with {
    group_by = ["tag: team"]
  }
}

case "as of a day" {
  at      = "as_of"
  summary = "Invalid time"
  says    = "write 2026-11-01T00:00:00+08:00"
  with {
    as_of = "2026-11-01"
  }
}
