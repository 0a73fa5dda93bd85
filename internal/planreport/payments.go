// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// paying is about a payment that the apply makes.
func paying(v values, row *Row) {
	row.Withheld = v.mentions("order_id", "max_amount", "amount_due", "currency")
	row.money(v, "amount_due")
	row.Subject = optional(v.text("order_id"))
	row.becomes(sectionCapped, "pays_order", "Pays order "+called(v, "order_id"))

	// Of what is not paid by this resource, the plan states that it has no trade number.
	if v.statesNone("trade_number") {
		row.Amount = bssapi.Decimal{}
		row.recorded("records_order", "Order "+called(v, "order_id")+" is paid already, or another account pays it")

		return
	}

	if !row.Amount.IsNull() {
		row.Section = sectionCharged
	}
}

// renewing is about a renewal that the apply makes.
func renewing(v values, row *Row) {
	row.Withheld = v.mentions("resource_id", "max_amount", "quoted_amount", "currency", "paid_through")
	row.money(v, "quoted_amount")
	row.Subject, row.Through = optional(v.text("resource_id")), optional(v.text("paid_through"))
	row.becomes(sectionCapped, "renews", "Renews resource "+called(v, "resource_id"))

	var periods int

	switch known := v.read("quoted_periods", &periods) == known; {
	case known && periods == 0:
		row.Amount = bssapi.Decimal{}
		row.recorded("reached_already", "Resource "+called(v, "resource_id")+" is paid for long enough: nothing to renew")

		return
	case known:
		row.says += " for " + counts(periods, unitOf(v, "period"))
	}

	row.says += through(v)

	if !row.Amount.IsNull() {
		row.Section = sectionCharged
	}

	if order := v.text("continues_order_id"); order != "" {
		row.says += ", by paying its open order " + name(order)
	}
}

// renewingMore is about a renewal in state, which buys for a later day only, and for
// one that was recorded after an import and never ordered.
func renewingMore(c change, row *Row) {
	before, after := c.before.text("paid_through"), c.after.text("paid_through")

	switch {
	case c.before.state("paid_through") == absent:
		row.recorded("records_arguments", "The day is recorded after an import: nothing is bought by this plan")
	case c.before.text("status") == "pending", c.after.state("paid_through") != known, before == "", after > before:
		renewing(c.after, row)
	default:
		row.recorded("records_arguments", "Arguments are recorded, or something unfinished is waited for")
	}
}

// canceling is about an unpaid order that is canceled.
func canceling(v values, row *Row) {
	row.Withheld = v.mentions("order_id", "amount", "currency", "deadline", "status")
	row.Subject, row.Currency = optional(v.text("order_id")), optional(v.text("currency"))
	row.Amount = v.amount("amount")
	row.becomes(sectionCanceled, "cancels_order", "Cancels the unpaid order "+called(v, "order_id"))

	if v.state("status") == known {
		row.recorded("canceled_already", fmt.Sprintf("Order %s is canceled already", called(v, "order_id")))
	}
}

// money is the price that the plan states, the cap, and their currency.
func (r *Row) money(v values, price string) {
	r.Amount, r.MaxAmount, r.Currency = v.amount(price), v.amount("max_amount"), optional(v.text("currency"))
}

// unitOf is the unit of a renewal.
func unitOf(v values, otherwise string) string {
	if unit := v.text("period_unit"); unit == "month" || unit == "year" {
		return unit
	}

	return otherwise
}

func through(v values) string {
	if v.state("paid_through") == known {
		return ", paid through " + day(v.text("paid_through"))
	}

	return ""
}
