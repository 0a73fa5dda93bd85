// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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
	Records          []feeRecordItem `tfsdk:"records" nil:"null"`
}

type feeRecordItem struct {
	lineRow

	ProviderType    *string    `tfsdk:"provider_type"`
	Status          *string    `tfsdk:"status"`
	RecordID        *string    `tfsdk:"record_id"`
	TradeTime       *string    `tfsdk:"trade_time"`
	ConsumeTime     *string    `tfsdk:"consume_time"`
	TruncatedAmount *big.Float `tfsdk:"truncated_amount"`
}

func newFeeRecordsDataSource() datasource.DataSource {
	return &dataSource[feeRecordsModel]{
		name: billTransaction, calls: []string{"list_fee_records"},
		schema: billSchema(
			billTransaction,
			"Transactions of the account in one or several months, with exact totals. They arrive hours late. Only the China site has them.",
			joined(lineArgumentAttributes(), map[string]schema.Attribute{
				"provider_type":      wordArgument("Only services of this provider: %s.", bssapi.ProviderTypes),
				"status":             wordArgument("Only transactions in this status: %s.", bssapi.FeeRecordStatuses),
				"resource_type_code": resourceTypeArgument(),
				"trade_id":           tradeArgument(),
				"records":            computedList("The transactions.", feeRecordAttributes()),
			}),
		),
		validate: func(_ context.Context, model *feeRecordsModel) diag.Diagnostics {
			return append(model.billArguments.validate(billsKept), model.lineArguments.validate(model.billArguments, types.StringNull())...)
		},
		read: readFeeRecords,
	}
}

func feeRecordAttributes() map[string]schema.Attribute {
	return joined(lineRowAttributes(), map[string]schema.Attribute{
		"provider_type":    computedString(wordsOf(bssapi.ProviderTypes) + "."),
		"status":           computedString(wordsOf(bssapi.FeeRecordStatuses) + "."),
		"record_id":        computedString("Reserved by the API."),
		"trade_time":       computedString("When it was charged."),
		"consume_time":     computedString("When a yearly/monthly order was paid, or when it was used."),
		"truncated_amount": truncatedAmountAttribute(),
	})
}

func readFeeRecords(ctx context.Context, services *services, model *feeRecordsModel) diag.Diagnostics {
	provider, _ := bssapi.ProviderTypes.Code(model.ProviderType.ValueString())
	status, _ := bssapi.FeeRecordStatuses.Code(model.Status.ValueString())

	ask := func(ctx context.Context, month string) (*bssapi.Bill[bssapi.FeeRecord], error) {
		return services.client.ListFeeRecords(ctx, bssapi.ListFeeRecordsRequest{
			BillCycle:           month,
			ProviderType:        provider,
			ServiceTypeCode:     model.ServiceTypeCode.ValueString(),
			ResourceTypeCode:    model.ResourceTypeCode.ValueString(),
			RegionCode:          model.RegionCode.ValueString(),
			ChargingMode:        model.mode(),
			BillType:            model.kind(),
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

	var diags diag.Diagnostics

	model.Records, model.billResults, _, diags = readBills(
		ctx,
		services.client,
		"list the fee records",
		&model.billArguments,
		ask,
		feeRecordLine,
		flattenFeeRecord,
	)

	return diags
}

func feeRecordLine(row bssapi.FeeRecord) billLine {
	return billLine{
		account:           coded{row.CustomerID, row.AccountName},
		serviceType:       coded{row.ServiceTypeCode, row.ServiceTypeName},
		resourceType:      coded{row.ResourceTypeCode, row.ResourceTypeName},
		region:            coded{row.RegionCode, row.RegionName},
		enterpriseProject: allocated(row.EnterpriseProjectID, row.EnterpriseProjectName),
		consumed:          row.ConsumeTime,
		chargeMode:        wordOf(bssapi.ChargeModes, row.ChargingMode),
		billType:          wordOf(bssapi.BillTypes, row.BillType),
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

func flattenFeeRecord(line *billLine, row bssapi.FeeRecord) feeRecordItem {
	return feeRecordItem{
		lineRow:         line.lineRow(row.BillCycle, row.TradeID),
		ProviderType:    wordPtr(bssapi.ProviderTypes, row.ProviderType),
		Status:          wordPtr(bssapi.FeeRecordStatuses, row.Status),
		RecordID:        textPtr(row.ID),
		TradeTime:       textPtr(row.TradeTime),
		ConsumeTime:     textPtr(row.ConsumeTime),
		TruncatedAmount: numberPtr(row.EraseAmount),
	}
}
