// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type feeRecordsModel struct {
	billArguments
	lineArguments
	billResults

	ProviderType     types.String    `tfsdk:"provider_type"`
	ResourceTypeCode types.String    `tfsdk:"resource_type_code"`
	TradeID          types.String    `tfsdk:"trade_id"`
	Status           types.String    `tfsdk:"status"`
	Records          []feeRecordItem `tfsdk:"records"`
}

type feeRecordItem struct {
	Month                     *string    `tfsdk:"month"`
	BillType                  *string    `tfsdk:"bill_type"`
	CustomerID                *string    `tfsdk:"customer_id"`
	AccountName               *string    `tfsdk:"account_name"`
	ProviderType              *string    `tfsdk:"provider_type"`
	Status                    *string    `tfsdk:"status"`
	RegionCode                *string    `tfsdk:"region_code"`
	RegionName                *string    `tfsdk:"region_name"`
	ServiceTypeCode           *string    `tfsdk:"service_type_code"`
	ServiceTypeName           *string    `tfsdk:"service_type_name"`
	ResourceTypeCode          *string    `tfsdk:"resource_type_code"`
	ResourceTypeName          *string    `tfsdk:"resource_type_name"`
	EnterpriseProjectID       *string    `tfsdk:"enterprise_project_id"`
	EnterpriseProjectName     *string    `tfsdk:"enterprise_project_name"`
	ChargeMode                *string    `tfsdk:"charge_mode"`
	TradeID                   *string    `tfsdk:"trade_id"`
	RecordID                  *string    `tfsdk:"record_id"`
	TradeTime                 *string    `tfsdk:"trade_time"`
	ConsumeTime               *string    `tfsdk:"consume_time"`
	ConsumeAmount             *big.Float `tfsdk:"consume_amount"`
	OfficialAmount            *big.Float `tfsdk:"official_amount"`
	DiscountAmount            *big.Float `tfsdk:"discount_amount"`
	TruncatedAmount           *big.Float `tfsdk:"truncated_amount"`
	CashAmount                *big.Float `tfsdk:"cash_amount"`
	CreditAmount              *big.Float `tfsdk:"credit_amount"`
	CouponAmount              *big.Float `tfsdk:"coupon_amount"`
	FlexipurchaseCouponAmount *big.Float `tfsdk:"flexipurchase_coupon_amount"`
	StoredValueCardAmount     *big.Float `tfsdk:"stored_value_card_amount"`
	BonusAmount               *big.Float `tfsdk:"bonus_amount"`
	DebtAmount                *big.Float `tfsdk:"debt_amount"`
	WriteoffAmount            *big.Float `tfsdk:"writeoff_amount"`
}

var (
	feeRecordStatuses = words[bssapi.FeeRecordStatus]{
		bssapi.FeeRecordStatusPaid:      "paid",
		bssapi.FeeRecordStatusUnsettled: "unsettled",
		bssapi.FeeRecordStatusNotBilled: "not_billed",
	}

	providerTypes = words[bssapi.ProviderType]{
		bssapi.ProviderTypeHuaweiCloud: "huawei_cloud",
		bssapi.ProviderTypeMarketplace: "marketplace",
	}
)

func newFeeRecordsDataSource() datasource.DataSource {
	return &dataSource[feeRecordsModel]{
		name: "fee_records",
		schema: billSchema("Transactions of the account in one or several months, with exact totals. They are hours late. Only the China site has them.",
			[]string{groupByMonth, groupByServiceType, groupByRegion, groupByEnterpriseProject, groupByChargeMode, groupByBillType},
			lineArgumentAttributes(),
			map[string]schema.Attribute{
				"provider_type": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only services of this provider: " + codeList(providerTypes.all()) + ".",
					Validators: []validator.String{stringvalidator.OneOf(providerTypes.all()...)},
				},
				"status": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only transactions in this status: " + codeList(feeRecordStatuses.all()) + ".",
					Validators: []validator.String{stringvalidator.OneOf(feeRecordStatuses.all()...)},
				},
				"resource_type_code": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only this type of resource, such as `hws.resource.type.vm`.",
					Validators: []validator.String{stringvalidator.LengthBetween(1, 64)},
				},
				"trade_id": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only this order or charge.",
					Validators: []validator.String{isID},
				},
				"records": computedList("The transactions.", withAmounts(feeRecordAttributes(), "consume_amount", "official_amount", "discount_amount", "truncated_amount", "cash_amount", "credit_amount", "coupon_amount", "flexipurchase_coupon_amount", "stored_value_card_amount", "bonus_amount", "debt_amount", "writeoff_amount")),
			},
		),
		validate: func(_ context.Context, model *feeRecordsModel) diag.Diagnostics {
			return append(model.billArguments.validate(), model.lineArguments.validate(model.billArguments, false)...)
		},
		read: readFeeRecords,
	}
}

func feeRecordAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"month":                   computedString("Month, as `YYYY-MM`."),
		"bill_type":               computedString(codeList(billTypes.all()) + " or `unknown(N)`."),
		"customer_id":             computedString("Id of the account."),
		"account_name":            computedString("Name of the account."),
		"provider_type":           computedString(codeList(providerTypes.all()) + " or `unknown(N)`."),
		"status":                  computedString(codeList(feeRecordStatuses.all()) + " or `unknown(N)`."),
		"region_code":             computedString("Code of the region."),
		"region_name":             computedString("Name of the region."),
		"service_type_code":       computedString("Code of the service."),
		"service_type_name":       computedString("Name of the service."),
		"resource_type_code":      computedString("Code of the type of resource."),
		"resource_type_name":      computedString("Name of the type of resource."),
		"enterprise_project_id":   computedString("Id of the enterprise project; `0` is the default one, null is none."),
		"enterprise_project_name": computedString("Name of the enterprise project."),
		"charge_mode":             computedString(codeList(chargeModes.all()) + " or `unknown(N)`."),
		"trade_id":                computedString("Id of the order, or of the charge."),
		"record_id":               computedString("Reserved by the API."),
		"trade_time":              computedString("When it was charged."),
		"consume_time":            computedString("When a yearly/monthly order was paid, or when it was used."),
	}
}

func readFeeRecords(ctx context.Context, services *services, model *feeRecordsModel) diag.Diagnostics {
	if model.rows() {
		model.Records = []feeRecordItem{}
	}

	charge, _ := chargeModes.code(model.ChargeMode.ValueString())
	billType, _ := billTypes.code(model.BillType.ValueString())
	provider, _ := providerTypes.code(model.ProviderType.ValueString())
	status, _ := feeRecordStatuses.code(model.Status.ValueString())

	ask := func(ctx context.Context, month string) (*bssapi.Bill[bssapi.FeeRecord], error) {
		return services.client.ListFeeRecords(ctx, bssapi.ListFeeRecordsRequest{
			BillCycle:           month,
			ProviderType:        provider,
			ServiceTypeCode:     model.ServiceTypeCode.ValueString(),
			ResourceTypeCode:    model.ResourceTypeCode.ValueString(),
			RegionCode:          model.RegionCode.ValueString(),
			ChargingMode:        charge,
			BillType:            billType,
			TradeID:             model.TradeID.ValueString(),
			Status:              status,
			EnterpriseProjectID: model.project(noProject),
			IncludeZeroRecord:   model.IncludeZeroRecords.ValueBoolPointer(),
			Method:              model.method(),
			SubCustomerID:       model.MemberID.ValueString(),
			BillDateBegin:       model.BillDateBegin.ValueString(),
			BillDateEnd:         model.BillDateEnd.ValueString(),
		})
	}

	results, diags := readBills(ctx, services.client, "list the fee records", &model.billArguments, ask, feeRecordLine,
		func(_ string, row bssapi.FeeRecord) { model.Records = append(model.Records, flattenFeeRecord(row)) })
	model.billResults = results

	return diags
}

func feeRecordLine(row bssapi.FeeRecord) billLine {
	return billLine{
		serviceType:       coded{row.ServiceTypeCode, row.ServiceTypeName},
		region:            coded{row.RegionCode, row.RegionName},
		enterpriseProject: allocated(row.EnterpriseProjectID, row.EnterpriseProjectName),
		chargeMode:        wordOf(chargeModes, row.ChargingMode),
		billType:          wordOf(billTypes, row.BillType),
		amounts: [billAmountCount]bssapi.Decimal{
			consumeAmount:             row.ConsumeAmount,
			officialAmount:            row.OfficialAmount,
			discountAmount:            row.OfficialDiscountAmount,
			truncatedAmount:           row.EraseAmount,
			cashAmount:                row.CashAmount,
			creditAmount:              row.CreditAmount,
			couponAmount:              row.CouponAmount,
			flexipurchaseCouponAmount: row.FlexipurchaseCouponAmount,
			storedValueCardAmount:     row.StoredValueCardAmount,
			bonusAmount:               row.BonusAmount,
			debtAmount:                row.DebtAmount,
			writeoffAmount:            row.WriteoffAmount,
		},
	}
}

func flattenFeeRecord(row bssapi.FeeRecord) feeRecordItem {
	project := allocated(row.EnterpriseProjectID, row.EnterpriseProjectName)

	return feeRecordItem{
		Month:                     optional(row.BillCycle),
		BillType:                  named(billTypes, row.BillType),
		CustomerID:                optional(row.CustomerID),
		AccountName:               optional(row.AccountName),
		ProviderType:              named(providerTypes, row.ProviderType),
		Status:                    named(feeRecordStatuses, row.Status),
		RegionCode:                optional(row.RegionCode),
		RegionName:                optional(row.RegionName),
		ServiceTypeCode:           optional(row.ServiceTypeCode),
		ServiceTypeName:           optional(row.ServiceTypeName),
		ResourceTypeCode:          optional(row.ResourceTypeCode),
		ResourceTypeName:          optional(row.ResourceTypeName),
		EnterpriseProjectID:       optional(project.code),
		EnterpriseProjectName:     optional(project.name),
		ChargeMode:                named(chargeModes, row.ChargingMode),
		TradeID:                   optional(row.TradeID),
		RecordID:                  optional(row.ID),
		TradeTime:                 optional(row.TradeTime),
		ConsumeTime:               optional(row.ConsumeTime),
		ConsumeAmount:             amount(row.ConsumeAmount),
		OfficialAmount:            amount(row.OfficialAmount),
		DiscountAmount:            amount(row.OfficialDiscountAmount),
		TruncatedAmount:           amount(row.EraseAmount),
		CashAmount:                amount(row.CashAmount),
		CreditAmount:              amount(row.CreditAmount),
		CouponAmount:              amount(row.CouponAmount),
		FlexipurchaseCouponAmount: amount(row.FlexipurchaseCouponAmount),
		StoredValueCardAmount:     amount(row.StoredValueCardAmount),
		BonusAmount:               amount(row.BonusAmount),
		DebtAmount:                amount(row.DebtAmount),
		WriteoffAmount:            amount(row.WriteoffAmount),
	}
}
