# What no `resource_id` may be.
on = [
  "resource bss_autorenew",
  "resource bss_expiry_policy",
  "resource bss_renewal",
  "action bss_resource_renew",
  "resource bss_unsubscription",
  "action bss_resource_unsubscribe",
  "resource bss_on_demand_conversion",
  "action bss_resource_convert",
  "data bss_resource",
]

case "resource is null" {
  at      = "resource_id"
  summary = "Missing Configuration for Required Attribute"
  with {
    resource_id = null
  }
}

case "resource is empty" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = ""
  }
}

case "resource is blank" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "  "
  }
}

case "resource with a space" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "a b"
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "autorenew/x"
  }
}

case "resource with a line break" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "a\n"
  }
}

case "resource with a query" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "a?limit=1"
  }
}

case "resource with another argument" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "a&limit=1"
  }
}

case "resource is a star" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "*"
  }
}

case "resource that is a path upwards" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = ".."
  }
}

case "resource of 65 characters" {
  at      = "resource_id"
  summary = "Invalid id"
  says    = "64"
  with {
    resource_id = repeat("9", 65)
  }
}

case "resource that is a list of two" {
  at      = "resource_id"
  summary = "Invalid id"
  with {
    resource_id = "b5500000-51a0-4000-8000-000000000001,b5500000-51a0-4000-8000-000000000004"
  }
}

case "resource is attached to another" {
  at      = "resource_id"
  summary = "Resource is attached to another"
  says    = "b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  on = [
    "resource bss_autorenew",
    "resource bss_expiry_policy",
    "resource bss_renewal",
    "resource bss_unsubscription",
    "action bss_resource_renew",
    "action bss_resource_unsubscribe",
  ]
  with {
    resource_id = "b5500000-51a0-4000-8000-000000000002"
  }
}

case "resource does not exist" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  when    = "plan"
  on = [
    "resource bss_renewal",
    "resource bss_unsubscription",
    "action bss_resource_renew",
    "action bss_resource_unsubscribe",
  ]
  with {
    resource_id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}
