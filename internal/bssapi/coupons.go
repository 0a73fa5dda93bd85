// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// couponPageSize is the most rows that the coupon list gives in a page.
const couponPageSize = 100

// CouponType is the type of a coupon as it is listed.
type CouponType int

// The types of a coupon.
const (
	CouponTypeCash          CouponType = 1
	CouponTypeDiscount      CouponType = 2
	CouponTypeProduct       CouponType = 3
	CouponTypeFlexiPurchase CouponType = 4
)

// CouponStatus is the state of a coupon.
type CouponStatus int

// The states of a coupon.
const (
	CouponStatusNotActivated CouponStatus = 1
	CouponStatusAvailable    CouponStatus = 2
	CouponStatusUsed         CouponStatus = 3
	CouponStatusExpired      CouponStatus = 4
	CouponStatusReclaimed    CouponStatus = 5
)

// CouponTerms are what every list of coupons says of a coupon.
type CouponTerms struct {
	CouponID   string       `json:"coupon_id"`
	CouponCode string       `json:"coupon_code"`
	Status     CouponStatus `json:"status"`
	CouponType CouponType   `json:"coupon_type"`
	MeasureID  int          `json:"measure_id"`
	FaceValue  Decimal      `json:"face_value"`
	ExpireTime string       `json:"expire_time"`
	PlanName   string       `json:"plan_name"`
	PlanDesc   string       `json:"plan_desc"`
	UseLimits  []UseLimit   `json:"use_limits"`
	ActiveTime string       `json:"active_time"`
	CreateTime string       `json:"create_time"`
	// CouponVersion is 1 (single use) or 2 (usable until empty).
	CouponVersion int `json:"coupon_version"`
	// Balance is null in the coupons of the account for those of version 1.
	Balance     Decimal `json:"balance"`
	CouponUsage string  `json:"coupon_usage"`
}

// Coupon is a coupon of the account.
type Coupon struct {
	CouponTerms

	CustomerID      string `json:"customer_id"`
	ValidTime       string `json:"valid_time"`
	OrderID         string `json:"order_id"`
	PromotionPlanID string `json:"promotion_plan_id"`
	MediaType       int    `json:"media_type"`
	FetchMethod     int    `json:"fetch_method"`
	ReserveTime     string `json:"reserve_time"`
	PromotionID     string `json:"promotion_id"`
	// LockOrderID is the order that holds the coupon.
	LockOrderID string `json:"lock_order_id"`
	// IsFrozen is "0" or "1".
	IsFrozen     string `json:"is_frozen"`
	Currency     string `json:"currency"`
	ExtendParam1 string `json:"extend_param1"`
	SourceID     string `json:"source_id"`
}

// HoldsMoney says that a coupon of the type holds an amount. A discount coupon
// holds a share, and what a product coupon holds is not documented.
func (t CouponType) HoldsMoney() bool { return t == CouponTypeCash || t == CouponTypeFlexiPurchase }

// CouponVersionSingleUse is the version of a coupon that its first use uses up.
const CouponVersionSingleUse = 1

// Remaining is what can still be spent of a coupon that is not used; null if it
// holds no amount, or does not tell it.
func (t CouponTerms) Remaining() Decimal {
	switch {
	case !t.CouponType.HoldsMoney():
		return Decimal{}
	case t.CouponVersion == CouponVersionSingleUse:
		return t.FaceValue
	default:
		return t.Balance
	}
}

// UseLimit is a condition for the use of a coupon.
type UseLimit struct {
	// UseLimitiInfoID is spelled as the API spells it.
	UseLimitiInfoID string `json:"use_limiti_info_id"`
	// LimitKey names the condition, for example "simultaneousUseWithContractDiscount".
	LimitKey        string `json:"limit_key"`
	Value1          string `json:"value1"`
	Value2          string `json:"value2"`
	ValueUnit       string `json:"value_unit"`
	LimitType       string `json:"limit_type"`
	PromotionPlanID string `json:"promotion_plan_id"`
}

// ListCouponsRequest filters coupons. Zero fields do not filter.
type ListCouponsRequest struct {
	CouponID        string
	OrderID         string
	PromotionPlanID string
	CouponType      CouponType
	Status          CouponStatus
	// ActiveStartTime and ActiveEndTime bound the time of activation.
	ActiveStartTime, ActiveEndTime time.Time
	SourceID                       string
	Strict                         Strict
}

func (r ListCouponsRequest) params() params {
	p := params{}
	p.text("coupon_id", r.CouponID)
	p.text("order_id", r.OrderID)
	p.text("promotion_plan_id", r.PromotionPlanID)
	p.number("coupon_type", int(r.CouponType))
	p.number("status", int(r.Status))
	p.instant("active_start_time", r.ActiveStartTime)
	p.instant("active_end_time", r.ActiveEndTime)
	p.text("source_id", r.SourceID)

	return p
}

func (r ListCouponsRequest) other(row Coupon) string {
	var f filters
	f.text("id", r.CouponID, row.CouponID)
	f.text("promotion", r.PromotionPlanID, row.PromotionPlanID)
	f.text("source", r.SourceID, row.SourceID)
	compareCodes(&f, "type", CouponTypes, row.CouponType, r.CouponType)
	compareCodes(&f, "status", CouponStatuses, row.Status, r.Status)
	f.instant("time of activation", r.ActiveStartTime, r.ActiveEndTime, row.ActiveTime)

	return f.other
}

type listCouponsResponse struct {
	Count       *int     `json:"count"`
	UserCoupons []Coupon `json:"user_coupons"`
}

// ListCoupons yields the account's coupons that match. Used, expired and
// reclaimed ones are those of the last twelve months.
//
// Permission: bss:coupon:view.
func (c *Client) ListCoupons(ctx context.Context, req ListCouponsRequest) iter.Seq2[Coupon, error] {
	return paged[Coupon]{
		operation: opListCoupons.name,
		size:      couponPageSize,
		key:       func(c Coupon) string { return c.CouponID },
		other:     strictly(req.Strict, req.other),
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListCoupons, query: req.params().page(offset, couponPageSize)}
			},
			func(out *listCouponsResponse) page[Coupon] {
				return page[Coupon]{rows: out.UserCoupons, total: out.Count}
			}),
	}.all(ctx)
}

// OrderCoupons are the coupons that an unpaid order can be paid with.
type OrderCoupons struct {
	Count                *int             `json:"count"`
	UserCoupons          []OrderCoupon    `json:"user_coupons"`
	CouponMaxUseQuantity []CouponQuantity `json:"coupon_max_use_quantity"`
}

// OrderCoupon is a coupon that an order can be paid with.
type OrderCoupon struct {
	CouponTerms

	EffectiveTime string `json:"effective_time"`
	LastUsedTime  string `json:"last_used_time"`
	UsedByOrderID string `json:"used_by_order_id"`
	// CouponGroup is 0 general, 1 marketplace, 2 dedicated cash coupon or 3
	// limited to hardware.
	CouponGroup *int `json:"coupon_group"`
}

// CouponQuantity is how many coupons of a type one payment takes.
type CouponQuantity struct {
	CouponType       CouponType `json:"coupon_type"`
	CouponGroup      *int       `json:"coupon_group"`
	UseQuantityValue *int       `json:"use_quantity_value"`
}

// ListOrderCoupons returns the coupons that an unpaid order can be paid with.
// The international site does not have this operation (ErrNotOnSite).
//
// Permission: bss:order:view.
func (c *Client) ListOrderCoupons(ctx context.Context, orderID string) (*OrderCoupons, error) {
	if err := requireOrderID(opListOrderCoupons, orderID); err != nil {
		return nil, err
	}
	var out OrderCoupons
	err := c.do(ctx, call{op: opListOrderCoupons, query: params{"order_id": {orderID}}, out: &out})
	if err != nil {
		return nil, err
	}
	if out.Count != nil && *out.Count != len(out.UserCoupons) {
		return nil, &Error{
			Operation: opListOrderCoupons.name,
			Err:       fmt.Errorf("%w: %d coupons came of %d", ErrIncomplete, len(out.UserCoupons), *out.Count),
		}
	}

	return &out, nil
}
