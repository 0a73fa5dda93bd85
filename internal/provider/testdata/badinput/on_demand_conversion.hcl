# Resources that cannot be converted to pay-per-use.
on = ["resource bss_on_demand_conversion", "action bss_resource_convert"]

case "resource to convert is not known" {
  at      = "resource_id"
  summary = "Resource to convert is not known"
  says    = "has to name it"
  when    = "plan"
  site    = "china"
  with {
    resource_id = unknown
  }
}

case "resource to convert does not exist" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  says    = "Nothing was sent"
  when    = "plan"
  site    = "china"
  with {
    resource_id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}

case "resource to convert is attached to another" {
  at      = "resource_id"
  summary = "Resource is attached to another"
  says    = "b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  site    = "china"
  with {
    resource_id = "b5500000-51a0-4000-8000-000000000002"
  }
}

case "resource to convert in a status that nobody knows" {
  at      = "resource_id"
  summary = "Resource has an unknown status"
  says    = "unknown(9)"
  when    = "plan"
  site    = "china"
  console "add_resource" {
    status = 9
  }
  with {
    resource_id = resource_id
  }
}

case "a closed resource that nothing converted" {
  at      = "resource_id"
  summary = "Resource is closed"
  says    = "take the block out"
  when    = "plan"
  site    = "china"
  console "add_resource" {
    status = 3
  }
  with {
    resource_id = resource_id
  }
}

case "a site without conversions" {
  at      = ""
  summary = "Could not plan the conversion of resource b5500000-51a0-4000-8000-000000000001"
  says    = "bss_expiry_policy"
  when    = "plan"
  with {}
}

case "conversion is denied" {
  at      = "resource_id"
  summary = "Spending is denied"
  says    = "its use would be charged"
  when    = "plan"
  site    = "china"
  provider {
    spending {
      mode = "deny"
    }
  }
  with {}
}

case "import of a conversion" {
  at      = ""
  summary = "bss_on_demand_conversion cannot be imported"
  says    = "No order names the resource"
  when    = "plan"
  import "bss_on_demand_conversion" {
    id = "b5500000-51a0-4000-8000-000000000001"
  }
}

case "import of a conversion of nothing" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_on_demand_conversion" {
    id = "a/b"
  }
}

case "conversion at an expiry that is a day" {
  at      = "expire_time"
  summary = "Invalid date"
  action "bss_resource_convert" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    expire_time = "2027-01-31"
  }
}

case "conversion at an expiry of another zone" {
  at      = "expire_time"
  summary = "Invalid date"
  action "bss_resource_convert" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    expire_time = "2027-01-31T23:59:59+08:00"
  }
}
