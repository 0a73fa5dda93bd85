// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// both fails the test unless a plan and an act of the goal are refused in the same
// words, and nothing was sent.
func (a *account) both(field act.Field, words []string, change ...func(*renewal.Goal)) {
	a.t.Helper()

	_, err := a.quote(change...)
	simtest.Refused(a.t, err, field, words...)

	_, _, err = a.renew(change...)
	simtest.Refused(a.t, err, field, words...)

	a.sends(0, 0, 0)
}

// TestGoals: how a day is reached, or why it is refused.
func TestGoals(t *testing.T) {
	t.Parallel()

	years := func(goal *renewal.Goal) { goal.Unit, goal.MaxAmount = renewal.Year, simtest.Decimal(t, "10000") }

	for name, test := range map[string]struct {
		expires string
		day     string
		change  func(*renewal.Goal)
		// advance is how many days pass first.
		advance int
		periods int
		ends    string
		field   act.Field
		says    string
	}{
		"the last day of the term": {day: "2027-01-31", ends: serverEnds},
		"the day after":            {day: "2027-02-01", periods: 1, ends: "2027-02-28T15:59:59Z"},
		"two months":               {day: "2027-03-01", periods: 2, ends: renewedTo},
		"years":                    {day: "2027-03-01", change: years, periods: 1, ends: "2028-01-31T15:59:59Z"},
		"reached, and over":        {expires: "2026-11-20T15:59:59Z", day: "2026-11-20", ends: "2026-11-20T15:59:59Z"},
		"in the past": {
			expires: "2026-11-20T15:59:59Z", day: "2026-11-30", field: act.FieldPaidThrough, says: "Day is in the past",
		},
		"today":                    {expires: "2026-11-20T15:59:59Z", day: "2026-12-01", periods: 1, ends: "2026-12-20T15:59:59Z"},
		"out of reach, years can":  {day: "2028-02-01", field: act.FieldPeriodUnit, says: `period_unit = "year"`},
		"out of reach":             {day: "2031-02-01", field: act.FieldPaidThrough, says: "at most 2030-01-31"},
		"out of reach, with years": {day: "2031-02-01", change: years, field: act.FieldPaidThrough, says: "at most 3 years"},
		"the cap": {
			day: "2027-04-30", field: act.FieldMaxAmount, says: "costs 180.00 USD, which is more than max_amount = 120",
		},
		"another currency": {
			day: "2027-03-01", change: currency("CNY"), field: act.FieldCurrency, says: "priced in USD, but currency says CNY",
		},
		"the currency of the price": {day: "2027-03-01", change: currency("USD"), periods: 2, ends: renewedTo},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t)
			change := []func(*renewal.Goal){through(t, test.day)}

			if test.change != nil {
				change = append(change, func(goal *renewal.Goal) { test.change(goal) })
			}

			if test.expires != "" {
				a.add("other", map[string]any{"expire_time": test.expires})
				change = append(change, func(goal *renewal.Goal) { goal.ResourceID = "other" })
			}

			if test.says != "" {
				a.both(test.field, []string{test.says}, change...)

				return
			}

			quote, err := a.quote(change...)
			if err != nil || quote.Reached != (test.periods == 0) || quote.Periods != test.periods {
				t.Errorf("%+v, %v", quote, err)
			}

			receipt, _, err := a.renew(change...)
			if err != nil {
				t.Fatal(err)
			}

			sent := min(test.periods, 1)
			a.sends(sent, sent, 0)

			receipt, _ = a.machine.Finish(t.Context(), a.goal(change...), receipt)
			if receipt.Status != renewal.StatusReached || receipt.ExpireTime != test.ends {
				t.Errorf("%+v, want the end %s", receipt, test.ends)
			}
		})
	}
}

func currency(code string) func(*renewal.Goal) {
	return func(goal *renewal.Goal) { goal.Currency = code }
}

// TestUnrenewable: what a resource is decides before it is priced.
func TestUnrenewable(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		row  map[string]any
		says string
	}{
		"attached": {
			map[string]any{"parent_resource_id": "box", "is_main_resource": 0}, `belongs to box and is renewed with it. Set resource_id = "box"`,
		},
		"no expiry":  {map[string]any{"expire_time": nil}, "Resource has no expiry"},
		"odd expiry": {map[string]any{"expire_time": "soon"}, `the expiry "soon"`},
		"closed":     {map[string]any{"status": 3}, "paid through 2027-01-31, is over. It cannot be renewed"},
		"closed with its term left": {
			map[string]any{"status": 3, "expire_time": "2028-01-31T15:59:59Z"}, "Resource server is closed",
		},
		"unknown status": {map[string]any{"status": 17}, "Resource has an unknown status"},
		"no status":      {map[string]any{"status": nil}, "Resource has an unknown status"},
		"in use":         {map[string]any{"status": 2}, ""},
		"expired":        {map[string]any{"status": 4}, ""},
		"frozen":         {map[string]any{"status": 5}, ""},
	} {
		a := newAccount(t)
		a.editRows(callResources, "data", func(row map[string]any) {
			for field, value := range test.row {
				sets(field, value)(row)
			}
		})

		if test.says == "" {
			if _, err := a.quote(); err != nil {
				t.Errorf("%s: %v", name, err)
			}

			continue
		}

		a.both(act.FieldResourceID, []string{test.says})

		if asked, _ := a.Calls("get_renewal_price"); asked != 0 {
			t.Errorf("%s: its price was asked for", name)
		}
	}
}

// TestUnpriced: why a resource has no price is said, at what can be changed about it.
func TestUnpriced(t *testing.T) {
	t.Parallel()

	for code, test := range map[bssapi.Code]struct {
		field act.Field
		says  string
	}{
		bssapi.CodePriceResourceChanging: {act.FieldResourceID, "Resource is being changed"},
		bssapi.CodePricePeriodNotOffered: {act.FieldPeriodUnit, "is not renewed for 2 months. Set another period_unit"},
		bssapi.CodePriceNotRenewable:     {act.FieldResourceID, "has no renewal price. Nothing was ordered."},
		bssapi.CodePriceResourceGone:     {act.FieldResourceID, "has no renewal price. Nothing was ordered."},
		"CBC.12345678":                   {act.FieldResourceID, "has no renewal price. Nothing was ordered."},
	} {
		a := newAccount(t)
		a.Do("refuse", map[string]any{"resource_id": server, "operation": "get_renewal_price", "code": string(code)})
		a.both(test.field, []string{test.says, string(code)})

		if _, err := a.quote(); !errors.Is(err, code) {
			t.Errorf("%s is not in %v", code, err)
		}
	}

	a := newAccount(t)
	a.Fault(bsssim.Fault{Operation: "get_renewal_price", Kind: bsssim.FaultStatusBefore, Times: 2})

	const reading = "reading the price of renewing resource server for 2 months"

	if _, err := a.quote(); !strings.Contains(fmt.Sprint(err), reading) {
		t.Errorf("quoted: %v", err)
	}

	if _, _, err := a.renew(); !strings.Contains(fmt.Sprint(err), reading) {
		t.Errorf("renewed: %v", err)
	}

	a.sends(0, 0, 0)
}

// TestPrices: a price that no cap can be held against is refused; that of another
// resource is not the server's.
func TestPrices(t *testing.T) {
	t.Parallel()

	other := map[string]any{"resource_id": "other", "amount": 1}

	for name, test := range map[string]struct {
		edit  func(answer, row map[string]any)
		price string
		says  string
	}{
		"as it is":        {func(_, _ map[string]any) {}, "120", ""},
		"no amount":       {func(_, row map[string]any) { row["amount"] = nil }, "", "Renewal has no price"},
		"negative":        {func(_, row map[string]any) { row["amount"] = -0.01 }, "", "Renewal has a negative price"},
		"nothing":         {func(_, row map[string]any) { row["amount"] = 0 }, "0", ""},
		"above the cap":   {func(_, row map[string]any) { row["amount"] = 120.01 }, "", "Price is above max_amount"},
		"one more before": {func(answer, row map[string]any) { answer["renew_inquiry_results"] = []any{other, row} }, "120", ""},
		"one more after":  {func(answer, row map[string]any) { answer["renew_inquiry_results"] = []any{row, other} }, "120", ""},
		"no currency":     {func(answer, _ map[string]any) { delete(answer, "currency") }, "120", ""},
		"another failed": {func(answer, _ map[string]any) {
			answer["fail_resource_infos"] = []any{map[string]any{"resource_id": "other", "error_code": "CBC.30050013"}}
		}, "120", ""},
	} {
		a := newAccount(t)
		a.Edit(callPrice, func(answer map[string]any) {
			for _, row := range simtest.Rows(answer, "renew_inquiry_results") {
				test.edit(answer, row)
			}
		})

		quote, err := a.quote(currency("USD"))

		switch {
		case test.says != "":
			if err == nil || !strings.Contains(fmt.Sprint(err), test.says) {
				t.Errorf("%s: %v, want %s", name, err, test.says)
			}
		case err != nil || !quote.Amount.Equal(simtest.Decimal(t, test.price)) || !quote.Bound.Equal(quote.Amount):
			t.Errorf("%s: %+v, %v", name, quote, err)
		}
	}
}

// TestDiscounts: the best discount is chosen where it is asked for, in the price and in
// the payment; coupons lower what is charged, and no bound.
func TestDiscounts(t *testing.T) {
	t.Parallel()

	best := func(goal *renewal.Goal) { goal.Discount = renewal.DiscountBest }
	coupon := func(goal *renewal.Goal) { goal.CouponIDs = []string{"CP1"} }

	for name, test := range map[string]struct {
		choose     func(*renewal.Goal)
		most       string
		price, due string
	}{
		"none":              {func(*renewal.Goal) {}, "120", "120", "120.00"},
		"none, below":       {func(*renewal.Goal) {}, "119.99", "", ""},
		"best":              {best, "108", "108", "108.00"},
		"best, below":       {best, "107.99", "", ""},
		"a coupon":          {coupon, "120", "120", "100.00"},
		"a coupon, lowered": {coupon, "100", "", ""},
	} {
		a := newAccount(t)
		a.Do("add_coupon", map[string]any{"id": "CP1", "type": 1, "face_value": "20.00"})

		if test.price == "" {
			a.both(act.FieldMaxAmount, []string{"Price is above max_amount"}, test.choose, most(t, test.most))

			continue
		}

		if quote, err := a.quote(test.choose, most(t, test.most)); err != nil || !quote.Amount.Equal(simtest.Decimal(t, test.price)) {
			t.Errorf("%s: %+v, %v", name, quote, err)
		}

		receipt, _, err := a.renew(test.choose, most(t, test.most), quoted(t, test.price))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}

		a.Charges(receipt.OrderIDs[0], test.due)
	}
}

// TestDiscountsUnread: where the discounts of an order cannot be read, it is not paid,
// and what is refused is refused at the argument of the renewal.
func TestDiscountsUnread(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.Fault(bsssim.Fault{Operation: "list_order_discounts", Kind: bsssim.FaultStatusBefore, Times: -1})

	_, _, err := a.renew(func(goal *renewal.Goal) { goal.Discount = renewal.DiscountBest })
	simtest.Refused(t, err, act.FieldNone, "Renewal was not paid", "reading the discounts", "was canceled")
	a.sends(1, 0, 1)

	// The order has a discount by the time that it is paid, and none when it was chosen.
	a = newAccount(t)
	a.Wire.On(callDiscounts, func(n int, deliver func() simtest.Reply) simtest.Reply {
		reply := deliver()
		if n == 1 {
			return simtest.Edited(t, reply, func(answer map[string]any) { answer["discounts"] = nil })
		}

		return reply
	})

	_, _, err = a.renew(func(goal *renewal.Goal) { goal.Discount = renewal.DiscountBest })
	simtest.Refused(t, err, act.FieldDiscount, "Discount is not offered", "was canceled")
	a.sends(1, 0, 1)
}

// TestWarnings: what a price does not say is said with the quote.
func TestWarnings(t *testing.T) {
	t.Parallel()

	const over, auto, earlier = "A part of the term is over already", "Resource renews automatically too", "An attached resource ends earlier"

	disk := func(ends string, more ...string) func(*account) {
		return func(a *account) {
			a.attach(map[string]any{"expire_time": ends})

			for _, act := range more {
				a.Do(act, map[string]any{"resource_id": "disk"})
			}
		}
	}

	for name, test := range map[string]struct {
		arrange func(a *account)
		reached bool
		warns   []string
	}{
		"nothing": {func(*account) {}, false, nil},
		"over":    {func(a *account) { a.Clock.Advance(65 * 24 * 3600e9) }, false, []string{over}},
		"automatic": {
			func(a *account) { a.Do("set_expire_policy", map[string]any{"resource_id": server, "policy": 3}) }, false, []string{auto},
		},
		"attached":               {disk("2027-01-15T15:59:59Z"), false, []string{earlier}},
		"attached, closed":       {disk("2027-01-15T15:59:59Z", "close_resource"), false, nil},
		"attached, just in time": {disk("2027-01-31T15:59:59Z"), false, nil},
		"attached, later":        {disk("2027-08-31T15:59:59Z"), false, nil},
		"reached, attached not":  {disk("2027-01-15T15:59:59Z"), true, []string{earlier}},
		"reached, attached too":  {disk("2027-01-31T15:59:59Z"), true, nil},
	} {
		a := newAccount(t)
		test.arrange(a)

		to := through(t, "2027-03-31")
		if test.reached {
			to = through(t, "2027-01-31")

			_, warnings, err := a.renew(to)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}

			simtest.Warned(t, warnings, test.warns...)
		}

		quote, err := a.quote(to)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}

		simtest.Warned(t, quote.Warnings, test.warns...)
	}
}
