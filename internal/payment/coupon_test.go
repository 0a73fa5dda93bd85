// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// coupons are coupons to pay an order with.
type coupons struct {
	site string
	// most is how many coupons the order takes, where it says so.
	most     int
	add      []map[string]any
	ids      []string
	discount map[string]any
	// before is done once the coupons are there.
	before  func(a *account, order string, ids []string)
	charged string
	refused string
}

func useLimit(key, value string) []any {
	return []any{map[string]any{"limit_key": key, "value1": value}}
}

func cash(value string, more ...map[string]any) map[string]any {
	coupon := map[string]any{"type": 1, "face_value": value}

	for _, fields := range more {
		for name, field := range fields {
			coupon[name] = field
		}
	}

	return coupon
}

func ofOrder(more map[string]any) map[string]any {
	fields := map[string]any{"order_id": "this"}
	for name, field := range more {
		fields[name] = field
	}

	return fields
}

func couponTests() map[string]coupons {
	limited := func(key, value string) map[string]any {
		return cash("5", map[string]any{"use_limits": useLimit(key, value)})
	}
	discount := func(kind int) map[string]any {
		return map[string]any{"id": "D1", "type": kind, "amount": "10", "ratio": "0.90"}
	}

	const china = bsssim.SiteChina

	return map[string]coupons{
		"cash":               {add: []map[string]any{cash("5")}, charged: "95.00"},
		"two":                {add: []map[string]any{cash("5"), cash("7")}, charged: "88.00"},
		"discount":           {add: []map[string]any{{"type": 2, "face_value": "0.90"}}, charged: "90.00"},
		"flexi-purchase":     {add: []map[string]any{{"type": 4, "face_value": "5"}}, charged: "95.00"},
		"china":              {site: china, add: []map[string]any{cash("5", ofOrder(nil))}, charged: "95.00"},
		"product":            {add: []map[string]any{{"type": 3, "face_value": "5"}}, refused: "type 3"},
		"four":               {ids: []string{"1", "2", "3", "4"}, refused: "at most 3"},
		"unknown":            {ids: []string{"CP0"}, refused: "does not belong to this account"},
		"unknown, china":     {site: china, ids: []string{"CP0"}, refused: "not among the coupons"},
		"used":               {add: []map[string]any{cash("5", map[string]any{"status": 3})}, refused: "not available (status 3)"},
		"frozen":             {add: []map[string]any{cash("5", map[string]any{"frozen": true})}, refused: "is frozen"},
		"expired":            {add: []map[string]any{cash("5", map[string]any{"expire_time": "-1h"})}, refused: "expired on"},
		"held":               {add: []map[string]any{cash("5", map[string]any{"version": 2})}, before: holdFirst, refused: "is held by order"},
		"held by this order": {add: []map[string]any{cash("5", map[string]any{"version": 2})}, before: holdForThis, charged: "95.00"},
		"cash and discount":  {add: []map[string]any{cash("5"), {"type": 2, "face_value": "0.90"}}, refused: "exclude each other"},
		"market and dedicated": {
			site:    china,
			add:     []map[string]any{cash("5", ofOrder(map[string]any{"group": 1})), cash("5", ofOrder(map[string]any{"group": 2}))},
			refused: "exclude each other",
		},
		"more than it takes": {
			site:    china,
			most:    1,
			add:     []map[string]any{cash("5", ofOrder(nil)), cash("7", ofOrder(nil))},
			refused: "at most 1 coupons",
		},
		"as many as it takes": {
			site:    china,
			most:    2,
			add:     []map[string]any{cash("5", ofOrder(nil)), cash("7", ofOrder(nil))},
			charged: "88.00",
		},
		"against a partner's": {
			add:      []map[string]any{limited("simultaneousUseWithEmpowerDiscount", "0")},
			discount: discount(3),
			refused:  "simultaneousUseWithEmpowerDiscount",
		},
		"against a commercial": {
			add:      []map[string]any{limited("simultaneousUseWithContractDiscount", "0")},
			discount: discount(2),
			refused:  "simultaneousUseWithContractDiscount",
		},
		"against a promotion": {
			add:      []map[string]any{limited("simultaneousUseWithPromotionDiscount", "0")},
			discount: discount(0),
			refused:  "simultaneousUseWithPromotionDiscount",
		},
		"against another kind": {
			add:      []map[string]any{limited("simultaneousUseWithPromotionDiscount", "0")},
			discount: discount(2),
			charged:  "85.00",
		},
		"beside what it allows": {
			add:      []map[string]any{limited("simultaneousUseWithContractDiscount", "1")},
			discount: discount(2),
			charged:  "85.00",
		},
		"a limit of no number": {
			add:      []map[string]any{limited("simultaneousUseWithContractDiscount", "no")},
			discount: discount(2),
			charged:  "85.00",
		},
		"below the minimum":  {add: []map[string]any{limited("minConsumeDiscount", "0.91")}, discount: discount(2), refused: "at least 0.91"},
		"at the minimum":     {add: []map[string]any{limited("minConsumeDiscount", "0.90")}, discount: discount(2), charged: "85.00"},
		"a minimum of words": {add: []map[string]any{limited("minConsumeDiscount", "most")}, discount: discount(2), charged: "85.00"},
	}
}

func holdFirst(a *account, _ string, ids []string) {
	a.Do("lock_coupon", map[string]any{"coupon_id": ids[0], "order_id": a.place(nil)})
}

func holdForThis(a *account, order string, ids []string) {
	a.Do("lock_coupon", map[string]any{"coupon_id": ids[0], "order_id": order})
}

// TestCoupons: coupons that may be used are, and lower what is charged; the
// others are refused before any payment, whether a plan asks or an apply.
func TestCoupons(t *testing.T) {
	t.Parallel()

	for name, test := range couponTests() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{Site: test.site})

			values := map[string]any{"amount": "100"}
			if test.most > 0 {
				values["coupon_max"] = test.most
			}

			if test.discount != nil {
				values["discounts"] = []any{test.discount}
			}

			order, ids := a.place(values), test.ids

			for _, coupon := range test.add {
				if coupon["order_id"] == "this" {
					coupon["order_id"] = order
				}

				id, ok := a.Do("add_coupon", coupon)["coupon_id"].(string)
				if !ok {
					t.Fatal("no coupon_id")
				}

				ids = append(ids, id)
			}

			if test.before != nil {
				test.before(a, order, ids)
			}

			use := func(request *payment.Request) {
				request.CouponIDs = ids
				if test.discount != nil {
					request.DiscountID = "D1"
				}
			}
			request := payment.Request{OrderID: order}
			use(&request)

			quote, planned := a.payer.Quote(t.Context(), request)
			receipt, _, err := a.pay(order, "100", use)

			if test.refused != "" {
				simtest.Refused(t, planned, act.FieldCouponIDs, test.refused)
				simtest.Refused(t, err, act.FieldCouponIDs, test.refused)
				a.sends(0)

				return
			}

			if planned != nil || err != nil {
				t.Fatalf("planned: %v, paid: %v", planned, err)
			}

			// Coupons never lower what the cap is held against.
			if want := simtest.Decimal(t, "100"); test.discount == nil && (!quote.Bound.Equal(want) || !quote.AmountDue.Equal(want)) {
				t.Errorf("due %s, at most %s", quote.AmountDue, quote.Bound)
			}

			a.Charges(order, test.charged)

			if !receipt.AmountPaid.Equal(simtest.Decimal(t, test.charged)) {
				t.Errorf("the receipt says %s", receipt.AmountPaid)
			}
		})
	}
}

// TestCouponsUnread: coupons that cannot be looked up are no reason to pay
// without them.
func TestCouponsUnread(t *testing.T) {
	t.Parallel()

	for site, operation := range map[string]string{bsssim.SiteInternational: "list_coupons", bsssim.SiteChina: "list_order_coupons"} {
		a := newAccount(t, bsssim.Options{Site: site})
		order := a.place(nil)
		a.Fault(bsssim.Fault{Operation: operation, Kind: bsssim.FaultStatusBefore, Times: -1})

		if _, _, err := a.pay(order, "100", func(r *payment.Request) { r.CouponIDs = []string{"CP1"} }); err == nil {
			t.Errorf("%s: paid", site)
		}

		a.sends(0)
	}
}

// TestCouponValidLater: a coupon that is not valid yet is named with its day.
func TestCouponValidLater(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)

	id, ok := a.Do("add_coupon", cash("5"))["coupon_id"].(string)
	if !ok {
		t.Fatal("no coupon_id")
	}

	a.Edit(callCoupons, func(answer map[string]any) {
		list, _ := answer["user_coupons"].([]any)
		for i := range list {
			if coupon, ok := list[i].(map[string]any); ok {
				coupon["valid_time"] = "2026-12-01T00:00:00Z"
			}
		}
	})

	_, _, err := a.pay(order, "100", func(r *payment.Request) { r.CouponIDs = []string{id} })
	simtest.Refused(t, err, act.FieldCouponIDs, "is valid from 2026-12-01T00:00:00Z on")
	a.sends(0)
}

// TestCouponHeldByAnother: a coupon that the order's own list shows as held by
// another order is refused.
func TestCouponHeldByAnother(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{Site: bsssim.SiteChina})
	order := a.place(nil)

	id, ok := a.Do("add_coupon", cash("5", map[string]any{"order_id": order}))["coupon_id"].(string)
	if !ok {
		t.Fatal("no coupon_id")
	}

	for holder, wanted := range map[string]string{"CS999": "is held by order CS999", order: ""} {
		a.Edit(callOrderCoupons, func(answer map[string]any) {
			list, _ := answer["user_coupons"].([]any)
			for i := range list {
				if coupon, ok := list[i].(map[string]any); ok {
					coupon["used_by_order_id"] = holder
				}
			}
		})

		_, err := a.payer.Quote(t.Context(), payment.Request{OrderID: order, CouponIDs: []string{id}})
		if wanted != "" {
			simtest.Refused(t, err, act.FieldCouponIDs, wanted)
		} else if err != nil {
			t.Error(err)
		}
	}
}
