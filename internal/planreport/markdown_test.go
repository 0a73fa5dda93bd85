// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"fmt"
	"strings"
	"testing"
)

// TestScreen: however much a plan does, the report is one screen, and no sum leaves
// anything out.
func TestScreen(t *testing.T) {
	t.Parallel()

	for _, many := range []int{1, 2, 3, 8, 9, 300} {
		var changes []object

		for i := range many {
			of := func(name string) string { return fmt.Sprintf("bss_%s.a[%d]", name, i) }
			changes = append(
				changes,
				created(of("order_payment"), with(payment, object{"amount_due": 0.1, "currency": []string{"USD", "CNY"}[i%2]})),
				changed(of("renewal"), []string{"create"}, nil, object{"max_amount": 10.25, "currency": "USD"}, object{"resource_id": true}),
				created(of("autorenew"), setting),
				created(of("expiry_policy"), policy),
				created(of("expiry_policy.x"), with(policy, object{"policy": "pay_per_use"})),
				created(of("unsubscription"), unsubscribe),
				created(of("unsubscription.x"), object{"scope": "renewals_only"}),
				created(of("on_demand_conversion"), object{"converts": []string{"a"}}),
				created(of("enterprise_transfer"), transfer),
				created(of("enterprise_coupon_transfer"), transfer),
				created(of("enterprise_member"), object{}),
				created(of("renewal_settings"), object{}),
				created(of("order_cancellation"), object{"amount": 1, "currency": "USD"}),
				others([]string{"create"}, nil, object{"charging_mode": "prePaid"}),
				created(of("tomorrow"), object{}),
				changed(
					of("order_payment.y"),
					[]string{"update"},
					payment,
					payment,
					nil,
				),
				changed(of("order_payment.z"), []string{"delete"}, payment, nil, nil),
			)
			// The type of an address ends at its first dot.
			for _, change := range changes[len(changes)-17:] {
				change["type"], _, _ = strings.Cut(strings.Split(fmt.Sprint(change["address"]), ".")[0], ".")
			}
		}

		report, _ := reported(t, planOf(object{"errored": true}, changes...))
		markdown := report.Markdown()

		if lines := strings.Count(markdown, "\n"); lines > screen {
			t.Errorf("%d of each are %d lines:\n%s", many, lines, markdown)
		}

		usd, cny := (many+1)/2, many/2
		charged := fmt.Sprintf("%d.%d0 USD", usd/10, usd%10)

		if cny > 0 {
			charged = fmt.Sprintf("%d.%d0 CNY + %s", cny/10, cny%10, charged)
		}

		for _, words := range []string{
			"**Charged on apply: " + charged + ".**", fmt.Sprintf("| **Charged on apply: %d** |  | **%s** |", many, charged),
			fmt.Sprintf("| **Unpaid orders canceled: %d** |  | **%s.00 USD** |", many, fmt.Sprint(many)),
			fmt.Sprintf("| **Turn pay-per-use when their term ends: %d** |", many),
			fmt.Sprintf("No charge: %s only recorded;", counts(many, "change")),
			fmt.Sprintf("**%s deleted for good.**", were(2*many, "resource")),
		} {
			if !strings.Contains(markdown, words) {
				t.Errorf("%d of each: no %q in\n%s", many, words, markdown)
			}
		}
	}
}

// TestFolded: what a table does not show is summed up.
func TestFolded(t *testing.T) {
	t.Parallel()

	var changes []object
	for i := range 40 {
		changes = append(changes, created(fmt.Sprintf("bss_order_payment.a[%d]", i), with(payment, object{"amount_due": 100 + i})))
	}

	report, _ := reported(t, planOf(nil, changes...))
	markdown := report.Markdown()

	// The dearest are 139 down to 133; 4780 - 952.
	for _, words := range []string{"| **Charged on apply: 40** |  | **4,780.00 USD** |", "`bss_order_payment.a[33]` | 133.00 USD |",
		"| … and 33 more |  | 3,828.00 USD |"} {
		if !strings.Contains(markdown, words) {
			t.Errorf("no %q in\n%s", words, markdown)
		}
	}
}

// TestAmounts: an amount is exact, however it is written, and is never made up.
func TestAmounts(t *testing.T) {
	t.Parallel()

	for written, want := range map[string]string{
		"58.2": "58.20 USD", "1234567.891": "1,234,567.891 USD", "0": "0.00 USD", "12345678901234567890.12": "12,345,678,901,234,567,890.12 USD",
		"289529.16999999999999999999999999999999999999999999999999999999999999": "289,529.17 USD", "1e3": "1,000.00 USD",
		"1e999999999": "not in the plan", `"x"`: "not in the plan", "{}": "not in the plan", "true": "not in the plan", "-5.5": "-5.50 USD",
	} {
		text := strings.Replace(
			planOf(nil, created("bss_order_cancellation.a", object{"amount": "AMOUNT", "currency": "USD"})),
			`"AMOUNT"`,
			written,
			1,
		)

		report, _ := reported(t, text)
		if markdown := report.Markdown(); !strings.Contains(markdown, "`bss_order_cancellation.a` | "+want+" |") {
			t.Errorf("%s: %s", written, markdown)
		}
	}
}

// TestForecast: what a forecast of the plan says stands below.
func TestForecast(t *testing.T) {
	t.Parallel()

	one := func(address string, more object) object {
		return object{
			"address": address, "mode": "data", "type": forecastType, "provider_name": ourProvider, "values": with(object{
				"as_of": "2026-11-22T08:00:00Z", "within_days": 30, "complete": true, "currency": "USD", "total_amount": 150.5, "known_amount": 150.5,
				"available_amount": 24.5, "covered": false, "shortfall_amount": 126, "first_short_day": "2026-11-25", "lapsing_ids": []string{"a"},
				"events": []object{
					{"day": "2026-11-25", "fate": "renews", "resource_id": "r1", "resource_name": "web", "amount": 125, "paid_through": "2027-11-25"},
					{"day": "2026-12-01", "fate": "lapses", "resource_id": "a"},
				},
			}, more),
		}
	}
	inModule := object{"child_modules": []object{{"resources": []object{
		one("module.a.data.bss_renewal_forecast.b", object{"total_amount": nil, "covered": nil, "lapsing_ids": []string{}}),
	}}}}

	report, text := reported(t, planOf(object{"prior_state": object{"values": object{"root_module": with(inModule, object{
		"resources": []object{one("data.bss_renewal_forecast.a", nil)},
	})}}}))

	for _, words := range []string{
		"**Forecast** by `data.bss_renewal_forecast.a`, the next 30 days from 2026-11-22, without this plan: renewals cost 150.50 USD, " +
			"and 126.00 USD is missing from 2026-11-25 on; 1 resource is lost unless somebody acts.\n" +
			"- 2026-11-25: `web` renews: 125.00 USD\n- 2026-12-01: `a` lapses\n",
		"renewals cost 150.50 USD, and more whose price is not known.",
	} {
		if markdown := report.Markdown(); !strings.Contains(markdown, words) {
			t.Errorf("no %q in\n%s", words, markdown)
		}
	}

	if !strings.Contains(text, `"total_amount":150.5,"known_amount":150.5,"available_amount":24.5,"covered":false`) ||
		!strings.Contains(text, `"total_amount":null`) || !strings.Contains(text, `"lapsing_count":1`) {
		t.Error(text)
	}
}
