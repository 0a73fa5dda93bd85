// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// addServer adds a resource of the product of the one that is renewed.
func addServer(w *world, id, expires string) {
	w.console("add_resource", map[string]any{"resource_id": id, "expire_time": expires, "monthly_price": "60.00"})
}

// TestRenewalOthersOrders puts an unpaid order in the way that is not wholly the
// resource's, or of which that cannot be told: the plan names it, and nothing is
// ordered, paid or canceled.
func TestRenewalOthersOrders(t *testing.T) {
	t.Parallel()

	named := map[string]string{"order_query_finds_renewals": "on"}
	renewedFor := func(w *world, id string) {
		renewElsewhere(w, id, map[string]any{"period_num": 2, "unpaid": true})()
	}
	// secondLine makes the answer of get_order one of two lines.
	// secondLine gives an order one more line.
	secondLine := func(product string) func(string, []byte) []byte {
		return func(operation string, body []byte) []byte {
			var answer map[string]any

			if operation != "get_order" || json.Unmarshal(body, &answer) != nil {
				return body
			}

			for key, value := range answer {
				lines := objectsIn(value)
				if len(lines) == 0 {
					continue
				}

				second := maps.Clone(lines[0])
				second["order_line_item_id"] = "second"

				if product != "" {
					second["product_id"] = product
				}

				answer[key], answer["total_count"] = append(lines, second), 2
			}

			two, err := json.Marshal(answer)
			if err != nil {
				return body
			}

			return two
		}
	}

	for name, test := range map[string]struct {
		settings map[string]string
		arrange  func(w *world)
		rewrite  func(operation string, body []byte) []byte
		says     string
	}{
		"two lines of the product": {
			nil, func(w *world) { renewedFor(w, renewedID) }, secondLine(""), "it orders more of product",
		},
		"two lines of the product, named": {
			named, func(w *world) { renewedFor(w, renewedID) }, secondLine(""), "it orders more of product",
		},
		"one line of two": {
			nil, func(w *world) { renewedFor(w, renewedID) }, replace("get_order", `"subscription_num":1`, `"subscription_num":2`),
			"it orders more of product",
		},
		"a line of another product": {
			named, func(w *world) { renewedFor(w, renewedID) }, secondLine("another"), "it orders more of product another",
		},
		"a foreign primary resource is named too": {
			named, func(w *world) {
				addServer(w, "server-2", "2027-01-31T15:59:59Z")
				w.console("place_order", map[string]any{
					"order_type": 2, "amount": "240.00", "period_type": 2, "period_num": 2, "resource_ids": []string{renewedID, "server-2"},
				})
			}, nil, "server-2",
		},
		"held by a change, and a closed twin was renewed": {
			nil, func(w *world) {
				addServer(w, "server-2", "2027-01-31T15:59:59Z")
				renewedFor(w, "server-2")
				w.console("close_resource", map[string]any{"resource_id": "server-2"})
				w.console("place_order", map[string]any{"order_type": 3, "amount": "1.00", "resource_ids": []string{renewedID}})
			}, nil, "(change) may hold it just as well",
		},
		"a closed twin": {
			nil, func(w *world) {
				addServer(w, "server-2", "2026-12-31T15:59:59Z")
				w.console("close_resource", map[string]any{"resource_id": "server-2"})
				renewedFor(w, renewedID)
			}, nil, "server-2 is of the same product",
		},
		"held by a change alone": {
			nil, func(w *world) {
				w.console("place_order", map[string]any{"order_type": 3, "amount": "1.00", "resource_ids": []string{renewedID}})
			}, nil, "(change)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{Settings: test.settings})
			test.arrange(w)
			w.gated().answersWith(test.rewrite)

			unpaid := w.unpaid()
			diags := newCore(w, "bss_renewal").run(t.Context(), renewalTo(t, "2027-03-31", "1000"))
			diags.says(t, "resource_id", append(unpaid[:1:1], test.says, "bss_order_cancel")...)

			if w.mutations() != 0 || len(w.unpaid()) != len(unpaid) {
				t.Errorf("%d mutating calls, unpaid %v", w.mutations(), w.unpaid())
			}
		})
	}
}

// TestRenewalPlacedForOthersToo: also an order that was just placed is held against
// what the resource and its attached ones have.
func TestRenewalPlacedForOthersToo(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	w.gated().answersWith(replace("get_order", `"subscription_num":1`, `"subscription_num":3`))

	diags := newCore(w, "bss_renewal").run(t.Context(), renewalTo(t, "2027-03-31", "1000"))
	diags.says(t, "resource_id", "it orders more of product", "was canceled")
	canceledOurs(t, w, 0)
}

// TestRenewalUnnamedOrder: an order that shows after the plan, or that our own
// call's answer did not name, is neither paid nor canceled. The next plan states
// it, and its apply pays it, once.
func TestRenewalUnnamedOrder(t *testing.T) {
	t.Parallel()

	untimed, found := map[string]string{"unpaid_line_times": "off"}, map[string]string{"order_query_finds_renewals": "on"}
	answered := func(status int, code string) *bsssim.Fault {
		return &bsssim.Fault{Kind: bsssim.FaultStatusAfter, Status: status, Code: code}
	}
	somebody := func(w *world) { renewElsewhere(w, renewedID, map[string]any{"period_num": 2, "unpaid": true})() }

	for name, test := range map[string]struct {
		settings map[string]string
		fault    *bsssim.Fault
		// before is done between the plan and the apply, meanwhile right before the
		// renewal call arrives.
		before, meanwhile func(w *world)
		cap               string
	}{
		"somebody's, after the plan":            {before: somebody, cap: "120"},
		"somebody's, as ours is sent":           {meanwhile: somebody, cap: "120"},
		"somebody's, as ours is sent, wide cap": {meanwhile: somebody, cap: "1000"},
		"ours, the answer is lost":              {fault: &bsssim.Fault{Kind: bsssim.FaultDropAfter}, cap: "120"},
		"ours, the answer is garbage":           {fault: &bsssim.Fault{Kind: bsssim.FaultGarbage}, cap: "120"},
		"ours, answered: in an unpaid order":    {fault: answered(400, "CBC.99003100"), cap: "120"},
		"ours, answered: order in progress":     {fault: answered(400, "CBC.99003144"), cap: "120"},
		"ours, throttled after it was placed":   {fault: answered(429, "APIG.0308"), cap: "120"},
		"ours, lost, lines without times":       {settings: untimed, fault: &bsssim.Fault{Kind: bsssim.FaultDropAfter}, cap: "120"},
		"ours, lost, found by the order's id":   {settings: found, fault: &bsssim.Fault{Kind: bsssim.FaultDropAfter}, cap: "120"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{Settings: test.settings})
			c, g := newCore(w, "bss_renewal"), w.gated()
			arguments := renewalTo(t, "2027-03-31", test.cap)

			p, diags := c.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			plan := c.planWith(t.Context(), p, arguments)
			has(t, plan.value, map[string]string{"continues_order_id": "null", "order_ids": "unknown"})

			if test.before != nil {
				test.before(w)
			}

			if test.meanwhile != nil {
				between(w, g, moment{false, "renew_resources", 1}, func() { test.meanwhile(w) })
			}

			if test.fault != nil {
				test.fault.Operation = "renew_resources"
				addFault(t, w, *test.fault)
			}

			diags = c.change(t.Context(), p, plan)
			diags.says(t, "resource_id", "Order "+w.unpaid()[0])

			if !c.absent() || len(w.unpaid()) != 1 || w.sent("pay_order") != 0 || w.sent("cancel_order") != 0 {
				t.Errorf("unpaid %v, %d paying and %d canceling calls", w.unpaid(), w.sent("pay_order"), w.sent("cancel_order"))
			}

			next := c.plan(t.Context(), arguments)
			has(t, next.value, map[string]string{"continues_order_id": w.unpaid()[0]})

			if diags := c.apply(t.Context(), next); diags.failed() {
				t.Fatal(diags)
			}

			paidOneOrder(t, w, "120")

			if w.sent("renew_resources") > 1 {
				t.Errorf("%d renewals were sent", w.sent("renew_resources"))
			}
		})
	}
}

// TestRenewalDearer: an order that costs more than the plan stated is not paid by
// its apply, whatever the cap. Within the cap it stays, and the next plan states
// its price.
func TestRenewalDearer(t *testing.T) {
	t.Parallel()

	for name, act := range map[string]func(w *world, g *gate){
		"the order is repriced": func(w *world, g *gate) {
			between(w, g, moment{true, "renew_resources", 1}, func() { reprice(w, "150.01") })
		},
		"the order is repriced while its payment is throttled": func(w *world, g *gate) {
			addFault(w.t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"})
			between(w, g, moment{true, "pay_order", 1}, func() { reprice(w, "150.01") })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			c, g := newCore(w, "bss_renewal"), w.gated()
			arguments := renewalTo(t, "2027-03-31", "1000")

			plan := c.plan(t.Context(), arguments)
			act(w, g)

			diags := c.apply(t.Context(), plan)
			diags.says(t, "resource_id", "The plan stated 120", "order "+w.unpaid()[0]+" (150.01 USD, to be paid before ")

			if !c.absent() || len(w.World().Payments) != 0 || w.sent("cancel_order") != 0 {
				t.Errorf("payments %v, %d canceling calls", w.World().Payments, w.sent("cancel_order"))
			}

			next := c.plan(t.Context(), arguments)
			has(t, next.value, map[string]string{"continues_order_id": w.unpaid()[0], "quoted_amount": "150.01"})

			if diags := c.apply(t.Context(), next); diags.failed() {
				t.Fatal(diags)
			}

			paidOneOrder(t, w, "150.01")
		})
	}

	t.Run("the price rises before the order", func(t *testing.T) {
		t.Parallel()

		w := renewalWorld(t, bsssim.Options{})
		c, g := newCore(w, "bss_renewal"), w.gated()

		p, diags := c.start(t.Context())
		if diags.failed() {
			t.Fatal(diags)
		}

		plan := c.planWith(t.Context(), p, renewalTo(t, "2027-03-31", "1000"))
		g.answersWith(replace("get_renewal_price", "120.00", "120.01"))

		diags = c.change(t.Context(), p, plan)
		diags.says(t, "resource_id", "Price rose since the plan", "120.01")

		if w.mutations() != 0 {
			t.Errorf("%d mutating calls", w.mutations())
		}
	})
}

// TestRenewalUnifiedDay: a unified expiry day makes the order dearer than its
// price. The first apply names the order; the second pays it.
func TestRenewalUnifiedDay(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{Settings: map[string]string{
		"unified_expiry_day": "15", "unified_day_in_price": "off",
	}})
	c := newCore(w, "bss_renewal")
	arguments := renewalTo(t, "2027-03-31", "1000")

	diags := c.run(t.Context(), arguments)
	diags.says(t, "resource_id", "Order is dearer than planned", "order "+w.unpaid()[0])

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	paidOneOrder(t, w, "1000")
	has(t, c.state, map[string]string{"status": "reached", "expire_time": w.serverEnds()})

	if w.sent("renew_resources") != 1 || w.sent("cancel_order") != 0 {
		t.Errorf("%d renewals and %d cancellations were sent", w.sent("renew_resources"), w.sent("cancel_order"))
	}
}

// TestRenewalPaidInDoubt: where one goal has several orders and the payment of the
// second is in doubt, what was paid stays, and the rest is named.
func TestRenewalPaidInDoubt(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	c, g := newCore(w, "bss_renewal"), w.gated()
	orders := []string{}

	g.answersWith(func(operation string, body []byte) []byte {
		if operation != "renew_resources" {
			return replace("get_renewal_price", "120.00", "360.00")(operation, body)
		}

		for range 2 {
			renewElsewhere(w, renewedID, map[string]any{"period_num": 2, "unpaid": true})()
		}

		orders = w.unpaid()

		return bytes.Replace(body, []byte(`["`+orders[0]+`"]`), []byte(`["`+orders[0]+`","`+orders[1]+`","`+orders[2]+`"]`), 1)
	})
	addFault(t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropBefore, After: 1})

	arguments := renewalTo(t, "2027-03-31", "360")

	diags := c.run(t.Context(), arguments)
	if diags.failed() || !diags.warns("Renewal is paid in part") || c.tainted {
		t.Fatalf("tainted %t: %s", c.tainted, diags)
	}

	has(t, c.state, map[string]string{"order_ids": "[" + orders[0] + "]", "amount_paid": "120"})

	if text := diags.String(); !strings.Contains(text, orders[1]) || !strings.Contains(text, orders[2]) {
		t.Errorf("the rest is not named: %s", text)
	}

	if len(w.World().Payments) != 1 || len(w.unpaid()) != 1 || w.unpaid()[0] != orders[1] {
		t.Errorf("payments %v, unpaid %v", w.World().Payments, w.unpaid())
	}
}

// TestRenewalContinuesIsKnown: whatever is unknown in a plan that may buy, which
// open order it pays is not.
func TestRenewalContinuesIsKnown(t *testing.T) {
	t.Parallel()

	for _, unknown := range []string{"resource_id", "paid_through", "period_unit", "discount", "max_amount", "currency"} {
		t.Run(unknown, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			c := newCore(w, "bss_renewal")
			arguments := renewalTo(t, "2027-03-31", "120")

			kind := tftypes.String
			if unknown == "max_amount" {
				kind = tftypes.Number
			}

			arguments[unknown] = tftypes.NewValue(kind, tftypes.UnknownValue)

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			has(t, plan.value, map[string]string{"continues_order_id": "null"})
		})
	}
}
