# What bills refuse that have lines.
on = ["data bss_fee_records", "data bss_resource_records", "data bss_resource_fee_records"]

case "region is empty" {
  at      = "region_code"
  summary = "Invalid text"
  with {
    region_code = ""
  }
}

case "charge mode is a code" {
  at      = "charge_mode"
  summary = "Invalid value"
  says    = "yearly_monthly"
  with {
    charge_mode = 1
  }
}

case "bill type is unknown" {
  at      = "bill_type"
  summary = "Invalid value"
  with {
    bill_type = "buy"
  }
}

case "last day alone" {
  at      = "bill_date_begin"
  summary = "First day is missing"
  with {
    bill_date_end = "2026-01-31"
  }
}

case "first day alone" {
  at      = "bill_date_end"
  summary = "Last day is missing"
  with {
    bill_date_begin = "2026-01-01"
  }
}

case "day that does not exist" {
  at      = "bill_date_end"
  summary = "Invalid date"
  says    = "YYYY-MM-DD"
  with {
    bill_date_begin = "2026-01-01"
    bill_date_end   = "2026-01-32"
  }
}

case "last day before the first" {
  at      = "bill_date_end"
  summary = "Range ends before it begins"
  with {
    bill_date_begin = "2026-01-31"
    bill_date_end   = "2026-01-01"
  }
}

case "first day of another month" {
  at      = "bill_date_begin"
  summary = "Day of another month"
  with {
    bill_date_begin = "2025-12-31"
    bill_date_end   = "2026-01-01"
  }
}

case "last day of another month" {
  at      = "bill_date_end"
  summary = "Day of another month"
  with {
    bill_date_begin = "2026-01-31"
    bill_date_end   = "2026-02-01"
  }
}

case "days of several months" {
  at      = "bill_date_begin"
  summary = "Days of several months"
  with {
    month_end       = "2026-02"
    bill_date_begin = "2026-01-01"
    bill_date_end   = "2026-01-31"
  }
}
