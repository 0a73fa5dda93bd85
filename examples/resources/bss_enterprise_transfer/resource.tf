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

# Gives a team its allowance for November, once. The key stands for this one
# transfer: applying again, and applying elsewhere with the same key, moves nothing.
resource "bss_enterprise_transfer" "november" {
  member_id    = data.bss_enterprise_members.all.ids_by_name["team-a"]
  direction    = "transfer"
  account_type = "balance"
  amount       = 100
  transfer_key = "2026-11 allowance"
}

# Takes back credit that the team does not need.
resource "bss_enterprise_transfer" "credit" {
  member_id    = data.bss_enterprise_members.all.ids_by_name["team-a"]
  direction    = "retrieve"
  account_type = "credit"
  amount       = 25.50
  transfer_key = "credit of the trial"
}

data "bss_enterprise_members" "all" {}

check "allowance" {
  assert {
    condition     = contains(["transferred", "used_before"], bss_enterprise_transfer.november.status)
    error_message = "Nothing shows whether the allowance was transferred: compare the changes of both accounts in the console."
  }
}

output "allowance" {
  value = "${bss_enterprise_transfer.november.status}, under ${bss_enterprise_transfer.november.trans_id}"
}
