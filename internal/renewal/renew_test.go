// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// TestRenew: what is quoted is ordered, read and paid, once.
func TestRenew(t *testing.T) {
	t.Parallel()

	a := newAccount(t)

	quote, err := a.quote()
	if err != nil || quote.Reached || quote.StartsAt != serverEnds || quote.Periods != 2 || quote.OrderID != "" || quote.Currency != "USD" ||
		!quote.Amount.Equal(
			simtest.Decimal(t, "120"),
		) || !quote.Bound.Equal(quote.Amount) || quote.EstimatedEnd.Format(time.RFC3339) != renewedTo {
		t.Errorf("%+v, %v", quote, err)
	}

	simtest.Warned(t, quote.Warnings)
	a.sends(0, 0, 0)

	receipt, warnings, err := a.renew(func(goal *renewal.Goal) { goal.StartsAt, goal.Quoted = quote.StartsAt, quote.Amount })
	if err != nil || receipt.Status != renewal.StatusProcessing || len(receipt.OrderIDs) != 1 || receipt.StartedAt != serverEnds ||
		receipt.ExpireTime != serverEnds || !receipt.AmountPaid.Equal(simtest.Decimal(t, "120")) ||
		receipt.AccountID == "" || receipt.Currency != "USD" {
		t.Fatalf("%+v, %v", receipt, err)
	}

	simtest.Warned(t, warnings)
	a.sends(1, 1, 0)
	a.Charges(receipt.OrderIDs[0], "120.00")
	a.expires(renewedTo)

	receipt, warnings = a.machine.Finish(t.Context(), a.goal(), receipt)
	if receipt.Status != renewal.StatusReached || receipt.ExpireTime != renewedTo {
		t.Errorf("%+v", receipt)
	}

	simtest.Warned(t, warnings)

	// Once it is reached, there is nothing left to do.
	again, warnings, err := a.renew()
	if err != nil || again.Status != renewal.StatusReached || again.ExpireTime != renewedTo || len(again.OrderIDs) != 0 {
		t.Errorf("again: %+v, %v", again, err)
	}

	simtest.Warned(t, warnings)
	a.sends(1, 1, 0)

	if quote, err := a.quote(); err != nil || !quote.Reached || quote.StartsAt != "" || !quote.Amount.IsNull() {
		t.Errorf("%+v, %v", quote, err)
	}
}

// TestNotPermitted: without a cap, in another account, in a run that denies
// spending, and by who is interrupted nothing is ordered.
func TestNotPermitted(t *testing.T) {
	t.Parallel()

	interrupted, interrupt := context.WithCancel(t.Context())
	interrupt()

	for name, test := range map[string]struct {
		change func(*act.Conditions)
		field  act.Field
		says   string
		// quotes says that a plan is told too.
		quotes bool
	}{
		"another account": {
			func(c *act.Conditions) {
				c.Account = func(context.Context, string) error { return errors.New("not this one") }
			},
			act.FieldNone, "Account is not allowed: Not this one", true,
		},
		"spending denied": {
			func(c *act.Conditions) { c.Spending = spending.New(spending.Policy{Deny: true}) },
			act.FieldResourceID, "Resource server was not renewed, and nothing was ordered.", false,
		},
	} {
		a := openAccount(t, bsssim.Options{}, test.change)

		_, _, err := a.renew()
		simtest.Refused(t, err, test.field, test.says)
		a.sends(0, 0, 0)

		if _, err := a.quote(); (err != nil) != test.quotes {
			t.Errorf("%s: the quote: %v", name, err)
		}
	}

	a := newAccount(t)

	_, _, err := a.renew(func(goal *renewal.Goal) {
		*goal = renewal.Goal{ResourceID: server, PaidThrough: goal.PaidThrough, Unit: goal.Unit}
	})
	simtest.Refused(t, err, act.FieldMaxAmount, "No cap")

	if calls := a.Requests(); len(calls) != 0 {
		t.Errorf("%d calls without a cap", len(calls))
	}

	if _, _, err := a.machine.Renew(interrupted, a.goal()); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}

	a.sends(0, 0, 0)
}

// TestInterruptedBeforeOrdering: who is interrupted during the look orders nothing.
func TestInterruptedBeforeOrdering(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	ctx, interrupt := context.WithCancel(t.Context())
	a.onCall(callPrice, 1, true, interrupt)

	_, _, err := a.machine.Renew(ctx, a.goal())
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}

	a.sends(0, 0, 0)

	// Where nothing more is asked before the order.
	ctx, stop := context.WithCancel(t.Context())

	a.Wire.On(callPrice, func(_ int, deliver func() simtest.Reply) simtest.Reply {
		reply := deliver()
		reply.Read = stop

		return reply
	})

	if _, _, err := a.machine.Renew(ctx, a.goal()); !errors.Is(err, context.Canceled) {
		t.Errorf("after the look: %v", err)
	}

	a.sends(0, 0, 0)
}

// TestInterruptedAfterOrdering: who is interrupted once the order is placed
// cancels it, and pays nothing.
func TestInterruptedAfterOrdering(t *testing.T) {
	t.Parallel()

	for _, part := range []string{callRenew, callDetails} {
		a := newAccount(t)
		ctx, interrupt := context.WithCancel(t.Context())
		a.onCall(part, 1, true, interrupt)

		_, _, err := a.machine.Renew(ctx, a.goal())
		simtest.Refused(t, err, act.FieldNone, "Renewal was not paid", "was canceled")
		a.sends(1, 0, 1)

		if left := a.unpaid(); len(left) != 0 {
			t.Errorf("%s: unpaid %v", part, left)
		}
	}
}

// TestUnknownResource: a resource that billing has not heard of is waited for, for
// as long as the caller waits.
func TestUnknownResource(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.add("late", map[string]any{"known_after": "duration=90s"})

	late := func(goal *renewal.Goal) { goal.ResourceID = "late" }

	_, err := a.quote(late)
	simtest.Refused(t, err, act.FieldResourceID, "Billing does not know the resource", "late")

	ctx, cancel := a.Clock.Within(t.Context(), 30*time.Second)
	defer cancel()

	_, _, err = a.machine.Renew(ctx, a.goal(late))
	simtest.Refused(t, err, act.FieldResourceID, "Billing does not know the resource")
	a.sends(0, 0, 0)

	// The wait may end in the middle of a look.
	ctx, interrupt := context.WithCancel(t.Context())
	a.Wire.On(callResources, func(n int, deliver func() simtest.Reply) simtest.Reply {
		if n != 1 {
			return deliver()
		}

		interrupt()

		return simtest.Reply{Err: context.Canceled}
	})

	_, _, err = a.machine.Renew(ctx, a.goal(late))
	simtest.Refused(t, err, act.FieldResourceID, "Billing does not know the resource")

	if receipt, _, err := a.renew(late); err != nil || receipt.ResourceID != "late" {
		t.Errorf("%+v, %v", receipt, err)
	}

	a.sends(1, 1, 0)
}

// TestSameResourceAtOnce: of several acts on one resource at once, one renews it and the
// others find it renewed, however long its call takes.
func TestSameResourceAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t)
		said := make([]string, 5)

		a.Wire.On(callRenew, func(_ int, deliver func() simtest.Reply) simtest.Reply {
			// Whoever does not wait for this one looks meanwhile.
			simtest.Wait(t, time.Second)

			return deliver()
		})
		simtest.Each(len(said), func(i int) {
			receipt, _, err := a.machine.Renew(t.Context(), a.goal())
			said[i] = fmt.Sprint(receipt.Status, err)
		})

		a.sends(1, 1, 0)
		slices.Sort(said)

		if got := strings.Join(said, " "); got != strings.TrimSpace("processing<nil> "+strings.Repeat("reached<nil> ", 4)) {
			t.Error(got)
		}
	})
}

// TestTwinOnItsWay: an order that the same run is placing for an equal resource, and
// whose answer is still on its way, does not stop the payment of what was placed before.
func TestTwinOnItsWay(t *testing.T) {
	t.Parallel()

	a := newAccount(t, "unpaid_line_times", "off")
	a.twin(nil)

	placed, compared, done := make(chan struct{}), make(chan struct{}), make(chan error)

	a.Wire.On(callRenew, func(n int, deliver func() simtest.Reply) simtest.Reply {
		reply := deliver()

		if n == 1 {
			close(placed)
			<-compared
		}

		return reply
	})
	a.Wire.On(callDetails, func(n int, deliver func() simtest.Reply) simtest.Reply {
		switch n {
		case 0:
			go func() {
				_, _, err := a.machine.Renew(t.Context(), a.goal(func(goal *renewal.Goal) { goal.ResourceID = "twin" }))
				done <- err
			}()

			<-placed
		case 2:
			// Both orders were found by now, and nobody knows yet whose the twin's is.
			close(compared)
		}

		return deliver()
	})

	if _, _, err := a.renew(); err != nil {
		t.Error(err)
	}

	if err := <-done; err != nil {
		t.Error(err)
	}

	a.sends(2, 2, 0)
}
