// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// latePayment is how long a late payment takes, where its client waits a second.
const latePayment = 2500 * time.Millisecond

// payFaults is every way in which the paying call can go wrong, among them the
// refusals that say that nothing was done.
func payFaults(late time.Duration) map[string]bsssim.Fault {
	faults := callFaults(late)
	maps.Copy(faults, map[string]bsssim.Fault{
		"in progress":           {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99000088"},
		"in progress after":     {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99000088"},
		"changed before":        {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003106"},
		"changed after":         {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003106"},
		"tax unavailable after": {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99006093"},
		"balance short after":   {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99005003"},
	})

	return faults
}

// TestOrderPaymentFaults lets the paying call go wrong in every way, applies
// twice, and holds the world against the promise: one payment, at most one
// paying call that acted, nothing tainted, an empty plan.
func TestOrderPaymentFaults(t *testing.T) {
	t.Parallel()

	throughFaults(t, payFaults(latePayment), map[string]string{"v3": "pay_order", "v1": "pay_order_v1"}, "a payment", payThroughFault)
}

func payThroughFault(t *testing.T, cell faultCell) {
	t.Helper()

	w := newRichWorld(t, cell.options())

	order := w.placeOrder(map[string]any{"amount": "42.50", "resources": 1})
	arguments := map[string]tftypes.Value{
		"order_id": str(order), "max_amount": num(t, "42.50"), "api_version": str(cell.variant),
	}

	c := newCore(w, "bss_order_payment")
	firstRun := cell.firstRun(t, c, arguments)

	// What was done is found out at once, however wrong its answer was.
	if _, acted := w.payCalls(); acted == 1 && firstRun.failed() {
		t.Errorf("the first apply paid, and failed:\n%s", firstRun)
	}

	cell.secondRun(t, c, arguments, firstRun)

	if got := w.payments(order); len(got) != 1 {
		t.Errorf("payments = %q, want one", got)
	}

	if sent, acted := w.payCalls(); acted > 1 {
		t.Errorf("%d of %d paying calls acted, want one at most", acted, sent)
	}

	if got := show(c.attribute("status")); got != "completed" {
		t.Errorf("status = %s", got)
	}

	c.plansNothing(t.Context(), arguments)
}

// TestOrderPaymentLookFails: a look that fails refuses, with no paying call.
func TestOrderPaymentLookFails(t *testing.T) {
	t.Parallel()

	for _, operation := range []string{"list_orders", "get_order", "list_order_discounts"} {
		for name, fault := range lookFaults() {
			// Who may not see discounts may still pay without one.
			if operation == "list_order_discounts" && name == "403" {
				continue
			}

			t.Run(operation+"/"+name, func(t *testing.T) {
				t.Parallel()

				w := newRichWorld(t, bsssim.Options{})

				order := w.placeOrder(map[string]any{"amount": "42.50"})
				arguments := map[string]tftypes.Value{"order_id": str(order), "max_amount": num(t, "42.50")}

				c := newCore(w, "bss_order_payment")
				c.provider = map[string]tftypes.Value{"max_retries": num(t, "0")}

				plan := c.plan(t.Context(), arguments)
				if plan.diagnostics.failed() {
					t.Fatal(plan.diagnostics)
				}

				// The plan at apply may read; the look before paying fails.
				fault.Operation, fault.Times, fault.After = operation, -1, 1
				addFault(t, w, fault)

				if diags := c.apply(t.Context(), plan); !diags.failed() || !c.absent() {
					t.Errorf("applied without a look: %s", diags)
				}

				if sent, _ := w.payCalls(); sent != 0 {
					t.Errorf("%d paying calls after a look that failed", sent)
				}

				w.ClearFaults()

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Errorf("the next apply failed: %s", diags)
				}

				if got := w.payments(order); len(got) != 1 {
					t.Errorf("payments = %q, want one", got)
				}
			})
		}
	}
}

// TestOrderPaymentDoubt: a doubt that looking does not clear is an error
// without state, and says what to do.
func TestOrderPaymentDoubt(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})

	order := w.placeOrder(map[string]any{"amount": "42.50"})
	arguments := map[string]tftypes.Value{"order_id": str(order), "max_amount": num(t, "42.50")}
	c := newCore(w, "bss_order_payment")

	addFault(t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropBefore})

	diags := c.run(t.Context(), arguments)
	if !diags.failed() || !c.absent() {
		t.Fatalf("want an error and no state, got %s", diags)
	}

	if got := diags[len(diags)-1].Summary; got != "Payment is in doubt" {
		t.Errorf("summary = %q", got)
	}

	if sent, _ := w.payCalls(); sent != 1 {
		t.Errorf("the payment was sent %d times, want once", sent)
	}
}

// TestOrderPaymentLateAct: a payment that arrives after its client gave up is
// never sent a second time by the run that sent it.
func TestOrderPaymentLateAct(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newRichWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})

		order := w.placeOrder(map[string]any{"amount": "42.50", "resources": 1})
		arguments := map[string]tftypes.Value{"order_id": str(order), "max_amount": num(t, "42.50")}

		c := newCore(w, "bss_order_payment")
		c.provider = map[string]tftypes.Value{"request_timeout": str("1s")}

		addFault(t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDelayBefore, Delay: 2 * time.Second})

		if diags := c.run(t.Context(), arguments); !diags.failed() || !c.absent() {
			t.Fatalf("want an error and no state, got %s", diags)
		}

		until(t, "the payment arrives", func() bool { return len(w.payments(order)) > 0 })

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Error(diags)
		}

		if got := w.payments(order); len(got) != 1 {
			t.Errorf("payments = %q, want one", got)
		}

		if sent, _ := w.payCalls(); sent != 1 {
			t.Errorf("the payment was sent %d times, want once", sent)
		}
	})
}

// TestOrderPaymentParallel: two resources of one order, and two processes, pay
// it once.
func TestOrderPaymentParallel(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})

	order := w.placeOrder(map[string]any{"amount": "42.50"})
	arguments := map[string]tftypes.Value{"order_id": str(order), "max_amount": num(t, "42.50")}

	c := newCore(w, "bss_order_payment")

	p, diags := c.start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	saved := c.plan(t.Context(), arguments)
	done := make(chan diagnostics, 5)

	for range cap(done) {
		go func() {
			other := newCore(w, "bss_order_payment")
			done <- other.change(context.WithoutCancel(t.Context()), p, saved)
		}()
	}

	for range cap(done) {
		if diags := <-done; diags.failed() {
			t.Error(diags)
		}
	}

	if got := w.payments(order); len(got) != 1 {
		t.Errorf("payments = %q, want one", got)
	}

	if sent, _ := w.payCalls(); sent != 1 {
		t.Errorf("%d paying calls in one process, want one", sent)
	}
}
