// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const (
	accountChangesPath = "/v2/accounts/customer-accounts/account-change-records"
	couponChangesPath  = "/v2/promotions/benefits/account-change-records"
	cardsPath          = "/v2/promotions/benefits/stored-value-cards"
	quotaPath          = "/v2/accounts/customer-accounts/expenditure-quota"
)

// changes are the changes of an account, the newest first, as "direction type
// amount after trade".
func (c *client) changes(t *testing.T, path, account, query string) []string {
	t.Helper()
	answer := c.get(t, path+"?balance_type="+account+query)
	list := []string{}
	for i := range answer.column("records", "trade_id") {
		field := func(name string) string { return answer.text("records", i, name) }
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", field("revenue_expense_type"), field("trade_detail_type"),
			field("change_amount"), field("balance_after_change"), field("trade_id"))))
	}

	return list
}

// The changes of an account follow what happens to its money.
func TestChangesFollowTheMoney(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina})
	c.act(t, "set_balance", map[string]any{"amount": "100.00", "credit": "50.00"})
	c.act(t, "add_coupon", map[string]any{"id": "CP1", "face_value": "30.00", "version": 2})
	c.act(t, "add_coupon", map[string]any{"id": "CP2", "type": 2, "face_value": "0.90"})
	order := c.placeID(t, map[string]any{"amount": "140.00"})
	c.act(t, "pay_order", map[string]any{"order_id": order, "coupon_ids": []string{"CP1"}})
	c.act(t, "add_resource", map[string]any{"resource_id": "r1", "monthly_price": "30.00"})
	refund := fmt.Sprint(c.act(t, "unsubscribe", map[string]any{"resource_id": "r1", "refund": "20.00"})["order_id"])
	c.act(t, "set_balance", map[string]any{"amount": "15.00"})

	same(t, "balance", c.changes(t, accountChangesPath, changesOfBalance, ""), []string{
		"EXPENSE SOURCE_OPERAIION_ADJUST 5.00 15.00",
		"REVENUE SOURCE_OPERAIION_UNSUBSCRIBE 20.00 20.00 " + refund,
		"EXPENSE SOURCE_OPERAIION_DEDEUCT 100.00 0.00 " + order,
		"REVENUE SOURCE_OPERAIION_RECHARGE 100.00 100.00",
	})
	same(t, "credit", c.changes(t, accountChangesPath, changesOfCredit, ""), []string{
		"EXPENSE SOURCE_OPERAIION_DEDEUCT 10.00 40.00 " + order, "REVENUE SOURCE_OPERAIION_ADJUST_CREDIT 50.00 50.00",
	})
	same(t, "coupons", c.changes(t, couponChangesPath, changesOfCoupons, ""), []string{
		"EXPENSE SOURCE_OPERAIION_DEDEUCT 30.00 0.00 " + order, "REVENUE SOURCE_OPERAIION_PRIZE 30.00 30.00",
	})
	c.set(t, "change_amounts", "signed")
	same(t, "signed", c.changes(t, accountChangesPath, changesOfCredit, "&trade_type=DEDEUCT"), []string{
		"EXPENSE SOURCE_OPERAIION_DEDEUCT -10.00 40.00 " + order,
	})
}

// What is left of a coupon at its end is taken out.
func TestChangesOfExpiredCoupons(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina})
	c.act(t, "add_coupon", map[string]any{"id": "CP1", "face_value": "30.00"})
	c.act(t, "expire_coupon", map[string]any{"coupon_id": "CP1"})
	same(t, "coupons", c.changes(t, couponChangesPath, changesOfCoupons, "&revenue_expense_type=EXPENSE"), []string{
		"EXPENSE SOURCE_OPERAIION_EXPIRECLEAR 30.00 0.00",
	})
}

func TestChangesFilters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	c.act(t, "pay_order", map[string]any{"order_id": "CS2611220000001"})
	for query, want := range map[string]int{
		"": 2, "&revenue_expense_type=EXPENSE": 1, "&trade_type=DEDEUCT": 1, "&trade_type=RECHARGE": 1, "&trade_type=REFUND": 0,
		"&trade_id=CS2611220000001": 1, "&trade_id=": 1, "&payment_channel_id=2": 1, "&payment_channel_no=N1": 0,
		"&trade_time_begin=2026-11-22&trade_time_end=2026-11-22": 2, "&trade_time_begin=2026-11-23&trade_time_end=2026-11-24": 0,
		"&trade_time_end=2026-11-21": 0, "&limit=1&offset=1": 1,
	} {
		if got := c.changes(t, accountChangesPath, changesOfBalance, query); len(got) != want {
			t.Errorf("%s: %v, want %d", query, got, want)
		}
	}
	for _, query := range []string{
		"", "?balance_type=BALANCE_TYPE_COUPON", "?balance_type=BALANCE_TYPE_DEBIT&trade_time_begin=",
		"?balance_type=BALANCE_TYPE_DEBIT&trade_type=DEDUCT",
		"?balance_type=BALANCE_TYPE_DEBIT&trade_time_begin=2026-11-23&trade_time_end=2026-11-22",
	} {
		c.must(t, http.MethodGet, accountChangesPath+query, "").want(t, http.StatusBadRequest)
	}
	for _, query := range []string{"&trade_type=", "&revenue_expense_type="} {
		c.must(t, http.MethodGet, couponChangesPath+"?balance_type=BALANCE_TYPE_COUPON"+query, "").want(t, http.StatusBadRequest)
	}
}

func TestCards(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	c.act(t, "add_card", map[string]any{"id": "SC1", "face_value": "10", "balance": "4.50", "effective_time": "24h", "expire_time": "48h"})
	same(t, "available", c.get(t, cardsPath+"?status=1").column("stored_value_cards", "card_id"), []string{"SC0000000001", "SC1"})
	same(t, "used up", c.get(t, cardsPath+"?status=2").column("stored_value_cards", "balance"), []string{"0.00"})
	same(
		t,
		"one",
		c.get(t, cardsPath+"?status=1&card_id=SC1").column("stored_value_cards", "effective_time"),
		[]string{"2026-11-23T08:00:00Z"},
	)
	same(t, "none", c.get(t, cardsPath+"?status=1&card_id=").text("total_count"), "0")
	c.must(t, http.MethodGet, cardsPath, "").want(t, http.StatusBadRequest)
	c.must(t, http.MethodGet, cardsPath+"?status=3", "").want(t, http.StatusBadRequest)
}

func TestExpenditureQuota(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteInternational})
	same(t, "none", c.get(t, quotaPath).text("percentage_granting_amount_used"), "0.00")
	c.act(t, "set_quota", map[string]any{"amount": "300", "used": "100"})
	answer := c.get(t, quotaPath)
	same(t, "used", answer.text("granting_amount_used")+" "+answer.text("percentage_granting_amount_used"), "100.00 33.33")
	china := start(t, Options{Site: SiteChina})
	china.must(t, http.MethodGet, quotaPath, "").want(t, http.StatusNotFound)
	c.must(t, http.MethodGet, cardsPath+"?status=1", "").want(t, http.StatusNotFound)
}
