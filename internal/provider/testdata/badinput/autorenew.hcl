case "resource is null" {
  at      = "resource_id"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_autorenew" {
    resource_id = null
    enabled     = true
  }
}

case "resource is empty" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_autorenew" {
    resource_id = ""
    enabled     = true
  }
}

case "resource with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_autorenew" {
    resource_id = "autorenew/x"
    enabled     = true
  }
}

case "resource with a line break" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001\n"
    enabled     = true
  }
}

case "resource of 65 characters" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_autorenew" {
    resource_id = repeat("b", 65)
    enabled     = false
  }
}

case "resource that is a path upwards" {
  at      = "resource_id"
  summary = "Invalid id"
  resource "bss_autorenew" {
    resource_id = ".."
    enabled     = true
  }
}

case "enabled is null" {
  at      = "enabled"
  summary = "Missing Configuration for Required Attribute"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = null
  }
}

case "times below zero" {
  at      = "times"
  summary = "Invalid Attribute Value"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
    times       = -1
  }
}

case "a hundred times" {
  at      = "times"
  summary = "Invalid Attribute Value"
  says    = "99"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
    times       = 100
  }
}

case "unit in capital letters" {
  at      = "period_unit"
  summary = "Invalid Attribute Value Match"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
    period_unit = "MONTH"
  }
}

case "unit of a day" {
  at      = "period_unit"
  summary = "Invalid Attribute Value Match"
  says    = "month"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
    period_unit = "day"
  }
}

case "unit is empty" {
  at      = "period_unit"
  summary = "Invalid Attribute Value Match"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
    period_unit = ""
  }
}

case "end is unknown" {
  at      = "on_destroy"
  summary = "Invalid Attribute Value Match"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
    on_destroy  = "delete"
  }
}

case "timeout in words" {
  at      = "timeouts.create"
  summary = "Invalid duration"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
    timeouts {
      create = "5 minutes"
    }
  }
}

case "timeout below zero" {
  at      = "timeouts.delete"
  summary = "Invalid duration"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
    timeouts {
      delete = "-3m"
    }
  }
}

case "timeout of a year" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
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
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000002"
    enabled     = true
  }
}

case "resource is expired" {
  at      = "resource_id"
  summary = "Resource is out of use"
  when    = "plan"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-00000000000a"
    enabled     = true
  }
}

case "resource is frozen" {
  at      = "resource_id"
  summary = "Resource is out of use"
  when    = "plan"
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-00000000000b"
    enabled     = true
  }
}

case "import of nothing" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_autorenew" {
    identity = { resource_id = "" }
  }
}

case "import with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_autorenew" {
    id = "account/b5500000-51a0-4000-8000-000000000001"
  }
}

case "import with a comma" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_autorenew" {
    id = "b5500000-51a0-4000-8000-000000000001,month"
  }
}

case "import of what does not exist" {
  at      = "resource_id"
  summary = "Billing does not know resource b5500000-51a0-4000-8000-00000000ffff"
  says    = "pay-per-use"
  when    = "plan"
  import "bss_autorenew" {
    id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}

case "import of an order" {
  at      = "resource_id"
  summary = "Billing does not know resource CS2611220000001"
  says    = "bss_order_payment imports paid orders"
  when    = "plan"
  import "bss_autorenew" {
    id = "CS2611220000001"
  }
}

case "import of an attached resource" {
  at      = "resource_id"
  summary = "Resource b5500000-51a0-4000-8000-000000000002 is attached to another"
  says    = "Import b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  import "bss_autorenew" {
    id = "b5500000-51a0-4000-8000-000000000002"
  }
}

case "import by an empty id" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  import "bss_autorenew" {
    id = ""
  }
}

case "import of another account" {
  at      = ""
  summary = "Resource belongs to another account"
  when    = "plan"
  import "bss_autorenew" {
    identity = { resource_id = "b5500000-51a0-4000-8000-000000000001", account_id = "0000" }
  }
}

case "list of a service that is empty" {
  at      = "service_type_code"
  summary = "Invalid text"
  list "bss_autorenew" {
    service_type_code = ""
  }
}

case "list of a region that is blank" {
  at      = "region_code"
  summary = "Invalid text"
  list "bss_autorenew" {
    region_code = " "
  }
}

case "list of a project with a slash" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  list "bss_autorenew" {
    enterprise_project_id = "0/1"
  }
}

case "list before a day without a time" {
  at      = "expires_before"
  summary = "Invalid RFC3339 String Value"
  list "bss_autorenew" {
    expires_before = "2026-12-31"
  }
}

case "list of no policy" {
  at      = "expire_policy"
  summary = "Invalid Attribute Value"
  list "bss_autorenew" {
    expire_policy = []
  }
}

case "list of a policy that is unknown" {
  at      = "expire_policy[1]"
  summary = "Invalid Attribute Value Match"
  list "bss_autorenew" {
    expire_policy = ["auto_renew", "manual"]
  }
}

case "list of a policy that is null" {
  at      = "expire_policy"
  summary = "Null List Value"
  list "bss_autorenew" {
    expire_policy = [null]
  }
}
