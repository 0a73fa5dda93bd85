# The table of months: each bar divided by the services that cost most.

locals {
  # A service has a part of its own if it is wide enough to see.
  drawn = slice(local.wide_services, 0, min(6, length(local.wide_services)))
  wide_services = [
    for code in local.order["service"] : code if local.parts["service"][code].charges > 0.03 * local.total.charges
  ]
  undrawn = [for code in local.order["service"] : code if !contains(local.drawn, code) && local.parts["service"][code].charges > 0]
  letters = ["A", "B", "C", "D", "E", "F"]

  # The longest bar on each side of zero fills it.
  most_charged  = max(0, [for month in local.months : local.month_sums[month].charges]...)
  most_refunded = max(0, [for month in local.months : -local.month_sums[month].refunds]...)
  # The mark of the budget stands where charges less refunds reach it, and has room.
  month_marked = { for month in local.months : month => [for budget in local.budgets : budget - local.month_sums[month].refunds] }
  month_scale  = max(local.most_charged, [for mark in flatten(values(local.month_marked)) : mark * 1.02]...) + local.most_refunded
  month_unit   = local.month_scale > 0 ? 100 / local.month_scale : 0

  month_charges = {
    for month in local.months : month => concat(
      [
        for i, code in local.drawn : {
          class = "part-${i + 1}", letter = local.letters[i]
          size  = try(local.service_months["${month} ${code}"].charges, 0) * local.month_unit
        }
      ],
      [{
        class = "part-0", letter = ""
        size  = local.month_unit * sum(concat([0], [for code in local.undrawn : try(local.service_months["${month} ${code}"].charges, 0)]))
      }],
    )
  }
  month_bars = {
    for month in local.months : month => concat(
      [
        for part in [
          { class = "gap", letter = "", side = "width", size = (local.most_refunded + local.month_sums[month].refunds) * local.month_unit },
          { class = "refund", letter = "", side = "width", size = -local.month_sums[month].refunds * local.month_unit },
          { class = "zero", letter = "", side = "width", size = 0 },
        ] : part if part.size > 0 || part.class == "zero"
      ],
      [
        for part in local.month_charges[month] : merge(part, { side = "width", letter = part.size < 8 ? "" : part.letter }) if part.size > 0
      ],
      [
        for mark in local.month_marked[month] : {
          class = "budget", letter = "", side = "left", size = (local.most_refunded + mark) * local.month_unit
        }
      ],
    )
  }

  month_columns = concat(
    local.list_priced ? ["List price", "Discounts"] : [],
    local.has_rounding ? ["Rounding"] : [],
    local.has_refunds ? ["Charges", "Refunds"] : [],
    ["Net cost", "Change"],
    length(local.budgets) == 0 ? [] : ["Of the budget"],
  )
  has_refunds  = local.total.refunds < 0
  has_rounding = local.list_priced && anytrue([for month in local.months : abs(local.month_sums[month].rounding) >= 0.005])

  month_cells = { for name, sums in merge(local.month_sums, { total = local.total }) : name => [
    for kind in concat(
      local.list_priced ? ["list_price", "discounts"] : [], local.has_rounding ? ["rounding"] : [],
      local.has_refunds ? ["charges", "refunds"] : [], ["net"],
    ) : provider::bss::format_amount(sums[kind])
  ] }

  month_table = {
    id    = "months"
    title = "By month"
    # Its bars are as wide as the page.
    pictured = true
    notes = concat(
      [
        for month in local.months : "${local.month_names[month]} is not over (${local.so_far}), and is compared with nothing."
        if month == local.running
      ],
      local.expected,
    )
    legend = concat(
      [
        for i, code in local.drawn : {
          class = "part-${i + 1}", letter = local.letters[i], name = local.parts["service"][code].name
          text  = "${format("%.1f", local.parts["service"][code].charges * 100 / local.total.charges)}\u00a0%"
        }
      ],
      [
        for services in [local.undrawn] : {
          class = "part-0", letter = ""
          name  = length(services) == 1 ? local.parts["service"][services[0]].name : "${length(services)} other services"
          text  = "${format("%.1f", sum([for code in services : local.parts["service"][code].charges]) * 100 / local.total.charges)}\u00a0%"
        } if length(services) > 0
      ],
      [for text in ["left of zero"] : { class = "refund", letter = "", name = "Refunds", text = text } if local.has_refunds],
      [
        for text in local.budget_texts : {
          class = "budget-key", letter = "", name = "Budget of a month", text = local.has_refunds ? "${text} after refunds" : text
        }
      ],
    )
    caption = join(" ", concat(
      ["Amounts in ${local.currency}. Bars show charges; percents are shares of all charges."],
      local.has_refunds ? ["Charges and refunds are added up apart; list prices and discounts have those of refunds taken off."] : [],
    ))
    head    = "Month"
    columns = [for name in local.month_columns : { name = name, class = lookup(local.column_classes, name, "number") }]
    rows = [
      for month in local.months : {
        name  = local.month_names[month]
        sub   = local.month_marks[month]
        bar   = local.month_bars[month]
        cells = concat(local.month_cells[month], [try(local.changes[month], "–")], [for uses in local.budget_uses : uses[month]])
      }
    ]
    foot = var.months == 1 ? [] : [{ name = "Total", cells = concat(local.month_cells["total"], [""], [for budget in local.budgets : ""]) }]
  }
}
