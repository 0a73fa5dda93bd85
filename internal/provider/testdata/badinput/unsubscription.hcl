case "resource is null" {
  at      = "resource_id"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_unsubscription" {
    resource_id = null
    scope       = "resource_and_renewals"
  }
}

case "resource is empty" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_unsubscription" {
    resource_id = ""
    scope       = "resource_and_renewals"
  }
}

case "resource is a list of two" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001,b5500000-51a0-4000-8000-000000000004"
    scope       = "resource_and_renewals"
  }
}

case "resource that is a path upwards" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_unsubscription" {
    resource_id = ".."
    scope       = "resource_and_renewals"
  }
}

case "resource of 65 characters" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_unsubscription" {
    resource_id = repeat("b", 65)
    scope       = "resource_and_renewals"
  }
}

case "scope is null" {
  at      = "scope"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = null
  }
}

case "scope is empty" {
  at      = "scope"
  summary = "Invalid Attribute Value Match"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = ""
  }
}

case "scope in capitals" {
  at      = "scope"
  summary = "Invalid Attribute Value Match"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = "RENEWALS_ONLY"
  }
}

case "scope by its number" {
  at      = "scope"
  summary = "Invalid Attribute Value Match"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = "2"
  }
}

case "scope is unknown of a resource that is attached" {
  at      = "resource_id"
  summary = "Resource is attached to another"
  says    = "b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000002"
    scope       = unknown
  }
}

case "reason is empty" {
  at      = "reason"
  summary = "Invalid text"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = "renewals_only"
    reason      = ""
  }
}

case "reason of 513 characters" {
  at      = "reason"
  summary = "Invalid text"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = "renewals_only"
    reason      = repeat("x", 513)
  }
}

case "timeout below zero" {
  at      = "timeouts.create"
  summary = "Invalid duration"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = "renewals_only"
    timeouts {
      create = "-1m"
    }
  }
}

case "timeout in words" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = "renewals_only"
    timeouts {
      update = "soon"
    }
  }
}

case "resource is attached to another" {
  at      = "resource_id"
  summary = "Resource is attached to another"
  says    = "b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000002"
    scope       = "resource_and_renewals"
  }
}

case "resource that does not exist" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  says    = "not taken for one that was unsubscribed"
  when    = "plan"
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-00000000ffff"
    scope       = "resource_and_renewals"
  }
}

case "resource in a status that nobody knows" {
  at      = "resource_id"
  summary = "Resource has an unknown status"
  says    = "unknown(9)"
  when    = "plan"
  console "add_resource" {
    status = 9
  }
  resource "bss_unsubscription" {
    resource_id = resource_id
    scope       = "resource_and_renewals"
  }
}

case "resource of an account that is not allowed" {
  at      = ""
  summary = "Account is not allowed"
  says    = "allowed_domain_ids"
  when    = "plan"
  provider {
    allowed_domain_ids = ["0000"]
  }
  resource "bss_unsubscription" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    scope       = "resource_and_renewals"
  }
}

case "import of nothing" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_unsubscription" {
    identity = { resource_id = "" }
  }
}

case "import with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_unsubscription" {
    id = "account/b5500000-51a0-4000-8000-00000000000c"
  }
}

case "import of a resource that is in use" {
  at      = "resource_id"
  summary = "Resource is not unsubscribed"
  says    = "an import never unsubscribes"
  when    = "plan"
  import "bss_unsubscription" {
    id = "b5500000-51a0-4000-8000-000000000001"
  }
}

case "import of what does not exist" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  when    = "plan"
  import "bss_unsubscription" {
    id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}

case "import by an empty id" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_unsubscription" {
    id = ""
  }
}

case "import of another account" {
  at      = ""
  summary = "Resource belongs to another account"
  when    = "plan"
  import "bss_unsubscription" {
    identity = { resource_id = "b5500000-51a0-4000-8000-00000000000c", account_id = "0000" }
  }
}
