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

# Only on the china site.
data "bss_stored_value_cards" "all" {
  expiring_within_days = 60
}

output "left_on_cards" {
  description = "What can be spent, and what of it is lost soon."
  value = format(
    "%s, of which %s ends within 60 days",
    provider::bss::format_amount(data.bss_stored_value_cards.all.usable_amount),
    provider::bss::format_amount(data.bss_stored_value_cards.all.expiring_amount),
  )
}
