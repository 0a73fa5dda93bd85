// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Change is an entry in the books of the balance, of the credit, or of a cash
// coupon. Amount is negative if something was taken out.
type Change struct {
	ID      string    `json:"id"`
	Account string    `json:"account"`
	Coupon  string    `json:"coupon_id,omitempty"`
	Trade   string    `json:"trade_type"`
	Detail  string    `json:"trade_detail_type"`
	OrderID string    `json:"order_id,omitempty"`
	Service string    `json:"service_type_code,omitempty"`
	Amount  Amount    `json:"amount"`
	After   Amount    `json:"balance_after"`
	At      time.Time `json:"at"`
	// TransferID is set of transfers: the id that they were sent with, or one of the
	// server's.
	TransferID string `json:"transfer_id,omitempty"`
}

// The accounts of changes, as the calls name them.
//
//nolint:gosec // these are names of accounts; none is a credential
const (
	changesOfBalance = "BALANCE_TYPE_DEBIT"
	changesOfCredit  = "BALANCE_TYPE_CREDIT"
	changesOfCoupons = "BALANCE_TYPE_COUPON"
)

// Trade types, and what the details of changes begin with, spelled as the API
// spells them.
const (
	tradeExpense = "DEDEUCT"
	tradeTopUp   = "RECHARGE"
	tradeRefund  = "REFUND"
	tradeAdjust  = "ADJUST"
	tradeExpired = "EXPIRED"
	tradeDetails = "SOURCE_OPERAIION_"
)

// changesOf is the account that a balance's changes are listed for.
func changesOf(kind int) string {
	if kind == accountCredit {
		return changesOfCredit
	}

	return changesOfBalance
}

// book enters a change. What changes nothing is not entered.
func (w *world) book(change Change) {
	if change.Amount.cmp("0") == 0 {
		return
	}
	change.ID = fmt.Sprintf("AC%010d", w.next("change"))
	if change.At.IsZero() {
		change.At = w.clock.now()
	}
	w.Changes = append(w.Changes, change)
}

// accountDetails are the details of the changes of accounts by their trade type.
var accountDetails = map[string]string{
	tradeExpense: tradeExpense, tradeTopUp: tradeTopUp, tradeRefund: "UNSUBSCRIBE", tradeAdjust: tradeAdjust,
	tradeExpired: "EXPIRECLEAR",
}

// bookBalance enters a change of the balance or the credit, which has it by now.
func (w *world) bookBalance(kind int, trade string, amount Amount, o *Order) {
	detail := accountDetails[trade]
	if kind == accountCredit && trade == tradeAdjust {
		detail = "ADJUST_CREDIT"
	}
	change := Change{Account: changesOf(kind), Trade: trade, Detail: tradeDetails + detail, Amount: amount, After: w.held(kind)}
	if o != nil {
		change.OrderID, change.Service = o.OrderID, o.ServiceTypeCode
	}
	w.book(change)
}

// held is what the accounts of a kind hold.
func (w *world) held(kind int) Amount {
	sum := Amount("0.00")
	for _, b := range w.Balances {
		if b.Type == kind {
			sum = sum.plus(b.Amount)
		}
	}

	return sum
}

// bookCoupon enters a change of a coupon that holds money.
func (w *world) bookCoupon(c *Coupon, trade, detail string, amount, after Amount, o *Order) {
	if c.Type == couponDiscount {
		return
	}
	change := Change{Account: changesOfCoupons, Coupon: c.CouponID, Trade: trade, Detail: tradeDetails + detail, Amount: amount, After: after}
	if o != nil {
		change.OrderID, change.Service = o.OrderID, o.ServiceTypeCode
	}
	w.book(change)
}

// changes are those that a call asks for, the newest first.
func (w *world) changes(c *call) ([]Change, error) {
	now := w.clock.now().In(utc8)
	from, until := now.AddDate(-1, 0, 0).Format(time.DateOnly), now.Format(time.DateOnly)
	if c.has("trade_time_begin") {
		from = c.text("trade_time_begin")
	}
	if c.has("trade_time_end") {
		until = c.text("trade_time_end")
	}
	if until < from {
		return nil, badParameter("trade_time_end", "before trade_time_begin")
	}
	// A filter that is empty is one that nothing fits.
	fits := func(name, value string) bool { return !c.has(name) || c.text(name) == value }
	var found []Change
	for _, change := range slices.Backward(w.Changes) {
		day := change.At.In(utc8).Format(time.DateOnly)
		if change.Account == c.text("balance_type") && !w.hides(&change) && from <= day && day <= until &&
			fits("revenue_expense_type", change.direction()) && fits("trade_type", change.Trade) && fits("trade_id", w.tradeID(&change)) &&
			fits("coupon_id", change.Coupon) && fits("payment_channel_id", change.channel()) && fits("payment_channel_no", "") {
			found = append(found, change)
		}
	}

	return found, nil
}

func (change *Change) direction() string {
	if change.Amount.positive() {
		return "REVENUE"
	}

	return "EXPENSE"
}

// channel is the way on which money came: by bank, or on none.
func (change *Change) channel() string {
	if change.Trade == tradeTopUp {
		return "2"
	}

	return "0"
}

// listAccountChangeRecords answers the changes of the balance or the credit.
func listAccountChangeRecords(w *world, c *call) (answer, error) {
	return w.listChanges(c, func(change *Change, record map[string]any) {
		record["account_change_id"] = change.ID
		record["payment_channel_id"], record["payment_channel_no"] = change.channel(), ""
		record["consume_time"] = wireInstant(change.At)
	})
}

// listCouponChangeRecords answers the changes of cash coupons.
func listCouponChangeRecords(w *world, c *call) (answer, error) {
	return w.listChanges(c, func(change *Change, record map[string]any) { record["coupon_id"] = change.Coupon })
}

func (w *world) listChanges(c *call, own func(*Change, map[string]any)) (answer, error) {
	found, err := w.changes(c)
	if err != nil {
		return answer{}, err
	}
	records := []map[string]any{}
	for _, change := range page(c, found, 10) {
		amount := change.Amount
		if w.setting("change_amounts") == "unsigned" {
			amount = amount.size()
		}
		record := map[string]any{
			"trade_detail_type": change.Detail, "trade_time": wireInstant(change.At), "trade_id": w.tradeID(&change),
			"change_amount": amount, "balance_after_change": change.After, "revenue_expense_type": change.direction(),
			"bill_cycle": monthOf(change.At), "account_name": "demo-user",
			"cloud_service_type_name": "", "resource_type_name": "",
		}
		if change.Service != "" {
			record["cloud_service_type_name"] = w.serviceName(change.Service, "")
			record["resource_type_name"] = w.resourceTypeName(resourceType(change.Service), "")
		}
		own(&change, record)
		records = append(records, record)
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"total_count": len(found), "currency": w.currency(), "records": records,
	}}, nil
}
