// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"maps"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// demoMember is the id of a member of the demo customer, from 1.
func demoMember(n int) string { return fmt.Sprintf("51a0%024xde30", n) }

func TestMembers(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		expect(t, c.call(t, "list_sub_customers", tree{"limit": 100, "offset": 0}), fmt.Sprintf(`{"total_count": 3, "sub_customer_infos": [
			{"id": %q, "name": "team-a", "display_name": "Team A", "status": 1, "org_id": "ou-platform", "org_name": "Platform"},
			{"id": %q, "name": "team-b", "status": 1, "org_id": "ou-data"}, {"name": "old-team", "status": 4}]}`, demoMember(1), demoMember(2)))
		expect(t, c.call(t, "list_sub_customers", tree{"sub_customer_account_name": "team-b"}),
			`{"total_count": 1, "sub_customer_infos": [{"name": "team-b"}]}`)
		expect(t, c.call(t, "list_sub_customers", tree{"sub_customer_display_name": "Team", "fuzzy_query": 1, "org_id": "ou-data"}),
			`{"total_count": 1, "sub_customer_infos": [{"name": "team-b"}]}`)
		if err := c.sim.Set("enterprise_master", "CBC.0151"); err != nil {
			t.Fatal(err)
		}
		_, _, err := c.try(t, "list_sub_customers", tree{})
		c.refused(t, err, 403, "CBC.0151")
	})
}

// TestOrganizations is about an operation that only China has.
func TestOrganizations(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	expect(t, c.call(t, "list_organizations", tree{"recursive_query": 1}), `{"root_id": "ou-51a0000000000000", "root_name": "Simulated Group",
		"child_nodes": [{"id": "ou-engineering", "name": "Engineering", "relation_id": "rel-0000000000000001", "child_nodes": [
			{"id": "ou-platform", "name": "Platform"}, {"id": "ou-data", "name": "Data"}]}, {"id": "ou-sales", "name": "Sales"}]}`)
	expect(t, c.call(t, "list_organizations", tree{"parent_id": "ou-engineering"}),
		`{"child_nodes": [{"id": "ou-platform"}, {"id": "ou-data"}]}`)
}

// TestMovableFunds is about operations that only China has.
func TestMovableFunds(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	c.console(t, "add_credit", map[string]any{"amount": "70.00", "expire_time": "2027-03-01T00:00:00Z"})
	expect(t, c.call(t, "get_transferable_amount", tree{"balance_type": "BALANCE_TYPE_DEBIT"}),
		`{"total_count": 1, "amount_infos": [{"avail_transfer_amount": 1000, "amount": 1000, "measure_id": 1, "currency": "CNY"}]}`)
	expect(t, c.call(t, "get_transferable_amount", tree{"balance_type": "BALANCE_TYPE_CREDIT", "limit": 100, "offset": 0}),
		`{"total_count": 2, "amount_infos": [{"avail_transfer_amount": 500, "credit_amount": 500},
			{"avail_transfer_amount": 70, "amount": 70, "credit_amount": 70, "expire_time": "2027-03-01T00:00:00Z"}]}`)
	expect(t, c.call(t, "get_retrievable_amount", tree{"balance_type": "BALANCE_TYPE_DEBIT", "sub_customer_id": demoMember(1)}),
		`{"total_count": 1, "amount_infos": [{"avail_retrieve_amount": 120, "amount": 120, "measure_id": 1, "currency": "CNY"}]}`)
	expect(t, c.call(t, "get_retrievable_amount", tree{"balance_type": "BALANCE_TYPE_CREDIT", "sub_customer_id": demoMember(1), "limit": 1}),
		`{"total_count": 1, "amount_infos": [{"avail_retrieve_amount": 50, "credit_amount": 50}]}`)
}

// TestMovableCoupons is about operations that only China has.
func TestMovableCoupons(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	expect(t, c.call(t, "list_transferable_coupons", tree{"limit": 100, "offset": 0}), `{"total_count": 2, "avail_transfer_coupons": [
		{"coupon_id": "CP2611220000001", "plan_name": "Welcome", "balance": "10.00", "use_limits": []},
		{"coupon_id": "CP2611220000002", "balance": "50.00", "use_limits": [
			{"use_limiti_info_id": "CP2611220000002-simultaneousUseWithContractDiscount", "limit_key": "simultaneousUseWithContractDiscount",
				"value1": "0", "limit_type": "1", "promotion_plan_id": "PP0000000002"}]}]}`)
	expect(t, c.call(t, "list_retrievable_coupons", tree{"sub_customer_id": demoMember(1), "limit": 100, "offset": 0}),
		`{"total_count": 1, "avail_retrieve_coupons": [{"coupon_id": "CP2611220000002", "sub_coupon_id": "CP2611220000002-1",
			"balance": "20.00", "use_limits": [{"value1": "0"}]}]}`)
}

// TestTransfersOfAmounts is about operations that only China has.
func TestTransfersOfAmounts(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	amount := func(id string, more tree) tree {
		body := tree{"customer_id": demoMember(1), "amount": "20.00", "trans_id": id}
		maps.Copy(body, more)

		return tree{"body": body}
	}
	for i, operation := range []string{"transfer_amount", "retrieve_amount"} {
		c.call(t, operation, amount(fmt.Sprint("cash", i), nil))
		if c.wire.status != 204 {
			t.Errorf("%s: HTTP %d", operation, c.wire.status)
		}
		c.call(t, operation, amount(fmt.Sprint("credit", i), tree{"balance_type": "BALANCE_TYPE_CREDIT"}))
		_, entry, err := c.try(t, operation, amount("cash0", nil))
		c.refused(t, err, 400, "CBC.99007009")
		if entry.Acted {
			t.Errorf("%s: the journal says %+v", operation, entry)
		}
		_, _, err = c.try(t, operation, amount("ended", tree{"balance_type": "BALANCE_TYPE_CREDIT", "expire_time": "2020-01-01T00:00:00Z"}))
		c.refused(t, err, 400, "CBC.99007181")
	}
	if moved := c.sim.World().Transfers; len(moved) != 4 {
		t.Errorf("transfers %+v", moved)
	}
	if err := c.sim.Set("retrieve_amount_status", "200"); err != nil {
		t.Fatal(err)
	}
	if c.call(t, "retrieve_amount", amount("again", nil)); c.wire.status != 200 {
		t.Errorf("HTTP %d", c.wire.status)
	}
	c.console(t, "hold_transfer", map[string]any{"for": "1h"})
	_, _, err := c.try(t, "transfer_amount", amount("held", nil))
	c.refused(t, err, 400, "CBC.99007461")
}

// TestTransfersOfCoupons is about operations that only China has.
func TestTransfersOfCoupons(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	coupon := tree{"customer_id": demoMember(2), "coupon_id": "CP2611220000002", "amount": "12.50", "trans_id": "a"}
	given := c.call(t, "transfer_coupon", tree{"body": coupon})
	expect(t, given, `{"sub_coupon_id": "CP2611220000002-T1"}`)
	delete(coupon, "amount")
	coupon["sub_coupon_id"], coupon["trans_id"] = given["sub_coupon_id"], "b"
	expect(t, c.call(t, "retrieve_coupon", tree{"body": coupon}), `{"real_retrieve_amout": "12.50"}`)
	for id, code := range map[string]string{"a": "CBC.99007009", "c": "CBC.0100"} {
		coupon["trans_id"] = id
		_, _, err := c.try(t, "retrieve_coupon", tree{"body": coupon})
		c.refused(t, err, 400, code)
	}
	expect(t, c.call(t, "list_coupon_change_records", tree{"balance_type": "BALANCE_TYPE_COUPON", "coupon_id": "CP2611220000002", "limit": 2}),
		`{"records": [{"trade_detail_type": "SOURCE_OPERATION_RETRIEVE"}, {"trade_detail_type": "SOURCE_OPERATION_TRANSFER"}]}`)
}
