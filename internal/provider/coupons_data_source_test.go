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

// TestAccCouponsUsable sums up what can be spent, and what ends soon.
func TestAccCouponsUsable(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "europe"})
	for id, values := range map[string]map[string]any{
		"CP1": {"face_value": "10.00"},
		"CP2": {"face_value": "50.00", "version": 2, "balance": "20.00000000000000000001", "expire_time": "240h"},
		"CP3": {"face_value": "0.90", "type": 2, "expire_time": "240h"},
		"CP4": {"face_value": "5.00", "frozen": true},
		"CP5": {"face_value": "6.00", "version": 2},
		"CP6": {"face_value": "7.00", "type": 4},
		"CP7": {"face_value": "8.00", "status": 3},
		"CP8": {"face_value": "9.00", "status": 9},
	} {
		values["id"] = id
		w.console("add_coupon", values)
	}

	w.console("lock_coupon", map[string]any{"coupon_id": "CP5", "order_id": "CS1"})

	soon := shown{
		"coupon_type": "cash", "currency": "EUR", "coupon_count": 2, "remaining_amount": amount("30.00000000000000000001"),
		"expiring_count": 1, "expiring_amount": amount("20.00000000000000000001"),
	}
	w.shows(t, `
data "bss_coupons" "all" {}
data "bss_coupons" "frozen" {
  coupon_id            = "CP4"
  expiring_within_days = 1
}`, map[string]shown{
		"data.bss_coupons.all": {
			"total_count": 8, "undetermined_count": 1, "usable_totals": elements(3), "usable_totals.0": soon,
			"usable_totals.1": shown{
				"coupon_type": "discount", "currency": "EUR", "coupon_count": 1, "remaining_amount": nil, "expiring_count": 1, "expiring_amount": nil,
			},
			"usable_totals.2.remaining_amount": amount("7"), "usable_totals.2.expiring_amount": amount("0"),
		},
		"data.bss_coupons.frozen": {
			"coupons.0.is_usable": false, "coupons.0.remaining_amount": nil, "usable_totals": elements(0), "usable_coupon_ids": []string{},
			"expiring_coupon_ids": []string{},
		},
	})
	w.readOnly("list_coupons")
}

// TestCouponsUndetermined shows what is not known as null, never as 0.
func TestCouponsUndetermined(t *testing.T) {
	t.Parallel()

	row := func(values map[string]any) map[string]any {
		all := map[string]any{"coupon_type": 1, "status": 2, "expire_time": "2026-12-01T00:00:00Z", "coupon_version": 2, "balance": "1"}
		for name, value := range values {
			all[name] = value
		}

		return all
	}

	w := answering(t, "international", map[string]any{pathAccountCoupons: map[string]any{"count": 4, "user_coupons": []any{
		row(map[string]any{"coupon_id": "CP1", "coupon_version": 0, "balance": nil, "face_value": "10"}),
		row(map[string]any{"coupon_id": "CP2"}),
		row(map[string]any{"coupon_id": "CP3", "expire_time": ""}),
		row(map[string]any{"coupon_id": "CP4", "coupon_type": 3, "face_value": "4"}),
	}}})
	mustRead(
		t,
		w,
		"bss_coupons",
		attributes{"as_of": str("2026-11-01T00:00:00Z"), "expiring_within_days": num(t, "29")},
	).want(t, map[string]string{
		"coupons.0.is_usable": "true", "coupons.0.remaining_amount": "null", "coupons.1.remaining_amount": "1", "coupons.2.is_usable": "null",
		"undetermined_count": "1", "usable_totals": "2 elements", "usable_totals.0.remaining_amount": "null", "usable_totals.0.coupon_count": "2",
		"usable_totals.0.expiring_count": "0", "usable_totals.0.expiring_amount": "0", "usable_totals.1.coupon_type": "product",
		"usable_totals.1.remaining_amount": "null", "expiring_coupon_ids": "0 elements", "as_of": "2026-11-01T00:00:00Z",
	})
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
