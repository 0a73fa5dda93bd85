# Lists of what has a policy.
on = ["list bss_autorenew", "list bss_expiry_policy"]

case "list of a service that is empty" {
  at      = "service_type_code"
  summary = "Invalid text"
  with {
    service_type_code = ""
  }
}

case "list of a region that is blank" {
  at      = "region_code"
  summary = "Invalid text"
  with {
    region_code = " "
  }
}

case "list of a project with a slash" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  with {
    enterprise_project_id = "0/1"
  }
}

case "list before a day without a time" {
  at      = "expires_before"
  summary = "Invalid time"
  with {
    expires_before = "2026-12-31"
  }
}

case "list of no policy" {
  at      = "expire_policy"
  summary = "Invalid Attribute Value"
  with {
    expire_policy = []
  }
}

case "list of a policy that is unknown" {
  at      = "expire_policy[1]"
  summary = "Invalid value"
  with {
    expire_policy = ["auto_renew", "manual"]
  }
}

case "list of a policy that is null" {
  at      = "expire_policy"
  summary = "Null List Value"
  with {
    expire_policy = [null]
  }
}
