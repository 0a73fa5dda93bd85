# What the lines of the bills say of projects, tags and resources: a call for each month
# and 1,000 lines.

data "bss_resource_records" "by_resource" {
  month_begin    = local.month_begin
  month_end      = local.month_end
  statistic_type = "cycle"
  group_by = concat(
    ["resource", "service_type", "enterprise_project", "bill_type"],
    [for key in [var.tag] : "tag:${key}" if key != null],
  )
  include_rows = false
}

locals {
  lines      = data.bss_resource_records.by_resource.grouped_totals
  line_total = data.bss_resource_records.by_resource.total.consume_amount
  # Lines have more decimals than what is charged.
  line_note = provider::bss::format_amount(local.line_total) == provider::bss::format_amount(local.total.net) ? [] : [
    join(" ", [
      "The lines of the bills add up to ${provider::bss::format_amount(local.line_total)} ${local.currency}:",
      "they have more decimals than what is charged, and can come later.",
    ]),
  ]
  tags_unread = var.tag == null ? 0 : data.bss_resource_records.by_resource.unreadable_tag_count
}
