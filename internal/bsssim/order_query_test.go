// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"
)

func TestDemoOrders(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	list := c.get(t, ordersPath+"?limit=100&order_by=createTime")
	same(t, "total", list.text("total_count"), "10")
	for id, want := range map[string][3]string{
		"CS2611220000001": {"6", "1", "136.80"},
		"CS2611220000002": {"6", "1", "58.20"},
		"CS2611220000003": {"6", "2", "410.40"},
		"CS2611220000004": {"5", "1", "24.90"},
		"CS2611220000005": {"4", "1", "99.00"},
		"CS2611220000006": {"1", "1", "1200.00"},
		"CS2611220000007": {"3", "1", "75.00"},
		"CS2611220000008": {"6", "1", "100.00"},
		"CS2611220000011": {"6", "1", "320.00"},
		"CS2611220000012": {"6", "1", "180.00"},
	} {
		order := c.get(t, ordersPath+"?order_id="+id)
		got := [3]string{}
		for i, field := range []string{"status", "order_type", "amount_after_discount"} {
			got[i] = order.text("order_infos", 0, field)
		}
		same(t, id, got, want)
	}
	same(t, "resources", c.resourceQuery(t, `{}`).text("total_count"), "13")
	same(t, "coupons", c.get(t, "/v2/promotions/benefits/coupons").text("count"), "3")
	same(
		t,
		"parts",
		c.get(t, ordersPath+"?order_id=CS2611220000008").text("order_infos", 0, "sub_order_infos", 1, "order_id"),
		"CS2611220000010",
	)
	same(t, "delegated", c.get(t, ordersPath+"?order_id=CS2611220000011").text("order_infos", 0, "agent_pay_info", "is_agent_pay"), "true")
	same(t, "held", c.status(t, "CS2611220000007"), "3")
}

func TestOrderDetails(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	id := c.placeID(t, map[string]any{
		"amount": "100.00", "official_amount": "120.00", "lines": 13, "period_type": 3, "period_num": 2,
		"enterprise_project_id": "p1", "deadline": "48h",
	})
	details := c.get(t, ordersPath+"/details/"+id)
	for field, want := range map[string]string{
		"order_id": id, "status": "6", "amount_after_discount": "100.00", "official_amount": "120.00", "currency": "USD",
		"create_time": "2026-11-22T08:00:00Z", "payment_time": "", "pending_payment_end_time": "2026-11-24T08:00:00Z",
		"measure_id": "1", "agent_pay_info": "", "customer_id": domainID,
	} {
		same(t, field, details.text("order_info", field), want)
	}
	same(t, "lines", details.text("total_count"), "13")
	same(t, "first page", len(details.column("order_line_items", "order_id")), 10)
	same(t, "first amount", details.text("order_line_items", 0, "amount_after_discount"), "7.72")
	same(t, "period", details.text("order_line_items", 0, "period_num"), "2")
	rest := c.get(t, ordersPath+"/details/"+id+"?limit=10&offset=10")
	same(t, "rest", len(rest.column("order_line_items", "order_id")), 3)
	same(t, "beyond", len(c.get(t, ordersPath+"/details/"+id+"?offset=13").column("order_line_items", "order_id")), 0)
	listed := c.get(t, ordersPath+"?order_id="+id)
	same(t, "project", listed.text("order_infos", 0, "enterprise_projects", 0, "id"), "p1")
	same(t, "agent", listed.text("order_infos", 0, "agent_pay_info", "is_agent_pay"), "false")
	same(t, "deadline is in the details only", listed.text("order_infos", 0, "pending_payment_end_time"), "")
}

func TestUnknownOrder(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	same(t, "list", c.get(t, ordersPath+"?order_id=nothing").text("total_count"), "0")
	details := c.get(t, ordersPath+"/details/nothing")
	same(t, "details", details.text("total_count")+details.text("order_info"), "0")
	c.set(t, "unknown_order", "error")
	c.must(t, http.MethodGet, ordersPath+"/details/nothing", "").refused(t, http.StatusBadRequest, "CBC.0101")
	c.must(t, http.MethodGet, ordersPath+"/order-discounts?order_id=nothing", "").refused(t, http.StatusBadRequest, "CBC.30000010")
	c.pay(t, "nothing").refused(t, http.StatusBadRequest, "CBC.30000010")
	c.must(t, http.MethodPut, cancelPath, `{"order_id":"nothing"}`).refused(t, http.StatusBadRequest, "CBC.30000010")
}

func TestOrderFiltersAndPages(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	var ids []string
	for i := range 25 {
		id := c.placeID(t, map[string]any{"amount": i + 1, "service_type_code": []string{"hws.service.type.ec2", "hws.service.type.rds"}[i%2]})
		ids = append(ids, id)
		c.Advance(time.Hour)
	}
	first := c.get(t, ordersPath)
	same(t, "total", first.text("total_count"), "25")
	same(t, "default page", len(first.column("order_infos", "order_id")), 10)
	same(t, "newest first", first.text("order_infos", 0, "order_id"), ids[24])
	var paged []string
	for offset := 0; offset < 25; offset += 7 {
		paged = append(
			paged,
			c.get(t, fmt.Sprintf("%s?order_by=createTime&limit=7&offset=%d", ordersPath, offset)).column("order_infos", "order_id")...)
	}
	same(t, "pages", paged, ids)
	same(t, "offset beyond", c.get(t, ordersPath+"?offset=25").column("order_infos", "order_id"), []string{})
	same(t, "service", c.get(t, ordersPath+"?service_type_code=hws.service.type.rds").text("total_count"), "12")
	same(t, "type", c.get(t, ordersPath+"?order_type=2").text("total_count"), "0")
	same(t, "members", c.get(t, ordersPath+"?method=sub_customer").text("total_count"), "0")
	same(
		t,
		"created",
		c.get(t, ordersPath+"?create_time_begin=2026-11-22T09:00:00Z&create_time_end=2026-11-22T11:00:00Z&order_by=createTime").
			column("order_infos", "order_id"),
		ids[1:4],
	)
	c.pay(t, ids[3]).want(t, http.StatusNoContent)
	same(t, "status", c.get(t, ordersPath+"?status=5").column("order_infos", "order_id"), ids[3:4])
	now := url.QueryEscape(c.Now().Format(wireTime))
	same(
		t,
		"paid",
		c.get(t, ordersPath+"?payment_time_begin=2026-11-22T00:00:00Z&payment_time_end="+now).column("order_infos", "order_id"),
		ids[3:4],
	)
}

func TestCombinedOrder(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	placed := c.place(t, map[string]any{"sub_orders": []string{"40.00", "60.50"}})
	id := fmt.Sprint(placed["order_id"])
	subs, _ := placed["sub_order_ids"].([]string)
	same(t, "parts", len(subs), 2)
	listed := c.get(t, ordersPath)
	same(t, "parts do not show beside the whole", listed.column("order_infos", "order_id"), []string{id})
	same(t, "sum", listed.text("order_infos", 0, "amount_after_discount"), "100.50")
	same(t, "part", listed.text("order_infos", 0, "sub_order_infos", 0, "order_id"), subs[0])
	same(t, "lines", c.get(t, ordersPath+"/details/"+id).column("order_line_items", "order_id"), subs)
	same(t, "part by id", c.get(t, ordersPath+"?order_id="+subs[1]).text("order_infos", 0, "amount_after_discount"), "60.50")
	c.set(t, "sub_orders", "hidden")
	same(t, "hidden part", c.get(t, ordersPath+"?order_id="+subs[1]).text("total_count"), "0")
	c.set(t, "sub_orders", "listed")
	same(t, "listed parts", c.get(t, ordersPath).text("total_count"), "3")
	c.pay(t, subs[0]).refused(t, http.StatusBadRequest, "CBC.99000089")
	c.must(t, http.MethodPut, cancelPath, `{"order_id":"`+subs[0]+`"}`).refused(t, http.StatusBadRequest, "CBC.99000089")
	same(t, "nothing charged", c.charged(), []string{})
	c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "one charge", c.charged(), []string{id + " 100.50 0.00 api"})
	for _, member := range append([]string{id}, subs...) {
		same(t, member, c.status(t, member), "5")
	}
	same(t, "resources", c.resourceQuery(t, `{"order_id":"`+id+`"}`).text("total_count"), "2")
}

func TestCancel(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	placed := c.place(t, map[string]any{"sub_orders": []string{"1", "2"}})
	id := fmt.Sprint(placed["order_id"])
	body := `{"order_id":"` + id + `"}`
	answer := c.must(t, http.MethodPut, cancelPath, body).want(t, http.StatusNoContent)
	same(t, "no body", answer.raw, "")
	same(t, "status", c.status(t, id), "4")
	same(t, "part", c.get(t, ordersPath+"/details/"+id).text("order_info", "sub_order_infos", 0, "status"), "4")
	c.must(t, http.MethodPut, cancelPath, body).refused(t, http.StatusBadRequest, "CBC.99005010")
	c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99003106")
	entries := c.Requests()
	same(t, "acted", []bool{entries[0].Acted, entries[len(entries)-2].Acted}, []bool{true, false})
}
