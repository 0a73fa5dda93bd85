# A pipeline that plans this is red as soon as a yearly/monthly resource lapses within
# some days, has expired, or is frozen.

terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# The credentials come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

variable "days" {
  description = "How many days before something lapses the pipeline turns red."
  type        = number
  default     = 30
}

variable "may_lapse" {
  description = "Ids of resources that are meant to lapse."
  type        = set(string)
  default     = []
}

variable "allow_pay_per_use" {
  description = "Whether resources may turn pay-per-use at their expiry."
  type        = bool
  default     = true
}

locals {
  # What nobody knows is no reason to be green, and neither is what should have renewed
  # by now, whether it still runs or not.
  fine = concat(["renews"], var.allow_pay_per_use ? ["turns_pay_per_use"] : [])
}

data "bss_renewal_forecast" "soon" {
  within_days    = var.days
  include_prices = false

  lifecycle {
    # Fails the plan, and names each.
    postcondition {
      condition = alltrue([
        for event in self.events :
        contains(local.fine, event.fate) && (event.fate != "renews" || event.status == "in_use" && event.overdue != true)
        || contains(var.may_lapse, event.resource_id)
      ])
      error_message = join("\n- ", concat(["These resources need somebody to act:"], [
        for event in self.events : join("", [
          coalesce(event.resource_name, event.resource_id), ": ",
          event.fate == "renews" ? "${event.status}, and not renewed yet" : "${event.fate}, ${coalesce(event.day, "day unknown")}",
          " (${event.resource_id})",
        ])
        if !contains(var.may_lapse, event.resource_id)
        && (!contains(local.fine, event.fate) || event.fate == "renews" && (event.status != "in_use" || event.overdue == true))
      ]))
    }
  }
}

output "ends" {
  description = "What happens in these days, in the order of time."
  value = [
    for event in data.bss_renewal_forecast.soon.events : {
      day         = event.day
      days_left   = event.day == null ? null : provider::bss::days_between(data.bss_renewal_forecast.soon.as_of, event.day)
      name        = event.resource_name
      resource_id = event.resource_id
      fate        = event.fate
    }
  ]
}
