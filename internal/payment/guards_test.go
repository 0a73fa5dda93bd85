// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// spends bounds what the run may spend.
func spends(t *testing.T, most string) func(*act.Conditions) {
	t.Helper()

	return func(c *act.Conditions) {
		c.Spending = spending.New(spending.Policy{MaxPerApply: simtest.Decimal(t, most)})
	}
}

// TestReservation: what the run may spend is given back where nothing was charged
// for certain, and kept where it may have been.
func TestReservation(t *testing.T) {
	t.Parallel()

	answered := func(status int, code string, times int) bsssim.Fault {
		return bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: status, Code: code, Times: times}
	}
	refused400 := answered(400, "CBC.99005003", 1)

	type reservation struct {
		fault bsssim.Fault
		// status is that of the order after the call.
		status int
		kept   bool
	}

	for name, test := range map[string]reservation{
		"paid":                  {kept: true},
		"in doubt":              {fault: bsssim.Fault{Kind: bsssim.FaultDropBefore}, kept: true},
		"refused":               {fault: refused400},
		"refused, and canceled": {fault: refused400, status: 4},
		"refused, and unclear":  {fault: refused400, status: 17, kept: true},
		"throttled, then paid":  {fault: answered(429, "APIG.0308", 1), kept: true},
		"throttled for ever":    {fault: answered(429, "APIG.0308", -1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{}, spends(t, "100"))
			first, second := a.place(map[string]any{"amount": "60"}), a.place(map[string]any{"amount": "60"})

			if test.fault.Kind != "" {
				test.fault.Operation = "pay_order"
				a.Fault(test.fault)
			}

			if test.status != 0 {
				a.Wire.On(callPay, func(n int, deliver func() simtest.Reply) simtest.Reply {
					if n == 0 {
						a.Do("set_status", map[string]any{"order_id": first, "status": test.status})
					}

					return deliver()
				})
			}

			_, _, err := a.pay(first, "60")
			if name == "paid" && err != nil {
				t.Fatal(err)
			}

			a.ClearFaults()

			_, _, err = a.pay(second, "60")
			if test.kept {
				simtest.Refused(t, err, act.FieldOrderID, "was not paid, and nothing was charged")
				a.Charges(second)
			} else if err != nil {
				t.Errorf("the second payment: %v", err)
			}
		})
	}
}

// TestAccountGuard: nothing of an account that is not allowed is planned, paid,
// adopted or canceled.
func TestAccountGuard(t *testing.T) {
	t.Parallel()

	var asked []string

	a := newAccount(t, bsssim.Options{}, func(c *act.Conditions) {
		c.Account = func(_ context.Context, customerID string) error {
			asked = append(asked, customerID)

			return errors.New("another account")
		}
	})
	order := a.place(nil)

	a.editOrder(callList, func(shown map[string]any) { shown["customer_id"] = "" })

	_, planned := a.payer.Quote(t.Context(), payment.Request{OrderID: order})
	_, adopted := a.payer.Adopt(t.Context(), order)
	_, _, paid := a.pay(order, "100")
	_, cancelable := a.payer.Cancelable(t.Context(), order)

	for _, err := range []error{planned, adopted, paid, cancelable, a.payer.Cancel(t.Context(), order)} {
		simtest.Refused(t, err, act.FieldNone, "Another account.")
	}

	a.sends(0)

	for _, id := range asked {
		if id != a.World().CustomerID {
			t.Errorf("asked for account %q", id)
		}
	}
}

// TestOneAtATime: payments of one order take turns, so that it is paid once.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})
		order := a.place(nil)

		a.Wire.On(callPay, func(_ int, deliver func() simtest.Reply) simtest.Reply {
			simtest.Wait(t, time.Second)

			return deliver()
		})

		var wg sync.WaitGroup

		for range 4 {
			wg.Go(func() {
				if _, _, err := a.pay(order, "100"); err != nil {
					t.Error(err)
				}
			})
		}

		wg.Wait()
		a.sends(1)
		a.Charges(order, "42.50")
	})
}

// TestNoCap: an act without a cap is refused, and so is a call that the site does
// not have.
func TestNoCap(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)

	_, _, err := a.payer.Pay(t.Context(), payment.Request{OrderID: order})
	simtest.Refused(t, err, act.FieldMaxAmount, "needs max_amount")

	for _, site := range []string{bsssim.SiteChina, bsssim.SiteEurope} {
		elsewhere := newAccount(t, bsssim.Options{Site: site})

		_, _, err := elsewhere.pay(elsewhere.place(nil), "100", byV1)
		simtest.Refused(t, err, act.FieldAPIVersion, "on the international site only")
		elsewhere.sends(0)
	}

	a.sends(0)
}

// TestRefusedInWords: each refusal of the API says what was not done and what to
// do next, at the argument that it is about.
func TestRefusedInWords(t *testing.T) {
	t.Parallel()

	for code, test := range map[string]struct {
		field act.Field
		says  string
	}{
		"CBC.99005003": {says: "Top up the account and apply again"},
		"CBC.99003110": {field: act.FieldOrderID, says: "Place a new order"},
		"CBC.99003108": {field: act.FieldDiscountID, says: "not usable for it"},
		"CBC.99003112": {field: act.FieldCouponIDs, says: "cannot be used like this"},
		"CBC.99003141": {says: "Raise the quota named below"},
		"CBC.0151":     {says: "was not paid, and nothing was charged"},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(nil)
			a.Fault(bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultStatusBefore, Status: 400, Code: code})

			_, _, err := a.pay(order, "100")
			simtest.Refused(t, err, test.field, test.says)

			if !strings.Contains(fmt.Sprint(err), order) || !strings.Contains(fmt.Sprint(err), code) {
				t.Errorf("names neither the order nor the code: %v", err)
			}

			a.sends(1)
			a.Charges(order)
		})
	}
}

// TestLooksFail: a look that fails pays nothing, and is worded with the order.
func TestLooksFail(t *testing.T) {
	t.Parallel()

	for _, part := range []string{callList, callDetails} {
		a := newAccount(t, bsssim.Options{})
		order := a.place(nil)
		a.Wire.On(part, func(int, func() simtest.Reply) simtest.Reply { return simtest.Reply{Err: bssapi.ErrNoAnswer} })

		_, planned := a.payer.Quote(t.Context(), payment.Request{OrderID: order})
		_, adopted := a.payer.Adopt(t.Context(), order)
		_, _, paid := a.pay(order, "100")

		for _, err := range []error{planned, adopted, paid} {
			if outcome(err) == "done" || outcome(err) == "refused" || !strings.Contains(fmt.Sprint(err), "reading order "+order) {
				t.Errorf("%s: %v", part, err)
			}
		}

		if _, err := a.payer.Refresh(t.Context(), payment.Receipt{OrderID: order}); part == callList && err == nil {
			t.Error("refreshed without an answer")
		}

		a.sends(0)
	}
}

// TestPendingUnread: where the pending orders cannot be read, it is not known
// whether the order is a part of one, so nothing is planned.
func TestPendingUnread(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	a.Fault(bsssim.Fault{Operation: "list_orders", Kind: bsssim.FaultStatusBefore, After: 1, Times: -1})

	if _, err := a.payer.Quote(
		t.Context(),
		payment.Request{OrderID: order},
	); err == nil ||
		!strings.Contains(fmt.Sprint(err), "combined order") {
		t.Errorf("planned: %v", err)
	}
}

// TestInterruptedBetweenAttempts: who is interrupted while a throttled payment is
// waited for learns that it was not made.
func TestInterruptedBetweenAttempts(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	ctx, cancel := context.WithCancel(t.Context())

	a.Wire.On(callPay, func(int, func() simtest.Reply) simtest.Reply {
		cancel()

		return simtest.Reply{Status: http.StatusTooManyRequests, Header: http.Header{}, Body: []byte(`{"error_code":"APIG.0308"}`)}
	})

	_, _, err := a.payer.Pay(ctx, payment.Request{OrderID: order, MaxAmount: simtest.Decimal(t, "100")})
	simtest.Refused(t, err, act.FieldNone, "was not paid")
	a.Charges(order)
}

// TestResourceIDs: the resources of an order come later than its completion, and
// are waited for where the order makes any.
func TestResourceIDs(t *testing.T) {
	t.Parallel()

	for kind, makes := range map[int]bool{1: true, 3: false, 11: true, 14: true} {
		t.Run(fmt.Sprint("type ", kind), func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{
				Processing: bsssim.Transition{Duration: 10 * time.Second}, Settings: map[string]string{"resource_ids_after": "duration=15s"},
			})
			ids := map[string]any{"order_type": kind}

			if kind == 1 {
				ids["resources"] = 2
			}

			order := a.place(ids)

			receipt, _, err := a.pay(order, "100")
			if err != nil || receipt.Status != payment.StatusProcessing || !receipt.Unfinished() || receipt.AmountPaid.IsNull() {
				t.Fatalf("%+v, %v", receipt, err)
			}

			if kind != 1 && makes {
				// The simulator makes none for these.
				a.Edit(callResources, func(answer map[string]any) {
					answer["data"], answer["total_count"] = []any{map[string]any{"resource_id": "b"}, map[string]any{"resource_id": "a"}}, 2
				})
			}

			finished, warnings := a.finish(receipt)
			if finished.Status != payment.StatusCompleted || len(warnings) != 0 || (len(finished.ResourceIDs) == 2) != makes {
				t.Errorf("%+v, %+v", finished, warnings)
			}

			// What is known is not asked for again.
			calls, _ := a.Calls("list_resources")
			if _, err := a.payer.Refresh(t.Context(), finished); err != nil {
				t.Error(err)
			}

			if again, _ := a.Calls("list_resources"); makes && again != calls {
				t.Error("known ids were read again")
			}
		})
	}
}

// TestResourceIDsUnread: resources that cannot be read leave the payment as one
// that is still carried out.
func TestResourceIDsUnread(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"order_type": 1, "resources": 1})
	a.Fault(bsssim.Fault{Operation: "list_resources", Kind: bsssim.FaultStatusBefore, Times: -1})

	receipt, warnings, err := a.pay(order, "100")
	if err != nil || receipt.Status != payment.StatusProcessing || receipt.AmountPaid.IsNull() {
		t.Errorf("%+v, %v", receipt, err)
	}

	simtest.Warned(t, warnings, "Payment is made, but could not be read back")

	finished, warnings := a.finish(receipt)
	if finished.Status != payment.StatusProcessing {
		t.Errorf("%+v", finished)
	}

	simtest.Warned(t, warnings, "Payment is made, but not carried out yet")

	if !strings.Contains(warnings[0].Detail, "The last look failed") {
		t.Errorf("%+v", warnings)
	}
}

// TestResourcesGone: a completed order whose resources are gone for long is
// finished.
func TestResourcesGone(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"order_type": 1, "status": 5, "create_time": "-72h"})
	a.Edit(callResources, func(answer map[string]any) { answer["data"], answer["total_count"] = []any{}, 0 })

	receipt, err := a.payer.Adopt(t.Context(), order)
	if err != nil || receipt.Status != payment.StatusCompleted || len(receipt.ResourceIDs) != 0 {
		t.Errorf("%+v, %v", receipt, err)
	}
}

// TestHiddenDiscount: where a paid order does not show the discount that was used,
// the receipt says what was charged all the same.
func TestHiddenDiscount(t *testing.T) {
	t.Parallel()

	for name, fault := range map[string]bsssim.Fault{"": {}, "lost answer": {Operation: "pay_order", Kind: bsssim.FaultDropAfter}} {
		a := newAccount(t, bsssim.Options{Settings: map[string]string{"discount_changes_amount": "off"}})
		order := a.place(map[string]any{"amount": "100", "discounts": []any{discountOf(2, "10")}})

		if fault.Kind != "" {
			a.Fault(fault)
		}

		receipt, _, err := a.pay(order, "90", named("D1"))
		if err != nil || !receipt.AmountPaid.Equal(simtest.Decimal(t, "90")) {
			t.Errorf("%s: %+v, %v", name, receipt, err)
		}

		finished, _ := a.finish(receipt)
		if read, err := a.payer.Refresh(t.Context(), finished); err != nil || !read.AmountPaid.Equal(simtest.Decimal(t, "90")) {
			t.Errorf("%s: read as %+v, %v", name, read, err)
		}

		a.Charges(order, "90.00")
	}
}
