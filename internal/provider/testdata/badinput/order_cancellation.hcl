# Orders that cannot be canceled.
on = ["resource bss_order_cancellation", "action bss_order_cancel"]

case "order does not exist" {
  at      = "order_id"
  summary = "Order does not exist"
  when    = "plan"
  with {
    order_id = "CS0"
  }
}

case "order is paid" {
  at      = "order_id"
  summary = "Order cannot be canceled"
  when    = "plan"
  with {
    order_id = "CS2611220000004"
  }
}

case "order waits for approval" {
  at      = "order_id"
  summary = "Order cannot be canceled"
  when    = "plan"
  with {
    order_id = "CS2611220000006"
  }
}
