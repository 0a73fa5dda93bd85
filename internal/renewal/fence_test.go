// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// anywhere is where a refusal is that is about no argument.
const anywhere act.Field = "no argument"

// TestFence lets something happen between the look and the payment: what was
// ordered is canceled, and nothing is paid.
func TestFence(t *testing.T) {
	t.Parallel()

	untimed := []string{"unpaid_line_times", "off"}
	locksOff := []string{"server_locks", "off"}
	renewed := func(a *account) { a.orders(server, map[string]any{"unpaid": false, "period_num": 1}) }
	edits := func(field string, value any) func(*account) {
		return func(a *account) { a.editLines(sets(field, value)) }
	}
	listed := func(field string, value any) func(*account) {
		return func(a *account) { a.editRows(callOrders, "order_infos", sets(field, value)) }
	}
	detailed := func(field string, value any) func(*account) {
		return func(a *account) {
			a.Edit(callDetails, func(answer map[string]any) {
				if order, ok := answer["order_info"].(map[string]any); ok {
					order[field] = value
				}
			})
		}
	}
	on := func(part string, nth int, after bool, act func(a *account)) func(*account) {
		return func(a *account) { a.onCall(part, nth, after, func() { act(a) }) }
	}

	for name, test := range map[string]struct {
		settings []string
		arrange  func(a *account)
		field    act.Field
		says     []string
		// left is how many orders of others stay unpaid, and paid how many are.
		left, paid int
		// stays says that ours cannot be canceled, and payments how many were sent.
		stays    bool
		payments int
	}{
		"renewed before the order": {
			arrange: on(callRenew, 1, false, renewed),
			says:    []string{"Order is not what was agreed", "its term starts at 2027-02-28T15:59:59Z, not at"}, paid: 1,
		},
		"renewed after the order": {arrange: on(callRenew, 1, true, renewed), says: []string{"Somebody else renews the resource"}, paid: 1},
		"renewed right before the payment": {
			// The second look at the details is that of the rivals, after which the resource is read once more.
			arrange: on(callDetails, 2, true, renewed), says: []string{"Resource was renewed meanwhile", "2027-02-28T15:59:59Z now"}, paid: 1,
		},
		"unsubscribed right before the payment": {
			arrange: on(callDetails, 2, true, func(a *account) { a.Do("unsubscribe", map[string]any{"resource_id": server}) }),
			says:    []string{"Resource was closed meanwhile"},
		},
		"an older order": {
			settings: locksOff, arrange: on(callRenew, 1, false, func(a *account) { a.orders(server, nil) }),
			says: []string{"Somebody else renews the resource"}, left: 1,
		},
		"an older order, of a number that is smaller": {
			settings: locksOff, arrange: on(callRenew, 1, false, func(a *account) {
				a.place(map[string]any{"order_type": 2, "order_id": "AS1", "period_num": 2, "create_time": "2026-12-01T04:00:00Z"})
			}),
			says: []string{"Order AS1 was placed at the same time"}, left: 1,
		},
		"another number of periods": {arrange: edits("period_num", 3), says: []string{"it is not for 2 months"}},
		"another unit":              {arrange: edits("period_type", 3), says: []string{"it is not for 2 months"}},
		"no unit":                   {arrange: edits("period_type", nil), says: []string{"it is not for 2 months"}},
		"an end before the day": {
			arrange: edits("expire_time", "2027-03-30T15:59:59Z"), says: []string{"it is paid through 2027-03-30 only"},
		},
		"another start": {
			arrange: edits("effective_time", "2027-02-01T16:00:00Z"), says: []string{"its term starts at 2027-02-01T16:00:00Z"},
		},
		"an earlier start": {
			arrange: edits("effective_time", "2027-01-30T15:59:58Z"), says: []string{"its term starts at 2027-01-30"},
		},
		"another product":    {arrange: edits("product_id", "another"), says: []string{"it has no line of the resource's product"}},
		"a line for two":     {arrange: edits("subscription_num", 2), says: []string{"it orders more of product"}},
		"another type":       {arrange: listed("order_type", 3), says: []string{"it is no renewal"}},
		"processing already": {arrange: detailed("status", 3), says: []string{"it is processing"}, stays: true},
		"paid already": {
			arrange: detailed("payment_time", "2026-12-01T04:00:00Z"), says: []string{"it is pending_payment"}, stays: true,
		},
		"dearer than the cap": {
			arrange: func(a *account) { a.onCall(callRenew, 1, true, a.reprice("120.01")) },
			field:   act.FieldMaxAmount, says: []string{"Price is above max_amount"},
		},
		"no money": {
			arrange: func(a *account) { a.Do("set_balance", map[string]any{"amount": "119.99"}) },
			field:   anywhere, says: []string{"Balance is short"}, payments: 1,
		},
		"the order never shows": {
			arrange: func(a *account) { a.editRows(callOrders, "order_infos", sets("order_id", "CS404")) },
			field:   anywhere, says: []string{"reading order"}, stays: true,
		},
		"a young order of another one": {
			settings: untimed, arrange: func(a *account) {
				a.add("server-2", map[string]any{"expire_time": "2027-06-30T15:59:59Z"})
				a.orders("server-2", nil)
				a.Clock.Advance(10 * time.Minute)
			},
			says: []string{"its line does not say when its term starts", "is less than 15 minutes old"}, left: 1,
		},
		"the rivals cannot be read": {
			arrange: func(a *account) {
				a.Wire.On(callDetails, func(n int, deliver func() simtest.Reply) simtest.Reply {
					if n == 1 {
						return simtest.Reply{Status: 500, Body: []byte("{}")}
					}

					return deliver()
				})
			}, field: anywhere, says: []string{"Renewal was not paid", "reading order"},
		},
		"the resource cannot be read": {
			arrange: func(a *account) {
				a.Fault(bsssim.Fault{Operation: "list_resources", Kind: bsssim.FaultStatusBefore, After: 3, Times: -1})
			},
			field: anywhere, says: []string{"Renewal was not paid", "reading resource server once more before paying"},
		},
		"what it is about cannot be read": {
			arrange: func(a *account) {
				a.Fault(bsssim.Fault{Operation: "list_resources", Kind: bsssim.FaultStatusBefore, After: 1})
			},
			field: anywhere, says: []string{"Renewal was not paid", "reading the resources of order"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, test.settings...)
			test.arrange(a)

			field := cmp.Or(test.field, act.FieldResourceID)
			if field == anywhere {
				field = act.FieldNone
			}

			receipt, _, err := a.renew()

			if test.stays {
				simtest.Refused(t, err, field, append(test.says, "could not be canceled")...)
				a.sends(1, test.payments, 0)

				return
			}

			simtest.Refused(t, err, field, append(test.says, "which was placed for it, was canceled")...)
			a.sends(1, test.payments, 1)

			if len(a.unpaid()) != test.left || len(a.World().Payments) != test.paid || len(receipt.OrderIDs) != 0 {
				t.Errorf("unpaid %v, payments %v, %+v", a.unpaid(), a.World().Payments, receipt)
			}
		})
	}
}

// reprice changes the price of all unpaid orders.
func (a *account) reprice(amount string) func() {
	return func() {
		for _, id := range a.unpaid() {
			a.Do("reprice_order", map[string]any{"order_id": id, "amount": amount})
		}
	}
}

// TestFenceLets: what others do that does not touch the term holds up no payment.
func TestFenceLets(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings []string
		arrange  func(a *account)
	}{
		"nothing": {nil, func(*account) {}},
		"a younger unpaid order": {[]string{"server_locks", "off"}, func(a *account) {
			a.onCall(callRenew, 1, true, func() { a.Clock.Advance(time.Second); a.orders(server, nil) })
		}},
		"an unpaid order of the same second": {[]string{"server_locks", "off"}, func(a *account) {
			a.onCall(callRenew, 1, true, func() { a.orders(server, nil) })
		}},
		"an order that was canceled": {[]string{"server_locks", "off"}, func(a *account) {
			a.onCall(callRenew, 1, false, func() { a.Do("cancel_order", map[string]any{"order_id": a.orders(server, nil)}) })
		}},
		"an order for another start": {nil, func(a *account) {
			a.add("server-2", map[string]any{"expire_time": "2027-06-30T15:59:59Z"})
			a.onCall(callRenew, 1, false, func() { a.orders("server-2", nil) })
		}},
		"an order of another product": {nil, func(a *account) {
			a.add("server-2", nil)
			a.onCall(callRenew, 1, false, func() {
				a.place(map[string]any{"order_type": 2, "resource_ids": []string{"server-2"}, "lines": []any{map[string]any{"product_id": "another"}}})
			})
		}},
		"an order of long ago": {nil, func(a *account) {
			a.add("server-2", nil)
			a.orders("server-2", nil)
			a.Clock.Advance(time.Minute)
		}},
		"an untimed order of long ago": {[]string{"unpaid_line_times", "off"}, func(a *account) {
			a.add("server-2", nil)
			a.orders("server-2", nil)
			a.Clock.Advance(16 * time.Minute)
		}},
		"a start within a day": {nil, func(a *account) { a.editLines(sets("effective_time", "2027-02-01T15:59:59Z")) }},
		"an end after the day": {nil, func(a *account) { a.editLines(sets("expire_time", "2027-04-15T15:59:59Z")) }},
		"no end":               {nil, func(a *account) { a.editLines(sets("expire_time", nil)) }},
		"no times":             {nil, func(a *account) { a.editLines(sets("effective_time", nil)) }},
		"named":                {named(), func(*account) {}},
		"named, the term before was renewed just now": {named(), func(a *account) {
			a.orders(server, map[string]any{"unpaid": false, "period_num": 1})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, test.settings...)
			test.arrange(a)

			receipt, _, err := a.renew()
			if err != nil || len(receipt.OrderIDs) != 1 {
				t.Fatalf("%+v, %v", receipt, err)
			}

			a.sends(1, 1, 0)
			a.Charges(receipt.OrderIDs[0], "120.00")
		})
	}
}

// TestNotCancelable: an order that is not paid and cannot be canceled is named.
func TestNotCancelable(t *testing.T) {
	t.Parallel()

	for name, fault := range map[string]bsssim.Fault{
		"refused":  {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99005010"},
		"in doubt": {Kind: bsssim.FaultDropBefore, Times: -1},
	} {
		a := newAccount(t)
		fault.Operation = "cancel_order"
		a.Fault(fault)
		a.onCall(callRenew, 1, true, a.reprice("500.00"))

		_, _, err := a.renew()
		simtest.Refused(t, err, act.FieldMaxAmount, "Price is above max_amount", "Order "+a.unpaid()[0],
			"could not be canceled. Look at it in the console, and cancel it if it is unpaid")
		a.sends(1, 0, 1)

		if len(a.World().Payments) != 0 {
			t.Errorf("%s: %v", name, a.World().Payments)
		}
	}
}

// TestDearer: an order that is dearer than planned and within the cap is neither paid
// nor canceled; the next plan states it, and its apply pays it.
func TestDearer(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.onCall(callRenew, 1, true, a.reprice("120.01"))

	_, _, err := a.renew(most(t, "1000"), quoted(t, "120"))
	order := a.unpaid()[0]
	simtest.Refused(t, err, act.FieldResourceID, "Order is dearer than planned", "The plan stated 120",
		"order "+order+" (120.01 USD, to be paid before 2026-12-08T04:00:00Z)")
	a.sends(1, 0, 0)

	quote, err := a.quote(most(t, "1000"))
	if err != nil || quote.OrderID != order || !quote.Amount.Equal(simtest.Decimal(t, "120.01")) {
		t.Errorf("%+v, %v", quote, err)
	}

	simtest.Warned(t, quote.Warnings, "An unpaid order renews the resource already")

	receipt, _, err := a.renew(most(t, "1000"), quoted(t, "120.01"), stated(order))
	if err != nil || len(receipt.OrderIDs) != 1 || receipt.OrderIDs[0] != order {
		t.Errorf("%+v, %v", receipt, err)
	}

	a.sends(1, 1, 0)
	a.Charges(order, "120.01")
}

// TestDearerUnread: also where its price cannot be read once more, the order is named.
func TestDearerUnread(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.Fault(bsssim.Fault{Operation: "get_order", Kind: bsssim.FaultStatusBefore, After: 3, Times: -1})
	a.onCall(callRenew, 1, true, a.reprice("120.01"))

	_, _, err := a.renew(most(t, "1000"), quoted(t, "120"))
	simtest.Refused(t, err, act.FieldResourceID, "Order is dearer than planned", "costs more: order "+a.unpaid()[0]+". ")
	a.sends(1, 0, 0)
}

// TestStatedOrderIsNotCanceled: an order that was not placed here stays, whatever is
// wrong with it by the time that it is to be paid.
func TestStatedOrderIsNotCanceled(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		arrange  func(a *account)
		payments int
		says     string
	}{
		"no money": {func(a *account) { a.Do("set_balance", map[string]any{"amount": "119.99"}) }, 1, "Balance is short"},
		"moved": {func(a *account) {
			a.onCall(callDetails, 3, true, func() { a.orders(server, map[string]any{"unpaid": false}) })
		}, 0, "renewed meanwhile"},
		"made dearer": {func(a *account) { a.onCall(callDetails, 3, true, a.reprice("120.01")) }, 0, "above max_amount"},
	} {
		a := newAccount(t)
		order := a.orders(server, nil)
		test.arrange(a)

		_, _, err := a.renew(stated(order), quoted(t, "120"), func(goal *renewal.Goal) { goal.StartsAt = serverEnds })
		if !strings.Contains(fmt.Sprint(err), test.says) || a.Status(order) != simtest.Unpaid {
			t.Errorf("%s: %v, order %d", name, err, a.Status(order))
		}

		a.sends(0, test.payments, 0)
	}
}
