// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPackages reads the packages of the demo customer, what is left of them,
// and what was deducted.
func TestPackages(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		answer := c.call(t, "list_packages", tree{"body": tree{"limit": 1, "offset": 0}, "X-Language": "en_US"})
		expect(t, answer, `{"total_count": 6, "free_resource_packages": [{
			"order_instance_id": "PK2611220000001", "order_id": "CSP0000000001", "product_id": "00302-120001-0--0",
			"product_name": "EIP 720 hours a month", "enterprise_project_id": "", "enterprise_project_scope": 0,
			"effective_time": "2026-08-22T00:00:00Z", "expire_time": "2027-08-22T00:00:00Z", "status": 1,
			"service_type_code": "hws.service.type.vpc", "service_type_name": "Virtual Private Cloud", "region_code": "ap-southeast-3",
			"source_type": 0, "bundle_type": "BUNDLE_PKG", "quota_reuse_mode": 1, "free_resources": [
				{"free_resource_id": "FR00000000001-1", "usage_type_name": "Duration", "amount": "540.00", "original_amount": "720.00",
					"measure_id": 4},
				{"free_resource_id": "FR00000000001-2", "amount": "720.00"}]}]}`)
		if diff := cmp.Diff([]string{"PK2611220000003"}, idsIn(t, c.call(t, "list_packages", tree{"body": tree{
			"service_type_code_list": []string{"hws.service.type.obs"}, "status": 1,
		}}), "free_resource_packages", "order_instance_id")); diff != "" {
			t.Error(diff)
		}
		expect(
			t,
			c.call(t, "list_package_usages", tree{"body": tree{"free_resource_ids": []string{"FR00000000001-1", "unknown"}}, "X-Language": "en_US"}),
			`{"free_resources": [{"free_resource_id": "FR00000000001-1", "free_resource_type_name": "IP Address", "quota_reuse_cycle": 4,
				"quota_reuse_cycle_type": 1, "usage_type_name": "Duration", "start_time": "2026-10-31T16:00:00Z",
				"end_time": "2026-11-30T16:00:00Z", "amount": 540, "original_amount": 720, "measure_id": 4}]}`,
		)
		records := c.call(t, "list_package_usage_records", tree{
			"deduct_time_begin": "2026-11-01", "deduct_time_end": "2026-11-30", "free_resource_id": "FR00000000002-1", "limit": 1, "offset": 1,
		})
		name := "IP Address"
		if c.sim.Site() == sites[0] {
			name = "IP"
		}
		expect(t, records, fmt.Sprintf(`{"total_count": 5, "free_resource_records": [{
			"deduct_time": "2026-11-13T16:00:00Z", "free_resource_id": "FR00000000002-1", "resource_id": "b5500000-51a0-4000-8000-0000000000f1",
			"resource_type_code": "hws.resource.type.ip", "resource_type_name": %q, "product_id": "00302-120002-0--0",
			"product_name": "EIP 100 hours", "usage_type_code": "Duration", "available_amount": "36.00", "remaining_amount": "12.00",
			"used_amount": "24.00", "measure_id": 4, "effective_time": "2026-09-22T00:00:00Z", "expire_time": "2026-12-22T00:00:00Z"}]}`, name))
	})
}
