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

data "bss_account_balances" "now" {}

output "spendable" {
  description = "What each kind of account can still spend."
  value = {
    for balance in data.bss_account_balances.now.balances :
    balance.account_type => "${provider::bss::format_amount(balance.amount)} ${balance.currency}"
  }
}
