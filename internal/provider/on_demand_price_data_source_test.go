// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccOnDemandPrice(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Settings: map[string]string{"price_discounts": "commercial"}})
	want := shown{
		"prices.linux.amount":                    amount("1.098"),
		"prices.linux.discount_amount":           amount("0.122"),
		"prices.linux.discounts.0.amount":        amount("0.122"),
		"prices.linux.discounts.0.discount_type": "commercial_contract_discount",
		"prices.linux.discounts.0.discount_id":   "DP0000000001",
		"prices.linux.discounts.0.discount_name": "Commercial discount",
		"official_amount":                        amount("5.26603"),
		"discount_amount":                        amount("0.526603"),
		"amount":                                 amount("4.739427"),
		"currency":                               "USD",
	}

	// What the price list says, for each of the kinds of products.
	for name, official := range map[string]amount{
		"linux": "1.22", "windows": "1.07", "disk": "0.1675", "address": "0.05", "bandwidth": "1.7", "shared": "0.62",
		"traffic": "0.285", "codes": "0.00053", "codes_traffic": "0.098", "hong_kong": "0.055",
	} {
		want["prices."+name+".official_amount"] = official
	}

	w.shows(t, `
data "bss_on_demand_price" "this" {
  project_id = "any"
  region     = "ap-southeast-3"
  hours      = 10

  products = {
    linux     = { quantity = 2, ecs = { flavor = "s6.large.2", os = "linux" } }
    windows   = { ecs = { flavor = "c7.large.2", os = "windows" }, availability_zone = "ap-southeast-3a" }
    disk      = { evs = { volume_type = "GPSSD", size_gb = 100 } }
    address   = { eip = { type = "5_bgp" } }
    hong_kong = { eip = { type = "5_bgp" }, region = "ap-southeast-1" }
    bandwidth = { bandwidth = { type = "5_bgp", size_mbit = 5 } }
    shared    = { bandwidth = { type = "share", size_mbit = 2 } }
    traffic   = { traffic = { type = "5_bgp", gb = 2.5 } }
    codes = {
      hours = 2.5
      codes = {
        service_type_code  = "hws.service.type.ebs"
        resource_type_code = "hws.resource.type.volume"
        resource_spec_code = "SSD"
        size               = 1
        size_measure_id    = 17
      }
    }
    codes_traffic = {
      usage = { factor = "upflow", value = 1, measure_id = 10 }
      codes = {
        service_type_code  = "hws.service.type.vpc"
        resource_type_code = "hws.resource.type.bandwidth"
        resource_spec_code = "12_sbgp"
      }
    }
  }
}
`, map[string]shown{"data.bss_on_demand_price.this": want})

	w.readOnly("get_on_demand_price")
}

func TestOnDemandPriceShowsEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "get_on_demand_price", 1000, map[string]any{"product_rating_results.0.id": "web"})
	w := answering(t, "international", map[string]any{pathOnDemandPrice: document.body})
	read := mustRead(t, w, "bss_on_demand_price", configuration(t, "bss_on_demand_price", quotes()["bss_on_demand_price"]))

	read.shows(
		t,
		document.without(func(path string) bool { return path == "product_rating_results.0.id" }),
		strings.NewReplacer(
			"product_rating_results.0.",
			"prices.web.",
			"discount_rating_results.",
			"discounts.",
			"official_website_amount",
			"official_amount",
		),
	)
}

// TestOnDemandPriceAmounts shows that an amount is the same exact number
// however the API writes it.
func TestOnDemandPriceAmounts(t *testing.T) {
	t.Parallel()

	for _, test := range []struct {
		written any
		want    string
	}{
		{json.Number("1.10"), "1.1"},
		{"1.10", "1.1"},
		{json.Number("11e-1"), "1.1"},
		{"0.12345678901234567890", "0.1234567890123456789"},
		{json.Number("0.12345678901234567890"), "0.1234567890123456789"},
		{json.Number("-3.5"), "-3.5"},
		{0, "0"},
		{nil, "null"},
		{"", "null"},
	} {
		amounts := func(more tree) tree {
			more["amount"], more["discount_amount"], more["official_website_amount"] = test.written, test.written, test.written

			return more
		}
		w := answering(t, "international", map[string]any{pathOnDemandPrice: amounts(tree{
			"product_rating_results": []any{amounts(tree{"id": "web", "discount_rating_results": []any{tree{"amount": test.written}}})},
		})})

		mustRead(t, w, "bss_on_demand_price", configuration(t, "bss_on_demand_price", quotes()["bss_on_demand_price"])).want(t, map[string]string{
			"amount": test.want, "discount_amount": test.want, "official_amount": test.want, "prices.web.amount": test.want,
			"prices.web.discount_amount": test.want, "prices.web.official_amount": test.want, "prices.web.discounts.0.amount": test.want,
			"prices.web.discounts.0.discount_type": "null", "prices.web.product_id": "null",
		})
	}
}

// TestOnDemandPriceAsks shows the request, to the last digit of what is used.
func TestOnDemandPriceAsks(t *testing.T) {
	t.Parallel()

	w, bodies := quoting(t, "international", func(tree) (int, any) {
		return http.StatusOK, tree{"product_rating_results": []any{tree{"id": "a"}, tree{"id": "b"}}}
	})
	mustRead(t, w, "bss_on_demand_price", configuration(t, "bss_on_demand_price", tree{
		"project_id": "project", "high_precision": true, "hours": 730, "products": tree{
			"a": tree{"evs": tree{"volume_type": "SSD", "size_gb": 40}, "region": "r1", "availability_zone": "r1a", "quantity": 3,
				"hours": json.Number("0.12345678901234567890")},
			"b": tree{"ecs": tree{"flavor": "f", "os": "windows"}, "region": "r2"},
		},
	}))

	want := []tree{{"project_id": "project", "inquiry_precision": json.Number("1"), "product_infos": []any{
		tree{
			"id": "a", "cloud_service_type": "hws.service.type.ebs", "resource_type": "hws.resource.type.volume", "resource_spec": "SSD",
			"region": "r1", "available_zone": "r1a", "resource_size": json.Number("40"), "size_measure_id": json.Number("17"),
			"usage_factor": "Duration", "usage_value": json.Number("0.1234567890123456789"), "usage_measure_id": json.Number("4"),
			"subscription_num": json.Number("3"),
		},
		tree{
			"id": "b", "cloud_service_type": "hws.service.type.ec2", "resource_type": "hws.resource.type.vm", "resource_spec": "f.win",
			"region": "r2", "usage_factor": "Duration", "usage_value": json.Number("730"), "usage_measure_id": json.Number("4"),
			"subscription_num": json.Number("1"),
		},
	}}}
	if diff := cmp.Diff(want, bodies()); diff != "" {
		t.Error(diff)
	}
}

func TestOnDemandPricePrecision(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Settings: map[string]string{"price_discounts": "none"}})
	arguments := quotes()["bss_on_demand_price"]
	arguments["products"] = tree{"web": tree{"evs": tree{"volume_type": "GPSSD", "size_gb": 1}}}

	for precise, want := range map[any]string{nil: "0.000168", false: "0.000168", true: "0.0001675"} {
		arguments["high_precision"] = precise
		mustRead(t, w, "bss_on_demand_price", configuration(t, "bss_on_demand_price", arguments)).want(t, map[string]string{"amount": want})
	}
}

// TestOnDemandPriceWithoutPermission shows prices whose discounts are hidden.
func TestOnDemandPriceWithoutPermission(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Settings: map[string]string{"discount_permission": "off"}})
	arguments := quotes()["bss_on_demand_price"]
	arguments["region"] = "cn-north-4"

	mustRead(t, w, "bss_on_demand_price", configuration(t, "bss_on_demand_price", arguments)).want(t, map[string]string{
		"prices.web.discounts": "0 elements", "prices.web.amount": "0.427", "amount": "0.427", "currency": "CNY",
	})
}

// TestOnDemandPriceOfAMissAmongSeveral shows that the simulator's own refusal
// ends at the product, and that nothing of the others is shown.
func TestOnDemandPriceOfAMissAmongSeveral(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	arguments := quotes()["bss_on_demand_price"]
	arguments["products"] = tree{
		"known":   tree{"eip": tree{"type": "5_bgp"}},
		"unknown": tree{"ecs": tree{"flavor": "s6.huge.2", "os": "linux"}},
		"unit": tree{"usage": tree{"factor": "Duration", "value": 1, "measure_id": 10}, "codes": tree{
			"service_type_code": "hws.service.type.ec2", "resource_type_code": "hws.resource.type.vm", "resource_spec_code": "s6.large.2.linux"}},
	}

	read, diags := readData(t, w, "bss_on_demand_price", nil, configuration(t, "bss_on_demand_price", arguments))
	if read != nil {
		t.Errorf("a state: %v", read)
	}

	if diff := cmp.Diff([]string{".products[unit]", ".products[unknown]"}, diags.places()); diff != "" {
		t.Errorf("%s\n%s", diff, diags)
	}

	diags.says(t, "products", "CBC.99006006", "CBC.99006050", "s6.huge.2.linux")
}
