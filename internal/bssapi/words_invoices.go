// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// InvoiceStates are the words for how far an invoice is.
var InvoiceStates = Words[InvoiceState]{
	0:  "draft",
	1:  "pending_review",
	4:  "waiting_for_export",
	5:  "waiting_for_backfill",
	6:  "waiting_for_mailing",
	7:  "waiting_for_receipt",
	8:  "completed",
	9:  "returned",
	11: "waiting_for_rejection_review",
	13: "return_pending_review",
	14: "return_waiting_for_backfill",
	15: "return_failed",
}

// InvoiceMethods are the words for what an invoice is of.
var InvoiceMethods = Words[InvoiceMethod]{0: "billing_cycle", 1: "payment", 2: "order"}

// InvoiceClasses are the words for the classes of invoices.
var InvoiceClasses = Words[InvoiceClass]{0: "tax", 1: "commercial"}

// InvoiceTypes are the words for the types of invoices.
var InvoiceTypes = Words[InvoiceType]{0: "special_vat", 1: "ordinary_vat"}

// InvoiceTitleTypes are the words for whom an invoice is made out to.
var InvoiceTitleTypes = Words[InvoiceTitleType]{0: "individual", 1: "enterprise"}

// InvoiceTradeTypes are the words for what was paid with an invoice.
var InvoiceTradeTypes = Words[InvoiceTradeType]{
	3:  "credit_card_deduction",
	4:  "unsettled_amount",
	5:  "invoice_before_payment",
	6:  "partner_monthly",
	7:  "top_up",
	8:  "online_payment",
	10: "withdrawal",
}

// InvoiceRequestModes are the words for what was asked for.
var InvoiceRequestModes = Words[InvoiceRequestMode]{
	InvoiceIssue:              "issue",
	InvoiceReturn:             "return",
	InvoiceIssuedThenReturned: "issued_then_returned",
}

// InvoiceModes are the words for what an invoice is printed on.
var InvoiceModes = Words[InvoiceMode]{"0": "paper"}

// InvoiceChannels are the words for who issues an invoice.
var InvoiceChannels = Words[InvoiceChannel]{0: "huawei_cloud"}
