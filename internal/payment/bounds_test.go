// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// bound is an order, and what paying it is due and can charge at most.
type bound struct {
	amount, official string
	// listed and detailed replace fields of the order as one of the calls shows it.
	listed, detailed map[string]any
	discounts        []any
	settings         map[string]string
	change           func(*payment.Request)
	due, bound       string
	// refused is said where there is no bound, at the argument.
	field   act.Field
	refused string
}

func named(id string) func(*payment.Request) {
	return func(request *payment.Request) { request.DiscountID = id }
}

// discountOf is a discount of the type, which is not in the amount of the order.
func discountOf(kind int, amount string) map[string]any {
	return map[string]any{"id": "D1", "type": kind, "amount": amount, "priced_in": false}
}

func bounds() map[string]bound {
	commercial := func(amount string) []any { return []any{discountOf(2, amount)} }
	number := func(text string) any { return json.Number(text) }

	return map[string]bound{
		"no discount":             {amount: "90", official: "90", due: "90", bound: "90"},
		"no discount, list price": {amount: "90", official: "100", due: "90", bound: "90"},
		"free":                    {amount: "0", official: "0", due: "0", bound: "0"},
		"offered":                 {amount: "90", official: "100", discounts: commercial("10"), due: "90", bound: "100"},
		"offered, above the list": {amount: "150", official: "100", discounts: commercial("20"), due: "150", bound: "150"},
		"offered by contract":     {amount: "90", official: "100", discounts: []any{discountOf(1, "10")}, due: "90", bound: "100"},
		"not to be seen, but in it": {
			amount:    "90",
			official:  "100",
			settings:  map[string]string{"discount_permission": "off"},
			due:       "90",
			bound:     "100",
			discounts: []any{map[string]any{"id": "D1", "type": 2, "amount": "10", "priced_in": true}},
		},
		"not to be seen, nor in it": {
			amount:    "90",
			official:  "100",
			settings:  map[string]string{"discount_permission": "off"},
			due:       "90",
			bound:     "90",
			discounts: commercial("10"),
		},
		"offered, no list price": {
			amount:    "90",
			official:  "100",
			listed:    map[string]any{"official_amount": nil},
			detailed:  map[string]any{"official_amount": nil},
			discounts: commercial("10"),
			field:     act.FieldOrderID,
			refused:   "no official price",
		},
		"no discount, no list price": {
			amount:   "90",
			official: "100",
			listed:   map[string]any{"official_amount": nil},
			detailed: map[string]any{"official_amount": nil},
			due:      "90",
			bound:    "90",
		},
		"dearer in the list": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"amount_after_discount": number("91")},
			due:      "91",
			bound:    "91",
		},
		"dearer in the details": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"amount_after_discount": number("91")},
			due:      "91",
			bound:    "91",
		},
		"list price of the list": {
			amount:    "90",
			official:  "100",
			listed:    map[string]any{"official_amount": number("120")},
			discounts: commercial("10"),
			due:       "90",
			bound:     "120",
		},
		"list price of the details": {
			amount:    "90",
			official:  "100",
			detailed:  map[string]any{"official_amount": number("120")},
			discounts: commercial("10"),
			due:       "90",
			bound:     "120",
		},
		"amount of the list only": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"amount_after_discount": nil},
			due:      "90",
			bound:    "90",
		},
		"amount of the details only": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"amount_after_discount": nil},
			due:      "90",
			bound:    "90",
		},
		"no amount": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"amount_after_discount": nil},
			detailed: map[string]any{"amount_after_discount": nil},
			field:    act.FieldOrderID,
			refused:  "without an amount",
		},
		"negative": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"amount_after_discount": number("-90")},
			detailed: map[string]any{"amount_after_discount": number("-90")},
			field:    act.FieldOrderID,
			refused:  "negative",
		},
		"negative in one answer": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"amount_after_discount": number("-90")},
			field:    act.FieldOrderID,
			refused:  "negative",
		},
		"negative list price": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"official_amount": number("-1")},
			field:    act.FieldOrderID,
			refused:  "negative",
		},
		"unit of the list": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"measure_id": 3},
			field:    act.FieldOrderID,
			refused:  "unit 3",
		},
		"unit of the details": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"measure_id": 2},
			field:    act.FieldOrderID,
			refused:  "unit 2",
		},
		"no unit": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"measure_id": nil},
			detailed: map[string]any{"measure_id": nil},
			due:      "90",
			bound:    "90",
		},
		"unit of a part": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"sub_order_infos": []any{map[string]any{"order_id": "P1", "measure_id": 3}}},
			field:    act.FieldOrderID,
			refused:  "unit 3",
		},
		"unit of a part, in details": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"sub_order_infos": []any{map[string]any{"order_id": "P1", "measure_id": 3}}},
			field:    act.FieldOrderID,
			refused:  "unit 3",
		},
		"currencies differ": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"currency": "CNY"},
			field:    act.FieldOrderID,
			refused:  "more than one currency: CNY, USD",
		},
		"currency of a part differs": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"sub_order_infos": []any{map[string]any{"order_id": "P1", "currency": "EUR"}}},
			field:    act.FieldOrderID,
			refused:  "more than one currency",
		},
		"currency of the list only": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"currency": ""},
			change:   func(r *payment.Request) { r.Currency = "USD" },
			due:      "90",
			bound:    "90",
		},
		"no currency": {
			amount:   "90",
			official: "90",
			listed:   map[string]any{"currency": ""},
			detailed: map[string]any{"currency": ""},
			change:   func(r *payment.Request) { r.Currency = "USD" },
			field:    act.FieldCurrency,
			refused:  `currency = "USD" cannot be held against it`,
		},
		"another currency": {
			amount:   "90",
			official: "90",
			change:   func(r *payment.Request) { r.Currency = "CNY" },
			field:    act.FieldCurrency,
			refused:  "is in USD",
		},
		"named":            {amount: "100", official: "100", discounts: commercial("10"), change: named("D1"), due: "90", bound: "90"},
		"named, all of it": {amount: "100", official: "100", discounts: commercial("100"), change: named("D1"), due: "0", bound: "0"},
		"named, in the amount": {
			amount:    "90",
			official:  "100",
			discounts: []any{map[string]any{"id": "D1", "type": 2, "amount": "10", "priced_in": true}},
			change:    named("D1"),
			due:       "90",
			bound:     "90",
		},
		"named, amount above list": {
			amount:    "150",
			official:  "100",
			discounts: commercial("20"),
			change:    named("D1"),
			due:       "130",
			bound:     "130",
		},
		"named, no list price": {
			amount:    "150",
			official:  "100",
			listed:    map[string]any{"official_amount": nil},
			detailed:  map[string]any{"official_amount": nil},
			discounts: commercial("20"),
			change:    named("D1"),
			due:       "130",
			bound:     "130",
		},
		"named, nothing off": {
			amount:    "100",
			official:  "100",
			discounts: commercial("0"),
			change:    named("D1"),
			field:     act.FieldDiscountID,
			refused:   "takes 0",
		},
		"named, more on": {
			amount:    "100",
			official:  "100",
			discounts: commercial("-5"),
			change:    named("D1"),
			field:     act.FieldDiscountID,
			refused:   "takes -5",
		},
		"named, more than there is": {
			amount:    "150",
			official:  "100",
			discounts: commercial("100.01"),
			change:    named("D1"),
			field:     act.FieldDiscountID,
			refused:   "takes 100.01",
		},
		"named, not offered": {
			amount:    "100",
			official:  "100",
			discounts: commercial("10"),
			change:    named("D2"),
			field:     act.FieldDiscountID,
			refused:   "it offers D1",
		},
		"named, none offered": {
			amount:   "100",
			official: "100",
			change:   named("D2"),
			field:    act.FieldDiscountID,
			refused:  "it offers none",
		},
		"named, of a contract": {
			amount:    "100",
			official:  "100",
			discounts: []any{discountOf(1, "10")},
			change:    named("D1"),
			field:     act.FieldDiscountID,
			refused:   "type 1",
		},
		"named, of a new type": {
			amount:    "100",
			official:  "100",
			discounts: []any{discountOf(77, "10")},
			change:    named("D1"),
			field:     act.FieldDiscountID,
			refused:   "type 77",
		},
		"an adjustment": {
			amount:    "100",
			official:  "100",
			discounts: []any{discountOf(609, "10")},
			change:    named("D1"),
			due:       "90",
			bound:     "90",
		},
		"an adjustment, left out": {
			amount:    "100",
			official:  "100",
			discounts: []any{discountOf(609, "10")},
			field:     act.FieldDiscountID,
			refused:   `discount_id = "D1"`,
		},
		"an adjustment, bypassed": {
			amount:    "100",
			official:  "100",
			discounts: []any{discountOf(2, "20"), map[string]any{"id": "A9", "type": 609, "amount": "10"}},
			change:    named("D1"),
			field:     act.FieldDiscountID,
			refused:   `discount_id = "A9"`,
		},
		"an adjustment, by the old": {
			amount:    "100",
			official:  "100",
			discounts: []any{discountOf(609, "10")},
			change:    byV1,
			due:       "100",
			bound:     "100",
		},
		"a promotion": {
			amount:    "100",
			official:  "100",
			discounts: []any{discountOf(0, "10")},
			change:    named("D1"),
			due:       "90",
			bound:     "90",
		},
		"of a partner": {
			amount:    "100",
			official:  "100",
			discounts: []any{discountOf(3, "10")},
			change:    named("D1"),
			due:       "90",
			bound:     "90",
		},
		"deadline has passed": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"pending_payment_end_time": "2026-11-22T11:59:59Z"},
			field:    act.FieldOrderID,
			refused:  "could be paid until",
		},
		"deadline is now": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"pending_payment_end_time": "2026-11-22T12:00:00Z"},
			field:    act.FieldOrderID,
			refused:  "could be paid until",
		},
		"deadline that is not a time": {
			amount:   "90",
			official: "90",
			detailed: map[string]any{"pending_payment_end_time": "soon"},
			due:      "90",
			bound:    "90",
		},
	}
}

func (b bound) account(t *testing.T) (*account, string) {
	t.Helper()

	a := newAccount(t, bsssim.Options{Settings: b.settings})
	order := a.place(map[string]any{"amount": b.amount, "official_amount": b.official, "discounts": b.discounts})

	for part, fields := range map[string]map[string]any{callList: b.listed, callDetails: b.detailed} {
		if len(fields) > 0 {
			a.editOrder(part, func(shown map[string]any) {
				for name, value := range fields {
					shown[name] = value
				}
			})
		}
	}

	return a, order
}

// TestBounds: a plan shows what is due, and the cap has to cover the highest
// amount that can be charged: it is refused right below it. What has no bound is
// refused.
func TestBounds(t *testing.T) {
	t.Parallel()

	for name, test := range bounds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a, order := test.account(t)
			request := payment.Request{OrderID: order}

			if test.change != nil {
				test.change(&request)
			}

			quote, err := a.payer.Quote(t.Context(), request)

			if test.refused != "" {
				simtest.Refused(t, err, test.field, test.refused)

				request.MaxAmount = simtest.Decimal(t, "100000")

				_, _, err := a.payer.Pay(t.Context(), request)
				simtest.Refused(t, err, test.field, test.refused)
				a.sends(0)

				return
			}

			if err != nil || !quote.AmountDue.Equal(simtest.Decimal(t, test.due)) || !quote.Bound.Equal(simtest.Decimal(t, test.bound)) ||
				!quote.Pays {
				t.Fatalf("due %s, at most %s, want %s and %s: %v", quote.AmountDue, quote.Bound, test.due, test.bound, err)
			}

			request.MaxAmount = simtest.Decimal(t, test.bound).Sub(simtest.Decimal(t, "0.01"))

			_, err = a.payer.Quote(t.Context(), request)
			simtest.Refused(t, err, act.FieldMaxAmount, "which is more than max_amount")

			_, _, err = a.payer.Pay(t.Context(), request)
			simtest.Refused(t, err, act.FieldMaxAmount, "which is more than max_amount")

			a.sends(0)

			request.MaxAmount = simtest.Decimal(t, test.bound)
			if _, err := a.payer.Quote(t.Context(), request); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestBoundsHold: with both ways in which a payment without a discount may be
// charged, and with the discount that was named, no more is charged than the cap.
func TestBoundsHold(t *testing.T) {
	t.Parallel()

	for name, test := range bounds() {
		// What the simulator does not know of is not charged.
		if test.refused != "" || test.listed != nil || test.detailed != nil {
			continue
		}

		for _, charges := range []string{"after", "official"} {
			test := test
			t.Run(name+"/"+charges, func(t *testing.T) {
				t.Parallel()

				settings := map[string]string{"no_discount_charges": charges}
				for key, value := range test.settings {
					settings[key] = value
				}

				test.settings = settings
				a, order := test.account(t)
				request := payment.Request{OrderID: order, MaxAmount: simtest.Decimal(t, test.bound), AmountDue: simtest.Decimal(t, test.due)}

				if test.change != nil {
					test.change(&request)
				}

				receipt, _, err := a.payer.Pay(t.Context(), request)

				// Without its adjustment the server itself refuses.
				if strings.HasPrefix(name, "an adjustment, by") {
					simtest.Refused(t, err, act.FieldDiscountID, "CBC.99003108")

					return
				}

				if err != nil {
					t.Fatal(err)
				}

				for _, made := range a.World().Payments {
					if charged := simtest.Decimal(t, string(made.Amount)); charged.Cmp(request.MaxAmount) > 0 || !charged.Equal(receipt.AmountPaid) {
						t.Errorf("charged %s, which the receipt says is %s, with a cap of %s", charged, receipt.AmountPaid, request.MaxAmount)
					}
				}
			})
		}
	}
}

// TestDiscountParts: of a discount only what it takes off this order counts.
func TestDiscountParts(t *testing.T) {
	t.Parallel()

	line := func(amount string, ids ...any) map[string]any {
		return map[string]any{"order_line_item_ids": ids, "discount_amount": json.Number(amount)}
	}
	part := func(order any, lines ...any) map[string]any {
		return map[string]any{"order_id": order, "order_line_items": lines}
	}

	for name, test := range map[string]struct {
		parts   func(own string, subs []string) []any
		due     string
		refused string
	}{
		"its own": {due: "90", parts: func(own string, _ []string) []any { return []any{part(own, line("10", "a"))} }},
		"its own, in small letters": {due: "90", parts: func(own string, _ []string) []any {
			return []any{part(strings.ToLower(own), line("10", "a"))}
		}},
		"its lines": {due: "85", parts: func(own string, _ []string) []any {
			return []any{part(own, line("10", "a"), line("5", "b", "c"))}
		}},
		"its parts": {due: "70", parts: func(_ string, subs []string) []any {
			return []any{part(subs[0], line("10", "a")), part(subs[1], line("20", "b"))}
		}},
		"another order beside it": {due: "90", parts: func(own string, _ []string) []any {
			return []any{part("CS999", line("50", "z")), part(own, line("10", "a"))}
		}},
		"another order": {refused: "no part of it", parts: func(string, []string) []any { return []any{part("CS999", line("50", "z"))} }},
		"no order":      {refused: "no part of it", parts: func(string, []string) []any { return []any{} }},
		"no id":         {refused: "no part of it", parts: func(string, []string) []any { return []any{part("", line("50", "z"))} }},
		"no lines":      {refused: "takes 0", parts: func(own string, _ []string) []any { return []any{part(own)} }},
		"a line twice": {refused: "counts line a twice", parts: func(own string, subs []string) []any {
			return []any{part(own, line("10", "a")), part(subs[0], line("10", "a"))}
		}},
		"a line without an amount": {due: "90", parts: func(own string, _ []string) []any {
			return []any{part(own, line("10", "a"), map[string]any{"order_line_item_ids": []any{"b"}, "discount_amount": nil})}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			placed := a.Do("place_order", map[string]any{"sub_orders": []any{"40.00", "60.00"}, "order_type": 3})
			order, _ := placed["order_id"].(string)
			subs, _ := placed["sub_order_ids"].([]string)

			a.Edit(callDiscounts, func(answer map[string]any) {
				answer["discounts"] = []any{map[string]any{"discount_id": "D1", "discount_type": 2, "orders": test.parts(order, subs)}}
			})

			quote, err := a.payer.Quote(t.Context(), payment.Request{OrderID: order, DiscountID: "D1"})

			switch {
			case test.refused != "":
				simtest.Refused(t, err, act.FieldDiscountID, test.refused)
			case err != nil || !quote.AmountDue.Equal(simtest.Decimal(t, test.due)) || !quote.Bound.Equal(simtest.Decimal(t, test.due)):
				t.Errorf("due %s, at most %s, want %s: %v", quote.AmountDue, quote.Bound, test.due, err)
			}
		})
	}
}

// TestCombinedDiscount: a discount on a combined order, which takes off some of
// each part, is charged as planned.
func TestCombinedDiscount(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"sub_orders": []any{"40.00", "60.00"}, "discounts": []any{discountOf(2, "10.01")}})

	quote, err := a.payer.Quote(t.Context(), payment.Request{OrderID: order, DiscountID: "D1"})
	if err != nil || !quote.Bound.Equal(simtest.Decimal(t, "89.99")) {
		t.Fatalf("at most %s: %v", quote.Bound, err)
	}

	if _, _, err := a.pay(order, "89.99", named("D1")); err != nil {
		t.Error(err)
	}

	a.Charges(order, "89.99")
}

// TestDiscountsUnread: discounts that may not be seen make the official price the
// bound; other failures pay nothing.
func TestDiscountsUnread(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"amount": "90", "official_amount": "100"})

	a.Fault(bsssim.Fault{Operation: "list_order_discounts", Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151", Times: -1})

	_, _, err := a.pay(order, "99.99")
	simtest.Refused(t, err, act.FieldMaxAmount, "its official price")

	if _, _, err := a.pay(order, "100", named("D1")); outcome(err) == "done" || outcome(err) == "refused" {
		t.Errorf("a discount that cannot be seen: %v", err)
	}

	a.sends(0)

	if _, _, err := a.pay(order, "100"); err != nil {
		t.Error(err)
	}

	other := newAccount(t, bsssim.Options{})
	order = other.place(nil)
	other.Fault(bsssim.Fault{Operation: "list_order_discounts", Kind: bsssim.FaultStatusBefore, Times: -1})

	if _, _, err := other.pay(order, "100"); err == nil {
		t.Error("paid without knowing the discounts")
	}

	other.sends(0)
}

// TestDiscountUnknown: a discount that is not known yet leaves the price open, and
// the cap is held against what is due without one.
func TestDiscountUnknown(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"discounts": []any{discountOf(609, "10")}})

	quote, err := a.payer.Quote(t.Context(), payment.Request{OrderID: order, DiscountUnknown: true})
	if err != nil || !quote.AmountDue.IsNull() || !quote.Bound.IsNull() || !quote.Pays || quote.Currency != "USD" {
		t.Errorf("%+v, %v", quote, err)
	}
}

// TestBestDiscount: the best discount is the one that saves most, of those that a
// payment can name; an adjustment goes before all.
func TestBestDiscount(t *testing.T) {
	t.Parallel()

	one := func(id string, kind int, amount string) map[string]any {
		return map[string]any{"id": id, "type": kind, "amount": amount, "priced_in": false}
	}

	for name, test := range map[string]struct {
		discounts []any
		want      string
	}{
		"none":           {},
		"the larger":     {discounts: []any{one("A", 2, "5"), one("B", 3, "7"), one("C", 0, "6")}, want: "B"},
		"not a contract": {discounts: []any{one("A", 2, "5"), one("B", 1, "7")}, want: "A"},
		"an adjustment":  {discounts: []any{one("A", 2, "50"), one("B", 609, "1")}, want: "B"},
		"nothing off":    {discounts: []any{one("A", 2, "0")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(map[string]any{"amount": "100", "discounts": test.discounts})

			if got, err := a.payer.BestDiscount(t.Context(), order); err != nil || got != test.want {
				t.Errorf("best is %q, want %q: %v", got, test.want, err)
			}
		})
	}

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	a.Fault(bsssim.Fault{Operation: "list_order_discounts", Kind: bsssim.FaultStatusBefore})

	if _, err := a.payer.BestDiscount(t.Context(), order); err == nil {
		t.Error("no error where the discounts cannot be read")
	}
}

// TestFunds: a balance that may not do is a warning. Only money of the order's
// currency counts, in the unit that is the currency itself.
func TestFunds(t *testing.T) {
	t.Parallel()

	row := func(kind int, amount, currency string, unit any) any {
		return map[string]any{"account_type": kind, "amount": json.Number(amount), "currency": currency, "measure_id": unit}
	}

	for name, test := range map[string]struct {
		rows  []any
		short bool
	}{
		"enough":            {rows: []any{row(1, "42.50", "USD", 1)}},
		"with credit":       {rows: []any{row(1, "42", "USD", 1), row(2, "0.50", "USD", 1)}},
		"no unit":           {rows: []any{row(1, "42.50", "USD", nil)}},
		"no currency":       {rows: []any{row(1, "42.50", "", 1)}},
		"short":             {rows: []any{row(1, "42.49", "USD", 1)}, short: true},
		"another unit":      {rows: []any{row(1, "4250", "USD", 3), row(1, "1", "USD", 1)}, short: true},
		"another currency":  {rows: []any{row(1, "4250", "CNY", 1)}, short: true},
		"bonus and deposit": {rows: []any{row(5, "4250", "USD", 1), row(7, "4250", "USD", 1)}, short: true},
		"nothing":           {rows: []any{}, short: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(nil)
			a.Edit(callBalances, func(answer map[string]any) { answer["account_balances"] = test.rows })

			quote, err := a.payer.Quote(t.Context(), payment.Request{OrderID: order})
			if err != nil {
				t.Fatal(err)
			}

			if test.short {
				simtest.Warned(t, quote.Warnings, "Balance may be short")
			} else if len(quote.Warnings) != 0 {
				t.Errorf("%+v", quote.Warnings)
			}
		})
	}

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	a.Wire.On(callBalances, func(int, func() simtest.Reply) simtest.Reply { return simtest.Reply{Err: bssapi.ErrNoAnswer} })

	if quote, err := a.payer.Quote(t.Context(), payment.Request{OrderID: order}); err != nil || len(quote.Warnings) != 0 {
		t.Errorf("a balance that cannot be read: %+v, %v", quote, err)
	}
}

// TestAnotherUnitIsNotShown: amounts in a unit that is not the currency itself
// are neither recorded nor adopted.
func TestAnotherUnitIsNotShown(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"status": 5})
	a.editOrder(callList, func(shown map[string]any) { shown["measure_id"] = 3 })

	_, err := a.payer.Adopt(t.Context(), order)
	simtest.Refused(t, err, act.FieldOrderID, "unit 3")

	read, err := a.payer.Refresh(t.Context(), payment.Receipt{OrderID: order, Status: payment.StatusProcessing})
	if err != nil || !read.AmountPaid.IsNull() || !read.AmountDue.IsNull() || read.Status != payment.StatusCompleted {
		t.Errorf("%+v, %v", read, err)
	}
}
