// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"math/big"
	"net/http"
)

// yearInMonths is how many months are charged for a year.
const yearInMonths = 10

type wireInstallment struct {
	Official   string `json:"installment_official_website_amount,omitempty"`
	Discount   string `json:"installment_official_discount_amount,omitempty"`
	Amount     string `json:"installment_amount,omitempty"`
	PeriodType int    `json:"installment_period_type,omitempty"`
}

type wireOfficialPrice struct {
	ID             string      `json:"id"`
	ProductID      string      `json:"product_id"`
	OfficialAmount json.Number `json:"official_website_amount"`
	MeasureID      int         `json:"measure_id"`
	wireInstallment
}

type wireOfficialPrices struct {
	OfficialAmount json.Number         `json:"official_website_amount"`
	MeasureID      int                 `json:"measure_id"`
	Products       []wireOfficialPrice `json:"product_rating_results"`
	wireInstallment
}

type wirePeriodPrice struct {
	ID             string      `json:"id"`
	ProductID      string      `json:"product_id"`
	Amount         json.Number `json:"amount"`
	OfficialAmount json.Number `json:"official_website_amount"`
	DiscountAmount json.Number `json:"discount_amount"`
	MeasureID      int         `json:"measure_id"`
	wireInstallment
}

type wireOptionalPrice struct {
	DiscountID     string            `json:"discount_id"`
	Amount         json.Number       `json:"amount"`
	OfficialAmount json.Number       `json:"official_website_amount"`
	DiscountAmount json.Number       `json:"discount_amount"`
	MeasureID      int               `json:"measure_id"`
	Type           int               `json:"discount_type"`
	Name           string            `json:"discount_name"`
	BestOffer      int               `json:"best_offer"`
	Products       []wirePeriodPrice `json:"product_rating_results"`
	wireInstallment
}

// periodPrice is the official price of a product: what is due at the start, and
// each of the monthly installments, zero without them.
type periodPrice struct {
	id, productID        string
	upfront, installment Amount
	installments         bool
}

// getPeriodPrice prices yearly/monthly products, without discounts and with
// each that can be selected.
func getPeriodPrice(w *world, c *call) (answer, error) {
	products, err := c.wantedProducts()
	if err != nil {
		return answer{}, err
	}
	prices := make([]periodPrice, 0, len(products))
	for i := range products {
		price, err := products[i].periodPrice(w)
		if err != nil {
			return answer{}, err
		}
		prices = append(prices, price)
	}
	body := map[string]any{"official_website_rating_result": officialPrices(prices), "currency": w.currency()}
	discounts := w.priceDiscounts()
	optional := make([]wireOptionalPrice, 0, len(discounts))
	for _, d := range discounts {
		priced := d.prices(prices)
		priced.BestOffer = bestOffer(discounts, d)
		optional = append(optional, priced)
	}
	if len(optional) > 0 {
		body["optional_discount_rating_results"] = optional
	}

	return answer{status: http.StatusOK, body: body}, nil
}

// periodPrice looks a product up and prices its whole term.
func (p *wanted) periodPrice(w *world) (periodPrice, error) {
	place, err := p.find(w.Site)
	if err != nil {
		return periodPrice{}, err
	}
	o := &priceList[place]
	kind, _ := p.fields["period_type"].(int64)
	number, _ := p.fields["period_num"].(int64)
	mode, _ := p.fields["fee_installment_mode"].(string)
	months, terms := number, number
	switch {
	case o.monthly == "", kind != periodMonth && kind != periodYear:
		return periodPrice{}, rejected("CBC.99006006")
	case kind == periodYear:
		months, terms = number*12, number*yearInMonths
	}
	total := p.scale(o.monthly, o, w.currency())
	total.Mul(total, big.NewRat(terms, 1))
	price := periodPrice{id: p.id, productID: listedProductID(place), installment: "0.00"}
	share := int64(0) // of the price, in halves, that is left to installments
	switch mode {
	case "HALF_PAY":
		share = 1
	case "ZERO_PAY":
		share = 2
	}
	if share > 0 && !o.installments {
		return periodPrice{}, badParameter(p.name+".fee_installment_mode", "the product has no installments")
	}
	price.installments = share > 0
	later := new(big.Rat).Mul(total, big.NewRat(share, 2*months))
	if price.installment, err = rounded(later, 2); err != nil {
		return periodPrice{}, err
	}
	price.upfront, err = rounded(total.Mul(total, big.NewRat(2-share, 2)), 2)

	return price, err
}

func officialPrices(prices []periodPrice) wireOfficialPrices {
	sum := sumOfPrices(prices)
	all := wireOfficialPrices{OfficialAmount: sum.upfront.number(), MeasureID: 1, wireInstallment: sum.officialInstallment()}
	for _, p := range prices {
		all.Products = append(all.Products, wireOfficialPrice{
			ID: p.id, ProductID: p.productID, OfficialAmount: p.upfront.number(), MeasureID: 1, wireInstallment: p.officialInstallment(),
		})
	}

	return all
}

func sumOfPrices(prices []periodPrice) periodPrice {
	sum := periodPrice{upfront: "0.00", installment: "0.00"}
	for _, p := range prices {
		sum.upfront, sum.installment = sum.upfront.plus(p.upfront), sum.installment.plus(p.installment)
		sum.installments = sum.installments || p.installments
	}

	return sum
}

// officialInstallment is empty without installments.
func (p *periodPrice) officialInstallment() wireInstallment {
	if !p.installments {
		return wireInstallment{}
	}

	return wireInstallment{Official: string(p.installment), PeriodType: periodMonth}
}

// prices are the prices with the discount. Each product is rounded, and the
// sums are those of the products.
func (d *priceDiscount) prices(prices []periodPrice) wireOptionalPrice {
	off := periodPrice{upfront: "0.00", installment: "0.00"}
	all := wireOptionalPrice{DiscountID: d.id, Type: d.kind, Name: d.name, MeasureID: 1}
	for _, p := range prices {
		upfront, installment := d.off(p.upfront, 2), d.off(p.installment, 2)
		off.upfront, off.installment = off.upfront.plus(upfront), off.installment.plus(installment)
		all.Products = append(all.Products, wirePeriodPrice{
			ID: p.id, ProductID: p.productID, Amount: p.upfront.minus(upfront).number(), OfficialAmount: p.upfront.number(),
			DiscountAmount: upfront.number(), MeasureID: 1, wireInstallment: p.discounted(installment),
		})
	}
	sum := sumOfPrices(prices)
	all.Amount, all.OfficialAmount = sum.upfront.minus(off.upfront).number(), sum.upfront.number()
	all.DiscountAmount, all.wireInstallment = off.upfront.number(), sum.discounted(off.installment)

	return all
}

func (p *periodPrice) discounted(off Amount) wireInstallment {
	if !p.installments {
		return wireInstallment{}
	}

	return wireInstallment{
		Official: string(p.installment), Discount: string(off), Amount: string(p.installment.minus(off)), PeriodType: periodMonth,
	}
}
