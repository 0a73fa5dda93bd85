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
data "bss_enterprise_members" "active" {
  status = ["normal"]
}

data "bss_enterprise_retrievable_amounts" "cash" {
  for_each     = data.bss_enterprise_members.active.ids_by_name
  account_type = "balance"
  member_id    = each.value
}

output "cash_of_members" {
  description = "What each member holds, which the master can take back. One call for each member."
  value       = { for name, cash in data.bss_enterprise_retrievable_amounts.cash : name => cash.available_amount }
}
