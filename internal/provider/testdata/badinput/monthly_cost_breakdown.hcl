on = ["data bss_monthly_cost_breakdown"]

case "day in place of a month" {
  at      = "month_begin"
  summary = "Invalid date"
  with {
    month_begin = "2026-01-01"
  }
}

case "nineteen months" {
  at      = "month_end"
  summary = "Range is too long"
  says    = "18 months"
  with {
    month_begin = "2024-06"
    month_end   = "2026-01"
  }
}

case "month that is kept no longer" {
  at      = "month_begin"
  summary = "Month is too long ago"
  says    = "the last 18 months"
  when    = "plan"
  site    = "china"
  with {
    month_begin = "2019-01"
  }
}

case "grouped by day" {
  at      = "group_by[\"day\"]"
  summary = "Bill without this group"
  says    = "bss_resource_records"
  with {
    group_by = ["day"]
  }
}

case "cost unit without a key" {
  at      = "group_by[\"cost_unit:\"]"
  summary = "Invalid key of a cost unit"
  with {
    group_by = ["cost_unit:"]
  }
}

case "bill grouped by a cost unit" {
  at      = "group_by[\"cost_unit:dept\"]"
  summary = "Bill without this group"
  says    = "Those of bss_monthly_cost_breakdown can."
  on      = ["data bss_resource_records"]
  with {
    group_by = ["cost_unit:dept"]
  }
}

case "member without its scope" {
  at      = "member_id"
  summary = "Member account without effect"
  with {
    member_id = "m"
  }
}

case "charge mode is a code" {
  at      = "charge_mode"
  summary = "Invalid value"
  with {
    charge_mode = "1"
  }
}

case "bill type is unknown" {
  at      = "bill_type"
  summary = "Invalid value"
  with {
    bill_type = "gift"
  }
}

case "name of a resource is blank" {
  at      = "resource_name"
  summary = "Invalid text"
  with {
    resource_name = " "
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "a/b"
  }
}

case "a site without the breakdown" {
  at      = ""
  summary = "Could not read the cost breakdown of 2026-01"
  says    = "bss_costs"
  when    = "plan"
  with {
    month_begin = "2026-01"
  }
}
