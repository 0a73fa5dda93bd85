// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// TestCancelThroughFaults lets the call go wrong in every way: it is sent once
// at most, and what is said of the order is true.
func TestCancelThroughFaults(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		want  string
		order int
		// sent is how often it is sent, once where it is 0.
		sent int
	}{
		"none":          {want: "done", order: simtest.Canceled},
		"status before": {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore}, want: "doubt", order: simtest.Unpaid},
		"status after":  {fault: bsssim.Fault{Kind: bsssim.FaultStatusAfter}, want: "done", order: simtest.Canceled},
		"drop before":   {fault: bsssim.Fault{Kind: bsssim.FaultDropBefore}, want: "doubt", order: simtest.Unpaid},
		"drop after":    {fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}, want: "done", order: simtest.Canceled},
		"delay after": {
			fault: bsssim.Fault{Kind: bsssim.FaultDelayAfter, Delay: 1500 * time.Millisecond}, want: "done", order: simtest.Canceled,
		},
		"garbage": {fault: bsssim.Fault{Kind: bsssim.FaultGarbage}, want: "done", order: simtest.Canceled},
		"refused": {
			fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151"}, want: "refused", order: simtest.Unpaid,
		},
		"refused after": {
			fault: bsssim.Fault{Kind: bsssim.FaultStatusAfter, Status: 403, Code: "CBC.0151"}, want: "done", order: simtest.Canceled,
		},
		"throttled": {
			fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"}, want: "done", order: simtest.Canceled, sent: 2,
		},
		"not cancelable": {
			fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99005010"}, want: "doubt", order: simtest.Unpaid,
		},
		"cancelable after": {
			fault: bsssim.Fault{Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99005010"}, want: "done", order: simtest.Canceled,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(map[string]any{"amount": "42.50"})

			if test.fault.Kind != "" {
				test.fault.Operation = "cancel_order"
				if err := a.AddFault(test.fault); err != nil {
					t.Fatal(err)
				}
			}

			err := a.payer.Cancel(t.Context(), order)
			if got := outcome(err); got != test.want {
				t.Errorf("%s, want %s: %v", got, test.want, err)
			}

			if said := says(err); err != nil && !strings.Contains(said, order) {
				t.Errorf("the error does not name order %s: %q", order, said)
			}

			if sent, _ := a.Calls("cancel_order"); sent != max(test.sent, 1) {
				t.Errorf("sent %d times", sent)
			}

			if got := a.Status(order); got != test.order {
				t.Errorf("order status %d, want %d", got, test.order)
			}

			// Whatever came of it, doing it again ends well, with one act in all.
			if err := a.payer.Cancel(t.Context(), order); err != nil {
				t.Errorf("again: %v", err)
			}

			if sent, acted := a.Calls("cancel_order"); acted != 1 || test.order == simtest.Canceled && sent != max(test.sent, 1) {
				t.Errorf("sent %d times in all, of which %d acted", sent, acted)
			}
		})
	}
}

// TestCancelByStatus cancels orders that are not, or not plainly, unpaid.
func TestCancelByStatus(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		place func(a *account) string
		want  string
		says  string
		sent  int
	}{
		"canceled already": {want: "done", place: func(a *account) string {
			order := a.place(map[string]any{"amount": "5.00"})
			a.Do("cancel_order", map[string]any{"order_id": order})

			return order
		}},
		"paid": {want: "refused", says: "is paid (completed)", place: func(a *account) string {
			order := a.place(map[string]any{"amount": "5.00"})
			a.Do("pay_order", map[string]any{"order_id": order})

			return order
		}},
		"pending approval":     {want: "refused", says: "pending_approval", place: placed(map[string]any{"amount": "5.00", "status": 1})},
		"pending confirmation": {want: "refused", says: "pending_confirmation", place: placed(map[string]any{"amount": "5.00", "status": 9})},
		"unknown status":       {want: "refused", says: "unknown(17)", place: placed(map[string]any{"amount": "5.00", "status": 17})},
		"delegated":            {want: "done", sent: 1, place: placed(map[string]any{"amount": "5.00", "agent_pay": true})},
		"unknown id":           {want: "refused", says: "has no order", place: func(*account) string { return "CS404" }},
		"part of a combined order": {want: "refused", says: "combined order", sent: 1, place: func(a *account) string {
			ids, ok := a.Do("place_order", map[string]any{"sub_orders": []any{"40.00", "60.00"}})["sub_order_ids"].([]string)
			if !ok {
				a.t.Fatal("no sub_order_ids")
			}

			return ids[0]
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})

			err := a.payer.Cancel(t.Context(), test.place(a))
			if got := outcome(err); got != test.want {
				t.Errorf("%s, want %s: %v", got, test.want, err)
			}

			if test.says != "" && !strings.Contains(says(err), test.says) {
				t.Errorf("the error does not say %q: %v", test.says, err)
			}

			if sent, _ := a.Calls("cancel_order"); sent != test.sent {
				t.Errorf("sent %d times, want %d", sent, test.sent)
			}
		})
	}
}

func placed(values map[string]any) func(*account) string {
	return func(a *account) string { return a.place(values) }
}

// TestCancelPaidMeanwhile: the order is paid between the look and the call.
func TestCancelPaidMeanwhile(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"amount": "42.50"})

	a.Wire.On(callCancel, func(_ int, deliver func() simtest.Reply) simtest.Reply {
		a.Do("pay_order", map[string]any{"order_id": order})

		return deliver()
	})

	err := a.payer.Cancel(t.Context(), order)
	if outcome(err) != "refused" || !strings.Contains(says(err), "is paid") {
		t.Errorf("%s: %v", outcome(err), err)
	}

	if a.Status(order) != simtest.Completed {
		t.Errorf("order status %d", a.Status(order))
	}
}

// TestCancelShowsLate: an accepted cancellation that does not show at once is
// waited for, and one that never shows is a doubt.
func TestCancelShowsLate(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		lag  bsssim.Transition
		want string
	}{
		"soon":  {lag: bsssim.Transition{Reads: 4}, want: "done"},
		"never": {lag: bsssim.Transition{Duration: time.Hour}, want: "doubt"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{Lag: test.lag})
			order := a.place(map[string]any{"amount": "42.50"})
			a.Clock.Advance(2 * time.Hour)

			// Reads until a placed order shows count as well.
			for range 4 {
				_, _ = a.Client.ReadOrder(t.Context(), order)
			}

			if err := a.payer.Cancel(t.Context(), order); outcome(err) != test.want {
				t.Errorf("%s, want %s: %v", outcome(err), test.want, err)
			}

			if sent, acted := a.Calls("cancel_order"); sent != 1 || acted != 1 {
				t.Errorf("sent %d times, of which %d acted", sent, acted)
			}
		})
	}
}

// TestCancelLookFails: without a look nothing is sent, and with a call that
// was sent and a look that fails nothing is certain.
func TestCancelLookFails(t *testing.T) {
	t.Parallel()

	for _, operation := range []string{"list_orders", "get_order"} {
		for after, wantSent := range []int{0, 1} {
			t.Run(operation+map[int]string{0: " before", 1: " after"}[after], func(t *testing.T) {
				t.Parallel()

				a := newAccount(t, bsssim.Options{})
				order := a.place(map[string]any{"amount": "42.50"})

				if err := a.AddFault(bsssim.Fault{Operation: operation, Kind: bsssim.FaultStatusBefore, After: after, Times: -1}); err != nil {
					t.Fatal(err)
				}

				err := a.payer.Cancel(t.Context(), order)
				if outcome(err) != "doubt" {
					t.Errorf("%s: %v", outcome(err), err)
				}

				if sent, _ := a.Calls("cancel_order"); sent != wantSent {
					t.Errorf("sent %d times, want %d", sent, wantSent)
				}
			})
		}
	}
}

// TestCancelAfterInterrupt: who is interrupted can still clean up.
func TestCancelAfterInterrupt(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"amount": "42.50"})

	ctx, cancel := context.WithCancel(t.Context())
	cancel()

	if err := a.payer.Cancel(ctx, order); err != nil {
		t.Error(err)
	}

	if a.Status(order) != simtest.Canceled {
		t.Errorf("order status %d", a.Status(order))
	}
}

// TestCancelOtherAccount: nothing is canceled on an account that is not allowed.
func TestCancelOtherAccount(t *testing.T) {
	t.Parallel()

	a := newAccount(
		t,
		bsssim.Options{},
		func(c *act.Conditions) {
			c.Account = func(context.Context, string) error { return errors.New("another account") }
		},
	)
	order := a.place(map[string]any{"amount": "42.50"})

	if err := a.payer.Cancel(t.Context(), order); outcome(err) != "refused" {
		t.Errorf("%s: %v", outcome(err), err)
	}

	if sent, _ := a.Calls("cancel_order"); sent != 0 {
		t.Errorf("sent %d times", sent)
	}
}

// TestCancelAndPay: of the two at the same time one wins, and both know which.
func TestCancelAndPay(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"amount": "42.50"})

	ctx := context.WithoutCancel(t.Context())
	paid, canceled := make(chan error, 1), make(chan error, 1)

	go func() {
		_, _, err := a.payer.Pay(ctx, payment.Request{OrderID: order, MaxAmount: simtest.Decimal(t, "42.50")})
		paid <- err
	}()
	go func() { canceled <- a.payer.Cancel(ctx, order) }()

	payErr, cancelErr := <-paid, <-canceled
	if (payErr == nil) == (cancelErr == nil) {
		t.Errorf("pay: %v; cancel: %v", payErr, cancelErr)
	}

	if payments := len(a.World().Payments); (payErr == nil) != (payments == 1) {
		t.Errorf("%d payments, and pay says: %v", payments, payErr)
	}
}

// TestCancelParallel: several who cancel one order at the same time send it once.
func TestCancelParallel(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"amount": "42.50"})
	ctx := context.WithoutCancel(t.Context())

	// While the first call is on its way, the order still shows as unpaid.
	a.Wire.On(callCancel, func(_ int, deliver func() simtest.Reply) simtest.Reply {
		simtest.Wait(t, 50*time.Millisecond)

		return deliver()
	})

	done := make(chan error, 4)

	for range cap(done) {
		go func() { done <- a.payer.Cancel(ctx, order) }()
	}

	for range cap(done) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}

	if sent, acted := a.Calls("cancel_order"); sent != 1 || acted != 1 {
		t.Errorf("sent %d times, of which %d acted; want once", sent, acted)
	}
}
