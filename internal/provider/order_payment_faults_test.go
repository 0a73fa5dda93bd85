// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// payFaults is every way in which the paying call can go wrong, among them the
// refusals that say that nothing was done.
func payFaults() map[string]bsssim.Fault {
	return map[string]bsssim.Fault{
		"status before":         {Kind: bsssim.FaultStatusBefore},
		"status after":          {Kind: bsssim.FaultStatusAfter},
		"503 before":            {Kind: bsssim.FaultStatusBefore, Status: 503},
		"drop before":           {Kind: bsssim.FaultDropBefore},
		"drop after":            {Kind: bsssim.FaultDropAfter},
		"delay before":          {Kind: bsssim.FaultDelayBefore, Delay: 200 * time.Millisecond},
		"delay before, gave up": {Kind: bsssim.FaultDelayBefore, Delay: 2500 * time.Millisecond},
		"delay after":           {Kind: bsssim.FaultDelayAfter, Delay: 200 * time.Millisecond},
		"delay after, gave up":  {Kind: bsssim.FaultDelayAfter, Delay: 2500 * time.Millisecond},
		"garbage":               {Kind: bsssim.FaultGarbage},
		"truncate":              {Kind: bsssim.FaultTruncate},
		"429 gateway":           {Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"},
		"429 service":           {Kind: bsssim.FaultStatusBefore, Status: 429, Code: "CBC.0250"},
		"429 after":             {Kind: bsssim.FaultStatusAfter, Status: 429, Code: "APIG.0308"},
		"429 without end":       {Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308", Times: 4},
		"429 unknown":           {Kind: bsssim.FaultStatusAfter, Status: 429, Code: "CBC.0999"},
		"in progress":           {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99000088"},
		"in progress after":     {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99000088"},
		"changed before":        {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003106"},
		"changed after":         {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003106"},
		"too often":             {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99008040"},
		"too often after":       {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99008040"},
		"tax unavailable after": {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99006093"},
		"balance short after":   {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99005003"},
	}
}

// TestOrderPaymentFaults lets the paying call go wrong in every way, applies
// twice, and holds the world against the promise: one payment, at most one
// paying call that acted, nothing tainted, an empty plan.
func TestOrderPaymentFaults(t *testing.T) {
	t.Parallel()

	cells := 0

	for name, fault := range payFaults() {
		for _, version := range []string{"v3", "v1"} {
			for _, locks := range []string{"on", "off"} {
				for _, first := range []int{0, 1} {
					// A payment that arrives after its client gave up cannot be
					// fenced where the server itself does not refuse the second.
					if name == "delay before, gave up" && locks == "off" {
						continue
					}

					cells++

					fault := fault
					fault.Operation = map[string]string{"v3": "pay_order", "v1": "pay_order_v1"}[version]

					t.Run(name+"/"+version+"/locks "+locks+map[int]string{0: "", 1: "/second attempt"}[first], func(t *testing.T) {
						t.Parallel()
						payThroughFault(t, fault, version, locks, first)
					})
				}
			}
		}
	}

	t.Logf("%d cells; left out: a payment that arrives after its client gave up, with the server's locks off", cells)
}

func payThroughFault(t *testing.T, fault bsssim.Fault, version, locks string, first int) {
	t.Helper()

	ctx := t.Context()
	w := newWorld(t, bsssim.Options{
		Processing: bsssim.Transition{Reads: 1}, Settings: map[string]string{"server_locks": locks},
	})
	w.console("set_balance", map[string]any{"amount": "1000.00"})

	order := w.placeOrder(map[string]any{"amount": "42.50", "resources": 1})
	arguments := map[string]tftypes.Value{
		"order_id": str(order), "max_amount": num(t, "42.50"), "api_version": str(version),
	}

	c := newCore(w, "bss_order_payment")
	c.provider = map[string]tftypes.Value{"request_timeout": str("1s")}

	// On a second attempt, a first one was throttled before it did anything.
	if first == 1 {
		addFault(t, w, bsssim.Fault{Operation: fault.Operation, Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"})
	}

	addFault(t, w, fault)

	firstRun := c.run(ctx, arguments)
	if c.tainted {
		t.Fatalf("the first apply left a tainted resource:\n%s", firstRun)
	}

	// What was done is found out at once, however wrong its answer was.
	if _, acted := w.payCalls(); acted == 1 && firstRun.failed() {
		t.Errorf("the first apply paid, and failed:\n%s", firstRun)
	}

	secondRun := c.run(ctx, arguments)
	if secondRun.failed() || c.tainted {
		t.Fatalf("the second apply failed (tainted: %t):\n%s\nafter the first:\n%s", c.tainted, secondRun, firstRun)
	}

	// What was delayed has to have arrived before anything is counted.
	if fault.Delay > time.Second {
		until(t, "the delayed call was answered", func() bool { return settledCalls(w) })
	}

	if got := w.payments(order); len(got) != 1 {
		t.Errorf("payments = %q, want one", got)
	}

	if sent, acted := w.payCalls(); acted > 1 {
		t.Errorf("%d of %d paying calls acted, want one at most", acted, sent)
	}

	if got := show(c.attribute("status")); got != "completed" {
		t.Errorf("status = %s", got)
	}

	if plan := c.plan(ctx, arguments); plan.diagnostics.failed() || !plan.empty() {
		t.Errorf("the plan after is not empty: %s\n%s", plan.value, plan.diagnostics)
	}
}

func addFault(t *testing.T, w *world, fault bsssim.Fault) {
	t.Helper()

	if err := w.AddFault(fault); err != nil {
		t.Fatal(err)
	}
}

// settledCalls says whether every call was answered.
func settledCalls(w *world) bool {
	for _, request := range w.Requests() {
		if request.Status == 0 && !request.Acted && request.Mutation {
			return false
		}
	}

	return true
}

// TestOrderPaymentLookFails: a look that fails refuses, with no paying call.
func TestOrderPaymentLookFails(t *testing.T) {
	t.Parallel()

	for _, operation := range []string{"list_orders", "get_order", "list_order_discounts"} {
		for name, fault := range map[string]bsssim.Fault{
			"500":      {Kind: bsssim.FaultStatusBefore},
			"403":      {Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0155"},
			"garbage":  {Kind: bsssim.FaultGarbage},
			"truncate": {Kind: bsssim.FaultTruncate},
			"drop":     {Kind: bsssim.FaultDropAfter},
		} {
			// Who may not see discounts may still pay without one.
			if operation == "list_order_discounts" && name == "403" {
				continue
			}

			t.Run(operation+"/"+name, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{})
				w.console("set_balance", map[string]any{"amount": "1000.00"})

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

	w := newWorld(t, bsssim.Options{})
	w.console("set_balance", map[string]any{"amount": "1000.00"})

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

	w := newWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})
	w.console("set_balance", map[string]any{"amount": "1000.00"})

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
}

// TestOrderPaymentParallel: two resources of one order, and two processes, pay
// it once.
func TestOrderPaymentParallel(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.console("set_balance", map[string]any{"amount": "1000.00"})

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
