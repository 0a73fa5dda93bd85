# Which months, how far the running one goes, and what they are called.

locals {
  month_end   = var.last_month == null ? provider::bss::billing_month(plantimestamp()) : var.last_month
  month_begin = provider::bss::add_periods(local.month_end, 1 - var.months, "month")
  months      = [for i in range(var.months) : provider::bss::add_periods(local.month_begin, i, "month")]

  # The month before them is read as well, so that the first has a change. Bills are kept
  # for 36 months; months sort as texts do.
  month_before = provider::bss::add_periods(local.month_begin, -1, "month")
  kept_since   = provider::bss::add_periods(provider::bss::billing_month(plantimestamp()), -36, "month")
  has_before   = sort([local.month_before, local.kept_since])[0] == local.kept_since
  read_months  = concat([for month in [local.month_before] : month if local.has_before], local.months)

  # By the clock of the API, bills hold everything up to the end of yesterday.
  as_of   = data.bss_monthly_bills.by_service.as_of
  running = provider::bss::billing_month(local.as_of)
  through = provider::bss::add_periods(provider::bss::billing_day(local.as_of), -1, "day")
  so_far  = substr(local.through, 0, 7) == local.running ? "so far, through ${local.day_names["through"]}" : "no day is billed yet"

  # A month can change until noon of the 4th of the next one.
  open_months = [
    for month in local.read_months : month
    if timecmp(local.as_of, "${provider::bss::add_periods(month, 1, "month")}-04T12:00:00+08:00") < 0
  ]
  month_marks = {
    for month in local.read_months : month =>
    month == local.running ? local.so_far : contains(local.open_months, month) ? "not final yet" : ""
  }

  # The last two whole months, if they were read.
  whole_months = [for month in local.read_months : month if month != local.running]
  compared     = slice(local.whole_months, max(0, length(local.whole_months) - 2), length(local.whole_months))
  comparable   = length(local.compared) == 2 && contains(local.months, reverse(concat(["none"], local.compared))[0])

  month_names = { for month in local.read_months : month => formatdate("MMMM YYYY", "${month}-01T00:00:00Z") }
  month_labels = {
    for month in local.read_months : month =>
    "${formatdate("MMM YYYY", "${month}-01T00:00:00Z")}${month == local.running ? " so far" : ""}"
  }
  day_names = {
    through = formatdate("D MMMM YYYY", "${local.through}T00:00:00Z")
    today   = formatdate("D MMMM YYYY", "${provider::bss::billing_day(local.as_of)}T00:00:00Z")
  }

  # "November 2026", "September to November 2026" or "December 2025 to February 2026".
  same_year  = substr(local.month_begin, 0, 4) == substr(local.month_end, 0, 4)
  first_name = local.same_year ? split(" ", local.month_names[local.month_begin])[0] : local.month_names[local.month_begin]
  period     = var.months == 1 ? local.month_names[local.month_end] : "${local.first_name} to ${local.month_names[local.month_end]}"
}
