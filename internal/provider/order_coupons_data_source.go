// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type orderCouponsModel struct {
	OrderID       types.String        `tfsdk:"order_id"`
	CouponIDs     []string            `tfsdk:"coupon_ids"`
	Coupons       []orderCoupon       `tfsdk:"coupons"`
	MaxQuantities []couponMaxQuantity `tfsdk:"max_quantities"`
}

type orderCoupon struct {
	CouponID      *string       `tfsdk:"coupon_id"`
	CouponCode    *string       `tfsdk:"coupon_code"`
	Status        *string       `tfsdk:"status"`
	CouponType    *string       `tfsdk:"coupon_type"`
	CouponGroup   *string       `tfsdk:"coupon_group"`
	CouponVersion *string       `tfsdk:"coupon_version"`
	CouponUsage   *string       `tfsdk:"coupon_usage"`
	FaceValue     *big.Float    `tfsdk:"face_value"`
	Balance       *big.Float    `tfsdk:"balance"`
	EffectiveTime *string       `tfsdk:"effective_time"`
	ExpireTime    *string       `tfsdk:"expire_time"`
	ActiveTime    *string       `tfsdk:"active_time"`
	LastUsedTime  *string       `tfsdk:"last_used_time"`
	CreateTime    *string       `tfsdk:"create_time"`
	PlanName      *string       `tfsdk:"plan_name"`
	PlanDesc      *string       `tfsdk:"plan_desc"`
	UsedByOrderID *string       `tfsdk:"used_by_order_id"`
	UseLimits     []couponLimit `tfsdk:"use_limits"`
}

type couponMaxQuantity struct {
	CouponType  *string `tfsdk:"coupon_type"`
	CouponGroup *string `tfsdk:"coupon_group"`
	Quantity    *int64  `tfsdk:"quantity"`
}

func newOrderCouponsDataSource() datasource.DataSource {
	return &dataSource[orderCouponsModel]{
		name: "order_coupons",
		schema: schema.Schema{
			MarkdownDescription: "Coupons that a pending order accepts; their ids are what `coupon_ids` of `bss_order_payment` takes.\n\n" +
				"Exists on the china site. On the international site this is an error; on the europe site support is " +
				"unconfirmed, and the call is attempted.",
			Attributes: map[string]schema.Attribute{
				"order_id":   orderIDArgument("Id of a pending order."),
				"coupon_ids": computedStrings("Ids of the coupons."),
				"coupons": computedList("The coupons.", map[string]schema.Attribute{
					"coupon_id":        computedString("Id of the coupon."),
					"coupon_code":      computedString("Code of the coupon."),
					"status":           computedString(wordsOf(bssapi.OrderCouponStatuses) + "."),
					"coupon_type":      computedString(wordsOf(bssapi.CouponTypes) + ". A payment takes no product coupons."),
					"coupon_group":     computedString(wordsOf(bssapi.CouponGroups) + "."),
					"coupon_version":   computedString(wordsOf(bssapi.CouponVersions) + ". A reusable one can be used until it is empty."),
					"coupon_usage":     computedString("What the coupon is for."),
					"face_value":       computedNumber("Value when it was issued; of a discount coupon, the discount."),
					"balance":          computedNumber("What is left of it."),
					"effective_time":   computedString("From when it can be used (UTC)."),
					"expire_time":      computedString("Until when it can be used (UTC)."),
					"active_time":      computedString("When it was activated (UTC)."),
					"last_used_time":   computedString("When it was last used (UTC)."),
					"create_time":      computedString("When it was made (UTC)."),
					"plan_name":        computedString("Name of the promotion."),
					"plan_desc":        computedString("Description of the promotion."),
					"used_by_order_id": computedString("Order that holds it."),
					"use_limits":       couponLimitsAttribute(),
				}),
				"max_quantities": computedList("How many coupons of a kind the order accepts.", map[string]schema.Attribute{
					"coupon_type":  computedString("Type of the coupons."),
					"coupon_group": computedString("Group of the coupons."),
					"quantity":     computedInt("How many at most."),
				}),
			},
		},
		read: readOrderCoupons,
	}
}

func readOrderCoupons(ctx context.Context, services *services, model *orderCouponsModel) diag.Diagnostics {
	answer, err := services.client.ListOrderCoupons(ctx, model.OrderID.ValueString())
	if err != nil {
		return diag.Diagnostics{orderDiagnostic("read the coupons of order "+model.OrderID.ValueString(), err)}
	}

	model.CouponIDs, model.Coupons, model.MaxQuantities = []string{}, []orderCoupon{}, []couponMaxQuantity{}

	for _, coupon := range answer.UserCoupons {
		model.CouponIDs = append(model.CouponIDs, coupon.CouponID)
		model.Coupons = append(model.Coupons, flattenOrderCoupon(coupon))
	}

	for _, most := range answer.CouponMaxUseQuantity {
		model.MaxQuantities = append(model.MaxQuantities, couponMaxQuantity{
			CouponType:  wordPtr(bssapi.CouponTypes, most.CouponType),
			CouponGroup: optionalWordPtr(bssapi.CouponGroups, (*bssapi.CouponGroup)(most.CouponGroup)),
			Quantity:    intPtr(most.UseQuantityValue),
		})
	}

	return nil
}

func flattenOrderCoupon(coupon bssapi.OrderCoupon) orderCoupon {
	return orderCoupon{
		CouponID:      textPtr(coupon.CouponID),
		CouponCode:    textPtr(coupon.CouponCode),
		Status:        wordPtr(bssapi.CouponStatuses, coupon.Status),
		CouponType:    wordPtr(bssapi.CouponTypes, coupon.CouponType),
		CouponGroup:   optionalWordPtr(bssapi.CouponGroups, (*bssapi.CouponGroup)(coupon.CouponGroup)),
		CouponVersion: wordPtr(bssapi.CouponVersions, bssapi.CouponVersion(coupon.CouponVersion)),
		CouponUsage:   textPtr(coupon.CouponUsage),
		FaceValue:     numberPtr(coupon.FaceValue),
		Balance:       numberPtr(coupon.Balance),
		EffectiveTime: textPtr(coupon.EffectiveTime),
		ExpireTime:    textPtr(coupon.ExpireTime),
		ActiveTime:    textPtr(coupon.ActiveTime),
		LastUsedTime:  textPtr(coupon.LastUsedTime),
		CreateTime:    textPtr(coupon.CreateTime),
		PlanName:      textPtr(coupon.PlanName),
		PlanDesc:      textPtr(coupon.PlanDesc),
		UsedByOrderID: textPtr(coupon.UsedByOrderID),
		UseLimits:     flattenCouponLimits(coupon.UseLimits),
	}
}
