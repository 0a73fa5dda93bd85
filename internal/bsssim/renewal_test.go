// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	renewPath = "/v2/orders/subscriptions/resources/renew"
	month     = `"period_type":2,"period_num":1`
)

// quoted is the list of ids of a body.
func quoted(ids []string) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = strconv.Quote(id)
	}

	return `"resource_ids":[` + strings.Join(list, ",") + `]`
}

func (c *client) renew(t *testing.T, fields string, ids ...string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, renewPath, `{`+quoted(ids)+`,`+fields+`}`)
}

// orderIDs are the orders that a call placed.
func (r reply) orderIDs(t *testing.T) []string {
	t.Helper()
	r.want(t, http.StatusOK)
	ids := []string{}
	list, _ := r.body["order_ids"].([]any)
	for _, id := range list {
		ids = append(ids, fmt.Sprint(id))
	}

	return ids
}

// renewed is the one order that a renewal placed.
func (c *client) renewed(t *testing.T, fields, id string) string {
	t.Helper()
	ids := c.renew(t, fields, id).orderIDs(t)
	if len(ids) != 1 {
		t.Fatalf("orders %q", ids)
	}

	return ids[0]
}

// failures lists fail_resource_infos as "id code".
func (r reply) failures(t *testing.T) []string {
	t.Helper()
	r.want(t, http.StatusOK)
	list := []string{}
	codes := r.column("fail_resource_infos", "error_code")
	for i, id := range r.column("fail_resource_infos", "resource_id") {
		list = append(list, id+" "+codes[i])
		if message := r.text("fail_resource_infos", i, "error_msg"); message == "" || message == messageOf("") {
			t.Errorf("no message: %s", r.raw)
		}
	}

	return list
}

// details shows an order: status, type and amounts, and its lines.
func (c *client) details(t *testing.T, id string) []string {
	t.Helper()
	answer := c.get(t, ordersPath+"/details/"+id)
	head := strings.Join([]string{
		answer.text("order_info", "status"), answer.text("order_info", "order_type"),
		answer.text("order_info", "amount_after_discount"), answer.text("order_info", "official_amount"),
	}, " ")
	lines := []string{head}
	for i := range answer.column("order_line_items", "order_id") {
		line := []string{}
		for _, field := range []string{"service_type_code", "period_type", "period_num", "amount_after_discount", "effective_time",
			"expire_time"} {
			line = append(line, strings.TrimPrefix(answer.text("order_line_items", i, field), "hws.service.type."))
		}
		lines = append(lines, strings.Join(line, " "))
	}

	return lines
}

func (c *client) expiry(t *testing.T, id string) string {
	t.Helper()

	return strings.Fields(c.term(t, id))[2]
}

func TestRenew(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo", Processing: Transition{Reads: 2}}).rich(t)
	server, disk := demoResource(4), demoResource(5)
	quote := c.renewalPrice(t, `"period_type":2,"period_num":3`, server, demoResource(6)).column("renew_inquiry_results", "amount")
	answer := c.renew(t, `"period_type":2,"period_num":3`, server, demoResource(6))
	orders := answer.orderIDs(t)
	same(t, "an order for each", orders, []string{"CS2611220000013", "CS2611220000014"})
	same(t, "no failures", answer.text("fail_resource_infos"), "[]")
	unpaid := []string{
		"6 2 " + quote[0] + " 375.00",
		"ec2 2 3 360.90 2027-01-06T15:59:59Z 2027-04-06T15:59:59Z",
		"ebs 2 3 14.10 2027-01-06T15:59:59Z 2027-04-06T15:59:59Z",
	}
	same(t, "order", c.details(t, orders[0]), unpaid)
	same(
		t,
		"the other",
		c.details(t, orders[1]),
		[]string{"6 2 " + quote[1] + " 174.60", "rds 2 3 174.60 2026-11-27T15:59:59Z 2027-02-27T15:59:59Z"},
	)
	lines := c.get(t, ordersPath+"/details/"+orders[0]).raw
	same(
		t,
		"no resource is named",
		strings.Contains(lines, server) || strings.Contains(lines, disk) || strings.Contains(lines, "resource_id"),
		false,
	)
	entry := c.Requests()[1]
	same(
		t,
		"journal",
		[]any{entry.Operation, entry.ResourceIDs, entry.Acted, entry.Mutation, entry.Status},
		[]any{"renew_resources", []string{server, demoResource(6)}, true, true, 200},
	)
	same(t, "nothing is charged", c.charged(), []string{})
	same(t, "nothing moves", c.expiry(t, server), "2027-01-06T15:59:59Z")

	c.pay(t, orders[0]).want(t, http.StatusNoContent)
	same(t, "in processing", c.status(t, orders[0])+" "+c.expiry(t, server), "3 2027-01-06T15:59:59Z")
	same(t, "in processing", c.status(t, orders[0]), "3")
	unpaid[0] = "5 2 375.00 375.00"
	same(t, "completed", c.details(t, orders[0]), unpaid)
	same(
		t,
		"renewed with its disk",
		[]string{c.expiry(t, server), c.expiry(t, disk)},
		[]string{"2027-04-06T15:59:59Z", "2027-04-06T15:59:59Z"},
	)
	same(t, "charged", c.charged(), []string{orders[0] + " 375.00 0.00 api"})
	same(t, "the other is not", c.expiry(t, demoResource(6)), "2026-11-27T15:59:59Z")
	c.must(t, http.MethodPut, cancelPath, `{"order_id":"`+orders[1]+`"}`).want(t, http.StatusNoContent)
	same(t, "free again", len(c.renew(t, month, demoResource(6)).orderIDs(t)), 1)
}

// Times are those of UTC+8: the end of a month there, and the calendar.
func TestRenewedPeriod(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	for expire, want := range map[string]string{
		"2027-01-31T15:59:59Z": "2027-02-28T15:59:59Z",
		"2027-02-28T15:59:59Z": "2027-03-28T15:59:59Z",
		"2027-02-28T16:30:00Z": "2027-03-31T16:30:00Z", // 1 March, 00:30 there
	} {
		c.add(t, expire, map[string]any{"expire_time": expire})
		order := c.renewed(t, month, expire)
		same(t, "line", c.details(t, order)[1], "ec2 2 1 60.00 "+expire+" "+want)
		c.pay(t, order).want(t, http.StatusNoContent)
		same(t, "renewed", c.expiry(t, expire), want)
	}
	c.add(t, "grace", map[string]any{"expire_time": "2026-11-30T15:59:59Z"})
	c.add(t, "years", map[string]any{"expire_time": "2028-02-29T15:59:59Z"})
	c.atTime(t, "2026-12-10T00:00:00Z")
	same(t, "expired", c.term(t, "grace")[:1], "5")
	order := c.renewed(t, month, "grace")
	same(t, "from the old expiry on", c.details(t, order)[1], "ec2 2 1 60.00 2026-11-30T15:59:59Z 2026-12-30T15:59:59Z")
	c.pay(t, order).want(t, http.StatusNoContent)
	same(t, "in use again", c.term(t, "grace"), "2 0 2026-12-30T15:59:59Z")
	c.pay(t, c.renewed(t, `"period_type":3,"period_num":3`, "years")).want(t, http.StatusNoContent)
	same(t, "three years", c.expiry(t, "years"), "2031-02-28T15:59:59Z")
}

func TestRenewalFailures(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T) (*client, []string) {
		t.Helper()
		c := start(t, Options{Seed: "demo"}).rich(t)
		c.add(t, "new", map[string]any{"known_after": "duration=1h"})
		c.place(t, map[string]any{"order_type": 3, "status": 3, "amount": "1", "resource_ids": []string{demoResource(8)}})
		c.act(t, "refuse", map[string]any{"resource_id": demoResource(7), "operation": "renew_resources", "code": "CBC.30010069"})

		return c, []string{
			demoResource(1) + " CBC.99003100", demoResource(2) + " CBC.30010036", demoResource(7) + " CBC.30010069",
			demoResource(8) + " CBC.99003144", demoResource(12) + " CBC.99003016", "unknown CBC.99003016", "new CBC.99003016",
		}
	}
	t.Run("inside", func(t *testing.T) {
		t.Parallel()
		c, want := begin(t)
		ids := []string{demoResource(6), demoResource(10), demoResource(11)}
		for _, failure := range want {
			ids = append(ids, strings.Fields(failure)[0])
		}
		answer := c.renew(t, month, ids...)
		same(t, "failed", answer.failures(t), want)
		same(t, "in use, expired and frozen ones are renewed", len(answer.orderIDs(t)), 3)
		none := c.renew(t, month, "unknown")
		same(
			t,
			"none",
			none.raw,
			`{"fail_resource_infos":[{"error_code":"CBC.99003016","error_msg":"`+messageOf(
				"CBC.99003016",
			)+`","resource_id":"unknown"}],"order_ids":[]}`,
		)
		same(t, "acted", c.acted(), []bool{true, false})
	})
	for mode, ids := range map[string][]string{"whole": {demoResource(6)}, "partial": nil} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			c, want := begin(t)
			c.set(t, "renew_failures", mode)
			for _, failure := range want {
				id, code, _ := strings.Cut(failure, " ")
				c.renew(t, month, slices.Concat(ids, []string{id})...).refused(t, http.StatusBadRequest, code)
			}
			same(t, "nothing done", slices.Contains(c.acted(), true), false)
			if mode == "partial" {
				answer := c.renew(t, month, demoResource(2), demoResource(6))
				same(t, "partly", answer.failures(t), []string{demoResource(2) + " CBC.30010036"})
				same(t, "partly", len(answer.orderIDs(t)), 1)
			}
		})
	}
	t.Run("refused as a whole", func(t *testing.T) {
		t.Parallel()
		c, _ := begin(t)
		c.act(t, "refuse", map[string]any{"resource_id": demoResource(7), "operation": "renew_resources", "code": "CBC.99003154", "whole": true})
		c.renew(t, month, demoResource(6), demoResource(7)).refused(t, http.StatusBadRequest, "CBC.99003154")
		same(t, "nothing done", c.acted(), []bool{false})
	})
}

func TestRenewalStrictness(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	id := demoResource(6)
	for _, fields := range []string{
		`"period_type":2,"period_num":12`, `"period_type":3,"period_num":4`, `"period_type":1,"period_num":1`, `"period_type":2`,
		month + `,"is_auto_pay":2`, month + `,"expire_policy":0`, month + `,"is_auto_pay":"0"`,
	} {
		c.renew(t, fields, id).refused(t, http.StatusBadRequest, "CBC.0100")
	}
	c.renew(t, month).refused(t, http.StatusBadRequest, "CBC.0100")
	c.renew(t, month, id, id).refused(t, http.StatusBadRequest, "CBC.0100")
	c.renew(t, month, strings.Split("a b c d e f g h i j k", " ")...).refused(t, http.StatusBadRequest, "CBC.0100")
	same(t, "nothing done", slices.Contains(c.acted(), true), false)
}

func TestAutomaticPayment(t *testing.T) {
	t.Parallel()
	autoPay := month + `,"is_auto_pay":1`
	c := start(t, Options{Seed: "demo"})
	order := c.renewed(t, autoPay, demoResource(6))
	same(t, "with the best discount", c.charged(), []string{order + " 52.38 0.00 api"})
	same(t, "completed", c.details(t, order)[0], "5 2 52.38 58.20")
	same(t, "renewed", c.expiry(t, demoResource(6)), "2026-12-27T15:59:59Z")
	c.set(t, "price_discounts", "none")
	order = c.renewed(t, autoPay, demoResource(6))
	same(t, "without one", c.charged()[1], order+" 58.20 0.00 api")

	c = start(t, Options{Seed: "demo"})
	c.act(t, "set_balance", map[string]any{"amount": "100", "credit": "77.40"})
	both := []string{demoResource(4), demoResource(6)} // 125.00 and 58.20, less ten percent
	same(t, "of balance and credit", len(c.renew(t, autoPay, demoResource(4)).orderIDs(t)), 1)
	c.act(t, "set_balance", map[string]any{"amount": "100", "credit": "64.88"})
	same(t, "what the discounts leave is enough", len(c.renew(t, autoPay, both...).orderIDs(t)), 2)
	c.act(t, "set_balance", map[string]any{"amount": "100", "credit": "64.87"})
	c.renew(t, autoPay, both...).refused(t, http.StatusBadRequest, "CBC.30050006")
	same(t, "all or none", []any{len(c.charged()), len(c.World().Orders)}, []any{3, 15})
	same(t, "acted", c.acted(), []bool{true, true, false})
	c.set(t, "failed_auto_pay_leaves_order", "on")
	c.renew(t, autoPay, both...).refused(t, http.StatusBadRequest, "CBC.30050006")
	same(t, "orders remain", []string{c.status(t, "CS2611220000016"), c.status(t, "CS2611220000017")}, []string{"6", "6"})
	same(t, "acted", c.acted(), []bool{true, true, false, true})
	same(t, "they lock", c.renew(t, autoPay, both...).failures(t), []string{both[0] + " CBC.99003100", both[1] + " CBC.99003100"})
	same(t, "nothing charged", len(c.charged()), 3)

	c = start(t, Options{Seed: "demo", Settings: map[string]string{"custody": "on", "monthly_settlement": "on"}})
	c.act(t, "set_balance", map[string]any{"amount": "0", "credit": "0"})
	order = c.renewed(t, autoPay, demoResource(6))
	same(t, "a master account does not have to be asked", c.status(t, order), "5")
}

// An unpaid renewal offers what its price offers.
func TestDiscountsOfRenewals(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	order := c.renewed(t, month, demoResource(6))
	offered := c.get(t, ordersPath+"/order-discounts?order_id="+order)
	same(t, "discounts", offered.column("discounts", "discount_type"), []string{"2", "3"})
	same(t, "values", offered.column("discounts", "discount_value"), []string{"0.90", "0.95"})
	id := offered.text("discounts", 0, "discount_id")
	c.must(t, http.MethodPost, payPath, `{"order_id":"`+order+`","use_coupon":"NO","use_discount":"YES","discount_infos":[{"id":"`+id+`","type":2}]}`).
		want(t, http.StatusNoContent)
	same(t, "charged", c.charged(), []string{order + " 52.38 0.00 api"})
	same(t, "lines", c.details(t, order)[1], "rds 2 1 52.38 2026-11-27T15:59:59Z 2026-12-27T15:59:59Z")
}

// Two resources of one product with one expiry have orders that only their ids
// tell apart.
func TestTwinsOfRenewals(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, id := range []string{"twin-1", "twin-2"} {
		c.add(t, id, map[string]any{"expire_time": "2027-01-06T15:59:59Z"})
	}
	orders := c.renew(t, month, "twin-1", "twin-2").orderIDs(t)
	first := c.get(t, ordersPath+"/details/"+orders[0]).raw
	second := strings.ReplaceAll(c.get(t, ordersPath+"/details/"+orders[1]).raw, orders[1], orders[0])
	same(t, "details", second, first)
	first = c.get(t, ordersPath+"?order_id="+orders[0]).raw
	same(t, "list", strings.ReplaceAll(c.get(t, ordersPath+"?order_id="+orders[1]).raw, orders[1], orders[0]), first)
	for _, order := range orders {
		same(t, "resources", c.resourceQuery(t, `{"order_id":"`+order+`"}`).text("total_count"), "0")
	}
	c.set(t, "order_query_finds_renewals", "on")
	c.act(t, "add_resource", map[string]any{"resource_id": "disk", "parent_resource_id": "twin-2"})
	same(t, "unless it is found", c.resourceQuery(t, `{"order_id":"`+orders[1]+`"}`).column("data", "resource_id"), []string{"twin-2", "disk"})
}

func TestUnpaidLineTimes(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"}).rich(t)
	c.set(t, "unpaid_line_times", "off")
	order := c.renewed(t, month, demoResource(6))
	same(t, "none", c.details(t, order)[1], "rds 2 1 58.20  ")
	c.must(t, http.MethodPut, cancelPath, `{"order_id":"`+order+`"}`).want(t, http.StatusNoContent)
	same(t, "none of what was never paid", c.details(t, order)[1], "rds 2 1 58.20  ")
	order = c.renewed(t, month, demoResource(6))
	c.pay(t, order).want(t, http.StatusNoContent)
	same(t, "paid", c.details(t, order)[1], "rds 2 1 58.20 2026-11-27T15:59:59Z 2026-12-27T15:59:59Z")
}

// An order placed before the expiry moved shows the period as it was then, and
// adds another one when it is paid; one placed afterwards shows where it starts.
func TestStaleRenewalOrder(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"}).rich(t)
	stale := c.renewed(t, month, demoResource(6))
	c.act(t, "renew", map[string]any{"resource_id": demoResource(6)})
	same(t, "renewed meanwhile", c.expiry(t, demoResource(6)), "2026-12-27T15:59:59Z")
	same(t, "as placed", c.details(t, stale)[1], "rds 2 1 58.20 2026-11-27T15:59:59Z 2026-12-27T15:59:59Z")
	c.set(t, "server_locks", "off")
	later := c.renewed(t, month, demoResource(6))
	same(t, "later start", c.details(t, later)[1], "rds 2 1 58.20 2026-12-27T15:59:59Z 2027-01-27T15:59:59Z")
	c.pay(t, stale).want(t, http.StatusNoContent)
	same(t, "one more period", c.expiry(t, demoResource(6)), "2027-01-27T15:59:59Z")
	same(t, "which it shows now", c.details(t, stale)[1], "rds 2 1 58.20 2026-12-27T15:59:59Z 2027-01-27T15:59:59Z")
	same(t, "as placed", c.details(t, later)[1], "rds 2 1 58.20 2026-12-27T15:59:59Z 2027-01-27T15:59:59Z")
}

func TestRenewalLocks(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo", Processing: Transition{Duration: time.Hour}}).rich(t)
	id := demoResource(6)
	order := c.renewed(t, month, id)
	same(t, "unpaid", c.renew(t, month, id).failures(t), []string{id + " CBC.99003100"})
	same(t, "price", c.renewalPrice(t, month, id).failures(t), []string{id + " CBC.30050010"})
	c.pay(t, order).want(t, http.StatusNoContent)
	same(t, "processing", c.renew(t, month, id).failures(t), []string{id + " CBC.99003144"})
	same(t, "price", c.renewalPrice(t, month, id).failures(t), []string{id + " CBC.30050011"})
	c.set(t, "server_locks", "off")
	same(t, "a second order", c.details(t, c.renewed(t, month, id))[0], "6 2 58.20 58.20")
	same(t, "and a third", len(c.renew(t, month, id).orderIDs(t)), 1)
	same(t, "price", c.renewalPrice(t, month, id).failures(t), []string{id + " CBC.30050010"})
	c.Advance(time.Hour)
	same(t, "renewed", c.expiry(t, id), "2026-12-27T15:59:59Z")
}

// Renewals are lengthened to the unified day, and cost so much more.
func TestUnifiedExpiryDay(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	c.add(t, "server", map[string]any{"expire_time": "2027-01-06T15:59:59Z", "monthly_price": "60.00"})
	c.add(t, "disk", map[string]any{"parent_resource_id": "server", "expire_time": "2027-01-10T15:59:59Z", "monthly_price": "9.00"})
	for _, test := range []struct{ day, server, disk, amount string }{
		{"0", "2027-02-06T15:59:59Z", "2027-02-10T15:59:59Z", "69.00"},
		{"6", "2027-02-06T15:59:59Z", "2027-03-06T15:59:59Z", "76.20"}, // 24 days of the disk
		{"28", "2027-02-28T15:59:59Z", "2027-02-28T15:59:59Z", "118.40"},
		{"-1", "2027-02-28T15:59:59Z", "2027-02-28T15:59:59Z", "118.40"},
		{"5", "2027-03-05T15:59:59Z", "2027-03-05T15:59:59Z", "129.90"},
	} {
		c.set(t, "unified_expiry_day", test.day)
		same(t, test.day, c.renewalPrice(t, month, "server").column("renew_inquiry_results", "amount"), []string{test.amount})
		order := c.renewed(t, month, "server")
		details := c.details(t, order)
		same(t, test.day, details[0], "6 2 "+test.amount+" "+test.amount)
		same(t, test.day, []string{strings.Fields(details[1])[5], strings.Fields(details[2])[5]}, []string{test.server, test.disk})
		if test.day == "5" {
			c.set(t, "unified_expiry_day", "0") // The order is what counts.
			c.pay(t, order).want(t, http.StatusNoContent)
			same(t, "renewed", []string{c.expiry(t, "server"), c.expiry(t, "disk")}, []string{test.server, test.disk})

			continue
		}
		c.must(t, http.MethodPut, cancelPath, `{"order_id":"`+order+`"}`).want(t, http.StatusNoContent)
	}
	c.set(t, "unified_expiry_day", "6")
	c.add(t, "night", map[string]any{"expire_time": "2027-01-05T16:30:00Z"}) // The 6th, 00:30, in UTC+8.
	same(t, "a day of UTC+8", c.details(t, c.renewed(t, month, "night"))[1], "ec2 2 1 60.00 2027-01-05T16:30:00Z 2027-02-05T16:30:00Z")
	c.set(t, "unified_day_in_price", "off")
	same(t, "a price without the days", c.renewalPrice(t, month, "server").column("renew_inquiry_results", "amount"), []string{"69.00"})
	for _, wrong := range []string{"29", "-2", "first", ""} {
		if c.Set("unified_expiry_day", wrong) == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}

func TestFaultsOfRenewals(t *testing.T) {
	t.Parallel()
	for kind, orders := range map[string]int{
		FaultStatusBefore: 0, FaultDropBefore: 0, FaultStatusAfter: 1, FaultDropAfter: 1, FaultGarbage: 1, FaultTruncate: 1, FaultDelayAfter: 1,
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{})
			c.add(t, "r", nil)
			c.fault(t, Fault{Operation: "renew_resources", Kind: kind, Delay: time.Millisecond, Match: FaultMatch{ResourceID: "r"}})
			answer, err := c.send(t, http.MethodPost, renewPath, `{`+quoted([]string{"r"})+`,`+month+`}`)
			if err == nil && answer.status == http.StatusOK && kind != FaultGarbage && kind != FaultDelayAfter {
				t.Errorf("answered %s", answer.raw)
			}
			same(t, "orders", len(c.World().Orders), orders)
			same(t, "acted", c.acted(), []bool{orders == 1})
		})
	}
}

// A renewal that lands after its client gave up leaves one more unpaid order,
// unless another order locks the resource by then.
func TestLateRenewal(t *testing.T) {
	t.Parallel()
	for locks, want := range map[string]int{"on": 1, "off": 2} {
		t.Run(locks, func(t *testing.T) {
			t.Parallel()
			held := newHeld()
			c := start(t, Options{Clock: held, Settings: map[string]string{"server_locks": locks}})
			c.add(t, "r", nil)
			c.fault(t, Fault{Operation: "renew_resources", Kind: FaultDelayBefore})
			c.giveUp(t, held, renewPath, `{`+quoted([]string{"r"})+`,`+month+`}`)
			c.renewed(t, month, "r")
			close(held.over)
			c.settled(t)
			same(t, "answered late", c.Requests()[0].Status, http.StatusOK)
			same(t, "orders", len(c.World().Orders), want)
			same(t, "acted", c.acted(), []bool{want == 2, true})
		})
	}
}
