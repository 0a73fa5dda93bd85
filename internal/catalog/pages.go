// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package catalog

// Page is what the documentation says of a type beside its schema. A resource and
// the list of the same name share it.
type Page struct {
	// Subcategory is where the registry puts the page.
	Subcategory string
	// SeeAlso are pages that a reader of this one looks for next: types, functions,
	// and guides as "guides/NAME".
	SeeAlso []string
	// Undo says how what was applied is taken back, "" for what changes nothing.
	Undo string
	// Costs says that it charges, or can; "" if it does not.
	Costs string
	// Deletes says what is lost for good; "" if nothing is.
	Deletes string
}

// The subcategories.
const (
	orders     = "Orders"
	renewal    = "Renewal and expiry"
	prices     = "Prices"
	bills      = "Bills and costs"
	account    = "Account"
	enterprise = "Enterprise"
	packages   = "Resource packages"
	codes      = "Codes and units"
	writing    = "Dates and amounts"
)

// PagesOf is the page of each type and function.
func PagesOf() map[string]Page {
	return map[string]Page{
		"bss_order": {Subcategory: orders, SeeAlso: []string{
			"bss_orders", "bss_order_payment", "bss_order_cancellation", "guides/paying-orders",
		}},
		"bss_orders": {Subcategory: orders, SeeAlso: []string{
			"bss_order", "bss_order_payment", "bss_order_cancellation", "guides/paying-orders",
		}},
		"bss_order_coupons": {Subcategory: orders, SeeAlso: []string{"bss_coupons", "bss_order_payment", "guides/paying-orders"}},
		"bss_order_discounts": {Subcategory: orders, SeeAlso: []string{
			"bss_order_payment", "bss_order_coupons", "guides/paying-orders",
		}},
		"bss_order_refunds": {Subcategory: orders, SeeAlso: []string{"bss_unsubscription", "bss_order"}},
		"bss_order_payment": {
			Subcategory: orders,
			SeeAlso: []string{
				"bss_orders", "bss_order_discounts", "bss_order_coupons", "bss_order_pay", "guides/paying-orders", "guides/guarantees",
			},
			Undo:  "A payment cannot be taken back. `bss_unsubscription` gives back what was bought, under the vendor's rules of refunds.",
			Costs: "Applying this pays the order, at most `max_amount`.",
		},
		"bss_order_pay": {
			Subcategory: orders,
			SeeAlso:     []string{"bss_order_payment", "bss_orders", "guides/paying-orders", "guides/guarantees"},
			Undo:        "A payment cannot be taken back. `bss_unsubscription` gives back what was bought, under the vendor's rules of refunds.",
			Costs:       "Invoking this pays the order, at most `max_amount`.",
		},
		"bss_order_cancellation": {
			Subcategory: orders,
			SeeAlso:     []string{"bss_orders", "bss_order_cancel", "bss_order_payment"},
			Undo:        "A canceled order stays canceled. Place a new order.",
			Deletes:     "Applying this cancels the order.",
		},
		"bss_order_cancel": {
			Subcategory: orders,
			SeeAlso:     []string{"bss_order_cancellation", "bss_orders"},
			Undo:        "A canceled order stays canceled. Place a new order.",
			Deletes:     "Invoking this cancels the order.",
		},

		"bss_resource": {Subcategory: renewal, SeeAlso: []string{"bss_resources", "bss_expiry_policy", "bss_renewal", "guides/renewing"}},
		"bss_resources": {Subcategory: renewal, SeeAlso: []string{
			"bss_renewal_forecast", "bss_expiry_policy", "bss_renewal", "guides/renewing", "guides/adopting",
		}},
		"bss_renewal_forecast": {Subcategory: renewal, SeeAlso: []string{
			"bss_resources", "bss_account_balances", "bss_budget_status", "bss_renewal_settings", "guides/budgets-and-alerts",
		}},
		"bss_autorenew": {
			Subcategory: renewal,
			SeeAlso: []string{
				"bss_expiry_policy", "bss_resources", "bss_renewal", "bss_renewal_settings", "guides/renewing", "guides/adopting",
			},
			Undo:  "Set `enabled` back. A renewal that was charged in between stays charged.",
			Costs: "With `enabled = true`, the platform charges each renewal without asking; close to expiry, at once.",
		},
		"bss_expiry_policy": {
			Subcategory: renewal,
			SeeAlso:     []string{"bss_autorenew", "bss_resources", "bss_renewal", "guides/renewing", "guides/adopting"},
			Undo:        "Set the `policy` back. A renewal that was charged in between stays charged.",
			Costs: "With `auto_renew`, the platform charges each renewal without asking; close to expiry, at once. With `pay_per_use`, use is " +
				"charged from expiry on.",
		},
		"bss_renewal": {
			Subcategory: renewal,
			SeeAlso: []string{
				"bss_renewal_price", "bss_resources", "bss_resource_renew", "bss_unsubscription", "guides/renewing", "guides/guarantees",
			},
			Undo:  "`bss_unsubscription` with `scope = \"renewals_only\"` gives back renewed terms that have not started.",
			Costs: "Applying this buys a renewal, at most for `max_amount`.",
		},
		"bss_resource_renew": {
			Subcategory: renewal,
			SeeAlso:     []string{"bss_renewal", "bss_renewal_price", "guides/renewing", "guides/guarantees"},
			Undo:        "`bss_unsubscription` with `scope = \"renewals_only\"` gives back renewed terms that have not started.",
			Costs:       "Invoking this buys a renewal, at most for `max_amount`.",
		},
		"bss_renewal_settings": {
			Subcategory: renewal,
			SeeAlso:     []string{"bss_autorenew", "bss_renewal_forecast", "guides/renewing"},
			Undo:        "Send the earlier values, if you know them: no call reads them.",
			Costs: "These settings are of the whole account. An earlier deduction can charge at once; a common day makes renewals " +
				"longer and dearer.",
		},
		"bss_unsubscription": {
			Subcategory: renewal,
			SeeAlso:     []string{"bss_resource_unsubscribe", "bss_order_refunds", "bss_resources", "guides/renewing", "guides/guarantees"},
			Undo:        "Nothing brings a deleted resource or its data back.",
			Deletes:     "Applying this deletes the resource and its data, or gives its renewed terms back.",
		},
		"bss_resource_unsubscribe": {
			Subcategory: renewal,
			SeeAlso:     []string{"bss_unsubscription", "bss_order_refunds", "guides/renewing", "guides/guarantees"},
			Undo:        "Nothing brings a deleted resource or its data back.",
			Deletes:     "Invoking this deletes the resource and its data, or gives its renewed terms back.",
		},
		"bss_on_demand_conversion": {
			Subcategory: renewal,
			SeeAlso:     []string{"bss_resource_convert", "bss_expiry_policy", "bss_on_demand_price", "guides/renewing", "guides/guarantees"},
			Undo:        "No call turns it back. The console can change pay-per-use to yearly/monthly by a new order.",
			Costs:       "Applying this gives up the rest of the paid term. From then on, use is charged.",
		},
		"bss_resource_convert": {
			Subcategory: renewal,
			SeeAlso:     []string{"bss_on_demand_conversion", "bss_expiry_policy", "bss_on_demand_price", "guides/guarantees"},
			Undo:        "No call turns it back. The console can change pay-per-use to yearly/monthly by a new order.",
			Costs:       "Invoking this gives up the rest of the paid term. From then on, use is charged.",
		},

		"bss_on_demand_price": {Subcategory: prices, SeeAlso: []string{
			"bss_period_price", "bss_price_comparison", "bss_resource_specs", "bss_usage_types", "bss_measure_units", "guides/costs-and-prices",
		}},
		"bss_period_price": {Subcategory: prices, SeeAlso: []string{
			"bss_on_demand_price", "bss_price_comparison", "bss_renewal_price", "bss_resource_specs", "guides/costs-and-prices",
		}},
		"bss_price_comparison": {Subcategory: prices, SeeAlso: []string{"bss_on_demand_price", "bss_period_price", "bss_resource_specs"}},
		"bss_renewal_price":    {Subcategory: prices, SeeAlso: []string{"bss_renewal", "bss_renewal_forecast", "bss_period_price"}},

		"bss_monthly_bills": {Subcategory: bills, SeeAlso: []string{
			"bss_resource_records", "bss_resource_fee_records", "bss_costs", "bss_budget_status", "guides/costs-and-prices",
		}},
		"bss_resource_records": {Subcategory: bills, SeeAlso: []string{
			"bss_resource_fee_records", "bss_monthly_bills", "bss_costs", "guides/costs-and-prices",
		}},
		"bss_resource_fee_records": {Subcategory: bills, SeeAlso: []string{"bss_resource_records", "bss_monthly_bills", "bss_fee_records"}},
		"bss_fee_records":          {Subcategory: bills, SeeAlso: []string{"bss_resource_fee_records", "bss_monthly_bills"}},
		"bss_costs": {Subcategory: bills, SeeAlso: []string{
			"bss_monthly_cost_breakdown", "bss_monthly_bills", "bss_resource_records", "guides/costs-and-prices",
		}},
		"bss_monthly_cost_breakdown": {Subcategory: bills, SeeAlso: []string{"bss_costs", "bss_monthly_bills"}},
		"bss_budget_status": {Subcategory: bills, SeeAlso: []string{
			"bss_renewal_forecast", "bss_resource_records", "bss_monthly_bills", "guides/budgets-and-alerts",
		}},
		"bss_invoices":        {Subcategory: bills, SeeAlso: []string{"bss_monthly_bills", "bss_account"}},
		"bss_usage95_summary": {Subcategory: bills, SeeAlso: []string{"bss_usage95_details", "bss_resource_records"}},
		"bss_usage95_details": {Subcategory: bills, SeeAlso: []string{"bss_usage95_summary", "bss_resource_records"}},

		"bss_account": {Subcategory: account, SeeAlso: []string{"bss_account_balances", "guides/getting-started", "guides/troubleshooting"}},
		"bss_account_balances": {Subcategory: account, SeeAlso: []string{
			"bss_renewal_forecast", "bss_expenditure_quota", "bss_account_change_records", "bss_coupons",
		}},
		"bss_account_change_records": {Subcategory: account, SeeAlso: []string{"bss_account_balances", "bss_coupon_change_records"}},
		"bss_coupons": {
			Subcategory: account,
			SeeAlso:     []string{"bss_order_coupons", "bss_order_payment", "bss_coupon_change_records"},
		},
		"bss_coupon_change_records": {Subcategory: account, SeeAlso: []string{"bss_coupons", "bss_account_change_records"}},
		"bss_stored_value_cards":    {Subcategory: account, SeeAlso: []string{"bss_account_balances", "bss_coupons"}},
		"bss_expenditure_quota":     {Subcategory: account, SeeAlso: []string{"bss_account_balances"}},
		"bss_enterprise_project_authority": {
			Subcategory: account,
			SeeAlso:     []string{"bss_account", "bss_resource_records", "bss_budget_status"},
			Undo:        "No call closes enterprise projects again.",
			Deletes:     "Applying this cannot be undone.",
		},

		"bss_enterprise_members": {Subcategory: enterprise, SeeAlso: []string{
			"bss_enterprise_member", "bss_enterprise_organizations", "bss_monthly_bills", "bss_enterprise_transfer",
		}},
		"bss_enterprise_organizations": {Subcategory: enterprise, SeeAlso: []string{"bss_enterprise_members", "bss_enterprise_member"}},
		"bss_enterprise_transferable_amounts": {Subcategory: enterprise, SeeAlso: []string{
			"bss_enterprise_transfer", "bss_enterprise_retrievable_amounts", "bss_account_balances",
		}},
		"bss_enterprise_retrievable_amounts": {Subcategory: enterprise, SeeAlso: []string{
			"bss_enterprise_transfer", "bss_enterprise_transferable_amounts",
		}},
		"bss_enterprise_transferable_coupons": {Subcategory: enterprise, SeeAlso: []string{
			"bss_enterprise_coupon_transfer", "bss_enterprise_retrievable_coupons", "bss_coupons",
		}},
		"bss_enterprise_retrievable_coupons": {Subcategory: enterprise, SeeAlso: []string{
			"bss_enterprise_coupon_transfer", "bss_enterprise_transferable_coupons",
		}},
		"bss_enterprise_member": {
			Subcategory: enterprise,
			SeeAlso: []string{
				"bss_enterprise_member_code", "bss_enterprise_members", "bss_enterprise_organizations", "bss_enterprise_transfer",
				"guides/guarantees",
			},
			Undo:    "No call deletes a member. The console can.",
			Deletes: "A member that was created stays: no call changes or deletes it.",
		},
		"bss_enterprise_member_code": {
			Subcategory: enterprise, SeeAlso: []string{"bss_enterprise_member"},
			Undo: "A code that was sent cannot be taken back; it ends by itself.",
		},
		"bss_enterprise_transfer": {
			Subcategory: enterprise,
			SeeAlso: []string{
				"bss_enterprise_transferable_amounts", "bss_enterprise_retrievable_amounts", "bss_enterprise_coupon_transfer", "guides/guarantees",
			},
			Undo:  "Move the money back with another `transfer_key`.",
			Costs: "Applying this moves money between accounts.",
		},
		"bss_enterprise_coupon_transfer": {
			Subcategory: enterprise,
			SeeAlso: []string{
				"bss_enterprise_transferable_coupons", "bss_enterprise_retrievable_coupons", "bss_enterprise_transfer", "guides/guarantees",
			},
			Undo:  "Move the coupon back with another `transfer_key`.",
			Costs: "Applying this moves a coupon between accounts.",
		},

		"bss_resource_packages": {Subcategory: packages, SeeAlso: []string{"bss_resource_package_usages", "bss_resources"}},
		"bss_resource_package_usages": {Subcategory: packages, SeeAlso: []string{
			"bss_resource_packages", "bss_resource_package_usage_records",
		}},
		"bss_resource_package_usage_records": {Subcategory: packages, SeeAlso: []string{
			"bss_resource_packages", "bss_resource_package_usages",
		}},

		"bss_service_types": {Subcategory: codes, SeeAlso: []string{"bss_resource_types", "bss_service_resources", "guides/costs-and-prices"}},
		"bss_resource_types": {Subcategory: codes, SeeAlso: []string{
			"bss_service_types", "bss_service_resources", "bss_resource_specs", "guides/costs-and-prices",
		}},
		"bss_service_resources": {Subcategory: codes, SeeAlso: []string{
			"bss_service_types", "bss_resource_types", "bss_resource_specs",
		}},
		"bss_resource_specs": {Subcategory: codes, SeeAlso: []string{
			"bss_resource_types", "bss_on_demand_price", "bss_period_price", "guides/costs-and-prices",
		}},
		"bss_usage_types":         {Subcategory: codes, SeeAlso: []string{"bss_measure_units", "bss_on_demand_price"}},
		"bss_measure_units":       {Subcategory: codes, SeeAlso: []string{"bss_measure_conversions", "bss_usage_types"}},
		"bss_measure_conversions": {Subcategory: codes, SeeAlso: []string{"bss_measure_units"}},

		"billing_day":   {Subcategory: writing, SeeAlso: []string{"billing_month", "days_between", "bss_resource_records"}},
		"billing_month": {Subcategory: writing, SeeAlso: []string{"billing_day", "bss_monthly_bills", "bss_budget_status"}},
		"add_periods":   {Subcategory: writing, SeeAlso: []string{"days_between", "bss_renewal"}},
		"days_between":  {Subcategory: writing, SeeAlso: []string{"billing_day", "add_periods", "bss_resources"}},
		"format_amount": {Subcategory: writing, SeeAlso: []string{"csvencode", "bss_monthly_bills"}},
		"plan_report": {Subcategory: writing, SeeAlso: []string{
			"bss_renewal_forecast", "format_amount", "guides/budgets-and-alerts",
		}},
		"csvencode": {Subcategory: writing, SeeAlso: []string{"format_amount", "guides/costs-and-prices"}},
	}
}
