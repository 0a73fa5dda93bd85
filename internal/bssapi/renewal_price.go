// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
)

// MaxRenewalPriceIDs is how many resources one GetRenewalPrice takes.
const MaxRenewalPriceIDs = 10

// GetRenewalPriceRequest asks what it costs to renew resources.
type GetRenewalPriceRequest struct {
	// ResourceIDs are 1 to 10 primary resources, each once.
	ResourceIDs []string `json:"resource_ids"`
	// PeriodType is PeriodTypeMonth or PeriodTypeYear.
	PeriodType int `json:"period_type"`
	// PeriodNum is 1 to 11 months or 1 to 3 years.
	PeriodNum int `json:"period_num"`
	// IncludeRelativeResources adds associated resources, which have rows of
	// their own and are not renewed with it. The price of a primary resource
	// always includes attached ones.
	IncludeRelativeResources bool `json:"include_relative_resources"`
}

// RenewalPrice is what it costs to renew resources.
type RenewalPrice struct {
	// Currency is CNY, USD or EUR; "" is the currency of the site.
	Currency string `json:"currency"`
	// RenewInquiryResults are the prices of single resources.
	RenewInquiryResults []ResourceRenewalPrice `json:"renew_inquiry_results"`
	// OfficialWebsiteRatingResult is the list price of all of them together.
	OfficialWebsiteRatingResult *RenewalOfficialPrice `json:"official_website_rating_result"`
	// OptionalDiscountRatingResults are the prices of all of them together with
	// each discount that can be chosen. They come only to callers who may view
	// discounts.
	OptionalDiscountRatingResults []RenewalDiscountPrice `json:"optional_discount_rating_results"`
	// FailResourceInfos are the resources that have no price; the others do.
	FailResourceInfos []FailedResource `json:"fail_resource_infos"`
}

// ResourceRenewalPrice is what it costs to renew one resource together with
// those attached to it.
type ResourceRenewalPrice struct {
	ResourceID string  `json:"resource_id"`
	Amount     Decimal `json:"amount"`
}

// RenewalOfficialPrice is the list price of a renewal.
type RenewalOfficialPrice struct {
	OfficialWebsiteAmount            Decimal `json:"official_website_amount"`
	InstallmentOfficialWebsiteAmount Decimal `json:"installment_official_website_amount"`
	// InstallmentPeriodType is PeriodTypeMonth or PeriodTypeYear.
	InstallmentPeriodType int `json:"installment_period_type"`
}

// RenewalDiscountPrice is the price of a renewal with a discount.
type RenewalDiscountPrice struct {
	DiscountedPrice

	DiscountID string `json:"discount_id"`
	// DiscountType is 605 (commercial), 606 (granted by a partner) or 607 (set by
	// a partner), or another code.
	DiscountType int    `json:"discount_type"`
	DiscountName string `json:"discount_name"`
	// BestOffer is 1 for the best of the commercial and partner discounts, with
	// which promotions do not compete.
	BestOffer *int `json:"best_offer"`
}

// FailedResource is one resource of a call that succeeded for others.
type FailedResource struct {
	ErrorCode    Code   `json:"error_code"`
	ErrorMessage string `json:"error_msg"`
	ResourceID   string `json:"resource_id"`
}

// GetRenewalPrice returns what it costs to renew resources. A resource without
// a price does not fail the call: it is in FailResourceInfos, with a code such
// as CodePriceOrderUnpaid. If a resource of the request is neither there nor
// has a price, the error is of the kind ErrIncomplete.
//
// Errors: CodePriceResourceRepeated, CodeProductUnknown, CodePriceTooHigh.
// Permission: none; bss:discount:view for the discounts.
func (c *Client) GetRenewalPrice(ctx context.Context, req GetRenewalPriceRequest) (*RenewalPrice, error) {
	if err := req.check(); err != nil {
		return nil, opGetRenewalPrice.refuse(err)
	}
	var out RenewalPrice
	if err := c.do(ctx, call{op: opGetRenewalPrice, body: req, out: &out}); err != nil {
		return nil, err
	}
	answered := make([]string, 0, len(req.ResourceIDs))
	for _, price := range out.RenewInquiryResults {
		answered = append(answered, price.ResourceID)
	}
	for i, failed := range out.FailResourceInfos {
		answered = append(answered, failed.ResourceID)
		// Why there is no price is shown with other things than an [Error].
		out.FailResourceInfos[i].ErrorCode, out.FailResourceInfos[i].ErrorMessage = shown(failed.ErrorCode, failed.ErrorMessage)
	}
	if err := unanswered(opGetRenewalPrice, req.ResourceIDs, answered); err != nil {
		return nil, err
	}

	return &out, nil
}

func (r GetRenewalPriceRequest) check() error {
	switch {
	case len(r.ResourceIDs) == 0:
		return errors.New("no resource id is given")
	case len(r.ResourceIDs) > MaxRenewalPriceIDs:
		return fmt.Errorf("%d resource ids are more than %d", len(r.ResourceIDs), MaxRenewalPriceIDs)
	}

	return checkDistinct("resource id", r.ResourceIDs)
}
