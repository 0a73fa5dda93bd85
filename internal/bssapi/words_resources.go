// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

// ResourceStatuses are the words for the states of a yearly/monthly resource.
var ResourceStatuses = Words[ResourceStatus]{
	ResourceStatusInUse:   "in_use",
	ResourceStatusClosed:  "closed",
	ResourceStatusFrozen:  "frozen",
	ResourceStatusExpired: "expired",
}

// ExpirePolicies are the words for what happens to a resource when its term
// ends.
var ExpirePolicies = Words[ExpirePolicy]{
	ExpirePolicyGracePeriod:        "grace_period",
	ExpirePolicyPayPerUse:          "pay_per_use",
	ExpirePolicyDelete:             "delete",
	ExpirePolicyAutoRenew:          "auto_renew",
	ExpirePolicyFreeze:             "freeze",
	ExpirePolicyDeleteAfterKeeping: "delete_after_retention",
}
