# Accounts that a configuration excludes.
on = [
  "resource bss_order_payment",
  "resource bss_unsubscription",
  "action bss_order_cancel",
  "action bss_order_pay",
  "action bss_resource_unsubscribe",
]

case "account that is not allowed" {
  at      = ""
  summary = "Account is not allowed"
  says    = "allowed_domain_ids"
  when    = "plan"
  provider {
    allowed_domain_ids = ["0000"]
  }
  with {}
}

case "import of another account" {
  at      = ""
  summary = "Resource belongs to another account"
  when    = "plan"
  on = [
    "import bss_autorenew",
    "import bss_expiry_policy",
    "import bss_renewal",
    "import bss_unsubscription",
  ]
  with {
    identity = { resource_id = "b5500000-51a0-4000-8000-00000000000c", account_id = "0000" }
  }
}

case "import of an order of another account" {
  at      = ""
  summary = "Order belongs to another account"
  when    = "plan"
  import "bss_order_payment" {
    identity = { order_id = "CS2611220000004", account_id = "0000" }
  }
}
