# What bills of resources refuse.
on = ["data bss_resource_records", "data bss_resource_fee_records"]

case "grouped by a tag" {
  at      = "group_by[\"tag\"]"
  summary = "Invalid group"
  says    = "tag:KEY"
  with {
    group_by = ["tag"]
  }
}

case "statistic type is missing" {
  at      = "statistic_type"
  summary = "Missing Configuration for Required Attribute"
  with {
    statistic_type = null
  }
}

case "statistic type is a code" {
  at      = "statistic_type"
  summary = "Invalid value"
  with {
    statistic_type = 1
  }
}

case "days of a bill by cycle" {
  at      = "bill_date_begin"
  summary = "Days of a bill by cycle"
  with {
    statistic_type  = "cycle"
    bill_date_begin = "2026-01-01"
    bill_date_end   = "2026-01-31"
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "a/b"
  }
}
