// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// daysOfMonth is how many days the price of a month is for, when days are
// priced.
const daysOfMonth = 30

// renewal describes an order that renews a primary resource and its attached
// resources: a line for each, from its own expiry on.
func (w *world) renewal(r *Resource, periodType, periods int) orderSpec {
	return w.renewalTo(r, periodType, periods, w.setting("unified_expiry_day"))
}

// renewalTo is renewal with the unified day that the terms end on.
func (w *world) renewalTo(r *Resource, periodType, periods int, unified string) orderSpec {
	spec := orderSpec{
		OrderType: orderRenewal, Amount: "0.00", ServiceTypeCode: r.ServiceTypeCode,
		PeriodType: &periodType, PeriodNum: periods, ResourceIDs: []string{r.ResourceID},
	}
	if r.EnterpriseProject != nil {
		spec.EnterpriseProjectID = r.EnterpriseProject.ID
	}
	for _, member := range w.tree(r) {
		days := daysToUnifiedExpiry(unified, periodEnd(member.ExpireTime, periodType, periods))
		price := member.price(periodType).times(big.NewRat(int64(periods), 1)).
			plus(member.price(periodMonth).times(big.NewRat(int64(days), daysOfMonth)))
		spec.Amount = spec.Amount.plus(price)
		spec.Lines = append(spec.Lines, lineSpec{
			ServiceTypeCode: member.ServiceTypeCode, ProductID: member.ProductID, ProductSpecDesc: member.SpecDesc, Amount: price,
			resourceID: member.ResourceID, extraDays: days,
		})
	}

	return spec
}

// daysToUnifiedExpiry is by how many days a period is lengthened so that it
// ends on the day of the month that all renewals are to end on.
func daysToUnifiedExpiry(day string, end time.Time) int {
	unified, err := strconv.Atoi(day)
	if err != nil || unified == 0 {
		return 0
	}
	date, days := end.In(utc8), 0
	for date.Day() != unified && (unified != lastDayOfMonth || date.AddDate(0, 0, 1).Day() != 1) {
		date, days = date.AddDate(0, 0, 1), days+1
	}

	return days
}

// lastDayOfMonth stands for the last day of any month.
const lastDayOfMonth = -1

// checkUnifiedDay takes 0 for none, a day that every month has, or the last.
func checkUnifiedDay(value string) error {
	day, err := strconv.Atoi(value)
	if err == nil && (day < lastDayOfMonth || day > 28) {
		err = strconv.ErrRange
	}

	return err
}

// renewResources places an order for each of the named primary resources, and
// pays all of them, or none, when it is asked to.
func renewResources(w *world, c *call) (answer, error) {
	named, failed, err := w.admit(c, renewals, w.unrenewable)
	if err != nil {
		return answer{}, err
	}
	pays, total := c.number("is_auto_pay", 0) == 1, Amount("0.00")
	specs := make([]orderSpec, 0, len(named))
	for _, r := range named {
		spec := w.renewal(r, c.number("period_type", 0), c.number("period_num", 0))
		spec.Discounts = w.orderDiscounts(spec.Amount)
		total = total.plus(spec.Amount.minus(bestReduction(spec.Discounts)))
		specs = append(specs, spec)
	}
	short := pays && !w.affords(total)
	if short && w.setting("failed_auto_pay_leaves_order") == "off" {
		return answer{}, rejected("CBC.30050006")
	}
	orderIDs := make([]string, 0, len(specs))
	for _, spec := range specs {
		o, err := w.place(spec)
		if err != nil {
			return answer{}, err
		}
		w.acted = true
		orderIDs = append(orderIDs, o.OrderID)
		if pays && !short {
			if err := w.pay(o.OrderID, payment{by: "api", discount: o.bestDiscount(), automatic: true}); err != nil {
				return answer{}, err
			}
		}
	}
	if short {
		return answer{}, rejected("CBC.30050006")
	}

	return ordered(orderIDs, failed), nil
}

// ordered is the answer of a call that places orders about resources.
func ordered(orderIDs []string, failed []wireFailedResource) answer {
	return answer{status: http.StatusOK, body: map[string]any{"order_ids": orderIDs, "fail_resource_infos": failed}}
}

// admit divides the resources that a call names into those that it acts on and
// those that fail; the operation's setting says when failures take the call
// down.
func (w *world) admit(c *call, operation string, failure func(id string) string) ([]*Resource, []wireFailedResource, error) {
	ids, mode := c.resourceIDs(), w.setting(failuresOf[operation])
	named, failed := []*Resource{}, []wireFailedResource{}
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return nil, nil, badParameter("resource_ids", "%s is given twice", id)
		}
	}
	for _, id := range ids {
		code := failure(id)
		if code == "" {
			named = append(named, w.resources[id])

			continue
		}
		if r := w.resources[id]; mode == "whole" || r != nil && r.refusedWhole(operation, code) {
			return nil, nil, rejected(code)
		}
		failed = append(failed, wireFailedResource{Code: code, Message: messageOf(code), ResourceID: id})
	}
	if len(named) == 0 && mode == "partial" {
		return nil, nil, rejected(failed[0].Code)
	}

	return named, failed, nil
}

// unrenewable is the code that tells why a resource cannot be renewed, empty
// when it can.
func (w *world) unrenewable(id string) string {
	r := w.resources[id]
	locks := w.setting("server_locks") == "on"
	switch {
	case r == nil || !r.known(w.clock.now()):
		return "CBC.99003016"
	case r.ParentID != "":
		return "CBC.30010036"
	case r.refusal(renewals) != nil:
		return r.refusal(renewals).Code
	case r.Status == resourceClosed:
		return "CBC.99003016"
	case locks && w.inOrder(r, orderApproval, orderUnpaid):
		return "CBC.99003100"
	case locks && w.inOrder(r, orderProcessing, orderRefunding):
		return "CBC.99003144"
	default:
		return ""
	}
}

// orderDiscounts are the customer's discounts on an order of that amount, which
// does not contain them.
func (w *world) orderDiscounts(amount Amount) []discountSpec {
	var specs []discountSpec
	for _, d := range w.customerDiscounts() {
		specs = append(specs, discountSpec{
			Type: d.orderKind, Amount: d.off(amount, 2), Ratio: Amount(big.NewRat(100-d.percent, 100).FloatString(2)),
		})
	}

	return specs
}

func bestReduction(discounts []discountSpec) Amount {
	best := Amount("0.00")
	for _, d := range discounts {
		if d.Amount.cmp(best) > 0 {
			best = d.Amount
		}
	}

	return best
}

// bestDiscount is the one that takes most off the order, nil without any.
func (o *Order) bestDiscount() *discountUse {
	var best *Discount
	for i := range o.Discounts {
		if best == nil || o.Discounts[i].Amount.cmp(best.Amount) > 0 {
			best = &o.Discounts[i]
		}
	}
	if best == nil {
		return nil
	}

	return &discountUse{id: best.ID, kind: int64(best.Type)}
}

// extend adds the renewed period to the resources of a renewal order and to
// their attached resources, from the present expiry of each. The line of each
// shows the period it got.
func (w *world) extend(o *Order, now time.Time) {
	renewed, paid := map[string]bool{}, w.paidFor(o)
	for _, id := range o.ResourceIDs {
		primary := w.resources[id]
		if primary == nil {
			continue
		}
		for _, r := range w.family(primary) {
			if renewed[r.ResourceID] || r.Status == resourceClosed {
				continue
			}
			renewed[r.ResourceID] = true
			line := o.lineFor(r.ResourceID)
			w.changeResource(r)
			start, back := r.ExpireTime, r.lapsed() && !r.Suspended
			r.ExpireTime = line.endFrom(start)
			r.Renewals = append(slices.Clone(r.Renewals), Period{OrderID: o.OrderID, Start: start, End: r.ExpireTime, Paid: paid[r.ResourceID]})
			if line.ResourceID == r.ResourceID && !line.EffectiveTime.Equal(start) {
				w.changeOrder(o)
				line.EffectiveTime, line.ExpireTime = start, r.ExpireTime
			}
			if back && r.ExpireTime.After(now) {
				r.Status = resourceInUse
			}
			r.PeriodType = line.PeriodType
			r.UpdateTime = now
			r.OrderIDs = append(r.OrderIDs, o.OrderID)
		}
	}
}

// paidFor shares what an order was paid with among its resources: by its lines,
// or equally where those do not say what they are about.
func (w *world) paidFor(o *Order) map[string]Amount {
	total := o.AmountAfterDiscount
	for _, p := range w.Payments {
		if p.OrderID == o.OrderID {
			total = p.Amount
		}
	}
	ids, parts := o.ResourceIDs, total.split(len(o.ResourceIDs))
	if o.Lines[0].ResourceID != "" {
		ids = nil
		weights := make([]Amount, len(o.Lines))
		for i, line := range o.Lines {
			ids, weights[i] = append(ids, line.ResourceID), line.AmountAfterDiscount
		}
		parts = total.share(weights)
	}
	paid := make(map[string]Amount, len(ids))
	for i, id := range ids {
		paid[id] = parts[i]
	}

	return paid
}

// lineFor is the line about a resource, else the first, which is about all.
func (o *Order) lineFor(id string) *OrderLine {
	i := slices.IndexFunc(o.Lines, func(l OrderLine) bool { return l.ResourceID == id })

	return &o.Lines[max(0, i)]
}

// endFrom is the end of the line's period from a given start.
func (l *OrderLine) endFrom(start time.Time) time.Time {
	return periodEnd(start, l.PeriodType, l.PeriodNum).AddDate(0, 0, l.ExtraDays)
}
