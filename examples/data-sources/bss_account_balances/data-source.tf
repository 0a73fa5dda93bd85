data "bss_account_balances" "now" {}

output "balances" {
  value = data.bss_account_balances.now
}
