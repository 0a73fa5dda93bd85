// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"testing"
)

func TestDiscountCharges(t *testing.T) {
	t.Parallel()
	discounts := []map[string]any{
		{"id": "in", "type": 2, "amount": "20.00"}, {"id": "deep", "type": 0, "amount": "30.00"}, {"id": "small", "type": 3, "amount": "5.00"},
	}
	for _, test := range []struct {
		name, use        string
		settings         map[string]string
		charged, showing string
		kind             string
	}{
		{"none", "", nil, "180.00", "180.00", "605"},
		{"none, the official price", "", map[string]string{"no_discount_charges": "official"}, "200.00", "200.00", ""},
		{"the one contained", "in:2", nil, "180.00", "180.00", "605"},
		{"another", "deep:0", nil, "170.00", "170.00", "200"},
		{"a smaller one", "small:3", nil, "195.00", "195.00", "607"},
		{"another, not shown", "deep:0", map[string]string{"discount_changes_amount": "off"}, "170.00", "180.00", "200"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Settings: test.settings}).rich(t)
			id := c.placeID(t, map[string]any{"amount": "180.00", "official_amount": "200.00", "discounts": discounts})
			c.payUsing(t, id, test.use).want(t, http.StatusNoContent)
			same(t, "charged", c.charged(), []string{id + " " + test.charged + " 0.00 api"})
			details := c.get(t, ordersPath+"/details/"+id)
			same(t, "showing", details.text("order_info", "amount_after_discount"), test.showing)
			same(t, "applied", details.text("order_info", "amount_info", "discounts", 0, "discount_type"), test.kind)
		})
	}
}

func TestDiscountsRefused(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "180.00", "discounts": []map[string]any{{"id": "a", "type": 2, "amount": "5.00"}}})
	for _, info := range []string{"nothing:2", "a:0", "a:3"} {
		c.payUsing(t, id, info).refused(t, http.StatusBadRequest, "CBC.99003108")
	}
	same(t, "nothing charged", c.charged(), []string{})
}

func TestPriceAdjustment(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "180.00", "discounts": []map[string]any{
		{"id": "a", "type": 2, "amount": "5.00"}, {"id": "b", "type": 609, "amount": "60.00", "mode": 2},
	}})
	c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99003108")
	c.payUsing(t, id, "a:2").refused(t, http.StatusBadRequest, "CBC.99003108")
	c.payV1(t, id).refused(t, http.StatusBadRequest, "CBC.99003108")
	c.payUsing(t, id, "b:609").want(t, http.StatusNoContent)
	same(t, "charged", c.charged(), []string{id + " 120.00 0.00 api"})
	same(t, "shows", c.get(t, ordersPath+"/details/"+id).text("order_info", "amount_info", "discounts", 0, "discount_type"), "609")
}

func TestOrderDiscounts(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	placed := c.place(t, map[string]any{"amount": "180.00", "official_amount": "200.00", "lines": 2, "discounts": []map[string]any{
		{"type": 2, "amount": "20.00"}, {"type": 0, "amount": "50.00", "mode": 2},
	}})
	id := fmt.Sprint(placed["order_id"])
	path := ordersPath + "/order-discounts?order_id=" + id
	list := c.get(t, path)
	same(t, "types", list.column("discounts", "discount_type"), []string{"2", "0"})
	same(t, "values", list.column("discounts", "discount_value"), []string{"0.9000", "50.00"})
	item := []any{"discounts", 0, "orders", 0, "order_line_items", 0}
	same(t, "ratio", list.text(append(item, "discount_ratio")...), "0.9000")
	same(t, "line", list.text(append(item, "order_line_item_ids", 1)...), id+"-000002")
	c.set(t, "discount_permission", "off")
	same(t, "without the right", len(c.get(t, path).column("discounts", "discount_id")), 0)
	c.set(t, "discount_permission", "on")
	c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "paid", len(c.get(t, path).column("discounts", "discount_id")), 0)
	combined := c.placeID(t, map[string]any{"sub_orders": []string{"50", "50"}, "discounts": []map[string]any{{"type": 2, "amount": "20.00"}}})
	same(
		t,
		"orders of a combined one",
		c.get(t, ordersPath+"/order-discounts?order_id="+combined).text("discounts", 0, "orders", 1, "order_line_items", 0, "discount_mode"),
		"0",
	)
}
