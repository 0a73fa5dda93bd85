// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// calls are the operations that a type of the surface makes, and when: empty
// for always, else in words that a table shows.
type calls map[string]string

// and is these calls and more.
func (c calls) and(more calls) calls {
	all := maps.Clone(c)
	maps.Copy(all, more)

	return all
}

// callsOf is every type of the surface with its calls. Each world holds what was
// called against it, and the tables of permissions are made of it.
func callsOf() map[string]calls {
	orders := calls{"list_orders": "", "get_order": ""}
	resources := calls{"list_resources": ""}
	prices := "for the discounts in prices"
	policies := resources.and(calls{"enable_auto_renew": "", "disable_auto_renew": ""})
	paying := orders.and(calls{
		"pay_order":          "",
		"list_order_coupons": "with `coupon_ids`", "list_coupons": "with `coupon_ids`",
		"get_account_balances": "to warn of a balance that is short",
	})
	payment := paying.and(calls{
		"pay_order_v1":         "",
		"list_order_discounts": "with `discount_id` (without it the cap has to cover the official price)",
		"list_resources":       "to tell which resources the order made",
	})
	renewing := paying.and(resources).and(calls{
		"get_renewal_price": "", "renew_resources": "", "list_order_discounts": "",
		"cancel_order": "to cancel what was ordered and not paid",
	})
	unsubscribing := resources.and(calls{
		"list_orders": "", "get_refund_order": "", "unsubscribe_resources": "",
		"get_renewal_price": "to tell whether an unpaid order holds the resource",
	})

	converting := resources.and(calls{
		"convert_to_on_demand_now": "", "list_orders": "", "get_order": "",
	})
	records := "to find what was moved before"
	transferring := calls{
		"get_transferable_amount": "", "get_retrievable_amount": "", "list_account_change_records": records,
		"transfer_amount": "", "retrieve_amount": "",
	}
	transferringCoupons := calls{
		"list_transferable_coupons": "", "list_retrievable_coupons": "", "list_coupon_change_records": records,
		"transfer_coupon": "", "retrieve_coupon": "",
	}

	return map[string]calls{
		"bss_measure_conversions":            {"list_conversions": ""},
		"bss_measure_units":                  {"list_measure_units": ""},
		"bss_resource_package_usage_records": {"list_package_usage_records": ""},
		"bss_resource_package_usages":        {"list_packages": "", "list_package_usages": ""},
		"bss_resource_packages":              {"list_packages": ""},
		"bss_resource_specs":                 {"list_resource_specs": ""},
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
		typeBudgetStatus: {
			"list_resource_records": "", "list_resources": "unless `include_renewals = false`", "get_renewal_price": prices,
		},
		typeCosts:                {"list_costs": ""},
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
		typePriceComparison:      {"get_on_demand_price": prices, "get_period_price": prices},
		"bss_renewal_price":      {"get_renewal_price": prices},
		"bss_renewal_forecast": resources.and(calls{
			"get_renewal_price": prices, "get_account_balances": "with prices, to tell whether the account can pay",
		}),
		"bss_resource":                        resources,
		"bss_resources":                       resources,
		typeFeeRecords:                        {"list_fee_records": ""},
		typeCostBreakdown:                     {"list_monthly_cost_breakdown": ""},
		typeMonthlyBills:                      {"get_monthly_sum_bill": ""},
		typeResourceFeeRecords:                {"list_resource_fee_records": ""},
		typeResourceRecords:                   {"list_resource_records": ""},
		"bss_enterprise_members":              {"list_sub_customers": ""},
		"bss_enterprise_organizations":        {"list_organizations": ""},
		"bss_enterprise_retrievable_amounts":  {"get_retrievable_amount": ""},
		"bss_enterprise_retrievable_coupons":  {"list_retrievable_coupons": ""},
		"bss_enterprise_transferable_amounts": {"get_transferable_amount": ""},
		"bss_enterprise_transferable_coupons": {"list_transferable_coupons": ""},

		typeAutorenew:          policies,
		typeExpiryPolicy:       policies.and(calls{"set_to_on_demand_on_expiry": ""}),
		typeOrderPayment:       payment,
		typeRenewal:            renewing,
		"bss_renewal_settings": {"set_renew_config": ""},
		typeMember: {
			"list_sub_customers": "", "create_sub_customer": "to create (china)", "list_organizations": "with `organization_path`",
		},
		typeProjectAuthority:   {"enable_enterprise_project": ""},
		typeOrderCancellation:  orders.and(calls{"cancel_order": ""}),
		typeUnsubscription:     unsubscribing,
		typeOnDemandConversion: converting,
		typeTransfer:           transferring,
		typeCouponTransfer:     transferringCoupons,

		typeMemberCode:             {"send_sub_customer_sms_code": ""},
		"bss_order_cancel":         orders.and(calls{"cancel_order": ""}),
		"bss_order_pay":            payment,
		"bss_resource_convert":     converting,
		"bss_resource_renew":       renewing,
		"bss_resource_unsubscribe": unsubscribing,
	}
}

// permissionOf is what an operation needs; it is empty where the vendor lists
// nothing.
func permissionOf(operation string) bssapi.Permission {
	return (&bssapi.Error{Operation: operation}).Permission()
}

// needsNone says whether the vendor lists no permission for an operation.
func needsNone(operation string) bool {
	return slices.Contains([]string{
		"list_conversions", "list_measure_units", "list_resource_specs", "list_resource_types", "list_service_resources",
		"list_service_types", "list_usage_types", "get_expenditure_quota", "list_coupon_change_records", "list_auth_domains",
		"list_usage95_summary", "list_usage95_details", "convert_to_on_demand_now", "send_sub_customer_sms_code",
	}, operation)
}

// byTerraform is what a world serves that real Terraform was run against: any
// number of types, of which nothing is known here.
const byTerraform = "terraform"

// serves says that calls of the world are from now on made for this type, too.
func (w *world) serves(typeName string) {
	if w.served != nil {
		w.served.Store(typeName, true)
	}
}

// checkCalls fails if the journal has a call that callsOf does not give to any of
// the types that the world served.
func (w *world) checkCalls() {
	w.t.Helper()

	// An account with an endpoint of its own shows its site by its currency.
	known := calls{}
	if w.env["BSS_SITE"] == "" {
		known["get_account_balances"] = ""
	}

	if _, is := w.served.Load(byTerraform); is {
		return
	}

	var served []string

	w.served.Range(func(name, _ any) bool {
		typeName, _ := name.(string)
		served = append(served, typeName)
		maps.Copy(known, callsOf()[typeName])

		return true
	})

	unknown := map[string]bool{}

	for _, request := range w.Requests() {
		_, there := known[request.Operation]
		unknown[request.Operation] = !there && permissionOf(request.Operation) != bssapi.Permission{}
	}

	for operation, is := range unknown {
		if is && len(served) > 0 {
			w.t.Errorf("callsOf has no %s of %v", operation, served)
		}
	}
}

// permissionTable is the table of what needs which permission, a line each.
func permissionTable() []string {
	// users are the types by permission and by when they need it.
	users := map[bssapi.Permission]map[string][]string{}

	for typeName, made := range callsOf() {
		whens := map[bssapi.Permission]string{}

		for _, operation := range slices.Sorted(maps.Keys(made)) {
			permission := permissionOf(operation)
			if needsNone(operation) {
				continue
			}

			when, there := whens[permission]
			if !there || when != "" {
				whens[permission] = made[operation]
			}
		}

		for permission, when := range whens {
			if users[permission] == nil {
				users[permission] = map[string][]string{}
			}

			users[permission][when] = append(users[permission][when], typeName)
		}
	}

	table := []string{"| permission | in identity policies | for |", "| --- | --- | --- |"}

	for _, permission := range slices.SortedFunc(maps.Keys(users), func(a, b bssapi.Permission) int {
		return strings.Compare(a.Policy+a.IdentityPolicy, b.Policy+b.IdentityPolicy)
	}) {
		var parts []string

		for _, when := range slices.Sorted(maps.Keys(users[permission])) {
			slices.Sort(users[permission][when])

			part := "`" + strings.Join(users[permission][when], "`, `") + "`"
			if when != "" {
				part = when + ": " + part
			}

			parts = append(parts, part)
		}

		// An action that the vendor names for one model alone.
		code := func(action string) string {
			if action == "" {
				return ""
			}

			return "`" + action + "`"
		}

		table = append(table, "| "+strings.Join(
			[]string{code(permission.Policy), code(permission.IdentityPolicy), strings.Join(parts, "; ")}, " | ",
		)+" |")
	}

	return table
}

// TestPagesSayAccess: the page of a data source says on which sites its calls are, and
// which permission each of them needs.
func TestPagesSayAccess(t *testing.T) {
	t.Parallel()

	schemas, _ := surface(t)

	for typeName, schema := range schemas.DataSourceSchemas {
		page := schema.Block.Description

		for operation := range callsOf()[typeName] {
			if !strings.Contains(page, permissionText(permissionOf(operation))) {
				t.Errorf("%s: what %s needs is not said:\n%s", typeName, operation, page)
			}

			sites := "Sites: all."
			if about := (&bssapi.Error{Operation: operation}); len(about.Sites()) > 0 {
				sites = "Sites: " + sitesOf(about) + "."
			}

			if !strings.Contains(page, sites) {
				t.Errorf("%s: it does not say %q:\n%s", typeName, sites, page)
			}
		}
	}
}

// TestPermissionTables shows that the tables of permissions are true and whole.
// What is meant is written with -run TestPermissionTables -update.
func TestPermissionTables(t *testing.T) {
	t.Parallel()

	schemas, _ := surface(t)
	named := map[string]bool{}

	for _, names := range [][]string{
		slices.Collect(maps.Keys(schemas.DataSourceSchemas)), slices.Collect(maps.Keys(schemas.ResourceSchemas)),
		slices.Collect(maps.Keys(schemas.ActionSchemas)), slices.Collect(maps.Keys(schemas.ListResourceSchemas)),
		slices.Collect(maps.Keys(schemas.EphemeralResourceSchemas)),
	} {
		for _, name := range names {
			named[name] = true
		}
	}

	for typeName, made := range callsOf() {
		if !named[typeName] {
			t.Errorf("the provider has no %s", typeName)
		}

		delete(named, typeName)

		for operation := range made {
			if (permissionOf(operation) == bssapi.Permission{}) != needsNone(operation) {
				t.Errorf("%s: no permission of %s is known", typeName, operation)
			}
		}
	}

	for typeName := range named {
		t.Errorf("callsOf has no word of %s", typeName)
	}

	pattern := regexp.MustCompile("(?m)^( *)\\|.*\n *\\| --- .*\n(?: *\\| (?:`bss:| \\| `).*\n)+")

	root, err := os.OpenRoot(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}

	for _, name := range []string{"README.md", "templates/index.md.tmpl", "docs/index.md"} {
		data, err := root.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}

		page := string(data)

		at := pattern.FindStringSubmatchIndex(page)
		if at == nil {
			t.Errorf("%s has no table of permissions", name)

			continue
		}

		indent := page[at[2]:at[3]]
		wanted := page[:at[0]] + indent + strings.Join(permissionTable(), "\n"+indent) + "\n" + page[at[1]:]

		if *update {
			if err := root.WriteFile(name, []byte(wanted), 0o600); err != nil {
				t.Fatal(err)
			}

			continue
		}

		if diff := cmp.Diff(strings.Split(wanted, "\n"), strings.Split(page, "\n")); diff != "" {
			t.Errorf("%s: write it anew with -update (-want +got):\n%s", name, diff)
		}
	}
}
