// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// insteadOf is what to use on a site that does not have an operation.
var insteadOf = map[string]string{
	"convert_to_on_demand_now": "`bss_expiry_policy` with `policy = \"pay_per_use\"` changes a resource to pay-per-use when its term ends",
	"create_sub_customer": "create the member in the console, and import it as `bss_enterprise_member`, or read it with " +
		"`bss_enterprise_members`",
	"send_sub_customer_sms_code":  "create the member in the console, which sends a code by itself",
	"get_expenditure_quota":       "`bss_account_balances` has the credit limit of the account",
	"list_account_change_records": "`bss_account_balances` has what is left, and `bss_orders` and `bss_resource_fee_records` what was spent",
	"list_coupon_change_records":  "`bss_coupons` has what is left of each coupon, and which order used it",
	"list_invoices":               "`bss_monthly_bills` has what is billed",
	"list_usage95_details":        "`bss_resource_records` has the usage that is billed",
	"list_usage95_summary":        "`bss_resource_records` has the usage that is billed",
	"list_fee_records":            "`bss_resource_fee_records` has the same charges by resource",
	"list_monthly_cost_breakdown": "`bss_costs` with `cost_type = \"amortized\"` has the same costs of a month",
	"list_order_coupons":          "`bss_coupons` has the coupons of the account",
	"list_organizations":          "`bss_enterprise_members` has the organization of each member",
	"get_transferable_amount":     "`bss_account_balances` has what is on the account",
	"get_retrievable_amount":      "nothing tells what a member holds; `bss_monthly_bills` has what each of them spent",
	"list_transferable_coupons":   "`bss_coupons` has the coupons of the account",
	"list_retrievable_coupons":    "nothing tells the coupons of a member; `bss_coupons` has those of the account",
	"transfer_amount":             "money is moved between accounts in the console alone",
	"list_stored_value_cards":     "`bss_account_balances` and `bss_coupons` have what else can be spent",
}

// describe is the description of what makes these calls: on which sites it is, what
// it is, and what it can do without a permission.
func describe(text string, operations []string, without string) string {
	head := ""

	for _, operation := range operations {
		if instead := insteadOf[operation]; instead != "" {
			head = fmt.Sprintf("**Only on %s.** Elsewhere, %s.\n\n", sitesOf(&bssapi.Error{Operation: operation}), instead)
		}
	}

	if without != "" {
		without = "\n\nWithout the permission, " + without + "."
	}

	return head + text + without
}

// sitesOf are the sites of an operation, in words.
func sitesOf(about *bssapi.Error) string {
	var names []string
	for _, site := range about.Sites() {
		names = append(names, string(site))
	}

	return choice(names, func(name string) string { return name })
}

// elsewhere says which site has what this one does not, and what to use instead.
func elsewhere(err error) string {
	var about *bssapi.Error
	if !errors.As(err, &about) {
		return "The site of this account does not have this call."
	}

	said := fmt.Sprintf("The site of this account does not have this call: only %s has it.", sitesOf(about))

	if instead := insteadOf[about.Operation]; instead != "" {
		said += " Here, " + instead + "."
	}

	return said
}
