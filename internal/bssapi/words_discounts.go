// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// AppliedDiscountType is the kind of a discount that is in a price already. In
// orders it comes as text, in prices as a number.
type AppliedDiscountType int

// AppliedDiscountTypes are the words for these kinds.
var AppliedDiscountTypes = Words[AppliedDiscountType]{
	200: "promotional_product_discount",
	300: "promotional_discount_coupon",
	301: "promotional_cash_coupon",
	302: "promotional_flexi_purchase_coupon",
	500: "proxy_discount",
	501: "proxy_reduction",
	502: "proxy_fixed_price",
	600: "rebate_contract",
	601: "channel_framework_contract",
	602: "special_purpose_contract",
	603: "offline_direct_contract",
	604: "telesales_contract",
	605: "commercial_contract_discount",
	606: "channel_commercial_contract_discount",
	607: "partner_granted_discount",
	609: "order_price_adjustment",
	610: "waived_amount",
	700: "promotion",
	800: "top_up_account_discount",
	900: "product_built_in_discount",
	901: "fixed_price_off_base_price",
}

// PriceDiscountTypes are the kinds that an account has whatever it orders.
var PriceDiscountTypes = AppliedDiscountTypes.Only(605, 606, 607)

// DiscountTypes are the words for the kinds of a discount that can be chosen.
var DiscountTypes = Words[DiscountType]{
	DiscountTypePromotion:       "promotion",
	DiscountTypeContract:        "contract",
	DiscountTypeCommercial:      "commercial",
	DiscountTypePartner:         "partner",
	DiscountTypePriceAdjustment: "order_price_adjustment",
}

// DiscountMode is what the value of a discount means.
type DiscountMode int

// DiscountModes are the words for what the value of a discount means.
var DiscountModes = Words[DiscountMode]{0: "rate", 1: "fixed_price", 2: "amount_off"}

// CouponTypes are the words for the types of a coupon.
var CouponTypes = Words[CouponType]{
	CouponTypeCash:          "cash",
	CouponTypeDiscount:      "discount",
	CouponTypeProduct:       "product",
	CouponTypeFlexiPurchase: "flexi_purchase",
}

// CouponStatuses are the words for the states of a coupon.
var CouponStatuses = Words[CouponStatus]{
	CouponStatusNotActivated: "not_activated",
	CouponStatusAvailable:    "available",
	CouponStatusUsed:         "used",
	CouponStatusExpired:      "expired",
	CouponStatusReclaimed:    "reclaimed",
}

// OrderCouponStatuses are the states of a coupon that an order accepts.
var OrderCouponStatuses = CouponStatuses.Only(CouponStatusNotActivated, CouponStatusAvailable)

// CouponGroup is what a coupon can be spent on.
type CouponGroup int

// CouponGroups are the words for what a coupon can be spent on.
var CouponGroups = Words[CouponGroup]{0: "general", 1: "marketplace", 2: "dedicated_1024", 3: "hardware"}

// CouponVersion says how often a coupon can be used.
type CouponVersion int

// CouponVersions are the words for how often a coupon can be used.
var CouponVersions = Words[CouponVersion]{1: "single_use", 2: "reusable"}

// CouponMedium is what a coupon is made of.
type CouponMedium int

// CouponMedia are the words for what a coupon is made of.
var CouponMedia = Words[CouponMedium]{1: "electronic", 2: "paper"}

// CouponFetchMethod is how an account got a coupon.
type CouponFetchMethod int

// CouponFetchMethods are the words for how an account got a coupon.
var CouponFetchMethods = Words[CouponFetchMethod]{
	1: "claimed_online", 2: "redeemed_online", 3: "issued_online", 4: "obtained_offline", 5: "event_gift",
}
