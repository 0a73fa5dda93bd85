// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// couponTerms are what every list of coupons says of a coupon.
type couponTerms struct {
	CouponID      *string       `tfsdk:"coupon_id"`
	CouponCode    *string       `tfsdk:"coupon_code"`
	Status        *string       `tfsdk:"status"`
	CouponType    *string       `tfsdk:"coupon_type"`
	CouponVersion *string       `tfsdk:"coupon_version"`
	CouponUsage   *string       `tfsdk:"coupon_usage"`
	FaceValue     *big.Float    `tfsdk:"face_value"`
	Balance       *big.Float    `tfsdk:"balance"`
	ExpireTime    *string       `tfsdk:"expire_time"`
	ActiveTime    *string       `tfsdk:"active_time"`
	CreateTime    *string       `tfsdk:"create_time"`
	PlanName      *string       `tfsdk:"plan_name"`
	PlanDesc      *string       `tfsdk:"plan_desc"`
	UseLimits     []couponLimit `tfsdk:"use_limits"`
}

// couponTermAttributes are those of couponTerms; each list has a status, a type
// and a balance of its own.
func couponTermAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"coupon_id":      computedString("Id of the coupon."),
		"coupon_code":    computedString("Code of the coupon."),
		"coupon_version": computedString(wordsOf(bssapi.CouponVersions) + ". A reusable one can be used until it is empty."),
		"coupon_usage":   computedString("What the coupon is for."),
		"face_value":     computedNumber("Value when it was issued; of a discount coupon, the discount."),
		"expire_time":    computedString("Until when it can be used (UTC)."),
		"active_time":    computedString("When it was activated (UTC)."),
		"create_time":    computedString("When it was made (UTC)."),
		"plan_name":      computedString("Name of the promotion."),
		"plan_desc":      computedString("Description of the promotion."),
		"use_limits":     couponLimitsAttribute(),
	}
}

// unitOfCoupon returns an error of the kind [bssapi.ErrOtherUnit] unless the amounts of
// a coupon are figures in a currency.
func unitOfCoupon(coupon bssapi.CouponTerms) error {
	if err := bssapi.CheckUnit(coupon.MeasureID); err != nil {
		return fmt.Errorf("coupon %s: %w", coupon.CouponID, err)
	}

	return nil
}

func flattenCouponTerms(coupon bssapi.CouponTerms) couponTerms {
	return couponTerms{
		CouponID:      textPtr(coupon.CouponID),
		CouponCode:    textPtr(coupon.CouponCode),
		Status:        wordPtr(bssapi.CouponStatuses, coupon.Status),
		CouponType:    wordPtr(bssapi.CouponTypes, coupon.CouponType),
		CouponVersion: wordPtr(bssapi.CouponVersions, bssapi.CouponVersion(coupon.CouponVersion)),
		CouponUsage:   textPtr(coupon.CouponUsage),
		FaceValue:     numberPtr(coupon.FaceValue),
		Balance:       numberPtr(coupon.Balance),
		ExpireTime:    textPtr(coupon.ExpireTime),
		ActiveTime:    textPtr(coupon.ActiveTime),
		CreateTime:    textPtr(coupon.CreateTime),
		PlanName:      textPtr(coupon.PlanName),
		PlanDesc:      textPtr(coupon.PlanDesc),
		UseLimits:     flattenCouponLimits(coupon.UseLimits),
	}
}

type couponLimit struct {
	ID              *string `tfsdk:"id"`
	Key             *string `tfsdk:"key"`
	Value1          *string `tfsdk:"value1"`
	Value2          *string `tfsdk:"value2"`
	ValueUnit       *string `tfsdk:"value_unit"`
	Type            *string `tfsdk:"type"`
	PromotionPlanID *string `tfsdk:"promotion_plan_id"`
}

func couponLimitsAttribute() schema.ListNestedAttribute {
	return computedList("Limits of its use.", map[string]schema.Attribute{
		"id":                computedString("Id of the limit."),
		"key":               computedString("What is limited, such as `simultaneousUseWithPromotionDiscount`."),
		"value1":            computedString("First value of the limit."),
		"value2":            computedString("Second value of the limit."),
		"value_unit":        computedString("Unit of the values."),
		"type":              computedString("Type of the limit."),
		"promotion_plan_id": computedString("Id of the promotion."),
	})
}

func flattenCouponLimits(limits []bssapi.UseLimit) []couponLimit {
	var items []couponLimit

	for _, limit := range limits {
		items = append(items, couponLimit{
			ID:              textPtr(limit.UseLimitiInfoID),
			Key:             textPtr(limit.LimitKey),
			Value1:          textPtr(limit.Value1),
			Value2:          textPtr(limit.Value2),
			ValueUnit:       textPtr(limit.ValueUnit),
			Type:            textPtr(limit.LimitType),
			PromotionPlanID: textPtr(limit.PromotionPlanID),
		})
	}

	return items
}
