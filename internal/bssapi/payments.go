// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// PayCouponType is the type of a coupon as a payment wants it. Coupons are
// listed with other numbers, see CouponType.
type PayCouponType int

// The types of a coupon in a payment.
const (
	PayCouponTypeDiscount      PayCouponType = 300
	PayCouponTypeCash          PayCouponType = 301
	PayCouponTypeFlexiPurchase PayCouponType = 302
	PayCouponTypeStoredCard    PayCouponType = 303
)

// MaxPayCoupons is how many coupons one payment takes.
const MaxPayCoupons = 3

// DiscountType is the type of a discount that can be chosen for an order.
type DiscountType int

// The types of a discount. Contract discounts have no place in a payment.
const (
	DiscountTypePromotion       DiscountType = 0
	DiscountTypeContract        DiscountType = 1
	DiscountTypeCommercial      DiscountType = 2
	DiscountTypePartner         DiscountType = 3
	DiscountTypePriceAdjustment DiscountType = 609
)

// PayOrderRequest says how to pay an order.
type PayOrderRequest struct {
	OrderID string
	// Coupons are at most MaxPayCoupons.
	Coupons []PayCoupon
	// Discount is nil for none.
	Discount *PayDiscount
}

// PayCoupon is a coupon to pay with.
type PayCoupon struct {
	ID string `json:"id"`
	// Type is a PayCouponType.
	Type int `json:"type"`
}

// PayDiscount is a discount to use.
type PayDiscount struct {
	ID string `json:"id"`
	// Type is a DiscountType.
	Type int `json:"type"`
}

type payOrderBody struct {
	OrderID       string        `json:"order_id"`
	UseCoupon     string        `json:"use_coupon"`
	UseDiscount   string        `json:"use_discount"`
	CouponInfos   []PayCoupon   `json:"coupon_infos,omitempty"`
	DiscountInfos []PayDiscount `json:"discount_infos,omitempty"`
}

func (r PayOrderRequest) body() payOrderBody {
	body := payOrderBody{OrderID: r.OrderID, UseCoupon: "NO", UseDiscount: "NO"}
	// The lists must be absent when they are not used.
	if len(r.Coupons) > 0 {
		body.UseCoupon, body.CouponInfos = "YES", r.Coupons
	}
	if r.Discount != nil {
		body.UseDiscount, body.DiscountInfos = "YES", []PayDiscount{*r.Discount}
	}

	return body
}

// PayOrder pays an order. It makes one attempt, whatever comes of it; after an
// error for which NotDone is false, look at the order before anything else.
// Success means that the payment was accepted: the order is processed after
// that, or waits for another account to pay it.
//
// Permission: bss:order:pay.
func (c *Client) PayOrder(ctx context.Context, req PayOrderRequest) error {
	if err := requireOrderID(opPayOrder, req.OrderID); err != nil {
		return err
	}
	if len(req.Coupons) > MaxPayCoupons {
		return opPayOrder.refuse(fmt.Errorf("%d coupons are more than %d", len(req.Coupons), MaxPayCoupons))
	}

	return c.do(ctx, call{op: opPayOrder, body: req.body()})
}

// PayOrderV1Request says which order to pay through the old API.
type PayOrderV1Request struct {
	// DomainID is the id of the caller's account.
	DomainID string
	OrderID  string
}

type payOrderV1Body struct {
	OrderID string `json:"orderId"`
}

// PayOrderV1Response is the answer of the old API to an accepted payment.
type PayOrderV1Response struct {
	ErrorCode                   Code                    `json:"error_code"`
	ErrorMsg                    string                  `json:"error_msg"`
	TradeNo                     string                  `json:"tradeNo"`
	QuotaInfos                  []QuotaInfo             `json:"quotaInfos"`
	EnterpriseProjectAuthResult []EnterpriseProjectAuth `json:"enterpriseProjectAuthResult"`
}

// PayOrderV1 pays an order through the old API of the international site,
// without coupons. Like PayOrder it makes one attempt. An answer with any code
// but CodeSuccess is an *Error, also with HTTP status 200.
func (c *Client) PayOrderV1(ctx context.Context, req PayOrderV1Request) (*PayOrderV1Response, error) {
	if err := requireOrderID(opPayOrderV1, req.OrderID); err != nil {
		return nil, err
	}
	var out PayOrderV1Response
	err := c.do(ctx, call{
		op: opPayOrderV1, path: map[string]string{"domain_id": req.DomainID},
		body: payOrderV1Body{OrderID: req.OrderID}, out: &out,
	})
	if err != nil {
		return nil, err
	}
	if err := opPayOrderV1.succeeded(out.ErrorCode); err != nil {
		return nil, err
	}

	return &out, nil
}

// QuotaInfo says which quota or capacity is short.
type QuotaInfo struct {
	RegionCode       string `json:"regionCode"`
	CloudServiceType string `json:"cloudServiceType"`
	ResourceType     string `json:"resourceType"`
	ResourceSpecCode string `json:"resourceSpecCode"`
	// AuthResult is 1 quota short, 2 capacity short, 3 specification changed
	// after ordering, 4 linked resource wrong, 99 other.
	AuthResult      int    `json:"authResult"`
	AvailableZoneID string `json:"availableZoneId"`
}

// UnmarshalJSON accepts the names of the old API (regionCode) and those of the
// current one (region_code).
func (q *QuotaInfo) UnmarshalJSON(data []byte) error {
	type plain QuotaInfo

	return unmarshalCamel(data, (*plain)(q))
}

// EnterpriseProjectAuth says which enterprise project's funds are short.
type EnterpriseProjectAuth struct {
	EnterpriseProjectID   string `json:"enterpriseProjectId"`
	EnterpriseProjectName string `json:"enterpriseProjectName"`
	// AuthStatus is 10: funds short, or project invalid.
	AuthStatus int `json:"authStatus"`
}

// UnmarshalJSON accepts both spellings of the names, as for QuotaInfo.
func (p *EnterpriseProjectAuth) UnmarshalJSON(data []byte) error {
	type plain EnterpriseProjectAuth

	return unmarshalCamel(data, (*plain)(p))
}

// unmarshalCamel decodes an object into out after taking the underscores out of
// its names; encoding/json then matches them whatever their case.
func unmarshalCamel(data []byte, out any) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	folded := make(map[string]json.RawMessage, len(fields))
	for name, value := range fields {
		folded[strings.ReplaceAll(name, "_", "")] = value
	}
	data, err := json.Marshal(folded)
	if err != nil {
		return err
	}

	return decode(data, out)
}
