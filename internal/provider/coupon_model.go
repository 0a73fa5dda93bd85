// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type couponLimit struct {
	ID              *string `tfsdk:"id"`
	Key             *string `tfsdk:"key"`
	Value1          *string `tfsdk:"value1"`
	Value2          *string `tfsdk:"value2"`
	ValueUnit       *string `tfsdk:"value_unit"`
	Type            *string `tfsdk:"type"`
	PromotionPlanID *string `tfsdk:"promotion_plan_id"`
}

// couponLimitsAttribute is that of couponLimit, for every list of coupons.
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
