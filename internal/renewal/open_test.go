// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// twin adds a server that is like the one that is renewed.
func (a *account) twin(but map[string]any) { a.add("twin", but) }

func named() []string { return []string{"order_query_finds_renewals", "on"} }

// TestOpenOrder: an unpaid order that can only be about the resource, and is what the
// goal would order, is quoted, and paid by the apply of the plan that named it.
func TestOpenOrder(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings []string
		arrange  func(a *account) (order string)
	}{
		"like it": {nil, func(a *account) string { return a.orders(server, nil) }},
		"named":   {named(), func(a *account) string { return a.orders(server, nil) }},
		"untimed": {[]string{"unpaid_line_times", "off"}, func(a *account) string { return a.orders(server, nil) }},
		"days old": {nil, func(a *account) string {
			defer a.Clock.Advance(6 * 24 * time.Hour)

			return a.orders(server, nil)
		}},
		"named, with a twin": {named(), func(a *account) string {
			a.twin(nil)
			a.orders("twin", nil)

			return a.orders(server, nil)
		}},
		"named, untimed and lately renewed by none": {
			append(named(), "unpaid_line_times", "off"), func(a *account) string { return a.orders(server, nil) },
		},
		"named, and one of which nothing is told": {named(), func(a *account) string {
			a.twin(nil)
			a.orders("twin", nil)
			a.Edit(callResources, func(answer map[string]any) {
				if rows := simtest.Rows(answer, "data"); len(rows) == 1 && rows[0]["resource_id"] == "twin" {
					answer["data"], answer["total_count"] = []any{}, 0
				}
			})

			return a.orders(server, nil)
		}},
		"named, with an attached disk": {named(), func(a *account) string {
			a.attach(nil)

			return a.orders(server, nil)
		}},
		"named and untimed, the term before was renewed just now": {
			append(named(), "unpaid_line_times", "off"), func(a *account) string {
				a.orders(server, map[string]any{"unpaid": false, "period_num": 1})

				return a.orders(server, nil)
			},
		},
		"another product in the fleet": {nil, func(a *account) string {
			a.add("disk", map[string]any{"service_type_code": "hws.service.type.ebs"})

			return a.orders(server, nil)
		}},
		"a line and a resource of which the product is not told": {nil, func(a *account) string {
			a.editLines(sets("product_id", ""))
			a.editRows(callResources, "data", sets("product_id", ""))

			return a.orders(server, nil)
		}},
		"an order for something new": {nil, func(a *account) string {
			a.place(map[string]any{"order_type": 1, "resource_ids": []string{}})

			return a.orders(server, nil)
		}},
		"an order of another service": {nil, func(a *account) string {
			a.place(map[string]any{"order_type": 3, "service_type_code": "hws.service.type.ebs"})

			return a.orders(server, nil)
		}},
		"another one was canceled": {nil, func(a *account) string {
			a.Do("cancel_order", map[string]any{"order_id": a.orders(server, nil)})

			return a.orders(server, nil)
		}},
		"another one was paid": {nil, func(a *account) string {
			a.add("disk", map[string]any{"expire_time": "2027-06-30T15:59:59Z", "service_type_code": "hws.service.type.ebs"})
			a.orders("disk", map[string]any{"unpaid": false})

			return a.orders(server, nil)
		}},
		"with an attached disk": {nil, func(a *account) string {
			a.attach(map[string]any{"spec_size": "40"})
			a.editLines(func(line map[string]any) {
				if line["service_type_code"] == "hws.service.type.ebs" {
					line["subscription_num"] = 40
				}
			})

			return a.orders(server, nil)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, test.settings...)
			order := test.arrange(a)

			quote, err := a.quote()
			if err != nil || quote.OrderID != order || !quote.Amount.Equal(simtest.Decimal(t, "120")) || quote.Currency != "USD" ||
				quote.Periods != 2 {
				t.Fatalf("%+v, %v", quote, err)
			}

			simtest.Warned(t, quote.Warnings, "An unpaid order renews the resource already")

			_, _, err = a.renew()
			simtest.Refused(t, err, act.FieldResourceID, "Nothing has stated that it would be paid from here", order)
			a.sends(0, 0, 0)

			receipt, _, err := a.renew(stated(order), quoted(t, "120"))
			if err != nil || len(receipt.OrderIDs) != 1 || receipt.OrderIDs[0] != order {
				t.Errorf("%+v, %v", receipt, err)
			}

			a.sends(0, 1, 0)
			a.Charges(order, "120.00")
		})
	}
}

// TestOthersOrders: an unpaid order that may be somebody else's, or is for something
// else, is named, and nothing is ordered, paid or canceled.
func TestOthersOrders(t *testing.T) {
	t.Parallel()

	const holds = "An unpaid order holds the resource"

	second := func(product string) func(a *account) {
		return func(a *account) {
			a.orders(server, nil)
			a.Edit(callDetails, func(answer map[string]any) {
				line := simtest.Rows(answer, "order_line_items")[0]
				more := map[string]any{"order_line_item_id": "second", "product_id": line["product_id"], "effective_time": line["effective_time"]}

				if product != "" {
					more["product_id"] = product
				}

				answer["order_line_items"], answer["total_count"] = []any{line, more}, 2
			})
		}
	}
	change := func(a *account) { a.place(nil) }

	for name, test := range map[string]struct {
		settings []string
		arrange  func(a *account)
		says     []string
	}{
		"a change": {nil, change, []string{holds, "no renewal order was found", "(change)"}},
		"a change, named": {named(), func(a *account) {
			a.place(nil)
			a.twin(nil)
			a.orders("twin", nil)
		}, []string{holds, "no renewal order was found", "(change)"}},
		"a change, and one like it": {
			nil, func(a *account) { a.orders(server, nil); a.place(nil) },
			[]string{holds, "looks like it, but order", "(change) may hold it just as well"},
		},
		"an unknown type": {
			nil, func(a *account) { a.orders(server, nil); a.place(map[string]any{"order_type": 99}) }, []string{holds, "unknown(99)"},
		},
		"waits for approval": {
			nil, func(a *account) { a.orders(server, nil); a.place(map[string]any{"status": 1}) }, []string{holds, "(change)"},
		},
		"of an unknown status": {
			nil, func(a *account) { a.orders(server, nil); a.place(map[string]any{"status": 17}) }, []string{holds, "(change)"},
		},
		"two like it": {
			nil, func(a *account) { a.orders(server, nil); a.orders(server, nil) }, []string{holds, " look like it"},
		},
		"two named": {
			named(), func(a *account) { a.orders(server, nil); a.orders(server, nil) }, []string{holds, " look like it"},
		},
		"a twin": {
			nil, func(a *account) { a.twin(nil); a.orders(server, nil) }, []string{holds, "resource twin is of the same product"},
		},
		"a twin of another end": {nil, func(a *account) { a.twin(map[string]any{"expire_time": "2027-06-30T15:59:59Z"}); a.orders(server, nil) },
			[]string{holds, "resource twin is of the same product"}},
		"a closed twin": {nil, func(a *account) { a.twin(map[string]any{"status": 3}); a.orders(server, nil) },
			[]string{holds, "resource twin is of the same product"}},
		"a converted twin": {nil, func(a *account) {
			a.twin(map[string]any{"expire_policy": 1})
			a.Do("close_resource", map[string]any{"resource_id": "twin"})
			a.orders(server, nil)
		}, []string{holds, "resource twin is of the same product"}},
		"another one without product": {nil, func(a *account) {
			a.twin(nil)
			a.orders(server, nil)
			a.editRows(callResources, "data", func(row map[string]any) {
				if row["resource_id"] == "twin" {
					row["product_id"] = ""
				}
			})
		}, []string{holds, "resource twin is of the same product"}},
		"a change, and a renewal of a closed twin": {nil, func(a *account) {
			a.twin(nil)
			a.orders("twin", nil)
			a.Do("close_resource", map[string]any{"resource_id": "twin"})
			a.place(nil)
		}, []string{holds, "(change) may hold it just as well"}},
		"another start": {nil, func(a *account) { a.orders(server, nil); a.editLines(sets("effective_time", "2027-03-01T15:59:59Z")) },
			[]string{holds, "no renewal order was found", "(renewal)"}},
		"another start, named": {
			named(), func(a *account) { a.orders(server, nil); a.editLines(sets("effective_time", "2027-03-01T15:59:59Z")) },
			[]string{"An open order holds the resource", "its term starts at 2027-03-01"}},
		"another number of months": {nil, func(a *account) { a.orders(server, map[string]any{"period_num": 3}) },
			[]string{"An open order holds the resource", "it is not for 2 months"}},
		"years": {
			nil, func(a *account) { a.orders(server, map[string]any{"period_type": 3}) }, []string{"An open order holds", "it is not for 2 months"},
		},
		"a line of which the product is not told": {
			nil, func(a *account) { a.orders(server, nil); a.editLines(sets("product_id", "")) },
			[]string{"An open order holds the resource", "a line of it does not say its product"},
		},
		"a line of which the product is not told, and a twin": {
			nil, func(a *account) { a.twin(nil); a.orders(server, nil); a.editLines(sets("product_id", "")) },
			[]string{holds, "resource twin is of the same product"},
		},
		"two lines":             {nil, second(""), []string{"An open order holds the resource", "it orders more of product"}},
		"two lines, named":      {named(), second(""), []string{"An open order holds the resource", "it orders more of product"}},
		"a line of another one": {named(), second("another"), []string{"it orders more of product another"}},
		"named, with a foreigner": {named(), func(a *account) {
			a.twin(nil)
			a.place(map[string]any{"order_type": 2, "amount": "240.00", "period_num": 2, "resource_ids": []string{server, "twin"}})
		}, []string{"An open order holds the resource", "it is about resource twin too"}},
		"named, with a disk of a foreigner": {named(), func(a *account) {
			a.twin(nil)
			a.place(map[string]any{"order_type": 2, "amount": "240.00", "period_num": 2, "resource_ids": []string{server, "twin"}})
			a.editRows(callResources, "data", func(row map[string]any) {
				if row["resource_id"] == "twin" {
					row["resource_id"], row["parent_resource_id"] = "disk", "box"
				}
			})
		}, []string{"it is about resource box too"}},
		"untimed, while a renewal that does not show yet is young": {[]string{"unpaid_line_times", "off"}, func(a *account) {
			a.orders(server, nil)
			a.orders(server, map[string]any{"unpaid": false, "period_num": 1})
			a.editRows(callResources, "data", sets("expire_time", serverEnds))
			a.Clock.Advance(14 * time.Minute)
		}, []string{"An open order holds the resource", "is less than 15 minutes old"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, test.settings...)
			test.arrange(a)

			unpaid := a.unpaid()
			a.both(act.FieldResourceID, append(test.says, "Nothing was ordered or paid.", "bss_order_cancel"), most(t, "1000"))

			if left := a.unpaid(); len(left) != len(unpaid) {
				t.Errorf("unpaid %v, want %v", left, unpaid)
			}
		})
	}
}

// TestOpenOrderPrice: an open order is bounded by its own price, in its own currency.
func TestOpenOrderPrice(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	order := a.orders(server, map[string]any{"amount": "130.00"})

	a.both(act.FieldMaxAmount, []string{"130.00", "max_amount = 120"})
	a.both(act.FieldCurrency, []string{"Currency differs"}, most(t, "130"), currency("CNY"))

	quote, err := a.quote(most(t, "130"))
	if err != nil || quote.OrderID != order || !quote.Amount.Equal(simtest.Decimal(t, "130")) {
		t.Errorf("%+v, %v", quote, err)
	}

	// An order whose official price may be charged is bounded by that.
	a.Do("cancel_order", map[string]any{"order_id": order})
	order = a.place(map[string]any{
		"order_type": 2, "amount": "100.00", "official_amount": "120.00", "period_num": 2,
		"discounts": []any{map[string]any{"type": 2, "amount": "20.00"}},
	})

	quote, err = a.quote()
	if err != nil || quote.OrderID != order || !quote.Amount.Equal(simtest.Decimal(t, "100")) ||
		!quote.Bound.Equal(simtest.Decimal(t, "120")) {
		t.Errorf("%+v, %v", quote, err)
	}
}

// TestOpenOrderGone: an order that the plan stated, and that is paid or canceled by
// the time that it is to be paid, is not replaced by another.
func TestOpenOrderGone(t *testing.T) {
	t.Parallel()

	for _, gone := range []string{"pay_order", "cancel_order"} {
		a := newAccount(t)
		order := a.orders(server, nil)
		a.Do(gone, map[string]any{"order_id": order})

		_, _, err := a.renew(stated(order), quoted(t, "120"))
		simtest.Refused(t, err, act.FieldResourceID, "The open order changed", order)
		a.sends(0, 0, 0)
	}
}

// TestOpenOrderUnread: whatever cannot be read of what holds the resource, nothing is
// ordered or paid.
func TestOpenOrderUnread(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault   bsssim.Fault
		goal    func(*renewal.Goal)
		nothing bool
	}{
		"the orders":       {fault: bsssim.Fault{Operation: "list_orders"}},
		"other orders":     {fault: bsssim.Fault{Operation: "list_orders", After: 1}},
		"what it is about": {fault: bsssim.Fault{Operation: "list_resources", After: 1}},
		"equal resources":  {fault: bsssim.Fault{Operation: "list_resources", After: 2}},
		"the order":        {fault: bsssim.Fault{Operation: "get_order"}},
		"its price":        {fault: bsssim.Fault{Operation: "get_order", After: 1}},
		"its discounts": {
			fault: bsssim.Fault{Operation: "list_order_discounts"}, goal: func(goal *renewal.Goal) { goal.Discount = renewal.DiscountBest },
		},
		"a change":           {fault: bsssim.Fault{Operation: "list_orders", After: 1}, nothing: true},
		"what a change is":   {fault: bsssim.Fault{Operation: "list_resources", After: 1}, nothing: true},
		"the resource":       {fault: bsssim.Fault{Operation: "list_resources"}},
		"of an untimed line": {fault: bsssim.Fault{Operation: "list_orders", After: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t)
			if name == "of an untimed line" {
				a = newAccount(t, "unpaid_line_times", "off")
			}

			if test.nothing {
				a.place(nil)
			} else {
				a.orders(server, nil)
			}

			test.fault.Kind = bsssim.FaultStatusBefore
			a.Fault(test.fault)

			goal := a.goal()
			if test.goal != nil {
				test.goal(&goal)
			}

			var refusal *act.Refusal
			if _, err := a.machine.Quote(t.Context(), goal); !errors.Is(err, bssapi.ErrServer) || errors.As(err, &refusal) {
				t.Errorf("%v", err)
			}

			a.sends(0, 0, 0)
		})
	}
}

// TestPlacedForAnother: an order that this run has placed for a twin does not stand in
// the way of the resource.
func TestPlacedForAnother(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.twin(nil)

	// The twin's is left unpaid: it is dearer than its plan, and within the cap.
	a.onCall(callRenew, 1, true, a.reprice("120.01"))

	_, _, err := a.renew(func(goal *renewal.Goal) { goal.ResourceID = "twin" }, most(t, "1000"), quoted(t, "120"))
	simtest.Refused(t, err, act.FieldResourceID, "Order is dearer than planned")

	order := a.unpaid()[0]

	// What holds the server is not sought among the orders that are known to be another's.
	change := a.place(nil)

	_, err = a.quote()
	simtest.Refused(t, err, act.FieldResourceID, change)

	if strings.Contains(fmt.Sprint(err), order) {
		t.Errorf("names the order of the twin: %v", err)
	}

	a.Do("cancel_order", map[string]any{"order_id": change})

	receipt, _, err := a.renew()
	if err != nil || len(receipt.OrderIDs) != 1 || receipt.OrderIDs[0] == order {
		t.Errorf("%+v, %v", receipt, err)
	}

	// In another run, nobody knows whose it is.
	_, err = a.another().Quote(t.Context(), a.goal(func(goal *renewal.Goal) { goal.ResourceID = "twin" }, most(t, "1000")))
	simtest.Refused(t, err, act.FieldResourceID, order, "is of the same product")

	quote, err := a.quote(func(goal *renewal.Goal) { goal.ResourceID = "twin" }, most(t, "1000"))
	if err == nil {
		t.Errorf("a twin that the run has renewed explains nothing: %+v", quote)
	}
}
