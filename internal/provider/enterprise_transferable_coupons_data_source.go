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

type enterpriseTransferableCouponsModel struct {
	CouponIDs    []*string       `tfsdk:"coupon_ids"`
	Coupons      []movableCoupon `tfsdk:"coupons"`
	TotalBalance types.Number    `tfsdk:"total_balance"`
	TotalCount   types.Int64     `tfsdk:"total_count"`
}

func newEnterpriseTransferableCouponsDataSource() datasource.DataSource {
	return &dataSource[enterpriseTransferableCouponsModel]{
		name: "enterprise_transferable_coupons", calls: []string{"list_transferable_coupons"},
		schema: schema.Schema{
			MarkdownDescription: "Coupons of the account that can be transferred to members of the enterprise whose master it is. Takes no " +
				"arguments." + movableKinds,
			Attributes: map[string]schema.Attribute{
				"coupon_ids":    computedStrings("Ids of the coupons, in the order of `coupons`."),
				"coupons":       computedList("The coupons.", movableCouponAttributes()),
				"total_balance": computedNumber("Exact sum of their balances. Null if that of one is not known."),
				"total_count":   computedInt("Number of coupons."),
			},
		},
		read: readEnterpriseTransferableCoupons,
	}
}

func readEnterpriseTransferableCoupons(
	ctx context.Context, services *services, model *enterpriseTransferableCouponsModel,
) diag.Diagnostics {
	var sum usableSum

	model.CouponIDs, model.Coupons = []*string{}, []movableCoupon{}

	for coupon, err := range services.client.ListTransferableCoupons(ctx) {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("list the coupons that can be transferred to members", err)}
		}

		sum.add(coupon.Balance)
		model.CouponIDs = append(model.CouponIDs, textPtr(coupon.CouponID))
		model.Coupons = append(model.Coupons, flattenMovableCoupon(coupon))
	}

	model.TotalBalance, model.TotalCount = sum.value(), types.Int64Value(sum.count)

	return nil
}
