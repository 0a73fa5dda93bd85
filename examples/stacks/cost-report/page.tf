# The page: what is at its top, and its tables.

locals {
  # What each table of parts says; those without rows, or of one row that says nothing,
  # are left out.
  part_tables = [
    for table in [
      { subject = "service", id = "services", title = "By service", head = "Service", least = 1, notes = [] },
      { subject = "mode", id = "modes", title = "By charge mode", head = "Charge mode", least = 1, notes = [] },
      { subject = "account", id = "accounts", title = "By account", head = "Account", least = 2, notes = [] },
      {
        subject = "project", id = "projects", title = "By enterprise project", head = "Enterprise project", least = 1
        notes   = local.line_note
      },
      {
        subject = "tag", id = "tags", title = "By tag ${var.tag == null ? "" : var.tag}", head = "Value", least = 1
        notes = local.tags_unread == 0 ? [] : [
          "The tags of ${local.tags_unread} lines cannot be read without a guess; they count as lines without the tag.",
        ]
      },
      { subject = "resource", id = "resources", title = "The largest resources", head = "Resource", least = 1, notes = [] },
    ] : merge(table, { refunds = local.part_sums[table.subject].refunds < 0 }) if length(local.parts[table.subject]) >= table.least
  ]

  column_classes = { "Net cost" = "net", "Change" = "change" }

  # Of services, also the last months and the change.
  late_months = var.months == 1 ? [] : slice(local.months, max(0, var.months - 3), var.months)
  service_columns = concat(
    [for month in local.late_months : local.month_labels[month]],
    local.comparable ? ["Change in ${local.month_labels[local.compared[1]]}"] : [],
  )
  service_cells = { for row in local.part_rows["service"] : row.key => concat(
    [
      for month in local.late_months : provider::bss::format_amount(row.key != "others" ? (
        try(local.service_months["${month} ${row.key}"].net, 0)
        ) : sum([for code in local.rest["service"] : try(local.service_months["${month} ${code}"].net, 0)])
      )
    ],
    local.comparable ? [try(local.changes[" ${row.key}"], "–")] : [],
  ) }
  service_foot = concat(
    [for month in local.late_months : provider::bss::format_amount(local.month_sums[month].net)],
    local.comparable ? [local.changes[local.compared[1]]] : [],
  )

  # The longest bar on each side of zero fills it. What the last row adds up has none.
  part_scales = { for subject, shown in local.shown : subject => {
    refunds = max(0, [for key in shown : -local.parts[subject][key].refunds]...)
    unit = 100 / max(0.000001, sum([
      max(0, [for key in shown : local.parts[subject][key].charges]...), max(0, [for key in shown : -local.parts[subject][key].refunds]...),
    ]))
  } }

  tables = concat(
    local.total.charges == 0 && local.total.refunds == 0 ? [] : [local.month_table],
    [
      for table in local.part_tables : {
        id       = table.id
        title    = table.title
        notes    = table.notes
        legend   = []
        pictured = false
        caption = join(" ", [
          "${local.period}, in ${local.currency}.",
          "Largest first${table.refunds ? ", by charges or refunds" : ""}; shares are of all charges.",
        ])
        head = table.head
        columns = [
          for name in concat(
            table.subject == "service" ? local.service_columns : [], table.refunds ? ["Charges", "Refunds"] : [], ["Net cost", "Share"],
          ) : { name = name, class = lookup(local.column_classes, split(" in ", name)[0], "number") }
        ]
        rows = [
          for row in local.part_rows[table.subject] : {
            name = row.name
            sub  = row.sub
            bar = [
              for part in [
                { class = "gap", amount = local.part_scales[table.subject].refunds + row.refunds },
                { class = "refund", amount = -row.refunds },
                { class = "zero", amount = 0 },
                { class = "part-1", amount = row.charges },
              ] : { class = part.class, letter = "", side = "width", size = part.amount * local.part_scales[table.subject].unit }
              if row.key != "others" && (part.amount > 0 || part.class == "zero")
            ]
            cells = concat(
              table.subject == "service" ? local.service_cells[row.key] : [],
              table.refunds ? [provider::bss::format_amount(row.charges), provider::bss::format_amount(row.refunds)] : [],
              [
                provider::bss::format_amount(row.net),
                local.part_sums[table.subject].charges > 0 ? (
                  "${format("%.1f", row.charges * 100 / local.part_sums[table.subject].charges)}\u00a0%"
                ) : "–",
              ],
            )
          }
        ]
        foot = [{
          name = "Total"
          cells = concat(
            table.subject == "service" ? local.service_foot : [],
            table.refunds ? [
              provider::bss::format_amount(local.part_sums[table.subject].charges),
              provider::bss::format_amount(local.part_sums[table.subject].refunds),
            ] : [],
            [provider::bss::format_amount(local.part_sums[table.subject].net), ""],
          )
        }]
      }
    ],
    local.renewal_tables,
  )

  discounted = local.list_priced && local.total.discounts != 0
  facts = [
    for fact in [
      { name = "Net cost", text = "${provider::bss::format_amount(local.total.net)} ${local.currency}", when = true },
      { name = "Charges", text = provider::bss::format_amount(local.total.charges), when = local.has_refunds },
      { name = "Refunds", text = provider::bss::format_amount(local.total.refunds), when = local.has_refunds },
      {
        name = "List price${local.has_refunds ? ", less refunds" : ""}", text = provider::bss::format_amount(local.total.list_price)
        when = local.discounted
      },
      {
        name = "Discounts"
        text = join(" ", concat(
          [provider::bss::format_amount(local.total.discounts)],
          local.total.list_price > 0 ? [format("(%.1f\u00a0%%)", local.total.discounts * 100 / local.total.list_price)] : [],
        ))
        when = local.discounted
      },
      {
        name = local.comparable ? "${local.month_names[local.compared[1]]} against ${local.month_names[local.compared[0]]}" : ""
        text = local.comparable ? local.changes[local.compared[1]] : "", when = local.comparable
      },
    ] : fact if fact.when
  ]

  # All texts are escaped at once, here: names are what anybody in the account may write.
  # jsonencode writes <, > and & as codes, and a backslash as two.
  page = jsondecode(replace(replace(replace(replace(replace(
    jsonencode({
      title   = "Cost of ${local.period}"
      account = "Account ${data.bss_account.me.name} (${data.bss_account.me.domain_id}), site ${data.bss_account.me.site}"
      read = join(" ", [
        "Read on ${local.day_names["today"]}. Months and days are those of UTC+8;",
        "bills hold what was spent through ${local.day_names["through"]}.",
      ])
      empty  = length(local.billed_groups) == 0
      facts  = local.facts
      tables = local.tables
    }),
    "\\\\", "&#92;"), "\\\"", "&quot;"), "\\u003c", "&lt;"), "\\u003e", "&gt;"), "\\u0026", "&amp;",
  ))
}
