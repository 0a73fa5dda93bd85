// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// couponOf is what the simulator knows of a coupon.
func (c *client) couponOf(t *testing.T, id string) *bsssim.Coupon {
	t.Helper()
	for _, coupon := range c.sim.World().Coupons {
		if coupon.CouponID == id {
			return coupon
		}
	}
	t.Fatalf("no coupon %s", id)

	return nil
}

func TestCoupons(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		first, second := c.couponOf(t, "CP2611220000001"), c.couponOf(t, "CP2611220000002")
		answer := c.call(t, "list_coupons", tree{"limit": 100, "offset": 0})
		expect(t, answer, fmt.Sprintf(`{"count": 3, "user_coupons": [
			{"coupon_id": "CP2611220000001", "coupon_code": "SIM-COUPON-000001", "status": 2, "customer_id": %[1]q, "coupon_type": 1,
				"measure_id": 1, "face_value": 10, "valid_time": %[2]q, "expire_time": %[3]q, "create_time": %[2]q, "plan_name": "Welcome",
				"media_type": 1, "fetch_method": 3, "coupon_version": 1, "is_frozen": "0", "currency": %[4]q, "use_limits": []},
			{"coupon_id": "CP2611220000002", "status": 2, "coupon_type": 1, "face_value": 50, "balance": 50, "coupon_version": 2,
				"expire_time": %[5]q, "lock_order_id": "", "use_limits": [
				{"limit_key": "simultaneousUseWithContractDiscount", "value1": "0", "limit_type": "1", "promotion_plan_id": "PP0000000002"}]},
			{"coupon_id": "CP2611220000003", "status": 2, "coupon_type": 2, "face_value": 0.9, "plan_name": "Ten percent off"}]}`,
			c.sim.Credentials().DomainID, first.ValidTime.Format(wireTime), first.ExpireTime.Format(wireTime),
			currencyOf(c.sim.Site()), second.ExpireTime.Format(wireTime)))
	})
}

func TestCouponFilters(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		c.call(t, "pay_order", paymentWith("CS2611220000001", []any{choice("CP2611220000001", 301)}, nil))
		c.console(t, "lock_coupon", map[string]any{"coupon_id": "CP2611220000002", "order_id": "CS2611220000002"})
		now := c.sim.Now()
		at := func(d time.Duration) string { return now.Add(d).Format(wireTime) }
		tests := []struct {
			request tree
			want    []string
		}{
			{tree{"coupon_id": "CP2611220000003"}, []string{"CP2611220000003"}},
			{tree{"order_id": "CS2611220000001"}, []string{"CP2611220000001"}},
			{tree{"order_id": "CS2611220000002"}, []string{"CP2611220000002"}},
			{tree{"promotion_plan_id": "PP0000000003"}, []string{"CP2611220000003"}},
			{tree{"coupon_type": 2}, []string{"CP2611220000003"}},
			{tree{"status": 3}, []string{"CP2611220000001"}},
			{tree{"status": 2, "limit": 1, "offset": 1}, []string{"CP2611220000003"}},
			{tree{"active_start_time": at(-time.Hour), "active_end_time": at(time.Hour), "status": 3}, []string{"CP2611220000001"}},
			{tree{"active_start_time": at(time.Hour), "active_end_time": at(2 * time.Hour)}, []string{}},
			{tree{"source_id": "nowhere"}, []string{}},
		}
		for _, test := range tests {
			answer := c.call(t, "list_coupons", test.request)
			if diff := cmp.Diff(test.want, idsIn(t, answer, "user_coupons", "coupon_id")); diff != "" {
				t.Errorf("%v (-want +got):\n%s", test.request, diff)
			}
		}
		expect(t, c.call(t, "list_coupons", tree{"coupon_id": "CP2611220000002"}),
			`{"user_coupons": [{"lock_order_id": "CS2611220000002", "balance": 50}]}`)
	})
}

// TestOrderCoupons is about an operation that only China has.
func TestOrderCoupons(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	second := c.couponOf(t, "CP2611220000002")
	answer := c.call(t, "list_order_coupons", tree{"order_id": "CS2611220000001"})
	expect(t, answer, fmt.Sprintf(`{"count": 3, "user_coupons": [
		{"coupon_id": "CP2611220000001", "status": 2, "coupon_type": 1, "coupon_group": 0,
			"coupon_version": 1, "face_value": 10, "plan_name": "Welcome"},
		{"coupon_id": "CP2611220000002", "coupon_code": "SIM-COUPON-000002", "status": 2, "coupon_type": 1, "measure_id": 1,
			"face_value": 50, "balance": 50, "effective_time": %[1]q, "expire_time": %[2]q, "create_time": %[1]q, "active_time": %[1]q,
			"plan_name": "Migration", "coupon_version": 2, "use_limits": [
			{"limit_key": "simultaneousUseWithContractDiscount", "value1": "0", "limit_type": "1", "promotion_plan_id": "PP0000000002"}]},
		{"coupon_id": "CP2611220000003", "coupon_type": 2, "face_value": 0.9}],
		"coupon_max_use_quantity": [{"coupon_type": 1, "coupon_group": 0, "use_quantity_value": 3},
			{"coupon_type": 2, "coupon_group": 0, "use_quantity_value": 3}]}`,
		second.ValidTime.Format(wireTime), second.ExpireTime.Format(wireTime)))
	expect(t, c.call(t, "list_order_coupons", tree{"order_id": "CS2611220000004"}), `{"count": 0, "user_coupons": []}`)
}
