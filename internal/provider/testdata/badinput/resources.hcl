case "one resource that does not exist" {
  at      = "resource_id"
  summary = "Resource does not exist"
  when    = "plan"
  data "bss_resource" {
    resource_id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}

case "id is empty" {
  at      = "resource_ids[\"\"]"
  summary = "Invalid id"
  data "bss_resources" {
    resource_ids = ["b5500000-51a0-4000-8000-000000000001", ""]
  }
}

case "id is null" {
  at      = "resource_ids"
  summary = "Null Set Value"
  data "bss_resources" {
    resource_ids = ["b5500000-51a0-4000-8000-000000000001", null]
  }
}

case "ids in one text" {
  at      = "resource_ids[\"a,b\"]"
  summary = "Invalid id"
  data "bss_resources" {
    resource_ids = ["a,b"]
  }
}

case "order with a slash" {
  at      = "order_id"
  summary = "Invalid id"
  data "bss_resources" {
    order_id = "a/b"
  }
}

case "no status" {
  at      = "status"
  summary = "Invalid Attribute Value"
  data "bss_resources" {
    status = []
  }
}

case "status is unknown" {
  at      = "status[\"running\"]"
  summary = "Invalid value"
  data "bss_resources" {
    status = ["in_use", "running"]
  }
}

case "status is null" {
  at      = "status"
  summary = "Null Set Value"
  data "bss_resources" {
    status = [null]
  }
}

case "service is blank" {
  at      = "service_type_code"
  summary = "Invalid text"
  data "bss_resources" {
    service_type_code = " "
  }
}

case "service of 65 characters" {
  at      = "service_type_code"
  summary = "Invalid text"
  says    = "64"
  data "bss_resources" {
    service_type_code = repeat("h", 65)
  }
}

case "day without a time" {
  at      = "expires_after"
  summary = "Invalid time"
  data "bss_resources" {
    expires_after = "2026-01-31"
  }
}

case "month that does not exist" {
  at      = "expires_before"
  summary = "Invalid time"
  data "bss_resources" {
    expires_before = "2026-13-01T00:00:00Z"
  }
}

case "window ends before it begins" {
  at      = "expires_before"
  summary = "Window ends before it begins"
  data "bss_resources" {
    expires_after  = "2026-02-01T00:00:00Z"
    expires_before = "2026-01-01T00:00:00Z"
  }
}

case "within no days" {
  at      = "expiring_within_days"
  summary = "Invalid Attribute Value"
  data "bss_resources" {
    expiring_within_days = 0
  }
}

case "within days that are past" {
  at      = "expiring_within_days"
  summary = "Invalid Attribute Value"
  data "bss_resources" {
    expiring_within_days = -7
  }
}

case "within more than a century" {
  at      = "expiring_within_days"
  summary = "Invalid Attribute Value"
  data "bss_resources" {
    expiring_within_days = 36501
  }
}

case "within days, and before a time" {
  at      = "expiring_within_days"
  summary = "Invalid Attribute Combination"
  data "bss_resources" {
    expiring_within_days = 7
    expires_before       = "2026-01-01T00:00:00Z"
  }
}

case "no policy" {
  at      = "expire_policy"
  summary = "Invalid Attribute Value"
  data "bss_resources" {
    expire_policy = []
  }
}

case "policy is unknown" {
  at      = "expire_policy[\"renew\"]"
  summary = "Invalid value"
  data "bss_resources" {
    expire_policy = ["renew"]
  }
}

case "project is blank" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  data "bss_resources" {
    enterprise_project_id = " "
  }
}

case "as of a day" {
  at      = "as_of"
  summary = "Invalid time"
  says    = "write 2026-11-01T00:00:00+08:00"
  data "bss_resources" {
    expiring_within_days = 7
    as_of                = "2026-11-01"
  }
}

case "as of a time, without days" {
  at      = "as_of"
  summary = "Time without effect"
  data "bss_resources" {
    as_of = "2026-11-01T00:00:00Z"
  }
}
