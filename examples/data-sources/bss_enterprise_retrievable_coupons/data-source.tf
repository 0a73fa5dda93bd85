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

# Only on the china site, with the credentials of the master account.
data "bss_enterprise_members" "team" {
  name = "team-a"
}

data "bss_enterprise_retrievable_coupons" "team" {
  member_id = one(data.bss_enterprise_members.team.ids)
}

output "coupons_of_team" {
  description = "What is left of the coupons that the member was given."
  value       = data.bss_enterprise_retrievable_coupons.team.total_balance
}
