// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"slices"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// subject is the resource that acts are about.
const subject = "server-1"

// hasResource adds the resource, whose term ends then.
func hasResource(ends string, more ...map[string]any) func(*history) {
	return func(h *history) {
		h.console("add_resource", map[string]any{"resource_id": subject, "name": "web", "expire_time": ends, "monthly_price": "60.00"})

		for _, one := range more {
			one["resource_id"] = subject
			h.console("set_expire_policy", one)
		}
	}
}

// onResource does something with the resource while it is open.
func onResource(act string, values attributesOfConsole) func(*history) func() {
	return func(h *history) func() {
		if h.world.Resource(subject).Status == closed {
			return nil
		}

		all := map[string]any{"resource_id": subject}
		for name, value := range values {
			all[name] = value
		}

		return h.does(act, all)
	}
}

// onNewest does something with the newest unpaid order about the resource.
func onNewest(act string, values attributesOfConsole) func(*history) func() {
	return func(h *history) func() {
		var newest string

		for _, order := range h.world.Orders {
			if order.Status == unpaid && slices.Contains(order.ResourceIDs, subject) {
				newest = order.OrderID
			}
		}

		if newest == "" {
			return nil
		}

		all := map[string]any{"order_id": newest}
		for name, value := range values {
			all[name] = value
		}

		return h.does(act, all)
	}
}

const closed = 3

// termMoved says whether the term of the resource ends at another time than the plan
// stated.
func termMoved(r *run, before bsssim.World, attribute string) bool {
	return r.approved == nil || show(r.approved.value, attribute) != before.Resource(subject).ExpireTime.UTC().Format(time.RFC3339)
}

// bought are the orders of a type about the resource that a call paid or placed.
func (h *history) bought(orderType int) int {
	n := 0

	for _, order := range h.world.Orders {
		if order.OrderType != orderType || order.Status == canceled || !slices.Contains(order.ResourceIDs, subject) {
			continue
		}

		paid := slices.ContainsFunc(h.world.Payments, func(p bsssim.Payment) bool { return p.OrderID == order.OrderID && p.By == "api" })
		if paid || (orderType == unsubscription || orderType == conversion) && slices.Contains(h.placed, order.OrderID) {
			n++
		}
	}

	return n
}

// The types of orders.
const (
	renewal        = 2
	unsubscription = 4
	conversion     = 10
)
