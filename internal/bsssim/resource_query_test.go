// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"testing"
	"time"
)

func TestResourceFilters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	id := func(n int) string { return `"` + demoResource(n) + `"` }
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"attached come along":      {`{"resource_ids":[` + id(1) + `]}`, []string{"web-1", "web-1-system", "web-1-data"}},
		"primary only":             {`{"resource_ids":[` + id(1) + `],"only_main_resource":1}`, []string{"web-1"}},
		"an attached id":           {`{"resource_ids":[` + id(2) + `]}`, []string{"web-1-system"}},
		"an attached id, flag":     {`{"resource_ids":[` + id(2) + `],"only_main_resource":1}`, []string{"web-1-system"}},
		"an unknown id":            {`{"resource_ids":["x"]}`, []string{}},
		"closed":                   {`{"status_list":[3]}`, []string{"closed-server"}},
		"expired and frozen":       {`{"status_list":[4,5]}`, []string{"old-server", "suspended-server"}},
		"service":                  {`{"service_type_code":"hws.service.type.rds"}`, []string{"orders-db"}},
		"expiry":                   {`{"expire_time_begin":"2026-11-22T00:00:00Z","expire_time_end":"2026-12-01T00:00:00Z"}`, []string{"orders-db"}},
		"order":                    {`{"order_id":"CS2611220000004"}`, []string{"CS2611220000004-1"}},
		"unpaid renewal":           {`{"order_id":"CS2611220000003"}`, []string{}},
		"primary of all, page two": {`{"only_main_resource":1,"limit":2,"offset":2}`, []string{"orders-db", "cache"}},
	} {
		same(t, name, c.resourceQuery(t, test.body).column("data", "resource_name"), test.want)
	}
	same(t, "no filter: all, closed ones too", c.resourceQuery(t, `{}`).text("total_count"), "13")
	same(t, "no ids: all", c.resourceQuery(t, `{"resource_ids":[]}`).text("total_count"), "13")
	same(t, "default page", len(c.resourceQuery(t, `{}`).column("data", "id")), 10)
	c.set(t, "order_query_finds_renewals", "on")
	same(t, "unpaid renewal found", c.resourceQuery(t, `{"order_id":"CS2611220000003"}`).text("data", 0, "resource_id"), demoResource(1))
	disk := c.resourceQuery(t, `{"resource_ids":[`+id(3)+`]}`)
	same(t, "disk", disk.text("data", 0, "parent_resource_id")+disk.text("data", 0, "is_main_resource")+disk.text("data", 0, "spec_size"), demoResource(1)+"0"+"100")
}

func TestRenewal(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	const id = "CS2611220000003"
	line := c.get(t, ordersPath+"/details/"+id)
	same(t, "starts at the old expiry", line.text("order_line_items", 0, "effective_time"), "2026-12-12T15:59:59Z")
	c.set(t, "unpaid_line_times", "off")
	same(t, "without times", c.get(t, ordersPath+"/details/"+id).text("order_line_items", 0, "effective_time"), "")
	c.pay(t, id).want(t, 204)
	query := `{"resource_ids":["` + demoResource(1) + `"]}`
	same(t, "with its disks", c.resourceQuery(t, query).column("data", "expire_time"),
		[]string{"2027-03-12T15:59:59Z", "2027-03-12T15:59:59Z", "2027-03-12T15:59:59Z"})
	same(t, "by order", c.resourceQuery(t, `{"order_id":"`+id+`"}`).text("total_count"), "3")
}

func TestConsoleOnResources(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	show := func(n int) string {
		r := c.resourceQuery(t, `{"resource_ids":["`+demoResource(n)+`"]}`)
		return r.text("data", 0, "status") + " " + r.text("data", 0, "expire_policy") + " " + r.text("data", 0, "expire_time")
	}
	same(t, "before", show(6), "2 0 2026-11-27T15:59:59Z")
	c.act(t, "renew", map[string]any{"resource_id": demoResource(6), "amount": "30.00"})
	c.act(t, "set_expire_policy", map[string]any{"resource_id": demoResource(6), "policy": 3})
	same(t, "renewed", show(6), "2 3 2026-12-27T15:59:59Z")
	same(t, "charged", c.charged()[0], "CS2611220000013 30.00 0.00 console")
	c.act(t, "renew", map[string]any{"resource_id": demoResource(7), "amount": "30.00", "unpaid": true})
	same(t, "not charged", len(c.charged()), 1)
	c.act(t, "freeze", map[string]any{"resource_id": demoResource(7)})
	same(t, "frozen", show(7)[:1], "4")
	c.act(t, "unsubscribe", map[string]any{"resource_id": demoResource(4), "refund": "12.00"})
	same(t, "closed with its disk", show(4)[:1]+show(5)[:1], "33")
	same(t, "refund", string(c.World().Refunds[0].Amount), "12.00")
	c.act(t, "close_resource", map[string]any{"resource_id": demoResource(8)})
	same(t, "closed", show(8)[:1], "3")
	c.act(t, "add_resource", map[string]any{"resource_id": "new", "expire_time": "24h", "parent_resource_id": demoResource(7)})
	c.Advance(25 * time.Hour)
	same(t, "expired", c.resourceQuery(t, `{"resource_ids":["new"]}`).text("data", 0, "status"), "5")
	c.act(t, "renew", map[string]any{"resource_id": demoResource(10), "amount": "1"})
	same(t, "back in use", show(10)[:1], "2")
}

func TestMonthEnds(t *testing.T) {
	t.Parallel()
	day := time.Date(2027, 1, 31, 15, 59, 59, 0, time.UTC)
	for months, want := range map[int]string{1: "2027-02-28", 2: "2027-03-31", 3: "2027-04-30", 13: "2028-02-29"} {
		same(t, "month", addMonths(day, months).Format(time.DateOnly), want)
	}
}

func TestGenerate(t *testing.T) {
	t.Parallel()
	options := Options{Generate: Generate{Resources: 120, Orders: 250}}
	c, twin := start(t, options), start(t, options)
	same(t, "resources in use", c.resourceQuery(t, `{"status_list":[2],"only_main_resource":1}`).text("total_count"), "120")
	same(t, "orders", c.get(t, ordersPath+"?limit=100&offset=200").text("total_count"), "250")
	same(t, "last page", len(c.get(t, ordersPath+"?limit=100&offset=200").column("order_infos", "order_id")), 50)
	same(t, "canceled", c.get(t, ordersPath+"?status=4").text("total_count"), "25")
	same(t, "the same again", c.get(t, ordersPath).raw, twin.get(t, ordersPath).raw)
	if _, err := New(Options{Generate: Generate{BillLines: 1}}); err == nil {
		t.Error("bill lines are generated")
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	day := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	for kind, want := range map[int]string{0: "2027-02-02 00", 1: "2027-02-14 00", 2: "2027-03-31 00", 3: "2029-01-31 00", 4: "2027-01-31 02"} {
		same(t, "period", periodEnd(day, kind, 2).Format("2006-01-02 15"), want)
	}
}
