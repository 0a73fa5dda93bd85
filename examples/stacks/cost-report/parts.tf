# The same for services, charge modes, members, projects, tags and resources: charges and
# refunds by key, the largest first.

locals {
  mode_names = {
    yearly_monthly    = "Prepaid (yearly/monthly)"
    pay_per_use       = "Pay-per-use"
    reserved_instance = "Reserved instances"
    savings_plan      = "Savings plans"
  }

  # Amounts with the name and the second line of their row. The key of what has no code is "".
  entries = {
    service = { for group in local.billed_groups : group.code => {
      name = coalesce(group.service_type_name, group.service_type_code, "No service"), sub = "", amount = group.consume_amount
    }... }
    mode = { for group in local.billed_groups : group.mode => {
      name = lookup(local.mode_names, group.mode, coalesce(group.mode, "No charge mode")), sub = "", amount = group.consume_amount
    }... }
    account = { for group in data.bss_monthly_bills.by_account.grouped_totals : group.customer_id == null ? "" : group.customer_id => {
      name   = coalesce(group.account_name, group.customer_id, "No account")
      sub    = join(", ", compact([group.customer_id, group.customer_id == data.bss_account.me.domain_id ? "this account" : ""]))
      amount = group.consume_amount
    }... }
    project = { for line in local.lines : line.enterprise_project_id == null ? "" : line.enterprise_project_id => {
      name = coalesce(line.enterprise_project_name, line.enterprise_project_id, "No enterprise project")
      # The id of the default project says nothing.
      sub    = join("", [for id in compact([line.enterprise_project_id]) : id if line.enterprise_project_name != null && id != "0"])
      amount = line.consume_amount
    }... }
    # Untagged or unreadable is no value of the tag.
    tag = { for line in local.lines : try("=${line.tags[var.tag]}", "") => {
      name = coalesce(try(line.tags[var.tag], null), "Without the tag"), sub = "", amount = line.consume_amount
    }... if var.tag != null }
    resource = { for line in local.lines : join(" ", [for id in [line.service_type_code, line.resource_id] : id == null ? "" : id]) => {
      name   = coalesce(line.resource_name, line.resource_id, "No resource")
      sub    = join(", ", compact([line.service_type_name, line.resource_name == null ? null : line.resource_id]))
      amount = line.consume_amount
    }... }
  }

  parts = { for subject, keyed in local.entries : subject => { for key, entries in keyed : key => {
    name    = entries[0].name
    sub     = entries[0].sub
    charges = sum(concat([0], [for entry in entries : entry.amount if entry.amount > 0]))
    refunds = sum(concat([0], [for entry in entries : entry.amount if entry.amount < 0]))
    net     = sum(entries[*].amount)
  } } }

  # Largest first, by what was charged or refunded, so that what was refunded is not lost.
  # Only texts can be sorted.
  part_keys = { for subject, parts in local.parts : subject => keys(parts) }
  order = { for subject, parts in local.parts : subject => [
    for text in reverse(sort([
      for i, key in local.part_keys[subject] : format("%030.8f %06d", max(parts[key].charges, -parts[key].refunds), i)
    ])) : local.part_keys[subject][tonumber(substr(text, 31, -1))]
  ] }

  # What stands in a row of its own, and what the last row adds up.
  row_limits = { resource = 10 }
  shown = {
    for subject, order in local.order : subject => slice(order, 0, min(lookup(local.row_limits, subject, 100), length(order)))
  }
  rest = { for subject, order in local.order : subject => slice(order, length(local.shown[subject]), length(order)) }

  part_sums = { for subject, parts in local.parts : subject => {
    charges = sum(concat([0], values(parts)[*].charges))
    refunds = sum(concat([0], values(parts)[*].refunds))
    net     = sum(concat([0], values(parts)[*].net))
  } }
  part_rows = { for subject, parts in local.parts : subject => concat(
    [for key in local.shown[subject] : merge(parts[key], { key = key })],
    [
      for rest in [local.rest[subject]] : {
        key     = "others"
        name    = "${length(rest)} ${length(rest) == 1 ? "other" : "others"}"
        sub     = ""
        charges = sum([for key in rest : parts[key].charges])
        refunds = sum([for key in rest : parts[key].refunds])
        net     = sum([for key in rest : parts[key].net])
      } if length(rest) > 0
    ],
  ) }
}
