case "order is null" {
  at      = "order_id"
  summary = "Missing Configuration for Required Attribute"
  action "bss_order_cancel" {
    order_id = null
  }
}

case "order is empty" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = ""
  }
}

case "order is blank" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = " "
  }
}

case "order with a slash" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = "cancel/CS1"
  }
}

case "order with a line break" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = "CS1\n"
  }
}

case "order of 65 characters" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = repeat("9", 65)
  }
}

case "several orders" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = "CS1,CS2"
  }
}

case "order with a query" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = "CS1?x=1"
  }
}

case "order with a star" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = "*"
  }
}

case "order that is a path upwards" {
  at      = "order_id"
  summary = "Invalid id"
  action "bss_order_cancel" {
    order_id = ".."
  }
}

case "order does not exist" {
  at      = "order_id"
  summary = "Order does not exist"
  when    = "plan"
  action "bss_order_cancel" {
    order_id = "CS0"
  }
}

case "order is paid" {
  at      = "order_id"
  summary = "Order cannot be canceled"
  when    = "plan"
  action "bss_order_cancel" {
    order_id = "CS2611220000004"
  }
}

case "order waits for approval" {
  at      = "order_id"
  summary = "Order cannot be canceled"
  when    = "plan"
  action "bss_order_cancel" {
    order_id = "CS2611220000006"
  }
}
