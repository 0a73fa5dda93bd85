// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// movableCoupon is a coupon that can be moved between a master account and a member.
type movableCoupon struct {
	CouponID      *string       `tfsdk:"coupon_id"`
	PlanName      *string       `tfsdk:"plan_name"`
	Balance       *big.Float    `tfsdk:"balance"`
	EffectiveTime *string       `tfsdk:"effective_time"`
	ExpireTime    *string       `tfsdk:"expire_time"`
	UseLimits     []couponLimit `tfsdk:"use_limits"`
}

func movableCouponAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"coupon_id":      computedString("Id of the coupon of the master account."),
		"plan_name":      computedString("Name of the promotion."),
		"balance":        computedNumber("What is left of it, in the currency of the site."),
		"effective_time": computedString("From when it can be used (UTC)."),
		"expire_time":    computedString("Until when it can be used (UTC)."),
		"use_limits":     couponLimitsAttribute(),
	}
}

// movableKinds says of which coupons both lists are.
const movableKinds = "\n\nThese are cash coupons alone, which the vendor issued for tests, for business, or in an activity." + ofMaster

func flattenMovableCoupon(coupon bssapi.MovableCoupon) movableCoupon {
	return movableCoupon{
		CouponID: textPtr(coupon.CouponID), PlanName: textPtr(coupon.PlanName), Balance: numberPtr(coupon.Balance),
		EffectiveTime: textPtr(coupon.EffectiveTime), ExpireTime: textPtr(coupon.ExpireTime), UseLimits: flattenCouponLimits(coupon.UseLimits),
	}
}
