// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListProducts(t *testing.T) {
	t.Parallel()
	fake := inTurn(
		gives(200, filled(t, "list_service_types")), gives(200, filled(t, "list_resource_types")),
		gives(200, filled(t, "list_service_resources")), gives(200, filled(t, "list_usage_types")),
		gives(200, filled(t, "list_measure_units")), gives(200, filled(t, "list_conversions")),
	)
	c, _ := newTestClient(t, fake, WithLanguage("en_US"))
	services, err := collect(t, c.ListServiceTypes(t.Context(), "elastic"))
	if err != nil || len(services) != 1 || services[0].Abbreviation == "" {
		t.Errorf("services: %+v, %v", services, err)
	}
	types, err := collect(t, c.ListResourceTypes(t.Context()))
	if err != nil || len(types) != 1 || types[0].ResourceTypeDesc == "" {
		t.Errorf("types: %+v, %v", types, err)
	}
	resources, err := collect(t, c.ListServiceResources(t.Context(), "s"))
	if err != nil || len(resources) != 1 || resources[0].ProductOwnerService == "" {
		t.Errorf("resources: %+v, %v", resources, err)
	}
	usage, err := collect(t, c.ListUsageTypes(t.Context(), ""))
	if err != nil || len(usage) != 1 || usage[0].ServiceTypeName == "" {
		t.Errorf("usage: %+v, %v", usage, err)
	}
	units, err := c.ListMeasureUnits(t.Context())
	if err != nil || len(units) != 1 || units[0].MeasureType == 0 {
		t.Errorf("units: %+v, %v", units, err)
	}
	conversions, err := c.ListConversions(t.Context(), 7)
	if err != nil || len(conversions) != 1 || conversions[0].ConversionRatio == 0 {
		t.Errorf("conversions: %+v, %v", conversions, err)
	}
	var queries []string
	for _, request := range fake.requests() {
		queries = append(queries, request.URL.RawQuery)
		if request.Header.Get("X-Language") != "en_US" {
			t.Errorf("%s: no language", request.URL)
		}
	}
	want := []string{
		"limit=1000&offset=0&service_type_name=elastic", "limit=1000&offset=0", "limit=100&offset=0&service_type_code=s",
		"limit=100&offset=0", "", "measure_type=7",
	}
	if diff := cmp.Diff(want, queries); diff != "" {
		t.Error(diff)
	}
}

// specPage is a page of specifications with the marker of the next one, as JSON.
func specPage(marker string, specs ...string) string {
	rows := make([]string, len(specs))
	for i, spec := range specs {
		rows[i] = fmt.Sprintf(`{"resource_spec":%q}`, spec)
	}

	return fmt.Sprintf(`{"page_info":{"next_marker":%s},"cloud_service_basics":[%s]}`, marker, strings.Join(rows, ","))
}

func TestListResourceSpecs(t *testing.T) {
	t.Parallel()
	req := ListResourceSpecsRequest{CloudServiceType: "s", ResourceType: "r", RegionCode: "x", ChargeMode: ChargeModePeriod, ResourceSpec: "a"}
	fake := inTurn(gives(200, specPage(`"m1"`, "a")), gives(200, specPage(`"m2"`)), gives(200, specPage("null", "b")))
	c, _ := newTestClient(t, fake)
	got, err := c.ListResourceSpecs(t.Context(), req)
	if diff := cmp.Diff([]ResourceSpec{{ResourceSpec: "a"}, {ResourceSpec: "b"}}, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	var bodies []string
	for _, request := range fake.requests() {
		bodies = append(bodies, request.body)
	}
	const first = `{"cloud_service_type":"s","resource_type":"r","region_code":"x","charge_mode":"1","filters":[{"key":"RESOURCE_SPEC","value":"a"}],`
	want := []string{first + `"limit":100}`, first + `"marker":"m1","limit":100}`, first + `"marker":"m2","limit":100}`}
	if diff := cmp.Diff(want, bodies); diff != "" {
		t.Error(diff)
	}
}

// TestMarkersWithoutEnd: what cannot be read to the end is an error, not a part.
func TestMarkersWithoutEnd(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fake  *network
		calls int
	}{
		"stays":        {inTurn(gives(200, specPage(`"m1"`, "a")), gives(200, specPage(`"m1"`, "b"))), 2},
		"comes again":  {inTurn(gives(200, specPage(`"m1"`)), gives(200, specPage(`"m2"`)), gives(200, specPage(`"m1"`))), 3},
		"without page": {always(200, `{"page_info":null,"cloud_service_basics":null}`), 1},
	} {
		c, _ := newTestClient(t, test.fake)
		got, err := c.ListResourceSpecs(t.Context(), ListResourceSpecsRequest{ChargeMode: ChargeModePeriod})
		if len(got) != 0 || errors.Is(err, ErrIncomplete) != (name != "without page") || len(test.fake.requests()) != test.calls {
			t.Errorf("%s: %v, %v, %d calls", name, got, err, len(test.fake.requests()))
		}
	}
}
