// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type monthlyBillsModel struct {
	billArguments
	billResults

	Bills          []monthlyBillItem `tfsdk:"bills"`
	ReportedTotals []reportedTotal   `tfsdk:"reported_totals"`
}

// monthlyBillItem is what one type of resource cost in a month.
type monthlyBillItem struct {
	Month                     *string    `tfsdk:"month"`
	ServiceTypeCode           *string    `tfsdk:"service_type_code"`
	ServiceTypeName           *string    `tfsdk:"service_type_name"`
	ResourceTypeCode          *string    `tfsdk:"resource_type_code"`
	ResourceTypeName          *string    `tfsdk:"resource_type_name"`
	ChargeMode                *string    `tfsdk:"charge_mode"`
	BillType                  *string    `tfsdk:"bill_type"`
	CustomerID                *string    `tfsdk:"customer_id"`
	AccountName               *string    `tfsdk:"account_name"`
	ConsumeAmount             *big.Float `tfsdk:"consume_amount"`
	OfficialAmount            *big.Float `tfsdk:"official_amount"`
	DiscountAmount            *big.Float `tfsdk:"discount_amount"`
	TruncatedAmount           *big.Float `tfsdk:"truncated_amount"`
	CashAmount                *big.Float `tfsdk:"cash_amount"`
	CreditAmount              *big.Float `tfsdk:"credit_amount"`
	CouponAmount              *big.Float `tfsdk:"coupon_amount"`
	FlexipurchaseCouponAmount *big.Float `tfsdk:"flexipurchase_coupon_amount"`
	StoredValueCardAmount     *big.Float `tfsdk:"stored_value_card_amount"`
	DebtAmount                *big.Float `tfsdk:"debt_amount"`
	WriteoffAmount            *big.Float `tfsdk:"writeoff_amount"`
}

// reportedTotal is what the API itself has added up.
type reportedTotal struct {
	Month                     *string    `tfsdk:"month"`
	Currency                  *string    `tfsdk:"currency"`
	ConsumeAmount             *big.Float `tfsdk:"consume_amount"`
	CashAmount                *big.Float `tfsdk:"cash_amount"`
	CreditAmount              *big.Float `tfsdk:"credit_amount"`
	CouponAmount              *big.Float `tfsdk:"coupon_amount"`
	FlexipurchaseCouponAmount *big.Float `tfsdk:"flexipurchase_coupon_amount"`
	StoredValueCardAmount     *big.Float `tfsdk:"stored_value_card_amount"`
	DebtAmount                *big.Float `tfsdk:"debt_amount"`
	WriteoffAmount            *big.Float `tfsdk:"writeoff_amount"`
}

// monthlyBillTypes are coarser than billTypes, with other codes.
var monthlyBillTypes = words[int]{1: "expenditure", 2: "refund", 3: "adjustment"}

func newMonthlyBillsDataSource() datasource.DataSource {
	return &dataSource[monthlyBillsModel]{
		name: "monthly_bills",
		schema: billSchema("Bills of one or several months, summed up by the API by type of resource, with exact totals. They hold what was spent "+
			"until the end of yesterday.\n\nAmounts are what accounts are charged, with two decimals. The lines of `bss_resource_records` have more, so that "+
			"their sums can differ in the last digits.",
			[]string{groupByMonth, groupByServiceType, groupByChargeMode, groupByBillType},
			map[string]schema.Attribute{
				"bills": computedList("What each type of resource cost, by month, charge mode, bill type and account.", withAmounts(
					map[string]schema.Attribute{
						"month":              computedString("Month, as `YYYY-MM`."),
						"service_type_code":  computedString("Code of the service."),
						"service_type_name":  computedString("Name of the service."),
						"resource_type_code": computedString("Code of the type of resource."),
						"resource_type_name": computedString("Name of the type of resource."),
						"charge_mode":        computedString(codeList(chargeModes.all()) + " or `unknown(N)`."),
						"bill_type":          computedString(codeList(monthlyBillTypes.all()) + " or `unknown(N)`."),
						"customer_id":        computedString("Id of the account."),
						"account_name":       computedString("Name of the account."),
					},
					"consume_amount", "official_amount", "discount_amount", "truncated_amount", "cash_amount", "credit_amount",
					"coupon_amount", "flexipurchase_coupon_amount", "stored_value_card_amount", "debt_amount", "writeoff_amount",
				)),
				"reported_totals": computedList("The totals of each month as the API itself computes them. `total` is the sum of the rows.", withAmounts(
					map[string]schema.Attribute{
						"month":    computedString("Month, as `YYYY-MM`."),
						"currency": computedString("Currency of the amounts."),
					},
					"consume_amount", "cash_amount", "credit_amount", "coupon_amount", "flexipurchase_coupon_amount",
					"stored_value_card_amount", "debt_amount", "writeoff_amount",
				)),
			},
		),
		validate: func(_ context.Context, model *monthlyBillsModel) diag.Diagnostics {
			return model.validate()
		},
		read: readMonthlyBills,
	}
}

func readMonthlyBills(ctx context.Context, services *services, model *monthlyBillsModel) diag.Diagnostics {
	model.ReportedTotals = []reportedTotal{}
	if model.rows() {
		model.Bills = []monthlyBillItem{}
	}

	ask := func(ctx context.Context, month string) (*bssapi.Bill[bssapi.MonthlySum], error) {
		bill, err := services.client.GetMonthlySumBill(ctx, bssapi.GetMonthlySumBillRequest{
			BillCycle:           month,
			ServiceTypeCode:     model.ServiceTypeCode.ValueString(),
			EnterpriseProjectID: model.project("-1"),
			Method:              model.method(),
			SubCustomerID:       model.MemberID.ValueString(),
		})
		if err != nil {
			return nil, err
		}

		model.ReportedTotals = append(model.ReportedTotals, flattenReportedTotal(month, bill.Totals))

		return &bill.Bill, nil
	}

	results, diags := readBills(ctx, services.client, "read the monthly bill", &model.billArguments, ask, monthlyBillLine,
		func(_ string, row bssapi.MonthlySum) { model.Bills = append(model.Bills, flattenMonthlyBill(row)) })
	model.billResults = results

	return diags
}

func monthlyBillLine(row bssapi.MonthlySum) billLine {
	return billLine{
		serviceType: coded{row.ServiceTypeCode, row.ServiceTypeName},
		chargeMode:  wordOf(chargeModes, row.ChargingMode),
		billType:    wordOf(monthlyBillTypes, row.BillType),
		measureID:   row.MeasureID,
		amounts: [billAmountCount]bssapi.Decimal{
			consumeAmount:             row.ConsumeAmount,
			officialAmount:            row.OfficialAmount,
			discountAmount:            row.OfficialDiscountAmount,
			truncatedAmount:           row.TruncatedAmount,
			cashAmount:                row.CashAmount,
			creditAmount:              row.CreditAmount,
			couponAmount:              row.CouponAmount,
			flexipurchaseCouponAmount: row.FlexipurchaseCouponAmount,
			storedValueCardAmount:     row.StoredValueCardAmount,
			debtAmount:                row.DebtAmount,
			writeoffAmount:            row.WriteoffAmount,
		},
	}
}

func flattenMonthlyBill(row bssapi.MonthlySum) monthlyBillItem {
	return monthlyBillItem{
		Month:                     optional(row.BillCycle),
		ServiceTypeCode:           optional(row.ServiceTypeCode),
		ServiceTypeName:           optional(row.ServiceTypeName),
		ResourceTypeCode:          optional(row.ResourceTypeCode),
		ResourceTypeName:          optional(row.ResourceTypeName),
		ChargeMode:                named(chargeModes, row.ChargingMode),
		BillType:                  named(monthlyBillTypes, row.BillType),
		CustomerID:                optional(row.CustomerID),
		AccountName:               optional(row.AccountName),
		ConsumeAmount:             amount(row.ConsumeAmount),
		OfficialAmount:            amount(row.OfficialAmount),
		DiscountAmount:            amount(row.OfficialDiscountAmount),
		TruncatedAmount:           amount(row.TruncatedAmount),
		CashAmount:                amount(row.CashAmount),
		CreditAmount:              amount(row.CreditAmount),
		CouponAmount:              amount(row.CouponAmount),
		FlexipurchaseCouponAmount: amount(row.FlexipurchaseCouponAmount),
		StoredValueCardAmount:     amount(row.StoredValueCardAmount),
		DebtAmount:                amount(row.DebtAmount),
		WriteoffAmount:            amount(row.WriteoffAmount),
	}
}

func flattenReportedTotal(month string, totals bssapi.MonthlyTotals) reportedTotal {
	return reportedTotal{
		Month:                     optional(month),
		Currency:                  optional(totals.Currency),
		ConsumeAmount:             amount(totals.ConsumeAmount),
		CashAmount:                amount(totals.CashAmount),
		CreditAmount:              amount(totals.CreditAmount),
		CouponAmount:              amount(totals.CouponAmount),
		FlexipurchaseCouponAmount: amount(totals.FlexipurchaseCouponAmount),
		StoredValueCardAmount:     amount(totals.StoredValueCardAmount),
		DebtAmount:                amount(totals.DebtAmount),
		WriteoffAmount:            amount(totals.WriteoffAmount),
	}
}
