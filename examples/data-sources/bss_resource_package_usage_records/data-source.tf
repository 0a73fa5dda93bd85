locals {
  now = timeadd(plantimestamp(), "8h")
}

# What packages covered in the last thirty days, without a row for each deduction.
data "bss_resource_package_usage_records" "month" {
  deduct_date_begin = formatdate("YYYY-MM-DD", timeadd(local.now, "-720h"))
  deduct_date_end   = formatdate("YYYY-MM-DD", local.now)
  include_rows      = false
}

output "covered" {
  description = "What was deducted for each resource."
  value = [
    for total in data.bss_resource_package_usage_records.month.totals :
    { resource = total.resource_id, package = total.free_resource_id, amount = total.used_amount, unit = total.measure_id }
  ]
}
