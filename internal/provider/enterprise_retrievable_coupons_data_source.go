// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type enterpriseRetrievableCouponsModel struct {
	MemberID     types.String        `tfsdk:"member_id"`
	SubCouponIDs []*string           `tfsdk:"sub_coupon_ids"`
	Coupons      []retrievableCoupon `tfsdk:"coupons"`
	TotalBalance types.Number        `tfsdk:"total_balance"`
	TotalCount   types.Int64         `tfsdk:"total_count"`
}

type retrievableCoupon struct {
	movableCoupon

	SubCouponID *string `tfsdk:"sub_coupon_id"`
}

func newEnterpriseRetrievableCouponsDataSource() datasource.DataSource {
	return &dataSource[enterpriseRetrievableCouponsModel]{
		name: "enterprise_retrievable_coupons", calls: []string{"list_retrievable_coupons"},
		schema: schema.Schema{
			MarkdownDescription: "Coupons of a member account that the master of its enterprise can retrieve: parts of coupons that it " +
				"transferred. One coupon can be there several times, each part with an id of its own." + movableKinds,
			Attributes: map[string]schema.Attribute{
				"member_id":      requiredText("Customer id of the member account: `ids` of `bss_enterprise_members`.", isID),
				"sub_coupon_ids": computedStrings("Ids of the parts, in the order of `coupons`."),
				"coupons": computedList("The parts.", joined(movableCouponAttributes(), map[string]schema.Attribute{
					"sub_coupon_id": computedString("Id of the part at the member."),
				})),
				"total_balance": computedNumber("Exact sum of their balances. Null if that of one is not known."),
				"total_count":   computedInt("Number of parts."),
			},
		},
		read: readEnterpriseRetrievableCoupons,
	}
}

func readEnterpriseRetrievableCoupons(
	ctx context.Context, services *services, model *enterpriseRetrievableCouponsModel,
) diag.Diagnostics {
	var sum usableSum

	model.SubCouponIDs, model.Coupons = []*string{}, []retrievableCoupon{}
	member := model.MemberID.ValueString()

	for coupon, err := range services.client.ListRetrievableCoupons(ctx, member) {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("list the coupons that can be retrieved from member "+member, err)}
		}

		sum.add(coupon.Balance)
		model.SubCouponIDs = append(model.SubCouponIDs, textPtr(coupon.SubCouponID))
		model.Coupons = append(model.Coupons, retrievableCoupon{flattenMovableCoupon(coupon.MovableCoupon), textPtr(coupon.SubCouponID)})
	}

	model.TotalBalance, model.TotalCount = sum.value(), types.Int64Value(sum.count)

	return nil
}
