// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestPriceRefusesBadProducts shows errors at the arguments, before any call.
func TestPriceRefusesBadProducts(t *testing.T) {
	t.Parallel()

	ecs := tree{"flavor": "s6.large.2", "os": "linux"}
	codes := func(changes tree) tree {
		all := tree{"service_type_code": "hws.service.type.ebs", "resource_type_code": "hws.resource.type.volume", "resource_spec_code": "SSD"}
		for name, value := range changes {
			all[name] = value
		}

		return tree{"codes": all}
	}
	bandwidth := tree{"resource_type_code": "hws.resource.type.bandwidth"}

	type bad struct {
		change tree
		want   []string
	}

	product := func(product any, want ...string) bad { return bad{tree{"products": tree{"x": product}}, want} }
	both := []bad{
		{tree{"products": tree{}}, []string{".products"}},
		{tree{"products": tree{"": tree{"ecs": ecs}}}, []string{".products[]"}},
		{tree{"products": tree{strings.Repeat("x", 65): tree{"ecs": ecs}}}, []string{".products[" + strings.Repeat("x", 65) + "]"}},
		{tree{"project_id": ""}, []string{".project_id"}},
		{tree{"region": ""}, []string{".region"}},
		{tree{"region": nil}, []string{".products[web]"}},
		product(nil, ".products[x]"),
		product(tree{}, ".products[x]"),
		product(tree{"ecs": ecs, "eip": tree{"type": "5_bgp"}}, ".products[x]"),
		product(tree{"ecs": ecs, "quantity": 0}, ".products[x].quantity"),
		product(tree{"ecs": ecs, "quantity": 10001}, ".products[x].quantity"),
		product(tree{"ecs": ecs, "region": ""}, ".products[x].region"),
		product(tree{"ecs": ecs, "availability_zone": ""}, ".products[x].availability_zone"),
		product(tree{"ecs": tree{"flavor": "", "os": "linux"}}, ".products[x].ecs.flavor"),
		product(tree{"ecs": tree{"flavor": "s6.large.2", "os": "win"}}, ".products[x].ecs.os"),
		product(tree{"evs": tree{"volume_type": "SSD", "size_gb": 0}}, ".products[x].evs.size_gb"),
		product(tree{"evs": tree{"volume_type": "", "size_gb": 1}}, ".products[x].evs.volume_type"),
		product(tree{"eip": tree{"type": "bgp"}}, ".products[x].eip.type"),
		product(tree{"bandwidth": tree{"type": "19_bgp", "size_mbit": 1}}, ".products[x].bandwidth.type"),
		product(tree{"bandwidth": tree{"type": "share", "size_mbit": 0}}, ".products[x].bandwidth.size_mbit"),
		product(codes(nil), ".products[x]"),
		product(codes(bandwidth), ".products[x]"),
		product(codes(tree{"size": 10}), ".products[x].codes.size"),
		product(codes(tree{"size": 10, "size_measure_id": 15}), ".products[x]"),
		product(codes(tree{"resource_type_code": "hws.resource.type.vm", "size": 10, "size_measure_id": 17}), ".products[x]"),
		product(codes(tree{"size": 0, "size_measure_id": 17}), ".products[x].codes.size"),
		product(codes(tree{"size": 10, "size_measure_id": -1}), ".products[x].codes.size_measure_id"),
		product(codes(tree{"resource_type_code": "t", "size_measure_id": 17}), ".products[x].codes.size_measure_id"),
		product(codes(tree{"resource_spec_code": "", "size": 1, "size_measure_id": 17}), ".products[x].codes.resource_spec_code"),
	}
	usage := tree{"factor": "Duration", "value": 1, "measure_id": 4}

	for name, cases := range map[string][]bad{
		"bss_on_demand_price": append(slices.Clone(both),
			bad{tree{"hours": nil}, []string{".products[web]"}},
			bad{tree{"hours": -1}, []string{".hours"}},
			product(tree{"ecs": ecs, "hours": -1}, ".products[x].hours"),
			product(tree{"ecs": ecs, "usage": usage}, ".products[x].usage"),
			product(tree{"traffic": tree{"type": "5_bgp", "gb": 1}, "hours": 1}, ".products[x].hours"),
			product(tree{"traffic": tree{"type": "12_bgp", "gb": 1}}, ".products[x].traffic.type"),
			product(tree{"traffic": tree{"type": "5_bgp", "gb": -1}}, ".products[x].traffic.gb"),
			product(tree{"traffic": tree{"type": "5_bgp", "gb": 1}, "ecs": ecs}, ".products[x]"),
			product(tree{"codes": codes(bandwidth)["codes"], "usage": usage}, ".products[x]"),
			product(tree{"codes": codes(tree{"resource_type_code": "t"})["codes"], "usage": usage, "hours": 1}, ".products[x].hours"),
			product(tree{"codes": codes(tree{"resource_type_code": "t"})["codes"], "usage": tree{"factor": "", "value": 1, "measure_id": 4}},
				".products[x].usage.factor"),
			product(tree{"codes": codes(tree{"resource_type_code": "t"})["codes"], "usage": tree{"factor": "f", "value": -1, "measure_id": 4}},
				".products[x].usage.value"),
			product(tree{"codes": codes(tree{"resource_type_code": "t"})["codes"], "usage": tree{"factor": "f", "value": 1, "measure_id": 10000}},
				".products[x].usage.measure_id"),
		),
		"bss_period_price": append(slices.Clone(both),
			bad{tree{"period": 0}, []string{".period"}},
			bad{tree{"period_unit": "week"}, []string{".period_unit"}},
			product(tree{"ecs": ecs, "installments": "HALF_PAY"}, ".products[x].installments"),
		),
		"bss_renewal_price": {
			{tree{"resource_ids": []string{"a b"}}, []string{".resource_ids[?]"}},
			{tree{"period": 0}, []string{".period"}},
			{tree{"period": 12}, []string{".period"}},
			{tree{"period": 4, "period_unit": "year"}, []string{".period"}},
			{tree{"period_unit": "day"}, []string{".period_unit"}},
		},
	} {
		w := newWorld(t, bsssim.Options{})

		for _, bad := range cases {
			arguments := quotes()[name]
			for argument, value := range bad.change {
				arguments[argument] = value
			}

			_, diags := readData(t, w, name, nil, configuration(t, name, arguments))
			if diff := cmp.Diff(bad.want, diags.places()); diff != "" {
				t.Errorf("%s: %v: %s\n%s", name, bad.change, diff, diags)
			}
		}

		if calls := w.calls(); len(calls) > 0 {
			t.Errorf("calls in spite of the errors: %v", calls)
		}
	}
}

// TestPricesOfUnknownArguments shows that what is not known yet is no error.
func TestPricesOfUnknownArguments(t *testing.T) {
	t.Parallel()

	unknowns := []tree{
		{"products": notKnown{}},
		{"products": tree{"web": notKnown{}}},
		{"products": tree{"web": tree{"ecs": notKnown{}, "evs": notKnown{}}}, "region": notKnown{}},
		{"products": tree{"web": tree{"ecs": tree{"flavor": notKnown{}, "os": notKnown{}}, "quantity": notKnown{}, "region": notKnown{}}}},
		{"products": tree{"web": tree{"codes": tree{"service_type_code": notKnown{}, "resource_type_code": "hws.resource.type.volume",
			"resource_spec_code": "SSD", "size": notKnown{}, "size_measure_id": notKnown{}}}}},
	}
	cases := map[string][]tree{
		"bss_on_demand_price": append(unknowns,
			tree{"hours": notKnown{}},
			tree{"products": tree{"web": tree{"hours": notKnown{}, "usage": notKnown{}, "traffic": notKnown{}, "codes": notKnown{}}}},
			tree{"products": tree{"web": tree{"hours": notKnown{}, "traffic": tree{"type": notKnown{}, "gb": notKnown{}}}}},
			tree{"products": tree{"web": tree{"usage": tree{"factor": notKnown{}, "value": notKnown{}, "measure_id": notKnown{}}, "codes": tree{
				"service_type_code": "s", "resource_type_code": "hws.resource.type.bandwidth", "resource_spec_code": "12_bgp"}}}}),
		"bss_period_price": append(unknowns, tree{"period": notKnown{}}, tree{"period_unit": notKnown{}},
			tree{"products": tree{"web": tree{"installments": notKnown{}, "ecs": notKnown{}}}}),
		"bss_renewal_price": {{"resource_ids": notKnown{}}, {"period": notKnown{}}, {"period_unit": notKnown{}, "period": 11}},
	}

	for name, changes := range cases {
		w := newWorld(t, bsssim.Options{})

		server, schemas, diags := configured(t, w, nil)
		if diags.failed() {
			t.Fatal(diags)
		}

		typ := schemas.DataSourceSchemas[name].ValueType()

		for _, change := range changes {
			arguments := quotes()[name]
			for argument, value := range change {
				arguments[argument] = value
			}

			config := dynamic(t, typ, objectOf(t, typ, configuration(t, name, arguments)))
			if diags := validateData(t, server, name, config); len(diags) > 0 {
				t.Errorf("%s: %v: %s", name, change, diags)
			}
		}
	}
}
