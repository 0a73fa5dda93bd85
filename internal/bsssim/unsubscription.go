// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"math/big"
	"slices"
	"time"
)

// scopeRenewals is the type of an unsubscription that leaves the resource.
const scopeRenewals = 2

// A period that has started is refunded in full in its first days. Later, used
// days are not refunded, and a fee is kept from the rest.
const (
	fullRefundDays = 5
	feePercent     = 10
)

// Period is a period that a renewal added to a resource.
type Period struct {
	OrderID string    `json:"order_id"`
	Start   time.Time `json:"start"`
	End     time.Time `json:"end"`
	// Paid is the resource's share of what the order was paid with, without
	// coupons.
	Paid Amount `json:"paid"`
}

// Return is a period of a resource that an unsubscription gives back: Value is
// what is left of it, Consumed what is used up, and Fee is kept from Value.
type Return struct {
	ResourceID  string    `json:"resource_id"`
	BaseOrderID string    `json:"base_order_id"`
	Start       time.Time `json:"start"`
	Value       Amount    `json:"value"`
	Consumed    Amount    `json:"consumed"`
	Fee         Amount    `json:"fee"`
}

// unsubscribeResources unsubscribes primary resources, or only their renewed
// periods that have not started.
func unsubscribeResources(w *world, c *call) (answer, error) {
	renewalsOnly := c.number("unsubscribe_type", 0) == scopeRenewals
	named, failed, err := w.admit(c, unsubscriptions, func(id string) string { return w.notReturnable(id, renewalsOnly) })
	if err != nil {
		return answer{}, err
	}
	orderIDs := make([]string, 0, len(named))
	for _, r := range named {
		o, err := w.unsubscribe(r, renewalsOnly, "")
		if err != nil {
			return answer{}, err
		}
		w.acted = true
		orderIDs = append(orderIDs, o.OrderID)
	}

	return ordered(orderIDs, failed), nil
}

// notReturnable is the code that tells why a resource cannot be unsubscribed,
// empty when it can.
func (w *world) notReturnable(id string, renewalsOnly bool) string {
	r, now := w.resources[id], w.clock.now()
	locks := w.setting("server_locks") == "on"
	switch {
	case r == nil || !r.known(now):
		return w.setting("gone_code")
	case r.ParentID != "":
		return "CBC.99003185"
	case r.refusal(unsubscriptions) != nil:
		return r.refusal(unsubscriptions).Code
	case r.Status == resourceClosed:
		return w.setting("gone_code")
	case r.Suspended:
		return "CBC.99003656"
	case locks && w.inOrder(r, orderApproval, orderUnpaid):
		return "CBC.99003100"
	case locks && w.inOrder(r, orderProcessing, orderRefunding):
		return "CBC.99003651"
	case renewalsOnly && !slices.ContainsFunc(w.tree(r), func(member *Resource) bool { return len(member.toStart(now)) > 0 }):
		return "CBC.99003128"
	default:
		return ""
	}
}

// unsubscribe places the order that unsubscribes a resource and its attached
// resources, or only renewed periods. A given refund replaces what they are all
// worth.
func (w *world) unsubscribe(r *Resource, renewalsOnly bool, refund Amount) (*Order, error) {
	now := w.clock.now()
	spec := orderSpec{
		OrderType: orderUnsubscribe, Status: orderProcessing, Amount: "0.00", ServiceTypeCode: r.ServiceTypeCode,
		ResourceIDs: []string{r.ResourceID},
	}
	if r.EnterpriseProject != nil {
		spec.EnterpriseProjectID = r.EnterpriseProject.ID
	}
	var returns []Return
	for _, member := range w.family(r) {
		given := member.returns(renewalsOnly, now)
		switch {
		case refund != "" && len(returns) > 0:
			continue
		case refund != "" && len(given) > 0:
			given = []Return{{ResourceID: member.ResourceID, Value: refund}}
		}
		if len(given) == 0 {
			continue
		}
		amount := Amount("0.00")
		for _, period := range given {
			amount = amount.plus(period.Value).minus(period.Fee)
		}
		returns = append(returns, given...)
		spec.Amount = spec.Amount.plus(amount)
		spec.Lines = append(spec.Lines, lineSpec{
			ServiceTypeCode: member.ServiceTypeCode, ProductID: member.ProductID, ProductSpecDesc: member.SpecDesc, Amount: amount,
			resourceID: member.ResourceID,
		})
	}
	if len(returns) == 0 {
		return nil, fmt.Errorf("resource %s has nothing to give back", r.ResourceID)
	}
	o, err := w.place(spec)
	if err != nil {
		return nil, err
	}
	o.Held, o.PaymentTime, o.Deadline = false, time.Time{}, time.Time{}
	o.Returns, o.RenewalsOnly = returns, renewalsOnly
	o.countReturns()
	if w.setting("unsubscription_status") == "2" {
		o.Status = orderRefunding
	}
	o.Processing = newStage(w.processing, now)
	w.settleOrder(o, now)

	return o, nil
}

// countReturns notes in the order and its lines what is kept and used up.
func (o *Order) countReturns() {
	for _, given := range o.Returns {
		line := o.lineFor(given.ResourceID)
		for _, info := range []*AmountInfo{&o.AmountInfo, &line.AmountInfo} {
			info.CommissionAmount = info.CommissionAmount.plus(given.Fee)
			info.ConsumedAmount = info.ConsumedAmount.plus(given.Consumed)
		}
	}
}

// toStart are the renewed periods that have not started.
func (r *Resource) toStart(now time.Time) []Period {
	return slices.DeleteFunc(slices.Clone(r.Renewals), func(p Period) bool { return !p.Start.After(now) })
}

// current is the last period that has started; if no renewal has, the first
// one, at its monthly price.
func (r *Resource) current(now time.Time) Period {
	first := Period{Start: r.EffectiveTime, End: r.ExpireTime}
	for _, id := range r.OrderIDs {
		if !slices.ContainsFunc(r.Renewals, func(p Period) bool { return p.OrderID == id }) {
			first.OrderID = id

			break
		}
	}
	if len(r.Renewals) > 0 {
		first.End = r.Renewals[0].Start
	}
	first.Paid = r.price(periodMonth).times(big.NewRat(daysBetween(first.Start, first.End), daysOfMonth))
	last := first
	for _, p := range r.Renewals {
		if !p.Start.After(now) {
			last = p
		}
	}

	return last
}

func daysBetween(from, until time.Time) int64 {
	return max(0, int64(until.Sub(from)/(24*time.Hour)))
}

// returns are the periods of a resource to give back: all of those that have
// not started, and the remaining days of the current one.
func (r *Resource) returns(renewalsOnly bool, now time.Time) []Return {
	if r.Status == resourceClosed {
		return nil
	}
	var all []Return
	if !renewalsOnly {
		all = append(all, r.returned(r.current(now), now))
	}
	for _, p := range r.toStart(now) {
		all = append(all, r.returned(p, now))
	}

	return all
}

func (r *Resource) returned(p Period, now time.Time) Return {
	given := Return{ResourceID: r.ResourceID, BaseOrderID: p.OrderID, Start: p.Start, Value: p.Paid.plus("0"), Consumed: "0.00", Fee: "0.00"}
	days, used := daysBetween(p.Start, p.End), daysBetween(p.Start, now)
	switch {
	case used >= days || !now.Before(p.End):
		given.Value = "0.00"
	case used >= fullRefundDays:
		given.Value = p.Paid.times(big.NewRat(days-used, days))
		given.Fee = given.Value.times(big.NewRat(feePercent, 100))
	}
	given.Consumed = p.Paid.minus(given.Value)

	return given
}

// giveBack completes an unsubscription: the money returns to the balance, and
// the resources are closed, or end sooner.
func (w *world) giveBack(o *Order, now time.Time) {
	o.PaymentTime = now
	for _, b := range w.Balances {
		if b.Type == accountBalance {
			b.Amount = b.Amount.plus(o.AmountAfterDiscount)
			w.bookBalance(accountBalance, tradeRefund, o.AmountAfterDiscount, o)

			break
		}
	}
	w.Refunds = append(w.Refunds, Refund{
		OrderID: o.OrderID, ResourceIDs: slices.Clone(o.ResourceIDs), RenewalsOnly: o.RenewalsOnly,
		Amount: o.AmountAfterDiscount, Currency: o.Currency, At: now,
	})
	for _, id := range o.ResourceIDs {
		r := w.resources[id]
		if r == nil {
			continue
		}
		for _, member := range w.family(r) {
			if member.Status == resourceClosed {
				continue
			}
			w.changeResource(member)
			member.UpdateTime = now
			if o.RenewalsOnly {
				for _, given := range o.Returns {
					if given.ResourceID == member.ResourceID {
						member.endAt(given.Start)
					}
				}

				continue
			}
			member.Status = resourceClosed
			w.endUsage(member.ResourceID)
		}
	}
}

// endAt removes all renewed periods of a resource from a time on.
func (r *Resource) endAt(at time.Time) {
	r.Renewals = slices.DeleteFunc(slices.Clone(r.Renewals), func(p Period) bool { return !p.Start.Before(at) })
	if at.Before(r.ExpireTime) {
		r.ExpireTime = at
	}
}
