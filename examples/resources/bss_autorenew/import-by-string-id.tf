import {
  to = bss_autorenew.server
  id = "b5500000-51a0-4000-8000-000000000004"
}

resource "bss_autorenew" "server" {
  resource_id = "b5500000-51a0-4000-8000-000000000004"
  enabled     = true
}
