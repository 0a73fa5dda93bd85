terraform {
  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# Credentials come from the environment, such as HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

# Changes a yearly/monthly cache to pay-per-use now, before its term is over. It
# cannot be undone. The plan shows what goes along and the term that is given up.
resource "bss_on_demand_conversion" "cache" {
  resource_id = "b5500000-51a0-4000-8000-000000000007"
}

# A run that needs the change stops here while the vendor still reviews it.
check "cache_is_pay_per_use" {
  assert {
    condition     = bss_on_demand_conversion.cache.status == "converted"
    error_message = "The conversion is ${bss_on_demand_conversion.cache.status}."
  }
}
