// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"slices"
	"time"
)

// Order is an order, a combined one included. Sub-orders are orders of their
// own with a ParentID.
type Order struct {
	OrderID             string              `json:"order_id"`
	ParentID            string              `json:"parent_id,omitempty"`
	SubOrderIDs         []string            `json:"sub_order_ids,omitempty"`
	CustomerID          string              `json:"customer_id"`
	UserName            string              `json:"user_name"`
	ServiceTypeCode     string              `json:"service_type_code"`
	SourceType          int                 `json:"source_type"`
	Status              int                 `json:"status"`
	OrderType           int                 `json:"order_type"`
	AmountAfterDiscount Amount              `json:"amount_after_discount"`
	OfficialAmount      Amount              `json:"official_amount"`
	Currency            string              `json:"currency"`
	CreateTime          time.Time           `json:"create_time"`
	PaymentTime         time.Time           `json:"payment_time,omitzero"`
	Deadline            time.Time           `json:"deadline,omitzero"`
	DeadlinePassed      bool                `json:"deadline_passed,omitempty"`
	Lines               []OrderLine         `json:"lines"`
	Discounts           []Discount          `json:"discounts,omitempty"`
	UsedDiscount        string              `json:"used_discount,omitempty"`
	UsedCoupons         []string            `json:"used_coupons,omitempty"`
	CouponMax           int                 `json:"coupon_max,omitempty"`
	AmountInfo          AmountInfo          `json:"amount_info"`
	EnterpriseProjects  []EnterpriseProject `json:"enterprise_projects,omitempty"`
	AgentPay            bool                `json:"agent_pay,omitempty"`
	QuotaShort          bool                `json:"quota_short,omitempty"`
	ProjectFundsShort   bool                `json:"project_funds_short,omitempty"`
	// ResourceIDs are the ids that the order provides, renews or unsubscribes;
	// Provisioned says that they can be seen.
	ResourceIDs []string `json:"resource_ids,omitempty"`
	Provisioned bool     `json:"provisioned,omitempty"`
	// Returns are the periods that an unsubscription gives back, RenewalsOnly says
	// that the resources stay.
	Returns      []Return `json:"returns,omitempty"`
	RenewalsOnly bool     `json:"renewals_only,omitempty"`
	// UnderReview: a conversion to pay-per-use that waits for a decision.
	UnderReview bool `json:"under_review,omitempty"`
	// Held stops the automatic transitions: a status set by hand stays.
	Held bool `json:"held,omitempty"`
	// Processing and Provisioning are the transitions under way.
	Processing   *Stage `json:"processing,omitempty"`
	Provisioning *Stage `json:"provisioning,omitempty"`
}

// Stage is a transition under way: it ends when the reads are used up and the
// time has come.
type Stage struct {
	Reads int       `json:"reads"`
	Until time.Time `json:"until"`
}

func newStage(t Transition, now time.Time) *Stage {
	return &Stage{Reads: t.Reads, Until: now.Add(t.Duration)}
}

func (s *Stage) over(now time.Time) bool {
	return s != nil && s.Reads <= 0 && !now.Before(s.Until)
}

// look counts one read.
func (s *Stage) look() {
	if s != nil && s.Reads > 0 {
		s.Reads--
	}
}

// OrderLine is a line of an order.
type OrderLine struct {
	ID                  string     `json:"id"`
	ServiceTypeCode     string     `json:"service_type_code"`
	ProductID           string     `json:"product_id"`
	ResourceID          string     `json:"resource_id,omitempty"` // When the order says which.
	ProductSpecDesc     string     `json:"product_spec_desc"`
	PeriodType          int        `json:"period_type"`
	PeriodNum           int        `json:"period_num"`
	ExtraDays           int        `json:"extra_days,omitempty"` // Up to a unified day of expiry.
	EffectiveTime       time.Time  `json:"effective_time,omitzero"`
	ExpireTime          time.Time  `json:"expire_time,omitzero"`
	SubscriptionNum     int        `json:"subscription_num"`
	AmountAfterDiscount Amount     `json:"amount_after_discount"`
	OfficialAmount      Amount     `json:"official_amount"`
	AmountInfo          AmountInfo `json:"amount_info"`
}

// AmountInfo says what took part in an amount.
type AmountInfo struct {
	Discounts    []AppliedDiscount `json:"discounts,omitempty"`
	CouponAmount Amount            `json:"coupon_amount,omitempty"`
	FlexiAmount  Amount            `json:"flexi_amount,omitempty"`
	// An unsubscription keeps the commission; what was consumed is not
	// refunded.
	CommissionAmount Amount `json:"commission_amount,omitempty"`
	ConsumedAmount   Amount `json:"consumed_amount,omitempty"`
}

// AppliedDiscount is a reduction contained in an amount, with the code of its
// kind as order queries show it.
type AppliedDiscount struct {
	Type   string `json:"type"`
	Amount Amount `json:"amount"`
}

// EnterpriseProject is a project that an order or resource belongs to.
type EnterpriseProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func newProject(id string) *EnterpriseProject {
	if id == "0" {
		return &EnterpriseProject{ID: id, Name: "default"}
	}

	return &EnterpriseProject{ID: id, Name: "project-" + id}
}

func orderID(n int) string { return fmt.Sprintf("CS%013d", int64(2611220000000)+int64(n)) }

// changeOrder is called before every change of an order.
func (w *world) changeOrder(o *Order) {
	w.dirty, w.books = true, nil
	if w.orderLag.length == (Transition{}) {
		return
	}
	old := *o
	old.Lines = slices.Clone(o.Lines)
	w.orderLag.keep(o.OrderID, &old, w.clock.now())
}

// addOrder adds a finished order to the world.
func (w *world) addOrder(o *Order) {
	w.dirty, w.books = true, nil
	w.orderLag.keep(o.OrderID, nil, w.clock.now())
	w.Orders = append(w.Orders, o)
	w.orders[o.OrderID] = o
}

// members are the order and its sub-orders.
func (w *world) members(o *Order) []*Order {
	all := []*Order{o}
	for _, id := range o.SubOrderIDs {
		if sub := w.orders[id]; sub != nil {
			all = append(all, sub)
		}
	}

	return all
}

func (w *world) setStatus(o *Order, status int) {
	for _, member := range w.members(o) {
		w.changeOrder(member)
		member.Status = status
	}
}

// settleOrder applies the transitions that are due.
func (w *world) settleOrder(o *Order, now time.Time) {
	if o.Held {
		return
	}
	if (o.Status == orderUnpaid || o.Status == orderApproval) && !o.Deadline.IsZero() && !now.Before(o.Deadline) {
		o.DeadlinePassed = true
		if w.setting("deadline_cancels") == "off" {
			return
		}
		w.setStatus(o, orderCanceled)
		w.releaseCoupons(o)
	}
	if (o.Status == orderProcessing || o.Status == orderRefunding) && o.Processing.over(now) {
		w.complete(o, now)
	}
	if o.Provisioning.over(now) {
		w.provision(o, now)
	}
}

// complete ends the processing of an order; its resources appear some time
// later.
func (w *world) complete(o *Order, now time.Time) {
	if o.OrderType == orderToOnDemand && !w.convertible(o) {
		w.setStatus(o, orderCanceled)
		o.Processing = nil

		return
	}
	w.setStatus(o, orderCompleted)
	o.Processing = nil
	delay, err := ParseTransition(w.setting("resource_ids_after"))
	if err != nil {
		delay = Transition{}
	}
	o.Provisioning = newStage(delay, now)
	for _, member := range w.members(o) {
		for i := range member.Lines {
			line := &member.Lines[i]
			if member.OrderType == orderRenewal && !line.EffectiveTime.IsZero() {
				continue
			}
			line.EffectiveTime = now
			if member.OrderType == orderToOnDemand { // Use has no end.
				continue
			}
			line.ExpireTime = periodEnd(now, line.PeriodType, line.PeriodNum)
		}
	}
	if len(o.Returns) > 0 {
		w.giveBack(o, now)
	}
	if o.OrderType == orderToOnDemand {
		w.convert(o, now)
	}
	if o.Provisioning.over(now) {
		w.provision(o, now)
	}
}

// periodEnd counts months and years by the calendar of UTC+8.
func periodEnd(start time.Time, periodType, periodNum int) time.Time {
	switch periodType {
	case 0:
		return start.AddDate(0, 0, periodNum)
	case 1:
		return start.AddDate(0, 0, 7*periodNum)
	case 3:
		return addMonths(start.In(utc8), 12*periodNum).UTC()
	case 4:
		return start.Add(time.Duration(periodNum) * time.Hour)
	default:
		return addMonths(start.In(utc8), periodNum).UTC()
	}
}

// addMonths keeps to the last day of a shorter month: 31 January and a month
// is the end of February.
func addMonths(start time.Time, months int) time.Time {
	end := start.AddDate(0, months, 0)
	if end.Day() != start.Day() {
		end = end.AddDate(0, 0, -end.Day())
	}

	return end
}
