// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package catalog

import "maps"

// Calls are the operations that a type of the surface makes, and when: empty
// for always, else in words that a table shows.
type Calls map[string]string

// and is these calls and more.
func (c Calls) and(more Calls) Calls {
	all := maps.Clone(c)
	maps.Copy(all, more)

	return all
}

// CallsOf is every type of the surface with its calls. Each world holds what was
// called against it, and the tables of permissions are made of it.
func CallsOf() map[string]Calls {
	orders := Calls{"list_orders": "", "get_order": ""}
	resources := Calls{"list_resources": ""}
	prices := "for the discounts in prices"
	policies := resources.and(Calls{"enable_auto_renew": "", "disable_auto_renew": ""})
	paying := orders.and(Calls{
		"pay_order":          "",
		"list_order_coupons": "with `coupon_ids`", "list_coupons": "with `coupon_ids`",
		"get_account_balances": "to warn of a balance that is short",
	})
	payment := paying.and(Calls{
		"pay_order_v1":         "with `api_version = \"v1\"`",
		"list_order_discounts": "with `discount_id` (without it the cap has to cover the official price)",
		"list_resources":       "to tell which resources the order made",
	})
	renewing := paying.and(resources).and(Calls{
		"get_renewal_price": "", "renew_resources": "", "list_order_discounts": "",
		"cancel_order": "to cancel what was ordered and not paid",
	})
	unsubscribing := resources.and(Calls{
		"list_orders": "", "get_refund_order": "", "unsubscribe_resources": "",
		"get_renewal_price": "to tell whether an unpaid order holds the resource",
	})

	converting := resources.and(Calls{
		"convert_to_on_demand_now": "", "list_orders": "", "get_order": "",
	})
	records := "to find what was moved before"
	transferring := Calls{
		"get_transferable_amount": "", "get_retrievable_amount": "", "list_account_change_records": records,
		"transfer_amount": "", "retrieve_amount": "",
	}
	transferringCoupons := Calls{
		"list_transferable_coupons": "", "list_retrievable_coupons": "", "list_coupon_change_records": records,
		"transfer_coupon": "", "retrieve_coupon": "",
	}

	return map[string]Calls{
		"bss_measure_conversions":            {"list_conversions": ""},
		"bss_measure_units":                  {"list_measure_units": ""},
		"bss_resource_package_usage_records": {"list_package_usage_records": ""},
		"bss_resource_package_usages":        {"list_packages": "", "list_package_usages": ""},
		"bss_resource_packages":              {"list_packages": ""},
		"bss_resource_specs":                 {"list_resource_specs": "", "list_service_resources": ""},
		"bss_resource_types":                 {"list_resource_types": ""},
		"bss_service_resources":              {"list_service_resources": ""},
		"bss_service_types":                  {"list_service_types": ""},
		"bss_usage_types":                    {"list_usage_types": ""},
		"bss_usage95_summary":                {"list_usage95_summary": ""},
		"bss_usage95_details":                {"list_usage95_details": ""},
		"bss_invoices":                       {"list_invoices": ""},

		"bss_account":                {"get_account_balances": "to show the currency"},
		"bss_account_balances":       {"get_account_balances": ""},
		"bss_account_change_records": {"list_account_change_records": ""},
		"bss_coupon_change_records":  {"list_coupon_change_records": ""},
		"bss_budget_status": {
			"list_resource_records": "", "list_resources": "unless `include_renewals = false`", "get_renewal_price": prices,
		},
		"bss_costs":              {"list_costs": ""},
		"bss_coupons":            {"list_coupons": ""},
		"bss_expenditure_quota":  {"get_expenditure_quota": ""},
		"bss_order_refunds":      {"get_refund_order": ""},
		"bss_stored_value_cards": {"list_stored_value_cards": ""},
		"bss_on_demand_price":    {"get_on_demand_price": prices},
		"bss_order":              orders,
		"bss_order_coupons":      {"list_order_coupons": ""},
		"bss_order_discounts":    {"list_order_discounts": ""},
		"bss_orders":             {"list_orders": "", "get_order": "with `include_deadlines`"},
		"bss_period_price":       {"get_period_price": prices},
		"bss_price_comparison":   {"get_on_demand_price": prices, "get_period_price": prices},
		"bss_renewal_price":      {"get_renewal_price": prices},
		"bss_renewal_forecast": resources.and(Calls{
			"get_renewal_price": prices, "get_account_balances": "with prices, to tell whether the account can pay",
		}),
		"bss_resource":                        resources,
		"bss_resources":                       resources,
		"bss_fee_records":                     {"list_fee_records": ""},
		"bss_monthly_cost_breakdown":          {"list_monthly_cost_breakdown": ""},
		"bss_monthly_bills":                   {"get_monthly_sum_bill": ""},
		"bss_resource_fee_records":            {"list_resource_fee_records": ""},
		"bss_resource_records":                {"list_resource_records": ""},
		"bss_enterprise_members":              {"list_sub_customers": ""},
		"bss_enterprise_organizations":        {"list_organizations": ""},
		"bss_enterprise_retrievable_amounts":  {"get_retrievable_amount": ""},
		"bss_enterprise_retrievable_coupons":  {"list_retrievable_coupons": ""},
		"bss_enterprise_transferable_amounts": {"get_transferable_amount": ""},
		"bss_enterprise_transferable_coupons": {"list_transferable_coupons": ""},

		"bss_autorenew":        policies,
		"bss_expiry_policy":    policies.and(Calls{"set_to_on_demand_on_expiry": ""}),
		"bss_order_payment":    payment,
		"bss_renewal":          renewing,
		"bss_renewal_settings": {"set_renew_config": ""},
		"bss_enterprise_member": {
			"list_sub_customers": "", "create_sub_customer": "to create (china)", "list_organizations": "with `organization_path`",
		},
		"bss_enterprise_project_authority": {"enable_enterprise_project": ""},
		"bss_order_cancellation":           orders.and(Calls{"cancel_order": ""}),
		"bss_unsubscription":               unsubscribing,
		"bss_on_demand_conversion":         converting,
		"bss_enterprise_transfer":          transferring,
		"bss_enterprise_coupon_transfer":   transferringCoupons,

		"bss_enterprise_member_code": {"send_sub_customer_sms_code": ""},
		"bss_order_cancel":           orders.and(Calls{"cancel_order": ""}),
		"bss_order_pay":              payment,
		"bss_resource_convert":       converting,
		"bss_resource_renew":         renewing,
		"bss_resource_unsubscribe":   unsubscribing,
	}
}

// ListCallsOf is every list resource with its calls: fewer than the resource of its
// name makes.
func ListCallsOf() map[string]Calls {
	return map[string]Calls{
		"bss_autorenew":         {"list_resources": ""},
		"bss_expiry_policy":     {"list_resources": ""},
		"bss_order_payment":     {"list_orders": ""},
		"bss_enterprise_member": {"list_sub_customers": ""},
	}
}
