// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const renewedID = "server-1"

// renewalWorld has a server that costs 60.00 a month and is paid through 31
// January 2027, and the money to renew it. It is 1 December 2026.
func renewalWorld(t *testing.T, options bsssim.Options) *world {
	t.Helper()

	if options.Now.IsZero() {
		options.Now = time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC)
	}

	w := newWorld(t, options)
	w.console("set_balance", map[string]any{"amount": "10000.00"})
	w.console(
		"add_resource",
		map[string]any{"resource_id": renewedID, "name": "web", "expire_time": "2027-01-31T15:59:59Z", "monthly_price": "60.00"},
	)

	return w
}

// renewalTo are arguments that reach a day by months.
func renewalTo(t *testing.T, day, most string) map[string]tftypes.Value {
	t.Helper()

	return map[string]tftypes.Value{
		"resource_id": str(renewedID), "paid_through": str(day), "period_unit": str("month"), "max_amount": num(t, most),
	}
}

// sent counts the calls of an operation.
func (w *world) sent(operation string) int {
	count := 0

	for _, entry := range w.Requests() {
		if entry.Operation == operation {
			count++
		}
	}

	return count
}

func has(t *testing.T, object tftypes.Value, want map[string]string) {
	t.Helper()

	for name, value := range want {
		if got := show(attributeOf(t, object, name)); got != value {
			t.Errorf("%s = %s, want %s", name, got, value)
		}
	}
}

func TestRenewal(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Reads: 2}})
	c := newCore(w, "bss_renewal")
	arguments := renewalTo(t, "2027-03-30", "120")

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	has(t, plan.value, map[string]string{
		"starts_at": "2027-01-31T15:59:59Z", "quoted_periods": "2", "quoted_amount": "120", "currency": "USD",
		"estimated_end": "2027-03-31T15:59:59Z", "status": "unknown", "order_ids": "unknown",
	})

	if w.mutations() != 0 {
		t.Fatal("the plan acts")
	}

	if diags := c.apply(t.Context(), plan); diags.failed() {
		t.Fatal(diags)
	}

	has(
		t,
		c.state,
		map[string]string{"status": "reached", "amount_paid": "120", "expire_time": "2027-03-31T15:59:59Z", "quoted_amount": "120"},
	)

	if paid := w.World().Payments; len(paid) != 1 || w.sent("renew_resources") != 1 || w.sent("pay_order") != 1 {
		t.Errorf("%d payments, %d renewals, %d paying calls", len(paid), w.sent("renew_resources"), w.sent("pay_order"))
	}

	w.ClearRequests()

	// Long after, when the resource is gone, there is still nothing to do.
	for range 3 {
		if again := c.plan(t.Context(), arguments); again.diagnostics.failed() || !again.empty() {
			t.Fatalf("a plan for what is reached: %s\n%s", again.diagnostics, show(again.value))
		}

		w.Advance(120 * 24 * time.Hour)
	}

	if w.mutations() != 0 {
		t.Error("something acts after the day was reached")
	}
}

// TestRenewalReached: a day that is reached costs nothing, however it was.
func TestRenewalReached(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	c := newCore(w, "bss_renewal")
	// The day is one of UTC+8: 31 January ends there at 15:59:59Z.
	arguments := renewalTo(t, "2027-01-31", "0")

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	has(t, plan.value, map[string]string{"starts_at": "null", "quoted_periods": "0", "quoted_amount": "0"})

	if diags := c.apply(t.Context(), plan); diags.failed() {
		t.Fatal(diags)
	}

	has(t, c.state, map[string]string{"status": "reached", "amount_paid": "null", "order_ids": "null"})

	if w.mutations() != 0 {
		t.Error("something was ordered")
	}

	// One day more is a whole period more, and above this cap.
	diags := newCore(w, "bss_renewal").run(t.Context(), renewalTo(t, "2027-02-01", "59.99"))
	if !diags.errorAt("max_amount") || w.mutations() != 0 {
		t.Errorf("%d mutating calls, %s", w.mutations(), diags)
	}
}

// TestRenewalMoved: what moved between plan and apply is refused before any
// order, and a plan that showed no price buys nothing.
func TestRenewalMoved(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		day string
		act func(w *world)
	}{
		"renewed at the console": {"2027-04-30", func(w *world) {
			w.console("renew", map[string]any{"resource_id": renewedID, "period_type": 2, "period_num": 1})
		}},
		"renewed for what was wanted": {"2027-02-28", func(w *world) {
			w.console("renew", map[string]any{"resource_id": renewedID, "period_type": 2, "period_num": 1})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			c := newCore(w, "bss_renewal")

			plan := c.plan(t.Context(), renewalTo(t, test.day, "1000"))
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			test.act(w)

			if diags := c.apply(t.Context(), plan); !diags.failed() || c.tainted {
				t.Errorf("tainted %t: %s", c.tainted, diags)
			}

			if w.sent("renew_resources") != 0 || w.sent("pay_order") != 0 {
				t.Error("something was ordered or paid")
			}
		})
	}
}

// TestRenewalEdits: only a later day buys, and each day at most once.
func TestRenewalEdits(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	c := newCore(w, "bss_renewal")

	if diags := c.run(t.Context(), renewalTo(t, "2027-03-31", "120")); diags.failed() {
		t.Fatal(diags)
	}

	first := show(c.attribute("order_ids"))

	// Everything but the day is recorded.
	edited := renewalTo(t, "2027-03-31", "999")
	edited["discount"], edited["period_unit"] = str("best"), str("year")

	if diags := c.run(t.Context(), edited); diags.failed() || w.sent("renew_resources") != 1 {
		t.Fatalf("an edit of other arguments: %d renewals\n%s", w.sent("renew_resources"), diags)
	}

	has(t, c.state, map[string]string{"max_amount": "999", "period_unit": "year", "order_ids": first, "quoted_amount": "120"})

	// An earlier day is recorded, with a warning.
	diags := c.run(t.Context(), renewalTo(t, "2027-02-15", "1"))
	if diags.failed() || !diags.warns("An earlier day takes nothing back") || w.sent("renew_resources") != 1 {
		t.Fatalf("an earlier day: %d renewals\n%s", w.sent("renew_resources"), diags)
	}

	has(t, c.state, map[string]string{"status": "reached", "paid_through": "2027-02-15"})

	// The day before is no more than what is paid.
	if diags := c.run(t.Context(), renewalTo(t, "2027-03-31", "0")); diags.failed() || w.sent("renew_resources") != 1 {
		t.Fatalf("back to the first day: %d renewals\n%s", w.sent("renew_resources"), diags)
	}

	// A later day buys, and says so in the plan.
	later := c.plan(t.Context(), renewalTo(t, "2027-04-30", "60"))
	has(t, later.value, map[string]string{"starts_at": "2027-03-31T15:59:59Z", "quoted_periods": "1", "quoted_amount": "60"})

	if diags := c.apply(t.Context(), later); diags.failed() || w.sent("renew_resources") != 2 || len(w.World().Payments) != 2 {
		t.Fatalf("a later day: %d renewals\n%s", w.sent("renew_resources"), diags)
	}

	has(t, c.state, map[string]string{"status": "reached", "amount_paid": "60", "expire_time": "2027-04-30T15:59:59Z"})

	// What is above the cap changes nothing of what is recorded.
	diags = c.run(t.Context(), renewalTo(t, "2027-12-31", "1"))
	if !diags.errorAt("max_amount") || w.sent("renew_resources") != 2 {
		t.Fatalf("above the cap: %d renewals\n%s", w.sent("renew_resources"), diags)
	}

	has(t, c.state, map[string]string{"paid_through": "2027-04-30"})
}

// TestRenewalShort: an order that did not reach the day is not followed by
// another.
func TestRenewalShort(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	c := newCore(w, "bss_renewal")
	arguments := renewalTo(t, "2027-03-31", "1000")

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	w.console("unsubscribe", map[string]any{"resource_id": renewedID, "renewals_only": true})

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() || !plan.empty() || !plan.diagnostics.warns("Resource ends before the day") {
		t.Fatalf("after a refund at the console: empty %t\n%s", plan.empty(), plan.diagnostics)
	}

	has(t, c.state, map[string]string{"status": "short", "expire_time": "2027-01-31T15:59:59Z"})

	arguments["max_amount"] = num(t, "2000")

	if diags := c.run(t.Context(), arguments); diags.failed() || w.sent("renew_resources") != 1 {
		t.Fatalf("%d renewals\n%s", w.sent("renew_resources"), diags)
	}
}

// TestRenewalImport: an import buys nothing, nor does the apply that records the
// day; the plan after it shows the price.
func TestRenewalImport(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	c := newCore(w, "bss_renewal")

	if diags := c.importPolicy(t.Context(), "id", renewedID); diags.failed() {
		t.Fatal(diags)
	}

	has(t, c.state, map[string]string{"status": "imported", "paid_through": "null", "expire_time": "2027-01-31T15:59:59Z"})

	arguments := renewalTo(t, "2027-03-31", "120")

	recording := c.plan(t.Context(), arguments)
	if recording.diagnostics.failed() || recording.empty() {
		t.Fatalf("the plan after the import: %s", recording.diagnostics)
	}

	has(t, recording.value, map[string]string{"starts_at": "null", "quoted_amount": "null", "status": "pending"})

	if diags := c.apply(t.Context(), recording); diags.failed() || w.mutations() != 0 {
		t.Fatalf("%d mutating calls, %s", w.mutations(), diags)
	}

	buying := c.plan(t.Context(), arguments)
	has(t, buying.value, map[string]string{"starts_at": "2027-01-31T15:59:59Z", "quoted_amount": "120", "status": "unknown"})

	if diags := c.apply(t.Context(), buying); diags.failed() || len(w.World().Payments) != 1 {
		t.Fatalf("%d payments, %s", len(w.World().Payments), diags)
	}

	has(t, c.state, map[string]string{"status": "reached", "amount_paid": "120"})

	if again := c.plan(t.Context(), arguments); !again.empty() {
		t.Error("there is something left to do")
	}

	// A day that is reached when it is imported stays so, and costs nothing.
	reached := newCore(w, "bss_renewal")
	if diags := reached.importPolicy(t.Context(), "id", renewedID); diags.failed() {
		t.Fatal(diags)
	}

	for range 2 {
		if diags := reached.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}
	}

	if again := reached.plan(t.Context(), arguments); !again.empty() || len(w.World().Payments) != 1 {
		t.Errorf("%d payments, empty: %t", len(w.World().Payments), again.empty())
	}

	has(t, reached.state, map[string]string{"status": "reached", "order_ids": "null"})
}

// TestRenewalRefuses: what cannot be renewed as asked is an error at plan, at
// the argument, before any call that acts.
func TestRenewalRefuses(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		arrange   func(w *world)
		arguments map[string]tftypes.Value
		at        string
		says      []string
	}{
		"unknown to billing": {
			arguments: map[string]tftypes.Value{"resource_id": str("nothing")},
			at:        "resource_id", says: []string{"Billing does not know the resource"},
		},
		"attached": {
			arrange: func(w *world) {
				w.console("add_resource", map[string]any{"resource_id": "disk", "parent_resource_id": renewedID,
					"service_type_code": "hws.service.type.ebs"})
			},
			arguments: map[string]tftypes.Value{"resource_id": str("disk")},
			at:        "resource_id", says: []string{"attached to another", renewedID},
		},
		"closed": {
			arrange: func(w *world) { w.console("close_resource", map[string]any{"resource_id": renewedID}) },
			at:      "resource_id", says: []string{"Resource is closed"},
		},
		"above the cap": {
			arguments: map[string]tftypes.Value{"max_amount": num(t, "119.99")},
			at:        "max_amount", says: []string{"costs 120.00 USD", "max_amount = 119.99"},
		},
		"another currency": {
			arguments: map[string]tftypes.Value{"currency": str("CNY")},
			at:        "currency", says: []string{"priced in USD", "CNY"},
		},
		"more months than an order takes": {
			arguments: map[string]tftypes.Value{"paid_through": str("2028-01-31")},
			at:        "period_unit", says: []string{"at most 11 months", "2027-12-31", `period_unit = "year"`},
		},
		"more years than an order takes": {
			arguments: map[string]tftypes.Value{"paid_through": str("2030-02-01"), "period_unit": str("year")},
			at:        "paid_through", says: []string{"at most 3 years", "2030-01-31"},
		},
		"a day in the past": {
			arrange: func(w *world) {
				w.console("add_resource", map[string]any{"resource_id": "late", "expire_time": "2026-11-20T15:59:59Z", "status": 5})
			},
			arguments: map[string]tftypes.Value{"resource_id": str("late"), "paid_through": str("2026-11-30")},
			at:        "paid_through", says: []string{"Day is in the past"},
		},
		"being carried out": {
			arrange: func(w *world) {
				w.console("refuse", map[string]any{"resource_id": renewedID, "operation": "get_renewal_price", "code": "CBC.30050011"})
			},
			at: "resource_id", says: []string{"Resource is being changed", "CBC.30050011"},
		},
		"not renewable": {
			arrange: func(w *world) {
				w.console("refuse", map[string]any{"resource_id": renewedID, "operation": "get_renewal_price", "code": "CBC.30050013"})
			},
			at: "resource_id", says: []string{"Resource cannot be renewed", "CBC.30050013"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			if test.arrange != nil {
				test.arrange(w)
			}

			arguments := renewalTo(t, "2027-03-31", "1000")
			for name, value := range test.arguments {
				arguments[name] = value
			}

			plan := newCore(w, "bss_renewal").plan(t.Context(), arguments)
			plan.diagnostics.says(t, test.at, test.says...)

			if w.mutations() != 0 {
				t.Error("the plan acts")
			}
		})
	}
}

// TestRenewalOpenOrder: an unpaid order for the very same is paid instead of
// another one; any other is named and left alone.
func TestRenewalOpenOrder(t *testing.T) {
	t.Parallel()

	twin := func(w *world) {
		w.console("add_resource", map[string]any{"resource_id": "server-2", "expire_time": "2027-01-31T15:59:59Z", "monthly_price": "60.00"})
	}
	order := func(w *world, id string, periods int) string {
		answer := w.console("renew", map[string]any{"resource_id": id, "period_type": 2, "period_num": periods, "unpaid": true})

		placed, _ := answer["order_id"].(string)

		return placed
	}

	for name, test := range map[string]struct {
		settings map[string]string
		arrange  func(w *world) string
		pays     bool
		says     string
	}{
		"the same":                 {nil, func(w *world) string { return order(w, renewedID, 2) }, true, ""},
		"another number of months": {nil, func(w *world) string { return order(w, renewedID, 3) }, false, "it is not for 2 months"},
		"the same, with a twin": {nil, func(w *world) string {
			twin(w)

			return order(w, renewedID, 2)
		}, false, "server-2 is of the same"},
		"the twin's too": {nil, func(w *world) string {
			twin(w)
			order(w, "server-2", 2)

			return order(w, renewedID, 2)
		}, false, "look like it"},
		"with a twin, named": {map[string]string{"order_query_finds_renewals": "on"}, func(w *world) string {
			twin(w)
			order(w, "server-2", 2)

			return order(w, renewedID, 2)
		}, true, ""},
		"without times": {map[string]string{"unpaid_line_times": "off"}, func(w *world) string { return order(w, renewedID, 2) }, true, ""},
		"without times, twin renewed": {map[string]string{"unpaid_line_times": "off"}, func(w *world) string {
			twin(w)
			w.console("renew", map[string]any{"resource_id": "server-2", "period_type": 2, "period_num": 2})

			return order(w, renewedID, 2)
		}, false, "server-2 is of the same"},
		"without times, twin ordered too": {map[string]string{"unpaid_line_times": "off"}, func(w *world) string {
			w.console("add_resource", map[string]any{"resource_id": "server-2", "expire_time": "2027-06-30T15:59:59Z", "monthly_price": "60.00"})
			w.console("place_order", map[string]any{"order_type": 3, "amount": "1.00", "resource_ids": []string{renewedID}})

			return order(w, "server-2", 2)
		}, false, "(change) may hold it just as well"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{Settings: test.settings})
			id := test.arrange(w)
			before := len(w.World().Payments)
			c := newCore(w, "bss_renewal")
			plan := c.plan(t.Context(), renewalTo(t, "2027-03-31", "120"))

			if !test.pays {
				plan.diagnostics.says(t, "resource_id", id, test.says)

				if w.mutations() != 0 {
					t.Errorf("%d mutating calls", w.mutations())
				}

				return
			}

			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			has(t, plan.value, map[string]string{"continues_order_id": id, "order_ids": "unknown", "quoted_amount": "120"})

			if diags := c.apply(t.Context(), plan); diags.failed() {
				t.Fatal(diags)
			}

			if w.sent("renew_resources") != 0 || len(w.World().Payments) != before+1 ||
				!slices.Equal(w.payments(id), []string{"120.00 USD by api"}) {
				t.Errorf("%d renewals, payments %v", w.sent("renew_resources"), w.World().Payments)
			}
		})
	}
}
