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

type couponChangeRecordsModel struct {
	changeArguments
	changeResults

	CouponID types.String       `tfsdk:"coupon_id"`
	Records  []couponChangeItem `tfsdk:"records"`
}

type couponChangeItem struct {
	changeItem

	CouponID *string `tfsdk:"coupon_id"`
}

func newCouponChangeRecordsDataSource() datasource.DataSource {
	return &dataSource[couponChangeRecordsModel]{
		name: "coupon_change_records", calls: []string{"list_coupon_change_records"},
		schema: schema.Schema{
			MarkdownDescription: "What came into the cash coupons of the account, and what went out, with exact sums by kind.",
			Attributes: joined(changeArgumentAttributes(bssapi.CouponTradeTypes), changeResultAttributes(), map[string]schema.Attribute{
				"coupon_id": idArgument("Only changes of this coupon."),
				"records": computedList("The changes.", joined(changeItemAttributes(wordsOf(bssapi.CouponTradeDetails)),
					map[string]schema.Attribute{"coupon_id": computedString("Id of the coupon.")})),
			}),
		},
		validate: func(_ context.Context, model *couponChangeRecordsModel) diag.Diagnostics {
			return model.validate()
		},
		read: readCouponChangeRecords,
	}
}

func readCouponChangeRecords(ctx context.Context, services *services, model *couponChangeRecordsModel) diag.Diagnostics {
	filter, diags := model.filter(services.client, bssapi.CouponTradeTypes)
	if diags.HasError() {
		return diags
	}

	changes := services.client.ListCouponChangeRecords(ctx, bssapi.ListCouponChangeRecordsRequest{
		ChangeFilter: filter, CouponID: model.CouponID.ValueString(),
	})
	sums := changeSums{kinds: map[string]*changeSum{}}
	model.Records = []couponChangeItem{}

	for record, err := range changes.Rows {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("list the changes of coupons", err)}
		}

		kind := wordOf(bssapi.CouponTradeDetails, bssapi.CouponTradeDetail(record.TradeDetailType))
		sums.add(kind, record.ChangeRecord)

		model.Records = append(model.Records, couponChangeItem{
			changeItem: flattenChange(record.ChangeRecord, kind),
			CouponID:   textPtr(record.CouponID),
		})
	}

	model.changeResults = sums.results(changes.Currency)

	return nil
}
