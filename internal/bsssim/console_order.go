// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// orderSpec is an order as the console places it.
type orderSpec struct {
	OrderID             string         `json:"order_id"`
	OrderType           int            `json:"order_type"`
	Status              int            `json:"status"`
	Amount              Amount         `json:"amount"`
	OfficialAmount      Amount         `json:"official_amount"`
	Currency            string         `json:"currency"`
	ServiceTypeCode     string         `json:"service_type_code"`
	Lines               lineSpecs      `json:"lines"`
	PeriodType          *int           `json:"period_type"`
	PeriodNum           int            `json:"period_num"`
	CreateTime          instantOrDelay `json:"create_time"`
	Deadline            instantOrDelay `json:"deadline"`
	Discounts           []discountSpec `json:"discounts"`
	Coupons             []couponSpec   `json:"coupons"`
	CouponMax           int            `json:"coupon_max"`
	AgentPay            bool           `json:"agent_pay"`
	SubOrders           []Amount       `json:"sub_orders"`
	CustomerID          string         `json:"customer_id"`
	Resources           *int           `json:"resources"`
	ResourceIDs         []string       `json:"resource_ids"`
	EnterpriseProjectID string         `json:"enterprise_project_id"`
	QuotaShort          bool           `json:"quota_short"`
	ProjectFundsShort   bool           `json:"project_funds_short"`
}

// lineSpecs is a number of equal lines, or the lines.
type lineSpecs []lineSpec

type lineSpec struct {
	ServiceTypeCode string `json:"service_type_code"`
	ProductID       string `json:"product_id"`
	ProductSpecDesc string `json:"product_spec_desc"`
	PeriodType      *int   `json:"period_type"`
	PeriodNum       int    `json:"period_num"`
	SubscriptionNum int    `json:"subscription_num"`
	Amount          Amount `json:"amount"`
	OfficialAmount  Amount `json:"official_amount"`
	resourceID      string // that the line is about
	extraDays       int    // beside the period
}

// UnmarshalJSON reads either form.
func (l *lineSpecs) UnmarshalJSON(data []byte) error {
	var count int
	if err := json.Unmarshal(data, &count); err == nil {
		if count < 1 || count > 100000 {
			return fmt.Errorf("lines: %d is not a number of lines", count)
		}
		*l = make(lineSpecs, count)

		return nil
	}
	var list []lineSpec
	if err := decodeStrictly(data, &list); err != nil {
		return fmt.Errorf("lines: %w", err)
	}
	*l = list

	return nil
}

type discountSpec struct {
	ID       string `json:"id"`
	Type     int    `json:"type"`
	Amount   Amount `json:"amount"`
	Ratio    Amount `json:"ratio"`
	Mode     *int   `json:"mode"`
	PricedIn *bool  `json:"priced_in"`
}

func placeOrder(w *world, data []byte) (map[string]any, error) {
	var spec orderSpec
	if err := decodeStrictly(data, &spec); err != nil {
		return nil, err
	}
	o, err := w.place(spec)
	if err != nil {
		return nil, err
	}
	couponIDs := []string{}
	for _, coupon := range spec.Coupons {
		coupon.OrderID = o.OrderID
		c, err := w.issue(coupon)
		if err != nil {
			return nil, err
		}
		couponIDs = append(couponIDs, c.CouponID)
	}
	discountIDs := []string{}
	for _, d := range o.Discounts {
		discountIDs = append(discountIDs, d.ID)
	}

	return map[string]any{
		"order_id": o.OrderID, "sub_order_ids": orEmpty(o.SubOrderIDs),
		"coupon_ids": couponIDs, "discount_ids": discountIDs, "resource_ids": orEmpty(o.ResourceIDs),
	}, nil
}

// place makes an order, its sub-orders included.
func (w *world) place(spec orderSpec) (*Order, error) {
	if err := spec.complete(w); err != nil {
		return nil, err
	}
	o, err := w.newOrder(spec, spec.Amount, spec.OfficialAmount)
	if err != nil {
		return nil, err
	}
	w.addDiscounts(o, spec.Discounts)
	o.Held = spec.Status == orderProcessing
	if len(spec.SubOrders) > 0 {
		o.Lines, o.ResourceIDs = nil, nil
	}
	w.addOrder(o)
	for _, amount := range spec.SubOrders {
		inner := spec
		inner.OrderID, inner.Lines = "", lineSpecs{{}}
		sub, err := w.newOrder(inner, amount, amount)
		if err != nil {
			return nil, err
		}
		sub.ParentID = o.OrderID
		o.SubOrderIDs = append(o.SubOrderIDs, sub.OrderID)
		w.addOrder(sub)
	}
	if spec.Status == orderCompleted {
		w.complete(o, o.CreateTime)
	}

	return o, nil
}

func (s *orderSpec) complete(w *world) error {
	if len(s.SubOrders) > 0 {
		sum := Amount("0")
		for _, amount := range s.SubOrders {
			sum = sum.plus(amount)
		}
		if s.Amount != "" && s.Amount.cmp(sum) != 0 {
			return errors.New("amount: not the sum of the sub-orders")
		}
		s.Amount = sum
	}
	if s.Amount == "" {
		return errors.New("amount: required")
	}
	if s.OfficialAmount == "" {
		s.OfficialAmount = s.Amount
	}
	if s.OrderType == orderUnsubscribe { // Its amounts are kept without a sign.
		s.Amount, s.OfficialAmount = s.Amount.size(), s.OfficialAmount.size()
		for i := range s.Lines {
			s.Lines[i].Amount, s.Lines[i].OfficialAmount = s.Lines[i].Amount.size(), s.Lines[i].OfficialAmount.size()
		}
	}
	if s.OrderType == 0 {
		s.OrderType = orderNew
	}
	if s.Status == 0 {
		s.Status = orderUnpaid
	}
	if s.Currency == "" {
		s.Currency = w.currency()
	}
	if s.ServiceTypeCode == "" {
		s.ServiceTypeCode = "hws.service.type.ec2"
	}
	if len(s.Lines) == 0 {
		s.Lines = lineSpecs{{}}
	}
	if s.PeriodType == nil {
		month := 2
		s.PeriodType = &month
	}
	if s.PeriodNum == 0 {
		s.PeriodNum = 1
	}
	if s.CustomerID == "" {
		s.CustomerID = w.CustomerID
	}
	if s.OrderType == orderRenewal {
		if len(s.ResourceIDs) == 0 {
			return errors.New("resource_ids: a renewal names what it renews")
		}
		for _, id := range s.ResourceIDs {
			if _, err := w.resource(id); err != nil {
				return err
			}
		}
	}
	if s.OrderID != "" && w.orders[s.OrderID] != nil {
		return fmt.Errorf("order %s exists", s.OrderID)
	}

	return nil
}

// newOrder makes an order without adding it to the world.
func (w *world) newOrder(spec orderSpec, amount, official Amount) (*Order, error) {
	now := w.clock.now().Truncate(time.Second)
	created, err := spec.CreateTime.at(now, now)
	if err != nil {
		return nil, err
	}
	deadline, err := spec.Deadline.at(now, created.Add(7*24*time.Hour))
	if err != nil {
		return nil, err
	}
	o := &Order{
		OrderID: spec.OrderID, CustomerID: spec.CustomerID, UserName: "demo-user",
		ServiceTypeCode: spec.ServiceTypeCode, SourceType: 1, Status: spec.Status, OrderType: spec.OrderType,
		AmountAfterDiscount: amount, OfficialAmount: official, Currency: spec.Currency,
		CreateTime: created, Deadline: deadline, CouponMax: spec.CouponMax, AgentPay: spec.AgentPay,
		QuotaShort: spec.QuotaShort, ProjectFundsShort: spec.ProjectFundsShort, ResourceIDs: spec.ResourceIDs,
	}
	if o.OrderID == "" {
		o.OrderID = orderID(w.next("order"))
	}
	if m := w.membersByID[o.CustomerID]; m != nil {
		o.UserName = m.Name
	}
	if spec.EnterpriseProjectID != "" {
		o.EnterpriseProjects = []EnterpriseProject{*newProject(spec.EnterpriseProjectID)}
	}
	if spec.Status == orderProcessing || spec.Status == orderCompleted {
		o.PaymentTime = created
	}
	if o.OrderType == orderNew && len(spec.ResourceIDs) == 0 {
		count := 1
		if spec.Resources != nil {
			count = *spec.Resources
		}
		for range count {
			o.ResourceIDs = append(o.ResourceIDs, w.newResourceID())
		}
	}
	o.Lines = w.newLines(o, spec)

	return o, nil
}

func (w *world) newLines(o *Order, spec orderSpec) []OrderLine {
	amounts := o.AmountAfterDiscount.split(len(spec.Lines))
	officials := o.OfficialAmount.split(len(spec.Lines))
	lines := make([]OrderLine, len(spec.Lines))
	for i, l := range spec.Lines {
		line := OrderLine{
			ID: fmt.Sprintf("%s-%06d", o.OrderID, i+1), ServiceTypeCode: l.ServiceTypeCode, ProductID: l.ProductID, ResourceID: l.resourceID,
			ProductSpecDesc: l.ProductSpecDesc, PeriodType: *spec.PeriodType, PeriodNum: spec.PeriodNum, ExtraDays: l.extraDays,
			SubscriptionNum: max(1, l.SubscriptionNum), AmountAfterDiscount: amounts[i], OfficialAmount: officials[i],
		}
		if line.ServiceTypeCode == "" {
			line.ServiceTypeCode = o.ServiceTypeCode
		}
		if line.ProductID == "" {
			line.ProductID = "00301-110000-0--0"
		}
		if line.ProductSpecDesc == "" {
			line.ProductSpecDesc = "General Computing|s6.large.2|2vCPUs|4GB|Linux"
		}
		if l.PeriodType != nil {
			line.PeriodType = *l.PeriodType
		}
		if l.PeriodNum != 0 {
			line.PeriodNum = l.PeriodNum
		}
		if l.Amount != "" {
			line.AmountAfterDiscount, line.OfficialAmount = l.Amount, l.Amount
		}
		if l.OfficialAmount != "" {
			line.OfficialAmount = l.OfficialAmount
		}
		if o.OrderType == orderRenewal {
			line.EffectiveTime = w.resources[cmp.Or(l.resourceID, o.ResourceIDs[0])].ExpireTime
			line.ExpireTime = line.endFrom(line.EffectiveTime)
		}
		lines[i] = line
	}

	return lines
}

// addDiscounts offers discounts. The first that explains the difference between
// the two amounts counts as contained in the amount, unless the values say
// otherwise.
func (w *world) addDiscounts(o *Order, specs []discountSpec) {
	gap := o.OfficialAmount.minus(o.AmountAfterDiscount)
	explained := !gap.positive()
	for _, spec := range specs {
		d := Discount{ID: spec.ID, Type: spec.Type, Amount: spec.Amount, Ratio: spec.Ratio}
		if d.ID == "" {
			d.ID = discountID(w.next("discount"))
		}
		if spec.Mode != nil {
			d.Mode = *spec.Mode
		}
		switch {
		case spec.PricedIn != nil:
			d.PricedIn = *spec.PricedIn
		case !explained && d.selectable() && d.Amount.cmp(gap) == 0:
			d.PricedIn = true
		}
		if d.PricedIn {
			explained = true
			o.AmountInfo.Discounts = append(o.AmountInfo.Discounts, d.applied())
		}
		o.Discounts = append(o.Discounts, d)
	}
}
