// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// unsubscribing gives the resource back, with all its terms.
var unsubscribing = &money{
	name: "unsubscribing", typeName: "bss_unsubscription", locked: true,
	config: func(*history) attributes {
		return attributes{
			"resource_id": text(subject), "scope": text("resource_and_renewals"), "timeouts": timeouts("create", "update"),
		}
	},
	prepare: hasResource("2027-01-31T15:59:59Z"),
	shows:   "status",
	missing: func(h *history) string {
		if h.world.Resource(subject).Status != closed {
			return "the resource is not closed"
		}

		return ""
	},
	judge: func(h *history, r *run, before bsssim.World) {
		if len(h.world.Orders) == len(before.Orders) {
			return
		}

		if h.bought(unsubscription) > 1 {
			h.breach(r, "the resource is unsubscribed twice")
		}

		if termMoved(r, before, "planned_expire_time") {
			h.breach(r, "a term is unsubscribed that the plan did not state")
		}
	},
	happenings: []happening{
		{renews, onResource("renew", attributesOfConsole{"period_num": 1}), resourceShows},
		{"somebody orders a renewal, unpaid", onResource("renew", attributesOfConsole{"period_num": 1, "unpaid": true}), resourceShows},
		{"somebody unsubscribes the resource", onResource("unsubscribe", nil), resourceShows},
		{"the resource expires", onResource("expire", nil), resourceShows},
		{"the vendor freezes the resource", onResource("freeze", nil), resourceShows},
		{"an hour passes", passes(time.Hour), nil},
	},
	switches: []string{
		"unsubscribe_failures=inside", "unsubscribe_failures=whole", "unsubscription_status=2", "gone_code=CBC.99003012",
		"refund_amounts=positive",
	},
	remedies: map[string]remedy{
		"Resource is part of an unpaid order": cancels,
		"Resource or account is frozen":       unfreezes,
	},
}
