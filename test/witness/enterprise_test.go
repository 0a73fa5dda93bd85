// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
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
