// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// Second names of constants while their callers settle.
const (
	CouponCash                 = CouponTypeCash
	CouponDiscount             = CouponTypeDiscount
	CouponFlexiPurchase        = CouponTypeFlexiPurchase
	CouponProduct              = CouponTypeProduct
	DiscountCommercial         = DiscountTypeCommercial
	DiscountPartner            = DiscountTypePartner
	DiscountPriceAdjustment    = DiscountTypePriceAdjustment
	DiscountPromotion          = DiscountTypePromotion
	OrderStatusReplacing       = OrderStatusReplacement
	OrderTypeExpenseAdjustment = OrderTypeFeeAdjustment
	OrderTypeToPayPerUse       = OrderTypeToOnDemand
	OrderTypeToYearlyMonthly   = OrderTypeToPeriod
	PayCouponCash              = PayCouponTypeCash
	PayCouponDiscount          = PayCouponTypeDiscount
	PayCouponFlexiPurchase     = PayCouponTypeFlexiPurchase
)
