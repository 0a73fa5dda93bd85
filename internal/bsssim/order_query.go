// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"net/http"
	"slices"
	"sort"
	"time"
)

// maxWindow is the longest range of times that the order list takes.
const maxWindow = 366 * 24 * time.Hour

// listOrders answers the orders that match the filters, newest first unless
// order_by says otherwise.
func listOrders(w *world, c *call) (answer, error) {
	created, err := c.yearWindow("create_time_begin", "create_time_end")
	if err != nil {
		return answer{}, err
	}
	paid, err := c.yearWindow("payment_time_begin", "payment_time_end")
	if err != nil {
		return answer{}, err
	}
	found := []*Order{}
	ofMembers := c.text("method") == "sub_customer"
	for _, o := range w.listed(c.text("order_id")) {
		if (w.membersByID[o.CustomerID] != nil) == ofMembers && c.matchesText("service_type_code", o.ServiceTypeCode) &&
			c.matchesNumber("status", o.Status) && c.matchesText("order_type", itoa(o.OrderType)) &&
			within(o.CreateTime, created[0], created[1]) && within(o.PaymentTime, paid[0], paid[1]) {
			found = append(found, o)
		}
	}
	if c.text("order_by") == "createTime" {
		slices.Reverse(found)
	}
	infos := []wireOrder{}
	for _, o := range page(c, found, 10) {
		info := w.wireOrder(o, c.language)
		info.AgentPay = &wireAgentPay{IsAgentPay: o.AgentPay}
		if o.AgentPay {
			info.AgentPay.PayingAgentID = masterID
		}
		for _, sub := range w.members(o)[1:] {
			info.SubOrders = append(info.SubOrders, w.wireOrder(sub, c.language))
		}
		infos = append(infos, info)
	}

	return answer{status: http.StatusOK, body: map[string]any{"total_count": len(found), "order_infos": infos}}, nil
}

func (c *call) yearWindow(begin, end string) ([2]time.Time, error) {
	from, until, err := c.window(begin, end)
	if err == nil && !from.IsZero() && !until.IsZero() && until.Sub(from) > maxWindow {
		err = badParameter(end, "more than one year after %s", begin)
	}

	return [2]time.Time{from, until}, err
}

// listed are the orders as reads see them, newest first: all, or the one with
// the id. Sub-orders show only by their id, unless a setting says otherwise.
func (w *world) listed(id string) []*Order {
	if id != "" {
		o := w.lookAt(id)
		if o == nil || o.ParentID != "" && w.setting("sub_orders") == "hidden" {
			return nil
		}

		return []*Order{o}
	}
	parts := w.setting("sub_orders") == "listed"
	now := w.clock.now()
	var all []*Order
	for _, stored := range w.newestFirst() {
		if stored.ParentID != "" && !parts {
			continue
		}
		if o := w.look(stored, now); o != nil {
			all = append(all, o)
		}
	}

	return all
}

// newestFirst are all orders by their time of creation, which never changes.
func (w *world) newestFirst() []*Order {
	if len(w.newest) != len(w.Orders) {
		w.newest = slices.Clone(w.Orders)
		slices.Reverse(w.newest)
		sort.SliceStable(w.newest, func(i, j int) bool { return w.newest[i].CreateTime.After(w.newest[j].CreateTime) })
	}

	return w.newest
}

// lookAt reads the order with an id.
func (w *world) lookAt(id string) *Order {
	o := w.orders[id]
	if o == nil {
		return nil
	}

	return w.look(o, w.clock.now())
}

// look reads an order: the read counts for its transitions, and may see an
// older state.
func (w *world) look(o *Order, now time.Time) *Order {
	if whole := w.whole(o); whole.Processing != nil {
		w.settleOrder(whole, now)
		whole.Processing.look()
		w.dirty = true
	}

	seen := w.orderLag.read(o.OrderID, o, now)
	if seen != nil && seen.UnderReview && w.setting("review_shows") == "nothing" {
		return nil
	}

	return seen
}

// whole is the order itself or the combined order that it is part of.
func (w *world) whole(o *Order) *Order {
	if o.ParentID == "" {
		return o
	}
	if parent := w.orders[o.ParentID]; parent != nil {
		return parent
	}

	return o
}

// getOrder answers one order with a page of its lines.
func getOrder(w *world, c *call) (answer, error) {
	o := w.lookAt(c.text("order_id"))
	if o == nil {
		if w.setting("unknown_order") == "error" {
			return answer{}, rejected("CBC.0101")
		}

		return answer{status: http.StatusOK, body: map[string]any{"total_count": 0, "order_line_items": []any{}}}, nil
	}
	info := w.wireOrder(o, c.language)
	info.describe(o)
	var lines []wireLine
	for _, member := range w.members(o) {
		if member != o {
			sub := w.wireOrder(member, c.language)
			sub.describe(member)
			info.SubOrders = append(info.SubOrders, sub)
		}
		for i := range member.Lines {
			lines = append(lines, w.wireLine(member, &member.Lines[i], c.language))
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"total_count": len(lines), "order_info": info, "order_line_items": orEmpty(page(c, lines, 10)),
	}}, nil
}

type wireOrder struct {
	OrderID             string              `json:"order_id"`
	CustomerID          string              `json:"customer_id"`
	ServiceTypeCode     string              `json:"service_type_code"`
	ServiceTypeName     string              `json:"service_type_name"`
	SourceType          int                 `json:"source_type"`
	Status              int                 `json:"status"`
	OrderType           int                 `json:"order_type"`
	AmountAfterDiscount json.Number         `json:"amount_after_discount"`
	OfficialAmount      json.Number         `json:"official_amount"`
	MeasureID           int                 `json:"measure_id"`
	CreateTime          string              `json:"create_time"`
	PaymentTime         string              `json:"payment_time,omitempty"`
	Currency            string              `json:"currency"`
	ContractID          string              `json:"contract_id"`
	AmountInfo          wireAmountInfo      `json:"amount_info"`
	UserName            string              `json:"user_name,omitempty"`
	PendingPaymentEnd   string              `json:"pending_payment_end_time,omitempty"`
	EnterpriseProjects  []EnterpriseProject `json:"enterprise_projects,omitempty"`
	SubOrders           []wireOrder         `json:"sub_order_infos,omitempty"`
	AgentPay            *wireAgentPay       `json:"agent_pay_info,omitempty"`
}

type wireAgentPay struct {
	PayingAgentID string `json:"paying_agent_id"`
	IsAgentPay    bool   `json:"is_agent_pay"`
}

type wireAmountInfo struct {
	Discounts        []wireApplied `json:"discounts"`
	FlexiAmount      json.Number   `json:"flexipurchase_coupon_amount"`
	CouponAmount     json.Number   `json:"coupon_amount"`
	StoredCardAmount json.Number   `json:"stored_card_amount"`
	CommissionAmount *json.Number  `json:"commission_amount,omitempty"`
	ConsumedAmount   *json.Number  `json:"consumed_amount,omitempty"`
}

type wireApplied struct {
	Type   string      `json:"discount_type"`
	Amount json.Number `json:"discount_amount"`
}

type wireProduct struct {
	ProductID       string `json:"product_id"`
	ProductSpecDesc string `json:"product_spec_desc"`
}

type wireLine struct {
	ID                  string         `json:"order_line_item_id"`
	ServiceTypeCode     string         `json:"service_type_code"`
	ServiceTypeName     string         `json:"service_type_name"`
	ProductID           string         `json:"product_id"`
	ProductSpecDesc     string         `json:"product_spec_desc"`
	PeriodType          int            `json:"period_type"`
	PeriodNum           *int           `json:"period_num"`
	EffectiveTime       string         `json:"effective_time,omitempty"`
	ExpireTime          string         `json:"expire_time,omitempty"`
	SubscriptionNum     int            `json:"subscription_num"`
	AmountAfterDiscount json.Number    `json:"amount_after_discount"`
	OfficialAmount      json.Number    `json:"official_amount"`
	AmountInfo          wireAmountInfo `json:"amount_info"`
	Currency            string         `json:"currency"`
	CategoryCode        string         `json:"category_code"`
	BaseProduct         wireProduct    `json:"base_product_info"`
	OrderID             string         `json:"order_id"`
}

func (w *world) wireOrder(o *Order, language string) wireOrder {
	return wireOrder{
		OrderID: o.OrderID, CustomerID: o.CustomerID,
		ServiceTypeCode: o.ServiceTypeCode, ServiceTypeName: w.serviceName(o.ServiceTypeCode, language),
		SourceType: o.SourceType, Status: o.Status, OrderType: o.OrderType,
		AmountAfterDiscount: w.shown(o, o.AmountAfterDiscount), OfficialAmount: w.shown(o, o.OfficialAmount), MeasureID: 1,
		CreateTime: wireInstant(o.CreateTime), PaymentTime: wireInstant(o.PaymentTime), Currency: o.Currency,
		AmountInfo: o.AmountInfo.wire(o.OrderType), EnterpriseProjects: o.EnterpriseProjects,
	}
}

// shown is an amount of an order as queries show it: a refund is negative,
// unless a setting says otherwise.
func (w *world) shown(o *Order, amount Amount) json.Number {
	if o.OrderType == orderUnsubscribe && w.setting("refund_amounts") == "negative" {
		return Amount("0").minus(amount).number()
	}

	return amount.number()
}

// describe adds what only the details show.
func (i *wireOrder) describe(o *Order) {
	i.UserName = o.UserName
	i.PendingPaymentEnd = wireInstant(o.Deadline)
	i.EnterpriseProjects = nil
}

func (a AmountInfo) wire(orderType int) wireAmountInfo {
	info := wireAmountInfo{
		Discounts: []wireApplied{}, FlexiAmount: a.FlexiAmount.number(), CouponAmount: a.CouponAmount.number(), StoredCardAmount: "0",
	}
	for _, applied := range a.Discounts {
		info.Discounts = append(info.Discounts, wireApplied{Type: applied.Type, Amount: applied.Amount.number()})
	}
	if orderType == orderUnsubscribe {
		commission, consumed := a.CommissionAmount.number(), a.ConsumedAmount.number()
		info.CommissionAmount, info.ConsumedAmount = &commission, &consumed
	}

	return info
}

func (w *world) wireLine(o *Order, l *OrderLine, language string) wireLine {
	line := wireLine{
		ID: l.ID, ServiceTypeCode: l.ServiceTypeCode, ServiceTypeName: w.serviceName(l.ServiceTypeCode, language),
		ProductID: l.ProductID, ProductSpecDesc: l.ProductSpecDesc, PeriodType: l.PeriodType,
		SubscriptionNum: l.SubscriptionNum, AmountAfterDiscount: w.shown(o, l.AmountAfterDiscount),
		OfficialAmount: w.shown(o, l.OfficialAmount), AmountInfo: l.AmountInfo.wire(o.OrderType), Currency: o.Currency,
		CategoryCode: "simulated", BaseProduct: wireProduct{ProductID: l.ProductID, ProductSpecDesc: l.ProductSpecDesc},
		OrderID: o.OrderID,
	}
	if o.OrderType != orderUnsubscribe {
		line.PeriodNum = &l.PeriodNum
	}
	unpaid := o.Status == orderUnpaid || o.Status == orderApproval || o.Status == orderCanceled && o.PaymentTime.IsZero()
	if !unpaid || w.setting("unpaid_line_times") == "on" {
		line.EffectiveTime, line.ExpireTime = wireInstant(l.EffectiveTime), wireInstant(l.ExpireTime)
	}

	return line
}
