// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// converting changes the resource to pay-per-use, before its term is over.
var converting = &money{
	name: "converting", typeName: "bss_on_demand_conversion", site: bsssim.SiteChina, locked: true,
	config: func(*history) attributes {
		return attributes{"resource_id": text(subject), "timeouts": timeouts("create", "update")}
	},
	prepare: hasResource("2027-01-31T15:59:59Z"),
	shows:   "status",
	rests:   []string{"canceled"},
	missing: func(h *history) string {
		if !h.world.Resource(subject).Converted {
			return "the resource is not converted"
		}

		return ""
	},
	judge: func(h *history, r *run, before bsssim.World) {
		if len(h.world.Orders) == len(before.Orders) {
			return
		}

		if h.bought(conversion) > 1 {
			h.breach(r, "the resource is converted twice")
		}

		if termMoved(r, before, "expire_time") {
			h.breach(r, "a term is given up that the plan did not state")
		}
	},
	happenings: []happening{
		{renews, onResource("renew", attributesOfConsole{"period_num": 1}), resourceShows},
		{"somebody orders a renewal, unpaid", onResource("renew", attributesOfConsole{"period_num": 1, "unpaid": true}), resourceShows},
		{"somebody unsubscribes the resource", onResource("unsubscribe", nil), resourceShows},
		{"somebody converts the resource", onResource("convert", nil), conversionShows},
		{"the resource expires", onResource("expire", nil), resourceShows},
		{"the vendor freezes the resource", onResource("freeze", nil), resourceShows},
		{"the vendor refuses the conversion", onReview("refuse_order"), nil},
		{"an hour passes", passes(time.Hour), nil},
	},
	switches: []string{
		"conversion_review=on", "convert_failures=whole", "conversion_order_ids=off", "converted_resources=gone",
		"converted_resources=in_use", "order_query_finds_conversions=on",
	},
	remedies: map[string]remedy{
		"applied, under_review":                   approves,
		"A conversion may be under way":           approves,
		"Resource is part of an unpaid order":     cancels,
		"Resource or account is frozen":           unfreezes,
		"Term of the resource is over":            prolongs,
		"Resource is closed":                      {what: "it is gone, and the block goes"},
		"What closed the resource cannot be told": {what: "it is gone, and the block goes"},
		"Billing does not know the resource":      {what: "it is pay-per-use, and the block goes"},
		"Conversion was refused":                  {what: "it is pay-per-use already, and the block goes"},
	},
}

// underReview also goes through the orders of events while the vendor decides.
var underReview = func() *money {
	reviewed := *converting
	reviewed.name = "converting under review"
	reviewed.prepare = func(h *history) {
		converting.prepare(h)
		must(h.sim.Set("conversion_review", "on"))
	}
	reviewed.switches = []string{
		"review_shows=processing", "review_shows=nothing", "conversion_order_ids=off", "converted_resources=gone",
		"converted_resources=in_use",
	}

	return &reviewed
}()

// brieflyReviewed is the same for two runs: each look while they wait is one more
// thing that can come in any order.
var brieflyReviewed = func() *money {
	brief := *underReview
	brief.config = func(*history) attributes {
		return attributes{"resource_id": text(subject), "timeouts": timeoutsOf("1500ms", "create", "update")}
	}

	return &brief
}()

var (
	cancels   = byConsole(happening{kind: "somebody cancels the newest order", do: onNewest("cancel_order", nil)})
	unfreezes = byConsole(happening{kind: "the vendor unfreezes the resource", do: onResource("unfreeze", nil)})
	prolongs  = byConsole(happening{kind: renews, do: onResource("renew", attributesOfConsole{"period_num": 3})})
	approves  = byConsole(happening{kind: "the vendor approves the conversion", do: onReview("approve_order")})
)

// onReview decides about the newest conversion under review.
func onReview(act string) func(*history) func() {
	return func(h *history) func() {
		var newest string

		for _, order := range h.world.Orders {
			if order.UnderReview {
				newest = order.OrderID
			}
		}

		if newest == "" {
			return nil
		}

		return h.does(act, map[string]any{"order_id": newest})
	}
}
