// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const wireTime = "2006-01-02T15:04:05Z"

func currencyOf(site string) string {
	return map[string]string{bsssim.SiteChina: "CNY", bsssim.SiteInternational: "USD", bsssim.SiteEurope: "EUR"}[site]
}

// order is what the simulator knows of an order.
func (c *client) order(t *testing.T, id string) *bsssim.Order {
	t.Helper()
	for _, order := range c.sim.World().Orders {
		if order.OrderID == id {
			return order
		}
	}
	t.Fatalf("no order %s", id)

	return nil
}

// console does what a person at the console would do.
func (c *client) console(t *testing.T, act string, values map[string]any) map[string]any {
	t.Helper()
	result, err := c.sim.Console(act, values)
	if err != nil {
		t.Fatal(err)
	}

	return result
}

// idsIn are the texts of a field of the objects in a list of an answer.
func idsIn(t *testing.T, answer tree, list, field string) []string {
	t.Helper()
	rows, ok := answer[list].([]any)
	if !ok {
		t.Fatalf("%s is %T", list, answer[list])
	}
	ids := []string{}
	for _, row := range rows {
		object, ok := row.(tree)
		if !ok {
			t.Fatalf("%s holds a %T", list, row)
		}
		ids = append(ids, fmt.Sprint(object[field]))
	}

	return ids
}

func TestOrder(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		known := c.order(t, "CS2611220000001")
		names := map[string]string{"ec2": "Elastic Cloud Server", "ebs": "Elastic Volume Service"}
		if c.sim.Site() == bsssim.SiteChina {
			names = map[string]string{"ec2": "弹性云服务器", "ebs": "云硬盘"}
		}
		head := fmt.Sprintf(`"order_id": "CS2611220000001", "customer_id": %q, "service_type_code": "hws.service.type.ec2",
			"service_type_name": %q, "source_type": 1, "status": 6, "order_type": 1, "amount_after_discount": 136.8,
			"official_amount": 136.8, "measure_id": 1, "create_time": %q, "currency": %q,
			"amount_info": {"discounts": [], "flexipurchase_coupon_amount": 0, "coupon_amount": 0, "stored_card_amount": 0}`,
			c.sim.Credentials().DomainID, names["ec2"], known.CreateTime.Format(wireTime), currencyOf(c.sim.Site()))
		listed := c.call(t, "list_orders", tree{"order_id": "CS2611220000001"})
		expect(t, listed, `{"total_count": 1, "order_infos": [{`+head+`, "agent_pay_info": {"is_agent_pay": false}}]}`)

		line := func(number int, service, name, amount, spec string) string {
			return fmt.Sprintf(`{"order_line_item_id": "CS2611220000001-%06d", "service_type_code": "hws.service.type.%s",
				"service_type_name": %q, "product_id": "00301-110000-0--0", "product_spec_desc": %q, "period_type": 2,
				"period_num": 1, "subscription_num": 1, "amount_after_discount": %s, "official_amount": %s, "currency": %q,
				"base_product_info": {"product_id": "00301-110000-0--0", "product_spec_desc": %q}, "order_id": "CS2611220000001"}`,
				number, service, name, spec, amount, amount, currencyOf(c.sim.Site()), spec)
		}
		details := c.call(t, "get_order", tree{"order_id": "CS2611220000001"})
		expect(t, details, fmt.Sprintf(`{"total_count": 2, "order_info": {%s, "user_name": "demo-user",
			"pending_payment_end_time": %q}, "order_line_items": [%s, %s]}`,
			head, known.Deadline.Format(wireTime),
			line(1, "ec2", names["ec2"], "120.30", "General Computing|s6.large.2|2vCPUs|4GB|Linux"),
			line(2, "ebs", names["ebs"], "16.50", "General Purpose SSD|100GB")))
	})
}

func TestOrderLanguage(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		for language, want := range map[string]string{"en_US": "Elastic Cloud Server", "zh_CN": "弹性云服务器"} {
			answer := c.call(t, "get_order", tree{"order_id": "CS2611220000001", "X-Language": language})
			expect(t, answer, fmt.Sprintf(`{"order_info": {"service_type_name": %q}}`, want))
		}
	})
}

func TestOrderStates(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		want := map[string]string{
			"CS2611220000001": "1 6", "CS2611220000002": "1 6", "CS2611220000003": "2 6", "CS2611220000004": "1 5",
			"CS2611220000005": "1 4", "CS2611220000006": "1 1", "CS2611220000007": "1 3", "CS2611220000008": "1 6",
			"CS2611220000011": "1 6", "CS2611220000012": "1 6",
		}
		answer := c.call(t, "list_orders", tree{"limit": 100, "offset": 0})
		ids := idsIn(t, answer, "order_infos", "order_id")
		types, statuses := idsIn(t, answer, "order_infos", "order_type"), idsIn(t, answer, "order_infos", "status")
		got := map[string]string{}
		for i, id := range ids {
			got[id] = types[i] + " " + statuses[i]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("type and status (-want +got):\n%s", diff)
		}
		expect(t, answer, `{"total_count": 10}`)
		expect(t, c.call(t, "list_orders", tree{"order_id": "CS0000000000000"}), `{"total_count": 0, "order_infos": []}`)
	})
}

func TestOrderFilters(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		ago := func(hours int) string { return c.sim.Now().Add(-time.Duration(hours) * time.Hour).Format(wireTime) }
		tests := []struct {
			request tree
			want    []string
		}{
			{tree{"status": 4}, []string{"CS2611220000005"}},
			{tree{"status": 1}, []string{"CS2611220000006"}},
			{tree{"order_type": "2"}, []string{"CS2611220000003"}},
			{tree{"service_type_code": "hws.service.type.rds"}, []string{"CS2611220000002"}},
			{tree{"create_time_begin": ago(500), "create_time_end": ago(200)}, []string{"CS2611220000004", "CS2611220000005"}},
			{
				tree{"create_time_begin": ago(500), "create_time_end": ago(200), "order_by": "createTime"},
				[]string{"CS2611220000005", "CS2611220000004"},
			},
			{
				tree{"create_time_begin": ago(500), "create_time_end": ago(200), "order_by": "-createTime"},
				[]string{"CS2611220000004", "CS2611220000005"},
			},
			{tree{"create_time_begin": ago(500), "create_time_end": ago(200), "limit": 1, "offset": 1}, []string{"CS2611220000005"}},
			{tree{"payment_time_begin": ago(300), "payment_time_end": ago(200)}, []string{"CS2611220000004"}},
			{tree{"method": "sub_customer"}, []string{}},
			{tree{"method": "oneself", "order_type": "2"}, []string{"CS2611220000003"}},
		}
		for _, test := range tests {
			answer := c.call(t, "list_orders", test.request)
			if diff := cmp.Diff(test.want, idsIn(t, answer, "order_infos", "order_id")); diff != "" {
				t.Errorf("%v (-want +got):\n%s", test.request, diff)
			}
		}
	})
}

func TestOrderPages(t *testing.T) {
	t.Parallel()
	onEachSiteWith(t, bsssim.Options{Generate: bsssim.Generate{Orders: 205}}, func(t *testing.T, c *client) {
		seen := map[string]bool{}
		for offset, rows := range map[int]int{0: 100, 100: 100, 200: 5, 300: 0} {
			answer := c.call(t, "list_orders", tree{"limit": 100, "offset": offset})
			expect(t, answer, `{"total_count": 205}`)
			ids := idsIn(t, answer, "order_infos", "order_id")
			if len(ids) != rows {
				t.Errorf("%d rows from %d on, want %d", len(ids), offset, rows)
			}
			for _, id := range ids {
				seen[id] = true
			}
		}
		if len(seen) != 205 {
			t.Errorf("%d different orders", len(seen))
		}
		answer := c.call(t, "list_orders", tree{})
		if ids := idsIn(t, answer, "order_infos", "order_id"); len(ids) != 10 {
			t.Errorf("%d rows without a limit, want 10", len(ids))
		}
	})
}

func TestOrderLinePages(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		id := c.console(t, "place_order", map[string]any{"amount": "0.37", "lines": 12})["order_id"]
		first := c.call(t, "get_order", tree{"order_id": id})
		expect(t, first, `{"total_count": 12, "order_info": {"amount_after_discount": 0.37}}`)
		if lines := idsIn(t, first, "order_line_items", "order_line_item_id"); len(lines) != 10 {
			t.Errorf("%d lines without a limit, want 10", len(lines))
		}
		last := c.call(t, "get_order", tree{"order_id": id, "limit": 100, "offset": 10})
		expect(t, last, fmt.Sprintf(`{"total_count": 12, "order_line_items": [
			{"order_line_item_id": "%[1]s-000011", "amount_after_discount": 0.03},
			{"order_line_item_id": "%[1]s-000012", "amount_after_discount": 0.03}]}`, id))
	})
}

func TestCombinedOrder(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		subs := `"sub_order_infos": [
			{"order_id": "CS2611220000009", "status": 6, "amount_after_discount": 40, "official_amount": 40},
			{"order_id": "CS2611220000010", "status": 6, "amount_after_discount": 60, "official_amount": 60}]`
		listed := c.call(t, "list_orders", tree{"order_id": "CS2611220000008"})
		expect(t, listed, `{"total_count": 1, "order_infos": [{"order_id": "CS2611220000008", "amount_after_discount": 100, `+subs+`}]}`)
		details := c.call(t, "get_order", tree{"order_id": "CS2611220000008"})
		expect(t, details, `{"total_count": 2, "order_info": {"order_id": "CS2611220000008", `+subs+`}, "order_line_items": [
			{"order_id": "CS2611220000009", "amount_after_discount": 40}, {"order_id": "CS2611220000010", "amount_after_discount": 60}]}`)
	})
}

func TestDelegatedOrder(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		delegated := `{"order_infos": [{"status": 6, "amount_after_discount": 320,
			"agent_pay_info": {"is_agent_pay": true, "paying_agent_id": "0f0e0d0c0b0a09080706050403020100"}}]}`
		expect(t, c.call(t, "list_orders", tree{"order_id": "CS2611220000011"}), delegated)
		c.call(t, "pay_order", payment("CS2611220000011"))
		expect(t, c.call(t, "list_orders", tree{"order_id": "CS2611220000011"}), delegated)
		if paid := c.sim.World().Payments; len(paid) != 0 {
			t.Errorf("payments: %+v", paid)
		}
	})
}

func TestUnsubscriptionOrder(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		result := c.console(t, "unsubscribe", map[string]any{"resource_id": "b5500000-51a0-4000-8000-000000000006", "refund": "12.34"})
		details := c.call(t, "get_order", tree{"order_id": result["order_id"]})
		expect(t, details, `{"order_info": {"order_type": 4, "status": 5, "amount_after_discount": -12.34, "official_amount": -12.34,
			"amount_info": {"commission_amount": 0, "consumed_amount": 0}}, "order_line_items": [{"amount_after_discount": -12.34, "period_num": null}]}`)
		expect(t, c.call(t, "get_refund_order", tree{"order_id": result["order_id"]}), `{"total_count": 1, "refund_infos": [{"amount": -12.34,
			"measure_id": "1", "service_type_code": "hws.service.type.rds", "resource_type_code": "hws.resource.type.instance", "region_code": "ap-southeast-3"}]}`)
		_, _, err := c.try(t, "get_refund_order", tree{"order_id": "CS2611220000001"})
		c.refused(t, err, 400, "CBC.99005026")
	})
}

func TestOrderDiscounts(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		discount := func(id string, kind int, value, amount, ratio string) string {
			return fmt.Sprintf(`{"discount_id": %q, "discount_type": %d, "discount_value": %q, "orders": [{
				"order_id": "CS2611220000012", "order_line_items": [{"order_line_item_ids": ["CS2611220000012-000001"],
				"discount_mode": 0, "discount_amount": %s, "discount_ratio": %s}]}]}`, id, kind, value, amount, ratio)
		}
		answer := c.call(t, "list_order_discounts", tree{"order_id": "CS2611220000012"})
		expect(t, answer, fmt.Sprintf(`{"discounts": [%s, %s, %s]}`,
			discount("DC0000000001", 2, "0.90", "20", "0.9"),
			discount("DC0000000002", 0, "0.85", "30", "0.85"),
			discount("DC0000000003", 3, "0.95", "10", "0.95")))
		expect(t, c.call(t, "list_order_discounts", tree{"order_id": "CS2611220000001"}), `{"discounts": []}`)
	})
}
