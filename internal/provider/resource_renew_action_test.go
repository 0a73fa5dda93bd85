// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const typeResourceRenew = "bss_resource_renew"

// renewAction renews the server for two months.
func renewAction(t *testing.T, more attributes) invocation {
	t.Helper()

	config := attributes(renewalTo(t, "2027-03-30", "120"))
	for name, value := range more {
		config[name] = value
	}

	return invocation{typeName: typeResourceRenew, config: config}
}

// serverEnds is when the server really ends.
func (w *world) serverEnds() string { return w.expiry(renewedID) }

// unpaid are the orders that are left unpaid.
func (w *world) unpaid() []string {
	var ids []string

	for _, order := range w.World().Orders {
		if order.Status == 6 {
			ids = append(ids, order.OrderID)
		}
	}

	return ids
}

// renewedOnce fails unless one order renewed the server for two months.
func renewedOnce(t *testing.T, w *world) {
	t.Helper()

	if paid := w.World().Payments; len(paid) != 1 || paid[0].Amount != "120.00" {
		t.Errorf("payments = %v, want one of 120.00", paid)
	}

	if renewals, pays := w.sent("renew_resources"), w.sent("pay_order"); renewals != 1 || pays != 1 {
		t.Errorf("%d renewals and %d paying calls were sent, want one each", renewals, pays)
	}

	if left := w.unpaid(); len(left) != 0 {
		t.Errorf("left unpaid: %q", left)
	}
}

// TestResourceRenewTwice: invoked twice, the action pays once, also where the
// server itself would not refuse a second renewal.
func TestResourceRenewTwice(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{
		Processing: bsssim.Transition{Reads: 2}, Settings: map[string]string{"server_locks": "off"},
	})
	renew := renewAction(t, nil)

	first := renew.run(t, w)
	if first.diagnostics.failed() || !first.said("paid (120.00 USD") ||
		!first.said("and reached. The resource ends at 2027-03-31T15:59:59Z.") {
		t.Errorf("%q\n%s", first.progress, first.diagnostics)
	}

	renewedOnce(t, w)

	second := renew.run(t, w)
	if second.diagnostics.failed() || !second.said("is already paid until 2027-03-31T15:59:59Z. Nothing is bought.") {
		t.Errorf("%q\n%s", second.progress, second.diagnostics)
	}

	renewedOnce(t, w)
}

// TestResourceRenewFaults: a lost answer of either call is found out about, at
// once or by the next invocation, and nothing is paid twice. An order that no
// answer has named is named and left alone: a plan of an action states none.
func TestResourceRenewFaults(t *testing.T) {
	t.Parallel()

	for _, operation := range []string{"renew_resources", "pay_order"} {
		for name, fault := range map[string]bsssim.Fault{
			"drop before":  {Kind: bsssim.FaultDropBefore},
			"drop after":   {Kind: bsssim.FaultDropAfter},
			"status after": {Kind: bsssim.FaultStatusAfter},
			"garbage":      {Kind: bsssim.FaultGarbage},
			"throttled":    {Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"},
		} {
			t.Run(operation+"/"+name, func(t *testing.T) {
				t.Parallel()

				w := renewalWorld(t, bsssim.Options{})
				renew := renewAction(t, nil)

				fault.Operation = operation
				addFault(t, w, fault)

				first := renew.run(t, w)
				if paid := len(w.World().Payments); paid == 1 && first.diagnostics.failed() {
					t.Errorf("paid, and failed:\n%s", first.diagnostics)
				}

				second := renew.run(t, w)

				if left := w.unpaid(); len(left) == 1 && second.diagnostics.failed() {
					second.diagnostics.says(t, "resource_id", "Order "+left[0], "bss_order_cancel")
					w.console("cancel_order", map[string]any{"order_id": left[0]})

					second = renew.run(t, w)
				}

				if second.diagnostics.failed() {
					t.Errorf("the second invocation failed:\n%s\nafter the first:\n%s", second.diagnostics, first.diagnostics)
				}

				if paid := w.World().Payments; len(paid) != 1 {
					t.Errorf("payments = %v, want one", paid)
				}

				if got := w.serverEnds(); got != "2027-03-31T15:59:59Z" {
					t.Errorf("the server ends at %s", got)
				}

				if left := w.unpaid(); len(left) != 0 {
					t.Errorf("left unpaid: %q", left)
				}
			})
		}
	}
}

// TestResourceRenewRefusals: what is refused is refused at the plan and again
// at the invocation, at its argument, and nothing is paid.
func TestResourceRenewRefusals(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		config, provider attributes
		at               string
		says             string
	}{
		"above the cap":    {config: attributes{"max_amount": num(t, "119.99")}, at: "max_amount", says: "max_amount = 119.99"},
		"another currency": {config: attributes{"currency": str("CNY")}, at: "currency", says: "priced in USD"},
		"out of reach":     {config: attributes{"paid_through": str("2028-01-31")}, at: "period_unit", says: "at most 11 months"},
		"unknown resource": {
			config: attributes{"resource_id": str("nothing"), "timeout": str("1s")}, at: "resource_id", says: "Billing does not know the resource",
		},
		"denied":    {provider: spendingValue(attributes{"mode": str("deny")}), at: "resource_id", says: "Spending is denied"},
		"not a day": {config: attributes{"paid_through": str("soon")}, at: "paid_through", says: "day"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			renew := renewAction(t, test.config)
			renew.provider = test.provider

			renew.plan(t, w).says(t, test.at, test.says)
			renew.invoke(t.Context(), t, w).diagnostics.says(t, test.at, test.says)

			if w.mutations() != 0 {
				t.Errorf("calls that change something: %v", w.calls())
			}
		})
	}
}

func TestResourceRenewUnknown(t *testing.T) {
	t.Parallel()

	unknowns := attributes{
		"resource_id": unknown(tftypes.String), "paid_through": unknown(tftypes.String), "period_unit": unknown(tftypes.String),
		"max_amount": unknown(tftypes.Number), "currency": unknown(tftypes.String), "discount": unknown(tftypes.String),
		"coupon_ids": unknown(tftypes.Set{ElementType: tftypes.String}), "timeout": unknown(tftypes.String),
	}

	for name, value := range unknowns {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			renew := renewAction(t, attributes{name: value})

			if planned := renew.plan(t, w); planned.failed() {
				t.Error(planned)
			}

			renew.invoke(t.Context(), t, w).diagnostics.says(t, "", "before all of its arguments were known")

			if w.mutations() != 0 {
				t.Errorf("calls that change something: %v", w.calls())
			}
		})
	}
}

// TestResourceRenewTimeout: a renewal that is paid and not carried out in time
// is a warning; until then the action says that it waits.
func TestResourceRenewTimeout(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}})
	renew := renewAction(t, attributes{"timeout": str("5s")})

	result := renew.run(t, w)
	if result.diagnostics.failed() || !result.diagnostics.warns("Renewal is paid, but not carried out yet") ||
		!result.said("is still processing") {
		t.Errorf("%q\n%s", result.progress, result.diagnostics)
	}

	renewedOnce(t, w)

	// Until it is carried out, another one is refused.
	if again := renew.run(t, w); !again.diagnostics.failed() {
		t.Errorf("%q\n%s", again.progress, again.diagnostics)
	}

	renewedOnce(t, w)
	w.Advance(2 * time.Hour)

	if again := renew.run(t, w); again.diagnostics.failed() || !again.said("Nothing is bought") {
		t.Errorf("%q\n%s", again.progress, again.diagnostics)
	}

	renewedOnce(t, w)
}

// TestResourceRenewDelegated: where a master pays, the action says so, and
// neither waits nor orders twice: invoked again, it names the order.
func TestResourceRenewDelegated(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{Settings: map[string]string{"custody": "on"}})
	renew := renewAction(t, nil)

	result := renew.run(t, w)
	if result.diagnostics.failed() || !result.diagnostics.warns("A master account has to pay this order") {
		t.Errorf("%q\n%s", result.progress, result.diagnostics)
	}

	renew.run(t, w).diagnostics.says(t, "resource_id", "Order "+w.unpaid()[0])

	if renewals, pays := w.sent("renew_resources"), w.sent("pay_order"); renewals != 1 || pays != 1 {
		t.Errorf("%d renewals and %d paying calls were sent, want one each", renewals, pays)
	}
}

// TestResourceRenewLeavesNoOrder: an order that turns out to cost more than the
// cap is canceled again, by one call.
func TestResourceRenewLeavesNoOrder(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	w.console("set_balance", map[string]any{"amount": "1.00"})

	result := renewAction(t, nil).run(t, w)
	result.diagnostics.says(t, "", "Balance is short", "was canceled")

	if left := w.unpaid(); len(left) != 0 || w.sent("cancel_order") != 1 {
		t.Errorf("left unpaid: %q, after %d cancelling calls", left, w.sent("cancel_order"))
	}
}
