// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"math/big"
	"net/http"
)

type wireOnDemandPrice struct {
	ID             string              `json:"id"`
	ProductID      string              `json:"product_id"`
	Amount         json.Number         `json:"amount"`
	DiscountAmount json.Number         `json:"discount_amount"`
	OfficialAmount json.Number         `json:"official_website_amount"`
	MeasureID      int                 `json:"measure_id"`
	Discounts      []wirePriceDiscount `json:"discount_rating_results,omitempty"`
}

type wirePriceDiscount struct {
	ID        string      `json:"discount_id"`
	Type      int         `json:"discount_type"`
	Amount    json.Number `json:"amount"`
	MeasureID int         `json:"measure_id"`
	Name      string      `json:"discount_name"`
}

// getOnDemandPrice prices usage. The best discount of the customer is applied.
func getOnDemandPrice(w *world, c *call) (answer, error) {
	products, err := c.wantedProducts()
	if err != nil {
		return answer{}, err
	}
	decimals := 6
	if c.number("inquiry_precision", 0) == 1 {
		decimals = 10
	}
	best := bestOf(w.priceDiscounts())
	rows := make([]wireOnDemandPrice, 0, len(products))
	var officials, discounts []Amount
	for i := range products {
		place, official, err := products[i].usagePrice(w, decimals)
		if err != nil {
			return answer{}, err
		}
		row := wireOnDemandPrice{ID: products[i].id, ProductID: listedProductID(place), OfficialAmount: official.number(), MeasureID: 1}
		off := Amount("0.00")
		if best != nil {
			off = best.off(official, decimals)
			row.Discounts = []wirePriceDiscount{{ID: best.id, Type: best.kind, Amount: off.number(), MeasureID: 1, Name: best.name}}
		}
		row.DiscountAmount, row.Amount = off.number(), official.minus(off).number()
		officials, discounts = append(officials, official), append(discounts, off)
		rows = append(rows, row)
	}
	official, off := sumOf(officials), sumOf(discounts)

	return answer{status: http.StatusOK, body: map[string]any{
		"amount": official.minus(off).number(), "discount_amount": off.number(), "official_website_amount": official.number(),
		"measure_id": 1, "currency": w.currency(), "product_rating_results": rows,
	}}, nil
}

// usagePrice is the entry of the price list, and the official price, of a
// usage.
func (p *wanted) usagePrice(w *world, decimals int) (int, Amount, error) {
	place, err := p.find(w.Site)
	if err != nil {
		return 0, "", err
	}
	o := &priceList[place]
	factor, _ := p.fields["usage_factor"].(string)
	measure, _ := p.fields["usage_measure_id"].(int64)
	value, _ := p.fields["usage_value"].(json.Number)
	usage, ok := new(big.Rat).SetString(value.String())
	switch {
	case !ok || usage.Sign() < 0:
		return 0, "", badParameter(p.name+".usage_value", "must not be negative")
	case o.usage == "":
		return 0, "", rejected("CBC.99006006")
	case factor != o.factor:
		return 0, "", rejected("CBC.99006074")
	case measure != int64(o.measure):
		return 0, "", rejected("CBC.99006050")
	}
	price, err := rounded(usage.Mul(usage, p.scale(o.usage, o, w.currency())), decimals)

	return place, price, err
}
