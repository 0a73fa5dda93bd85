// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func (c *client) sim(t *testing.T, method, path, body string) reply {
	t.Helper()

	return c.must(t, method, "/_sim/"+path, body, "X-Auth-Token", "")
}

func TestControl(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	post := func(path, body string) reply { return c.sim(t, http.MethodPost, path, body).want(t, http.StatusOK) }
	same(t, "clock", post("clock", `{"advance":"24h"}`).text("now")[:13], "2026-11-23T08")
	placed := post("console", `{"place_order":{"amount":12.5,"lines":[{"amount":"10"},{"amount":"2.50"}]}}`)
	id := placed.text("order_id")
	same(t, "id", id, "CS2611220000013")
	same(t, "settings", post("settings", `{"server_locks":"off"}`).text("server_locks"), "off")
	post(
		"faults",
		`{"operation":"get_order","kind":"status_before","after":1,"times":1,"status":503,"code":"CBC.0250","delay":"1s","retry_after":2,"match":{"order_id":"`+id+`"}}`,
	)
	same(t, "let through", c.status(t, id), "6")
	answer := c.must(t, http.MethodGet, ordersPath+"/details/"+id, "").refused(t, http.StatusServiceUnavailable, "CBC.0250")
	same(t, "Retry-After", answer.header.Get("Retry-After"), "2")
	post("faults", `{"kind":"status_before"}`)
	c.sim(t, http.MethodDelete, "faults", "").want(t, http.StatusOK)
	c.pay(t, id).want(t, http.StatusNoContent)

	var entries []map[string]any
	if err := json.Unmarshal([]byte(c.sim(t, http.MethodGet, "requests", "").raw), &entries); err != nil {
		t.Fatal(err)
	}
	same(t, "control calls are not in the journal", len(entries), 3)
	last := entries[2]
	delete(last, "at")
	same(t, "entry", last, map[string]any{
		"seq": 3.0, "operation": "pay_order", "method": "POST", "path": payPath, "status": 204.0,
		"mutation": true, "acted": true, "order_id": id, "resource_ids": []any{},
	})
	c.sim(t, http.MethodDelete, "requests", "").want(t, http.StatusOK)
	same(t, "emptied", strings.TrimSpace(c.sim(t, http.MethodGet, "requests", "").raw), "[]")
	world := c.sim(t, http.MethodGet, "world", "").want(t, http.StatusOK)
	same(
		t,
		"payment",
		world.text("payments", 0, "order_id")+" "+world.text("payments", 0, "amount")+" "+world.text("payments", 0, "by"),
		id+" 12.50 api",
	)
	same(t, "currency", world.text("payments", 0, "currency"), "USD")
}

func TestControlRefused(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	for _, test := range [][3]string{
		{"clock", `{"advance":"-1h"}`, "not a duration"},
		{"clock", `{"forward":"1h"}`, "unknown field"},
		{"faults", `{"kind":"explode"}`, "none of"},
		{"faults", `{"kind":"garbage","colour":"red"}`, "unknown field"},
		{"faults", `{"kind":"garbage","delay":"soon"}`, "delay"},
		{"settings", `{"moon":"on"}`, "unknown setting"},
		{"settings", `{"custody":"maybe"}`, "none of"},
		{"console", `{"fly":{}}`, "unknown act"},
		{"console", `{}`, "want one act"},
		{"console", `{"place_order":{}}`, "amount: required"},
		{"console", `{"place_order":{"amount":"1","colour":"red"}}`, "unknown field"},
		{"console", `{"place_order":{"amount":"1e5"}}`, "not a decimal"},
		{"console", `{"place_order":{"amount":"1","order_id":"CS2611220000001"}}`, "exists"},
		{"console", `{"place_order":{"amount":"1","order_type":2}}`, "renewal"},
		{"console", `{"place_order":{"amount":"1","lines":0}}`, "lines"},
		{"console", `{"place_order":{"amount":"1","deadline":"soon"}}`, "neither a time"},
		{"console", `{"place_order":{"amount":"1","sub_orders":["2"]}}`, "sum"},
		{"console", `{"pay_order":{"order_id":"nothing"}}`, "no order"},
		{"console", `{"pay_order":{"order_id":"CS2611220000005"}}`, "CBC.99003106"},
		{"console", `{"pay_order":{"order_id":"CS2611220000001","by":"api"}}`, "by"},
		{"console", `{"approve_order":{"order_id":"CS2611220000001"}}`, "not pending approval"},
		{"console", `{"cancel_order":{"order_id":"CS2611220000004"}}`, "CBC.99005010"},
		{"console", `{"lock_coupon":{"coupon_id":"nothing"}}`, "no coupon"},
		{"console", `{"freeze":{"resource_id":"nothing"}}`, "no resource"},
		{"console", `{"freeze":{"resource_id":"` + demoResource(12) + `"}}`, "closed"},
		{"console", `{"set_expire_policy":{"resource_id":"` + demoResource(1) + `","policy":-1}}`, "policy"},
	} {
		answer := c.sim(t, http.MethodPost, test[0], test[1]).want(t, http.StatusBadRequest)
		if !strings.Contains(answer.text("error"), test[2]) {
			t.Errorf("%s %s: %s", test[0], test[1], answer.raw)
		}
	}
	c.sim(t, http.MethodGet, "moon", "").want(t, http.StatusNotFound)
	same(t, "nothing charged", c.charged(), []string{})
}

func TestControlFromElsewhere(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/_sim/world", nil)
	request.RemoteAddr = "192.0.2.1:1234"
	recorder := httptest.NewRecorder()
	c.ServeHTTP(recorder, request)
	same(t, "status", recorder.Code, http.StatusForbidden)
}

func TestConsoleOnOrders(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	c.act(t, "approve_order", map[string]any{"order_id": "CS2611220000006"})
	same(t, "approved", c.status(t, "CS2611220000006"), "6")
	c.act(t, "cancel_order", map[string]any{"order_id": "CS2611220000001"})
	same(t, "canceled", c.status(t, "CS2611220000001"), "4")
	c.act(t, "pay_order", map[string]any{"order_id": "CS2611220000002", "by": "system"})
	c.act(
		t,
		"pay_order",
		map[string]any{"order_id": "CS2611220000012", "discount_id": "DC0000000002", "coupon_ids": []string{"CP2611220000001"}},
	)
	same(t, "charged", c.charged(), []string{"CS2611220000002 58.20 0.00 system", "CS2611220000012 160.00 10.00 console"})
	c.act(t, "set_status", map[string]any{"order_id": "CS2611220000007", "status": 5})
	same(t, "completed", c.status(t, "CS2611220000007"), "5")
	same(t, "provided", c.resourceQuery(t, `{"order_id":"CS2611220000007"}`).text("total_count"), "1")
	c.act(t, "set_status", map[string]any{"order_id": "CS2611220000007", "status": 17})
	same(t, "any status", c.status(t, "CS2611220000007"), "17")
}

// The journal keeps refused calls, and calls while they are under way.
func TestConcurrentCalls(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "1"})
	done := make(chan int)
	for range 8 {
		go func() {
			answer, err := c.send(t, http.MethodPost, payPath, plainPayment(id))
			if err != nil {
				t.Error(err)
			}
			_, _ = c.World(), c.Requests()
			done <- answer.status
		}()
	}
	accepted := 0
	for range 8 {
		if <-done == http.StatusNoContent {
			accepted++
		}
	}
	same(t, "accepted", []int{accepted, len(c.charged()), len(c.Requests())}, []int{1, 1, 8})
}
