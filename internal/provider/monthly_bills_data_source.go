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

	Bills          []monthlyBillItem `tfsdk:"bills" nil:"null"`
	ReportedTotals []reportedTotal   `tfsdk:"reported_totals"`
}

// monthlyBillItem is what one type of resource cost in a month.
type monthlyBillItem struct {
	billRow

	TruncatedAmount *big.Float `tfsdk:"truncated_amount"`
}

// reportedTotal is what the API itself has added up.
type reportedTotal struct {
	paidAmounts

	Month    *string `tfsdk:"month"`
	Currency *string `tfsdk:"currency"`
}

func newMonthlyBillsDataSource() datasource.DataSource {
	return &dataSource[monthlyBillsModel]{
		name: billMonthly, calls: []string{"get_monthly_sum_bill"},
		schema: billSchema(
			billMonthly,
			"Bills of one or several months, summed up by the API per type of resource, with exact totals. They include everything up to "+
				"the end of yesterday.\n\nAmounts are what accounts are charged, with two decimals. The lines of `bss_resource_records` "+
				"have more, so their sums can differ in the last digits.",
			map[string]schema.Attribute{
				"bills": computedList("Cost of each type of resource, by month, charge mode, bill type and account.",
					joined(billRowAttributes(bssapi.MonthlyBillTypes), map[string]schema.Attribute{
						"truncated_amount": truncatedAmountAttribute(),
					})),
				"reported_totals": computedList(
					"The totals of each month as the API itself computes them. `total` is the sum of the rows.",
					joined(paidAmountAttributes(), map[string]schema.Attribute{
						"month":    computedString("Month, as `YYYY-MM`."),
						"currency": computedString("Currency of the amounts."),
					}),
				),
			},
		),
		validate: func(_ context.Context, model *monthlyBillsModel) diag.Diagnostics {
			return model.validate(billsKept)
		},
		read: readMonthlyBills,
	}
}

func readMonthlyBills(ctx context.Context, services *services, model *monthlyBillsModel) diag.Diagnostics {
	model.ReportedTotals = []reportedTotal{}

	ask := func(ctx context.Context, month string) (*bssapi.Bill[bssapi.MonthlySum], error) {
		bill, err := services.client.GetMonthlySumBill(ctx, bssapi.GetMonthlySumBillRequest{
			BillCycle:           month,
			ServiceTypeCode:     model.ServiceTypeCode.ValueString(),
			EnterpriseProjectID: model.project(noProjectOfSums),
			Method:              model.method(),
			SubCustomerID:       model.MemberID.ValueString(),
		})
		if err != nil {
			return nil, err
		}

		model.ReportedTotals = append(model.ReportedTotals, flattenReportedTotal(month, bill.Totals))

		return &bill.Bill, nil
	}

	var diags diag.Diagnostics

	model.Bills, model.billResults, _, diags = readBills(
		ctx,
		services.client,
		"read the monthly bill",
		&model.billArguments,
		ask,
		monthlyBillLine,
		flattenMonthlyBill,
	)

	return diags
}

func monthlyBillLine(row bssapi.MonthlySum) billLine {
	return billLine{
		account:      coded{row.CustomerID, row.AccountName},
		serviceType:  coded{row.ServiceTypeCode, row.ServiceTypeName},
		resourceType: coded{row.ResourceTypeCode, row.ResourceTypeName},
		chargeMode:   wordOf(bssapi.ChargeModes, row.ChargingMode),
		billType:     wordOf(bssapi.MonthlyBillTypes, bssapi.MonthlyBillType(row.BillType)),
		measureID:    row.MeasureID,
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

func flattenMonthlyBill(line *billLine, row bssapi.MonthlySum) monthlyBillItem {
	return monthlyBillItem{
		billRow:         line.row(row.BillCycle),
		TruncatedAmount: numberPtr(row.TruncatedAmount),
	}
}

func flattenReportedTotal(month string, totals bssapi.MonthlyTotals) reportedTotal {
	return reportedTotal{
		Month:    textPtr(month),
		Currency: textPtr(totals.Currency),
		paidAmounts: paidAmounts{
			ConsumeAmount:             numberPtr(totals.ConsumeAmount),
			CashAmount:                numberPtr(totals.CashAmount),
			CreditAmount:              numberPtr(totals.CreditAmount),
			CouponAmount:              numberPtr(totals.CouponAmount),
			FlexipurchaseCouponAmount: numberPtr(totals.FlexipurchaseCouponAmount),
			StoredValueCardAmount:     numberPtr(totals.StoredValueCardAmount),
			DebtAmount:                numberPtr(totals.DebtAmount),
			WriteoffAmount:            numberPtr(totals.WriteoffAmount),
		},
	}
}
