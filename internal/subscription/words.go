// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// StatusWord is the word for the status of a resource, unknown(N) for one that
// is not known here.
func StatusWord(status bssapi.ResourceStatus) string {
	switch status {
	case bssapi.ResourceStatusInUse:
		return "in_use"
	case bssapi.ResourceStatusClosed:
		return "closed"
	case bssapi.ResourceStatusFrozen:
		return "frozen"
	case bssapi.ResourceStatusExpired:
		return "expired"
	default:
		return fmt.Sprintf("unknown(%d)", status)
	}
}

// PolicyWord is the word for what happens to a resource at its expiry,
// unknown(N) for what is not known here, and empty where the API left it out.
func PolicyWord(resource bssapi.Resource) string {
	policy, known := policyOf(resource)
	if !known {
		return ""
	}

	switch policy {
	case bssapi.ExpirePolicyGracePeriod:
		return "grace_period"
	case bssapi.ExpirePolicyPayPerUse:
		return "pay_per_use"
	case bssapi.ExpirePolicyDelete:
		return "delete"
	case bssapi.ExpirePolicyAutoRenew:
		return "auto_renew"
	case bssapi.ExpirePolicyFreeze:
		return "freeze"
	case bssapi.ExpirePolicyDeleteAfterKeeping:
		return "delete_after_retention"
	default:
		return fmt.Sprintf("unknown(%d)", policy)
	}
}
