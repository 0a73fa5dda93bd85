// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// views are all that both calls show of the order and its parts.
func (o *order) views() []bssapi.Order {
	return slices.Concat([]bssapi.Order{o.listed, o.details.Order}, o.listed.SubOrderInfos, o.details.SubOrderInfos)
}

// checkMoney refuses an order whose amounts mean something else than a figure in
// one currency: no cap and no plan can be held against them.
func checkMoney(o *order) error {
	var currencies []string

	for _, view := range o.views() {
		if !bssapi.InCurrency(view.MeasureID) {
			return &act.Refusal{
				Field:   act.FieldOrderID,
				Summary: "Order is in an unknown unit",
				Detail: fmt.Sprintf("The API gives amounts of order %s in unit %d, and only unit 1, the currency itself, is understood. "+
					"Look at the order in the console.", o.details.OrderID, view.MeasureID),
			}
		}

		currencies = append(currencies, view.Currency)
	}

	for _, line := range o.details.Lines {
		currencies = append(currencies, line.Currency)
	}

	slices.Sort(currencies)
	currencies = slices.DeleteFunc(slices.Compact(currencies), func(currency string) bool { return currency == "" })

	if len(currencies) > 1 {
		return &act.Refusal{
			Field:   act.FieldOrderID,
			Summary: "Order is in several currencies",
			Detail: fmt.Sprintf("The API gives amounts of order %s in more than one currency: %s. Look at the order in the console.",
				o.details.OrderID, strings.Join(currencies, ", ")),
		}
	}

	return nil
}

// checkAmounts refuses to pay where the amounts of the order are no price. Zero
// is one.
func checkAmounts(o *order) error {
	refusal := &act.Refusal{
		Field:   act.FieldOrderID,
		Summary: "Order names no amount",
		Detail:  fmt.Sprintf("The API answered order %s without an amount, so no cap can be held against it.", o.details.OrderID),
	}

	if o.amount().IsNull() {
		return refusal
	}

	for _, view := range o.views() {
		for _, amount := range []bssapi.Decimal{view.AmountAfterDiscount, view.OfficialAmount} {
			if amount.Sign() < 0 {
				refusal.Summary = "Order has a negative amount"
				refusal.Detail = fmt.Sprintf("The API gives a negative amount of order %s, %s %s, which is no price to pay. "+
					"Look at the order in the console.", o.details.OrderID, amount, o.currency())

				return refusal
			}
		}
	}

	return nil
}
