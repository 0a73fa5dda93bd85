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

# Keeps the database paid through 27 May 2027, for at most 350 USD.
resource "bss_renewal" "database" {
  resource_id  = "b5500000-51a0-4000-8000-000000000006"
  paid_through = "2027-05-27"
  period_unit  = "month"
  max_amount   = 350
  currency     = "USD"
  discount     = "best"

  timeouts {
    create = "30m"
  }

  lifecycle {
    postcondition {
      condition     = self.status == "reached"
      error_message = "The database is paid through ${self.expire_time} only: ${self.status}."
    }
  }
}
