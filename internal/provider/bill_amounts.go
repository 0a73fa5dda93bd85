// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// The amounts of a line.
const (
	consumeAmount = iota
	officialAmount
	discountAmount
	truncatedAmount
	cashAmount
	creditAmount
	couponAmount
	flexipurchaseCouponAmount
	storedValueCardAmount
	bonusAmount
	debtAmount
	writeoffAmount
	// Of the breakdown of costs alone, whose other amounts are those of the month.
	pastAmount
	currentAmount
	futureAmount
	billAmountCount
)

// paidAmounts are the net cost and how it is paid.
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

// billAmounts are exact sums. An amount that the bill does not have is null.
type billAmounts struct {
	rowAmounts

	TruncatedAmount *big.Float `tfsdk:"truncated_amount"`
	BonusAmount     *big.Float `tfsdk:"bonus_amount"`
}

func paidAmountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"consume_amount":              computedNumber("Net cost: list price less discounts, rounding and refunds, paid or still owed."),
		"cash_amount":                 computedNumber("Paid in cash."),
		"credit_amount":               computedNumber("Paid by credit."),
		"coupon_amount":               computedNumber("Paid by cash coupons."),
		"flexipurchase_coupon_amount": computedNumber("Paid by flexi-purchase coupons."),
		"stored_value_card_amount":    computedNumber("Paid by stored-value cards."),
		"debt_amount":                 computedNumber("Owed; with monthly settlement, what is to be settled."),
		"writeoff_amount":             computedNumber("Owed once and written off."),
	}
}

func rowAmountAttributes() map[string]schema.Attribute {
	return joined(paidAmountAttributes(), map[string]schema.Attribute{
		"official_amount": computedNumber("List price."),
		"discount_amount": computedNumber("What discounts take off the list price."),
	})
}

func truncatedAmountAttribute() schema.NumberAttribute {
	return computedNumber("What rounding takes off.")
}

func bonusAmountAttribute() schema.NumberAttribute { return computedNumber("Paid from bonus money.") }

// numbersOf are the amounts of a line as Terraform's numbers.
func numbersOf(amounts [billAmountCount]bssapi.Decimal) (numbers billNumbers) {
	for i, one := range amounts {
		numbers[i] = numberPtr(one)
	}

	return numbers
}

// billNumbers are amounts of a line; nil is absent.
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
