// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// moment is a point in the calls of an apply: before a call arrives, or after it
// was answered. Calls of an operation count from the renewal on, which is one.
type moment struct {
	after     bool
	operation string
	nth       int
}

// between does something at a moment of the next calls, once.
func between(w *world, g *gate, at moment, act func()) {
	w.t.Helper()

	seen, renewed := 0, false
	act = once(w.t, act)

	meets := func(after bool, operation string) {
		// A call passes in front of the simulator first.
		if !after && operation == "renew_resources" {
			renewed = true
		}

		if after != at.after || operation != at.operation || !renewed {
			return
		}

		if seen++; seen == at.nth {
			act()
		}
	}

	g.on(func(_ int, operation string) { meets(false, operation) }, func(_ int, operation string) { meets(true, operation) })
}

// renewElsewhere is somebody who renews a resource at the console.
func renewElsewhere(w *world, id string, more map[string]any) func() {
	return func() {
		values := map[string]any{"resource_id": id, "period_type": 2, "period_num": 1}
		maps.Copy(values, more)

		if _, err := w.Console("renew", values); err != nil {
			w.t.Error(err)
		}
	}
}

// TestRenewalFence lets something happen between the look and the payment: what
// was ordered is canceled, and nothing is paid.
func TestRenewalFence(t *testing.T) {
	t.Parallel()

	ordering := moment{false, "renew_resources", 1}
	ordered := moment{true, "renew_resources", 1}
	// The order was read by then, and compared with others.
	compared := moment{true, "get_order", 2}
	unpaid := map[string]any{"unpaid": true}

	for name, test := range map[string]struct {
		settings  map[string]string
		provider  map[string]tftypes.Value
		arguments map[string]tftypes.Value
		arrange   func(w *world)
		at        moment
		act       func(w *world)
		rewrite   func(operation string, body []byte) []byte
		says      string
		// field is the argument that the error is about: resource_id, unless another
		// is named.
		field string
		// left is how many orders of others stay unpaid.
		left int
	}{
		"renewed before the order": {
			at: ordering, act: func(w *world) { renewElsewhere(w, renewedID, nil)() }, says: "its term starts at 2027-02-28T15:59:59Z",
		},
		"renewed after the order": {
			at: ordered, act: func(w *world) { renewElsewhere(w, renewedID, nil)() }, says: "Somebody else renews the resource",
		},
		"renewed right before the payment": {
			at: compared, act: func(w *world) { renewElsewhere(w, renewedID, nil)() }, says: "Resource was renewed meanwhile",
		},
		"deducted before the order": {
			arrange: func(w *world) {
				w.console("set_expire_policy", map[string]any{"resource_id": renewedID, "policy": 3})
				w.Advance(40 * 24 * time.Hour)
			},
			at: ordering, act: func(w *world) { w.Advance(20 * 24 * time.Hour) }, says: "its term starts at 2027-02-28T15:59:59Z",
		},
		"an older order of somebody else": {
			settings: map[string]string{"server_locks": "off"},
			at:       ordering, act: func(w *world) { renewElsewhere(w, renewedID, unpaid)() }, says: "Somebody else renews the resource", left: 1,
		},
		"a young order that could be anybody's": {
			settings: map[string]string{"unpaid_line_times": "off"},
			arrange: func(w *world) {
				w.console("add_resource", map[string]any{"resource_id": "server-2", "expire_time": "2027-06-30T15:59:59Z"})
				renewElsewhere(w, "server-2", unpaid)()
				w.Advance(10 * time.Minute)
			},
			says: "is less than 15 minutes old", left: 1,
		},
		"another number of months": {
			rewrite: replace("get_order", `"period_num":2`, `"period_num":3`), says: "it is not for 2 months",
		},
		"another unit": {
			rewrite: replace("get_order", `"period_type":2`, `"period_type":3`), says: "it is not for 2 months",
		},
		"an end before the day": {
			rewrite: replace("get_order", `"expire_time":"2027-03-31T15:59:59Z"`, `"expire_time":"2027-03-30T15:59:59Z"`),
			says:    "it is paid through 2027-03-30 only",
		},
		"another currency": {
			rewrite: func(operation string, body []byte) []byte {
				return replace("list_orders", `"USD"`, `"CNY"`)(operation, replace("get_order", `"USD"`, `"CNY"`)(operation, body))
			},
			field: "currency", says: "Currency differs",
		},
		"another type of order": {
			rewrite: replace("list_orders", `"order_type":2`, `"order_type":3`), says: "it is no renewal",
		},
		"dearer than priced": {
			at: ordered, act: func(w *world) { reprice(w, "120.01") }, field: "max_amount", says: "Price is above max_amount",
		},
		"no money": {
			arrange: func(w *world) { w.console("set_balance", map[string]any{"amount": "119.99"}) },
			field:   "none", says: "Balance is short",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{Settings: test.settings})
			if test.arrange != nil {
				test.arrange(w)
			}

			arguments := renewalTo(t, "2027-03-31", "120")
			maps.Copy(arguments, test.arguments)

			c := newCore(w, "bss_renewal")
			c.provider = test.provider

			g := w.gated()

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			if test.act != nil {
				between(w, g, test.at, func() { test.act(w) })
			}

			g.answersWith(test.rewrite)

			diags := c.apply(t.Context(), plan)
			diags.says(t, strings.TrimPrefix(cmp.Or(test.field, "resource_id"), "none"), test.says)

			if !c.absent() {
				t.Error("a renewal that was refused left state")
			}

			canceledOurs(t, w, test.left)
		})
	}
}

// replace changes a text in the answers of an operation.
func replace(of, text, with string) func(string, []byte) []byte {
	return func(operation string, body []byte) []byte {
		if operation != of {
			return body
		}

		return bytes.ReplaceAll(body, []byte(text), []byte(with))
	}
}

func reprice(w *world, amount string) {
	for _, id := range w.unpaid() {
		if _, err := w.Console("reprice_order", map[string]any{"order_id": id, "amount": amount}); err != nil {
			w.t.Error(err)
		}
	}
}

// canceledOurs fails unless the order that was placed is canceled by a call that
// acted, nothing is paid by the API, and only the orders of others are left.
func canceledOurs(t *testing.T, w *world, left int) {
	t.Helper()

	if sent, acted := w.cancelCalls(); w.sent("renew_resources") != 1 || acted != 1 {
		t.Errorf("%d renewals, %d of %d cancellations acted, want one each", w.sent("renew_resources"), acted, sent)
	}

	if got := w.unpaid(); len(got) != left {
		t.Errorf("orders %v are unpaid, want %d", got, left)
	}

	for _, payment := range w.World().Payments {
		if payment.By == "api" {
			t.Errorf("order %s was paid", payment.OrderID)
		}
	}
}

// TestRenewalSeveralOrders: a renewal that makes two orders is bounded by their
// sum, and pays both or none.
func TestRenewalSeveralOrders(t *testing.T) {
	t.Parallel()

	// The price that the plan states, by the cap.
	for most, price := range map[string]string{"240": "240.00", "239.99": "200.00"} {
		paid := most == "240"

		t.Run(most, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			c, g := newCore(w, "bss_renewal"), w.gated()

			g.answersWith(func(operation string, body []byte) []byte {
				if operation != "renew_resources" {
					return replace("get_renewal_price", "120.00", price)(operation, body)
				}

				renewElsewhere(w, renewedID, map[string]any{"period_num": 2, "unpaid": true})()

				orders := w.unpaid()

				return bytes.Replace(body, []byte(`["`+orders[0]+`"]`), []byte(`["`+orders[0]+`","`+orders[1]+`"]`), 1)
			})

			diags := c.run(t.Context(), renewalTo(t, "2027-03-31", most))

			if !paid {
				diags.says(t, "max_amount", "made 2 orders", "240", "Orders CS")

				if _, acted := w.cancelCalls(); acted != 2 || len(w.unpaid()) != 0 || len(w.World().Payments) != 0 {
					t.Errorf("%d cancellations, unpaid %v, payments %v", acted, w.unpaid(), w.World().Payments)
				}

				return
			}

			if diags.failed() || len(w.World().Payments) != 2 {
				t.Fatalf("payments %v\n%s", w.World().Payments, diags)
			}

			has(t, c.state, map[string]string{"status": "reached", "amount_paid": "240"})
		})
	}
}

// TestRenewalInPart: what several orders may cost together holds until the last
// of them is paid, before coupons; what is paid by then is state, not an error.
func TestRenewalInPart(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	w.console("add_coupon", map[string]any{"id": "CP1", "type": 1, "face_value": "150.00", "version": 2, "balance": "150.00"})

	c, g := newCore(w, "bss_renewal"), w.gated()
	second := ""

	g.answersWith(func(operation string, body []byte) []byte {
		if operation != "renew_resources" {
			return replace("get_renewal_price", "120.00", "240.00")(operation, body)
		}

		renewElsewhere(w, renewedID, map[string]any{"period_num": 2, "unpaid": true})()

		orders := w.unpaid()
		second = orders[1]

		return bytes.Replace(body, []byte(`["`+orders[0]+`"]`), []byte(`["`+orders[0]+`","`+orders[1]+`"]`), 1)
	})

	arguments := renewalTo(t, "2027-03-31", "240")
	arguments["coupon_ids"] = strs("CP1")

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	between(w, g, moment{true, "pay_order", 1}, func() {
		if _, err := w.Console("reprice_order", map[string]any{"order_id": second, "amount": "121.00"}); err != nil {
			w.t.Error(err)
		}
	})

	diags := c.apply(t.Context(), plan)
	if diags.failed() || !diags.warns("Renewal is paid in part") || c.tainted {
		t.Fatalf("tainted %t: %s", c.tainted, diags)
	}

	if !strings.Contains(diags.String(), "up to 121.00 USD, which is more than max_amount = 120") {
		t.Errorf("the rest was not held against what is left of the cap: %s", diags)
	}

	has(t, c.state, map[string]string{"status": "reached", "amount_paid": "0"})

	if _, acted := w.cancelCalls(); acted != 1 || len(w.unpaid()) != 0 || len(w.World().Payments) != 1 {
		t.Errorf("%d cancellations, unpaid %v, payments %v", acted, w.unpaid(), w.World().Payments)
	}
}

// TestRenewalInterrupted: an interruption after the order was placed pays
// nothing, and cancels it.
func TestRenewalInterrupted(t *testing.T) {
	t.Parallel()

	for name, at := range map[string]moment{
		"while ordering":           {false, "renew_resources", 1},
		"after the order":          {true, "renew_resources", 1},
		"while the order is read":  {false, "get_order", 1},
		"before the payment looks": {true, "list_resources", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			c, g := newCore(w, "bss_renewal"), w.gated()

			plan := c.plan(t.Context(), renewalTo(t, "2027-03-31", "120"))

			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()

			between(w, g, at, interrupt)

			if diags := c.apply(ctx, plan); !diags.failed() || !c.absent() {
				t.Errorf("want an error and no state: %s", diags)
			}

			canceledOurs(t, w, 0)
		})
	}
}

// TestRenewalNotPermitted: where nothing may be spent, or the account is
// another, nothing is ordered.
func TestRenewalNotPermitted(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		provider    map[string]tftypes.Value
		field, says string
	}{
		"another account": {map[string]tftypes.Value{"allowed_domain_ids": strs("another")}, "", "Account is not allowed"},
		"spending denied": {spendingValue(attributes{"mode": str("deny")}), "resource_id", "Spending is denied"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			c := newCore(w, "bss_renewal")

			p, diags := c.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			// The plan was made where it was allowed, and is carried out, as it stands,
			// where it is not.
			plan := c.planWith(t.Context(), p, renewalTo(t, "2027-03-31", "120"))
			c.provider = test.provider

			p, diags = c.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			diags = c.change(t.Context(), p, plan)
			diags.says(t, test.field, test.says)

			if !c.absent() || w.mutations() != 0 {
				t.Errorf("%d mutating calls", w.mutations())
			}
		})
	}
}

// TestRenewalOpenOrderChanged: an open order that the plan named and that is gone
// when it is to be paid is an error, and taints nothing.
func TestRenewalOpenOrderChanged(t *testing.T) {
	t.Parallel()

	for _, act := range []string{"pay_order", "cancel_order"} {
		t.Run(act, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			c := newCore(w, "bss_renewal")
			order := w.console("renew", map[string]any{"resource_id": renewedID, "period_type": 2, "period_num": 2, "unpaid": true})["order_id"]

			p, diags := c.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			plan := c.planWith(t.Context(), p, renewalTo(t, "2027-03-31", "120"))
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			w.console(act, map[string]any{"order_id": order})

			diags = c.change(t.Context(), p, plan)
			diags.says(t, "resource_id", "The open order changed")

			if c.tainted || !c.absent() || w.mutations() != 0 {
				t.Errorf("tainted %t, %d mutating calls", c.tainted, w.mutations())
			}

			if diags := c.run(t.Context(), renewalTo(t, "2027-03-31", "120")); diags.failed() || len(w.World().Payments) != 1 {
				t.Errorf("payments %v\n%s", w.World().Payments, diags)
			}
		})
	}
}

// TestRenewalForeignOrder: an order without times is nobody's in particular
// while another resource of its product exists, and of two orders that the API
// says are about the resource neither is chosen.
func TestRenewalForeignOrder(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings map[string]string
		arrange  func(w *world)
		says     string
	}{
		"without times, another end": {
			map[string]string{"unpaid_line_times": "off"},
			func(w *world) {
				w.console("add_resource", map[string]any{"resource_id": "server-2", "expire_time": "2027-06-30T15:59:59Z"})
				// A change holds the server, and a renewal the other one.
				w.console("place_order", map[string]any{"order_type": 3, "amount": "1.00", "resource_ids": []string{renewedID}})
				renewElsewhere(w, "server-2", map[string]any{"period_num": 2, "unpaid": true})()
				w.Advance(time.Hour)
			},
			"(change) may hold it just as well",
		},
		"two of its own": {
			map[string]string{"order_query_finds_renewals": "on"},
			func(w *world) {
				renewElsewhere(w, renewedID, map[string]any{"period_num": 2, "unpaid": true})()
				renewElsewhere(w, renewedID, map[string]any{"period_num": 2, "unpaid": true})()
			},
			"look like it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := renewalWorld(t, bsssim.Options{Settings: test.settings})
				test.arrange(w)

				arguments := renewalTo(t, "2027-03-31", "1000")
				arguments["timeouts"] = shortWaits()

				diags := newCore(w, "bss_renewal").run(t.Context(), arguments)
				diags.says(t, "resource_id", test.says)

				if w.mutations() != 0 {
					t.Errorf("%d mutating calls", w.mutations())
				}
			})
		})
	}
}
