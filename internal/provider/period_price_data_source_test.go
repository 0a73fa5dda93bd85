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

func TestAccPeriodPrice(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	want := shown{
		"official_amount":                amount("1714.86"),
		"best_offer_amount":              amount("1543.37"),
		"currency":                       "USD",
		"installment_official_amount":    nil,
		"discounts.0.amount":             amount("1543.37"),
		"discounts.0.discount_amount":    amount("171.49"),
		"discounts.0.best_offer":         true,
		"discounts.0.discount_type":      "commercial_contract_discount",
		"discounts.1.amount":             amount("1629.12"),
		"discounts.1.prices.disk.amount": amount("95"),
		"discounts.1.best_offer":         false,
	}

	for name, amounts := range map[string][2]amount{
		"server": {"608", "547.2"}, "disk": {"100", "90"}, "address": {"26", "23.4"}, "bandwidth": {"980", "882"}, "codes": {"0.86", "0.77"},
	} {
		want["prices."+name+".official_amount"] = amounts[0]
		want["prices."+name+".best_offer_amount"] = amounts[1]
	}

	w.shows(t, `
data "bss_period_price" "this" {
  project_id  = "any"
  region      = "ap-southeast-3"
  period_unit = "year"
  period      = 1

  products = {
    server    = { quantity = 2, ecs = { flavor = "s6.large.2", os = "linux" } }
    disk      = { evs = { volume_type = "GPSSD", size_gb = 100 } }
    address   = { eip = { type = "5_bgp" } }
    bandwidth = { bandwidth = { type = "5_bgp", size_mbit = 10 } }
    codes = {
      codes = {
        service_type_code  = "hws.service.type.ebs"
        resource_type_code = "hws.resource.type.volume"
        resource_spec_code = "SATA"
        size               = 2
        size_measure_id    = 17
      }
    }
  }
}
`, map[string]shown{"data.bss_period_price.this": want})

	w.readOnly("get_period_price")
}

func TestPeriodPriceShowsEveryField(t *testing.T) {
	t.Parallel()

	const official, discount = "official_website_rating_result.", "optional_discount_rating_results.0."

	var installments []string
	for _, prefix := range []string{"", "product_rating_results.0."} {
		installments = append(installments, official+prefix+"installment_official_website_amount",
			discount+prefix+"installment_official_website_amount", discount+prefix+"installment_official_discount_amount",
			discount+prefix+"installment_amount")
	}

	fixed := distinct(installments...)
	fixed[official+"product_rating_results.0.id"] = "web"
	fixed[discount+"product_rating_results.0.id"] = "web"
	fixed[discount+"best_offer"] = 1
	document := newDocument(t, "get_period_price", 1000, fixed)
	w := answering(t, "china", map[string]any{pathPeriodPrice: document.body})
	read := mustRead(t, w, "bss_period_price", configuration(t, "bss_period_price", quotes()["bss_period_price"]))

	read.shows(t, document.without(func(path string) bool {
		return strings.HasSuffix(path, ".id") || strings.HasSuffix(path, "best_offer")
	}), strings.NewReplacer(
		official+"product_rating_results.0.", "prices.web.", official, "",
		discount+"product_rating_results.0.", "discounts.0.prices.web.", discount, "discounts.0.",
		"installment_official_discount_amount", "installment_discount_amount",
		"official_website_amount", "official_amount", "period_type", "period_unit",
	))
	read.want(t, map[string]string{
		"discounts.0.best_offer": "true", "best_offer_amount": read["discounts.0.amount"],
		"prices.web.best_offer_amount": read["discounts.0.prices.web.amount"],
	})
}

// TestPeriodPriceWithoutDiscounts shows that a discounted price is null, not
// the official one, where the API shows no discount or names no best one.
func TestPeriodPriceWithoutDiscounts(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Settings: map[string]string{"discount_permission": "off"}})
	mustRead(t, w, "bss_period_price", configuration(t, "bss_period_price", quotes()["bss_period_price"])).want(t, map[string]string{
		"official_amount": "30.4", "best_offer_amount": "null", "prices.web.best_offer_amount": "null", "discounts": "0 elements",
	})

	w, _ = quoting(t, "international", func(tree) (int, any) {
		return http.StatusOK, tree{
			"official_website_rating_result": tree{"official_website_amount": 5, "product_rating_results": []any{tree{"id": "web"}}},
			"optional_discount_rating_results": []any{
				tree{"discount_id": "d", "discount_type": 700, "amount": "4.5", "product_rating_results": []any{tree{"id": "web", "amount": nil}}},
			},
		}
	})
	mustRead(t, w, "bss_period_price", configuration(t, "bss_period_price", quotes()["bss_period_price"])).want(t, map[string]string{
		"official_amount": "5", "best_offer_amount": "null", "prices.web.best_offer_amount": "null", "prices.web.official_amount": "null",
		"discounts.0.best_offer": "null", "discounts.0.amount": "4.5", "discounts.0.discount_type": "promotion",
		"discounts.0.prices.web.amount": "null", "currency": "USD",
	})
}

func TestPeriodPriceAsks(t *testing.T) {
	t.Parallel()

	for unit, code := range map[string]json.Number{"day": "0", "month": "2", "year": "3", "hour": "4"} {
		w, bodies := quoting(t, "china", func(tree) (int, any) {
			return http.StatusOK, tree{"official_website_rating_result": tree{"product_rating_results": []any{tree{"id": "a"}}}}
		})
		mustRead(t, w, "bss_period_price", configuration(t, "bss_period_price", tree{
			"project_id": "project", "region": "r1", "period_unit": unit, "period": 7, "products": tree{
				"a": tree{
					"bandwidth":         tree{"type": "5_sbgp", "size_mbit": 20},
					"availability_zone": "r1a",
					"quantity":          3,
					"installments":      "half_upfront",
				},
			},
		}))

		want := []tree{{"project_id": "project", "product_infos": []any{tree{
			"id": "a", "cloud_service_type": "hws.service.type.vpc", "resource_type": "hws.resource.type.bandwidth", "resource_spec": "19_sbgp",
			"region": "r1", "available_zone": "r1a", "resource_size": json.Number("20"), "size_measure_id": json.Number("15"),
			"period_type": code, "period_num": json.Number("7"), "subscription_num": json.Number("3"), "fee_installment_mode": "HALF_PAY",
		}}}}
		if diff := cmp.Diff(want, bodies()); diff != "" {
			t.Error(diff)
		}
	}
}

// TestPeriodPriceInstallments shows installments on the one site that has them.
func TestPeriodPriceInstallments(t *testing.T) {
	t.Parallel()

	arguments := quotes()["bss_period_price"]
	arguments["region"], arguments["period_unit"] = "cn-north-4", "year"
	arguments["products"] = tree{"rack": tree{"installments": "half_upfront", "codes": tree{
		"service_type_code":  "hws.service.type.ies",
		"resource_type_code": "hws.resource.type.ies.rack",
		"resource_spec_code": "cloudpond.compute.1",
	}}}

	china := newWorld(t, bsssim.Options{Site: "china"})
	mustRead(t, china, "bss_period_price", configuration(t, "bss_period_price", arguments)).want(t, map[string]string{
		"currency": "CNY", "official_amount": "147000", "installment_official_amount": "12250", "installment_period_unit": "month",
		"prices.rack.installment_official_amount": "12250", "prices.rack.installment_period_unit": "month",
		"discounts.0.installment_amount": "11025", "discounts.0.prices.rack.installment_discount_amount": "1225",
	})

	for _, site := range []string{"international", "europe"} {
		w := newWorld(t, bsssim.Options{Site: site})
		_, diags := readData(t, w, "bss_period_price", nil, configuration(t, "bss_period_price", arguments))

		if diff := cmp.Diff([]string{".products[rack].installments"}, diags.places()); diff != "" {
			t.Errorf("%s: %s\n%s", site, diff, diags)
		}

		if len(w.calls()) > 0 {
			t.Errorf("%s: calls in spite of the error: %v", site, w.calls())
		}
	}
}

func TestPeriodPriceOfAMissAmongSeveral(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "europe"})
	arguments := quotes()["bss_period_price"]
	arguments["region"] = "eu-west-101"
	arguments["products"] = tree{"address": tree{"eip": tree{"type": "5_bgp"}}}

	mustRead(t, w, "bss_period_price", configuration(t, "bss_period_price", arguments)).want(t, map[string]string{"currency": "EUR"})

	arguments["products"] = tree{
		"address": tree{"eip": tree{"type": "5_bgp"}},
		"nowhere": tree{"eip": tree{"type": "5_bgp"}, "region": "eu-west-999"},
	}
	_, diags := readData(t, w, "bss_period_price", nil, configuration(t, "bss_period_price", arguments))

	if diff := cmp.Diff([]string{".products[nowhere]"}, diags.places()); diff != "" {
		t.Errorf("%s\n%s", diff, diags)
	}
}
