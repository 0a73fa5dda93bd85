// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestRenewalUnknownDay: a plan that does not know the day promises that no open order is
// paid, also where state records one. Whatever the day turns out to be, the apply does
// what it promised or is refused by core, and the next plan, which knows the day, works.
func TestRenewalUnknownDay(t *testing.T) {
	t.Parallel()

	const recorded, later = "2027-03-31", "2027-04-30"

	for name, test := range map[string]struct {
		day     string
		arrange func(w *world)
		// refused says that core refuses the apply, and bought how many payments there
		// are once the day is known.
		refused bool
		bought  int
		status  string
		// names says that the next plan names the open order.
		names bool
	}{
		"the same day":    {day: recorded, refused: true, status: "reached"},
		"an earlier day":  {day: "2027-03-30", status: "reached"},
		"a later day":     {day: later, bought: 1, status: "reached"},
		"an order's open": {day: later, arrange: func(w *world) { openOrder(w, 1) }, refused: true, bought: 1, status: "reached", names: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			first := openOrder(w, 2)
			c := newCore(w, "bss_renewal")

			if diags := c.run(t.Context(), renewalTo(t, recorded, "120")); diags.failed() {
				t.Fatal(diags)
			}

			has(t, c.state, map[string]string{"continues_order_id": first, "status": "reached"})

			paid := len(w.World().Payments)

			arguments := renewalTo(t, recorded, "120")
			arguments["paid_through"] = unknown(tftypes.String)

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() || !plan.diagnostics.warns("Day is known only after apply") {
				t.Fatal(plan.diagnostics)
			}

			has(t, plan.value, map[string]string{"continues_order_id": "null"})

			if test.arrange != nil {
				test.arrange(w)
			}

			w.ClearRequests()

			arguments["paid_through"] = str(test.day)
			plan.config = replaceAttribute(t, plan.config, "paid_through", str(test.day))

			diags := c.apply(t.Context(), plan)
			if diags.failed() != test.refused || test.refused && (!diags.refuses("inconsistent final plan") || w.mutations() > 0) {
				t.Fatalf("%d calls that change something: %s", w.mutations(), diags)
			}

			next := c.plan(t.Context(), arguments)
			if next.diagnostics.failed() || next.diagnostics.warns("Day is known only after apply") {
				t.Fatal(next.diagnostics)
			}

			if test.names {
				has(t, next.value, map[string]string{"continues_order_id": w.unpaid()[0]})
			}

			if !next.empty() {
				if diags := c.apply(t.Context(), next); diags.failed() {
					t.Fatal(diags)
				}
			}

			has(t, c.state, map[string]string{"paid_through": test.day, "status": test.status})
			c.plansNothing(t.Context(), arguments)

			if got := len(w.World().Payments) - paid; got != test.bought {
				t.Errorf("%d payments, want %d", got, test.bought)
			}
		})
	}
}

// openOrder places an unpaid order that renews the resource, and returns its id.
func openOrder(w *world, months int) string {
	renewElsewhere(w, renewedID, map[string]any{"period_num": months, "unpaid": true})()

	return w.unpaid()[0]
}

// TestRenewalImportUnknownDay: the first apply after an import buys nothing, also where its
// plan does not know the day.
func TestRenewalImportUnknownDay(t *testing.T) {
	t.Parallel()

	for day, status := range map[string]string{"2027-03-31": "pending", "2027-01-31": "reached"} {
		w := renewalWorld(t, bsssim.Options{})
		c := newCore(w, "bss_renewal")

		if diags := c.importPolicy(t.Context(), "id", renewedID); diags.failed() {
			t.Fatal(diags)
		}

		arguments := renewalTo(t, day, "120")
		arguments["paid_through"] = unknown(tftypes.String)

		plan := c.plan(t.Context(), arguments)
		if plan.diagnostics.failed() {
			t.Fatal(plan.diagnostics)
		}

		has(t, plan.value, map[string]string{"status": "unknown", "continues_order_id": "null", "quoted_amount": "null"})

		plan.config = replaceAttribute(t, plan.config, "paid_through", str(day))

		if diags := c.apply(t.Context(), plan); diags.failed() || w.mutations() != 0 {
			t.Errorf("%d calls that change something: %s", w.mutations(), diags)
		}

		has(t, c.state, map[string]string{"status": status, "paid_through": day})
	}
}
