// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// splits lets a renewal, priced at 200, make so many orders of 120 each, and returns
// them once it is sent.
func (a *account) splits(count int) *[]string {
	var orders []string

	a.editRows(callPrice, "renew_inquiry_results", sets("amount", 200))
	a.Wire.On(callRenew, func(_ int, deliver func() simtest.Reply) simtest.Reply {
		reply := deliver()

		for range count - 1 {
			a.orders(server, nil)
		}

		orders = a.unpaid()

		return simtest.Edited(a.t, reply, func(answer map[string]any) { answer["order_ids"] = orders })
	})

	return &orders
}

// TestSeveralOrders: what one renewal makes is bounded together, and all of it is paid
// or nothing.
func TestSeveralOrders(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		most, quoted string
		field        act.Field
		says         []string
		canceled     int
	}{
		"within the cap": {"240", "240", "", nil, 0},
		"above the cap": {
			"239.99", "", act.FieldMaxAmount,
			[]string{"made 2 orders that can charge up to 240.00 together", "max_amount = 239.99", "were canceled"}, 2,
		},
		"dearer than planned": {
			"1000", "239.99", act.FieldResourceID, []string{"Order is dearer than planned", "The plan stated 239.99"}, 0,
		},
		"dearer, and above": {"239.99", "200", act.FieldMaxAmount, []string{"made 2 orders"}, 2},
	} {
		a := newAccount(t)
		orders := a.splits(2)

		change := []func(*renewal.Goal){most(t, test.most)}
		if test.quoted != "" {
			change = append(change, quoted(t, test.quoted))
		}

		receipt, warnings, err := a.renew(change...)
		simtest.Warned(t, warnings)

		if test.says != nil {
			simtest.Refused(t, err, test.field, append(test.says, *orders...)...)
			a.sends(1, 0, test.canceled)

			continue
		}

		if err != nil || strings.Join(receipt.OrderIDs, " ") != strings.Join(*orders, " ") ||
			!receipt.AmountPaid.Equal(simtest.Decimal(t, "240")) {
			t.Errorf("%s: %+v, %v", name, receipt, err)
		}

		a.sends(1, 2, 0)
	}
}

// TestPaidInPart: what is paid when the rest fails is certain, and stays; the rest is
// named.
func TestPaidInPart(t *testing.T) {
	t.Parallel()

	const unpaidRest = "Renewal is paid in part"

	for name, test := range map[string]struct {
		most, quoted string
		arrange      func(a *account, orders *[]string)
		// count is how many orders there are.
		count int
		// payments and cancellations are sent, and left are the orders that stay unpaid.
		payments, cancellations, left int
		says                          []string
	}{
		"the second is dearer than what is left of the cap": {
			"240", "240", func(a *account, orders *[]string) {
				a.onCall(callPay, 1, true, func() { a.Do("reprice_order", map[string]any{"order_id": (*orders)[1], "amount": "121.00"}) })
			}, 2, 1, 1, 0, []string{"up to 121.00 USD, which is more than max_amount = 120", "was canceled"},
		},
		"the second is dearer than what is left of the plan": {
			"1000", "240", func(a *account, orders *[]string) {
				a.onCall(callPay, 1, true, func() { a.Do("reprice_order", map[string]any{"order_id": (*orders)[1], "amount": "120.01"}) })
			}, 2, 1, 0, 1, []string{"Order is dearer than planned"},
		},
		"the second is in doubt": {
			"360", "360", func(a *account, _ *[]string) {
				a.Fault(bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropBefore, After: 1})
			}, 3, 2, 1, 1, []string{"is in doubt", "was canceled"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t)
			orders := a.splits(test.count)
			test.arrange(a, orders)

			receipt, warnings, err := a.renew(most(t, test.most), quoted(t, test.quoted))
			if err != nil || len(receipt.OrderIDs) != 1 || receipt.OrderIDs[0] != (*orders)[0] ||
				!receipt.AmountPaid.Equal(simtest.Decimal(t, "120")) {
				t.Fatalf("%+v, %v", receipt, err)
			}

			simtest.Warned(t, warnings, unpaidRest)

			for _, words := range append(test.says, *orders...) {
				if !strings.Contains(warnings[0].Detail, words) {
					t.Errorf("does not say %q: %s", words, warnings[0].Detail)
				}
			}

			a.sends(1, test.payments, test.cancellations)

			if len(a.unpaid()) != test.left {
				t.Errorf("unpaid %v, want %d", a.unpaid(), test.left)
			}
		})
	}
}

// TestFirstInDoubt: where the payment of the first order is in doubt, nothing is
// certain, and what was not touched is canceled.
func TestFirstInDoubt(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	orders := a.splits(2)
	a.Fault(bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropBefore})

	receipt, _, err := a.renew(most(t, "240"))

	doubt := doubtOf(t, err)
	if doubt.Doing != act.DoingPayment || doubt.Subject != act.Order((*orders)[0]) || !strings.Contains(doubt.Note, (*orders)[1]) ||
		!strings.HasPrefix(doubt.Note, "Order ") || len(receipt.OrderIDs) != 0 {
		t.Errorf("%+v, %v", receipt, err)
	}

	a.sends(1, 1, 1)

	if a.Status((*orders)[0]) != simtest.Unpaid || a.Status((*orders)[1]) != simtest.Canceled {
		t.Errorf("orders %d and %d", a.Status((*orders)[0]), a.Status((*orders)[1]))
	}
}

// TestPaymentInDoubt: one order whose payment is in doubt is not canceled.
func TestPaymentInDoubt(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.Fault(bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropBefore})

	_, _, err := a.renew()
	if doubt := doubtOf(t, err); doubt.Note != "" || doubt.Subject != act.Order(a.unpaid()[0]) {
		t.Errorf("%v", err)
	}

	a.sends(1, 1, 0)
}

func doubtOf(t *testing.T, err error) *act.Doubt {
	t.Helper()

	doubt, ok := err.(*act.Doubt) //nolint:errorlint // A doubt is never wrapped.
	if !ok {
		t.Fatalf("got %v, want a doubt", err)
	}

	return doubt
}

// TestSeveralUnread: orders whose price cannot be read are not paid.
func TestSeveralUnread(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	orders := a.splits(2)
	a.Fault(bsssim.Fault{Operation: "list_order_discounts", Kind: bsssim.FaultStatusBefore, Times: -1})

	for i, change := range []func(*renewal.Goal){
		func(*renewal.Goal) {}, func(goal *renewal.Goal) { goal.Discount = renewal.DiscountBest },
	} {
		_, _, err := a.renew(most(t, "240"), change)
		simtest.Refused(t, err, act.FieldNone, append([]string{"Renewal was not paid", "reading the discounts of order"}, (*orders)...)...)
		a.sends(i+1, 0, 2*(i+1))
	}
}

// TestDelegatedSeveral: orders that another account has to pay get no pay call.
func TestDelegatedSeveral(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.splits(2)
	a.editRows(callOrders, "order_infos", sets("agent_pay_info", map[string]any{"is_agent_pay": true}))

	receipt, _, err := a.renew(most(t, "240"))
	if err != nil || receipt.Status != renewal.StatusAwaitingPayer || !receipt.AmountPaid.IsNull() {
		t.Errorf("%+v, %v", receipt, err)
	}

	a.sends(1, 0, 0)
}
