// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type couponsModel struct {
	Status          types.String `tfsdk:"status"`
	CouponType      types.String `tfsdk:"coupon_type"`
	CouponID        types.String `tfsdk:"coupon_id"`
	OrderID         types.String `tfsdk:"order_id"`
	PromotionPlanID types.String `tfsdk:"promotion_plan_id"`
	SourceID        types.String `tfsdk:"source_id"`
	ActiveAfter     types.String `tfsdk:"active_after"`
	ActiveBefore    types.String `tfsdk:"active_before"`
	CouponIDs       []string     `tfsdk:"coupon_ids"`
	Coupons         []couponItem `tfsdk:"coupons"`
	TotalCount      types.Int64  `tfsdk:"total_count"`
}

type couponItem struct {
	couponTerms

	CustomerID      *string `tfsdk:"customer_id"`
	Currency        *string `tfsdk:"currency"`
	IsFrozen        *bool   `tfsdk:"is_frozen"`
	ValidTime       *string `tfsdk:"valid_time"`
	ReserveTime     *string `tfsdk:"reserve_time"`
	OrderID         *string `tfsdk:"order_id"`
	LockOrderID     *string `tfsdk:"lock_order_id"`
	PromotionPlanID *string `tfsdk:"promotion_plan_id"`
	PromotionID     *string `tfsdk:"promotion_id"`
	MediaType       *string `tfsdk:"media_type"`
	FetchMethod     *string `tfsdk:"fetch_method"`
	SourceID        *string `tfsdk:"source_id"`
	ExtendParam1    *string `tfsdk:"extend_param1"`
}

func newCouponsDataSource() datasource.DataSource {
	return &dataSource[couponsModel]{
		name: "coupons",
		schema: schema.Schema{
			MarkdownDescription: "Coupons of the account; their ids are what `coupon_ids` of `bss_order_payment` and `bss_renewal` takes.\n\n" +
				"Used, expired and reclaimed ones are those of the last twelve months.",
			Attributes: map[string]schema.Attribute{
				"status":            wordArgument("Only coupons in this status: %s.", bssapi.CouponStatuses),
				"coupon_type":       wordArgument("Only coupons of this type: %s.", bssapi.CouponTypes),
				"coupon_id":         idArgument("Only this coupon."),
				"order_id":          idArgument("Only coupons that this order uses or holds."),
				"promotion_plan_id": idArgument("Only coupons of this promotion."),
				"source_id":         idArgument("Only coupons of this source."),
				"active_after":      timeArgument("Only coupons activated at this time or later."),
				"active_before":     timeArgument("Only coupons activated at this time or earlier."),
				"coupon_ids":        computedStrings("Ids of the coupons."),
				"coupons":           computedList("The coupons.", couponAttributes()),
				"total_count":       computedInt("How many coupons were read."),
			},
		},
		validate: func(_ context.Context, model *couponsModel) diag.Diagnostics {
			return ascending(path.Root("active_before"), model.ActiveAfter, model.ActiveBefore)
		},
		read: readCoupons,
	}
}

func couponAttributes() map[string]schema.Attribute {
	return joined(couponTermAttributes(), map[string]schema.Attribute{
		"status":            computedString(wordsOf(bssapi.CouponStatuses) + "."),
		"customer_id":       computedString("Id of the account."),
		"coupon_type":       computedString(wordsOf(bssapi.CouponTypes) + "."),
		"balance":           computedNumber("What is left of a reusable one; null for one of single use."),
		"currency":          computedString("Currency of the amounts."),
		"is_frozen":         computedBool("Whether it is frozen."),
		"valid_time":        computedString("From when it can be used (UTC)."),
		"reserve_time":      computedString("When it was reserved (UTC)."),
		"order_id":          computedString("Order that uses it."),
		"lock_order_id":     computedString("Order that holds it."),
		"promotion_plan_id": computedString("Id of the promotion."),
		"promotion_id":      computedString("Id of the promotion that issued it."),
		"media_type":        computedString(wordsOf(bssapi.CouponMedia) + "."),
		"fetch_method":      computedString("How the account got it: " + wordsOf(bssapi.CouponFetchMethods) + "."),
		"source_id":         computedString("Id of its source."),
		"extend_param1":     computedString("Reserved by the API."),
	})
}

func readCoupons(ctx context.Context, services *services, model *couponsModel) diag.Diagnostics {
	// The validators know the words.
	status, _ := bssapi.CouponStatuses.Code(model.Status.ValueString())
	couponType, _ := bssapi.CouponTypes.Code(model.CouponType.ValueString())
	after, diags := timeOf(model.ActiveAfter)
	before, more := timeOf(model.ActiveBefore)
	diags.Append(more...)

	if diags.HasError() {
		return diags
	}

	model.CouponIDs, model.Coupons = []string{}, []couponItem{}

	for coupon, err := range services.client.ListCoupons(ctx, bssapi.ListCouponsRequest{
		CouponID:        model.CouponID.ValueString(),
		OrderID:         model.OrderID.ValueString(),
		PromotionPlanID: model.PromotionPlanID.ValueString(),
		CouponType:      couponType,
		Status:          status,
		ActiveStartTime: after,
		ActiveEndTime:   before,
		SourceID:        model.SourceID.ValueString(),
	}) {
		if err == nil {
			err = unitOfCoupon(coupon.CouponTerms)
		}

		if err != nil {
			return diag.Diagnostics{apiDiagnostic("list coupons", err)}
		}

		model.CouponIDs = append(model.CouponIDs, coupon.CouponID)
		model.Coupons = append(model.Coupons, flattenCoupon(coupon))
	}

	model.TotalCount = types.Int64Value(int64(len(model.Coupons)))

	return diags
}

func flattenCoupon(coupon bssapi.Coupon) couponItem {
	return couponItem{
		couponTerms:     flattenCouponTerms(coupon.CouponTerms),
		CustomerID:      textPtr(coupon.CustomerID),
		Currency:        textPtr(coupon.Currency),
		IsFrozen:        zeroOrOne(coupon.IsFrozen),
		ValidTime:       textPtr(coupon.ValidTime),
		ReserveTime:     textPtr(coupon.ReserveTime),
		OrderID:         textPtr(coupon.OrderID),
		LockOrderID:     textPtr(coupon.LockOrderID),
		PromotionPlanID: textPtr(coupon.PromotionPlanID),
		PromotionID:     textPtr(coupon.PromotionID),
		MediaType:       wordPtr(bssapi.CouponMedia, bssapi.CouponMedium(coupon.MediaType)),
		FetchMethod:     wordPtr(bssapi.CouponFetchMethods, bssapi.CouponFetchMethod(coupon.FetchMethod)),
		SourceID:        textPtr(coupon.SourceID),
		ExtendParam1:    textPtr(coupon.ExtendParam1),
	}
}

// zeroOrOne is a yes or no that the API writes as a digit, null for anything else.
func zeroOrOne(text string) *bool {
	switch yes := text == "1"; text {
	case "0", "1":
		return &yes
	default:
		return nil
	}
}
