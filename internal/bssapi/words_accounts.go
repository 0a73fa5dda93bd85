// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// AccountTypes are the words for the kinds of balance accounts.
var AccountTypes = Words[AccountType]{
	AccountTypeBalance: "balance",
	AccountTypeCredit:  "credit",
	AccountTypeBonus:   "bonus",
	AccountTypeDeposit: "deposit",
}

// BalanceTypes are the words for the accounts whose changes can be listed, the
// same as in AccountTypes.
var BalanceTypes = Words[BalanceType]{
	BalanceTypeDebit:  AccountTypes[AccountTypeBalance],
	BalanceTypeCredit: AccountTypes[AccountTypeCredit],
}

// Directions are the words for whether a change brought money in or took it out.
var Directions = Words[Direction]{DirectionIncome: "income", DirectionExpense: "expense"}

// tradeTypeExpense is spelled as the API spells it.
const tradeTypeExpense TradeType = "DEDEUCT"

// AccountTradeTypes are the words for the kinds of changes of an account.
var AccountTradeTypes = Words[TradeType]{
	"RECHARGE":            "top_up",
	tradeTypeExpense:      "expense",
	"REFUND":              "refund",
	"ADJUST":              "adjustment",
	"DEPOSIT":             "deposit",
	"TRANS":               "deposit_transfer",
	"RFROZEN":             "freeze",
	"EXPIRED":             "expired",
	"BONUSCONVERT":        "bonus_conversion",
	"BEADJUST":            "partner_allocation",
	"BERETRIEVE":          "partner_reclaim",
	"BEUNBIND":            "partner_unbinding",
	"TRADE_MODE_TRANSFER": "trade_mode_change",
}

// CouponTradeTypes are the words for the kinds of changes of a coupon.
var CouponTradeTypes = Words[TradeType]{
	"ADJUST":         "activation",
	tradeTypeExpense: "expense",
	"REFUND":         "refund",
	"RFROZEN":        "freeze",
	"EXPIRED":        "expired",
	"COUPONADJUST":   "transfer",
	"COUPONCANCEL":   "reclaim",
}

// AccountTradeDetail is the kind of a change of an account, finer than its TradeType.
type AccountTradeDetail string

// AccountTradeDetails are the words for these kinds. The vendor lists the codes
// on the page of the same call for partners alone. Some are misspelled by the API.
var AccountTradeDetails = Words[AccountTradeDetail]{
	"SOURCE_OPERAIION_RECHARGE":              "top_up",
	"SOURCE_OPERAIION_RECHARGE_REBATE":       "top_up_rebate",
	"SOURCE_OPERAIION_DEDEUCT":               "period_expense",
	"SOURCE_OPERAIION_ONETIME":               "one_time_expense",
	"SOURCE_OPERAIION_USAGE":                 "usage_expense",
	"SOURCE_OPERATIION_RIDEDUCT":             "reserved_instance_expense",
	"SOURCE_OPERAIION_PRECISIONCOMP":         "rounding_expense",
	"SOURCE_OPERAIION_FREERESDEDUCT":         "package_deduction",
	"SOURCE_OPERAIION_WRITEOFF":              "debt_repayment",
	"SOURCE_OPERAIION_REFUND":                "refund",
	"SOURCE_OPERAIION_UNSUBSCRIBE":           "unsubscription",
	"SOURCE_OPERAIION_RFROZEN":               "refund_freeze",
	"SOURCE_OPERAIION_UNFROZEN":              "refund_unfreeze",
	"SOURCE_OPERAIION_CLEARFROZEN":           "refund_clearing",
	"SOURCE_OPERAIION_MANUALFROZE":           "manual_freeze",
	"SOURCE_OPERAIION_MANUALUNFROZE":         "manual_unfreeze",
	"SOURCE_OPERAIION_MANUALCLEARFROZEN":     "manual_clearing",
	"SOURCE_OPERATION_SYSTEM_FROZEN":         "system_freeze",
	"SOURCE_OPERATION_SYSTEM_UNFROZEN":       "system_unfreeze",
	"SOURCE_OPERAIION_ADJUST":                "adjustment",
	"SOURCE_OPERAIION_ADJUST_CREDIT":         "credit_adjustment",
	"SOURCE_OPERAIION_PRIZE":                 "gift",
	"SOURCE_OPERAIION_BILLREFUND":            "bill_adjustment",
	"SOURCE_OPERAIION_EXPIRECLEAR":           "expired",
	"SOURCE_OPERAIION_TRANS_TO_BALANCE":      "transfer_from_deposit",
	"SOURCE_OPERAIION_TRANS_TO_FOREGIFT":     "transfer_to_deposit",
	"SOURCE_OPERAIION_CONVERT_BONUS":         "bonus_conversion",
	"SOURCE_OPERAIION_MERGE":                 "bonus_merge",
	"SOURCE_OPERATION_BEADJUST":              "partner_allocation",
	"SOURCE_OPERATION_BERETRIEVE":            "partner_reclaim",
	"SOURCE_OPERATION_BEUNBIND":              "partner_unbinding",
	"SOURCE_OPERATION_TRADEMODE_TRANSFER":    "trade_mode_change",
	"SOURCE_OPERATION_COUPONCANCEL":          "coupon_reclaim",
	"SOURCE_OPERATION_COUPON_QUOTA_TRANSFER": "coupon_quota_transfer",
	"SOURCE_OPERATION_COUPON_QUOTA_RECLAIM":  "coupon_quota_reclaim",
}

// CouponTradeDetail is the kind of a change of a coupon, finer than its TradeType.
type CouponTradeDetail string

// CouponTradeDetails are the words for these kinds. Some codes are misspelled by
// the API.
var CouponTradeDetails = Words[CouponTradeDetail]{
	"SOURCE_OPERAIION_PRIZE":            "activation",
	"SOURCE_OPERAIION_DEDEUCT":          "period_expense",
	"SOURCE_OPERAIION_USAGE":            "usage_expense",
	"SOURCE_OPERAIION_SAVINGS_PLANS":    "savings_plan_expense",
	"SOURCE_OPERAIION_WRITEOFF":         "debt_repayment",
	"SOURCE_OPERAIION_UNSUBSCRIBE":      "unsubscription",
	"SOURCE_OPERAIION_BILLREFUND":       "adjustment",
	"SOURCE_OPERAIION_RFROZEN":          "freeze",
	"SOURCE_OPERAIION_UNFROZEN":         "unfreeze",
	"SOURCE_OPERAIION_EXPIRECLEAR":      "expired",
	"SOURCE_OPERATION_COUPONCANCEL":     "reclaim",
	"SOURCE_OPERATION_TRANSFER":         "enterprise_transfer",
	"SOURCE_OPERATION_RETRIEVE":         "enterprise_retrieval",
	"SOURCE_OPERATION_DEPOSIT_FROZEN":   "deposit_freeze",
	"SOURCE_OPERATION_DEPOSIT_UNFROZEN": "deposit_unfreeze",
}

// PaymentChannels are the words for the ways on which money came.
var PaymentChannels = Words[PaymentChannel]{
	"0":   "none",
	"1":   "alipay",
	"2":   "bank_transfer",
	"4":   "alipay_online_banking",
	"5":   "wechat_pay",
	"6":   "withdrawal",
	"7":   "incentive_rebate",
	"10":  "trade_mode_change",
	"11":  "adjustment",
	"317": "unionpay",
	"319": "huawei_pay",
	"320": "huawei_payment",
}

// StoredValueCardStatuses are the words for the states of a card.
var StoredValueCardStatuses = Words[StoredValueCardStatus]{
	StoredValueCardAvailable: "available",
	StoredValueCardUsedUp:    "used_up",
}
