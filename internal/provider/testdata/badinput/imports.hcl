# Imports by the id of a resource or an order.
on = ["import bss_autorenew", "import bss_expiry_policy", "import bss_renewal", "import bss_unsubscription"]

case "import of nothing" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    identity = { resource_id = "" }
  }
}

case "import by an empty id" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    id = ""
  }
}

case "import with a slash" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    id = "account/b5500000-51a0-4000-8000-000000000001"
  }
}

case "import with a comma" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    id = "b5500000-51a0-4000-8000-000000000001,month"
  }
}

case "import with a line break" {
  at      = "resource_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    id = "a\nb"
  }
}

case "import of what does not exist" {
  at      = "resource_id"
  summary = "Billing does not know resource b5500000-51a0-4000-8000-00000000ffff"
  says    = "pay-per-use"
  when    = "plan"
  on      = ["import bss_autorenew", "import bss_expiry_policy", "import bss_renewal"]
  with {
    id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}

case "import of an order" {
  at      = "resource_id"
  summary = "Billing does not know resource CS2611220000001"
  says    = "bss_order_payment imports paid orders"
  when    = "plan"
  on      = ["import bss_autorenew", "import bss_expiry_policy", "import bss_renewal"]
  with {
    id = "CS2611220000001"
  }
}

case "import of an attached resource" {
  at      = "resource_id"
  summary = "Resource b5500000-51a0-4000-8000-000000000002 is attached to another"
  says    = "Import b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  on      = ["import bss_autorenew", "import bss_expiry_policy", "import bss_renewal"]
  with {
    id = "b5500000-51a0-4000-8000-000000000002"
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

case "import of what does not exist, or no longer" {
  at      = "resource_id"
  summary = "Billing does not know the resource"
  when    = "plan"
  import "bss_unsubscription" {
    id = "b5500000-51a0-4000-8000-00000000ffff"
  }
}
