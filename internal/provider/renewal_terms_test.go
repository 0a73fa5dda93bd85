// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestRenewalTerms holds what a plan says of a term against what is bought:
// months of different lengths, days of UTC+8, and a unified expiry day.
func TestRenewalTerms(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings             map[string]string
		expires, day, unit   string
		periods, price, ends string
		// really is where the term ends, where the plan cannot know it.
		really string
	}{
		"31 January":        {nil, "2027-01-31T15:59:59Z", "2027-02-28", "month", "1", "60", "2027-02-28T15:59:59Z", ""},
		"31 January, leap":  {nil, "2028-01-31T15:59:59Z", "2028-02-29", "month", "1", "60", "2028-02-29T15:59:59Z", ""},
		"28 February":       {nil, "2027-02-28T15:59:59Z", "2027-03-31", "month", "2", "120", "2027-04-28T15:59:59Z", ""},
		"30 November":       {nil, "2027-11-30T15:59:59Z", "2028-02-29", "month", "3", "180", "2028-02-29T15:59:59Z", ""},
		"29 February, year": {nil, "2028-02-29T15:59:59Z", "2029-02-28", "year", "1", "720", "2029-02-28T15:59:59Z", ""},
		"11 months":         {nil, "2027-01-31T15:59:59Z", "2027-12-31", "month", "11", "660", "2027-12-31T15:59:59Z", ""},
		"3 years":           {nil, "2027-01-31T15:59:59Z", "2030-01-31", "year", "3", "2160", "2030-01-31T15:59:59Z", ""},
		"the last second":   {nil, "2027-01-31T15:59:59Z", "2027-02-01", "month", "1", "60", "2027-02-28T15:59:59Z", ""},
		"the next second":   {nil, "2027-01-31T16:00:00Z", "2027-02-01", "month", "0", "0", "", "2027-01-31T16:00:00Z"},
		"the second after":  {nil, "2027-01-31T16:00:00Z", "2027-02-02", "month", "1", "60", "2027-02-28T16:00:00Z", ""},
		"a unified day": {map[string]string{"unified_expiry_day": "15"}, "2027-01-31T15:59:59Z", "2027-03-31", "month", "2", "150",
			"2027-03-31T15:59:59Z", "2027-04-15T15:59:59Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{Settings: test.settings})
			w.console("add_resource", map[string]any{"resource_id": "other", "expire_time": test.expires, "monthly_price": "60.00"})

			arguments := map[string]tftypes.Value{
				"resource_id": str("other"), "paid_through": str(test.day), "period_unit": str(test.unit), "max_amount": num(t, test.price),
			}
			c := newCore(w, "bss_renewal")

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			has(t, plan.value, map[string]string{"quoted_periods": test.periods, "quoted_amount": test.price})

			if test.ends != "" {
				has(t, plan.value, map[string]string{"starts_at": test.expires, "estimated_end": test.ends})
			}

			if diags := c.apply(t.Context(), plan); diags.failed() {
				t.Fatal(diags)
			}

			ends := test.ends
			if test.really != "" {
				ends = test.really
			}

			has(t, c.state, map[string]string{"status": "reached", "expire_time": ends})

			if got := w.expiry("other"); got != ends {
				t.Errorf("the resource ends at %s, want %s", got, ends)
			}

			if exact(t, "0"+w.paid()).Cmp(exact(t, test.price)) != 0 {
				t.Errorf("%s was paid, want %s", w.paid(), test.price)
			}
		})
	}
}

// TestRenewalWarns: what a price does not say is a warning of the plan.
func TestRenewalWarns(t *testing.T) {
	t.Parallel()

	for summary, arrange := range map[string]func(w *world){
		"A part of the term is over already": func(w *world) { w.Advance(65 * 24 * time.Hour) },
		"An attached resource ends earlier": func(w *world) {
			w.console("add_resource", map[string]any{
				"resource_id": "disk", "parent_resource_id": renewedID, "service_type_code": "hws.service.type.ebs",
				"expire_time": "2027-01-15T15:59:59Z", "monthly_price": "10.00",
			})
		},
		"Resource renews automatically too": func(w *world) {
			w.console("set_expire_policy", map[string]any{"resource_id": renewedID, "policy": 3})
		},
	} {
		t.Run(summary, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			c := newCore(w, "bss_renewal")
			arguments := renewalTo(t, "2027-03-31", "200")

			if plan := c.plan(t.Context(), arguments); plan.diagnostics.failed() || plan.diagnostics.warns(summary) {
				t.Fatalf("without a reason: %s", plan.diagnostics)
			}

			arrange(w)

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() || !plan.diagnostics.warns(summary) {
				t.Fatalf("no warning: %s", plan.diagnostics)
			}

			if diags := c.apply(t.Context(), plan); diags.failed() {
				t.Fatal(diags)
			}

			has(t, c.state, map[string]string{"status": "reached", "expire_time": "2027-03-31T15:59:59Z"})
		})
	}
}

// TestRenewalDiscounts: what is chosen is in the price of the plan, is bounded
// by the cap, and is what is charged; coupons lower the charge, never the bound.
func TestRenewalDiscounts(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		discount, most string
		coupon         bool
		quoted, paid   string
		refused        bool
	}{
		"left out":                  {"", "120", false, "120", "120", false},
		"none":                      {"none", "120", false, "120", "120", false},
		"none, below":               {"none", "119.99", false, "", "", true},
		"best":                      {"best", "108", false, "108", "108", false},
		"best, below":               {"best", "107.99", false, "", "", true},
		"coupon":                    {"", "120", true, "120", "100", false},
		"coupon, cap of the charge": {"", "100", true, "", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			arguments := renewalTo(t, "2027-03-31", test.most)

			if test.discount != "" {
				arguments["discount"] = str(test.discount)
			}

			if test.coupon {
				w.console("add_coupon", map[string]any{"id": "CP1", "type": 1, "face_value": "20.00"})
				arguments["coupon_ids"] = strs("CP1")
			}

			c := newCore(w, "bss_renewal")
			plan := c.plan(t.Context(), arguments)

			if test.refused {
				plan.diagnostics.says(t, "max_amount", "Price is above max_amount")

				return
			}

			has(t, plan.value, map[string]string{"quoted_amount": test.quoted})

			if diags := c.apply(t.Context(), plan); diags.failed() {
				t.Fatal(diags)
			}

			has(t, c.state, map[string]string{"status": "reached", "amount_paid": test.paid})

			if exact(t, w.paid()).Cmp(exact(t, test.paid)) != 0 {
				t.Errorf("%s was paid, want %s", w.paid(), test.paid)
			}
		})
	}
}

// shortWaits end a wait that tests do not want to sit out.
func shortWaits() tftypes.Value {
	times := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"create": tftypes.String, "update": tftypes.String}}

	return tftypes.NewValue(times, map[string]tftypes.Value{"create": str("2s"), "update": str("2s")})
}

// TestRenewalUnfinished: what is accepted and not done yet is state and a
// warning, and the next apply waits for it and pays nothing.
func TestRenewalUnfinished(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		options bsssim.Options
		status  string
		warning string
		goesOn  func(w *world)
	}{
		"processing": {
			bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}}, "processing", "Renewal is paid, but not carried out yet",
			func(w *world) { w.Advance(2 * time.Hour) },
		},
		"the expiry lags": {
			bsssim.Options{Lag: bsssim.Transition{Duration: 60 * time.Millisecond}}, "reached", "", nil,
		},
		"the expiry lags longer": {
			bsssim.Options{Lag: bsssim.Transition{Duration: time.Hour}}, "", "", func(w *world) { w.Advance(2 * time.Hour) },
		},
		"a master pays": {
			bsssim.Options{Settings: map[string]string{"custody": "on"}}, "awaiting_payer", "A master account has to pay this order",
			func(w *world) { w.console("pay_order", map[string]any{"order_id": w.unpaid()[0]}) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := renewalWorld(t, test.options)
				w.Advance(2 * time.Hour)

				c := newCore(w, "bss_renewal")
				arguments := renewalTo(t, "2027-03-31", "120")
				arguments["timeouts"] = shortWaits()

				said := c.run(t.Context(), arguments)

				// What does not show cannot be acted on: that is refused, and paid later.
				if test.status != "" {
					if said.failed() || test.warning != "" && !said.warns(test.warning) {
						t.Fatalf("the first apply: %s", said)
					}

					has(t, c.state, map[string]string{"status": test.status})
				}

				for range 3 {
					if !c.absent() && show(c.attribute("status")) == "reached" {
						break
					}

					test.goesOn(w)

					said = c.run(t.Context(), arguments)
				}

				if said.failed() {
					t.Fatal(said)
				}

				has(t, c.state, map[string]string{"status": "reached", "expire_time": "2027-03-31T15:59:59Z"})

				if len(w.World().Payments) != 1 || len(w.unpaid()) != 0 {
					t.Errorf("payments %v, unpaid %v", w.World().Payments, w.unpaid())
				}

				if plan := c.plan(t.Context(), arguments); plan.diagnostics.failed() || !plan.empty() {
					t.Errorf("something is left to do: %s", plan.diagnostics)
				}
			})
		})
	}
}

// TestRenewalAutomatic: a deduction between plan and apply moves the start that
// the plan stated, so nothing is bought.
func TestRenewalAutomatic(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	w.console("set_expire_policy", map[string]any{"resource_id": renewedID, "policy": 3})

	c := newCore(w, "bss_renewal")

	plan := c.plan(t.Context(), maps.Clone(renewalTo(t, "2027-03-31", "120")))
	if plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	w.Advance(58 * 24 * time.Hour)

	if got := w.serverEnds(); got != "2027-02-28T15:59:59Z" {
		t.Fatalf("the deduction was not made: %s", got)
	}

	if diags := c.apply(t.Context(), plan); !diags.failed() || !c.absent() || w.mutations() != 0 {
		t.Errorf("%d mutating calls: %s", w.mutations(), diags)
	}
}

// TestRenewalStartsAt: what moved after Terraform has asked for the last plan is
// refused by the renewal itself, before any order.
func TestRenewalStartsAt(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		day  string
		act  func(w *world)
		at   string
		says string
	}{
		"renewed": {"2027-04-30", func(w *world) { renewElsewhere(w, renewedID, nil)() }, "resource_id", "Resource was renewed meanwhile"},
		"taken back": {"2027-02-28", func(w *world) {
			w.console("unsubscribe", map[string]any{"resource_id": renewedID, "renewals_only": true})
		}, "paid_through", "Day is not reached any more"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			if name == "taken back" {
				renewElsewhere(w, renewedID, nil)()
			}

			c := newCore(w, "bss_renewal")

			p, diags := c.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			plan := c.planWith(t.Context(), p, renewalTo(t, test.day, "1000"))
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			test.act(w)

			diags = c.change(t.Context(), p, plan)
			if !diags.failed() || c.tainted || !c.absent() {
				t.Errorf("tainted %t: %s", c.tainted, diags)
			}

			diags.says(t, test.at, test.says)

			if w.mutations() != 0 {
				t.Errorf("%d mutating calls", w.mutations())
			}
		})
	}
}
