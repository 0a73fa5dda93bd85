// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Where a coupon may be used with a discount or not, as its limits say it.
const (
	limitWithPartnerDiscount    = "simultaneousUseWithEmpowerDiscount"
	limitWithCommercialDiscount = "simultaneousUseWithContractDiscount"
	limitWithPromotion          = "simultaneousUseWithPromotionDiscount"
	limitMinimumDiscount        = "minConsumeDiscount"
)

// The groups of a coupon that exclude each other.
const (
	groupMarketplace   = 1
	groupDedicated1024 = 2
)

// coupon is what both lists say of one.
type coupon struct {
	id       string
	kind     bssapi.CouponType
	group    *int
	limits   []bssapi.UseLimit
	quantity *int
	problem  string
}

// coupons checks the coupons to use and gives each the type that the pay call
// wants, which differs from the type in either list.
func (p *Payer) coupons(ctx context.Context, req Request, discount *bssapi.OrderDiscount) ([]bssapi.PayCoupon, error) {
	if len(req.CouponIDs) == 0 {
		return nil, nil
	}

	if len(req.CouponIDs) > bssapi.MaxPayCoupons {
		return nil, couponRefusal("Too many coupons",
			fmt.Sprintf("A payment takes at most %d coupons, and %d are given.", bssapi.MaxPayCoupons, len(req.CouponIDs)))
	}

	found, err := p.findCoupons(ctx, req)
	if err != nil {
		return nil, err
	}

	var result []bssapi.PayCoupon

	for _, c := range found {
		if c.problem != "" {
			return nil, couponRefusal("Coupon cannot be used", fmt.Sprintf("Coupon %s %s.", c.id, c.problem))
		}

		code, ok := payType(c.kind)
		if !ok {
			return nil, couponRefusal("Coupon cannot be used in a payment",
				fmt.Sprintf("Coupon %s is of type %d, for which the pay call has no code. Product coupons are used in the console.", c.id, c.kind))
		}

		if reason := excludes(c, discount); reason != "" {
			return nil, couponRefusal("Coupon and discount exclude each other", reason)
		}

		result = append(result, bssapi.PayCoupon{ID: c.id, Type: code})
	}

	if reason := excludeEachOther(found); reason != "" {
		return nil, couponRefusal("Coupons exclude each other", reason)
	}

	return result, nil
}

func couponRefusal(summary, detail string) error {
	return &act.Refusal{Field: act.FieldCouponIDs, Summary: summary, Detail: detail}
}

// findCoupons looks every coupon up: on china in the order's own list, which
// holds what may be used for it, elsewhere in the account's list.
func (p *Payer) findCoupons(ctx context.Context, req Request) ([]coupon, error) {
	site, err := p.client.Site(ctx)
	if err != nil {
		return nil, fmt.Errorf("finding out the site: %w", err)
	}

	if site == bssapi.SiteChina {
		return p.findOrderCoupons(ctx, req)
	}

	found := make([]coupon, 0, len(req.CouponIDs))

	for _, id := range req.CouponIDs {
		c, err := p.findAccountCoupon(ctx, id, req.OrderID)
		if err != nil {
			return nil, err
		}

		found = append(found, c)
	}

	return found, nil
}

func (p *Payer) findOrderCoupons(ctx context.Context, req Request) ([]coupon, error) {
	offered, err := p.client.ListOrderCoupons(ctx, req.OrderID)
	if err != nil {
		return nil, fmt.Errorf("reading the coupons of order %s: %w", req.OrderID, err)
	}

	found := make([]coupon, 0, len(req.CouponIDs))

	for _, id := range req.CouponIDs {
		c := coupon{id: id, problem: fmt.Sprintf("is not among the coupons that order %s accepts", req.OrderID)}

		for _, usable := range offered.UserCoupons {
			if usable.CouponID != id {
				continue
			}

			c = coupon{id: id, kind: usable.CouponType, group: usable.CouponGroup, limits: usable.UseLimits}

			if used := usable.UsedByOrderID; used != "" && used != req.OrderID {
				c.problem = "is held by order " + used
			}

			for _, most := range offered.CouponMaxUseQuantity {
				if most.CouponType == usable.CouponType && equal(most.CouponGroup, usable.CouponGroup) {
					c.quantity = most.UseQuantityValue
				}
			}
		}

		found = append(found, c)
	}

	return found, nil
}

func (p *Payer) findAccountCoupon(ctx context.Context, id, orderID string) (coupon, error) {
	for held, err := range p.client.ListCoupons(ctx, bssapi.ListCouponsRequest{CouponID: id}) {
		if err != nil {
			return coupon{}, fmt.Errorf("reading coupon %s: %w", id, err)
		}

		if held.CouponID == id {
			return coupon{id: id, kind: held.CouponType, limits: held.UseLimits, problem: p.couponProblem(held, orderID)}, nil
		}
	}

	return coupon{id: id, problem: "does not belong to this account"}, nil
}

const couponFrozen = "1"

func (p *Payer) couponProblem(held bssapi.Coupon, orderID string) string {
	now := p.client.Now()

	if expires, err := bssapi.ParseTime(held.ExpireTime); err == nil && !now.Before(expires) {
		return "expired on " + held.ExpireTime
	}

	if valid, err := bssapi.ParseTime(held.ValidTime); err == nil && now.Before(valid) {
		return "is valid from " + held.ValidTime + " on"
	}

	switch {
	case held.LockOrderID != "" && held.LockOrderID != orderID:
		return "is held by order " + held.LockOrderID
	case held.IsFrozen == couponFrozen:
		return "is frozen"
	case held.Status != 0 && held.Status != bssapi.CouponStatusAvailable:
		return fmt.Sprintf("is not available (status %d)", held.Status)
	default:
		return ""
	}
}

// payType is the type of a coupon in the pay call.
func payType(kind bssapi.CouponType) (int, bool) {
	switch kind {
	case bssapi.CouponTypeCash:
		return int(bssapi.PayCouponTypeCash), true
	case bssapi.CouponTypeDiscount:
		return int(bssapi.PayCouponTypeDiscount), true
	case bssapi.CouponTypeFlexiPurchase:
		return int(bssapi.PayCouponTypeFlexiPurchase), true
	default:
		return 0, false
	}
}

// excludes says why a coupon may not be used with the discount. It refuses
// only what the newest rules forbid, and leaves the rest to the server.
func excludes(c coupon, discount *bssapi.OrderDiscount) string {
	if discount == nil {
		return ""
	}

	forbidding := map[bssapi.DiscountType]string{
		bssapi.DiscountTypePartner:    limitWithPartnerDiscount,
		bssapi.DiscountTypeCommercial: limitWithCommercialDiscount,
		bssapi.DiscountTypePromotion:  limitWithPromotion,
	}[discountKind(discount)]

	for _, limit := range c.limits {
		if forbidding != "" && limit.LimitKey == forbidding && isZero(limit.Value1) {
			return fmt.Sprintf("Coupon %s may not be used together with discount %s (its limit %s is 0).",
				c.id, discount.DiscountID, limit.LimitKey)
		}

		if limit.LimitKey == limitMinimumDiscount && belowMinimum(limit.Value1, discount) {
			return fmt.Sprintf("Coupon %s wants a discount ratio of at least %s, and discount %s is below that on every line.",
				c.id, limit.Value1, discount.DiscountID)
		}
	}

	return ""
}

// belowMinimum says whether the ratio of the discount is below the minimum on
// all lines of the order. Ratios that cannot be read forbid nothing.
func belowMinimum(minimum string, discount *bssapi.OrderDiscount) bool {
	least, err := bssapi.ParseDecimal(minimum)
	if err != nil || least.IsNull() {
		return false
	}

	lines := 0

	for _, part := range discount.Orders {
		for _, line := range part.OrderLineItems {
			lines++

			if line.DiscountRatio.IsNull() || least.Cmp(line.DiscountRatio) <= 0 {
				return false
			}
		}
	}

	return lines > 0
}

func isZero(text string) bool {
	value, err := bssapi.ParseDecimal(text)

	return err == nil && !value.IsNull() && value.Sign() == 0
}

// couponClass is what the API counts the coupons of a payment by.
type couponClass struct {
	kind  bssapi.CouponType
	group int
}

// excludeEachOther says why the coupons may not be used in one payment.
func excludeEachOther(coupons []coupon) string {
	var cash, discount, marketplace, dedicated string

	counts := map[couponClass]int{}

	for _, c := range coupons {
		switch c.kind {
		case bssapi.CouponTypeCash:
			cash = c.id
		case bssapi.CouponTypeDiscount:
			discount = c.id
		default:
		}

		switch {
		case c.group == nil:
		case *c.group == groupMarketplace:
			marketplace = c.id
		case *c.group == groupDedicated1024:
			dedicated = c.id
		}

		if c.quantity != nil {
			key := couponClass{kind: c.kind}
			if c.group != nil {
				key.group = *c.group
			}

			counts[key]++

			if counts[key] > *c.quantity {
				return fmt.Sprintf("The order accepts at most %d coupons like %s.", *c.quantity, c.id)
			}
		}
	}

	if cash != "" && discount != "" {
		return fmt.Sprintf("Cash coupon %s and discount coupon %s exclude each other.", cash, discount)
	}

	if marketplace != "" && dedicated != "" {
		return fmt.Sprintf("Marketplace coupon %s and dedicated cash coupon %s exclude each other.", marketplace, dedicated)
	}

	return ""
}

func equal(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}

	return *a == *b
}
