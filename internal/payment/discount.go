// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"errors"
	"fmt"
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

	// No source says whether a payment that names no discount is charged at the
	// discounted price that the order shows. Where the difference could come
	// from a discount that one may choose, the cap has to cover all of it.
	if (hidden || len(offered) > 0) && !o.officialAmount().IsNull() && o.officialAmount().Cmp(o.amount()) > 0 {
		result.bound = o.officialAmount()
		result.boundWhy = fmt.Sprintf(" (its official price, as no discount_id is set; with a discount the order shows %s)", o.amount())
	}

	return nil
}

// BestDiscount is the discount that saves most, of those that the order offers
// and the pay call takes, empty where there is none. A price adjustment is the
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
		if saved := reduction(&offered[i]); hasPayCode(discountKind(&offered[i])) && saved.Cmp(most) > 0 {
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

	result.discount = chosen

	official := o.officialAmount()
	if official.IsNull() {
		official = o.amount()
	}

	// A discount counts from the official price, and takes the place of
	// whichever one the order shows now.
	result.due = official.Sub(reduction(chosen))
	result.bound = result.due

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

// reduction is what a discount takes off the order, over all its lines and,
// for a combined order, all its parts.
func reduction(discount *bssapi.OrderDiscount) bssapi.Decimal {
	total := zero

	for _, part := range discount.Orders {
		for _, line := range part.OrderLineItems {
			if !line.DiscountAmount.IsNull() {
				total = total.Add(line.DiscountAmount)
			}
		}
	}

	return total
}
