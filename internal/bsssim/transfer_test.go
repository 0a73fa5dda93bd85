// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"testing"
	"time"
)

const (
	transferAmountPath = "/v2/enterprises/multi-accounts/transfer-amount"
	retrieveAmountPath = "/v2/enterprises/multi-accounts/retrieve-amount"
	transferCouponPath = "/v2/enterprises/multi-accounts/transfer-coupon"
	retrieveCouponPath = "/v2/enterprises/multi-accounts/retrieve-coupon"
	reusableCoupon     = "CP2611220000002"
)

// move sends a transfer to or from the first member.
func (c *client) move(t *testing.T, path, id string, more map[string]any) reply {
	t.Helper()
	body := map[string]any{"customer_id": demoMember(1), "trans_id": id}
	if path == transferAmountPath || path == retrieveAmountPath {
		body["amount"] = "30.00"
	}
	maps.Copy(body, more)
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}

	return c.must(t, http.MethodPost, path, string(data))
}

// conserved holds all that the customer and the members have together, by account,
// against what it was, and the transfers of the world against what they hold.
func (c *client) conserved(t *testing.T, what string) {
	t.Helper()
	sums := map[string]Amount{}
	add := func(balances []*Balance, coupons []*Coupon) {
		for _, b := range balances {
			name := changesOf(b.Type) + " " + wireInstant(b.ExpireTime)
			sums[name] = sums[name].plus(b.Amount)
		}
		for _, coupon := range coupons {
			if coupon.Type == couponCash && coupon.Status == couponAvailable {
				sums[coupon.CouponID] = sums[coupon.CouponID].plus(coupon.remaining())
			}
		}
	}
	w := c.World()
	add(w.Balances, w.Coupons)
	for _, m := range w.Enterprise.Members {
		add(m.Balances, m.Coupons)
	}
	same(t, what+": money", sums, map[string]Amount{
		changesOfBalance + " ": "1120.00", changesOfCredit + " ": "550.00", "CP2611220000001": "10.00", reusableCoupon: "70.00",
	})
	booked := map[string]Amount{}
	for _, change := range w.Changes {
		if change.TransferID != "" {
			booked[change.Account] = booked[change.Account].plus(change.Amount)
		}
	}
	for _, moved := range w.Transfers {
		amount := moved.Amount
		if moved.Retrieved {
			amount = Amount("0").minus(amount)
		}
		booked[moved.Account] = booked[moved.Account].plus(amount)
	}
	for account, left := range booked {
		same(t, what+": books of "+account, left, Amount("0.00"))
	}
}

func TestTransfers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	c.conserved(t, "before")
	funds := func(account string) string {
		own := c.get(t, transferablePath+account).text("amount_infos", 0, "avail_transfer_amount")
		theirs := c.get(t, retrievablePath+account+"&sub_customer_id="+demoMember(1)).text("amount_infos", 0, "avail_retrieve_amount")

		return own + " " + theirs
	}
	for _, step := range []struct {
		path, id, account, want string
		more                    map[string]any
	}{
		{transferAmountPath, "a", changesOfBalance, "970.00 150.00", nil},
		{retrieveAmountPath, "b", changesOfBalance, "1000.00 120.00", nil},
		{transferAmountPath, "c", changesOfCredit, "470.00 80.00", map[string]any{"balance_type": changesOfCredit}},
		{retrieveAmountPath, "d", changesOfCredit, "480.00 70.00", map[string]any{"balance_type": changesOfCredit, "amount": "10"}},
	} {
		answer := c.move(t, step.path, step.id, step.more).want(t, http.StatusNoContent)
		same(t, step.id+": body", answer.raw, "")
		same(t, step.id, funds(step.account), step.want)
		c.conserved(t, step.id)
		same(t, step.id+": acted", c.Requests()[len(c.Requests())-3].Acted, true)
	}
	given := c.move(t, transferCouponPath, "e", map[string]any{"coupon_id": reusableCoupon, "amount": "15.5"}).want(t, http.StatusOK)
	c.conserved(t, "coupon")
	sub := given.text("sub_coupon_id")
	rows := c.get(t, retrievableCouponPath+demoMember(1)).rows(t, "avail_retrieve_coupons")
	same(t, "parts", columns(rows, "sub_coupon_id", "balance"), []string{reusableCoupon + "-1 20.00", sub + " 15.50"})
	back := c.move(t, retrieveCouponPath, "f", map[string]any{"coupon_id": reusableCoupon, "sub_coupon_id": sub}).want(t, http.StatusOK)
	same(t, "back", back.text("real_retrieve_amout"), "15.50")
	c.conserved(t, "coupon back")
	once := c.move(t, transferCouponPath, "g", map[string]any{"coupon_id": "CP2611220000001", "amount": "10.00"}).want(t, http.StatusOK)
	c.conserved(t, "whole coupon")
	c.move(t, retrieveCouponPath, "h", map[string]any{"coupon_id": "CP2611220000001", "sub_coupon_id": once.text("sub_coupon_id")}).
		want(t, http.StatusOK)
	c.conserved(t, "whole coupon back")
	same(t, "transferable again", len(c.get(t, transferableCouponPath).rows(t, "avail_transfer_coupons")), 2)
	books := c.get(t, couponChangesPath+"?balance_type="+changesOfCoupons+"&coupon_id="+reusableCoupon)
	same(t, "books", columns(books.rows(t, "records"), "trade_detail_type", "change_amount", "balance_after_change")[:2], []string{
		"SOURCE_OPERATION_RETRIEVE 15.50 50.00", "SOURCE_OPERATION_TRANSFER 15.50 34.50",
	})
	same(t, "transfers", len(c.World().Transfers), 8)
}

// A trans_id is taken once, for as long as it is kept, and a refused one as a setting
// says.
func TestTransferIDs(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	c.move(t, transferAmountPath, "a", nil).want(t, http.StatusNoContent)
	c.move(t, transferAmountPath, "a", map[string]any{"amount": "1"}).refused(t, http.StatusBadRequest, "CBC.99007009")
	c.move(t, transferAmountPath, "b", map[string]any{"amount": "5000"}).refused(t, http.StatusBadRequest, "CBC.99005003")
	c.move(t, transferAmountPath, "b", nil).want(t, http.StatusNoContent)
	c.set(t, "trans_id_burnt_by_refusal", "on")
	c.move(t, transferAmountPath, "c", map[string]any{"amount": "5000"}).refused(t, http.StatusBadRequest, "CBC.99005003")
	c.move(t, transferAmountPath, "c", nil).refused(t, http.StatusBadRequest, "CBC.99007009")
	c.set(t, "trans_id_kept_for", "1h")
	c.Advance(2 * time.Hour)
	c.move(t, transferAmountPath, "a", nil).want(t, http.StatusNoContent)
	for range 2 {
		body := fmt.Sprintf(`{"customer_id":%q,"amount":"1.00"}`, demoMember(1))
		c.must(t, http.MethodPost, transferAmountPath, body).want(t, http.StatusNoContent)
	}
	same(t, "transfers", len(c.World().Transfers), 5)
	c.conserved(t, "after")
	if _, err := New(Options{InProcess: true, Settings: map[string]string{"trans_id_kept_for": "long"}}); err == nil {
		t.Error("any text is a duration")
	}
}

// What operations.json does not allow, and what cannot be moved, is refused, and moves
// nothing.
func TestTransfersRefused(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	ended, part := map[string]any{"balance_type": changesOfCredit, "expire_time": "2020-01-01T00:00:00Z"}, reusableCoupon+"-1"
	for i, test := range []struct {
		path, code string
		more       map[string]any
	}{
		{transferAmountPath, "CBC.0100", map[string]any{"amount": "0"}},
		{transferAmountPath, "CBC.0100", map[string]any{"amount": "-1"}},
		{transferAmountPath, "CBC.0100", map[string]any{"amount": "1.001"}},
		{transferAmountPath, "CBC.0100", map[string]any{"amount": 1}},
		{transferAmountPath, "CBC.0100", map[string]any{"customer_id": "nobody"}},
		{transferAmountPath, "CBC.0100", map[string]any{"trans_id": "123456789012345678901234567890123"}},
		{transferAmountPath, "CBC.0100", map[string]any{"balance_type": changesOfCoupons}},
		{transferAmountPath, "CBC.0100", map[string]any{"expire_time": "2030-01-01T00:00:00Z"}},
		{transferAmountPath, "CBC.0100", map[string]any{"balance_type": changesOfCredit, "expire_time": "2030-01-01T00:00:00Z"}},
		{transferAmountPath, "CBC.99007181", ended},
		{transferAmountPath, "CBC.99007004", map[string]any{"customer_id": demoMember(3)}},
		{transferAmountPath, "CBC.99005003", map[string]any{"amount": "1000.01"}},
		{retrieveAmountPath, "CBC.99005003", map[string]any{"amount": "120.01"}},
		{transferCouponPath, "CBC.0100", map[string]any{"coupon_id": reusableCoupon, "amount": "50.01"}},
		{transferCouponPath, "CBC.0100", map[string]any{"coupon_id": "CP2611220000001", "amount": "9.00"}},
		{transferCouponPath, "CBC.0100", map[string]any{"coupon_id": "CP2611220000003", "amount": "0.50"}},
		{transferCouponPath, "CBC.0100", map[string]any{"coupon_id": reusableCoupon}},
		{retrieveCouponPath, "CBC.0100", map[string]any{"coupon_id": reusableCoupon, "sub_coupon_id": "x"}},
		{retrieveCouponPath, "CBC.0100", map[string]any{"coupon_id": "CP2611220000001", "sub_coupon_id": part}},
		{retrieveCouponPath, "CBC.0100", map[string]any{"coupon_id": reusableCoupon, "sub_coupon_id": part, "amount": "1"}},
	} {
		c.move(t, test.path, fmt.Sprint(i), test.more).refused(t, http.StatusBadRequest, test.code)
	}
	c.act(t, "hold_transfer", map[string]any{"for": "1m"})
	c.move(t, transferAmountPath, "held", nil).refused(t, http.StatusBadRequest, "CBC.99007461")
	c.set(t, "enterprise_master", "CBC.0151")
	c.move(t, transferAmountPath, "member", nil).refused(t, http.StatusForbidden, "CBC.0151")
	c.set(t, "enterprise_master", "on")
	c.conserved(t, "after")
	same(t, "transfers", len(c.World().Transfers), 0)
	c.Advance(time.Minute)
	c.set(t, "retrieve_amount_status", "200")
	same(t, "200", c.move(t, retrieveAmountPath, "held", nil).want(t, http.StatusOK).raw, "")
	abroad := start(t, Options{Seed: "demo"})
	abroad.move(t, transferAmountPath, "a", nil).refused(t, http.StatusNotFound, "APIG.0101")
}

// Reads show a transfer after the lag, and records as a setting says.
func TestTransfersLag(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo", Lag: Transition{Duration: time.Hour}})
	seen := func() string {
		all := c.get(
			t,
			transferablePath+changesOfBalance,
		).raw + c.get(
			t,
			retrievablePath+changesOfBalance+"&sub_customer_id="+demoMember(1),
		).raw +
			c.get(
				t,
				transferableCouponPath,
			).raw + c.get(
			t,
			retrievableCouponPath+demoMember(1),
		).raw +
			c.get(
				t,
				"/v2/accounts/customer-accounts/balances",
			).raw

		return all + c.get(
			t,
			accountChangesPath+"?balance_type="+changesOfBalance,
		).raw + c.get(
			t,
			couponChangesPath+"?balance_type="+changesOfCoupons,
		).raw
	}
	before := seen()
	c.move(t, transferAmountPath, "a", nil).want(t, http.StatusNoContent)
	c.move(t, retrieveAmountPath, "b", map[string]any{"amount": "7.00"}).want(t, http.StatusNoContent)
	c.move(t, transferCouponPath, "c", map[string]any{"coupon_id": reusableCoupon, "amount": "50.00"}).want(t, http.StatusOK)
	c.move(t, transferCouponPath, "d", map[string]any{"coupon_id": "CP2611220000001", "amount": "10.00"}).want(t, http.StatusOK)
	c.move(t, retrieveCouponPath, "e", map[string]any{"coupon_id": reusableCoupon, "sub_coupon_id": reusableCoupon + "-1"}).
		want(t, http.StatusOK)
	same(t, "lagging", seen(), before)
	c.Advance(time.Hour)
	same(t, "cash", c.get(t, transferablePath+changesOfBalance).text("amount_infos", 0, "avail_transfer_amount"), "977.00")
	same(t, "coupons", columns(c.get(t, transferableCouponPath).rows(t, "avail_transfer_coupons"), "balance"), []string{"20.00"})
	trade := func(more string) string {
		return c.get(t, accountChangesPath+"?balance_type="+changesOfBalance+more).text("total_count")
	}
	all := trade("")
	same(t, "by an id of its own", trade("&trade_id=a"), "0")
	c.set(t, "transfer_records", "trans_id")
	same(t, "by the id", trade("&trade_id=a"), "1")
	c.set(t, "transfer_records", "none")
	same(t, "none", all+" "+trade(""), "3 1")
	c.conserved(t, "after")
}

func TestConsoleTransfers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	c.act(t, "transfer", map[string]any{"member_id": demoMember(1), "amount": "30.00"})
	c.act(t, "transfer", map[string]any{"member_id": demoMember(1), "amount": "5.00", "retrieved": true})
	c.act(t, "transfer", map[string]any{"member_id": demoMember(1), "amount": "5.00", "coupon_id": reusableCoupon})
	c.conserved(t, "console")
	same(t, "by", c.World().Transfers[2].By, "console")
	for _, values := range []map[string]any{
		{"member_id": "x", "amount": "1"}, {"member_id": demoMember(1), "amount": "5000"},
		{"member_id": demoMember(1), "amount": "1", "coupon_id": "x"},
	} {
		if _, err := c.Console("transfer", values); err == nil {
			t.Errorf("%v is taken", values)
		}
	}
	if _, err := c.Console("hold_transfer", map[string]any{"for": "long"}); err == nil {
		t.Error("any text is a duration")
	}
}
