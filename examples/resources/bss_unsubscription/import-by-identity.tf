import {
  to = bss_unsubscription.old_server
  identity = {
    resource_id = "b5500000-51a0-4000-8000-00000000000c"
  }
}

resource "bss_unsubscription" "old_server" {
  resource_id = "b5500000-51a0-4000-8000-00000000000c"
  scope       = "resource_and_renewals"
}
