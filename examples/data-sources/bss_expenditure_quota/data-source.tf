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

# Not on the china site.
data "bss_expenditure_quota" "this" {}

output "left_of_the_quota" {
  value = "${provider::bss::format_amount(data.bss_expenditure_quota.this.remaining_amount)} ${data.bss_expenditure_quota.this.currency}"
}

check "quota" {
  assert {
    condition     = data.bss_expenditure_quota.this.used_percentage < 90
    error_message = "Nine tenths of the expenditure quota are used."
  }
}
