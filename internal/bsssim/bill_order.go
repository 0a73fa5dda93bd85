// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"slices"
)

// billOrders makes the lines of paid orders, and of refunds.
func (w *world) billOrders(b *bookkeeper) {
	payments := map[string][]Payment{}
	for _, p := range w.Payments {
		payments[p.OrderID] = append(payments[p.OrderID], p)
	}
	for _, o := range w.Orders {
		switch {
		case o.ParentID != "":
		case len(payments[o.OrderID]) > 0:
			for n, p := range payments[o.OrderID] {
				w.billPayment(b, o, p, n)
			}
		case !o.PaymentTime.IsZero():
			// It was paid, or refunded, before the simulation began.
			w.billPayment(b, o, Payment{OrderID: o.OrderID, Amount: o.AmountAfterDiscount, At: o.PaymentTime, By: "console"}, 0)
		}
	}
}

// billPayment makes the lines of the n-th payment of an order: its amounts are
// divided in cents among the lines of the order, and then among the resources
// of each line.
func (w *world) billPayment(b *bookkeeper, o *Order, p Payment, n int) {
	total, ok := o.moneysOf(p)
	if !ok {
		return
	}
	var orders []*Order
	var positions []int
	var weights, officials []fine
	for _, member := range w.members(o) {
		for i := range member.Lines {
			weight, _ := fineOf(member.Lines[i].AmountAfterDiscount)
			official, _ := fineOf(member.Lines[i].OfficialAmount)
			orders, positions = append(orders, member), append(positions, i)
			weights, officials = append(weights, weight), append(officials, official)
		}
	}
	if len(orders) == 0 {
		return
	}
	parts := total.share(weights, officials, fineCent)
	for i, member := range orders {
		line := &member.Lines[positions[i]]
		ids := member.billedIDs(positions[i])
		equal := make([]fine, len(ids))
		for k, amounts := range parts[i].share(equal, equal, 1) {
			b.lines = append(b.lines, &billLine{
				billed: b.about(w.describeLine(member, line, ids[k])),
				id:     fmt.Sprintf("%s-%d-%d", line.ID, n+1, k+1), trade: o.OrderID, order: member.OrderID, combined: member.ParentID,
				kind: billTypeOf(member, p.By), mode: modePrepaid, period: billPeriod(line.PeriodType), number: line.PeriodNum,
				consume: p.At.Unix(), traded: p.At.Unix(), effective: line.EffectiveTime.Unix(), expire: line.ExpireTime.Unix(),
				unitPrice: amounts[moneyOfficial].times(1, int64(max(1, line.PeriodNum))), moneys: amounts,
			})
			if made := b.lines[len(b.lines)-1]; line.EffectiveTime.IsZero() {
				made.effective, made.expire = 0, 0
			}
		}
	}
}

// moneysOf splits what an order cost by where it came from. Amounts of a
// billion are not billed.
func (o *Order) moneysOf(p Payment) (moneys, bool) {
	var total moneys
	fits := true
	take := func(a Amount) fine {
		amount, ok := fineOf(a)
		fits = fits && ok

		return amount
	}
	total[moneyCredit], total[moneyDebt] = take(p.CreditAmount), take(p.DebtAmount)
	total[moneyCash] = take(p.Amount) - total[moneyCredit] - total[moneyDebt]
	total[moneyCoupon] = take(p.CouponAmount)
	if total[moneyCoupon] != 0 {
		total[moneyFlexi] = min(take(o.AmountInfo.FlexiAmount), total[moneyCoupon])
		total[moneyCoupon] -= total[moneyFlexi]
	}
	total[moneyOfficial] = max(take(o.OfficialAmount), total.consumed())
	total[moneyDiscount] = total[moneyOfficial] - total.consumed()
	if o.OrderType == orderUnsubscribe {
		for i := range total {
			total[i] = -total[i]
		}
	}

	return total, fits
}

// share divides amounts into whole steps: what is consumed by the weights, and
// the official amount by weights of its own. The largest part of the money
// evens out the rounding of the others.
func (m *moneys) share(weights, officials []fine, step fine) []moneys {
	parts := make([]moneys, len(weights))
	largest := moneyCash
	for kind := moneyCash; kind < moneyKinds; kind++ {
		if abs(m[kind]) > abs(m[largest]) {
			largest = kind
		}
	}
	for kind := moneyCash; kind < moneyKinds; kind++ {
		for i, part := range m[kind].share(weights, step) {
			parts[i][kind] = part
		}
	}
	consumed := m.consumed().share(weights, step)
	official := m[moneyOfficial].share(officials, step)
	for i := range parts {
		parts[i][largest] += consumed[i] - parts[i].consumed()
		parts[i][moneyOfficial], parts[i][moneyDiscount] = official[i], official[i]-consumed[i]
	}

	return parts
}

func abs(f fine) fine { return max(f, -f) }

// billedIDs are the resources that a line of the order is about, or one empty
// id.
func (o *Order) billedIDs(line int) []string {
	var ids []string
	switch {
	case o.Lines[line].ResourceID != "":
		return []string{o.Lines[line].ResourceID}
	case o.OrderType == orderNew:
		for i, id := range o.ResourceIDs {
			if i%len(o.Lines) == line {
				ids = append(ids, id)
			}
		}
	case len(o.ResourceIDs) == len(o.Lines):
		ids = o.ResourceIDs[line : line+1]
	default:
		ids = slices.Clone(o.ResourceIDs)
	}
	if len(ids) == 0 {
		return append(ids, slices.Concat(o.ResourceIDs, []string{""})[0])
	}

	return ids
}

// describeLine is what bills know about a line of an order.
func (w *world) describeLine(o *Order, line *OrderLine, id string) billed {
	what := billed{
		resource: id, service: line.ServiceTypeCode, resourceType: resourceType(line.ServiceTypeCode), region: "ap-southeast-3",
		product: line.ProductID, spec: specOf(line.ServiceTypeCode, resourceType(line.ServiceTypeCode)), specDesc: line.ProductSpecDesc,
	}
	switch r := w.resources[id]; {
	case r == nil:
	case r.ServiceTypeCode == line.ServiceTypeCode:
		what = w.describe(r)
	default: // What has no resource of its own goes with another.
		what.parent, what.name, what.region = r.ParentID, r.Name, r.RegionCode
		what.allocate(r.EnterpriseProject)
	}
	what.customer, what.account, what.payer = o.CustomerID, o.UserName, o.CustomerID
	if len(o.EnterpriseProjects) > 0 {
		what.allocate(&o.EnterpriseProjects[0])
	}

	return what
}

func billTypeOf(o *Order, by string) int {
	switch {
	case o.OrderType == orderUnsubscribe:
		return billUnsubscribe
	case o.OrderType == orderRenewal && by == "system":
		return billAutoRenewal
	case o.OrderType == orderRenewal:
		return billRenewal
	case o.OrderType == orderNew:
		return billPurchase
	default:
		return billChange
	}
}

// billPeriod is the period type of bills for one of orders.
func billPeriod(orderPeriod int) int {
	switch orderPeriod {
	case 0:
		return billDay
	case periodMonth:
		return billMonth
	case periodYear:
		return billYear
	case 4:
		return billHour
	default:
		return billOnce
	}
}
