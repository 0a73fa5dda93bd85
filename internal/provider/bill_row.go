// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// paidAmounts are what there is to pay, and how it is paid.
type paidAmounts struct {
	ConsumeAmount             *big.Float `tfsdk:"consume_amount"`
	CashAmount                *big.Float `tfsdk:"cash_amount"`
	CreditAmount              *big.Float `tfsdk:"credit_amount"`
	CouponAmount              *big.Float `tfsdk:"coupon_amount"`
	FlexipurchaseCouponAmount *big.Float `tfsdk:"flexipurchase_coupon_amount"`
	StoredValueCardAmount     *big.Float `tfsdk:"stored_value_card_amount"`
	DebtAmount                *big.Float `tfsdk:"debt_amount"`
	WriteoffAmount            *big.Float `tfsdk:"writeoff_amount"`
}

// rowAmounts are those that the rows of every bill have.
type rowAmounts struct {
	paidAmounts

	OfficialAmount *big.Float `tfsdk:"official_amount"`
	DiscountAmount *big.Float `tfsdk:"discount_amount"`
}

// billRow is what the rows of every bill have in common.
type billRow struct {
	rowAmounts

	Month            *string `tfsdk:"month"`
	CustomerID       *string `tfsdk:"customer_id"`
	AccountName      *string `tfsdk:"account_name"`
	ServiceTypeCode  *string `tfsdk:"service_type_code"`
	ServiceTypeName  *string `tfsdk:"service_type_name"`
	ResourceTypeCode *string `tfsdk:"resource_type_code"`
	ResourceTypeName *string `tfsdk:"resource_type_name"`
	ChargeMode       *string `tfsdk:"charge_mode"`
	BillType         *string `tfsdk:"bill_type"`
}

// lineRow is what the rows have in common that are single lines.
type lineRow struct {
	billRow

	RegionCode            *string    `tfsdk:"region_code"`
	RegionName            *string    `tfsdk:"region_name"`
	EnterpriseProjectID   *string    `tfsdk:"enterprise_project_id"`
	EnterpriseProjectName *string    `tfsdk:"enterprise_project_name"`
	TradeID               *string    `tfsdk:"trade_id"`
	BonusAmount           *big.Float `tfsdk:"bonus_amount"`
}

// billRowAttributes are those of billRow, and those that one bill has beside
// them, or describes in another way.
func billRowAttributes(types string, own map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"month":              computedString("Month, as `YYYY-MM`."),
		"customer_id":        computedString("Id of the account."),
		"account_name":       computedString("Name of the account."),
		"service_type_code":  computedString("Code of the service."),
		"service_type_name":  computedString("Name of the service."),
		"resource_type_code": computedString("Code of the type of resource."),
		"resource_type_name": computedString("Name of the type of resource."),
		"charge_mode":        computedString(wordsOf(bssapi.ChargeModes) + "."),
		"bill_type":          computedString(types + "."),
	}

	maps.Copy(attributes, own)

	return withAmounts(withPaidAmounts(attributes), "official_amount", "discount_amount")
}

// lineRowAttributes are those of lineRow, and those that one bill has beside
// them, or describes in another way.
func lineRowAttributes(own map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"region_code":             computedString("Code of the region."),
		"region_name":             computedString("Name of the region."),
		"enterprise_project_id":   computedString("Id of the enterprise project; `0` is the default one, null is none."),
		"enterprise_project_name": computedString("Name of the enterprise project."),
		"trade_id":                computedString("Id of the order, or of the charge."),
	}

	maps.Copy(attributes, own)

	return withAmounts(billRowAttributes(wordsOf(bssapi.BillTypes), attributes), "bonus_amount")
}

// withPaidAmounts adds paidAmounts.
func withPaidAmounts(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	return withAmounts(attributes, "consume_amount", "cash_amount", "credit_amount", "coupon_amount", "flexipurchase_coupon_amount",
		"stored_value_card_amount", "debt_amount", "writeoff_amount")
}

// numbersOf are the amounts of a line as Terraform's numbers.
func numbersOf(amounts [billAmountCount]bssapi.Decimal) (numbers billNumbers) {
	for i, one := range amounts {
		numbers[i] = numberPtr(one)
	}

	return numbers
}

// billNumbers are amounts of a bill. What it does not have is nil.
type billNumbers [billAmountCount]*big.Float

func (n *billNumbers) rowAmounts() rowAmounts {
	return rowAmounts{
		paidAmounts: paidAmounts{
			ConsumeAmount:             n[consumeAmount],
			CashAmount:                n[cashAmount],
			CreditAmount:              n[creditAmount],
			CouponAmount:              n[couponAmount],
			FlexipurchaseCouponAmount: n[flexipurchaseCouponAmount],
			StoredValueCardAmount:     n[storedValueCardAmount],
			DebtAmount:                n[debtAmount],
			WriteoffAmount:            n[writeoffAmount],
		},
		OfficialAmount: n[officialAmount],
		DiscountAmount: n[discountAmount],
	}
}

// row is what a row shows of the line. The month is the row's own, where it
// has one.
func (l *billLine) row(month string) billRow {
	numbers := numbersOf(l.amounts)

	return billRow{
		rowAmounts:       numbers.rowAmounts(),
		Month:            textPtr(month),
		CustomerID:       textPtr(l.account.code),
		AccountName:      textPtr(l.account.name),
		ServiceTypeCode:  textPtr(l.serviceType.code),
		ServiceTypeName:  textPtr(l.serviceType.name),
		ResourceTypeCode: textPtr(l.resourceType.code),
		ResourceTypeName: textPtr(l.resourceType.name),
		ChargeMode:       textPtr(l.chargeMode),
		BillType:         textPtr(l.billType),
	}
}

// lineRow is row, of a bill whose rows are single lines.
func (l *billLine) lineRow(month, tradeID string) lineRow {
	return lineRow{
		billRow:               l.row(month),
		RegionCode:            textPtr(l.region.code),
		RegionName:            textPtr(l.region.name),
		EnterpriseProjectID:   textPtr(l.enterpriseProject.code),
		EnterpriseProjectName: textPtr(l.enterpriseProject.name),
		TradeID:               textPtr(tradeID),
		BonusAmount:           numberPtr(l.amounts[bonusAmount]),
	}
}
