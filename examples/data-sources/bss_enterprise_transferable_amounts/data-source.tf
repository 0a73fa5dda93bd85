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
data "bss_enterprise_transferable_amounts" "now" {
  for_each     = toset(["balance", "credit"])
  account_type = each.key
}

output "transferable" {
  description = "What can be transferred to members, of cash and of credit."
  value       = { for kind, now in data.bss_enterprise_transferable_amounts.now : kind => now.available_amount }
}
