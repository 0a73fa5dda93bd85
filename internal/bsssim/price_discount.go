// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"math/big"
	"slices"
)

// priceDiscount is a discount that the customer has on everything that is
// priced.
type priceDiscount struct {
	id, name string
	kind     int
	// orderKind is the type that it has for an order.
	orderKind int
	percent   int64
}

// The discounts of prices, in the order in which an equal one is the best.
var (
	commercialPrice = priceDiscount{"DP0000000001", "Commercial discount", 605, discountCommercial, 10}
	partnerPrice    = priceDiscount{"DP0000000002", "Distributor discount", 606, discountPartner, 5}
)

// priceDiscounts are those that the customer has, and may see.
func (w *world) priceDiscounts() []priceDiscount {
	if w.setting("discount_permission") == "off" {
		return nil
	}

	return w.customerDiscounts()
}

// customerDiscounts are those that the customer has.
func (w *world) customerDiscounts() []priceDiscount {
	switch w.setting("price_discounts") {
	case "commercial":
		return []priceDiscount{commercialPrice}
	case "partner":
		return []priceDiscount{partnerPrice}
	case "none":
		return nil
	default:
		return []priceDiscount{commercialPrice, partnerPrice}
	}
}

// bestOf is the discount that takes most off, nil when there is none.
func bestOf(discounts []priceDiscount) *priceDiscount {
	var best *priceDiscount
	for i := range discounts {
		if best == nil || discounts[i].percent > best.percent {
			best = &discounts[i]
		}
	}

	return best
}

// off is what a discount takes off a price, rounded to its decimals.
func (d *priceDiscount) off(price Amount, decimals int) Amount {
	part := new(big.Rat).Mul(price.rat(), big.NewRat(d.percent, 100))
	rounded, ok := new(big.Rat).SetString(part.FloatString(decimals))
	if !ok {
		return "0.00"
	}

	return amountOf(rounded)
}

// bestOffer is 1 for the best of the discounts, else 0.
func bestOffer(discounts []priceDiscount, d priceDiscount) int {
	if best := bestOf(discounts); best != nil && *best == d {
		return 1
	}

	return 0
}

func sumOf(amounts []Amount) Amount {
	sum := Amount("0.00")
	for amount := range slices.Values(amounts) {
		sum = sum.plus(amount)
	}

	return sum
}
