// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const unsubscribePath = "/v2/orders/subscriptions/resources/unsubscribe"

func (c *client) unsubscribe(t *testing.T, scope int, ids ...string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, unsubscribePath, fmt.Sprintf(`{%s,"unsubscribe_type":%d}`, quoted(ids), scope))
}

// unsubscribed is the one order that an unsubscription placed.
func (c *client) unsubscribed(t *testing.T, scope int, id string) string {
	t.Helper()
	ids := c.unsubscribe(t, scope, id).orderIDs(t)
	if len(ids) != 1 {
		t.Fatalf("orders %q", ids)
	}

	return ids[0]
}

func (c *client) refund(t *testing.T, order string) reply {
	t.Helper()

	return c.must(t, http.MethodGet, ordersPath+"/refund-orders?order_id="+order, "")
}

// rows lists refund_infos as "amount service base order".
func (r reply) refundRows(t *testing.T) []string {
	t.Helper()
	r.want(t, http.StatusOK)
	rows := []string{}
	for i := range r.column("refund_infos", "id") {
		rows = append(rows, strings.Join([]string{
			r.text("refund_infos", i, "amount"), strings.TrimPrefix(r.text("refund_infos", i, "service_type_code"), "hws.service.type."),
			r.text("refund_infos", i, "base_order_id"),
		}, " "))
	}
	same(t, "total_count", r.text("total_count"), itoa(len(rows)))

	return rows
}

func (c *client) balance() string { return string(c.World().Balances[0].Amount) }

// refunded lists the refunds as "order resources amount".
func (c *client) refunded() []string {
	list := []string{}
	for _, r := range c.World().Refunds {
		list = append(list, fmt.Sprintf("%s %v %s", r.OrderID, r.ResourceIDs, r.Amount))
	}

	return list
}

// aServer is a server of 60.00 a month with a disk of 9.00, bought twenty days
// ago for thirty, and renewed twice at the console.
func aServer(t *testing.T, c *client) (renewals [2]string) {
	t.Helper()
	c.add(t, "server", map[string]any{"expire_time": "720h", "monthly_price": "60.00", "order_id": "CS-first"})
	c.add(
		t,
		"disk",
		map[string]any{
			"parent_resource_id": "server",
			"expire_time":        "720h",
			"monthly_price":      "9.00",
			"service_type_code":  "hws.service.type.ebs",
		},
	)
	for i := range renewals {
		renewals[i] = fmt.Sprint(c.act(t, "renew", map[string]any{"resource_id": "server"})["order_id"])
	}
	c.act(t, "set_balance", map[string]any{"amount": "0"})
	c.Advance(20 * day)

	return renewals
}

func TestUnsubscribe(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	renewals := aServer(t, c)
	order := c.unsubscribed(t, 1, "server")
	// Ten of thirty days of 69.00, less ten percent, and two months of 69.00.
	same(t, "order", c.details(t, order)[0], "5 4 -158.70 -158.70")
	answer := c.get(t, ordersPath+"/details/"+order)
	same(t, "lines", answer.column("order_line_items", "amount_after_discount"), []string{"-138.00", "-20.70"})
	same(t, "no period", answer.column("order_line_items", "period_num"), []string{"", ""})
	same(
		t,
		"kept",
		answer.text("order_info", "amount_info", "commission_amount")+" "+answer.text("order_info", "amount_info", "consumed_amount"),
		"2.30 46.00",
	)
	same(t, "no resource is named", strings.Contains(answer.raw+c.refund(t, order).raw, `"server"`), false)
	same(t, "refund", c.refund(t, order).refundRows(t), []string{
		"-20.00 ec2 CS-first", "2.00 ec2 CS-first", "-60.00 ec2 " + renewals[0], "-60.00 ec2 " + renewals[1],
		"-3.00 ebs ", "0.30 ebs ", "-9.00 ebs " + renewals[0], "-9.00 ebs " + renewals[1],
	})
	same(t, "closed with its disk", c.term(t, "server")[:1]+c.term(t, "disk")[:1], "33")
	same(t, "money", []any{c.balance(), c.refunded()}, []any{"158.70", []string{order + " [server] 158.70"}})
	same(t, "not found by its order", c.resourceQuery(t, `{"order_id":"`+order+`"}`).text("total_count"), "0")
	same(t, "bill", columns(resourceFeeRecords.rows(t, c, "2026-12"), "trade_id", "bill_type", "resource_id", "amount"), []string{
		order + " 4 server -138.00000000", order + " 4 disk -20.70000000",
	})
	entry := c.Requests()[0]
	same(
		t,
		"journal",
		[]any{entry.Operation, entry.ResourceIDs, entry.Acted, entry.Mutation},
		[]any{"unsubscribe_resources", []string{"server"}, true, true},
	)
	c.pay(t, order).refused(t, http.StatusBadRequest, "CBC.99003106")
	c.set(t, "server_locks", "off")
	c.pay(t, order).refused(t, http.StatusBadRequest, "CBC.99003106")
	c.set(t, "refund_amounts", "positive")
	same(t, "sign", c.details(t, order)[0], "5 4 158.70 158.70")
	same(t, "but of refunds", c.refund(t, order).text("refund_infos", 0, "amount"), "-20.00")
}

func TestUnsubscribeRenewals(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	renewals := aServer(t, c)
	c.Advance(11 * day) // One day into the first renewal.
	order := c.unsubscribed(t, 2, "server")
	same(t, "refund", c.refund(t, order).refundRows(t), []string{"-60.00 ec2 " + renewals[1], "-9.00 ebs " + renewals[1]})
	same(t, "stays", []string{c.term(t, "server"), c.term(t, "disk")}, []string{"2 0 2027-01-22T08:00:00Z", "2 0 2027-01-22T08:00:00Z"})
	same(t, "money", []any{c.balance(), c.refunded()}, []any{"69.00", []string{order + " [server] 69.00"}})
	c.unsubscribe(t, 2, "server").refused(t, http.StatusBadRequest, "CBC.99003128")
	order = c.unsubscribed(t, 1, "server")
	same(t, "the first days cost nothing", c.refund(t, order).refundRows(t), []string{"-60.00 ec2 " + renewals[0], "-9.00 ebs " + renewals[0]})

	c = start(t, Options{}).rich(t)
	aServer(t, c)
	same(t, "both", c.details(t, c.unsubscribed(t, 2, "server"))[0], "5 4 -138.00 -138.00")
	same(t, "as bought", c.expiry(t, "server"), "2026-12-22T08:00:00Z")
	autoPaid := c.rich(t).renewed(t, month+`,"is_auto_pay":1`, "server")
	same(t, "paid", c.details(t, autoPaid)[0], "5 2 62.10 69.00")
	same(t, "what was paid", c.details(t, c.unsubscribed(t, 2, "server"))[0], "5 4 -62.10 -62.10")
	c.renew(t, month+`,"is_auto_pay":1`, "server").want(t, http.StatusOK)
	c.act(t, "expire", map[string]any{"resource_id": "server"})
	c.unsubscribe(t, 2, "server").refused(t, http.StatusBadRequest, "CBC.99003128")
	same(t, "an expired one is worth nothing", c.details(t, c.unsubscribed(t, 1, "server"))[0], "5 4 0.00 0.00")
}

// A coupon is not paid back.
func TestRefundOfCoupons(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	c.add(t, "r", nil)
	order := c.act(t, "renew", map[string]any{"resource_id": "r", "unpaid": true})["order_id"]
	c.act(t, "add_coupon", map[string]any{"id": "CP1", "face_value": "25.00", "order_id": order})
	c.act(t, "pay_order", map[string]any{"order_id": order, "coupon_ids": []string{"CP1"}})
	same(t, "refund", c.details(t, c.unsubscribed(t, 2, "r"))[0], "5 4 -35.00 -35.00")
}

// While the order is processed the resource is in use, and nothing is refunded.
func TestUnsubscriptionInProcess(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"3", "2"} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Processing: Transition{Duration: time.Hour}, Settings: map[string]string{"unsubscription_status": status}})
			c.add(t, "r", nil)
			order := c.unsubscribed(t, 1, "r")
			same(t, "in process", c.status(t, order)+c.term(t, "r")[:1], status+"2")
			same(t, "no money yet", []any{c.balance(), c.refunded()}, []any{"0.00", []string{}})
			same(t, "no bill yet", len(resourceFeeRecords.rows(t, c, "2026-11")), 0)
			same(t, "what it will be", c.refund(t, order).refundRows(t), []string{"-60.00 ec2 "})
			c.unsubscribe(t, 1, "r").refused(t, http.StatusBadRequest, "CBC.99003651")
			same(t, "renewal", c.renew(t, month, "r").failures(t), []string{"r CBC.99003144"})
			same(t, "price", c.renewalPrice(t, month, "r").failures(t), []string{"r CBC.30050011"})
			c.Advance(time.Hour)
			same(t, "done", c.status(t, order)+c.term(t, "r")[:1], "53")
			same(t, "money", []any{c.balance(), len(c.refunded())}, []any{"60.00", 1})
			c.unsubscribe(t, 1, "r").refused(t, http.StatusBadRequest, "CBC.30000067")
		})
	}
	// Reads of the resource count as those of the order.
	c := start(t, Options{Processing: Transition{Reads: 2}})
	c.add(t, "r", nil)
	c.add(t, "other", nil)
	c.unsubscribe(t, 1, "r").want(t, http.StatusOK)
	same(
		t,
		"reads",
		[]string{c.term(t, "other")[:1], c.term(t, "r")[:1], c.term(t, "r")[:1], c.term(t, "r")[:1]},
		[]string{"2", "2", "2", "3"},
	)
	// What has happened shows late.
	c = start(t, Options{Lag: Transition{Duration: time.Minute}})
	c.add(t, "r", nil)
	c.Advance(time.Minute)
	same(t, "in use", c.term(t, "r")[:1], "2")
	order := c.unsubscribed(t, 1, "r")
	same(t, "still in use", c.term(t, "r")[:1], "2")
	c.refund(t, order).refused(t, http.StatusBadRequest, "CBC.99005026")
	c.Advance(time.Minute)
	same(t, "closed", c.term(t, "r")[:1]+c.status(t, order), "35")
}

// Without the locks of the server the same thing is refunded twice.
func TestUnsubscribeTwice(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Processing: Transition{Duration: time.Hour}, Settings: map[string]string{"server_locks": "off"}})
	c.add(t, "r", nil)
	first, second := c.unsubscribed(t, 1, "r"), c.unsubscribed(t, 1, "r")
	c.Advance(time.Hour)
	same(t, "refunds", c.refunded(), []string{first + " [r] 60.00", second + " [r] 60.00"})
}

func TestUnsubscriptionFailures(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T, gone string) (*client, []string) {
		t.Helper()
		c := start(t, Options{Seed: "demo", Settings: map[string]string{"gone_code": gone}})
		c.add(t, "new", map[string]any{"known_after": "duration=1h"})
		c.add(t, "seized", nil)
		c.act(t, "freeze", map[string]any{"resource_id": "seized"})
		c.place(t, map[string]any{"order_type": 3, "status": 3, "amount": "1", "resource_ids": []string{demoResource(8)}})
		c.act(t, "refuse", map[string]any{"resource_id": demoResource(7), "operation": "unsubscribe_resources", "code": "CBC.30000052"})

		return c, []string{
			demoResource(1) + " CBC.99003100", demoResource(2) + " CBC.99003185", demoResource(7) + " CBC.30000052",
			demoResource(8) + " CBC.99003651", demoResource(12) + " " + gone, "unknown " + gone, "new " + gone, "seized CBC.99003656",
		}
	}
	for _, mode := range []string{"partial", "inside", "whole"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			c, want := begin(
				t,
				map[string]string{"partial": "CBC.30000067"}[mode]+map[string]string{"inside": "CBC.99003012", "whole": "CBC.99003012"}[mode],
			)
			if mode != "partial" {
				c.set(t, "unsubscribe_failures", mode)
			}
			ids := []string{}
			for _, failure := range want {
				id, code, _ := strings.Cut(failure, " ")
				ids = append(ids, id)
				answer := c.unsubscribe(t, 1, id)
				if mode == "inside" {
					same(t, "inside", answer.failures(t), []string{failure})
					same(t, "no orders", answer.text("order_ids"), "[]")
				} else {
					answer.refused(t, http.StatusBadRequest, code)
				}
			}
			same(t, "nothing done", slices.Contains(c.acted(), true), false)
			answer := c.unsubscribe(t, 1, slices.Concat(ids, []string{demoResource(10), demoResource(11)})...)
			if mode == "whole" {
				answer.refused(t, http.StatusBadRequest, strings.Fields(want[0])[1])
				same(t, "nothing done", slices.Contains(c.acted(), true), false)

				return
			}
			same(t, "failed", answer.failures(t), want)
			same(t, "expired and frozen ones are unsubscribed", len(answer.orderIDs(t)), 2)
			same(t, "closed", c.term(t, demoResource(10))[:1]+c.term(t, demoResource(11))[:1], "33")
		})
	}
}

func TestUnsubscriptionStrictness(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	id := demoResource(6)
	for _, fields := range []string{
		`"unsubscribe_type":3`, `"unsubscribe_type":0`, `"unsubscribe_reason_type":1`,
		`"unsubscribe_type":1,"unsubscribe_reason_type":6`, `"unsubscribe_type":1,"unsubscribe_reason":"` + strings.Repeat("x", 513) + `"`,
	} {
		c.must(t, http.MethodPost, unsubscribePath, `{`+quoted([]string{id})+`,`+fields+`}`).refused(t, http.StatusBadRequest, "CBC.0100")
	}
	c.unsubscribe(t, 1).refused(t, http.StatusBadRequest, "CBC.0100")
	c.unsubscribe(t, 1, id, id).refused(t, http.StatusBadRequest, "CBC.0100")
	c.unsubscribe(t, 1, strings.Split("a b c d e f g h i j k", " ")...).refused(t, http.StatusBadRequest, "CBC.0100")
	same(t, "nothing done", c.term(t, id)[:1], "2")
	c.must(t, http.MethodPost, unsubscribePath, `{`+quoted([]string{id})+`,"unsubscribe_type":1,"unsubscribe_reason_type":5,"unsubscribe_reason":"enough"}`).
		want(t, http.StatusOK)
}

func TestRefundOrders(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	for _, order := range []string{"unknown", "CS2611220000001", "CS2611220000003"} {
		c.refund(t, order).refused(t, http.StatusBadRequest, "CBC.99005026")
	}
	order := fmt.Sprint(c.act(t, "unsubscribe", map[string]any{"resource_id": demoResource(4), "refund": "12.34"})["order_id"])
	same(t, "as the console says", c.refund(t, order).refundRows(t), []string{"-12.34 ec2 "})
	placed := c.placeID(t, map[string]any{"order_type": 4, "status": 5, "amount": "5.00"})
	same(t, "as placed", c.refund(t, placed).refundRows(t), []string{"-5.00 ec2 "})
	placed = c.placeID(t, map[string]any{"order_type": 4, "status": 5, "amount": "-5.00", "lines": []map[string]any{{"amount": "-5.00"}}})
	same(t, "with a sign", []any{c.refund(t, placed).refundRows(t), c.details(t, placed)[0]}, []any{[]string{"-5.00 ec2 "}, "5 4 -5.00 -5.00"})
	same(t, "and its line", c.get(t, ordersPath+"/details/"+placed).column("order_line_items", "amount_after_discount"), []string{"-5.00"})
	c.act(t, "reprice_order", map[string]any{"order_id": placed, "amount": "-6.00"})
	same(t, "repriced", c.details(t, placed)[0], "5 4 -6.00 -6.00")
	if _, err := c.Console("unsubscribe", map[string]any{"resource_id": demoResource(12)}); err == nil {
		t.Error("a closed resource is given back")
	}
	for refund, want := range map[string]string{"": "nothing to give back", "1.00": "refund: "} {
		_, err := c.Console("unsubscribe", map[string]any{"resource_id": demoResource(6), "renewals_only": true, "refund": refund})
		if said := fmt.Sprint(err); err == nil || !strings.Contains(said, want) {
			t.Errorf("refund %q: %s", refund, said)
		}
	}
}

// Twins have refunds that only their ids tell apart.
func TestTwinsOfRefunds(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.add(t, "twin-1", nil)
	c.add(t, "twin-2", nil)
	orders := c.unsubscribe(t, 1, "twin-1", "twin-2").orderIDs(t)
	for _, path := range []string{"/details/", "/refund-orders?order_id="} {
		first, second := c.get(t, ordersPath+path+orders[0]).raw, c.get(t, ordersPath+path+orders[1]).raw
		same(t, path, strings.ReplaceAll(second, orders[1], orders[0]), first)
	}
}

func TestFaultsOfUnsubscriptions(t *testing.T) {
	t.Parallel()
	for kind, refunds := range map[string]int{
		FaultStatusBefore: 0, FaultDropBefore: 0, FaultStatusAfter: 1, FaultDropAfter: 1, FaultGarbage: 1, FaultTruncate: 1,
		FaultDelayBefore: 1, FaultDelayAfter: 1,
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{})
			c.add(t, "r", nil)
			c.fault(t, Fault{Operation: "unsubscribe_resources", Kind: kind, Delay: time.Millisecond, Match: FaultMatch{ResourceID: "r"}})
			if _, err := c.send(
				t,
				http.MethodPost,
				unsubscribePath,
				`{`+quoted([]string{"r"})+`,"unsubscribe_type":1}`,
			); err != nil && kind != FaultDropAfter && kind != FaultDropBefore &&
				kind != FaultTruncate {
				t.Error(err)
			}
			same(t, "refunds", len(c.refunded()), refunds)
			same(t, "acted", c.acted(), []bool{refunds == 1})
		})
	}
}
