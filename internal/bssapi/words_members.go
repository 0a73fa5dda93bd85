// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// MemberStatuses are the words for the states of a member account.
var MemberStatuses = Words[MemberStatus]{
	MemberStatusNormal:               "normal",
	MemberStatusCreating:             "creating",
	MemberStatusClosing:              "closing",
	MemberStatusClosed:               "closed",
	MemberStatusRegistering:          "registering",
	MemberStatusWaitingForActivation: "waiting_for_activation",
}

// MemberPermissions are the words for what a master may do with a member.
var MemberPermissions = Words[MemberPermission]{
	MemberPermissionViewBills:      "view_bills",
	MemberPermissionViewFinances:   "view_finances",
	MemberPermissionShareDiscount:  "share_discount",
	MemberPermissionShareCredit:    "share_credit",
	MemberPermissionManageInvoices: "manage_invoices",
	MemberPermissionForbidInvoices: "forbid_invoices",
}
