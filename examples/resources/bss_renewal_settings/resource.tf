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

# All renewed terms end on the last day of a month, and automatic renewals are
# first deducted three days before, for the whole account. No call reads these
# settings or takes them back: this records what was sent.
resource "bss_renewal_settings" "account" {
  expiry_day            = "last"
  deduction_days_before = 3
}

output "set_on_account" {
  value = bss_renewal_settings.account.domain_id
}
