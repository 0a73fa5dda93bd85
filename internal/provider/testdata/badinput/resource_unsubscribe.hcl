case "resource is null" {
  at      = "resource_id"
  summary = "Missing Configuration for Required Attribute"
  action "bss_resource_unsubscribe" {
    resource_id = null
    scope       = "resource_and_renewals"
  }
}

case "resource is empty" {
  at      = "resource_id"
  summary = "Invalid id"
  action "bss_resource_unsubscribe" {
    resource_id = ""
    scope       = "resource_and_renewals"
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  action "bss_resource_unsubscribe" {
    resource_id = "a/b"
    scope       = "resource_and_renewals"
  }
}

case "several resources" {
  at      = "resource_id"
  summary = "Invalid id"
  action "bss_resource_unsubscribe" {
    resource_id = "a,b"
    scope       = "resource_and_renewals"
  }
}

case "resource of 65 characters" {
  at      = "resource_id"
  summary = "Invalid id"
  action "bss_resource_unsubscribe" {
    resource_id = repeat("b", 65)
    scope       = "resource_and_renewals"
  }
}

case "scope is null" {
  at      = "scope"
  summary = "Missing Configuration for Required Attribute"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = null
  }
}

case "scope is a code" {
  at      = "scope"
  summary = "Invalid Attribute Value Match"
  says    = "renewals_only"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = 1
  }
}

case "scope is empty" {
  at      = "scope"
  summary = "Invalid Attribute Value Match"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = ""
  }
}

case "scope in capital letters" {
  at      = "scope"
  summary = "Invalid Attribute Value Match"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "RENEWALS_ONLY"
  }
}

case "renewals without an expiry" {
  at      = "expire_time"
  summary = "Expiry is required with renewals_only"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "renewals_only"
  }
}

case "expiry is a day" {
  at      = "expire_time"
  summary = "Invalid date"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "renewals_only"
    expire_time = "2027-01-31"
  }
}

case "expiry of another zone" {
  at      = "expire_time"
  summary = "Invalid date"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "renewals_only"
    expire_time = "2027-01-31T23:59:59+08:00"
  }
}

case "expiry that does not exist" {
  at      = "expire_time"
  summary = "Invalid date"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "renewals_only"
    expire_time = "2027-02-30T15:59:59Z"
  }
}

case "expiry is empty" {
  at      = "expire_time"
  summary = "Invalid date"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "renewals_only"
    expire_time = ""
  }
}

case "reason is blank" {
  at      = "reason"
  summary = "Invalid text"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "resource_and_renewals"
    reason      = " "
  }
}

case "reason of 513 characters" {
  at      = "reason"
  summary = "Invalid text"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "resource_and_renewals"
    reason      = repeat("r", 513)
  }
}

case "timeout in words" {
  at      = "timeout"
  summary = "Invalid duration"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "resource_and_renewals"
    timeout     = "5 minutes"
  }
}

case "timeout below zero" {
  at      = "timeout"
  summary = "Invalid duration"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000004"
    scope       = "resource_and_renewals"
    timeout     = "-3m"
  }
}

case "resource does not exist" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  when    = "plan"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-00000000ffff"
    scope       = "resource_and_renewals"
  }
}

case "resource is attached to another" {
  at      = "resource_id"
  summary = "Resource is attached to another"
  when    = "plan"
  action "bss_resource_unsubscribe" {
    resource_id = "b5500000-51a0-4000-8000-000000000005"
    scope       = "resource_and_renewals"
  }
}
