// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccOrderCoupons(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	order := w.placeOrder(map[string]any{
		"amount": "100.00", "coupon_max": 2,
		"coupons": []any{
			map[string]any{"id": "CP1", "face_value": "10.12345678901234567890", "name": "Welcome"},
			map[string]any{
				"id": "CP2", "type": 4, "version": 2, "face_value": "50.00", "balance": "20.00", "group": 1,
				"use_limits": []any{map[string]any{"limit_key": "simultaneousUseWithContractDiscount", "value1": "0"}},
			},
		},
	})
	w.shows(t, `data "bss_order_coupons" "this" { order_id = "`+order+`" }`, map[string]shown{"data.bss_order_coupons.this": {
		"coupon_ids":                 []string{"CP1", "CP2"},
		"coupons.0.status":           "available",
		"coupons.0.coupon_type":      "cash",
		"coupons.0.coupon_group":     "general",
		"coupons.0.coupon_version":   "single_use",
		"coupons.0.plan_name":        "Welcome",
		"coupons.0.face_value":       amount("10.12345678901234567890"),
		"coupons.0.balance":          nil,
		"coupons.0.last_used_time":   nil,
		"coupons.1.coupon_type":      "flexi_purchase",
		"coupons.1.coupon_group":     "marketplace",
		"coupons.1.coupon_version":   "reusable",
		"coupons.1.balance":          amount("20"),
		"coupons.1.use_limits.0.key": "simultaneousUseWithContractDiscount",
		"max_quantities.0":           shown{"coupon_type": "cash", "coupon_group": "general", "quantity": 2},
	}})

	w.readOnly("list_order_coupons")
}

func TestOrderCouponsShowEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "list_order_coupons", 100, map[string]any{"count": 1})
	w := answering(t, "china", map[string]any{pathCoupons: document.body})
	read := mustRead(t, w, "bss_order_coupons", attributes{"order_id": str("CS1")})

	count := func(path string) bool { return path == "count" }
	read.shows(t, document.without(count), strings.NewReplacer(
		".user_coupons.", ".coupons.",
		".use_limiti_info_id.", ".id.", ".limit_key.", ".key.", ".limit_type.", ".type.",
		".coupon_max_use_quantity.", ".max_quantities.", ".use_quantity_value.", ".quantity.",
	))

	if read["coupons"] != "1 elements" || read["coupon_ids.0"] != read["coupons.0.coupon_id"] {
		t.Errorf("coupon_ids = %s, coupons = %s", read["coupon_ids.0"], read["coupons"])
	}
}

func TestOrderCouponsAbsentFieldsAreNull(t *testing.T) {
	t.Parallel()

	w := answering(t, "china", map[string]any{pathCoupons: map[string]any{
		"count":                   1,
		"user_coupons":            []any{map[string]any{"coupon_id": "CP1", "plan_desc": "", "balance": nil, "use_limits": nil}},
		"coupon_max_use_quantity": []any{map[string]any{}},
	}})
	read := mustRead(t, w, "bss_order_coupons", attributes{"order_id": str("CS1")})

	for path, value := range read {
		inside := strings.HasPrefix(path, "coupons.0.") || strings.HasPrefix(path, "max_quantities.0.")
		if inside && path != "coupons.0.coupon_id" && value != nothing(path) {
			t.Errorf("%s = %s, want %s", path, value, nothing(path))
		}
	}
}

func TestOrderCouponsOfNone(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	order := w.placeOrder(map[string]any{"amount": "100.00"})

	mustRead(t, w, "bss_order_coupons", attributes{"order_id": str(order)}).want(t, map[string]string{
		"coupon_ids": "0 elements", "coupons": "0 elements", "max_quantities": "0 elements",
	})

	if diff := cmp.Diff([]string{"list_order_coupons"}, w.calls()); diff != "" {
		t.Error(diff)
	}

	if got := w.query().Get("order_id"); got != order {
		t.Errorf("order_id = %q on the wire", got)
	}
}

// TestOrderCouponsOfAPart shows that an answer that lacks coupons is an error.
func TestOrderCouponsOfAPart(t *testing.T) {
	t.Parallel()

	w := answering(t, "china", map[string]any{pathCoupons: map[string]any{
		"count": 2, "user_coupons": []any{map[string]any{"coupon_id": "CP1"}},
	}})

	read, diags := readData(t, w, "bss_order_coupons", nil, attributes{"order_id": str("CS1")})
	if read != nil {
		t.Errorf("a state of an answer that is not whole: %v", read)
	}

	diags.says(t, "", "Could not read the coupons of order CS1")
}

func TestOrderCouponsOnOtherSites(t *testing.T) {
	t.Parallel()

	t.Run("international", func(t *testing.T) {
		t.Parallel()

		w := newWorld(t, bsssim.Options{Seed: "demo"})

		_, diags := readData(t, w, "bss_order_coupons", nil, attributes{"order_id": str("CS2611220000001")})
		diags.says(t, "order_id", "does not have this call")

		if calls := w.calls(); len(calls) != 0 {
			t.Errorf("calls of what the site does not have: %v", calls)
		}
	})

	t.Run("europe, which refuses", func(t *testing.T) {
		t.Parallel()

		w := newWorld(t, bsssim.Options{Seed: "demo", Site: "europe"})

		_, diags := readData(t, w, "bss_order_coupons", nil, attributes{"order_id": str("CS2611220000001")})
		diags.says(t, "", "APIG.0101")

		if diff := cmp.Diff([]string{"list_order_coupons"}, w.calls()); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("europe, which answers", func(t *testing.T) {
		t.Parallel()

		w := newWorld(t, bsssim.Options{Seed: "demo", Site: "europe", Settings: map[string]string{"order_coupons_on_europe": "on"}})

		mustRead(t, w, "bss_order_coupons", attributes{"order_id": str("CS2611220000001")}).want(t, map[string]string{"coupons": "3 elements"})
	})
}

func TestOrderCouponsUnknownCodes(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	order := w.placeOrder(map[string]any{"amount": "100.00", "coupons": []any{
		map[string]any{"type": 9, "group": 8, "version": 7, "face_value": "-1.50"},
	}})

	mustRead(t, w, "bss_order_coupons", attributes{"order_id": str(order)}).want(t, map[string]string{
		"coupons.0.coupon_type": "unknown(9)", "coupons.0.coupon_group": "unknown(8)", "coupons.0.coupon_version": "unknown(7)",
		"coupons.0.face_value": "-1.5", "max_quantities.0.coupon_type": "unknown(9)", "max_quantities.0.coupon_group": "unknown(8)",
	})
}
