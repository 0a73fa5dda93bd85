// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"math/big"
	"slices"
)

// monthlyPrices are what a month costs if a resource has no price of its own.
var monthlyPrices = map[string]Amount{
	"hws.service.type.ec2": "60.00", "hws.service.type.ebs": "10.00", "hws.service.type.vpc": "15.00",
	"hws.service.type.rds": "120.00", "hws.service.type.dcs": "40.00",
}

const otherMonthlyPrice = Amount("20.00")

// Period types of orders.
const (
	periodMonth = 2
	periodYear  = 3
)

// renewalPeriod is the type of the one period that an automatic renewal adds.
func (r *Resource) renewalPeriod() int {
	if r.AutoRenew.PeriodType == "YEAR" || r.AutoRenew.PeriodType == "" && r.PeriodType == periodYear {
		return periodYear
	}

	return periodMonth
}

// price is what one period of a resource costs.
func (r *Resource) price(periodType int) Amount {
	price := r.MonthlyPrice
	if price == "" {
		price = monthlyPrices[r.ServiceTypeCode]
	}
	if price == "" {
		price = otherMonthlyPrice
	}
	if periodType == periodYear {
		price = price.times(big.NewRat(12, 1))
	}

	return price
}

// deduct tries an automatic renewal of a primary resource and its attached
// resources. Without the money, or while an order holds the resource, nothing
// happens until the next day.
func (w *world) deduct(r *Resource) {
	now := w.clock.now()
	w.dirty = true
	r.AutoRenew.Tried = now
	if w.setting("server_locks") == "on" && w.inOrder(r, orderUnpaid, orderProcessing, orderRefunding) {
		return
	}
	members, spec := w.tree(r), w.renewal(r, r.renewalPeriod(), 1)
	spec.Status = orderCompleted
	from, err := w.charge(spec.Amount)
	if err != nil {
		return
	}
	o, err := w.place(spec)
	if err != nil {
		panic(err) // Only a console's values could be wrong.
	}
	w.record(o, spec.Amount, "", from, "system")
	if o.Provisioning != nil {
		w.provision(o, now)
	}
	for _, member := range members {
		if member.AutoRenew.Times == 0 {
			continue
		}
		w.changeResource(member)
		member.AutoRenew.Left--
		if member.AutoRenew.Left <= 0 {
			member.AutoRenew.On = false
			member.showPolicy()
		}
	}
}

// inOrder says that an order in one of these states is about a resource.
func (w *world) inOrder(r *Resource, statuses ...int) bool {
	return slices.ContainsFunc(w.Orders, func(o *Order) bool {
		return slices.Contains(statuses, o.Status) && slices.Contains(o.ResourceIDs, r.ResourceID)
	})
}
