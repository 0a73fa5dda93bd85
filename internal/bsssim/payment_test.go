// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestPay(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "136.80", "lines": 2, "resources": 2})
	answer := c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "no body", answer.raw+answer.header.Get("Content-Type"), "")
	same(t, "charged", c.charged(), []string{id + " 136.80 0.00 api"})
	details := c.get(t, ordersPath+"/details/"+id)
	same(t, "status", details.text("order_info", "status"), "5")
	same(t, "payment time", details.text("order_info", "payment_time"), "2026-11-22T08:00:00Z")
	same(t, "deadline stays", details.text("order_info", "pending_payment_end_time"), "2026-11-29T08:00:00Z")
	same(t, "line ends", details.text("order_line_items", 0, "expire_time"), "2026-12-22T08:00:00Z")
	same(t, "resources", c.resourceQuery(t, `{"order_id":"`+id+`"}`).text("total_count"), "2")
	same(t, "balance", c.get(t, "/v2/accounts/customer-accounts/balances").text("account_balances", 0, "amount"), "9863.20")
	c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99003106")
	same(t, "charged once", len(c.charged()), 1)
	acted := []bool{}
	for _, entry := range c.Requests() {
		if entry.Operation == "pay_order" {
			same(t, "entry", []any{entry.Mutation, entry.OrderID, entry.Method, entry.Path}, []any{true, id, "POST", payPath})
			acted = append(acted, entry.Acted)
		}
	}
	same(t, "acted", acted, []bool{true, false})
}

// The ledger and the order show one time of a payment, also where a second turns
// while it is made.
func TestPaymentTime(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "10.00", "lines": 2})
	c.mu.Lock()
	now := realNow()
	c.world.clock.real = func() time.Time {
		now = now.Add(time.Second)

		return now
	}
	c.mu.Unlock()
	c.pay(t, id).want(t, http.StatusNoContent)
	paid := c.World().Payments[0].At
	details := c.get(t, ordersPath+"/details/"+id)
	same(t, "payment time", details.text("order_info", "payment_time"), paid.Format(time.RFC3339))
}

func TestServerLocksOff(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Settings: map[string]string{"server_locks": "off"}}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "10.00"})
	c.pay(t, id).want(t, http.StatusNoContent)
	c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "charged twice", c.charged(), []string{id + " 10.00 0.00 api", id + " 10.00 0.00 api"})
	canceled := c.placeID(t, map[string]any{"amount": "10.00", "status": 4})
	c.pay(t, canceled).refused(t, http.StatusBadRequest, "CBC.99003106")
}

func TestPayWhileProcessing(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Processing: Transition{Duration: time.Hour}}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "10.00"})
	c.pay(t, id).want(t, http.StatusNoContent)
	c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99003106")
	c.set(t, "repeat_while_processing", "CBC.99000088")
	c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99000088")
	same(t, "charged once", len(c.charged()), 1)
}

func TestPayNotPayable(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	for _, status := range []int{1, 2, 3, 4, 5, 9, 10, 17} {
		id := c.placeID(t, map[string]any{"amount": "10.00"})
		c.act(t, "set_status", map[string]any{"order_id": id, "status": status})
		c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99003106")
	}
	same(t, "nothing charged", c.charged(), []string{})
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "10.00", "deadline": "48h"})
	c.Advance(48*time.Hour - time.Minute)
	same(t, "before", c.status(t, id), "6")
	c.Advance(time.Minute)
	same(t, "after", c.status(t, id), "4")
	c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99003110")
	other := c.placeID(t, map[string]any{"amount": "10.00"})
	c.act(t, "expire_order", map[string]any{"order_id": other})
	c.pay(t, other).refused(t, http.StatusBadRequest, "CBC.99003110")
	c.set(t, "deadline_after_payment", "drop")
	paid := c.placeID(t, map[string]any{"amount": "10.00"})
	c.pay(t, paid).want(t, http.StatusNoContent)
	same(t, "dropped", c.get(t, ordersPath+"/details/"+paid).text("order_info", "pending_payment_end_time"), "")
	c.Advance(8 * 24 * time.Hour)
	same(t, "paid stays paid", c.status(t, paid), "5")
}

func TestFunds(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.act(t, "set_balance", map[string]any{"amount": "6.00", "credit": "3.99"})
	id := c.placeID(t, map[string]any{"amount": "10.00"})
	c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99005003")
	c.payV1(t, id).refused(t, http.StatusBadRequest, "CBC.5003")
	c.act(t, "set_balance", map[string]any{"credit": "5.00"})
	c.pay(t, id).want(t, http.StatusNoContent)
	balances := c.get(t, "/v2/accounts/customer-accounts/balances")
	same(t, "cash before credit", balances.column("account_balances", "amount"), []string{"0.00", "1.00"})
	same(t, "limit", balances.column("account_balances", "credit_amount"), []string{"", "5.00"})
	c.set(t, "monthly_settlement", "on")
	c.pay(t, c.placeID(t, map[string]any{"amount": "99.00"})).want(t, http.StatusNoContent)
}

func TestQuotaAndProjectShort(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	short := c.placeID(t, map[string]any{"amount": "10.00", "quota_short": true})
	answer := c.pay(t, short).refused(t, http.StatusBadRequest, "CBC.99003141")
	same(t, "quota", answer.text("quota_infos", 0, "auth_result"), "1")
	answer = c.payV1(t, short).refused(t, http.StatusBadRequest, "CBC.3141")
	same(t, "quota of v1", answer.text("quotaInfos", 0, "regionCode")+answer.text("quotaInfos", 0, "authResult"), "ap-southeast-31")
	poor := c.placeID(t, map[string]any{"amount": "10.00", "project_funds_short": true, "enterprise_project_id": "p7"})
	answer = c.pay(t, poor).refused(t, http.StatusBadRequest, "CBC.99003155")
	same(t, "project", answer.text("enterprise_project_auth_result", 0, "enterprise_project_id"), "p7")
	answer = c.payV1(t, poor).refused(t, http.StatusBadRequest, "CBC.3155")
	same(t, "project of v1", answer.text("enterpriseProjectAuthResult", 0, "enterpriseProjectId"), "p7")
	same(t, "nothing charged", c.charged(), []string{})
}

func TestCustody(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Settings: map[string]string{"custody": "on"}}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "10.00"})
	agent := func() string {
		return c.get(t, ordersPath+"?order_id="+id).text("order_infos", 0, "agent_pay_info", "is_agent_pay")
	}
	same(t, "before", agent(), "false")
	c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "still unpaid", c.status(t, id), "6")
	same(t, "delegated", agent(), "true")
	c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "nothing charged", c.charged(), []string{})
	c.act(t, "pay_order", map[string]any{"order_id": id})
	same(t, "paid by the master", c.charged(), []string{id + " 10.00 0.00 console"})
	same(t, "completed", c.status(t, id), "5")
	c.set(t, "custody", "off")
	delegated := c.placeID(t, map[string]any{"amount": "10.00", "agent_pay": true})
	c.pay(t, delegated).want(t, http.StatusNoContent)
	same(t, "placed for the master", c.status(t, delegated), "6")
}

func TestReprice(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "10.00", "lines": 2})
	c.act(t, "reprice_order", map[string]any{"order_id": id, "amount": "12.01"})
	details := c.get(t, ordersPath+"/details/"+id)
	same(t, "amount", details.text("order_info", "amount_after_discount"), "12.01")
	same(t, "lines", details.column("order_line_items", "amount_after_discount"), []string{"6.01", "6.00"})
	c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "charged", c.charged(), []string{id + " 12.01 0.00 api"})
}

func TestPayV1(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "10.00"})
	path := "/v1.0/" + domainID + "/customer/order-mgr/order/pay"
	c.must(t, http.MethodPost, path, `{"orderId":"`+id+`","payAccountType":2}`).refused(t, http.StatusOK, "CBC.5023")
	c.must(t, http.MethodPost, path, `{"orderId":"`+id+`","couponIds":["a"]}`).refused(t, http.StatusBadRequest, "CBC.0100")
	c.must(t, http.MethodPost, path, `{"order_id":"`+id+`"}`).refused(t, http.StatusBadRequest, "CBC.0100")
	c.must(t, http.MethodPost, strings.Replace(path, domainID, "somebody", 1), `{"orderId":"`+id+`"}`).
		refused(t, http.StatusForbidden, "CBC.0155")
	c.payV1(t, "nothing").refused(t, http.StatusInternalServerError, "CBC.30000010")
	same(t, "nothing charged", c.charged(), []string{})
	answer := c.must(t, http.MethodPost, path, `{"orderId":"`+id+`","payAccountType":1}`).refused(t, http.StatusOK, "CBC.0000")
	same(t, "trade number", answer.text("tradeNo"), "TR0000000001")
	c.payV1(t, id).refused(t, http.StatusOK, "CBC.3106")
	same(t, "charged once", c.charged(), []string{id + " 10.00 0.00 api"})
	c.set(t, "v1_error_status", "200")
	c.payV1(t, "nothing").refused(t, http.StatusOK, "CBC.30000010")
}
