# 95th-percentile usage: what is measured, and when.
on = ["data bss_usage95_details", "data bss_usage95_summary"]

case "month of another form" {
  at      = "month"
  summary = "Invalid date"
  with {
    month = "2026-1"
  }
}

case "month in the future" {
  at      = "month"
  when    = "plan"
  summary = "Month is in the future"
  with {
    month = "2999-01"
  }
}

case "service that is not billed in this way" {
  at      = "service_type_code"
  summary = "Invalid value"
  with {
    service_type_code = "hws.service.type.ec2"
  }
}

case "type that no such service has" {
  at      = "resource_type_code"
  summary = "Invalid value"
  with {
    resource_type_code = "hws.resource.type.vm"
  }
}

case "unknown usage" {
  at      = "usage_type"
  summary = "Invalid value"
  says    = "Did you mean \"95Peak\"?"
  with {
    usage_type = "95peak"
  }
}

case "final at no time" {
  at      = "as_of"
  summary = "Invalid time"
  with {
    as_of = "2026-01-31"
  }
}

case "points of two resources" {
  at      = "resource_id"
  summary = "Invalid id"
  data "bss_usage95_details" {
    month             = "2026-10"
    service_type_code = "hws.service.type.vpc"
    usage_type        = "95peak_plus"
    resource_id       = "a,b"
  }
}
