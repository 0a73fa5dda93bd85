import {
  to = bss_order_cancellation.server
  id = "CS2611220000005"
}

resource "bss_order_cancellation" "server" {
  order_id = "CS2611220000005"
}
