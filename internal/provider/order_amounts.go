// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// orderAmounts are what the price of an order, or of its line, is made of.
type orderAmounts struct {
	CouponAmount              *big.Float        `tfsdk:"coupon_amount"`
	FlexipurchaseCouponAmount *big.Float        `tfsdk:"flexipurchase_coupon_amount"`
	StoredCardAmount          *big.Float        `tfsdk:"stored_card_amount"`
	CommissionAmount          *big.Float        `tfsdk:"commission_amount"`
	ConsumedAmount            *big.Float        `tfsdk:"consumed_amount"`
	Discounts                 []appliedDiscount `tfsdk:"discounts"`
}

type appliedDiscount struct {
	Type   *string    `tfsdk:"type"`
	Amount *big.Float `tfsdk:"amount"`
}

func orderAmountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"coupon_amount":               computedNumber("What cash and discount coupons covered."),
		"flexipurchase_coupon_amount": computedNumber("What flexi-purchase coupons covered."),
		"stored_card_amount":          computedNumber("What stored-value cards covered."),
		"commission_amount":           computedNumber("Handling fee, of an unsubscription."),
		"consumed_amount":             computedNumber("What was used up, of an unsubscription."),
		"discounts": computedList("Discounts in the price.", map[string]schema.Attribute{
			"type":   computedString("Kind of the discount: " + wordsOf(bssapi.AppliedDiscountTypes) + "."),
			"amount": computedNumber("What it takes off."),
		}),
	}
}

// flattenOrderAmounts has nothing but nulls where the API says nothing.
func flattenOrderAmounts(info *bssapi.AmountInfo) orderAmounts {
	if info == nil {
		return orderAmounts{}
	}

	amounts := orderAmounts{
		CouponAmount:              numberPtr(info.CouponAmount),
		FlexipurchaseCouponAmount: numberPtr(info.FlexipurchaseCouponAmount),
		StoredCardAmount:          numberPtr(info.StoredCardAmount),
		CommissionAmount:          numberPtr(info.CommissionAmount),
		ConsumedAmount:            numberPtr(info.ConsumedAmount),
	}

	for _, discount := range info.Discounts {
		amounts.Discounts = append(amounts.Discounts, appliedDiscount{
			Type:   textPtr(wordOfText(bssapi.AppliedDiscountTypes, discount.DiscountType)),
			Amount: numberPtr(discount.DiscountAmount),
		})
	}

	return amounts
}
