// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// renewing buys a month of 60.00.
var renewing = &money{
	name: "renewing", typeName: "bss_renewal", locked: true,
	config: func(h *history) attributes {
		return attributes{
			"resource_id": text(subject), "paid_through": text("2027-02-28"), "period_unit": text("month"), "max_amount": h.limit("70"),
			"timeouts": timeouts("create", "update"),
		}
	},
	prepare: hasResource("2027-01-31T15:59:59Z"),
	most:    "70", stated: "quoted_amount", shows: "status", rests: []string{"canceled", "short"},
	missing: func(h *history) string {
		if h.world.Resource(subject).ExpireTime.Before(time.Date(2027, 2, 27, 16, 0, 0, 0, time.UTC)) {
			return "the day is not reached"
		}

		return ""
	},
	judge: func(h *history, r *run, before bsssim.World) {
		made := h.world.Payments[len(before.Payments):]
		if len(made) == 0 || made[0].By != "api" {
			return
		}

		if before.Resource(subject).Status == closed {
			h.breach(r, "a renewal is paid of a resource that is closed")
		}

		if h.bought(renewal) > 1 {
			h.breach(r, "the goal is paid twice")
		}

		// What is charged a second time has moved the term itself.
		if charges(h.world, made[0].OrderID) == 1 && termMoved(r, before, "starts_at") {
			h.breach(r, "a renewal is paid that starts at another time than the plan stated")
		}
	},
	happenings: []happening{
		{renews, onResource("renew", attributesOfConsole{"period_num": 1}), resourceShows},
		{"somebody orders a renewal, unpaid", onResource("renew", attributesOfConsole{"period_num": 1, "unpaid": true}), resourceShows},
		{"somebody pays the newest order", onNewest("pay_order", nil), orderShows},
		{"somebody cancels the newest order", onNewest("cancel_order", nil), orderShows},
		{"the newest order becomes dearer, within the cap", onNewest("reprice_order", attributesOfConsole{"amount": "65.00"}), orderShows},
		{"the newest order becomes dearer than the cap", onNewest("reprice_order", attributesOfConsole{"amount": "75.00"}), orderShows},
		{"somebody unsubscribes the resource", onResource("unsubscribe", nil), resourceShows},
		{"somebody turns automatic renewal on", onResource("set_expire_policy", attributesOfConsole{"policy": 3}), resourceShows},
		{"the deadline of an order passes", passes(8 * 24 * time.Hour), nil},
	},
	switches: []string{
		"unpaid_line_times=off", "order_query_finds_renewals=on", "unified_expiry_day=15", "unified_day_in_price=off", "renew_failures=whole",
		"failed_auto_pay_leaves_order=on", "no_discount_charges=official", "price_discounts=none", "deadline_cancels=off", "custody=on",
	},
	remedies: map[string]remedy{
		"Price is above max_amount": raises,
		"Resource is closed":        {what: "it is gone"},
		"applied, awaiting_payer":   byConsole(happening{kind: "the master account pays", do: onNewest("pay_order", nil)}),
	},
}
