// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import "time"

const price = "58.20"

// paying pays an order of 58.20.
var paying = &money{
	name: "paying", typeName: "bss_order_payment", locked: true,
	config: func(h *history) attributes {
		return attributes{"order_id": text(h.order), "max_amount": h.limit("60"), "timeouts": timeouts("create", "update")}
	},
	prepare: placesOrder,
	most:    "60", stated: "amount_due", shows: "status", rests: []string{"canceled"},
	missing: func(h *history) string {
		if charges(h.world, h.order) == 0 {
			return "nobody has paid the order"
		}

		return ""
	},
	happenings: []happening{
		{"somebody pays the order", onOrder("pay_order", nil), orderShows},
		{"somebody cancels the order", onOrder("cancel_order", nil), orderShows},
		{"the order becomes dearer, within the cap", onOrder("reprice_order", attributesOfConsole{"amount": "59.00"}), orderShows},
		{"the order becomes dearer than the cap", onOrder("reprice_order", attributesOfConsole{"amount": "61.00"}), orderShows},
		{"the deadline of the order passes", passes(8 * 24 * time.Hour), nil},
	},
	switches: []string{
		"deadline_cancels=off", "deadline_after_payment=drop", "unknown_order=error", "repeat_while_processing=CBC.99000088", "custody=on",
		"resource_ids_after=duration=1500ms", "resource_ids_after=duration=17s", "no_discount_charges=official",
	},
	remedies: map[string]remedy{
		"Order is canceled":           {"a new order is placed", func(h *history, p *pipeline) { placesOrder(h); p.state = object{} }},
		"Price is above max_amount":   raises,
		"applied, awaiting_payer":     byConsole(happening{kind: "the master account pays", do: onOrder("pay_order", nil)}),
		"Payment deadline has passed": {"a new order is placed", func(h *history, p *pipeline) { placesOrder(h); p.state = object{} }},
	},
}

// raises is the remedy of a price above the cap.
var raises = remedy{"the cap is raised", func(h *history, _ *pipeline) { h.raised = true }}

func placesOrder(h *history) {
	id, ok := h.console("place_order", map[string]any{"amount": price})["order_id"].(string)
	if !ok {
		panic("the console names no order")
	}

	h.order = id
}

// onOrder does something with the order that the act is about while it is unpaid.
func onOrder(act string, values attributesOfConsole) func(*history) func() {
	return func(h *history) func() {
		if h.world.Order(h.order).Status != unpaid {
			return nil
		}

		all := map[string]any{"order_id": h.order}
		for name, value := range values {
			all[name] = value
		}

		return h.does(act, all)
	}
}

type attributesOfConsole map[string]any
