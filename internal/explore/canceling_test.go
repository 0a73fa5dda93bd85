// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import "time"

// canceling cancels an unpaid order, by an action.
var canceling = &money{
	name: "canceling", typeName: "bss_order_cancel", action: true, cancels: true,
	config:  func(h *history) attributes { return attributes{"order_id": text(h.order)} },
	prepare: placesOrder,
	missing: func(h *history) string {
		if h.world.Order(h.order).Status != canceled {
			return "the order is not canceled"
		}

		return ""
	},
	happenings: []happening{
		{"somebody pays the order", onOrder("pay_order", nil), orderShows},
		{"somebody cancels the order", onOrder("cancel_order", nil), orderShows},
		{"the deadline of the order passes", passes(8 * 24 * time.Hour), nil},
	},
	switches: []string{"deadline_cancels=off", "unknown_order=error"},
	remedies: map[string]remedy{"Order cannot be canceled": {what: "it is paid, and stays so"}},
}
