// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// OrderStatuses are the words for the states of an order.
var OrderStatuses = Words[OrderStatus]{
	OrderStatusPendingApproval:     "pending_approval",
	OrderStatusPendingRefund:       "pending_refund",
	OrderStatusProcessing:          "processing",
	OrderStatusCanceled:            "canceled",
	OrderStatusCompleted:           "completed",
	OrderStatusPendingPayment:      "pending_payment",
	OrderStatusPendingConfirmation: "pending_confirmation",
	OrderStatusPendingShipment:     "pending_shipment",
	OrderStatusPendingReceipt:      "pending_receipt",
	OrderStatusPendingPickup:       "pending_pickup",
	OrderStatusReplacement:         "replacement_in_progress",
}

// OrderStatusFilter are the states that the list of orders can be asked for; an
// order can have others.
var OrderStatusFilter = OrderStatuses.Only(OrderStatusPendingApproval, OrderStatusProcessing, OrderStatusCanceled,
	OrderStatusCompleted, OrderStatusPendingPayment, OrderStatusPendingConfirmation)

// OrderTypes are the words for what an order is for.
var OrderTypes = Words[OrderType]{
	OrderTypeNew:               "new",
	OrderTypeRenewal:           "renewal",
	OrderTypeChange:            "change",
	OrderTypeUnsubscription:    "unsubscription",
	OrderTypeToOnDemand:        "to_pay_per_use",
	OrderTypeToPeriod:          "to_yearly_monthly",
	OrderTypeTrial:             "trial",
	OrderTypeTrialToCommercial: "trial_to_commercial",
	OrderTypeFeeAdjustment:     "fee_adjustment",
}

// OrderSource is who placed an order.
type OrderSource int

// OrderSources are the words for who placed an order.
var OrderSources = Words[OrderSource]{
	1: "customer",
	2: "proxy",
	3: "contract",
	4: "distributor",
	5: "resource_deleted_on_console",
	6: "supplementary",
	7: "compensation",
	8: "system",
}

// PeriodTypes are the words for the unit of a term: an untyped code, as the API
// has it in requests for prices and in answers about orders.
var PeriodTypes = Words[int]{
	PeriodTypeDay:   "day",
	1:               "week",
	PeriodTypeMonth: "month",
	PeriodTypeYear:  "year",
	PeriodTypeHour:  "hour",
	5:               "one_time",
	6:               "pay_per_use",
	7:               "usage_report",
}

// PricePeriodTypes are the terms that products can be priced for.
var PricePeriodTypes = PeriodTypes.Only(PeriodTypeDay, PeriodTypeMonth, PeriodTypeYear, PeriodTypeHour)

// RenewalPeriodTypes are the terms that resources are renewed for, and that
// installments are due in.
var RenewalPeriodTypes = PeriodTypes.Only(PeriodTypeMonth, PeriodTypeYear)

// InstallmentModes are the words for how much of a price is paid at the start.
var InstallmentModes = Words[string]{"HALF_PAY": "half_upfront", "ZERO_PAY": "nothing_upfront"}
