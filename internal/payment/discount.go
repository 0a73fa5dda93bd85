// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// applyDiscount fills in the discount to use, and with it what the payment
// can charge.
func (p *Payer) applyDiscount(ctx context.Context, o *order, req Request, result *prepared) error {
	offered, err := p.client.ListOrderDiscounts(ctx, req.OrderID)

	hidden := errors.Is(err, bssapi.ErrAccessDenied) && req.DiscountID == ""
	if err != nil && !hidden {
		return fmt.Errorf("reading the discounts of order %s: %w", req.OrderID, err)
	}

	if req.DiscountID != "" {
		return useDiscount(o, req, offered, result)
	}

	result.due, result.bound = o.amount(), o.amount()

	if req.DiscountUnknown {
		return nil
	}

	if req.APIVersion != APIVersion1 {
		if adjustment := findAdjustment(offered); adjustment != nil {
			return adjustmentRefusal(req.OrderID, adjustment)
		}
	}

	if !hidden && len(offered) == 0 && !o.discounted() {
		return nil
	}

	// No source says whether a payment that names no discount is charged at the
	// discounted price that the order shows. Where the difference could come
	// from a discount that one may choose, the cap has to cover all of it.
	if o.officialAmount().IsNull() {
		return &act.Refusal{
			Field:   act.FieldOrderID,
			Summary: "Order names no official price",
			Detail: fmt.Sprintf("Order %s may be charged at its official price, as no discount_id is set, and the API gives no official price. "+
				"Set discount_id to one of the discounts that bss_order_discounts lists.", req.OrderID),
		}
	}

	if o.officialAmount().Cmp(o.amount()) > 0 {
		result.bound = o.officialAmount()
		result.boundWhy = fmt.Sprintf(" (its official price, as no discount_id is set; with a discount the order shows %s)", o.amount())
	}

	return nil
}

// BestDiscount is the discount that saves most, of those that the order offers
// and the pay call takes, empty where there is none. Of a combined order, whose
// discounts are those of its parts, none is chosen. A price adjustment is the
// only choice where there is one.
func (p *Payer) BestDiscount(ctx context.Context, orderID string) (string, error) {
	offered, err := p.client.ListOrderDiscounts(ctx, orderID)
	if err != nil {
		return "", fmt.Errorf("reading the discounts of order %s: %w", orderID, err)
	}

	if adjustment := findAdjustment(offered); adjustment != nil {
		return adjustment.DiscountID, nil
	}

	best, most := "", zero

	for i := range offered {
		if saved := reduction(&offered[i], []string{orderID}); hasPayCode(discountKind(&offered[i])) && saved.Cmp(most) > 0 {
			best, most = offered[i].DiscountID, saved
		}
	}

	return best, nil
}

func useDiscount(o *order, req Request, offered []bssapi.OrderDiscount, result *prepared) error {
	var (
		chosen *bssapi.OrderDiscount
		ids    []string
	)

	for i, discount := range offered {
		ids = append(ids, discount.DiscountID)

		if discount.DiscountID == req.DiscountID {
			chosen = &offered[i]
		}
	}

	if chosen == nil {
		choice := "it offers none"
		if len(ids) > 0 {
			choice = "it offers " + strings.Join(ids, ", ")
		}

		return &act.Refusal{
			Field:   act.FieldDiscountID,
			Summary: "Discount is not offered",
			Detail:  fmt.Sprintf("Order %s does not offer discount %q: %s.", req.OrderID, req.DiscountID, choice),
		}
	}

	if kind := discountKind(chosen); !hasPayCode(kind) {
		return &act.Refusal{
			Field:   act.FieldDiscountID,
			Summary: "Discount cannot be used in a payment",
			Detail: fmt.Sprintf("Discount %s is of type %d, for which the pay call has no code. "+
				"A contract discount (type 1) is applied by the platform itself.", req.DiscountID, kind),
		}
	}

	if adjustment := findAdjustment(offered); adjustment != nil && adjustment.DiscountID != chosen.DiscountID {
		return adjustmentRefusal(req.OrderID, adjustment)
	}

	if err := checkParts(o, chosen); err != nil {
		return err
	}

	saved, base, most := reduction(chosen, o.ids()), higher(o.officialAmount(), o.amount()), o.officialAmount()
	if most.IsNull() {
		most = o.amount()
	}

	if saved.Sign() <= 0 || saved.Cmp(most) > 0 {
		return &act.Refusal{
			Field:   act.FieldDiscountID,
			Summary: "Discount makes no price",
			Detail: fmt.Sprintf("Discount %s takes %s %s off order %s, whose official price is %s. Look at the order in the console.",
				req.DiscountID, saved, o.currency(), req.OrderID, most),
		}
	}

	// No source says whether a discount takes the place of what is in the amount
	// already, so it counts from whichever price is higher.
	result.discount = chosen
	result.due = base.Sub(saved)
	result.bound = result.due

	return nil
}

// checkParts refuses a discount of which no part is the order's, or that counts a
// line twice.
func checkParts(o *order, discount *bssapi.OrderDiscount) error {
	refusal := &act.Refusal{
		Field:   act.FieldDiscountID,
		Summary: "Discount is not the order's",
		Detail:  fmt.Sprintf("Discount %s is offered, but no part of it is for order %s.", discount.DiscountID, o.details.OrderID),
	}
	counted := map[string]bool{}

	if !slices.ContainsFunc(discount.Orders, func(part bssapi.OrderDiscountOrder) bool { return isOneOf(part.OrderID, o.ids()) }) {
		return refusal
	}

	for _, line := range linesOf(discount, o.ids()) {
		for _, id := range line.OrderLineItemIDs {
			if counted[id] {
				refusal.Detail = fmt.Sprintf("Discount %s counts line %s twice, so what it takes off order %s is not certain.",
					discount.DiscountID, id, o.details.OrderID)

				return refusal
			}

			counted[id] = true
		}
	}

	return nil
}

func adjustmentRefusal(orderID string, adjustment *bssapi.OrderDiscount) error {
	return &act.Refusal{
		Field:   act.FieldDiscountID,
		Summary: "Order has a price adjustment",
		Detail: fmt.Sprintf("The API demands that the price adjustment of order %s be used. Set discount_id = %q.",
			orderID, adjustment.DiscountID),
	}
}

func findAdjustment(offered []bssapi.OrderDiscount) *bssapi.OrderDiscount {
	for i := range offered {
		if discountKind(&offered[i]) == bssapi.DiscountTypePriceAdjustment {
			return &offered[i]
		}
	}

	return nil
}

// hasPayCode says whether the pay call takes a discount of this type.
func hasPayCode(kind bssapi.DiscountType) bool {
	switch kind {
	case bssapi.DiscountTypePromotion, bssapi.DiscountTypeCommercial, bssapi.DiscountTypePartner, bssapi.DiscountTypePriceAdjustment:
		return true
	case bssapi.DiscountTypeContract:
		return false
	default:
		return false
	}
}

// discountKind is the type of a discount, or -1 for one that the API left out.
func discountKind(discount *bssapi.OrderDiscount) bssapi.DiscountType {
	if discount.DiscountType == nil {
		return -1
	}

	return bssapi.DiscountType(*discount.DiscountType)
}

// reduction is what a discount takes off the orders of the ids, over all their
// lines.
func reduction(discount *bssapi.OrderDiscount, ids []string) bssapi.Decimal {
	total := zero

	for _, line := range linesOf(discount, ids) {
		if !line.DiscountAmount.IsNull() {
			total = total.Add(line.DiscountAmount)
		}
	}

	return total
}

// linesOf are the lines of a discount that are of the orders of the ids.
func linesOf(discount *bssapi.OrderDiscount, ids []string) []bssapi.OrderDiscountLine {
	var lines []bssapi.OrderDiscountLine

	for _, part := range discount.Orders {
		if isOneOf(part.OrderID, ids) {
			lines = append(lines, part.OrderLineItems...)
		}
	}

	return lines
}

// isOneOf compares ids of orders, which their case does not tell apart.
func isOneOf(id string, ids []string) bool {
	return slices.ContainsFunc(ids, func(other string) bool { return strings.EqualFold(id, other) })
}
