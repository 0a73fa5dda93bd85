// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type orderCouponsModel struct {
	OrderID       types.String        `tfsdk:"order_id"`
	CouponIDs     []*string           `tfsdk:"coupon_ids"`
	Coupons       []orderCoupon       `tfsdk:"coupons"`
	MaxQuantities []couponMaxQuantity `tfsdk:"max_quantities"`
}

type orderCoupon struct {
	couponTerms

	CouponGroup   *string `tfsdk:"coupon_group"`
	EffectiveTime *string `tfsdk:"effective_time"`
	LastUsedTime  *string `tfsdk:"last_used_time"`
	UsedByOrderID *string `tfsdk:"used_by_order_id"`
}

type couponMaxQuantity struct {
	CouponType  *string `tfsdk:"coupon_type"`
	CouponGroup *string `tfsdk:"coupon_group"`
	Quantity    *int64  `tfsdk:"quantity"`
}

func newOrderCouponsDataSource() datasource.DataSource {
	return &dataSource[orderCouponsModel]{
		name: "order_coupons", calls: []string{"list_order_coupons"},
		schema: schema.Schema{
			MarkdownDescription: "Coupons that a pending order accepts; their ids are what `coupon_ids` of `bss_order_payment` takes.\n\n" +
				"Exists on the china site. On the international site this is an error; on the europe site support is " +
				"unconfirmed, and the call is attempted.",
			Attributes: map[string]schema.Attribute{
				"order_id":   orderIDArgument("Id of a pending order."),
				"coupon_ids": computedStrings("Ids of the coupons."),
				"coupons": computedList("The coupons.", joined(couponTermAttributes(), map[string]schema.Attribute{
					"status":           computedString(wordsOf(bssapi.OrderCouponStatuses) + "."),
					"coupon_type":      computedString(wordsOf(bssapi.CouponTypes) + ". A payment takes no product coupons."),
					"coupon_group":     computedString(wordsOf(bssapi.CouponGroups) + "."),
					"balance":          computedNumber("What is left of it."),
					"effective_time":   computedString("From when it can be used (UTC)."),
					"last_used_time":   computedString("When it was last used (UTC)."),
					"used_by_order_id": computedString("Order that holds it."),
				})),
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

	model.CouponIDs, model.Coupons, model.MaxQuantities = []*string{}, []orderCoupon{}, []couponMaxQuantity{}

	for _, coupon := range answer.UserCoupons {
		if err := unitOfCoupon(coupon.CouponTerms); err != nil {
			return diag.Diagnostics{apiDiagnostic("read the coupons of order "+model.OrderID.ValueString(), err)}
		}

		model.CouponIDs = append(model.CouponIDs, textPtr(coupon.CouponID))
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
		couponTerms:   flattenCouponTerms(coupon.CouponTerms),
		CouponGroup:   optionalWordPtr(bssapi.CouponGroups, (*bssapi.CouponGroup)(coupon.CouponGroup)),
		EffectiveTime: textPtr(coupon.EffectiveTime),
		LastUsedTime:  textPtr(coupon.LastUsedTime),
		UsedByOrderID: textPtr(coupon.UsedByOrderID),
	}
}
