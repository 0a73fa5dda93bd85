// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"testing"
)

// TestOtherUnits gives the amounts of each answer in another unit than that of their
// currency, one at a time: nothing is shown, and the error says which unit it is.
func TestOtherUnits(t *testing.T) {
	t.Parallel()

	const (
		order    = "CS1"
		official = "official_website_rating_result."
		discount = "optional_discount_rating_results.0."
		products = "product_rating_results.0."
	)

	ofOrder := attributes{"order_id": str(order)}

	// On the China site; null elsewhere.
	installments := map[string]any{official + products + "id": "web", discount + products + "id": "web", discount + "best_offer": 1}
	for _, prefix := range []string{official, official + products, discount, discount + products} {
		for _, amount := range []string{"official_website_amount", "official_discount_amount", "amount"} {
			installments[prefix+"installment_"+amount] = nil
		}
	}

	for name, test := range map[string]struct {
		operation, path string
		fixed           map[string]any
		// beside is what the other call of the data source answers.
		beside    map[string]any
		arguments attributes
		// units are how many the answer has.
		units int
	}{
		"bss_account_balances": {operation: "get_account_balances", path: pathBalances, units: 2},
		"bss_coupons":          {operation: "list_coupons", path: pathAccountCoupons, fixed: map[string]any{"count": 1}, units: 1},
		"bss_enterprise_transferable_amounts": {
			operation: "get_transferable_amount", path: pathTransferable, arguments: attributes{"account_type": str("credit")}, units: 1,
		},
		"bss_enterprise_retrievable_amounts": {
			operation: "get_retrievable_amount", path: pathRetrievable, units: 1,
			arguments: attributes{"account_type": str("balance"), "member_id": str("m")},
		},
		"bss_order_coupons": {
			operation: "list_order_coupons", path: pathCoupons, fixed: map[string]any{"count": 1}, arguments: ofOrder, units: 1,
		},
		"bss_orders": {operation: "list_orders", path: pathOrders, units: 2},
		"bss_order": {
			operation: "get_order", path: pathOrder + order, fixed: map[string]any{"order_info.order_id": order}, arguments: ofOrder, units: 2,
			beside: map[string]any{pathOrders: newDocument(t, "list_orders", 5000, map[string]any{
				"total_count": 1, "order_infos.0.order_id": order,
			}).body},
		},
		"bss_period_price": {
			operation: "get_period_price", path: pathPeriodPrice, units: 4, fixed: installments,
			arguments: configuration(t, "bss_period_price", quotes()["bss_period_price"]),
		},
		"bss_on_demand_price": {
			operation: "get_on_demand_price", path: pathOnDemandPrice, fixed: map[string]any{products + "id": "web"}, units: 3,
			arguments: configuration(t, "bss_on_demand_price", quotes()["bss_on_demand_price"]),
		},
		typeMonthlyBills: {
			operation: "get_monthly_sum_bill", path: pathMonthlySum, arguments: billOf(typeMonthlyBills, nil), units: 2,
		},
		typeResourceRecords: {
			operation: "list_resource_records", path: pathResourceRecords, arguments: billOf(typeResourceRecords, nil), units: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			fixed := map[string]any{"total_count": 1}
			maps.Copy(fixed, test.fixed)

			units := newDocument(t, test.operation, 1000, fixed).units
			if len(units) != test.units {
				t.Errorf("the answer has the units %q, want %d", units, test.units)
			}

			for _, unit := range units {
				changed := map[string]any{unit: 3}
				maps.Copy(changed, fixed)

				documents := map[string]any{test.path: newDocument(t, test.operation, 1000, changed).body}
				maps.Copy(documents, test.beside)

				read, diags := readData(t, answering(t, "china", documents), name, nil, test.arguments)
				diags.says(t, "", "unit 3")

				if read != nil {
					t.Errorf("shown although %s is 3", unit)
				}
			}
		})
	}
}
