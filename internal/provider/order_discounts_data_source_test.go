// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccOrderDiscounts(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	order := w.placeOrder(map[string]any{
		"amount": "180.00", "official_amount": "200.00", "lines": 2,
		"discounts": []any{
			map[string]any{"id": "D1", "type": 2, "amount": "20.00", "ratio": "0.90"},
			map[string]any{"id": "D2", "type": 0, "amount": "0.12345678901234567890", "mode": 2},
		},
	})
	w.shows(t, `data "bss_order_discounts" "this" { order_id = "`+order+`" }`, map[string]shown{"data.bss_order_discounts.this": {
		"discount_ids":                       []string{"D1", "D2"},
		"discounts.0.discount_type":          "commercial",
		"discounts.0.discount_value":         "0.90",
		"discounts.0.total_discount":         amount("20"),
		"discounts.0.lines.0.order_id":       order,
		"discounts.0.lines.0.line_ids":       []string{order + "-000001", order + "-000002"},
		"discounts.0.lines.0.discount_mode":  "rate",
		"discounts.0.lines.0.discount_ratio": amount("0.9"),
		"discounts.1.discount_type":          "promotion",
		"discounts.1.lines.0.discount_mode":  "amount_off",
		"discounts.1.total_discount":         amount("0.12345678901234567890"),
	}})

	w.readOnly("list_order_discounts")
}

func TestOrderDiscountsShowEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "list_order_discounts", 1000, nil)
	w := answering(t, "international", map[string]any{pathDiscounts: document.body})
	read := mustRead(t, w, "bss_order_discounts", attributes{"order_id": str("CS1")})

	leaves := document.without(func(path string) bool { return strings.HasPrefix(path, "discounts.0.orders.") })
	read.shows(t, leaves, strings.NewReplacer())

	// The lines of all orders of a discount are one list.
	lines := map[string]string{}
	for path, value := range document.without(func(path string) bool { return !strings.HasPrefix(path, "discounts.0.orders.") }) {
		lines[path] = value
	}

	read.shows(t, lines, strings.NewReplacer(
		".orders.0.order_line_items.0.order_line_item_ids.", ".lines.0.line_ids.",
		".orders.0.order_line_items.0.", ".lines.0.",
		".orders.0.order_id.", ".lines.0.order_id.",
	))

	read.want(t, map[string]string{
		"discount_ids": "1 elements", "discount_ids.0": read["discounts.0.discount_id"],
		"discounts.0.total_discount": read["discounts.0.lines.0.discount_amount"],
	})
}

// TestOrderDiscountsTotal shows that a discount's total is that of all lines of
// all orders, exactly, and null where a line says no amount, or there is none.
func TestOrderDiscountsTotal(t *testing.T) {
	t.Parallel()

	line := func(amount any) map[string]any { return map[string]any{"discount_amount": amount} }
	w := answering(t, "international", map[string]any{pathDiscounts: map[string]any{"discounts": []any{
		map[string]any{"discount_id": "D1", "discount_type": 0, "orders": []any{
			map[string]any{"order_id": "A", "order_line_items": []any{line(json.Number("0.1")), line(json.Number("0.2"))}},
			map[string]any{"order_id": "B", "order_line_items": []any{line(json.Number("-0.00000000000000000001"))}},
		}},
		map[string]any{"discount_id": "D2"},
		map[string]any{"discount_id": "D3", "orders": []any{
			map[string]any{"order_id": "A", "order_line_items": []any{line(json.Number("0.1")), line(nil)}},
		}},
	}}})

	mustRead(t, w, "bss_order_discounts", attributes{"order_id": str("CS1")}).want(t, map[string]string{
		"discounts.0.discount_type":           "promotion",
		"discounts.0.total_discount":          "0.29999999999999999999",
		"discounts.0.lines":                   "3 elements",
		"discounts.0.lines.2.order_id":        "B",
		"discounts.1.discount_type":           "null",
		"discounts.1.discount_value":          "null",
		"discounts.1.total_discount":          "null",
		"discounts.1.lines":                   "0 elements",
		"discounts.2.total_discount":          "null",
		"discounts.2.lines.1.discount_amount": "null",
	})
}

func TestOrderDiscountsOfNone(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	mustRead(t, w, "bss_order_discounts", attributes{"order_id": str("CS2611220000001")}).want(t, map[string]string{
		"discount_ids": "0 elements", "discounts": "0 elements",
	})

	if diff := cmp.Diff([]string{"list_order_discounts"}, w.calls()); diff != "" {
		t.Error(diff)
	}

	if got := w.query().Get("order_id"); got != "CS2611220000001" {
		t.Errorf("order_id = %q on the wire", got)
	}
}

func TestOrderDiscountsOfACombinedOrder(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	order := w.placeOrder(map[string]any{
		"sub_orders": []any{"40.00", "60.00"},
		"discounts":  []any{map[string]any{"id": "D1", "type": 609, "amount": "5.00"}},
	})

	mustRead(t, w, "bss_order_discounts", attributes{"order_id": str(order)}).want(t, map[string]string{
		"discounts.0.discount_type": "order_price_adjustment", "discounts.0.lines": "2 elements",
		"discounts.0.lines.0.order_id": "CS2611220000002", "discounts.0.lines.1.order_id": "CS2611220000003",
	})
}

func TestOrderDiscountsOfNoOrder(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	_, diags := readData(t, w, "bss_order_discounts", nil, attributes{"order_id": str("CS0")})
	diags.says(t, "order_id", "Could not read the discounts of order CS0", "CBC.30000010")
	w.readOnly("list_order_discounts")
}

func TestOrderDiscountsUnknownCodes(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	order := w.placeOrder(map[string]any{
		"amount": "10.00", "discounts": []any{map[string]any{"id": "D1", "type": 55, "amount": "1.00", "mode": 66}},
	})

	mustRead(t, w, "bss_order_discounts", attributes{"order_id": str(order)}).want(t, map[string]string{
		"discounts.0.discount_type": "unknown(55)", "discounts.0.lines.0.discount_mode": "unknown(66)",
	})
}
