case "resource is null" {
  at      = "resource_id"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_expiry_policy" {
    resource_id = null
    policy      = "auto_renew"
  }
}

case "resource is empty" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_expiry_policy" {
    resource_id = ""
    policy      = "auto_renew"
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_expiry_policy" {
    resource_id = "autorenew/x"
    policy      = "auto_renew"
  }
}

case "resource with a line break" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001\n"
    policy      = "auto_renew"
  }
}

case "resource of 65 characters" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_expiry_policy" {
    resource_id = repeat("b", 65)
    policy      = "manual"
  }
}

case "resource that is a path upwards" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_expiry_policy" {
    resource_id = ".."
    policy      = "auto_renew"
  }
}

case "end is unknown" {
  at      = "on_destroy"
  summary = "Invalid Attribute Value Match"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = "auto_renew"
    on_destroy  = "delete"
  }
}

case "timeout in words" {
  at      = "timeouts.create"
  summary = "Invalid duration"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = "auto_renew"
    timeouts {
      create = "5 minutes"
    }
  }
}

case "timeout below zero" {
  at      = "timeouts.delete"
  summary = "Invalid duration"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = "auto_renew"
    timeouts {
      delete = "-3m"
    }
  }
}

case "timeout of a year" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = "auto_renew"
    timeouts {
      update = "8760h"
    }
  }
}

case "resource is attached to another" {
  at      = "resource_id"
  summary = "Resource is attached to another"
  says    = "b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000002"
    policy      = "auto_renew"
  }
}

case "import of nothing" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_expiry_policy" {
    identity = { resource_id = "" }
  }
}

case "import with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_expiry_policy" {
    id = "account/b5500000-51a0-4000-8000-000000000001"
  }
}

case "import with a comma" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_expiry_policy" {
    id = "b5500000-51a0-4000-8000-000000000001,month"
  }
}

case "import of what does not exist" {
  at      = "resource_id"
  summary = "Billing does not know resource b5500000-51a0-4000-8000-00000000ffff"
  says    = "pay-per-use"
  when    = "plan"
  import "bss_expiry_policy" {
    id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}

case "import of an order" {
  at      = "resource_id"
  summary = "Billing does not know resource CS2611220000001"
  says    = "bss_order_payment imports paid orders"
  when    = "plan"
  import "bss_expiry_policy" {
    id = "CS2611220000001"
  }
}

case "import of an attached resource" {
  at      = "resource_id"
  summary = "Resource b5500000-51a0-4000-8000-000000000002 is attached to another"
  says    = "Import b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  import "bss_expiry_policy" {
    id = "b5500000-51a0-4000-8000-000000000002"
  }
}

case "import by an empty id" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_expiry_policy" {
    id = ""
  }
}

case "import of another account" {
  at      = ""
  summary = "Resource belongs to another account"
  when    = "plan"
  import "bss_expiry_policy" {
    identity = { resource_id = "b5500000-51a0-4000-8000-000000000001", account_id = "0000" }
  }
}

case "list of a service that is empty" {
  at      = "service_type_code"
  summary = "Invalid text"
  list "bss_expiry_policy" {
    service_type_code = ""
  }
}

case "list of a region that is blank" {
  at      = "region_code"
  summary = "Invalid text"
  list "bss_expiry_policy" {
    region_code = " "
  }
}

case "list of a project with a slash" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  list "bss_expiry_policy" {
    enterprise_project_id = "0/1"
  }
}

case "list before a day without a time" {
  at      = "expires_before"
  summary = "Invalid RFC3339 String Value"
  list "bss_expiry_policy" {
    expires_before = "2026-12-31"
  }
}

case "list of no policy" {
  at      = "expire_policy"
  summary = "Invalid Attribute Value"
  list "bss_expiry_policy" {
    expire_policy = []
  }
}

case "list of a policy that is unknown" {
  at      = "expire_policy[1]"
  summary = "Invalid Attribute Value Match"
  list "bss_expiry_policy" {
    expire_policy = ["auto_renew", "manual"]
  }
}

case "list of a policy that is null" {
  at      = "expire_policy"
  summary = "Null List Value"
  list "bss_expiry_policy" {
    expire_policy = [null]
  }
}

case "policy is null" {
  at      = "policy"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = null
  }
}

case "policy is empty" {
  at      = "policy"
  summary = "Invalid Attribute Value Match"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = ""
  }
}

case "policy in the word of the API" {
  at      = "policy"
  summary = "Invalid Attribute Value Match"
  says    = "manual"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = "grace_period"
  }
}

case "policy in capital letters" {
  at      = "policy"
  summary = "Invalid Attribute Value Match"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = "AUTO_RENEW"
  }
}

case "pay per use of what is expired" {
  at      = "resource_id"
  summary = "Resource is out of use"
  when    = "plan"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-00000000000a"
    policy      = "pay_per_use"
  }
}

case "renewal of what is frozen" {
  at      = "resource_id"
  summary = "Resource is out of use"
  when    = "plan"
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-00000000000b"
    policy      = "auto_renew"
  }
}
