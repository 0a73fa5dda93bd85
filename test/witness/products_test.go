// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestResourceTypes reads the second page of the types of resources, and those
// of one service.
func TestResourceTypes(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		total := 8
		if c.sim.Site() == bsssim.SiteChina {
			total = 9
		}
		expect(t, c.call(t, "list_resource_types", tree{"limit": 1, "offset": 1, "X-Language": "en_US"}), fmt.Sprintf(`{"total_count": %d,
			"resource_types": [{"resource_type_code": "hws.resource.type.volume", "resource_type_name": "Cloud Disk",
				"resource_type_desc": "Disks by size", "service_type_code": "hws.service.type.ebs"}]}`, total))
		expect(
			t,
			c.call(t, "list_service_resources", tree{"service_type_code": "hws.service.type.vpc", "X-Language": "en_US"}),
			`{"total_count": 2,
			"infos": [{"basic_info": {"resource_type_code": "hws.resource.type.ip", "product_owner_service": "hws.service.type.vpc",
				"name": "IP Address", "description": "Public addresses without bandwidth"}},
				{"basic_info": {"resource_type_code": "hws.resource.type.bandwidth"}}]}`,
		)
		expect(
			t,
			c.call(t, "list_usage_types", tree{"resource_type_code": "hws.resource.type.bandwidth", "limit": 1, "offset": 1, "X-Language": "en_US"}),
			`{"total_count": 2, "usage_types": [{"code": "upflow", "name": "Outbound Traffic", "resource_type_code": "hws.resource.type.bandwidth",
				"service_type_code": "hws.service.type.vpc", "resource_type_name": "Bandwidth", "service_type_name": "Virtual Private Cloud"}]}`,
		)
	})
}

// TestMeasures reads units, and the conversions of one type.
func TestMeasures(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		units := c.call(t, "list_measure_units", tree{"X-Language": "en_US"})
		rows, _ := units["measure_units"].([]any)
		if len(rows) < 10 {
			t.Fatalf("%d units", len(rows))
		}
		expect(t, tree{"unit": rows[1]}, `{"unit": {"measure_id": 4, "measure_name": "Hour", "abbreviation": "h", "measure_type": 2}}`)
		expect(t, c.call(t, "list_conversions", tree{"measure_type": 7}), `{"conversions": [
			{"measure_id": 16, "ref_measure_id": 17, "conversion_ratio": 1024, "measure_type": 7},
			{"measure_id": 17, "ref_measure_id": 18, "conversion_ratio": 1024, "measure_type": 7}]}`)
	})
}

// TestResourceSpecs follows the markers of specifications to the end.
func TestResourceSpecs(t *testing.T) {
	t.Parallel()
	onEachSiteWith(t, bsssim.Options{Settings: map[string]string{"spec_page_size": "2"}}, func(t *testing.T, c *client) {
		body := tree{
			"cloud_service_type": "hws.service.type.ebs", "resource_type": "hws.resource.type.volume", "region_code": "ap-southeast-3",
			"charge_mode": "1", "limit": 100,
		}
		var specs []string
		for range 5 {
			answer := c.call(t, "list_resource_specs", tree{"body": body, "X-Language": "en_us"})
			specs = append(specs, idsIn(t, answer, "cloud_service_basics", "resource_spec")...)
			info, _ := answer["page_info"].(tree)
			if info["next_marker"] == nil {
				break
			}
			body["marker"] = info["next_marker"]
		}
		if diff := cmp.Diff([]string{"ESSD", "GPSSD", "SAS", "SATA", "SSD"}, specs); diff != "" {
			t.Error(diff)
		}
		delete(body, "marker")
		body["filters"] = []tree{{"key": "RESOURCE_SPEC", "value": "SAS"}}
		expect(t, c.call(t, "list_resource_specs", tree{"body": body, "X-Language": "en_us"}), `{"cloud_service_basics": [{
			"cloud_service_type": "hws.service.type.ebs", "cloud_service_type_name": "Elastic Volume Service",
			"resource_type": "hws.resource.type.volume", "resource_type_name": "Cloud Disk", "resource_spec": "SAS",
			"resource_spec_name": "High I/O", "charge_mode": "1", "region_code": "ap-southeast-3"}]}`)
	})
}
