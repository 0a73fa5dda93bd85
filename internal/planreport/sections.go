// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

// Sections of a report.
const (
	sectionCharged            = "charged"
	sectionCapped             = "capped"
	sectionUnpriced           = "unpriced"
	sectionTransferred        = "transferred"
	sectionCouponsTransferred = "coupons_transferred"
	sectionDeleted            = "deleted"
	sectionShortened          = "shortened"
	sectionConverted          = "converted"
	sectionSettings           = "settings"
	sectionRenews             = "renews"
	sectionPayPerUse          = "pay_per_use"
	sectionLapses             = "lapses"
	sectionRetrieved          = "retrieved"
	sectionCouponsRetrieved   = "coupons_retrieved"
	sectionCanceled           = "canceled"
	sectionAccounts           = "accounts"
	sectionDrifted            = "drifted"
	sectionUnclassified       = "unclassified"
	sectionRecorded           = "recorded"
	sectionUnmanaged          = "unmanaged"
)

// section is how people read of one.
type section struct {
	name, title string
	// money says that its rows have amounts, which are summed.
	money bool
	// leaves says what the plan does not tell about it.
	leaves string
}

// sections are those that are shown row by row, the most urgent first. What is only
// recorded, or no longer managed, is counted in a sentence.
var sections = []section{
	{name: sectionCharged, title: "Charged on apply", money: true},
	{name: sectionCapped, title: "Charged on apply, price known only then", money: true},
	{name: sectionUnpriced, title: "Charged by other providers", leaves: "price not in the plan"},
	{name: sectionTransferred, title: "Transferred to members", money: true},
	{name: sectionCouponsTransferred, title: "Coupons transferred to members", money: true},
	{name: sectionDeleted, title: "Deleted, cannot be undone", leaves: "refund not in the plan"},
	{name: sectionShortened, title: "Renewed terms given back", leaves: "refund not in the plan"},
	{name: sectionConverted, title: "Pay-per-use from now on", leaves: "charges by use not in the plan"},
	{name: sectionSettings, title: "Settings of the account that can charge later", leaves: "later charges not in the plan"},
	{name: sectionRenews, title: "Renew automatically from now on", leaves: "later charges not in the plan"},
	{name: sectionPayPerUse, title: "Turn pay-per-use when their term ends", leaves: "charges by use not in the plan"},
	{name: sectionLapses, title: "Lapse when their term ends, unless somebody renews them"},
	{name: sectionRetrieved, title: "Taken back from members", money: true},
	{name: sectionCouponsRetrieved, title: "Coupons taken back from members", money: true},
	{name: sectionCanceled, title: "Unpaid orders canceled", money: true},
	{name: sectionAccounts, title: "Accounts of the enterprise"},
	{name: sectionDrifted, title: "Changed outside of Terraform before this plan"},
	{name: sectionUnclassified, title: "Not known to this report", leaves: "not in the report"},
}
