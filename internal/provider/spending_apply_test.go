// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// payOrders has one provider pay orders at once, and returns what each said.
// Plans are as without the block, so that only the apply is bounded.
func payOrders(
	t *testing.T,
	w *world,
	p *process,
	orders []string,
	apply func(*core, context.Context, *process, *planned) diagnostics,
) []diagnostics {
	t.Helper()

	cores, plans := make([]*core, len(orders)), make([]*planned, len(orders))

	for i, order := range orders {
		cores[i] = newCore(w, "bss_order_payment")
		plans[i] = cores[i].plan(t.Context(), attributes{"order_id": str(order), "max_amount": num(t, "100")})

		if plans[i].diagnostics.failed() {
			t.Fatal(plans[i].diagnostics)
		}
	}

	said := make([]diagnostics, len(orders))
	done := make(chan int, len(orders))

	for i := range orders {
		go func() {
			said[i] = apply(cores[i], context.WithoutCancel(t.Context()), p, plans[i])
			done <- i
		}()
	}

	for range orders {
		<-done
	}

	for i, order := range orders {
		if cores[i].tainted {
			t.Errorf("order %s is tainted", order)
		}

		if said[i].failed() != cores[i].absent() {
			t.Errorf("order %s: state %s after:\n%s", order, cores[i].state, said[i])
		}
	}

	return said
}

// TestSpendingAtOnce: ten payments at once under a bound for three make exactly
// three paying calls, whether the plan at apply counts or the payment alone.
func TestSpendingAtOnce(t *testing.T) {
	t.Parallel()

	for name, apply := range map[string]func(*core, context.Context, *process, *planned) diagnostics{
		"planned again": (*core).applyWith, "as it stands": (*core).change,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newRichWorld(t, bsssim.Options{})

			var orders []string
			for range 10 {
				orders = append(orders, w.placeOrder(map[string]any{"amount": "10.00", "order_type": 3}))
			}

			// More than three, and less than four.
			c := newCore(w, "bss_order_payment")
			c.provider = atMost(t, "39.99")
			said := payOrders(t, w, c.running(t.Context()), orders, apply)

			paid := 0

			for i, diags := range said {
				if !diags.failed() {
					paid++

					continue
				}

				diags.says(t, "order_id", "Spending is above max_per_apply", "up to 10.00 USD", "max_per_apply = 39.99")

				if got := w.payments(orders[i]); len(got) != 0 {
					t.Errorf("refused, and paid: %q", got)
				}
			}

			if sent, acted := w.payCalls(); sent != 3 || acted != 3 || paid != 3 {
				t.Errorf("%d paying calls, %d acted, %d payments in state, want 3", sent, acted, paid)
			}
		})
	}
}

// TestSpendingKeepsAndReleases: what may have been charged stays counted for
// the rest of the run, and what certainly was not is taken off.
func TestSpendingKeepsAndReleases(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		// blind lets the look after the payment fail.
		blind bool
		// fails says how the first payment ends; empty for a payment.
		fails string
		// kept says that the second payment is refused.
		kept bool
	}{
		"paid":                  {fault: bsssim.Fault{Kind: bsssim.FaultDelayAfter, Delay: 1}, kept: true},
		"paid, answer lost":     {fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}, kept: true},
		"paid, seen by nobody":  {fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}, blind: true, fails: "Payment is in doubt", kept: true},
		"not paid, but unclear": {fault: bsssim.Fault{Kind: bsssim.FaultDropBefore}, fails: "Payment is in doubt", kept: true},
		"refused, unseen": {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99005003"}, blind: true,
			fails: "Payment is in doubt", kept: true},
		"refused":           {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99005003"}, fails: "Balance is short"},
		"throttled for now": {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"}, kept: true},
		"throttled for good": {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308", Times: 4},
			fails: "Payment was refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newRichWorld(t, bsssim.Options{})

			first := w.placeOrder(map[string]any{"amount": "42.50", "order_type": 3})
			second := w.placeOrder(map[string]any{"amount": "42.50", "order_type": 3})

			c := newCore(w, "bss_order_payment")
			// Room for either of the two, and one attempt more of the first.
			c.provider = attributes{"max_retries": num(t, "0")}
			for argument, value := range atMost(t, "42.50") {
				c.provider[argument] = value
			}

			p := c.running(t.Context())

			test.fault.Operation, test.fault.Match = "pay_order", bsssim.FaultMatch{OrderID: first}
			addFault(t, w, test.fault)

			if test.blind {
				// Planning and looking before the payment read the details twice.
				addFault(t, w, bsssim.Fault{Operation: "get_order", Kind: bsssim.FaultStatusBefore, After: 2, Times: -1})
			}

			said := payOrders(t, w, p, []string{first}, (*core).change)[0]
			if test.fails == "" && said.failed() || test.fails != "" && (!said.failed() || said[len(said)-1].Summary != test.fails) {
				t.Fatalf("want %q, got:\n%s", test.fails, said)
			}

			w.ClearFaults()

			said = payOrders(t, w, p, []string{second}, (*core).change)[0]

			switch {
			case test.kept:
				said.says(t, "order_id", "may have spent 42.50 USD")

				if got := w.payments(second); len(got) != 0 {
					t.Errorf("payments of the second order = %q", got)
				}
			case said.failed():
				t.Errorf("what was not charged stays counted:\n%s", said)
			}
		})
	}
}

// TestSpendingReleasesCanceled: a payment that was refused, of an order that is
// canceled by then, was not charged.
func TestSpendingReleasesCanceled(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	gate := w.gated()

	first := w.placeOrder(map[string]any{"amount": "42.50", "order_type": 3})
	second := w.placeOrder(map[string]any{"amount": "42.50", "order_type": 3})

	c := newCore(w, "bss_order_payment")
	c.provider = atMost(t, "42.50")
	p := c.running(t.Context())

	plan := c.plan(t.Context(), attributes{"order_id": str(first), "max_amount": num(t, "100")})
	if plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	// Before the look that follows the refusal, a person cancels the order.
	addFault(t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003110"})

	cancel := once(t, func() { w.console("cancel_order", map[string]any{"order_id": first}) })

	gate.on(func(_ int, operation string) {
		if operation == "list_orders" && w.called("pay_order") == 1 {
			cancel()
		}
	}, nil)

	said := c.change(t.Context(), p, plan)
	said.says(t, "order_id", "Order is canceled")

	if said = payOrders(t, w, p, []string{second}, (*core).change)[0]; said.failed() {
		t.Errorf("what was not charged stays counted:\n%s", said)
	}
}
