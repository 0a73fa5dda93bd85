# Lists of members and payments.

case "list of a part of a name that is empty" {
  at      = "name_contains"
  summary = "Invalid text"
  list "bss_enterprise_member" {
    name_contains = ""
  }
}

case "list of an organization with a slash" {
  at      = "organization_id"
  summary = "Invalid id"
  list "bss_enterprise_member" {
    organization_id = "Group/Sales"
  }
}

case "list of no status" {
  at      = "status"
  summary = "Invalid Attribute Value"
  list "bss_enterprise_member" {
    status = []
  }
}

case "list of a status that is unknown" {
  at      = "status[0]"
  summary = "Invalid value"
  list "bss_enterprise_member" {
    status = ["happy"]
  }
}

case "list of a status that is null" {
  at      = "status"
  summary = "Null List Value"
  list "bss_enterprise_member" {
    status = [null]
  }
}

case "list of payments after a day" {
  at      = "paid_after"
  summary = "Invalid time"
  list "bss_order_payment" {
    paid_after = "2026-11-01"
  }
}

case "list of payments before no time" {
  at      = "paid_before"
  summary = "Invalid time"
  list "bss_order_payment" {
    paid_before = "now"
  }
}

case "list of payments for an empty service" {
  at      = "service_type_code"
  summary = "Invalid text"
  list "bss_order_payment" {
    service_type_code = ""
  }
}

case "list of payments of unsubscriptions" {
  at      = "order_type"
  summary = "Invalid value"
  list "bss_order_payment" {
    order_type = "unsubscription"
  }
}

case "list of payments the wrong way round" {
  at      = "paid_before"
  summary = "Times are in the wrong order"
  when    = "plan"
  list "bss_order_payment" {
    paid_after  = "2026-11-02T00:00:00Z"
    paid_before = "2026-11-01T00:00:00Z"
  }
}
