// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const pathAccountCoupons = "/v2/promotions/benefits/coupons"

func TestAccCoupons(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.console("add_coupon", map[string]any{"type": 1, "face_value": "10.12345678901234567890", "name": "Welcome"})

	w.shows(t, `data "bss_coupons" "this" { status = "available" }`, map[string]shown{"data.bss_coupons.this": {
		"total_count":            1,
		"coupons.0.coupon_type":  "cash",
		"coupons.0.status":       "available",
		"coupons.0.face_value":   amount("10.12345678901234567890"),
		"coupons.0.balance":      nil,
		"coupons.0.is_frozen":    false,
		"coupons.0.media_type":   "electronic",
		"coupons.0.fetch_method": "issued_online",
	}})

	w.readOnly("list_coupons")
}

func TestCouponsShowEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "list_coupons", 100, map[string]any{"count": 1, "user_coupons.0.is_frozen": "1"})
	w := answering(t, "international", map[string]any{pathAccountCoupons: document.body})
	read := mustRead(t, w, "bss_coupons", nil)

	leaves := document.without(func(path string) bool { return strings.HasSuffix(path, "is_frozen") })
	read.shows(t, leaves, strings.NewReplacer(
		".count.", ".total_count.", ".user_coupons.", ".coupons.",
		".use_limiti_info_id.", ".id.", ".limit_key.", ".key.", ".limit_type.", ".type.",
	))
	read.want(t, map[string]string{"coupons.0.is_frozen": "true", "coupon_ids": "1 elements", "coupon_ids.0": read["coupons.0.coupon_id"]})
}

func TestCouponsAbsentFieldsAreNull(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{pathAccountCoupons: map[string]any{
		"count":        1,
		"user_coupons": []any{map[string]any{"coupon_id": "CP1", "plan_desc": "", "balance": nil, "use_limits": nil, "is_frozen": ""}},
	}})

	for path, value := range mustRead(t, w, "bss_coupons", nil) {
		if strings.HasPrefix(path, "coupons.0.") && path != "coupons.0.coupon_id" && value != nothing(path) {
			t.Errorf("%s = %s, want %s", path, value, nothing(path))
		}
	}
}

func TestCouponsOfNone(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	mustRead(t, w, "bss_coupons", nil).want(t, map[string]string{"coupon_ids": "0 elements", "coupons": "0 elements", "total_count": "0"})

	if diff := cmp.Diff([]string{"list_coupons"}, w.calls()); diff != "" {
		t.Error(diff)
	}
}

func TestCouponsOfManyPages(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	for range 101 {
		w.console("add_coupon", map[string]any{"type": 1, "face_value": "1.00"})
	}

	mustRead(t, w, "bss_coupons", nil).want(t, map[string]string{"total_count": "101", "coupon_ids": "101 elements"})

	if calls := w.calls(); len(calls) != 2 {
		t.Errorf("%d calls, want 2: %v", len(calls), calls)
	}
}

func TestCouponsFilters(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	mustRead(t, w, "bss_coupons", attributes{
		"status": str("used"), "coupon_type": str("flexi_purchase"), "coupon_id": str("CP1"), "order_id": str("CS1"),
		"promotion_plan_id": str("P1"), "source_id": str("S1"),
		"active_after": str("2026-01-31T08:00:00+08:00"), "active_before": str("2026-02-01T00:00:00Z"),
	})

	want := url.Values{
		"status": {"3"}, "coupon_type": {"4"}, "coupon_id": {"CP1"}, "order_id": {"CS1"}, "promotion_plan_id": {"P1"}, "source_id": {"S1"},
		"active_start_time": {"2026-01-31T00:00:00Z"}, "active_end_time": {"2026-02-01T00:00:00Z"}, "limit": {"100"}, "offset": {"0"},
	}
	if diff := cmp.Diff(want, w.query()); diff != "" {
		t.Error(diff)
	}
}
