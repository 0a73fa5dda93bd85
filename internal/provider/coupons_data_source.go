// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type couponsModel struct {
	usabilityArguments

	Status          types.String `tfsdk:"status"`
	CouponType      types.String `tfsdk:"coupon_type"`
	CouponID        types.String `tfsdk:"coupon_id"`
	OrderID         types.String `tfsdk:"order_id"`
	PromotionPlanID types.String `tfsdk:"promotion_plan_id"`
	SourceID        types.String `tfsdk:"source_id"`
	ActiveAfter     types.String `tfsdk:"active_after"`
	ActiveBefore    types.String `tfsdk:"active_before"`
	CouponIDs       []*string    `tfsdk:"coupon_ids"`
	Coupons         []couponItem `tfsdk:"coupons"`
	TotalCount      types.Int64  `tfsdk:"total_count"`

	UsableCouponIDs   []*string     `tfsdk:"usable_coupon_ids"`
	ExpiringCouponIDs []*string     `tfsdk:"expiring_coupon_ids"`
	UsableTotals      []couponTotal `tfsdk:"usable_totals"`
	UndeterminedCount types.Int64   `tfsdk:"undetermined_count"`
}

// couponTotal is what usable coupons of a type hold.
type couponTotal struct {
	CouponType      *string      `tfsdk:"coupon_type"`
	Currency        *string      `tfsdk:"currency"`
	CouponCount     int64        `tfsdk:"coupon_count"`
	RemainingAmount types.Number `tfsdk:"remaining_amount"`
	ExpiringCount   int64        `tfsdk:"expiring_count"`
	ExpiringAmount  types.Number `tfsdk:"expiring_amount"`
}

type couponItem struct {
	couponTerms

	IsUsable        *bool      `tfsdk:"is_usable"`
	RemainingAmount *big.Float `tfsdk:"remaining_amount"`
	CustomerID      *string    `tfsdk:"customer_id"`
	Currency        *string    `tfsdk:"currency"`
	IsFrozen        *bool      `tfsdk:"is_frozen"`
	ValidTime       *string    `tfsdk:"valid_time"`
	ReserveTime     *string    `tfsdk:"reserve_time"`
	OrderID         *string    `tfsdk:"order_id"`
	LockOrderID     *string    `tfsdk:"lock_order_id"`
	PromotionPlanID *string    `tfsdk:"promotion_plan_id"`
	PromotionID     *string    `tfsdk:"promotion_id"`
	MediaType       *string    `tfsdk:"media_type"`
	FetchMethod     *string    `tfsdk:"fetch_method"`
	SourceID        *string    `tfsdk:"source_id"`
	ExtendParam1    *string    `tfsdk:"extend_param1"`
}

func newCouponsDataSource() datasource.DataSource {
	return &dataSource[couponsModel]{
		name: "coupons", calls: []string{"list_coupons"},
		schema: schema.Schema{
			MarkdownDescription: "Coupons of the account, what is left of those that are usable, and what expires soon. " +
				"Their ids are what `coupon_ids` of `bss_order_payment` and `bss_renewal` takes.\n\n" +
				"Used, expired and reclaimed ones are those of the last twelve months. A coupon is usable if it is available, not frozen, not held " +
				"by an order, and inside its time; whether an order accepts it, its `use_limits` and the order decide.",
			Attributes: joined(usabilityArgumentAttributes(), map[string]schema.Attribute{
				"status":              wordArgument("Only coupons in this status: %s.", bssapi.CouponStatuses),
				"coupon_type":         wordArgument("Only coupons of this type: %s.", bssapi.CouponTypes),
				"coupon_id":           idArgument("Only this coupon."),
				"order_id":            idArgument("Only coupons that this order uses or holds."),
				"promotion_plan_id":   idArgument("Only coupons of this promotion."),
				"source_id":           idArgument("Only coupons of this source."),
				"active_after":        timeArgument("Only coupons activated at this time or later."),
				"active_before":       timeArgument("Only coupons activated at this time or earlier."),
				"coupon_ids":          computedStrings("Ids of the coupons."),
				"coupons":             computedList("The coupons.", couponAttributes()),
				"total_count":         computedInt("How many coupons were read."),
				"usable_coupon_ids":   computedStrings("Ids of the coupons that are usable at `as_of`."),
				"expiring_coupon_ids": computedStrings("Ids of the usable coupons that end within `expiring_within_days`."),
				"usable_totals": computedList("Exact sums of the usable coupons that were read, by type and currency.", map[string]schema.Attribute{
					"coupon_type":  computedString("Type of the coupons."),
					"currency":     computedString("Currency of the sums."),
					"coupon_count": computedInt("How many are usable."),
					"remaining_amount": computedNumber("What is left of them. Null for discount and product coupons, and if it is not known of " +
						"one of them."),
					"expiring_count":  computedInt("How many of them end within `expiring_within_days`."),
					"expiring_amount": computedNumber("What is left of those."),
				}),
				"undetermined_count": computedInt("How many coupons are in no sum, because it is not known whether they are usable."),
			}),
		},
		validate: func(_ context.Context, model *couponsModel) diag.Diagnostics {
			return ascending(path.Root("active_before"), model.ActiveAfter, model.ActiveBefore)
		},
		read: readCoupons,
	}
}

func couponAttributes() map[string]schema.Attribute {
	return joined(couponTermAttributes(), map[string]schema.Attribute{
		"status":    computedString(wordsOf(bssapi.CouponStatuses) + "."),
		"is_usable": computedBool("Whether it is usable at `as_of`. Null if its times do not tell, or if its status is not known yet."),
		"remaining_amount": computedNumber("What can still be spent of it: `balance` of a reusable one, `face_value` of one of single use. " +
			"Null for a discount or product coupon, and for one that is not usable."),
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

	var coupons []bssapi.Coupon

	for coupon, err := range services.client.ListCoupons(ctx, bssapi.ListCouponsRequest{
		CouponID:        model.CouponID.ValueString(),
		OrderID:         model.OrderID.ValueString(),
		PromotionPlanID: model.PromotionPlanID.ValueString(),
		CouponType:      couponType,
		Status:          status,
		ActiveStartTime: after,
		ActiveEndTime:   before,
		SourceID:        model.SourceID.ValueString(),
		Strict:          true,
	}) {
		if err == nil {
			err = unitOfCoupon(coupon.CouponTerms)
		}

		if err != nil {
			return diag.Diagnostics{apiDiagnostic("list coupons", err)}
		}

		coupons = append(coupons, coupon)
	}

	span, diags := model.span(services.client)
	if diags.HasError() {
		return diags
	}

	model.show(coupons, span)

	return nil
}

// show fills in the coupons and their sums.
func (model *couponsModel) show(coupons []bssapi.Coupon, span span) {
	type group struct {
		couponType bssapi.CouponType
		currency   string
	}

	usable, expiring := map[group]*usableSum{}, map[group]*usableSum{}
	undetermined := int64(0)
	model.CouponIDs, model.Coupons = []*string{}, []couponItem{}
	model.UsableCouponIDs, model.ExpiringCouponIDs, model.UsableTotals = []*string{}, []*string{}, []couponTotal{}

	for _, coupon := range coupons {
		valid := validityOfCoupon(coupon, span)
		item := flattenCoupon(coupon)
		item.IsUsable = valid.isUsable()

		if !valid.known {
			undetermined++
		}

		if valid.usable {
			remaining := coupon.Remaining()
			item.RemainingAmount = numberPtr(remaining)
			model.UsableCouponIDs = append(model.UsableCouponIDs, textPtr(coupon.CouponID))
			of := group{coupon.CouponType, coupon.Currency}

			if usable[of] == nil {
				usable[of], expiring[of] = &usableSum{}, &usableSum{}
			}

			usable[of].add(remaining)

			if valid.expiring {
				expiring[of].add(remaining)
				model.ExpiringCouponIDs = append(model.ExpiringCouponIDs, textPtr(coupon.CouponID))
			}
		}

		model.CouponIDs = append(model.CouponIDs, textPtr(coupon.CouponID))
		model.Coupons = append(model.Coupons, item)
	}

	for of, sum := range usable {
		total := couponTotal{
			CouponType: wordPtr(bssapi.CouponTypes, of.couponType), Currency: textPtr(of.currency),
			CouponCount: sum.count, RemainingAmount: sum.value(), ExpiringCount: expiring[of].count, ExpiringAmount: expiring[of].value(),
		}
		// Of what holds no money, none is not 0 either.
		if !of.couponType.HoldsMoney() {
			total.ExpiringAmount = types.NumberNull()
		}

		model.UsableTotals = append(model.UsableTotals, total)
	}

	slices.SortFunc(model.UsableTotals, func(a, b couponTotal) int {
		return cmp.Or(comparePtr(a.CouponType, b.CouponType), comparePtr(a.Currency, b.Currency))
	})

	model.TotalCount, model.UndeterminedCount = types.Int64Value(int64(len(coupons))), types.Int64Value(undetermined)
}

// validityOfCoupon says whether a coupon is usable. Coupons of the old version
// do not tell whether an order holds them.
func validityOfCoupon(coupon bssapi.Coupon, span span) validity {
	switch {
	case coupon.Status != bssapi.CouponStatusAvailable:
		_, known := bssapi.CouponStatuses[coupon.Status]

		return validity{known: known}
	case coupon.IsFrozen == "1", coupon.LockOrderID != "":
		return validity{known: true}
	default:
		return span.validity(coupon.ValidTime, coupon.ExpireTime)
	}
}

func flattenCoupon(coupon bssapi.Coupon) couponItem {
	return couponItem{
		couponTerms:     flattenCouponTerms(coupon.CouponTerms),
		CustomerID:      textPtr(coupon.CustomerID),
		Currency:        textPtr(coupon.Currency),
		IsFrozen:        yesOfText(coupon.IsFrozen),
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
