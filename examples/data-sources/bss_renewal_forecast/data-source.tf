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

# What renews in the next 60 days, can the account pay for it, and what lapses?
data "bss_renewal_forecast" "soon" {
  within_days = 60

  lifecycle {
    # Fails the plan. Null means that it is not known.
    postcondition {
      condition     = self.covered != false
      error_message = "From ${coalesce(self.first_short_day, "today")} on, the balance does not cover the renewals."
    }
  }
}

output "renewals" {
  description = "What is charged on which day."
  value = [
    for event in data.bss_renewal_forecast.soon.events :
    "${event.day}: ${coalesce(event.resource_name, event.resource_id)}, ${event.amount == null ? "price unknown" : provider::bss::format_amount(event.amount)}"
    if event.fate == "renews"
  ]
}

output "lapsing" {
  description = "What is lost unless somebody acts, the most urgent first."
  value = {
    for event in data.bss_renewal_forecast.soon.events : event.resource_id => "${event.fate}: ${event.day}"
    if contains(data.bss_renewal_forecast.soon.lapsing_ids, event.resource_id)
  }
}
