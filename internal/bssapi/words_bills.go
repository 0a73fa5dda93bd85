// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// ChargeModes are the words for how something is paid for.
var ChargeModes = Words[ChargeMode]{
	ChargeModePeriod:           "yearly_monthly",
	ChargeModeOnDemand:         "pay_per_use",
	ChargeModeReservedInstance: "reserved_instance",
	ChargeModeSavingsPlan:      "savings_plan",
}

// BillTypes are the words for what a line of a bill is for.
var BillTypes = Words[BillType]{
	BillTypePurchase:             "purchase",
	BillTypeRenewal:              "renewal",
	BillTypeChange:               "change",
	BillTypeUnsubscription:       "unsubscription",
	BillTypeUse:                  "use",
	BillTypeAutoRenewal:          "auto_renewal",
	BillTypeCompensation:         "compensation",
	BillTypeHourly:               "hourly",
	BillTypeSupportPlan:          "support_plan",
	BillTypeTax:                  "tax",
	BillTypeDeduction:            "deduction",
	BillTypeCommitmentShortfall:  "commitment_shortfall",
	BillTypeMonthlyPayment:       "monthly_payment",
	BillTypeChangeRefund:         "change_refund",
	BillTypeSavingsPlanDeduction: "savings_plan_deduction",
	BillTypeToOnDemandRefund:     "to_pay_per_use_refund",
	BillTypeRoundingCatchUp:      "rounding_catch_up",
	BillTypeUnsubscriptionTax:    "unsubscription_tax",
	BillTypeCompensationTax:      "compensation_tax",
	BillTypeDeductionTax:         "deduction_tax",
	BillTypeYearlyPayment:        "yearly_payment",
}

// MonthlyBillType is what a row of a monthly bill is for; it is coarser than
// BillType, with other codes.
type MonthlyBillType int

// MonthlyBillTypes are the words for what a row of a monthly bill is for.
var MonthlyBillTypes = Words[MonthlyBillType]{1: "expenditure", 2: "refund", 3: "adjustment"}

// BillPeriodType is the unit of a term in a bill, where it has other codes than
// in an order. One of the bills writes it as text.
type BillPeriodType int

// BillPeriodTypes are the words for the unit of a term in a bill.
var BillPeriodTypes = Words[BillPeriodType]{5: "one_time", 19: "year", 20: "month", 24: "day", 25: "hour"}

// BillMethods are the words for whose bill it is.
var BillMethods = Words[string]{
	BillMethodAll:         "all",
	BillMethodOneself:     "own",
	BillMethodSubCustomer: "member",
}

// StatisticTypes are the words for what one row of a bill sums up.
var StatisticTypes = Words[StatisticType]{
	StatisticTypeCycle:  "cycle",
	StatisticTypeDay:    "day",
	StatisticTypeDetail: "detail",
}

// FeeStatisticTypes are those of the charges for resources.
var FeeStatisticTypes = StatisticTypes.Only(StatisticTypeCycle, StatisticTypeDetail)

// FeeRecordStatuses are the words for the states of a transaction.
var FeeRecordStatuses = Words[FeeRecordStatus]{
	FeeRecordStatusPaid:      "paid",
	FeeRecordStatusUnsettled: "unsettled",
	FeeRecordStatusNotBilled: "not_billed",
}

// ProviderTypes are the words for who provides a service.
var ProviderTypes = Words[ProviderType]{
	ProviderTypeHuaweiCloud: "huawei_cloud",
	ProviderTypeMarketplace: "marketplace",
}

// RelationTypes are the words for how a billed resource belongs to another.
var RelationTypes = Words[string]{"PARENT": "parent", "ROOT": "root"}
