on = ["data bss_resource_package_usage_records"]

case "first day is no day" {
  at      = "deduct_date_begin"
  summary = "Invalid date"
  with {
    deduct_date_begin = "2026-02-30"
  }
}

case "last day is a month" {
  at      = "deduct_date_end"
  summary = "Invalid date"
  with {
    deduct_date_end = "2026-02"
  }
}

case "last day is null" {
  at      = "deduct_date_end"
  summary = "Missing Configuration for Required Attribute"
  with {
    deduct_date_end = null
  }
}

case "window of deductions ends before it begins" {
  at      = "deduct_date_end"
  summary = "Window ends before it begins"
  with {
    deduct_date_end = "2025-12-31"
  }
}

case "window of deductions of 91 days" {
  at      = "deduct_date_end"
  summary = "Window is too long"
  says    = "90 days"
  with {
    deduct_date_end = "2026-04-02"
  }
}

case "deductions of an empty free resource" {
  at      = "free_resource_id"
  summary = "Invalid id"
  with {
    free_resource_id = ""
  }
}

case "deductions of an empty product" {
  at      = "product_id"
  summary = "Invalid id"
  with {
    product_id = ""
  }
}

case "deductions of a blank type of resource" {
  at      = "resource_type_code"
  summary = "Invalid text"
  with {
    resource_type_code = " "
  }
}
