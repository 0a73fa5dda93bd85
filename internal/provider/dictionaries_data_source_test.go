// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// dictionaryCase is a data source of a dictionary, and what its answer has.
type dictionaryCase struct {
	operation, path string
	arguments       attributes
	// fixed are values that the answer has to have.
	fixed map[string]any
	// renamed are pairs of parts of paths, in the answer and in the state.
	renamed []string
	// rows are the list of the state; code is the attribute that codes has.
	rows, code string
}

func dictionaryCases() map[string]dictionaryCase {
	ofVPC := attributes{"service_type_code": str("hws.service.type.vpc")}

	return map[string]dictionaryCase{
		"bss_service_types": {
			operation: "list_service_types", path: "/v2/products/service-types", rows: "service_types", code: "service_type_code",
		},
		"bss_resource_types": {
			operation: "list_resource_types", path: "/v2/products/resource-types", rows: "resource_types", code: "resource_type_code",
		},
		"bss_service_resources": {
			operation: "list_service_resources", path: "/v2/products/service-resources", arguments: ofVPC, rows: "service_resources",
			code: "resource_type_code", renamed: []string{".infos.0.basic_info.", ".service_resources.0."},
		},
		"bss_usage_types": {
			operation: "list_usage_types", path: "/v2/products/usage-types", rows: "usage_types", code: "usage_type_code",
			renamed: []string{".usage_types.0.code.", ".usage_types.0.usage_type_code.", ".usage_types.0.name.", ".usage_types.0.usage_type_name."},
		},
		"bss_measure_units": {
			operation: "list_measure_units", path: "/v2/bases/measurements", rows: "measure_units", code: "measure_id",
		},
		"bss_measure_conversions": {
			operation: "list_conversions", path: "/v2/bases/conversions", rows: "measure_conversions",
			renamed: []string{".conversions.", ".measure_conversions."},
		},
		"bss_resource_specs": {
			operation: "list_resource_specs", path: "/v2/products/resource-specs-query", rows: "resource_specs", code: "resource_spec_code",
			arguments: specsOf("hws.resource.type.volume"), fixed: map[string]any{"page_info.next_marker": ""},
			renamed: []string{
				".cloud_service_basics.0.cloud_service_type.", ".resource_specs.0.service_type_code.",
				".cloud_service_basics.0.cloud_service_type_name.", ".resource_specs.0.service_type_name.",
				".cloud_service_basics.0.resource_type.", ".resource_specs.0.resource_type_code.",
				".cloud_service_basics.0.resource_spec.", ".resource_specs.0.resource_spec_code.",
				".cloud_service_basics.", ".resource_specs.",
			},
		},
	}
}

// specsOf are arguments of specifications, of disks or of what else is a type of
// resource.
func specsOf(resourceType string) attributes {
	return attributes{
		"service_type_code": str("hws.service.type.ebs"), "resource_type_code": str(resourceType),
		"region_code": str("ap-southeast-3"), "charge_mode": str("yearly_monthly"),
	}
}

func TestDictionariesShowEveryField(t *testing.T) {
	t.Parallel()

	for name, test := range dictionaryCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			fixed := map[string]any{"total_count": 1}
			maps.Copy(fixed, test.fixed)

			document := newDocument(t, test.operation, 1000, fixed)
			read := mustRead(t, answering(t, "international", map[string]any{test.path: document.body}), name, test.arguments)

			// The marker ends the read, and is not shown.
			leaves := document.without(func(path string) bool { return path == "page_info.next_marker" })
			read.shows(t, leaves, strings.NewReplacer(test.renamed...))

			// measure_id is 1 in every such document.
			if strings.HasPrefix(name, "bss_measure") {
				read.want(t, map[string]string{test.rows + ".0.measure_id": "1"})
			}

			read.want(t, map[string]string{"total_count": "1"})

			if code := read[test.rows+".0."+test.code]; test.code != "" && !strings.Contains(read["codes"], `"`+code+`":`) {
				t.Errorf("codes are %s, without %s", read["codes"], code)
			}
		})
	}
}

func TestDictionariesOfNothing(t *testing.T) {
	t.Parallel()

	for name, test := range dictionaryCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			nothing := map[string]any{"total_count": 0, "measure_units": nil, "conversions": nil, "cloud_service_basics": nil}
			w := answering(t, "china", map[string]any{test.path: nothing})
			read := mustRead(t, w, name, test.arguments)
			read.want(t, map[string]string{test.rows: "0 elements", "total_count": "0"})

			// Empty, not null.
			if byCode := read["codes"] + read["ratios"]; !strings.HasSuffix(byCode, "<>") {
				t.Errorf("by code: %s", byCode)
			}
		})
	}
}

func TestDictionariesAbsentFieldsAreNull(t *testing.T) {
	t.Parallel()

	for name, test := range dictionaryCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			list := responseFields(t, test.operation)
			body := map[string]any{"total_count": 1}

			for _, part := range list {
				if strings.HasPrefix(part.Type, "array") {
					body[part.Name] = []any{map[string]any{}}
				}
			}

			read := mustRead(t, answering(t, "china", map[string]any{test.path: body}), name, test.arguments)
			for path, value := range read {
				if strings.HasPrefix(path, test.rows+".0.") && value != "null" {
					t.Errorf("%s = %s, want null", path, value)
				}
			}

			read.want(t, map[string]string{test.rows: "1 elements"})
		})
	}
}

// TestAccDictionariesAreReadOnce: two data sources for each dictionary are one
// call in a run, and a filter of the provider is none.
func TestAccDictionariesAreReadOnce(t *testing.T) {
	t.Parallel()

	config := ""

	for _, suffix := range []string{"one", "two", "three"} {
		config += strings.ReplaceAll(`
data "bss_service_types" "SUFFIX" {}
data "bss_resource_types" "SUFFIX" {}
data "bss_resource_types" "SUFFIX_disks" { name_contains = "disk" }
data "bss_service_resources" "SUFFIX" { service_type_code = "hws.service.type.vpc" }
data "bss_usage_types" "SUFFIX" {}
data "bss_measure_units" "SUFFIX" {}
data "bss_measure_units" "SUFFIX_bytes" { name_contains = "gb" }
data "bss_measure_conversions" "SUFFIX" {}
data "bss_resource_specs" "SUFFIX" {
  service_type_code  = "hws.service.type.ebs"
  resource_type_code = "hws.resource.type.volume"
  region_code        = "ap-southeast-3"
  charge_mode        = "pay_per_use"
}
`, "SUFFIX", suffix)
	}

	w, c := demoCLI(t, "", config)
	c.planOK()

	calls := w.calls()
	slices.Sort(calls)

	want := []string{
		"list_conversions", "list_measure_units", "list_resource_specs", "list_resource_types", "list_service_resources", "list_service_types",
		"list_usage_types",
	}
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Error(diff)
	}
}

func TestAccDictionaries(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Settings: map[string]string{"spec_page_size": "2"}})
	w.shows(t, `
provider "bss" { language = "en_US" }

data "bss_service_types" "disks" { service_type_name = "volume" }

data "bss_resource_types" "disks" {
  service_type_code = one(keys(data.bss_service_types.disks.codes))
}

data "bss_resource_types" "instances" { name_contains = "inst" }

data "bss_service_resources" "network" {
  service_type_code = "hws.service.type.vpc"
  name_contains     = "BAND"
}

data "bss_usage_types" "bandwidth" {
  resource_type_code = "hws.resource.type.bandwidth"
}

data "bss_measure_units" "capacity" { measure_type = "capacity" }

data "bss_measure_conversions" "capacity" { measure_type = "capacity" }

data "bss_resource_specs" "disks" {
  service_type_code  = "hws.service.type.ebs"
  resource_type_code = one(keys(data.bss_resource_types.disks.codes))
  region_code        = "cn-north-4"
  charge_mode        = "yearly_monthly"
}

data "bss_resource_specs" "ssd" {
  service_type_code  = "hws.service.type.ebs"
  resource_type_code = "hws.resource.type.volume"
  region_code        = "cn-north-4"
  charge_mode        = "pay_per_use"
  resource_spec_code = "SSD"
}
`, map[string]shown{
		"data.bss_service_types.disks": {
			"service_types": elements(1), "codes": shown{"hws.service.type.ebs": "Elastic Volume Service"}, "service_types.0.abbreviation": "EVS",
		},
		"data.bss_resource_types.disks": {
			"codes": shown{"hws.resource.type.volume": "Cloud Disk"}, "resource_types.0.resource_type_desc": "Disks by size", "total_count": 1,
		},
		"data.bss_resource_types.instances":  {"resource_types": elements(3), "codes": shown{"hws.resource.type.instance": "Instance"}},
		"data.bss_service_resources.network": {"service_resources": elements(1), "codes": shown{"hws.resource.type.bandwidth": "Bandwidth"}},
		"data.bss_usage_types.bandwidth": {
			"codes": shown{"Duration": "Duration", "upflow": "Outbound Traffic"}, "usage_types.0.service_type_name": "Virtual Private Cloud",
		},
		"data.bss_measure_units.capacity": {
			"measure_units": elements(3), "measure_units.1.measure_id": 17, "measure_units.1.measure_type": "capacity",
			"measure_units.1.abbreviation": "GB",
		},
		"data.bss_measure_conversions.capacity": {
			"measure_conversions": elements(2), "ratios": shown{"16:17": 1024, "17:18": 1024}, "measure_conversions.0.measure_type": "capacity",
		},
		"data.bss_resource_specs.disks": {
			"resource_specs": elements(5), "total_count": 5, "resource_specs.4.resource_spec_code": "SSD",
			"resource_specs.4.charge_mode": "yearly_monthly", "resource_specs.0.region_code": "cn-north-4",
		},
		"data.bss_resource_specs.ssd": {
			"codes": shown{"SSD": "Ultra-high I/O"}, "resource_specs": elements(1), "resource_specs.0.charge_mode": "pay_per_use",
		},
	})

	w.readOnly(
		"list_conversions", "list_measure_units", "list_resource_specs", "list_resource_types", "list_service_resources", "list_service_types",
		"list_usage_types",
	)
}

// TestSpecsOfCodesThatDoNotGoTogether: the API answers nothing, and a warning says why.
func TestSpecsOfCodesThatDoNotGoTogether(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	ask := func(service, resource string, more tree) diagnostics {
		arguments := tree{
			"service_type_code": service, "resource_type_code": resource, "region_code": "ap-southeast-3", "charge_mode": "yearly_monthly",
		}
		maps.Copy(arguments, more)

		read, diags := readData(t, w, "bss_resource_specs", nil, configuration(t, "bss_resource_specs", arguments))
		if diags.failed() {
			t.Fatal(diags)
		}

		read.want(t, map[string]string{"resource_specs": "0 elements", "total_count": "0"})

		return diags
	}

	for _, test := range []struct {
		service, resource string
		more              tree
		says              []string
	}{
		{
			"hws.service.type.ebs", "hws.resource.type.vm", nil,
			[]string{"hws.service.type.ebs has no resource hws.resource.type.vm", "It has hws.resource.type.volume"},
		},
		{"hws.service.type.evs", "hws.resource.type.volume", nil, []string{"No service has the code hws.service.type.evs"}},
		// They go together, and there is nothing of the kind.
		{"hws.service.type.ebs", "hws.resource.type.volume", tree{"resource_spec_code": "NONE"}, nil},
		{"hws.service.type.ebs", "hws.resource.type.volume", tree{"region_code": "nowhere"}, nil},
	} {
		diags := ask(test.service, test.resource, test.more)
		if diags.warns("Codes do not go together") != (test.says != nil) {
			t.Errorf("%s and %s: %s", test.service, test.resource, diags)
		}

		for _, part := range test.says {
			if !strings.Contains(diags.String(), part) {
				t.Errorf("no word of %q in: %s", part, diags)
			}
		}
	}
}
