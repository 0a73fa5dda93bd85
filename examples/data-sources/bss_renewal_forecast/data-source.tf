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

# What renews in the next 60 days, when is it charged, and for how much?
data "bss_renewal_forecast" "soon" { within_days = 60 }

output "renewals" {
  value = [
    for event in data.bss_renewal_forecast.soon.events :
    "${event.day}: ${coalesce(event.resource_name, event.resource_id)}, ${event.amount == null ? "price unknown" : provider::bss::format_amount(event.amount)}"
    if event.fate == "renews"
  ]
}

# Can the account pay for it? If not, the plan fails. Null means that it is not known.
output "covered" {
  value = data.bss_renewal_forecast.soon.covered

  precondition {
    condition     = data.bss_renewal_forecast.soon.covered != false
    error_message = "From ${coalesce(data.bss_renewal_forecast.soon.first_short_day, "today")} on, the balance does not cover the renewals."
  }
}

# What is lost unless somebody acts, the most urgent first?
output "lapsing" {
  value = [
    for event in data.bss_renewal_forecast.soon.events : "${coalesce(event.resource_name, event.resource_id)}: ${event.fate}, ${event.day}"
    if contains(data.bss_renewal_forecast.soon.lapsing_ids, event.resource_id)
  ]
}
