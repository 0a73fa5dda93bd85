// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// refusal is a payment that must not be made.
type refusal struct {
	site     string
	settings map[string]string
	provider map[string]tftypes.Value
	// place makes the world, and says which order to pay with which arguments.
	place     func(t *testing.T, w *world) map[string]tftypes.Value
	attribute string
	says      string
}

// unpaid pays an ordinary order with these arguments added.
func unpaid(values map[string]any, arguments map[string]tftypes.Value) func(*testing.T, *world) map[string]tftypes.Value {
	return func(t *testing.T, w *world) map[string]tftypes.Value {
		t.Helper()

		if values["amount"] == nil && values["sub_orders"] == nil {
			values["amount"] = "42.50"
		}

		all := map[string]tftypes.Value{"order_id": str(w.placeOrder(values)), "max_amount": num(t, "1000")}
		for name, value := range arguments {
			all[name] = value
		}

		return all
	}
}

// withCoupons pays with coupons that were added to the account.
func withCoupons(order map[string]any, coupons ...map[string]any) func(*testing.T, *world) map[string]tftypes.Value {
	return func(t *testing.T, w *world) map[string]tftypes.Value {
		t.Helper()

		arguments := unpaid(order, nil)(t, w)

		var (
			ids     []string
			orderID string
		)

		if err := arguments["order_id"].As(&orderID); err != nil {
			t.Fatal(err)
		}

		for _, coupon := range coupons {
			if coupon["order_id"] == "this" {
				coupon["order_id"] = orderID
			}

			locked := coupon["locked"] != nil
			delete(coupon, "locked")

			id, ok := w.console("add_coupon", coupon)["coupon_id"].(string)
			if !ok {
				t.Fatal("no coupon_id")
			}

			if locked {
				w.console("lock_coupon", map[string]any{"coupon_id": id, "order_id": w.placeOrder(map[string]any{"amount": "1.00"})})
			}

			ids = append(ids, id)
		}

		arguments["coupon_ids"] = strs(ids...)

		return arguments
	}
}

func discount(kind int, more map[string]any) map[string]any {
	one := map[string]any{"id": "D1", "type": kind, "amount": "4.25", "ratio": "0.90"}
	for name, value := range more {
		one[name] = value
	}

	return map[string]any{"amount": "42.50", "official_amount": "42.50", "discounts": []any{one}}
}

func limit(key, value string) []any { return []any{map[string]any{"limit_key": key, "value1": value}} }

func refusals() map[string]refusal {
	named := func(order map[string]any, id string) func(*testing.T, *world) map[string]tftypes.Value {
		return unpaid(order, map[string]tftypes.Value{"discount_id": str(id)})
	}

	both := func(order, coupon map[string]any) func(*testing.T, *world) map[string]tftypes.Value {
		return func(t *testing.T, w *world) map[string]tftypes.Value {
			t.Helper()

			arguments := withCoupons(order, coupon)(t, w)
			arguments["discount_id"] = str("D1")

			return arguments
		}
	}

	none := map[string]any{}

	return map[string]refusal{
		"order does not exist": {attribute: "order_id", says: "has no order CS0", place: func(t *testing.T, _ *world) map[string]tftypes.Value {
			t.Helper()

			return map[string]tftypes.Value{"order_id": str("CS0"), "max_amount": num(t, "1")}
		}},
		"order does not exist, by an error": {
			settings:  map[string]string{"unknown_order": "error"},
			attribute: "order_id",
			says:      "has no order CS0",
			place: func(t *testing.T, _ *world) map[string]tftypes.Value {
				t.Helper()

				return map[string]tftypes.Value{"order_id": str("CS0"), "max_amount": num(t, "1")}
			},
		},
		"pending approval":     {place: unpaid(map[string]any{"status": 1}, nil), attribute: "order_id", says: "waits for approval"},
		"pending confirmation": {place: unpaid(map[string]any{"status": 9}, nil), attribute: "order_id", says: "waits for confirmation"},
		"canceled":             {place: unpaid(map[string]any{"status": 4}, nil), attribute: "order_id", says: "is canceled"},
		"unknown status":       {place: unpaid(map[string]any{"status": 17}, nil), attribute: "order_id", says: "unknown(17)"},
		"deadline passed": {
			settings:  map[string]string{"deadline_cancels": "off"},
			attribute: "order_id",
			says:      "could be paid until",
			place: func(t *testing.T, w *world) map[string]tftypes.Value {
				t.Helper()

				arguments := unpaid(none, nil)(t, w)

				w.Advance(9 * 24 * time.Hour)

				return arguments
			},
		},
		"cap below the amount": {
			place:     unpaid(none, map[string]tftypes.Value{"max_amount": tftypes.NewValue(tftypes.Number, 42.49)}),
			attribute: "max_amount",
			says:      "42.5",
		},
		"cap below the official amount": {attribute: "max_amount", says: "its official price", place: unpaid(
			map[string]any{
				"amount":          "90.00",
				"official_amount": "100.00",
				"discounts":       []any{map[string]any{"id": "D1", "type": 2, "amount": "10.00", "ratio": "0.9"}},
			},
			map[string]tftypes.Value{"max_amount": tftypes.NewValue(tftypes.Number, 90)},
		)},
		"cap negative": {
			place:     unpaid(none, map[string]tftypes.Value{"max_amount": tftypes.NewValue(tftypes.Number, -1)}),
			attribute: "max_amount",
			says:      "negative",
		},
		"wrong currency": {place: unpaid(none, map[string]tftypes.Value{"currency": str("CNY")}), attribute: "currency", says: "is in USD"},
		"no currency code": {
			place:     unpaid(none, map[string]tftypes.Value{"currency": str("dollars")}),
			attribute: "currency",
			says:      "three capital letters",
		},
		"another account": {provider: map[string]tftypes.Value{"allowed_domain_ids": strs("0000")}, place: unpaid(none, nil),
			attribute: "", says: "allowed_domain_ids"},
		"order id with spaces": {attribute: "order_id", says: "without spaces", place: func(t *testing.T, _ *world) map[string]tftypes.Value {
			t.Helper()

			return map[string]tftypes.Value{"order_id": str("CS 1"), "max_amount": num(t, "1")}
		}},
		"unknown api version": {
			place:     unpaid(none, map[string]tftypes.Value{"api_version": str("v2")}),
			attribute: "api_version",
			says:      "v3",
		},
		"v1 with coupons": {
			place:     unpaid(none, map[string]tftypes.Value{"api_version": str("v1"), "coupon_ids": strs("CP1")}),
			attribute: "coupon_ids",
			says:      "v1",
		},
		"v1 with a discount": {
			place:     unpaid(none, map[string]tftypes.Value{"api_version": str("v1"), "discount_id": str("D1")}),
			attribute: "discount_id",
			says:      "v1",
		},
		"v1 on china": {
			site:      "china",
			place:     unpaid(none, map[string]tftypes.Value{"api_version": str("v1")}),
			attribute: "api_version",
			says:      "china",
		},
		"v1 on europe": {
			site:      "europe",
			place:     unpaid(none, map[string]tftypes.Value{"api_version": str("v1")}),
			attribute: "api_version",
			says:      "europe",
		},
		"four coupons": {
			place:     unpaid(none, map[string]tftypes.Value{"coupon_ids": strs("1", "2", "3", "4")}),
			attribute: "coupon_ids",
			says:      "at most 3",
		},
		"unknown coupon": {
			place:     unpaid(none, map[string]tftypes.Value{"coupon_ids": strs("CP0")}),
			attribute: "coupon_ids",
			says:      "does not belong",
		},
		"unknown coupon on china": {
			site:      "china",
			place:     unpaid(none, map[string]tftypes.Value{"coupon_ids": strs("CP0")}),
			attribute: "coupon_ids",
			says:      "not among the coupons",
		},
		"product coupon": {
			place:     withCoupons(none, map[string]any{"type": 3, "face_value": "5.00"}),
			attribute: "coupon_ids",
			says:      "type 3",
		},
		"used coupon": {
			place:     withCoupons(none, map[string]any{"type": 1, "face_value": "5.00", "status": 3}),
			attribute: "coupon_ids",
			says:      "not available",
		},
		"frozen coupon": {
			place:     withCoupons(none, map[string]any{"type": 1, "face_value": "5.00", "frozen": true}),
			attribute: "coupon_ids",
			says:      "frozen",
		},
		"expired coupon": {
			place:     withCoupons(none, map[string]any{"type": 1, "face_value": "5.00", "expire_time": "-1h"}),
			attribute: "coupon_ids",
			says:      "expired on",
		},
		"coupon held by another order": {
			place:     withCoupons(none, map[string]any{"type": 1, "face_value": "5.00", "version": 2, "locked": true}),
			attribute: "coupon_ids",
			says:      "held by order",
		},
		"cash and discount coupon": {
			place:     withCoupons(none, map[string]any{"type": 1, "face_value": "5.00"}, map[string]any{"type": 2, "face_value": "0.90"}),
			attribute: "coupon_ids",
			says:      "exclude each other",
		},
		"marketplace and dedicated coupon": {site: "china", place: withCoupons(
			none,
			map[string]any{
				"type":       1,
				"face_value": "5.00",
				"group":      1,
				"order_id":   "this",
			},
			map[string]any{"type": 1, "face_value": "5.00", "group": 2, "order_id": "this"},
		),
			attribute: "coupon_ids", says: "exclude each other"},
		"unknown discount":          {place: named(none, "D0"), attribute: "discount_id", says: "does not offer"},
		"contract discount":         {place: named(discount(1, nil), "D1"), attribute: "discount_id", says: "type 1"},
		"price adjustment left out": {place: unpaid(discount(609, nil), nil), attribute: "discount_id", says: "price adjustment"},
		"coupon against a partner's discount": {
			place: both(
				discount(3, nil),
				map[string]any{"type": 1, "face_value": "5.00", "use_limits": limit("simultaneousUseWithEmpowerDiscount", "0")},
			),
			attribute: "coupon_ids",
			says:      "simultaneousUseWithEmpowerDiscount",
		},
		"coupon against a commercial discount": {
			place: both(
				discount(2, nil),
				map[string]any{"type": 1, "face_value": "5.00", "use_limits": limit("simultaneousUseWithContractDiscount", "0")},
			),
			attribute: "coupon_ids",
			says:      "simultaneousUseWithContractDiscount",
		},
		"coupon against a promotion": {
			place: both(
				discount(0, nil),
				map[string]any{"type": 1, "face_value": "5.00", "use_limits": limit("simultaneousUseWithPromotionDiscount", "0")},
			),
			attribute: "coupon_ids",
			says:      "simultaneousUseWithPromotionDiscount",
		},
		"coupon against a small discount": {
			place: both(
				discount(2, map[string]any{"ratio": "0.80"}),
				map[string]any{"type": 1, "face_value": "5.00", "use_limits": limit("minConsumeDiscount", "0.85")},
			),
			attribute: "coupon_ids",
			says:      "at least 0.85",
		},
		"part of a combined order": {attribute: "order_id", says: "combined order", place: subOrder},
		"part of a combined order, not by id": {
			settings:  map[string]string{"sub_orders": "hidden"},
			attribute: "order_id",
			says:      "combined order",
			place:     subOrder,
		},
		"timeouts garbage": {attribute: "timeouts", says: "duration", place: func(t *testing.T, w *world) map[string]tftypes.Value {
			t.Helper()

			arguments := unpaid(none, nil)(t, w)
			durations := map[string]tftypes.Type{"create": tftypes.String, "update": tftypes.String}
			arguments["timeouts"] = tftypes.NewValue(tftypes.Object{AttributeTypes: durations},
				map[string]tftypes.Value{"create": str("soon"), "update": tftypes.NewValue(tftypes.String, nil)})

			return arguments
		}},
	}
}

func subOrder(t *testing.T, w *world) map[string]tftypes.Value {
	t.Helper()

	answer := w.console("place_order", map[string]any{"sub_orders": []any{"40.00", "60.00"}})

	subs, ok := answer["sub_order_ids"].([]string)
	if !ok || len(subs) != 2 {
		t.Fatalf("sub_order_ids = %v", answer["sub_order_ids"])
	}

	return map[string]tftypes.Value{"order_id": str(subs[0]), "max_amount": num(t, "1000")}
}

// TestOrderPaymentRefusals: each wrong payment is an error at the plan, at the
// right attribute, before any call that changes anything.
func TestOrderPaymentRefusals(t *testing.T) {
	t.Parallel()

	for name, test := range refusals() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: test.site, Settings: test.settings})
			w.console("set_balance", map[string]any{"amount": "5000.00"})

			arguments := test.place(t, w)

			c := newCore(w, "bss_order_payment")
			c.provider = test.provider

			plan := c.plan(t.Context(), arguments)
			if !plan.diagnostics.failed() {
				t.Fatalf("planned: %s", plan.value)
			}

			if !plan.diagnostics.errorAt(test.attribute) {
				t.Errorf("no error at %q:\n%s", test.attribute, plan.diagnostics)
			}

			if !strings.Contains(plan.diagnostics.String(), test.says) {
				t.Errorf("nothing says %q:\n%s", test.says, plan.diagnostics)
			}

			if count := w.mutations(); count != 0 {
				t.Errorf("%d calls that change something", count)
			}
		})
	}
}
