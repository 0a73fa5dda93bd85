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

// demoResource is the id of a resource of the demo customer.
func demoResource(number int) string {
	return fmt.Sprintf("b5500000-51a0-4000-8000-%012x", number)
}

func (c *client) resource(t *testing.T, id string) *bsssim.Resource {
	t.Helper()
	for _, resource := range c.sim.World().Resources {
		if resource.ResourceID == id {
			return resource
		}
	}
	t.Fatalf("no resource %s", id)

	return nil
}

func TestResources(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		names := []string{"Elastic Cloud Server", "Elastic Volume Service"}
		if c.sim.Site() == bsssim.SiteChina {
			names = []string{"弹性云服务器", "云硬盘"}
		}
		server, disk := c.resource(t, demoResource(1)), c.resource(t, demoResource(2))
		answer := c.call(t, "list_resources", tree{"body": tree{"resource_ids": []string{demoResource(1)}}})
		expect(t, answer, fmt.Sprintf(`{"total_count": 3, "data": [
			{"id": "RS0000000001", "resource_id": %[1]q, "resource_name": "web-1", "region_code": "ap-southeast-3",
				"service_type_code": "hws.service.type.ec2", "service_type_name": %[2]q, "resource_type_code": "hws.resource.type.vm",
				"resource_spec_code": "s6.large.2.linux", "project_id": %[3]q, "product_id": "00301-110000-0--0",
				"parent_resource_id": "", "is_main_resource": 1, "status": 2, "effective_time": %[4]q, "expire_time": %[5]q,
				"expire_policy": 0, "product_spec_desc": "web-1", "update_time": %[4]q, "enterprise_project": {"id": "0", "name": "default"}},
			{"resource_id": %[6]q, "service_type_name": %[7]q, "parent_resource_id": %[1]q, "is_main_resource": 0, "status": 2,
				"expire_time": %[8]q, "spec_size": 40, "spec_size_measure_id": 17},
			{"resource_id": %[9]q, "parent_resource_id": %[1]q, "is_main_resource": 0, "spec_size": 100, "spec_size_measure_id": 17}]}`,
			demoResource(1), names[0], server.ProjectID, server.EffectiveTime.Format(wireTime), server.ExpireTime.Format(wireTime),
			demoResource(2), names[1], disk.ExpireTime.Format(wireTime), demoResource(3)))
	})
}

func TestResourceFilters(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		in := func(days int) string { return c.sim.Now().Add(time.Duration(days) * 24 * time.Hour).Format(wireTime) }
		ordered := c.call(t, "list_resources", tree{"body": tree{"order_id": "CS2611220000004"}})
		expect(t, ordered, `{"total_count": 1, "data": [{"service_type_code": "hws.service.type.dcs", "status": 2}]}`)
		tests := []struct {
			body tree
			want []string
		}{
			{tree{"resource_ids": []string{demoResource(1)}, "only_main_resource": 1}, []string{"web-1"}},
			{tree{"resource_ids": []string{demoResource(5)}}, []string{"web-2-system"}},
			{tree{"resource_ids": []string{demoResource(6), demoResource(7)}}, []string{"orders-db", "cache"}},
			{tree{"status_list": []int{3}}, []string{"closed-server"}},
			{tree{"status_list": []int{4, 5}}, []string{"old-server", "suspended-server"}},
			{tree{"service_type_code": "hws.service.type.rds"}, []string{"orders-db"}},
			{tree{"service_type_code": "hws.service.type.vpc", "only_main_resource": 1}, []string{"gateway-ip"}},
			{tree{"expire_time_begin": in(1), "expire_time_end": in(10)}, []string{"orders-db"}},
			{tree{"status_list": []int{2}, "only_main_resource": 1, "limit": 2, "offset": 1}, []string{"web-2", "orders-db"}},
			{tree{"resource_ids": []string{"unknown"}}, []string{}},
		}
		for _, test := range tests {
			answer := c.call(t, "list_resources", tree{"body": test.body})
			if diff := cmp.Diff(test.want, idsIn(t, answer, "data", "resource_name")); diff != "" {
				t.Errorf("%v (-want +got):\n%s", test.body, diff)
			}
		}
	})
}
