// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// MaxSubscriptionNum is how many products of a kind one price is asked for.
const MaxSubscriptionNum = 10000

// PricedProduct is what every product to be priced says. The service type,
// resource type, specification and region are matched exactly, and together.
type PricedProduct struct {
	// ID is chosen by the caller, unique in the request, and at most 64
	// characters; the answer names the product by it.
	ID string `json:"id"`
	// CloudServiceType is a code such as "hws.service.type.ec2".
	CloudServiceType string `json:"cloud_service_type"`
	// ResourceType is a code such as "hws.resource.type.vm".
	ResourceType string `json:"resource_type"`
	// ResourceSpec is a specification such as "s6.large.2.linux", "SSD" or "5_bgp".
	ResourceSpec  string `json:"resource_spec"`
	Region        string `json:"region"`
	AvailableZone string `json:"available_zone,omitempty"`
	// ResourceSize is the size of a linear product (disk, bandwidth), which has
	// no price without it; 0 for any other.
	ResourceSize int `json:"resource_size,omitempty"`
	// SizeMeasureID is the unit of ResourceSize: 15 Mbit/s, 17 GB or 14 pieces.
	SizeMeasureID int `json:"size_measure_id,omitempty"`
}

// OnDemandProduct is a pay-per-use product to be priced.
type OnDemandProduct struct {
	PricedProduct

	// UsageFactor is what is metered, for example "Duration" or "upflow".
	UsageFactor string `json:"usage_factor"`
	// UsageValue is how much of it, in the unit UsageMeasureID.
	UsageValue Decimal `json:"usage_value"`
	// UsageMeasureID is 4 (hours) or 10 (GB), or another unit of the API.
	UsageMeasureID int `json:"usage_measure_id"`
	// SubscriptionNum is the number of such products, from 1 to
	// MaxSubscriptionNum.
	SubscriptionNum int `json:"subscription_num"`
}

// GetOnDemandPriceRequest asks for the price of pay-per-use products.
type GetOnDemandPriceRequest struct {
	// ProjectID is any project of the caller; it need not be of the region.
	ProjectID string `json:"project_id"`
	// InquiryPrecision is 0 for at most 6 decimals, 1 for at most 10.
	InquiryPrecision int               `json:"inquiry_precision"`
	ProductInfos     []OnDemandProduct `json:"product_infos"`
}

// OnDemandPrice is the price of pay-per-use products.
type OnDemandPrice struct {
	// Amount is OfficialWebsiteAmount less DiscountAmount, of all products.
	Amount                Decimal `json:"amount"`
	DiscountAmount        Decimal `json:"discount_amount"`
	OfficialWebsiteAmount Decimal `json:"official_website_amount"`
	MeasureID             int     `json:"measure_id"`
	// Currency is CNY, USD or EUR; "" is the currency of the site.
	Currency             string                 `json:"currency"`
	ProductRatingResults []OnDemandProductPrice `json:"product_rating_results"`
}

// OnDemandProductPrice is the price of one pay-per-use product.
type OnDemandProductPrice struct {
	// ID is that of the product in the request.
	ID                    string  `json:"id"`
	ProductID             string  `json:"product_id"`
	Amount                Decimal `json:"amount"`
	DiscountAmount        Decimal `json:"discount_amount"`
	OfficialWebsiteAmount Decimal `json:"official_website_amount"`
	MeasureID             int     `json:"measure_id"`
	// DiscountRatingResults are what Amount contains already. They come only to
	// callers who may view discounts.
	DiscountRatingResults []OnDemandDiscount `json:"discount_rating_results"`
}

// OnDemandDiscount is a discount in the price of a pay-per-use product.
type OnDemandDiscount struct {
	DiscountID string `json:"discount_id"`
	// DiscountType is 605 (commercial), 606 (granted by a partner) or 607 (set by
	// a partner), or another code.
	DiscountType int     `json:"discount_type"`
	Amount       Decimal `json:"amount"`
	MeasureID    int     `json:"measure_id"`
	DiscountName string  `json:"discount_name"`
}

// GetOnDemandPrice returns the price of pay-per-use products. Every product of
// the request is in the answer, else the error is of the kind ErrIncomplete, and
// amounts in another unit than the currency are one of the kind ErrOtherUnit.
//
// Errors: CodeProductUnknown, CodeUsageUnitWrong, CodeUsageFactorUnknown,
// CodePriceTooHigh. Permission: none; bss:discount:view for the discounts.
func (c *Client) GetOnDemandPrice(ctx context.Context, req GetOnDemandPriceRequest) (*OnDemandPrice, error) {
	asked := idsOf(req.ProductInfos, func(product OnDemandProduct) string { return product.ID })
	if err := checkProducts(req.ProjectID, asked); err != nil {
		return nil, opGetOnDemandPrice.refuse(err)
	}
	var out OnDemandPrice
	if err := c.do(ctx, call{op: opGetOnDemandPrice, body: req, out: &out}); err != nil {
		return nil, err
	}
	if err := opGetOnDemandPrice.checkUnits(out.units()...); err != nil {
		return nil, err
	}
	answered := idsOf(out.ProductRatingResults, func(price OnDemandProductPrice) string { return price.ID })
	if err := unanswered(opGetOnDemandPrice, asked, answered); err != nil {
		return nil, err
	}

	return &out, nil
}

// Terms of a yearly/monthly product, and of its renewal.
const (
	PeriodTypeDay   = 0
	PeriodTypeMonth = 2
	PeriodTypeYear  = 3
	PeriodTypeHour  = 4
)

// PeriodProduct is a yearly/monthly product to be priced.
type PeriodProduct struct {
	PricedProduct

	// PeriodType is PeriodTypeMonth, PeriodTypeYear, and so on.
	PeriodType int `json:"period_type"`
	// PeriodNum is the number of periods, at least 1.
	PeriodNum int `json:"period_num"`
	// SubscriptionNum is the number of such products, from 1 to
	// MaxSubscriptionNum.
	SubscriptionNum int `json:"subscription_num"`
	// FeeInstallmentMode is HALF_PAY, ZERO_PAY or NA, which is also what "" means.
	// It exists on the China site, for CloudPond.
	FeeInstallmentMode string `json:"fee_installment_mode,omitempty"`
}

// GetPeriodPriceRequest asks for the price of yearly/monthly products.
type GetPeriodPriceRequest struct {
	// ProjectID is any project of the caller; it need not be of the region.
	ProjectID    string          `json:"project_id"`
	ProductInfos []PeriodProduct `json:"product_infos"`
}

// PeriodPrice is the price of yearly/monthly products: the official one, and
// the price with each discount that can be chosen.
type PeriodPrice struct {
	OfficialWebsiteRatingResult *PeriodOfficialPrice `json:"official_website_rating_result"`
	// OptionalDiscountRatingResults come only to callers who may view discounts.
	OptionalDiscountRatingResults []PeriodDiscountPrice `json:"optional_discount_rating_results"`
	// Currency is CNY, USD or EUR; "" is the currency of the site.
	Currency string `json:"currency"`
}

// PeriodOfficialPrice is the list price of yearly/monthly products.
type PeriodOfficialPrice struct {
	OfficialWebsiteAmount Decimal `json:"official_website_amount"`
	// InstallmentOfficialWebsiteAmount is on the China site only, as is
	// InstallmentPeriodType, which is a PeriodType.
	InstallmentOfficialWebsiteAmount Decimal                      `json:"installment_official_website_amount"`
	InstallmentPeriodType            int                          `json:"installment_period_type"`
	MeasureID                        int                          `json:"measure_id"`
	ProductRatingResults             []PeriodProductOfficialPrice `json:"product_rating_results"`
}

// PeriodProductOfficialPrice is the list price of one yearly/monthly product.
type PeriodProductOfficialPrice struct {
	// ID is that of the product in the request.
	ID                               string  `json:"id"`
	ProductID                        string  `json:"product_id"`
	OfficialWebsiteAmount            Decimal `json:"official_website_amount"`
	MeasureID                        int     `json:"measure_id"`
	InstallmentOfficialWebsiteAmount Decimal `json:"installment_official_website_amount"`
	InstallmentPeriodType            int     `json:"installment_period_type"`
}

// DiscountedPrice is the price of yearly/monthly products or resources with a
// discount.
type DiscountedPrice struct {
	// Amount is OfficialWebsiteAmount less DiscountAmount, of all of them.
	Amount                Decimal `json:"amount"`
	OfficialWebsiteAmount Decimal `json:"official_website_amount"`
	DiscountAmount        Decimal `json:"discount_amount"`
	// The installments are on the China site only; their period is a PeriodType.
	InstallmentOfficialWebsiteAmount  Decimal `json:"installment_official_website_amount"`
	InstallmentOfficialDiscountAmount Decimal `json:"installment_official_discount_amount"`
	InstallmentAmount                 Decimal `json:"installment_amount"`
	InstallmentPeriodType             int     `json:"installment_period_type"`
}

// PeriodDiscountPrice is the price of yearly/monthly products with a discount.
type PeriodDiscountPrice struct {
	DiscountedPrice

	DiscountID string `json:"discount_id"`
	MeasureID  int    `json:"measure_id"`
	// DiscountType is 605 (commercial), 606 (granted by a partner) or 607 (set by
	// a partner), or another code.
	DiscountType int    `json:"discount_type"`
	DiscountName string `json:"discount_name"`
	// BestOffer is 1 for the best of the commercial and partner discounts, with
	// which promotions do not compete.
	BestOffer            *int                         `json:"best_offer"`
	ProductRatingResults []PeriodProductDiscountPrice `json:"product_rating_results"`
}

// PeriodProductDiscountPrice is the price of one yearly/monthly product with a
// discount.
type PeriodProductDiscountPrice struct {
	DiscountedPrice

	// ID is that of the product in the request.
	ID        string `json:"id"`
	ProductID string `json:"product_id"`
	MeasureID int    `json:"measure_id"`
}

// GetPeriodPrice returns the price of yearly/monthly products. The official
// price of every product of the request is in the answer, else the error is of
// the kind ErrIncomplete, and amounts in another unit than the currency are one of
// the kind ErrOtherUnit.
//
// Errors: CodeProductUnknown, CodePriceTooHigh. Permission: none;
// bss:discount:view for the discounts.
func (c *Client) GetPeriodPrice(ctx context.Context, req GetPeriodPriceRequest) (*PeriodPrice, error) {
	asked := idsOf(req.ProductInfos, func(product PeriodProduct) string { return product.ID })
	if err := checkProducts(req.ProjectID, asked); err != nil {
		return nil, opGetPeriodPrice.refuse(err)
	}
	var out PeriodPrice
	if err := c.do(ctx, call{op: opGetPeriodPrice, body: req, out: &out}); err != nil {
		return nil, err
	}
	if err := opGetPeriodPrice.checkUnits(out.units()...); err != nil {
		return nil, err
	}
	var answered []string
	if official := out.OfficialWebsiteRatingResult; official != nil {
		answered = idsOf(official.ProductRatingResults, func(price PeriodProductOfficialPrice) string { return price.ID })
	}
	if err := unanswered(opGetPeriodPrice, asked, answered); err != nil {
		return nil, err
	}

	return &out, nil
}

func (p *OnDemandPrice) units() []int {
	units := []int{p.MeasureID}
	for _, product := range p.ProductRatingResults {
		units = append(units, product.MeasureID)
		for _, discount := range product.DiscountRatingResults {
			units = append(units, discount.MeasureID)
		}
	}

	return units
}

func (p *PeriodPrice) units() []int {
	var units []int
	if official := p.OfficialWebsiteRatingResult; official != nil {
		units = append(units, official.MeasureID)
		for _, product := range official.ProductRatingResults {
			units = append(units, product.MeasureID)
		}
	}
	for _, discounted := range p.OptionalDiscountRatingResults {
		units = append(units, discounted.MeasureID)
		for _, product := range discounted.ProductRatingResults {
			units = append(units, product.MeasureID)
		}
	}

	return units
}

func (o *operation) checkUnits(measureIDs ...int) error {
	if err := CheckUnit(measureIDs...); err != nil {
		return &Error{Operation: o.name, Err: err}
	}

	return nil
}

func idsOf[T any](all []T, id func(T) string) []string {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = id(one)
	}

	return ids
}

// checkProducts refuses products that the answer could not be matched with.
func checkProducts(projectID string, ids []string) error {
	switch {
	case projectID == "":
		return errors.New("no project id is given")
	case len(ids) == 0:
		return errors.New("no product is given")
	}

	return checkDistinct("product id", ids)
}

// checkDistinct refuses ids that are empty or given twice.
func checkDistinct(what string, ids []string) error {
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		if id == "" {
			return fmt.Errorf("a %s is empty", what)
		}
		if seen[id] {
			return fmt.Errorf("the %s %q is given twice", what, id)
		}
		seen[id] = true
	}

	return nil
}

// unanswered returns the error of a quote that leaves something out: its sums
// would be too low.
func unanswered(op *operation, asked, answered []string) error {
	for _, id := range asked {
		if !slices.Contains(answered, id) {
			return &Error{Operation: op.name, Err: fmt.Errorf("%w: the answer holds no price of %q", ErrIncomplete, id)}
		}
	}

	return nil
}
