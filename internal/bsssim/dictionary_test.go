// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

const specsPath = "/v2/products/resource-specs-query"

var allSites = []string{SiteChina, SiteInternational, SiteEurope}

// specs asks for the specifications of a type of resource in a charge mode.
func (c *client) specs(t *testing.T, service, resourceType, region, mode, more string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, specsPath, fmt.Sprintf(
		`{"cloud_service_type":%q,"resource_type":%q,"region_code":%q,"charge_mode":%q%s}`, service, resourceType, region, mode, more))
}

// The dictionaries know all that there is in the demo world and in a generated
// one, and what they know can be priced.
func TestDictionariesFitThePriceList(t *testing.T) {
	t.Parallel()
	for _, site := range allSites {
		t.Run(site, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Site: site, Seed: "demo", Generate: Generate{Resources: 12, Attached: 1}}).rich(t)
			c.pay(t, "CS2611220000001").want(t, http.StatusNoContent) // a server and a disk
			services := c.get(t, "/v2/products/service-types?limit=1000").column("service_types", "service_type_code")
			types := c.get(t, "/v2/products/resource-types?limit=1000")
			units := c.get(t, "/v2/bases/measurements").column("measure_units", "measure_id")
			for _, r := range c.World().Resources {
				if !slices.Contains(services, r.ServiceTypeCode) {
					t.Errorf("%s: no service %s", r.Name, r.ServiceTypeCode)
				}
				if !slices.Contains(types.column("resource_types", "resource_type_code"), r.ResourceTypeCode) {
					t.Errorf("%s: no type %s", r.Name, r.ResourceTypeCode)
				}
				found := c.specs(t, r.ServiceTypeCode, r.ResourceTypeCode, r.RegionCode, "1", "").want(t, http.StatusOK)
				if !slices.Contains(found.column("cloud_service_basics", "resource_spec"), r.SpecCode) {
					t.Errorf("%s: no specification %s of %s", r.Name, r.SpecCode, r.ResourceTypeCode)
				}
				product := fmt.Sprintf(`"cloud_service_type":%q,"resource_type":%q,"resource_spec":%q,"region":%q`,
					r.ServiceTypeCode, r.ResourceTypeCode, r.SpecCode, r.RegionCode)
				if r.SpecSize != "" {
					product += fmt.Sprintf(`,"resource_size":%s,"size_measure_id":%d`, strings.TrimSuffix(string(r.SpecSize), ".00"), r.sizeMeasure())
					if !slices.Contains(units, itoa(r.sizeMeasure())) {
						t.Errorf("%s: no unit %d", r.Name, r.sizeMeasure())
					}
				}
				c.must(t, http.MethodPost, periodPricePath, rating(products(`"subscription_num":1,"period_type":2,"period_num":1`, product))).
					want(t, http.StatusOK)
			}
			// The other way round: all that is listed has a price.
			for i := range types.column("resource_types", "resource_type_code") {
				service, resource := types.text("resource_types", i, "service_type_code"), types.text("resource_types", i, "resource_type_code")
				for _, spec := range c.specs(t, service, resource, "cn-north-4", "1", "").column("cloud_service_basics", "resource_spec") {
					product := fmt.Sprintf(`"cloud_service_type":%q,"resource_type":%q,"resource_spec":%q,"region":"cn-north-4"`, service, resource, spec)
					for j := range priceList {
						if o := &priceList[j]; o.spec == spec && o.sizeMeasure != 0 {
							product += fmt.Sprintf(`,"resource_size":1,"size_measure_id":%d`, o.sizeMeasure)
						}
					}
					c.must(t, http.MethodPost, periodPricePath, rating(products(`"subscription_num":1,"period_type":2,"period_num":1`, product))).
						want(t, http.StatusOK)
				}
			}
		})
	}
}

func TestServiceResourcesAndUsageTypes(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	resources := c.get(t, "/v2/products/service-resources?service_type_code=hws.service.type.vpc&limit=1&offset=1")
	same(t, "total", resources.text("total_count"), "2")
	same(t, "second page", resources.text("infos", 0, "basic_info", "resource_type_code"), typeBandwidth)
	same(t, "of nothing", c.get(t, "/v2/products/service-resources?service_type_code=x").raw, `{"infos":[],"total_count":0}`)
	c.must(t, http.MethodGet, "/v2/products/service-resources", "").refused(t, http.StatusBadRequest, "CBC.0100")
	usage := c.get(t, "/v2/products/usage-types?resource_type_code="+typeBandwidth)
	same(t, "usage", usage.column("usage_types", "code"), []string{usageDuration, usageTraffic})
	same(t, "of all", c.get(t, "/v2/products/usage-types?limit=100").text("total_count"), "9")
	chinese := c.must(t, http.MethodGet, "/v2/products/usage-types?limit=1", "", "X-Language", "zh_CN")
	same(t, "name", chinese.text("usage_types", 0, "service_type_name")+chinese.text("usage_types", 0, "name"), "弹性云服务器时长")
}

func TestConversions(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteEurope})
	same(t, "currency", c.get(t, "/v2/bases/measurements").text("measure_units", 0, "abbreviation"), "EUR")
	same(t, "all", len(c.get(t, "/v2/bases/conversions").column("conversions", "measure_id")), len(conversions))
	same(
		t,
		"of time",
		c.get(t, "/v2/bases/conversions?measure_type=2").column("conversions", "conversion_ratio"),
		[]string{"60", "60", "3600"},
	)
	same(t, "of none", c.get(t, "/v2/bases/conversions?measure_type=82").raw, `{"conversions":[]}`)
	c.must(t, http.MethodGet, "/v2/bases/conversions?measure_type=5", "").refused(t, http.StatusBadRequest, "CBC.0100")
}

func TestResourceSpecsByMarker(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Settings: map[string]string{"spec_page_size": "3"}})
	disks := func(more string) reply {
		t.Helper()

		return c.specs(t, "hws.service.type.ebs", "hws.resource.type.volume", "cn-north-4", "1", more)
	}
	first := disks("").want(t, http.StatusOK)
	same(t, "first page", first.column("cloud_service_basics", "resource_spec"), []string{"ESSD", "GPSSD", "SAS"})
	same(t, "name", first.text("cloud_service_basics", 1, "resource_spec_name"), "通用型SSD")
	marker := first.text("page_info", "next_marker")
	last := disks(fmt.Sprintf(`,"marker":%q`, marker)).want(t, http.StatusOK)
	same(t, "second page", last.column("cloud_service_basics", "resource_spec"), []string{"SATA", "SSD"})
	same(t, "last marker", last.text("page_info", "next_marker"), "")
	same(
		t,
		"filtered",
		disks(`,"filters":[{"key":"RESOURCE_SPEC","value":"SSD"}]`).column("cloud_service_basics", "resource_spec"),
		[]string{"SSD"},
	)
	disks(`,"marker":"x"`).refused(t, http.StatusBadRequest, "CBC.0100")
	disks(`,"limit":101`).refused(t, http.StatusBadRequest, "CBC.0100")
	c.set(t, "spec_page_size", "1")
	c.set(t, "spec_markers", "stay")
	same(t, "stays", disks(`,"marker":"spec-1"`).text("page_info", "next_marker"), "spec-1")
	c.set(t, "spec_markers", "repeat")
	same(t, "comes again", disks(`,"marker":"spec-3"`).text("page_info", "next_marker"), "spec-0")
	traffic := c.specs(t, "hws.service.type.vpc", typeBandwidth, "cn-north-4", "3", `,"filters":[{"key":"RESOURCE_SPEC","value":"12_bgp"}]`)
	same(t, "by use", traffic.column("cloud_service_basics", "charge_mode"), []string{"3"})
	same(
		t,
		"nowhere",
		c.specs(t, "hws.service.type.vpc", typeBandwidth, "mars", "3", "").column("cloud_service_basics", "resource_spec"),
		[]string{},
	)
}
