// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const typePriceComparison = "bss_price_comparison"

func TestAccPriceComparison(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.shows(t, `
data "bss_price_comparison" "this" {
  project_id      = "any"
  region          = "ap-southeast-3"
  hours_per_month = 200
  list_prices     = true

  products = {
    server = { quantity = 2, ecs = { flavor = "s6.large.2", os = "linux" } }
    disk   = { evs = { volume_type = "GPSSD", size_gb = 100 } }
  }
}
`, map[string]shown{"data.bss_price_comparison.this": {
		"prices.server.hour_amount": amount("0.122"), "prices.server.month_amount": amount("60.8"), "prices.server.year_amount": amount("608"),
		"prices.server.pay_per_use_monthly_amount": amount("24.4"), "prices.server.year_monthly_amount": amount("50.666667"),
		"prices.server.month_break_even_hours": amount("498.37"), "prices.server.year_break_even_hours": amount("415.31"),
		"prices.server.cheapest": "pay_per_use", "prices.server.cheapest_monthly_amount": amount("24.4"),
		"prices.disk.hour_amount": amount("0.01675"), "prices.disk.cheapest": "pay_per_use",
		// All together.
		"hour_amount": amount("0.13875"), "month_amount": amount("70.8"), "year_amount": amount("708"), "cheapest": "pay_per_use",
		"cheapest_monthly_amount": amount("27.75"), "currency": "USD", "complete": true,
	}})
	w.readOnly("get_on_demand_price", "get_period_price")
}

// compared reads a comparison of products of one region.
func compared(t *testing.T, w *world, products tree, more tree) state {
	t.Helper()

	arguments := tree{"project_id": "any", "region": "ap-southeast-3", "products": products}
	for name, value := range more {
		arguments[name] = value
	}

	return mustRead(t, w, typePriceComparison, configuration(t, typePriceComparison, arguments))
}

// TestPriceComparisonAgrees: what is compared is what the data sources of prices say.
func TestPriceComparisonAgrees(t *testing.T) {
	t.Parallel()

	products := tree{"server": tree{"ecs": tree{"flavor": "c7.large.2", "os": "windows"}}}

	for setting, of := range map[string]string{"both": "best_offer_amount", "none": "official_amount"} {
		w := newWorld(t, bsssim.Options{Settings: map[string]string{"price_discounts": setting}})
		read := compared(t, w, products, nil)

		for unit, attribute := range map[string]string{"month": "month_amount", "year": "year_amount"} {
			price := mustRead(t, w, "bss_period_price", configuration(t, "bss_period_price", tree{
				"project_id": "any", "region": "ap-southeast-3", "period_unit": unit, "period": 1, "products": products,
			}))
			if read[attribute] != price[of] || price[of] == "null" {
				t.Errorf("%s: %s = %s, the price is %s", setting, attribute, read[attribute], price[of])
			}
		}

		used := mustRead(t, w, "bss_on_demand_price", configuration(t, "bss_on_demand_price", tree{
			"project_id": "any", "region": "ap-southeast-3", "hours": 1, "high_precision": true, "products": products,
		}))
		if read["hour_amount"] != used["amount"] || read["cheapest"] != "year" {
			t.Errorf("%s: an hour is %s, its price %s; cheapest is %s", setting, read["hour_amount"], used["amount"], read["cheapest"])
		}
	}
}

// TestPriceComparisonOfWhatIsNotSold: a product without a price in one way keeps its
// others, and says why.
func TestPriceComparisonOfWhatIsNotSold(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	rack := tree{"codes": tree{
		"service_type_code":  "hws.service.type.ies",
		"resource_type_code": "hws.resource.type.ies.rack",
		"resource_spec_code": "cloudpond.compute.1",
	}}
	server := tree{"ecs": tree{"flavor": "s6.large.2", "os": "linux"}}
	region := tree{"region": "cn-north-4"}

	read := compared(t, w, tree{"rack": rack, "server": server}, region)
	read.want(t, map[string]string{
		"prices.rack.hour_amount": "null", "prices.rack.month_break_even_hours": "null", "prices.rack.cheapest": "year",
		"hour_amount": "null", "complete": "false", "pay_per_use_monthly_amount": "null", "cheapest": "year", "currency": "CNY",
	})

	if reason := read["prices.rack.reasons.pay_per_use"]; !strings.Contains(reason, "CBC.99006006") ||
		read["prices.server.hour_amount"] == "null" {
		t.Errorf("the reason is %q, an hour of the server %s", reason, read["prices.server.hour_amount"])
	}

	alone := compared(t, w, tree{"rack": rack}, region)
	alone.want(t, map[string]string{"hour_amount": "null", "cheapest": "year"})

	unknown := tree{"ecs": tree{"flavor": "none.such", "os": "linux"}}
	for _, products := range []tree{{"server": unknown}, {"server": unknown, "other": unknown}} {
		nothing := compared(t, w, products, region)
		nothing.want(t, map[string]string{"cheapest": "null", "cheapest_monthly_amount": "null", "currency": "null", "complete": "false"})
	}
}

// TestPriceComparisonCurrencies: what is priced in different currencies is not compared,
// and an answer that names none does not hide that of the others.
func TestPriceComparisonCurrencies(t *testing.T) {
	t.Parallel()

	ask := func(byUse, byTerm string) (state, diagnostics) {
		w, _ := quoting(t, "europe", func(body tree) (int, any) {
			if first, _ := body["product_infos"].([]any)[0].(map[string]any); first["usage_factor"] != nil {
				return http.StatusOK, tree{"currency": byUse, "product_rating_results": []any{tree{"id": "a", "amount": 1}}}
			}

			return http.StatusOK, tree{"currency": byTerm, "official_website_rating_result": tree{
				"product_rating_results": []any{tree{"id": "a", "official_website_amount": 2}},
			}}
		})

		return readData(t, w, typePriceComparison, nil, configuration(t, typePriceComparison, tree{
			"project_id": "any", "region": "r", "products": tree{"a": tree{"ecs": tree{"flavor": "s6.large.2", "os": "linux"}}},
		}))
	}

	read, diags := ask("USD", "EUR")
	diags.says(t, "", "several currencies", "EUR", "USD")

	if read != nil {
		t.Errorf("%s is cheapest, in %s", read["cheapest"], read["currency"])
	}

	for _, of := range [][2]string{{"EUR", ""}, {"", "EUR"}} {
		read, diags := ask(of[0], of[1])
		if diags.failed() {
			t.Fatal(diags)
		}

		read.want(t, map[string]string{"currency": "EUR", "month_amount": "2"})
	}
}

func TestPriceComparisonHours(t *testing.T) {
	t.Parallel()

	products := configuration(t, typePriceComparison, tree{"project_id": "any", "region": "r", "products": tree{
		"server": tree{"ecs": tree{"flavor": "s6.large.2", "os": "linux"}},
	}})
	hours := func(value tftypes.Value) attributes {
		return attributes{
			"project_id":      products["project_id"],
			"region":          products["region"],
			"products":        products["products"],
			"hours_per_month": value,
		}
	}

	refusesArguments(t, typePriceComparison, map[string]badArguments{
		"more than a month": {hours(num(t, "744.5")), "hours_per_month", "744.5 hours are more than the 744"},
		"less than none":    {hours(num(t, "-1")), "hours_per_month", ""},
	})
}
