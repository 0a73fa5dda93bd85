# What the last month is expected to cost, beside the budget: a call for each 1,000 daily
# lines of that month, and with renewal_days one for the prices of each 10 renewals.

data "bss_budget_status" "last_month" {
  count = var.budget == null ? 0 : 1

  budget           = var.budget
  month            = local.month_end
  include_renewals = var.renewal_days > 0
}

locals {
  budgets      = [for budget in [var.budget] : budget if budget != null]
  budget_texts = [for budget in local.budgets : provider::bss::format_amount(budget)]

  # Percent of the budget that a month used.
  budget_uses = [for limit in local.budgets : {
    for month in local.months : month =>
    "${format("%.1f", local.month_sums[month].net * 100 / limit)}\u00a0%${local.month_sums[month].net > limit ? ", over" : ""}"
  }]

  # Of a month that is over, the bill says all.
  expected = [
    for status in data.bss_budget_status.last_month : join(" ", [
      "${local.month_names[local.month_end]} is expected to cost",
      status.complete ? "" : "at least",
      "${provider::bss::format_amount(status.known_expected_amount)} ${local.currency}:",
      status.known_expected_amount > status.budget ? "over the budget." : status.complete ? "within the budget." : "not all is known.",
      join(" ", [for reason in status.incomplete_reasons : "Missing: ${reason}."]),
    ]) if local.month_end == local.running
  ]
}
