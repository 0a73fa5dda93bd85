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

# Only on the china site.
data "bss_account_change_records" "november" {
  account_type = "balance"
  date_begin   = "2026-11-01"
  date_end     = "2026-11-30"
}

output "came_in_and_went_out" {
  description = "By kind of change."
  value = {
    for total in data.bss_account_change_records.november.totals :
    total.trade_detail_type => format(
      "+%s -%s %s", provider::bss::format_amount(total.income_amount), provider::bss::format_amount(total.expense_amount),
      data.bss_account_change_records.november.currency,
    )
  }
}
