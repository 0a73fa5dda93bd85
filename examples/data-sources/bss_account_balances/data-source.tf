data "bss_account_balances" "now" {}

output "spendable" {
  description = "What each kind of account can still spend."
  value = {
    for balance in data.bss_account_balances.now.balances :
    balance.account_type => "${provider::bss::format_amount(balance.amount)} ${balance.currency}"
  }
}
