# What was charged: the bills, in cents. A call for each month and 1,000 rows, twice:
# by service with the month before, and by account.

data "bss_monthly_bills" "by_service" {
  month_begin  = local.read_months[0]
  month_end    = local.month_end
  group_by     = ["month", "service_type", "charge_mode", "bill_type"]
  include_rows = false
}

data "bss_monthly_bills" "by_account" {
  month_begin  = local.month_begin
  month_end    = local.month_end
  group_by     = ["account", "bill_type"]
  include_rows = false
}

locals {
  currency = data.bss_monthly_bills.by_service.currency == null ? "" : data.bss_monthly_bills.by_service.currency

  # Absent codes are "", which no code is.
  bill_groups = [
    for group in data.bss_monthly_bills.by_service.grouped_totals : merge(group, {
      code = group.service_type_code == null ? "" : group.service_type_code
      mode = group.charge_mode == null ? "" : group.charge_mode
    })
  ]
  groups_by_month = { for group in local.bill_groups : group.month => group... }
  billed_groups   = flatten([for month in local.months : try(local.groups_by_month[month], [])])

  # Charges and refunds are never netted: what has a minus is added up apart.
  month_sums = { for month, groups in merge({ for month in local.read_months : month => [] }, local.groups_by_month) : month => {
    charges    = sum(concat([0], [for group in groups : group.consume_amount if group.consume_amount > 0]))
    refunds    = sum(concat([0], [for group in groups : group.consume_amount if group.consume_amount < 0]))
    net        = sum(concat([0], groups[*].consume_amount))
    list_price = sum(concat([0], [for group in groups : group.official_amount if group.official_amount != null]))
    discounts  = sum(concat([0], [for group in groups : -group.discount_amount if group.discount_amount != null]))
    rounding   = sum(concat([0], [for group in groups : -group.truncated_amount if group.truncated_amount != null]))
  } }
  total = { for kind in ["charges", "refunds", "net", "list_price", "discounts", "rounding"] :
    kind => sum([for month in local.months : local.month_sums[month][kind]])
  }
  # A bill without list prices has none to show.
  list_priced = alltrue([for group in local.billed_groups : group.official_amount != null && group.discount_amount != null])

  service_months = {
    for key, amounts in { for group in local.bill_groups : "${group.month} ${group.code}" => group.consume_amount... } : key => {
      charges = sum(concat([0], [for amount in amounts : amount if amount > 0]))
      net     = sum(amounts)
    }
  }

  csv_rows = [
    for group in local.billed_groups : {
      month             = group.month
      partial           = group.month == local.running
      service_type_code = group.service_type_code
      service_type_name = group.service_type_name
      charge_mode       = group.charge_mode
      bill_type         = group.bill_type
      list_price        = group.official_amount
      discounts         = group.discount_amount
      rounding          = group.truncated_amount
      amount            = group.consume_amount
      currency          = local.currency
    }
  ]
}

# Changes to the month before: of each month, and of each service between the last two
# whole months.
locals {
  pairs = merge(
    {
      for i, month in local.read_months : month => {
        before = local.month_sums[local.read_months[i - 1]].net
        now    = local.month_sums[month].net
      } if i > 0 && month != local.running
    },
    {
      for code in local.order["service"] : " ${code}" => {
        before = try(local.service_months["${local.compared[0]} ${code}"].net, 0)
        now    = try(local.service_months["${local.compared[1]} ${code}"].net, 0)
      } if local.comparable
    },
  )
  differences = { for key, pair in local.pairs : key => provider::bss::format_amount(pair.now - pair.before) }

  # There is no percent of nothing, or of less; and of ten times as much, it says little.
  percents = {
    for key, pair in local.pairs : key => pair.before > 0 && abs(pair.now) < 10 * pair.before ? (
      format("%+.1f\u00a0%%", (pair.now - pair.before) * 100 / pair.before)
    ) : "from\u00a0${provider::bss::format_amount(pair.before)}"
  }
  changes = {
    for key, difference in local.differences : key =>
    "${difference == "0.00" || startswith(difference, "-") ? "" : "+"}${difference} (${local.percents[key]})"
  }
}
