// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"strconv"
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
	same(
		t,
		"disk",
		disk.text("data", 0, "parent_resource_id")+disk.text("data", 0, "is_main_resource")+disk.text("data", 0, "spec_size"),
		demoResource(1)+"0"+"100",
	)
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
	options := Options{Generate: Generate{Resources: 120, Attached: 2, Orders: 250}}
	c, twin := start(t, options), start(t, options)
	same(t, "resources in use", c.resourceQuery(t, `{"status_list":[2],"only_main_resource":1}`).text("total_count"), "120")
	same(t, "with disks", c.resourceQuery(t, `{}`).text("total_count"), "360")
	same(t, "ids", c.resourceQuery(t, `{"resource_ids":["res-000120"]}`).column("data", "resource_id"),
		[]string{"res-000120", "res-000120-1", "res-000120-2"})
	all := c.resourceQuery(t, `{"only_main_resource":1,"limit":500}`)
	count := func(field string) map[string]int {
		counts := map[string]int{}
		for _, value := range all.column("data", field) {
			counts[value]++
		}

		return counts
	}
	same(t, "policies", count("expire_policy"), map[string]int{"0": 72, "1": 12, "3": 36})
	same(t, "regions", count("region_code"), map[string]int{"ap-southeast-3": 40, "ap-southeast-1": 40, "af-south-1": 40})
	same(t, "services, expiries", []int{len(count("service_type_code")), len(count("expire_time"))}, []int{6, 120})
	same(
		t,
		"projects",
		[]string{all.text("data", 2, "enterprise_project", "id"), all.text("data", 3, "enterprise_project", "id")},
		[]string{"0", generatedProject},
	)
	same(t, "no deduction at the start", len(start(t, Options{Seed: "demo", Generate: Generate{Resources: 10}}).charged()), 0)
	same(t, "orders", c.get(t, ordersPath+"?limit=100&offset=200").text("total_count"), "250")
	same(t, "last page", len(c.get(t, ordersPath+"?limit=100&offset=200").column("order_infos", "order_id")), 50)
	same(t, "canceled", c.get(t, ordersPath+"?status=4").text("total_count"), "25")
	same(t, "the same orders again", c.get(t, ordersPath).raw, twin.get(t, ordersPath).raw)
	same(t, "the same resources again", all.raw, twin.resourceQuery(t, `{"only_main_resource":1,"limit":500}`).raw)
}

// Nothing is due, so that a page of a large account looks at each resource once.
func TestManyResources(t *testing.T) {
	t.Parallel()
	const rows, count = 500, 50000
	w, page := manyResources(count, rows)
	for n := range 10 {
		w.settle()
		if !w.quietUntil.After(w.clock.now()) {
			t.Fatalf("page %d: every resource is looked at for what is due", n)
		}
		if got, total, err := page(n * (count - rows) / 10); err != nil || got != rows || total != count {
			t.Fatalf("page %d: %v, %d rows of %d", n, err, got, total)
		}
	}
}

func BenchmarkManyResources(b *testing.B) {
	for _, count := range []int{1000, 50000} {
		b.Run(strconv.Itoa(count), func(b *testing.B) {
			w, page := manyResources(count, 500)
			for b.Loop() {
				w.settle()
				if _, _, err := page(count / 2); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// manyResources is a world of many resources, and what asks for a page of it.
func manyResources(count, rows int) (*world, func(offset int) (got, total int, _ error)) {
	w := newWorld(Options{Site: SiteInternational, Now: testStart})
	w.generate(Generate{Resources: count})

	return w, func(offset int) (int, int, error) {
		answer, err := listResources(w, &call{values: map[string]any{
			"only_main_resource": int64(1), "status_list": []any{int64(2)}, "limit": int64(rows), "offset": int64(offset),
		}})
		body, _ := answer.body.(map[string]any)
		page, _ := body["data"].([]wireResource)
		total, _ := body["total_count"].(int)

		return len(page), total, err
	}
}

func TestKnownAfter(t *testing.T) {
	t.Parallel()
	query := `{"resource_ids":["new"]}`
	for delay, step := range map[string]func(*testing.T, *client){
		"reads=2": func(t *testing.T, c *client) {
			t.Helper()
			same(t, "second read", c.resourceQuery(t, query).text("total_count"), "0")
		},
		"duration=5s": func(_ *testing.T, c *client) { c.Advance(5 * time.Second) },
	} {
		t.Run(delay, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Seed: "demo"})
			c.add(t, "new", map[string]any{"known_after": delay})
			for _, answer := range []reply{c.enable(t, "new", ""), c.disable(t, "new"), c.onDemand(t, "SET_UP", demoResource(1), "new")} {
				answer.refused(t, http.StatusBadRequest, "CBC.99003012")
			}
			same(t, "first read", c.resourceQuery(t, query).text("total_count"), "0")
			step(t, c)
			c.enable(t, "new", "").want(t, http.StatusNoContent)
			same(t, "known", c.policies(t, "new"), "3")
		})
	}
	c := start(t, Options{})
	if _, err := c.Console("add_resource", map[string]any{"known_after": "soon"}); err == nil {
		t.Error("a delay that is none is taken")
	}
}

// Pages of a list that changes between them.
func TestShiftingPages(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Generate: Generate{Resources: 7}})
	pages := func(limit, count int) (rows string, totals string) {
		for i := range count {
			answer := c.resourceQuery(t, `{"limit":`+itoa(limit)+`,"offset":`+itoa(limit*i)+`}`)
			for _, id := range answer.column("data", "resource_id") {
				rows += id[len(id)-1:]
			}
			rows += " "
			totals += answer.text("total_count")
		}

		return rows, totals
	}
	for _, test := range []struct {
		shift, rows, totals string
		limit, count        int
	}{
		{"off", "123 456 7 ", "777", 3, 3},
		{"overlap", "123 345 67 ", "788", 3, 3},
		{"miss", "123 567  ", "766", 3, 3},
		{"on", "12 23 67 67 ", "7868", 2, 4},
	} {
		c.set(t, "page_shift", test.shift)
		rows, totals := pages(test.limit, test.count)
		same(t, test.shift, []string{rows, totals}, []string{test.rows, test.totals})
	}
	c.set(t, "page_shift", "off")
	for lie, want := range map[string]string{"5": "12", "-3": "4", "-100": "0", "+2": "9"} {
		c.set(t, "total_count_lies", lie)
		same(t, "lie", c.resourceQuery(t, `{}`).text("total_count"), want)
	}
	if c.Set("total_count_lies", "much") == nil || c.Set("page_shift", "yes") == nil {
		t.Error("a wrong value is taken")
	}
}

// What the query takes and what it refuses.
func TestResourceQueryStrictness(t *testing.T) {
	t.Parallel()
	for _, site := range []string{SiteChina, SiteInternational} {
		c := start(t, Options{Seed: "demo", Site: site})
		query := func(body string) reply {
			return c.must(t, http.MethodPost, "/v2/orders/suscriptions/resources/query", body)
		}
		same(t, "no body: the first ten", len(query("").want(t, http.StatusOK).column("data", "id")), 10)
		if answer := query(`{"resource_ids":null}`); site == SiteChina {
			answer.refused(t, http.StatusBadRequest, "CBC.0100")
		} else {
			same(t, "null", answer.text("total_count"), "13")
		}
		for _, body := range []string{`{"service_type_code":""}`, `{"limit":501}`, `{"status_list":[1]}`, `{"only_main_resource":2}`,
			`{"expire_time_begin":"2026-12-01T00:00:00Z","expire_time_end":"2026-11-01T00:00:00Z"}`} {
			query(body).refused(t, http.StatusBadRequest, "CBC.0100")
		}
	}
}

func TestBandwidths(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	vpc := func(kind, parent string) map[string]any {
		return map[string]any{"service_type_code": "hws.service.type.vpc", "resource_type_code": kind, "parent_resource_id": parent}
	}
	c.add(t, "shared", vpc("hws.resource.type.bandwidth", ""))
	c.add(t, "ip-1", vpc("hws.resource.type.ip", "shared"))
	c.add(t, "ip-2", vpc("hws.resource.type.ip", "shared"))
	c.add(t, "own-ip", vpc("", ""))
	c.add(t, "dedicated", vpc("hws.resource.type.bandwidth", "own-ip"))
	c.enable(t, "ip-1", "").want(t, http.StatusNoContent)
	c.enable(t, "dedicated", "").want(t, http.StatusNoContent)
	same(t, "all", c.policies(t, "shared", "ip-1", "ip-2", "own-ip", "dedicated"), "3 3 3 3 3")
	same(t, "types", c.resourceQuery(t, `{"resource_ids":["dedicated","own-ip","dedicated"]}`).column("data", "resource_type_code"),
		[]string{"hws.resource.type.ip", "hws.resource.type.bandwidth"})
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	day := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	for kind, want := range map[int]string{0: "2027-02-02 00", 1: "2027-02-14 00", 2: "2027-03-31 00", 3: "2029-01-31 00", 4: "2027-01-31 " +
		"02"} {
		same(t, "period", periodEnd(day, kind, 2).Format("2006-01-02 15"), want)
	}
}
