// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// names checks that a refusal names the parameter.
func names(t *testing.T, message, parameter string) {
	t.Helper()
	if !strings.HasPrefix(message, "Invalid parameter "+parameter+":") {
		t.Errorf("%q does not name %s", message, parameter)
	}
}

// TestUnknownParameters sends what no operation has, signed by the SDK.
func TestUnknownParameters(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		before := c.sim.World()
		for _, op := range describedOperations(t) {
			request, plain := plainRequests[op.Name]
			if _, bound := c.operations[op.Name]; !bound || !plain {
				continue
			}
			path := strings.NewReplacer(
				"{order_id}", "CS2611220000001", "{resource_id}", demoResource(1), "{domain_id}", c.sim.Credentials().DomainID,
			).Replace(op.Path)
			body, _ := request["body"].(tree)
			err := c.send(op.Method, path, map[string]string{"surprise": "1"}, bodyOrNone(body))
			if op.Name == "list_auth_domains" {
				// The identity service refuses in a form of its own.
				if message := c.refused(t, err, 400, ""); !strings.Contains(message, "surprise") {
					t.Errorf("%q does not name surprise", message)
				}

				continue
			}
			names(t, c.refused(t, err, 400, "CBC.0100"), "surprise")
			if body == nil {
				continue
			}
			body = maps.Clone(body)
			body["surprise"] = "1"
			err = c.send(op.Method, path, nil, body)
			names(t, c.refused(t, err, 400, "CBC.0100"), "surprise")
		}
		for _, entry := range c.sim.Requests() {
			if entry.Status != 400 || entry.Acted || entry.Operation == "" {
				t.Errorf("the journal says %+v", entry)
			}
		}
		after := c.sim.World()
		for i, order := range after.Orders {
			if order.Status != before.Orders[i].Status {
				t.Errorf("order %s went from %d to %d", order.OrderID, before.Orders[i].Status, order.Status)
			}
		}
		if charges := c.charges(); len(charges) != 0 {
			t.Errorf("payments: %s", charges)
		}
	})
}

func bodyOrNone(body tree) any {
	if body == nil {
		return nil
	}

	return body
}

// TestParametersOutOfRange sends what the SDK's methods let through and the API
// does not take.
func TestParametersOutOfRange(t *testing.T) {
	t.Parallel()
	pay := func(change tree) tree {
		body := tree{"order_id": "CS2611220000001", "use_coupon": "NO", "use_discount": "NO"}
		maps.Copy(body, change)

		return tree{"body": body}
	}
	fourCoupons := slices.Repeat([]any{choice("CP2611220000001", 301)}, 4)
	manyIDs := make([]string, 51)
	for i := range manyIDs {
		manyIDs[i] = strconv.Itoa(i)
	}
	tests := []struct {
		operation string
		request   tree
		parameter string
	}{
		{"list_orders", tree{"limit": 101}, "limit"},
		{"list_orders", tree{"limit": 0}, "limit"},
		{"list_orders", tree{"offset": -1}, "offset"},
		{"list_orders", tree{"status": 2}, "status"},
		{"list_orders", tree{"order_type": "99"}, "order_type"},
		{"list_orders", tree{"order_by": "amount"}, "order_by"},
		{"list_orders", tree{"method": "everybody"}, "method"},
		{"list_orders", tree{"create_time_begin": "2026-01-01"}, "create_time_begin"},
		{"list_orders", tree{"create_time_begin": "2024-01-01T00:00:00Z", "create_time_end": "2026-01-01T00:00:00Z"}, "create_time_end"},
		{"list_orders", tree{"create_time_begin": "2026-01-02T00:00:00Z", "create_time_end": "2026-01-01T00:00:00Z"}, "create_time_end"},
		{"list_orders", tree{"customer_id": "c"}, "customer_id"},
		{"list_orders", tree{"indirect_partner_id": "p"}, "indirect_partner_id"},
		{"get_order", tree{"order_id": "CS2611220000001", "X-Language": "fr_FR"}, "X-Language"},
		{"get_order", tree{"order_id": "CS2611220000001", "limit": 101}, "limit"},
		{"list_coupons", tree{"coupon_type": 5}, "coupon_type"},
		{"list_coupons", tree{"status": 6}, "status"},
		{"list_service_types", tree{"limit": 1001}, "limit"},
		{"list_resources", tree{"body": tree{"resource_ids": manyIDs}}, "resource_ids"},
		{"list_resources", tree{"body": tree{"status_list": []int{9}}}, "status_list[0]"},
		{"list_resources", tree{"body": tree{"service_type_code": ""}}, "service_type_code"},
		{"list_resources", tree{"body": tree{"limit": 501}}, "limit"},
		{"list_resources", tree{"body": tree{"customer_id": "c"}}, "customer_id"},
		{"pay_order", pay(tree{"order_id": ""}), "order_id"},
		{"pay_order", pay(tree{"order_id": strings.Repeat("x", 65)}), "order_id"},
		{"pay_order", pay(tree{"use_coupon": "no"}), "use_coupon"},
		{"pay_order", pay(tree{"use_discount": ""}), "use_discount"},
		{"pay_order", pay(tree{"use_coupon": "YES", "coupon_infos": fourCoupons}), "coupon_infos"},
		{"pay_order", pay(tree{"use_coupon": "YES", "coupon_infos": []any{choice("CP2611220000001", 1)}}), "coupon_infos[0].type"},
		{"pay_order", pay(tree{"use_discount": "YES", "discount_infos": []any{choice("DC1", 1)}}), "discount_infos[0].type"},
		{"cancel_order", tree{"body": tree{"order_id": ""}}, "order_id"},
		{"enable_auto_renew", tree{"resource_id": demoResource(1), "body": tree{"auto_renew_times": 100}}, "auto_renew_times"},
		{
			"set_to_on_demand_on_expiry",
			tree{"body": tree{"operation": "SET_UP", "resource_ids": slices.Repeat([]string{demoResource(1)}, 101)}},
			"resource_ids",
		},
		{"set_to_on_demand_on_expiry", tree{"body": tree{"operation": "SET_UP", "resource_ids": []string{}}}, "resource_ids"},
		{"renew_resources", tree{"body": tree{"resource_ids": manyIDs[:11], "period_type": 2, "period_num": 1}}, "resource_ids"},
		{"renew_resources", tree{"body": tree{"resource_ids": []string{demoResource(6)}, "period_type": 3, "period_num": 4}}, "period_num"},
		{"unsubscribe_resources", tree{"body": tree{"resource_ids": manyIDs[:11], "unsubscribe_type": 1}}, "resource_ids"},
		{"unsubscribe_resources", tree{"body": tree{"resource_ids": []string{demoResource(6)}, "unsubscribe_type": 3}}, "unsubscribe_type"},
	}
	onEachSite(t, func(t *testing.T, c *client) {
		for _, test := range tests {
			_, entry, err := c.try(t, test.operation, test.request)
			names(t, c.refused(t, err, 400, "CBC.0100"), test.parameter)
			if entry.Status != 400 || entry.Acted {
				t.Errorf("%s %v: the journal says %+v", test.operation, test.request, entry)
			}
		}
	})
}

// TestWrongTypes sends bodies that the SDK's own types could not hold.
func TestWrongTypes(t *testing.T) {
	t.Parallel()
	const pay, query = "/v3/orders/customer-orders/pay", "/v2/orders/suscriptions/resources/query"
	tests := []struct {
		path      string
		body      tree
		parameter string
	}{
		{pay, tree{"order_id": 1, "use_coupon": "NO", "use_discount": "NO"}, "order_id"},
		{pay, tree{"order_id": "CS2611220000001", "use_coupon": false, "use_discount": "NO"}, "use_coupon"},
		{pay, tree{"order_id": "CS2611220000001", "use_discount": "NO"}, "use_coupon"},
		{pay, tree{"use_coupon": "NO", "use_discount": "NO"}, "order_id"},
		{pay, tree{"order_id": "CS2611220000001", "use_coupon": "YES", "use_discount": "NO", "coupon_infos": tree{}}, "coupon_infos"},
		{pay, tree{"order_id": "CS2611220000001", "use_coupon": "YES", "use_discount": "NO", "coupon_infos": []any{"x"}}, "coupon_infos[0]"},
		{
			pay,
			tree{
				"order_id":     "CS2611220000001",
				"use_coupon":   "YES",
				"use_discount": "NO",
				"coupon_infos": []any{tree{"id": "x", "type": 301, "surprise": 1}},
			},
			"coupon_infos[0].surprise",
		},
		{query, tree{"limit": "10"}, "limit"},
		{query, tree{"limit": 1.5}, "limit"},
		{query, tree{"resource_ids": "x"}, "resource_ids"},
	}
	onEachSite(t, func(t *testing.T, c *client) {
		for _, test := range tests {
			err := c.send("POST", test.path, nil, test.body)
			names(t, c.refused(t, err, 400, "CBC.0100"), test.parameter)
		}
		if charges := c.charges(); len(charges) != 0 {
			t.Errorf("payments: %s", charges)
		}
	})
}
