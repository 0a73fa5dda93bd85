// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// words are the names of a code of the API.
type words[C comparable] map[C]string

// word names the code; one that is not known here is unknown(code).
func (w words[C]) word(code C) string {
	if name, known := w[code]; known {
		return name
	}

	return fmt.Sprintf("unknown(%v)", code)
}

// code is the code of a word.
func (w words[C]) code(word string) (C, bool) {
	for code, name := range w {
		if name == word {
			return code, true
		}
	}

	var none C

	return none, false
}

// all are the words, sorted.
func (w words[C]) all() []string { return slices.Sorted(maps.Values(w)) }

var orderTypes = words[bssapi.OrderType]{
	bssapi.OrderTypeNew:               "new",
	bssapi.OrderTypeRenewal:           "renewal",
	bssapi.OrderTypeChange:            "change",
	bssapi.OrderTypeUnsubscription:    "unsubscription",
	bssapi.OrderTypeToOnDemand:        "to_pay_per_use",
	bssapi.OrderTypeToPeriod:          "to_yearly_monthly",
	bssapi.OrderTypeTrial:             "trial",
	bssapi.OrderTypeTrialToCommercial: "trial_to_commercial",
	bssapi.OrderTypeFeeAdjustment:     "fee_adjustment",
}

var orderSources = words[int]{
	1: "customer",
	2: "proxy",
	3: "contract",
	4: "distributor",
	5: "resource_deleted_on_console",
	6: "supplementary",
	7: "compensation",
	8: "system",
}

// appliedDiscountTypes are the kinds of a discount that an order has.
var appliedDiscountTypes = words[string]{
	"200": "promotional_product_discount",
	"300": "promotional_discount_coupon",
	"301": "promotional_cash_coupon",
	"302": "promotional_flexi_purchase_coupon",
	"500": "proxy_discount",
	"501": "proxy_reduction",
	"502": "proxy_fixed_price",
	"600": "rebate_contract",
	"601": "channel_framework_contract",
	"602": "special_purpose_contract",
	"603": "offline_direct_contract",
	"604": "telesales_contract",
	"605": "commercial_contract_discount",
	"606": "channel_commercial_contract_discount",
	"607": "partner_granted_discount",
	"609": "order_price_adjustment",
	"610": "waived_amount",
	"700": "promotion",
	"800": "top_up_account_discount",
	"900": "product_built_in_discount",
	"901": "fixed_price_off_base_price",
}

// selectableDiscountTypes are the kinds of a discount that an order offers.
var selectableDiscountTypes = words[int]{
	0:   "promotion",
	1:   "contract",
	2:   "commercial",
	3:   "partner",
	609: "order_price_adjustment",
}

var discountModes = words[int]{0: "rate", 1: "fixed_price", 2: "amount_off"}

var couponTypes = words[bssapi.CouponType]{
	bssapi.CouponTypeCash:          "cash",
	bssapi.CouponTypeDiscount:      "discount",
	bssapi.CouponTypeProduct:       "product",
	bssapi.CouponTypeFlexiPurchase: "flexi_purchase",
}

var couponStatuses = words[bssapi.CouponStatus]{1: "not_activated", 2: "available", 3: "used", 4: "expired", 5: "reclaimed"}

var couponGroups = words[int]{0: "general", 1: "marketplace", 2: "dedicated_1024", 3: "hardware"}

var couponVersions = words[int]{1: "single_use", 2: "reusable"}

var periodTypes = words[int]{
	0: "day", 1: "week", 2: "month", 3: "year", 4: "hour", 5: "one_time", 6: "pay_per_use", 7: "usage_report",
}

var accountTypes = words[int]{1: "balance", 2: "credit", 5: "bonus", 7: "deposit"}

// named is the word of a code that 0 leaves out.
func named[C ~int](w words[C], code C) *string {
	if code == 0 {
		return nil
	}

	return textPtr(w.word(code))
}

// namedOptional is the word of a code of which 0 is one.
func namedOptional[C ~int](w words[C], code *C) *string {
	if code == nil {
		return nil
	}

	return textPtr(w.word(*code))
}
