import {
  to = bss_expiry_policy.cache
  id = "b5500000-51a0-4000-8000-000000000007"
}

resource "bss_expiry_policy" "cache" {
  resource_id = "b5500000-51a0-4000-8000-000000000007"
  policy      = "pay_per_use"
}
