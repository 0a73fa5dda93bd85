# Configurations without a fault, which the cases of the other files change.

base "resource" "bss_autorenew" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
  enabled     = true
}

base "resource" "bss_expiry_policy" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
  policy      = "auto_renew"
}

base "resource" "bss_order_payment" {
  order_id   = "CS2611220000001"
  max_amount = 150
}

base "resource" "bss_order_cancellation" {
  order_id = "CS2611220000001"
}

base "resource" "bss_renewal" {
  resource_id  = "b5500000-51a0-4000-8000-000000000004"
  paid_through = day(60)
  period_unit  = "month"
  max_amount   = 1000
}

base "resource" "bss_renewal_settings" {
  deduction_days_before = 3
}

base "resource" "bss_unsubscription" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
  scope       = "resource_and_renewals"
}

base "resource" "bss_on_demand_conversion" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
}

base "action" "bss_resource_convert" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
}

base "action" "bss_order_cancel" {
  order_id = "CS2611220000001"
}

base "action" "bss_order_pay" {
  order_id   = "CS2611220000001"
  max_amount = 150
}

base "action" "bss_resource_renew" {
  resource_id  = "b5500000-51a0-4000-8000-000000000004"
  paid_through = day(60)
  period_unit  = "month"
  max_amount   = 1000
}

base "action" "bss_resource_unsubscribe" {
  resource_id = "b5500000-51a0-4000-8000-000000000004"
  scope       = "resource_and_renewals"
}

base "data" "bss_account_change_records" {
  account_type = "balance"
}

base "data" "bss_costs" {
  granularity = "month"
  begin       = "2026-01"
}

base "data" "bss_fee_records" {
  month_begin = "2026-01"
}

base "data" "bss_measure_conversions" {}

base "data" "bss_measure_units" {}

base "data" "bss_monthly_bills" {
  month_begin = "2026-01"
}

base "data" "bss_monthly_cost_breakdown" {
  month_begin = "2026-01"
}

base "data" "bss_on_demand_price" {
  project_id = "p"
  region     = "ap-southeast-3"
  hours      = 730
  products   = { web = { ecs = { flavor = "s6.large.2", os = "linux" } } }
}

base "data" "bss_order" {
  order_id = "CS2611220000001"
}

base "data" "bss_order_coupons" {
  order_id = "CS2611220000001"
}

base "data" "bss_order_discounts" {
  order_id = "CS2611220000001"
}

base "data" "bss_period_price" {
  project_id  = "p"
  region      = "ap-southeast-3"
  period_unit = "month"
  period      = 1
  products    = { web = { ecs = { flavor = "s6.large.2", os = "linux" } } }
}

base "data" "bss_budget_status" {
  budget = 1000
}

base "data" "bss_price_comparison" {
  project_id = "p"
  region     = "ap-southeast-3"
  products   = { web = { ecs = { flavor = "s6.large.2", os = "linux" } } }
}

base "data" "bss_renewal_price" {
  resource_ids = ["b5500000-51a0-4000-8000-000000000001"]
  period_unit  = "month"
  period       = 1
}

base "data" "bss_resource" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
}

base "data" "bss_resource_fee_records" {
  month_begin    = "2026-01"
  statistic_type = "detail"
}

base "data" "bss_resource_records" {
  month_begin    = "2026-01"
  statistic_type = "detail"
}

base "data" "bss_resource_specs" {
  service_type_code  = "hws.service.type.ebs"
  resource_type_code = "hws.resource.type.volume"
  region_code        = "ap-southeast-3"
  charge_mode        = "yearly_monthly"
}

base "data" "bss_resource_types" {}

base "data" "bss_service_resources" {
  service_type_code = "hws.service.type.vpc"
}

base "data" "bss_usage_types" {}

base "data" "bss_resource_package_usage_records" {
  deduct_date_begin = "2026-01-01"
  deduct_date_end   = "2026-03-31"
}

base "data" "bss_resource_package_usages" {}

base "data" "bss_resource_packages" {}

base "data" "bss_usage95_details" {
  month             = "2026-10"
  service_type_code = "hws.service.type.vpc"
  usage_type        = "95peak_plus"
  resource_id       = "office-line"
}

base "data" "bss_usage95_summary" {
  month             = "2026-10"
  service_type_code = "hws.service.type.cdn"
  usage_type        = "95Peak"
}

base "data" "bss_invoices" {
  start_time = "2026-01-01T00:00:00Z"
  end_time   = "2026-12-31T23:59:59Z"
}

base "resource" "bss_enterprise_member" {
  name              = "team-c"
  organization_id   = "ou-data"
  use_primary_phone = true
  password_wo       = "Secret-4711"
}

base "resource" "bss_enterprise_project_authority" {
}

base "action" "bss_enterprise_member_code" {
  name         = "team-c"
  mobile_phone = "13800001234"
}

base "resource" "bss_enterprise_transfer" {
  member_id    = "51a0000000000000000000000001de30"
  direction    = "transfer"
  account_type = "balance"
  amount       = 10
  transfer_key = "november"
}

base "resource" "bss_enterprise_coupon_transfer" {
  member_id    = "51a0000000000000000000000001de30"
  direction    = "transfer"
  coupon_id    = "CP2611220000002"
  amount       = 10
  transfer_key = "november"
}
