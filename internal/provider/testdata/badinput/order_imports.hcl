# Imports by the id of an order.
on = ["import bss_order_payment", "import bss_order_cancellation"]

case "import of no order" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    identity = { order_id = "" }
  }
}

case "import of an order with a slash" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    id = "account/CS2611220000001"
  }
}

case "import of an order with a space" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    id = "CS2611220000001 "
  }
}

case "import of an order with a line break" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    identity = { order_id = "CS2611220000001\n" }
  }
}

case "import of an order that does not exist" {
  at      = "order_id"
  summary = "Order does not exist"
  when    = "plan"
  with {
    id = "CS0"
  }
}

case "import of a resource" {
  at      = "order_id"
  summary = "Order does not exist"
  says    = "b5500000-51a0-4000-8000-000000000001"
  when    = "plan"
  with {
    id = "b5500000-51a0-4000-8000-000000000001"
  }
}

case "import of an order by an empty id" {
  at      = "order_id"
  summary = "Invalid id"
  when    = "plan"
  with {
    id = ""
  }
}

case "import of an order that is not paid" {
  at      = "order_id"
  summary = "Order is not paid"
  when    = "plan"
  import "bss_order_payment" {
    id = "CS2611220000001"
  }
}

case "import of a cancellation of an unpaid order" {
  at      = ""
  summary = "Order is not canceled"
  says    = "an import never cancels"
  when    = "plan"
  import "bss_order_cancellation" {
    id = "CS2611220000001"
  }
}

case "import of a cancellation of a paid order" {
  at      = "order_id"
  summary = "Order cannot be canceled"
  when    = "plan"
  import "bss_order_cancellation" {
    id = "CS2611220000004"
  }
}
