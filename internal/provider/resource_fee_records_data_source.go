// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type resourceFeeRecordsModel struct {
	billArguments
	lineArguments
	resourceArguments
	billResults
	tagResults

	TradeID types.String            `tfsdk:"trade_id"`
	Records []resourceFeeRecordItem `tfsdk:"records" nil:"null"`
}

type resourceFeeRecordItem struct {
	resourceRow

	ProductID             *string    `tfsdk:"product_id"`
	ProductName           *string    `tfsdk:"product_name"`
	SpecSize              *big.Float `tfsdk:"spec_size"`
	SpecSizeMeasureID     *int64     `tfsdk:"spec_size_measure_id"`
	OrderID               *string    `tfsdk:"order_id"`
	RelativeOrderID       *string    `tfsdk:"relative_order_id"`
	TradeTime             *string    `tfsdk:"trade_time"`
	UsageType             *string    `tfsdk:"usage_type"`
	Usage                 *big.Float `tfsdk:"usage"`
	UsageMeasureID        *int64     `tfsdk:"usage_measure_id"`
	FreeResourceUsage     *big.Float `tfsdk:"free_resource_usage"`
	FreeResourceMeasureID *int64     `tfsdk:"free_resource_measure_id"`
	RIUsage               *big.Float `tfsdk:"ri_usage"`
	RIUsageMeasureID      *int64     `tfsdk:"ri_usage_measure_id"`
	UnitPrice             *big.Float `tfsdk:"unit_price"`
	Unit                  *string    `tfsdk:"unit"`
	Formula               *string    `tfsdk:"formula"`
}

func newResourceFeeRecordsDataSource() datasource.DataSource {
	return &dataSource[resourceFeeRecordsModel]{
		name: billResourceFee, calls: []string{"list_resource_fee_records"},
		schema: billSchema(
			billResourceFee,
			"Charges for resources in one or several months, with usage, unit price and exact totals. They arrive hours late.\n\nAmounts have up "+
				"to eight decimals. Accounts are charged with two, so the sums of `bss_monthly_bills` can differ in the last digits.",
			joined(
				lineArgumentAttributes(),
				tagResultAttributes(),
				resourceArgumentAttributes(bssapi.FeeStatisticTypes),
				map[string]schema.Attribute{
					"trade_id": tradeArgument(),
					"records":  computedList("The charges.", resourceFeeRecordAttributes()),
				},
			),
		),
		validate: func(_ context.Context, model *resourceFeeRecordsModel) diag.Diagnostics {
			return slices.Concat(model.billArguments.validate(billsKept), model.lineArguments.validate(model.billArguments, model.StatisticType),
				model.resourceArguments.validate(model.billArguments))
		},
		read: readResourceFeeRecords,
	}
}

func resourceFeeRecordAttributes() map[string]schema.Attribute {
	return joined(resourceRowAttributes(), map[string]schema.Attribute{
		"month":                    computedString("The month that was asked for, as `YYYY-MM`."),
		"product_id":               computedString("Id of the product."),
		"product_name":             computedString("Name of the product."),
		"spec_size":                computedNumber("Size of what is sold by size, such as a disk or bandwidth."),
		"spec_size_measure_id":     computedInt("Unit of `spec_size`."),
		"order_id":                 computedString("Id of the order."),
		"relative_order_id":        computedString("Id of the order inside the combined order `order_id`."),
		"record_id":                computedString("Id of the charge. Only with `statistic_type = \"detail\"`."),
		"trade_time":               computedString("When it was charged."),
		"usage_type":               computedString("Type of the usage."),
		"usage":                    computedNumber("Usage."),
		"usage_measure_id":         computedInt("Unit of the usage."),
		"free_resource_usage":      computedNumber("Usage that a resource package covers."),
		"free_resource_measure_id": computedInt("Unit of `free_resource_usage`."),
		"ri_usage":                 computedNumber("Usage that reserved instances cover."),
		"ri_usage_measure_id":      computedInt("Unit of `ri_usage`."),
		"unit_price":               computedNumber("Price of a unit. Only with `statistic_type = \"detail\"`."),
		"unit":                     computedString("Unit of the unit price."),
		"formula":                  computedString("How the amount is computed. Only with `statistic_type = \"detail\"`."),
	})
}

func readResourceFeeRecords(ctx context.Context, services *services, model *resourceFeeRecordsModel) diag.Diagnostics {
	ask := func(ctx context.Context, month string) (*bssapi.Bill[bssapi.ResourceFeeRecord], error) {
		return services.client.ListResourceFeeRecords(ctx, bssapi.ListResourceFeeRecordsRequest{
			Cycle:               month,
			CloudServiceType:    model.ServiceTypeCode.ValueString(),
			Region:              model.RegionCode.ValueString(),
			ChargeMode:          model.mode(),
			BillType:            model.kind(),
			ResourceID:          model.ResourceID.ValueString(),
			EnterpriseProjectID: model.project(noProject),
			IncludeZeroRecord:   model.IncludeZeroRecords.ValueBoolPointer(),
			Method:              model.method(),
			SubCustomerID:       model.MemberID.ValueString(),
			TradeID:             model.TradeID.ValueString(),
			BillDateBegin:       model.BillDateBegin.ValueString(),
			BillDateEnd:         model.BillDateEnd.ValueString(),
			StatisticType:       model.statistic(),
		})
	}

	var diags diag.Diagnostics

	model.Records, model.billResults, model.tagResults, diags = readBills(
		ctx,
		services.client,
		"list the resource fee records",
		&model.billArguments,
		ask,
		resourceFeeRecordLine,
		flattenResourceFeeRecord,
	)

	return diags
}

func resourceFeeRecordLine(row bssapi.ResourceFeeRecord) billLine {
	line := resourceLine(row.ResourceCharge, row.ResourceType, row.ResourceID, row.Amount)
	line.chargeMode = wordOfText(bssapi.ChargeModes, row.ChargeMode)

	return line
}

func flattenResourceFeeRecord(line *billLine, row bssapi.ResourceFeeRecord) resourceFeeRecordItem {
	periodType := wordOfText(bssapi.BillPeriodTypes, row.PeriodType)

	return resourceFeeRecordItem{
		resourceRow:           line.resourceRow(line.month, periodType, row.ResourceCharge),
		ProductID:             textPtr(row.ProductID),
		ProductName:           textPtr(row.ProductName),
		SpecSize:              numberPtr(row.SpecSize),
		SpecSizeMeasureID:     countPtr(row.SpecSizeMeasureID),
		OrderID:               textPtr(row.OrderID),
		RelativeOrderID:       textPtr(row.RelativeOrderID),
		TradeTime:             textPtr(row.TradeTime),
		UsageType:             textPtr(row.UsageType),
		Usage:                 numberPtr(row.Usage),
		UsageMeasureID:        countPtr(row.UsageMeasureID),
		FreeResourceUsage:     numberPtr(row.FreeResourceUsage),
		FreeResourceMeasureID: countPtr(row.FreeResourceMeasureID),
		RIUsage:               numberPtr(row.RIUsage),
		RIUsageMeasureID:      countPtr(row.RIUsageMeasureID),
		UnitPrice:             numberPtr(row.UnitPrice),
		Unit:                  textPtr(row.Unit),
		Formula:               textPtr(row.Formula),
	}
}
