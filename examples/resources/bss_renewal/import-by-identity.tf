import {
  to = bss_renewal.database
  identity = {
    resource_id = "b5500000-51a0-4000-8000-000000000006"
  }
}

resource "bss_renewal" "database" {
  resource_id  = "b5500000-51a0-4000-8000-000000000006"
  paid_through = "2026-11-27"
  period_unit  = "month"
  max_amount   = 350
}
