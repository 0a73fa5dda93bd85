# What the page shows: finished texts, and coordinates.

locals {
  bills    = data.bss_monthly_bills.by
  months   = local.bills["month"].months
  total    = local.bills["month"].total.consume_amount
  currency = coalesce(local.bills["month"].currency, "no currency")
  by_month = { for group in local.bills["month"].grouped_totals : group.month => group.consume_amount }

  # What costs most comes first.
  services = [
    for group in local.bills["service"].grouped_totals : {
      code  = coalesce(group.service_type_code, "none")
      name  = coalesce(group.service_type_name, group.service_type_code, "No service")
      total = group.consume_amount
    }
  ]

  by_month_and_service = {
    for group in local.bills["month_and_service"].grouped_totals :
    "${group.month} ${coalesce(group.service_type_code, "none")}" => group.consume_amount
  }

  # The ten that cost most. What was only refunded does not compete.
  charged = [for group in data.bss_resource_records.by_resource.grouped_totals : group if group.consume_amount > 0]
  top     = slice(local.charged, 0, min(10, length(local.charged)))

  mode_names = {
    yearly_monthly    = "Prepaid (yearly/monthly)"
    pay_per_use       = "Pay-per-use"
    reserved_instance = "Reserved instances"
    savings_plan      = "Savings plans"
  }
  modes = [
    for group in local.bills["charge_mode"].grouped_totals : {
      name    = lookup(local.mode_names, coalesce(group.charge_mode, "none"), coalesce(group.charge_mode, "none"))
      prepaid = group.charge_mode == "yearly_monthly"
      total   = group.consume_amount
    }
  ]
}

# Texts. Amounts keep all their decimals, at least two.
locals {
  numbers = distinct(concat(
    [0, local.total], values(local.by_month), values(local.by_month_and_service), local.services[*].total, local.modes[*].total,
    local.top[*].consume_amount, [data.bss_resource_records.by_resource.total.consume_amount], flatten(local.values),
  ))
  digits = { for number in local.numbers : tostring(number) => split(".", replace(format("%.20f", abs(number)), "/0{1,18}$/", "")) }
  amount = {
    for number in local.numbers : tostring(number) => join("", [
      number < 0 ? "-" : "",
      trim(strrev(replace(strrev(local.digits[tostring(number)][0]), "/([0-9]{3})/", "$1,")), ","),
      ".", local.digits[tostring(number)][1],
    ])
  }

  # Texts in the picture are cut to their space.
  short = {
    for name in toset(local.series[*].name) :
    name => substr(name, 0, 24) == name ? name : "${trimspace(substr(name, 0, 23))}…"
  }
  top_decimals = max(2, [for group in local.top : length(local.digits[tostring(group.consume_amount)][1])]...)

  # Names are user input, so markup in them is escaped.
  escaped = {
    for text in toset(concat(
      local.services[*].name, local.series[*].name, local.modes[*].name, local.top_names, local.top_ids, local.top_services,
      values(local.short), local.top_labels,
    )) :
    text => replace(replace(replace(replace(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"), "\"", "&quot;")
  }
  top_services = [for group in local.top : coalesce(group.service_type_name, group.service_type_code, "No service")]
  top_labels   = [for name in local.top_names : substr(name, 0, 51) == name ? name : "${trimspace(substr(name, 0, 50))}…"]
  top_ids      = [for group in local.top : coalesce(group.resource_id, "none")]
  top_names    = [for group in local.top : coalesce(group.resource_name, group.resource_id, "No resource")]
}

# Axes: at most about six steps of 1, 2 or 5 times a power of ten.
locals {
  extents = {
    months    = { low = min(0, local.column_lows...), high = max(0, local.column_highs...) }
    resources = { low = 0, high = max(0, local.top[*].consume_amount...) }
  }
  spreads    = { for chart, extent in local.extents : chart => extent.high > extent.low ? extent.high - extent.low : 1 }
  exponents  = { for chart, spread in local.spreads : chart => floor(log(spread / 5, 10)) }
  tick_steps = { for chart, spread in local.spreads : chart => [for factor in [1, 2, 5, 10] : factor * pow(10, local.exponents[chart]) if factor * pow(10, local.exponents[chart]) * 5.001 >= spread][0] }
  ticks = {
    for chart, extent in local.extents : chart => [
      for i in range(floor(extent.low / local.tick_steps[chart]), max(1, ceil(extent.high / local.tick_steps[chart])) + 1) : {
        value = i * local.tick_steps[chart]
        label = join("", [
          i < 0 ? "-" : "",
          local.exponents[chart] < 0 ? format("%.${- local.exponents[chart]}f", abs(i * local.tick_steps[chart])) :
          trim(strrev(replace(strrev(format("%.0f", abs(i * local.tick_steps[chart]))), "/([0-9]{3})/", "$1,")), ","),
        ])
      }
    ]
  }
}

# A column for each month, with the services stacked: charges above zero, refunds
# below.
locals {
  drawn  = slice(local.services, 0, length(local.services) > 8 ? 7 : length(local.services))
  rest   = slice(local.services, length(local.drawn), length(local.services))
  colors = ["#0b5fa5", "#b4540a", "#1a7f5a", "#8a4fb0", "#b3324b", "#5b6b00", "#0e7490", "#5f6773"]
  series = concat(
    [for service in local.drawn : { name = service.name, codes = [service.code] }],
    [for services in [local.rest] : { name = "${length(services)} other services", codes = services[*].code } if length(services) > 0],
  )

  # By month and series.
  values = [
    for month in local.months : [
      for one in local.series : sum(concat([0], [for code in one.codes : lookup(local.by_month_and_service, "${month} ${code}", 0)]))
    ]
  ]
  column_highs = [for values in local.values : sum(concat([0], [for value in values : value if value > 0]))]
  column_lows  = [for values in local.values : sum(concat([0], [for value in values : value if value < 0]))]

  plot = { left = 100, right = 715, top = 30, bottom = 330 }

  first_tick  = local.ticks["months"][0].value
  last_tick   = reverse(local.ticks["months"])[0].value
  unit        = (local.plot.bottom - local.plot.top) / (local.last_tick - local.first_tick)
  zero        = local.plot.top + local.last_tick * local.unit
  slot        = (local.plot.right - local.plot.left) / length(local.months)
  column_wide = 186

  segments = flatten([
    for m, month in local.months : [
      for s, one in local.series : {
        # The stack grows away from zero.
        from  = sum(concat([0], [for before in range(s) : local.values[m][before] if(local.values[m][before] < 0) == (local.values[m][s] < 0)]))
        value = local.values[m][s]
        month = month
        name  = one.name
        color = local.colors[s]
        x     = local.plot.left + local.slot * (m + 0.5) - local.column_wide / 2
      } if local.values[m][s] != 0
    ]
  ])
}

locals {
  bar_unit = (local.plot.right - local.plot.left) / reverse(local.ticks["resources"])[0].value

  # Shares exist only if no part is negative.
  divisible  = local.total > 0 && alltrue([for mode in local.modes : mode.total >= 0])
  share_unit = local.divisible ? (local.plot.right - local.plot.left) / local.total : 0
  prepaid    = sum(concat([0], [for mode in local.modes : mode.total if mode.prepaid]))

  report = {
    title        = "Cost of ${local.month_begin} to ${local.month_end}"
    currency     = local.currency
    as_of        = formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "8h"))
    months       = local.months
    empty        = length(local.services) == 0
    total        = local.amount[tostring(local.total)]
    month_totals = [for month in local.months : local.amount[tostring(lookup(local.by_month, month, 0))]]

    services = [
      for service in local.services : {
        name  = local.escaped[service.name]
        cells = [for month in local.months : local.amount[tostring(lookup(local.by_month_and_service, "${month} ${service.code}", 0))]]
        total = local.amount[tostring(service.total)]
      }
    ]

    plot = merge(local.plot, { zero = format("%.2f", local.zero), middle = (local.plot.left + local.plot.right) / 2 })
    ticks = [
      for tick in local.ticks["months"] : { label = tick.label, y = format("%.2f", local.zero - tick.value * local.unit) }
    ]
    columns = [
      for m, month in local.months : {
        month  = month
        amount = local.amount[tostring(lookup(local.by_month, month, 0))]
        center = format("%.2f", local.plot.left + local.slot * (m + 0.5))
        above  = format("%.2f", local.zero - local.column_highs[m] * local.unit - 7)
      }
    ]
    segments = [
      for segment in local.segments : {
        label  = "${segment.month}, ${local.escaped[segment.name]}: ${local.amount[tostring(segment.value)]} ${local.currency}"
        color  = segment.color
        x      = format("%.2f", segment.x)
        y      = format("%.2f", local.zero - (segment.from + max(0, segment.value)) * local.unit)
        width  = local.column_wide
        height = format("%.2f", abs(segment.value) * local.unit)
        # A line around a thin part would hide it.
        class = abs(segment.value) * local.unit < 4 ? "thin" : "part"
        # A part shows its name if it is tall enough.
        name   = abs(segment.value) * local.unit < 20 ? "" : local.escaped[local.short[segment.name]]
        center = format("%.2f", segment.x + local.column_wide / 2)
        middle = format("%.2f", local.zero - (segment.from + segment.value / 2) * local.unit)
      }
    ]
    legend = [for s, one in local.series : { name = local.escaped[one.name], color = local.colors[s] }]

    top_ticks = [
      for tick in local.ticks["resources"] : { label = tick.label, x = format("%.2f", local.plot.left + tick.value * local.bar_unit) }
    ]
    top = [
      for i, group in local.top : {
        name    = local.escaped[local.top_names[i]]
        id      = local.escaped[local.top_ids[i]]
        service = local.escaped[local.top_services[i]]
        label   = local.escaped[local.top_labels[i]]
        # Align the decimal points.
        amount = "${local.amount[tostring(group.consume_amount)]}${substr("00000000000000000000", 0, local.top_decimals - length(local.digits[tostring(group.consume_amount)][1]))}"
        y      = 34 + i * 42
        width  = format("%.2f", group.consume_amount * local.bar_unit)
      }
    ]
    top_height = 34 + length(local.top) * 42
    lines      = local.amount[tostring(data.bss_resource_records.by_resource.total.consume_amount)]

    divisible = local.divisible
    # Why there is no share.
    indivisible = local.total > 0 ? "one way of paying had more refunds than charges" : local.total < 0 ? "more was refunded than charged" : "there was nothing to pay"
    prepaid     = local.divisible ? format("%.1f", local.prepaid * 100 / local.total) : ""
    modes = [
      for i, mode in local.modes : {
        name   = local.escaped[mode.name]
        amount = local.amount[tostring(mode.total)]
        share  = local.divisible ? "${format("%.1f", mode.total * 100 / local.total)} %" : ""
        color  = local.colors[i % 8]
        x      = format("%.2f", local.plot.left + sum(concat([0], [for before in range(i) : local.modes[before].total])) * local.share_unit)
        width  = format("%.2f", max(0, mode.total * local.share_unit))
        class  = mode.total * local.share_unit < 4 ? "thin" : "part"
      }
    ]
    percents = [for percent in range(0, 101, 25) : { label = "${percent} %", x = local.plot.left + (local.plot.right - local.plot.left) * percent / 100 }]
  }
}
