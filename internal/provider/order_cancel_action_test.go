// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const typeOrderCancel = "bss_order_cancel"

// cancelAction cancels an order that was placed with these values.
func cancelAction(t *testing.T, order map[string]any) (*world, string, invocation) {
	t.Helper()

	w := newRichWorld(t, bsssim.Options{})

	id := w.placeOrder(order)

	return w, id, invocation{typeName: typeOrderCancel, config: attributes{"order_id": str(id)}}
}

// cancelCalls counts the cancelling calls of the journal, and those that acted.
func (w *world) cancelCalls() (sent, acted int) {
	for _, request := range w.Requests() {
		if request.Operation == "cancel_order" {
			sent++

			if request.Acted {
				acted++
			}
		}
	}

	return sent, acted
}

func (w *world) orderStatus(id string) int {
	w.t.Helper()

	return w.World().Order(id).Status
}

// TestOrderCancelTwice: invoked twice, the action cancels once.
func TestOrderCancelTwice(t *testing.T) {
	t.Parallel()

	w, id, cancel := cancelAction(t, map[string]any{"amount": "42.50"})

	for _, says := range []string{id + " is canceled.", id + " is already canceled."} {
		result := cancel.run(t, w)
		if result.diagnostics.failed() || !result.said(says) {
			t.Errorf("no word of %q: %q\n%s", says, result.progress, result.diagnostics)
		}

		if sent, acted := w.cancelCalls(); sent != 1 || acted != 1 {
			t.Errorf("sent %d times, of which %d acted", sent, acted)
		}
	}

	if got := w.orderStatus(id); got != 4 {
		t.Errorf("order status %d", got)
	}
}

// TestOrderCancelFaults: a lost answer is found out about, and a doubt that
// stays is an error that says what to do.
func TestOrderCancelFaults(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		says  []string
	}{
		"lost answer": {fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}},
		"lost call": {
			fault: bsssim.Fault{Kind: bsssim.FaultDropBefore}, says: []string{"Cancellation is in doubt", "was sent once", "safe to cancel it " +
				"again"},
		},
		"refused": {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151"},
			says: []string{"Cancellation was refused", "CBC.0151", "bss:order:update"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, id, cancel := cancelAction(t, map[string]any{"amount": "42.50"})

			test.fault.Operation = "cancel_order"
			addFault(t, w, test.fault)

			result := cancel.run(t, w)
			if test.says == nil && result.diagnostics.failed() {
				t.Error(result.diagnostics)
			}

			if test.says != nil {
				result.diagnostics.says(t, "", test.says...)
			}

			if sent, _ := w.cancelCalls(); sent != 1 {
				t.Errorf("sent %d times, want once", sent)
			}

			if again := cancel.run(t, w); again.diagnostics.failed() || w.orderStatus(id) != 4 {
				t.Errorf("order status %d after the second invocation: %s", w.orderStatus(id), again.diagnostics)
			}
		})
	}
}

// TestOrderCancelRefusals: what cannot be canceled is an error at the plan and
// again at the invocation, and no call is sent.
func TestOrderCancelRefusals(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		order map[string]any
		says  string
	}{
		"paid":             {order: map[string]any{"amount": "42.50", "status": 5}, says: "is paid (completed)"},
		"processing":       {order: map[string]any{"amount": "42.50", "status": 3}, says: "is paid (processing)"},
		"pending approval": {order: map[string]any{"amount": "42.50", "status": 1}, says: "pending_approval"},
		"unknown status":   {order: map[string]any{"amount": "42.50", "status": 17}, says: "unknown(17)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, _, cancel := cancelAction(t, test.order)
			cancel.plan(t, w).says(t, "order_id", test.says)
			cancel.invoke(t.Context(), t, w).diagnostics.says(t, "order_id", test.says)

			if count := w.mutations(); count != 0 {
				t.Errorf("%d calls that change something", count)
			}
		})
	}

	t.Run("no order", func(t *testing.T) {
		t.Parallel()

		w := newWorld(t, bsssim.Options{})
		cancel := invocation{typeName: typeOrderCancel, config: attributes{"order_id": str("CS0")}}
		cancel.plan(t, w).says(t, "order_id", "has no order CS0")
	})

	t.Run("another account", func(t *testing.T) {
		t.Parallel()

		w, _, cancel := cancelAction(t, map[string]any{"amount": "42.50"})
		cancel.provider = attributes{"allowed_domain_ids": strs("another")}
		cancel.plan(t, w).says(t, "", "allowed_domain_ids")
		cancel.invoke(t.Context(), t, w).diagnostics.says(t, "", "allowed_domain_ids")

		if count := w.mutations(); count != 0 {
			t.Errorf("%d calls that change something", count)
		}
	})
}

// TestOrderCancelUnknown: what a plan does not name is not canceled.
func TestOrderCancelUnknown(t *testing.T) {
	t.Parallel()

	w, id, cancel := cancelAction(t, map[string]any{"amount": "42.50"})
	cancel.config = attributes{"order_id": unknown(tftypes.String)}

	cancel.plan(t, w).says(t, "order_id", "Order to cancel is not known", "the plan has to name it")

	if len(w.Requests()) > 0 {
		t.Errorf("%d calls", len(w.Requests()))
	}

	cancel.invoke(t.Context(), t, w).diagnostics.says(t, "", "before all of its arguments were known")

	if got := w.orderStatus(id); got != 6 {
		t.Errorf("order status %d", got)
	}
}
