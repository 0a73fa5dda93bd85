// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"errors"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// stated is what the plan stated as due.
func stated(t *testing.T, amount string) func(*payment.Request) {
	t.Helper()

	return func(request *payment.Request) { request.AmountDue = simtest.Decimal(t, amount) }
}

// TestPayDearer: an order that is dearer than the plan stated is not paid,
// however high the cap is. A cheaper one is, and so is any within the cap where
// no plan stated a price.
func TestPayDearer(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		stated, cap string
		dearer      bool
		field       act.Field
		says        string
	}{
		"as stated":       {stated: "58.20", cap: "100"},
		"cheaper":         {stated: "58.21", cap: "100"},
		"nothing stated":  {cap: "100"},
		"dearer":          {stated: "58.19", cap: "100", dearer: true, field: act.FieldOrderID, says: "is due at 58.2"},
		"stated as free":  {stated: "0", cap: "100", dearer: true, field: act.FieldOrderID, says: "the plan stated 0 USD"},
		"above the cap":   {stated: "58.20", cap: "58", field: act.FieldMaxAmount, says: "more than max_amount"},
		"above them both": {stated: "50", cap: "58", field: act.FieldMaxAmount, says: "more than max_amount"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(map[string]any{"amount": "58.20"})

			var change []func(*payment.Request)
			if test.stated != "" {
				change = append(change, stated(t, test.stated))
			}

			_, _, err := a.pay(order, test.cap, change...)
			if got := errors.Is(err, payment.ErrDearer); got != test.dearer {
				t.Errorf("dearer: %t, want %t: %v", got, test.dearer, err)
			}

			if test.says == "" {
				if err != nil {
					t.Error(err)
				}

				a.Charges(order, "58.20")

				return
			}

			simtest.Refused(t, err, test.field, test.says)
			a.Charges(order)
			a.sends(0)
		})
	}
}

// TestPayDearerBetweenAttempts: each look is held against what the plan stated,
// also one after an attempt that was throttled.
func TestPayDearerBetweenAttempts(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"amount": "58.20"})

	a.Wire.On(callPay, func(n int, deliver func() simtest.Reply) simtest.Reply {
		if n == 0 {
			a.Do("reprice_order", map[string]any{"order_id": order, "amount": "99.00"})
			a.Fault(bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"})
		}

		return deliver()
	})

	_, _, err := a.pay(order, "100", stated(t, "58.20"))
	if !errors.Is(err, payment.ErrDearer) {
		t.Error(err)
	}

	simtest.Refused(t, err, act.FieldOrderID, "Plan again")
	a.sends(1)
	a.Charges(order)
}

// TestPayDearerIsPaid: what is paid already is recorded, whatever it cost.
func TestPayDearerIsPaid(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"amount": "58.20"})
	a.Do("pay_order", map[string]any{"order_id": order})

	receipt, _, err := a.pay(order, "1", stated(t, "1"))
	if err != nil || receipt.Status != payment.StatusCompleted {
		t.Errorf("%+v, %v", receipt, err)
	}

	a.sends(0)
}

// TestPayFree: an order of which the plan stated that nothing is charged is recorded
// while that is so, and never paid.
func TestPayFree(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		order  map[string]any
		status string
	}{
		"paid":                 {map[string]any{"amount": "58.20", "status": 5, "order_type": 3}, payment.StatusCompleted},
		"another account pays": {map[string]any{"amount": "58.20", "agent_pay": true}, payment.StatusAwaitingPayer},
		"to be paid":           {map[string]any{"amount": "58.20"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(test.order)

			receipt, _, err := a.pay(order, "100", func(r *payment.Request) { r.Free = true })

			var refusal *act.Refusal
			if refused := errors.As(err, &refusal); refused != (test.status == "") || refused && refusal.Field != act.FieldOrderID {
				t.Errorf("refused: %t: %v", refused, err)
			}

			if receipt.Status != test.status {
				t.Errorf("status %q, want %q", receipt.Status, test.status)
			}

			if sent, _ := a.Calls("pay_order"); sent != 0 {
				t.Errorf("%d paying calls", sent)
			}
		})
	}
}
