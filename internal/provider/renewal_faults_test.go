// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// renewalFaults are the faults of each call of a renewal that acts.
func renewalFaults() map[string]map[string]bsssim.Fault {
	renew := callFaults(lateDelay)
	maps.Copy(renew, map[string]bsssim.Fault{
		"in unpaid order":           {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003100"},
		"in unpaid order after":     {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003100"},
		"order in progress":         {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003144"},
		"order in progress after":   {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003144"},
		"order in progress in 200":  {Kind: bsssim.FaultStatusBefore, Status: 200, Code: "CBC.3144"},
		"in progress in 200, after": {Kind: bsssim.FaultStatusAfter, Status: 200, Code: "CBC.3144"},
		"locked":                    {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.3002"},
		"locked after":              {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.3002"},
		"deleted":                   {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003016"},
		"deleted after":             {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003016"},
		"transaction after":         {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003651"},
	})

	cancel := callFaults(lateDelay)
	maps.Copy(cancel, map[string]bsssim.Fault{
		"not cancelable":       {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99005010"},
		"not cancelable after": {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99005010"},
	})

	return map[string]map[string]bsssim.Fault{"renew_resources": renew, "pay_order": payFaults(lateDelay), "cancel_order": cancel}
}

// renewalCell is one place of the matrix.
type renewalCell struct {
	operation, name string
	fault           bsssim.Fault
	locks           string
	// second lets the fault hit the second attempt.
	second bool
	// update reaches a later day in an update.
	update bool
}

func (c renewalCell) String() string {
	name := c.operation + "/" + c.name + "/locks " + c.locks
	if c.second {
		name += "/second attempt"
	}

	if c.update {
		name += "/update"
	}

	return name
}

func renewalCells() (cells []renewalCell) {
	for operation, faults := range renewalFaults() {
		for name, fault := range faults {
			for _, locks := range []string{"on", "off"} {
				for _, second := range []bool{false, true} {
					for _, update := range []bool{false, true} {
						// What arrives after its client gave up cannot be fenced where the
						// server itself does not refuse the second.
						if name == lateAct && locks == "off" {
							continue
						}

						// Each kind of apply meets the second attempt in other cells.
						if second && update != (locks == "off") {
							continue
						}

						fault.Operation = operation
						cells = append(cells, renewalCell{operation: operation, name: name, fault: fault, locks: locks, second: second, update: update})
					}
				}
			}
		}
	}

	return cells
}

// TestRenewalFaults lets each call of a renewal that acts go wrong in every way,
// applies until the day is reached, and holds the world against the promise: one
// order paid, once, within the cap, and nothing left that is not named.
func TestRenewalFaults(t *testing.T) {
	t.Parallel()

	cells := renewalCells()

	for _, cell := range cells {
		t.Run(cell.String(), func(t *testing.T) {
			t.Parallel()
			renewThroughFault(t, cell)
		})
	}

	t.Logf("%d cells; left out: calls that arrive after their client gave up, with the server's locks off; second attempts of updates "+
		"with locks, and of creates without", len(cells))
}

func renewThroughFault(t *testing.T, cell renewalCell) {
	t.Helper()

	w := renewalWorld(t, bsssim.Options{
		Processing: bsssim.Transition{Duration: 30 * time.Millisecond}, Settings: map[string]string{"server_locks": cell.locks},
	})
	c := newCore(w, "bss_renewal")
	c.provider = map[string]tftypes.Value{"request_timeout": str("1s")}

	if cell.update {
		if diags := c.run(t.Context(), renewalTo(t, "2027-01-31", "0")); diags.failed() {
			t.Fatal(diags)
		}
	}

	fault := cell.fault

	switch {
	case cell.operation == "cancel_order":
		// An order that turns out to be too dear is canceled, which goes wrong.
		repricings := int64(1)
		if cell.second {
			repricings, fault.After = 2, 1
		}

		repriceOrders(w, repricings)
	case cell.second:
		addFault(t, w, bsssim.Fault{Operation: fault.Operation, Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"})
	}

	addFault(t, w, fault)

	settle(t, w, c, renewalTo(t, "2027-03-31", "120"), "120", func() {
		// What was delayed has to have arrived before anything is counted.
		if fault.Delay > time.Second {
			until(t, "the delayed call was answered", func() bool { return settledCalls(w) })
		}
	})
}

// repriceOrders makes the first orders of renewals dearer than they were priced,
// before anybody sees them.
func repriceOrders(w *world, times int64) {
	w.t.Helper()

	var done atomic.Int64

	w.gated().after = func(_ int, operation string) {
		if operation != "renew_resources" || done.Add(1) > times {
			return
		}

		for _, id := range w.unpaid() {
			if _, err := w.Console("reprice_order", map[string]any{"order_id": id, "amount": "500.00"}); err != nil {
				w.t.Error(err)
			}
		}
	}
}

// settle plans and applies until a goal is reached, and acts on what it is told
// as a user would: an order that is named and in the way is canceled at the
// console. Whatever happens, nothing is tainted, nothing paid twice or above the
// cap, and nothing left unpaid without being named. arrived waits, after each
// apply, for what is still on its way.
func settle(t *testing.T, w *world, c *core, arguments map[string]tftypes.Value, most string, arrived func()) {
	t.Helper()

	said, reached := "", false

	for range 6 {
		plan := c.plan(t.Context(), arguments)
		said += plan.diagnostics.String()

		switch {
		case plan.diagnostics.failed():
			if len(w.World().Orders) == 0 {
				t.Fatalf("the plan refuses without an order in the way:\n%s", plan.diagnostics)
			}

			// What is being carried out has time to end, and what is unpaid is
			// canceled by whoever it is named to.
			w.Advance(time.Minute)
			allNamed(t, w, said)
			cancelUnpaid(w)

			continue
		case !plan.empty():
			diags := c.apply(t.Context(), plan)
			said += diags.String()
			reached = !diags.failed()

			if c.tainted {
				t.Fatalf("an apply left a tainted resource:\n%s", diags)
			}

			if _, acted := w.payCalls(); acted > 0 && diags.failed() && !strings.Contains(said, "in doubt") {
				t.Errorf("an apply paid, and failed:\n%s", diags)
			}
		}

		arrived()

		if reached {
			break
		}
	}

	if !reached {
		t.Fatalf("the day is not reached:\n%s", said)
	}

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() || !plan.empty() {
		t.Errorf("the plan after is not empty: %s\n%s", plan.value, plan.diagnostics)
	}

	allNamed(t, w, said+plan.diagnostics.String())
	paidOneOrder(t, w, most)
	truthful(t, w, c)
}

// truthful holds a state whose day is reached against the world. Whoever finds
// the day reached after a run that was cut off knows of no order.
func truthful(t *testing.T, w *world, c *core) {
	t.Helper()

	want := map[string]string{
		"status": "reached", "expire_time": w.serverEnds(), "amount_paid": "null", "payment_time": "null",
	}

	if ids := show(c.attribute("order_ids")); ids != "null" {
		paid := w.World().Payments[0]
		want["order_ids"], want["amount_paid"] = "["+paid.OrderID+"]", show(num(t, w.paid()))
		want["payment_time"] = paid.At.UTC().Format(time.RFC3339)
	}

	has(t, c.state, want)
}

// allNamed fails for an order that is left unpaid and that nobody was told of.
func allNamed(t *testing.T, w *world, said string) {
	t.Helper()

	for _, id := range w.unpaid() {
		if !strings.Contains(said, id) {
			t.Errorf("order %s is left unpaid, and nothing names it:\n%s", id, said)
		}
	}
}

func cancelUnpaid(w *world) {
	w.t.Helper()

	for _, id := range w.unpaid() {
		w.console("cancel_order", map[string]any{"order_id": id})
	}
}

// paidOneOrder fails unless one order was paid by the API, by one payment, by one
// paying call that acted, and within the cap.
func paidOneOrder(t *testing.T, w *world, most string) {
	t.Helper()

	if paid := w.World().Payments; len(paid) != 1 {
		t.Errorf("payments = %v, want one", paid)
	}

	if sent, acted := w.payCalls(); acted > 1 {
		t.Errorf("%d of %d paying calls acted, want one at most", acted, sent)
	}

	if exact(t, w.paid()).Cmp(exact(t, most)) > 0 {
		t.Errorf("%s was paid, above the cap %s", w.paid(), most)
	}
}

// expiry is when a resource really ends.
func (w *world) expiry(id string) string {
	return w.World().Resource(id).ExpireTime.UTC().Format(time.RFC3339)
}

// paid is the sum of all payments.
func (w *world) paid() string {
	w.t.Helper()

	var sum bssapi.Decimal

	for _, payment := range w.World().Payments {
		amount, err := bssapi.ParseDecimal(string(payment.Amount))
		if err != nil {
			w.t.Fatal(err)
		}

		sum = sum.Add(amount)
	}

	return sum.String()
}

// TestRenewalDoubt: a renewal whose order does not show is not sent again by the
// run that sent it, and nothing is paid.
func TestRenewalDoubt(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	c := newCore(w, "bss_renewal")
	arguments := renewalTo(t, "2027-03-31", "120")

	addFault(t, w, bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultDropBefore})

	diags := c.run(t.Context(), arguments)
	diags.says(t, "resource_id", "Renewal is in doubt", "Nothing was paid")

	if !c.absent() || w.sent("renew_resources") != 1 || w.sent("pay_order") != 0 {
		t.Fatalf("%d renewals and %d paying calls were sent, want one and none", w.sent("renew_resources"), w.sent("pay_order"))
	}

	if diags := c.run(t.Context(), arguments); diags.failed() || w.sent("renew_resources") != 2 {
		t.Fatalf("the next apply: %s", diags)
	}

	paidOneOrder(t, w, "120")
}

// TestRenewalLateOrder: an order that arrives after the term was bought all the
// same is not paid, and the next renewal, for another term, names it.
func TestRenewalLateOrder(t *testing.T) {
	t.Parallel()

	for _, times := range []string{"on", "off"} {
		t.Run("times "+times, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := renewalWorld(t, bsssim.Options{Settings: map[string]string{"unpaid_line_times": times}})
				c := newCore(w, "bss_renewal")
				c.provider = map[string]tftypes.Value{"request_timeout": str("1s")}

				addFault(t, w, bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultDelayBefore, Delay: 12 * time.Second})

				diags := c.run(t.Context(), renewalTo(t, "2027-03-31", "120"))
				diags.says(t, "resource_id", "Renewal is in doubt")

				if diags := c.run(t.Context(), renewalTo(t, "2027-03-31", "120")); diags.failed() {
					t.Fatal(diags)
				}

				until(t, "the late order arrives", func() bool { return len(w.unpaid()) == 1 })
				has(t, c.state, map[string]string{"status": "reached", "amount_paid": "120"})

				diags = c.run(t.Context(), renewalTo(t, "2027-04-30", "120"))
				diags.says(t, "resource_id", w.unpaid()...)
				paidOneOrder(t, w, "120")
			})
		})
	}
}
