// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"math/big"
	"net/http"
	"slices"
)

// Discount is an offer that a payment of the order may select. Amount is the
// reduction from the price without it. PricedIn says that the order's amount
// contains it already.
type Discount struct {
	ID       string `json:"id"`
	Type     int    `json:"type"`
	Amount   Amount `json:"amount"`
	Ratio    Amount `json:"ratio,omitempty"`
	Mode     int    `json:"mode"`
	PricedIn bool   `json:"priced_in,omitempty"`
}

// Types of discounts.
const (
	discountPromotion  = 0
	discountContract   = 1
	discountCommercial = 2
	discountPartner    = 3
	discountAdjustment = 609
)

// selectable says whether a payment can name the discount.
func (d *Discount) selectable() bool { return d.Type != discountContract }

// ratioOf is the share of the price that is left after the discount.
func (d *Discount) ratioOf(o *Order) Amount {
	base := o.basePrice().rat()
	if d.Ratio != "" || base.Sign() == 0 {
		return d.Ratio
	}
	left := new(big.Rat).Sub(base, d.Amount.rat())

	return Amount(new(big.Rat).Quo(left, base).FloatString(4))
}

func (d *Discount) applied() AppliedDiscount {
	return AppliedDiscount{Type: d.appliedType(), Amount: d.Amount}
}

// appliedType is the code that order queries show for a used discount.
func (d *Discount) appliedType() string {
	switch d.Type {
	case discountPromotion:
		return "200"
	case discountAdjustment:
		return "609"
	case discountPartner:
		return "607"
	default:
		return "605"
	}
}

// basePrice is the price before any discount that can be selected.
func (o *Order) basePrice() Amount {
	if slices.ContainsFunc(o.Discounts, func(d Discount) bool { return d.PricedIn && d.selectable() }) {
		return o.OfficialAmount
	}

	return o.AmountAfterDiscount
}

// discountFor finds and checks the discount that a payment names; nil is none.
func (o *Order) discountFor(use *discountUse) (*Discount, error) {
	i := slices.IndexFunc(o.Discounts, func(d Discount) bool {
		return use != nil && d.ID == use.id && int64(d.Type) == use.kind && d.selectable()
	})
	if use != nil && i < 0 {
		return nil, rejected("CBC.99003108")
	}
	mandatory := slices.ContainsFunc(o.Discounts, func(d Discount) bool { return d.Type == discountAdjustment })
	if mandatory && (i < 0 || o.Discounts[i].Type != discountAdjustment) {
		refusal := rejected("CBC.99003108")
		refusal.message += " The price adjustment (609) of the order must be used."

		return nil, refusal
	}
	if i < 0 {
		return nil, nil
	}

	return &o.Discounts[i], nil
}

// priceWith is what a payment charges before coupons.
func (w *world) priceWith(o *Order, discount *Discount) Amount {
	switch {
	case discount != nil:
		return o.basePrice().minus(discount.Amount)
	case w.setting("no_discount_charges") == "official":
		return o.basePrice()
	default:
		return o.AmountAfterDiscount
	}
}

// listOrderDiscounts answers the discounts that an unpaid order can use.
func listOrderDiscounts(w *world, c *call) (answer, error) {
	o := w.orders[c.text("order_id")]
	if o == nil {
		return answer{}, rejected("CBC.30000010")
	}
	discounts := []map[string]any{}
	if o.Status == orderUnpaid && w.setting("discount_permission") == "on" {
		for i := range o.Discounts {
			discounts = append(discounts, w.wireDiscount(o, &o.Discounts[i]))
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{"discounts": discounts}}, nil
}

func (w *world) wireDiscount(o *Order, d *Discount) map[string]any {
	orders := []map[string]any{}
	members := slices.DeleteFunc(slices.Clone(w.members(o)), func(member *Order) bool { return len(member.Lines) == 0 })
	shares := d.Amount.split(len(members))
	for i, member := range members {
		ids := make([]string, len(member.Lines))
		for i, line := range member.Lines {
			ids[i] = line.ID
		}
		orders = append(orders, map[string]any{"order_id": member.OrderID, "order_line_items": []map[string]any{{
			"order_line_item_ids": ids, "discount_mode": d.Mode,
			"discount_amount": shares[i].number(), "discount_ratio": d.ratioOf(o).number(),
		}}})
	}
	value := string(d.Amount)
	if d.Mode == 0 {
		value = string(d.ratioOf(o))
	}

	return map[string]any{
		"discount_id": d.ID, "discount_value": value, "discount_type": d.Type, "orders": orders,
	}
}

func discountID(n int) string { return fmt.Sprintf("DC%010d", n) }
