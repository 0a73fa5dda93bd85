// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type resourceFeeRecordsModel struct {
	billArguments
	lineArguments
	billResults

	StatisticType types.String            `tfsdk:"statistic_type"`
	ResourceID    types.String            `tfsdk:"resource_id"`
	TradeID       types.String            `tfsdk:"trade_id"`
	Records       []resourceFeeRecordItem `tfsdk:"records"`
}

type resourceFeeRecordItem struct {
	lineRow

	BillDate              *string    `tfsdk:"bill_date"`
	ResourceID            *string    `tfsdk:"resource_id"`
	ResourceName          *string    `tfsdk:"resource_name"`
	ResourceTag           *string    `tfsdk:"resource_tag"`
	ProductID             *string    `tfsdk:"product_id"`
	ProductName           *string    `tfsdk:"product_name"`
	ProductSpecDesc       *string    `tfsdk:"product_spec_desc"`
	SkuCode               *string    `tfsdk:"sku_code"`
	SpecSize              *big.Float `tfsdk:"spec_size"`
	SpecSizeMeasureID     *int64     `tfsdk:"spec_size_measure_id"`
	PeriodType            *string    `tfsdk:"period_type"`
	PeriodNum             *big.Float `tfsdk:"period_num"`
	OrderID               *string    `tfsdk:"order_id"`
	RelativeOrderID       *string    `tfsdk:"relative_order_id"`
	RecordID              *string    `tfsdk:"record_id"`
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
	SubServiceTypeCode    *string    `tfsdk:"sub_service_type_code"`
	SubServiceTypeName    *string    `tfsdk:"sub_service_type_name"`
	SubResourceTypeCode   *string    `tfsdk:"sub_resource_type_code"`
	SubResourceTypeName   *string    `tfsdk:"sub_resource_type_name"`
	SubResourceID         *string    `tfsdk:"sub_resource_id"`
	SubResourceName       *string    `tfsdk:"sub_resource_name"`
	EffectiveTime         *string    `tfsdk:"effective_time"`
	ExpireTime            *string    `tfsdk:"expire_time"`
	ConsumeTime           *string    `tfsdk:"consume_time"`
}

func newResourceFeeRecordsDataSource() datasource.DataSource {
	return &dataSource[resourceFeeRecordsModel]{
		name: "resource_fee_records",
		schema: billSchema(
			"Charges for resources in one or several months, with usage, unit price and exact totals. They are hours late.\n\nAmounts have up to "+
				"eight decimals, while accounts are charged with two, so that the sums of `bss_monthly_bills` can differ in the last digits.",
			[]string{groupByMonth, groupByServiceType, groupByRegion, groupByEnterpriseProject, groupByResource, groupByChargeMode, groupByBillType},
			lineArgumentAttributes(),
			map[string]schema.Attribute{
				"statistic_type": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: "What one row sums up: a resource in a month (`cycle`), or a single charge (`detail`).",
					Validators:          []validator.String{oneOf(bssapi.FeeStatisticTypes)},
				},
				"resource_id": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only this resource, by the id of the cloud service itself.",
					Validators: []validator.String{isID},
				},
				"trade_id": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only this order or charge.",
					Validators: []validator.String{isID},
				},
				"records": computedList("The charges.", resourceFeeRecordAttributes()),
			},
		),
		validate: func(_ context.Context, model *resourceFeeRecordsModel) diag.Diagnostics {
			return append(model.billArguments.validate(), model.lineArguments.validate(model.billArguments, model.StatisticType)...)
		},
		read: readResourceFeeRecords,
	}
}

func resourceFeeRecordAttributes() map[string]schema.Attribute {
	return lineRowAttributes(map[string]schema.Attribute{
		"month":                    computedString("The month that was asked for, as `YYYY-MM`."),
		"bill_date":                computedString("Day, as `YYYY-MM-DD`."),
		"resource_id":              computedString("Id of the resource, that of the cloud service itself."),
		"resource_name":            computedString("Name of the resource."),
		"resource_tag":             computedString("Tags of the resource."),
		"product_id":               computedString("Id of the product."),
		"product_name":             computedString("Name of the product."),
		"product_spec_desc":        computedString("Description of the spec."),
		"sku_code":                 computedString("Code of the spec."),
		"spec_size":                computedNumber("Size of what is sold by size, such as a disk or bandwidth."),
		"spec_size_measure_id":     computedInt("Unit of `spec_size`."),
		"period_type":              computedString(wordsOf(bssapi.BillPeriodTypes) + "."),
		"period_num":               computedNumber("How many periods."),
		"order_id":                 computedString("Id of the order."),
		"relative_order_id":        computedString("Id of the order that a combined `order_id` is made up of."),
		"record_id":                computedString("Id of the charge; with `statistic_type` `detail` alone."),
		"trade_time":               computedString("When it was charged."),
		"usage_type":               computedString("Type of the usage."),
		"usage":                    computedNumber("Usage."),
		"usage_measure_id":         computedInt("Unit of the usage."),
		"free_resource_usage":      computedNumber("What a resource package covers of the usage."),
		"free_resource_measure_id": computedInt("Unit of `free_resource_usage`."),
		"ri_usage":                 computedNumber("What reserved instances cover of the usage."),
		"ri_usage_measure_id":      computedInt("Unit of `ri_usage`."),
		"unit_price":               computedNumber("Price of a unit; with `statistic_type` `detail` alone."),
		"unit":                     computedString("What the unit price is for."),
		"formula":                  computedString("How the amount is computed; with `statistic_type` `detail` alone."),
		"sub_service_type_code":    computedString("Code of the service inside the service."),
		"sub_service_type_name":    computedString("Name of the service inside the service."),
		"sub_resource_type_code":   computedString("Code of the type of the resource inside the resource."),
		"sub_resource_type_name":   computedString("Name of the type of the resource inside the resource."),
		"sub_resource_id":          computedString("Id of the resource inside the resource."),
		"sub_resource_name":        computedString("Name of the resource inside the resource."),
		"effective_time":           computedString("When the use began."),
		"expire_time":              computedString("When the use ended."),
		"consume_time":             computedString("When it was used; with `statistic_type` `detail` alone."),
	})
}

func readResourceFeeRecords(ctx context.Context, services *services, model *resourceFeeRecordsModel) diag.Diagnostics {
	statistic, _ := bssapi.StatisticTypes.Code(model.StatisticType.ValueString())

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
			StatisticType:       statistic,
		})
	}

	var diags diag.Diagnostics

	model.Records, model.billResults, diags = readBills(
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
	return billLine{
		account:           coded{row.CustomerID, row.AccountName},
		serviceType:       coded{row.CloudServiceType, row.CloudServiceTypeName},
		resourceType:      coded{row.ResourceType, row.ResourceTypeName},
		region:            coded{row.Region, row.RegionName},
		enterpriseProject: allocated(row.EnterpriseProjectID, row.EnterpriseProjectName),
		resource:          coded{row.ResourceID, row.ResourceName},
		chargeMode:        wordOfText(bssapi.ChargeModes, row.ChargeMode),
		billType:          wordOf(bssapi.BillTypes, row.BillType),
		measureID:         row.MeasureID,
		amounts: [billAmountCount]bssapi.Decimal{
			consumeAmount:             row.Amount,
			officialAmount:            row.OfficialAmount,
			discountAmount:            row.DiscountAmount,
			cashAmount:                row.CashAmount,
			creditAmount:              row.CreditAmount,
			couponAmount:              row.CouponAmount,
			flexipurchaseCouponAmount: row.FlexipurchaseCouponAmount,
			storedValueCardAmount:     row.StoredCardAmount,
			bonusAmount:               row.BonusAmount,
			debtAmount:                row.DebtAmount,
			writeoffAmount:            row.AdjustmentAmount,
		},
	}
}

func flattenResourceFeeRecord(line *billLine, row bssapi.ResourceFeeRecord) resourceFeeRecordItem {
	return resourceFeeRecordItem{
		lineRow:               line.lineRow(line.month, row.TradeID),
		BillDate:              textPtr(row.BillDate),
		ResourceID:            textPtr(row.ResourceID),
		ResourceName:          textPtr(row.ResourceName),
		ResourceTag:           textPtr(row.ResourceTag),
		ProductID:             textPtr(row.ProductID),
		ProductName:           textPtr(row.ProductName),
		ProductSpecDesc:       textPtr(row.ProductSpecDesc),
		SkuCode:               textPtr(row.SkuCode),
		SpecSize:              numberPtr(row.SpecSize),
		SpecSizeMeasureID:     countPtr(row.SpecSizeMeasureID),
		PeriodType:            textPtr(wordOfText(bssapi.BillPeriodTypes, row.PeriodType)),
		PeriodNum:             numberPtr(row.PeriodNum),
		OrderID:               textPtr(row.OrderID),
		RelativeOrderID:       textPtr(row.RelativeOrderID),
		RecordID:              textPtr(row.ID),
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
		SubServiceTypeCode:    textPtr(row.SubServiceTypeCode),
		SubServiceTypeName:    textPtr(row.SubServiceTypeName),
		SubResourceTypeCode:   textPtr(row.SubResourceTypeCode),
		SubResourceTypeName:   textPtr(row.SubResourceTypeName),
		SubResourceID:         textPtr(row.SubResourceID),
		SubResourceName:       textPtr(row.SubResourceName),
		EffectiveTime:         textPtr(row.EffectiveTime),
		ExpireTime:            textPtr(row.ExpireTime),
		ConsumeTime:           textPtr(row.ConsumeTime),
	}
}
