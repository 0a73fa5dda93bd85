// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry

import (
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// StatusInDoubt is the status of a setting that may or may not have been made.
const StatusInDoubt = "in_doubt"

// Want is what is to happen to a resource at its expiry.
type Want int

// What a user can want.
const (
	// WantAutoRenew: it renews automatically.
	WantAutoRenew Want = iota
	// WantPayPerUse: it turns pay-per-use.
	WantPayPerUse
	// WantManual: neither; it lapses unless somebody renews it.
	WantManual
	// WantNoAutoRenew: it does not renew automatically; anything else will do.
	WantNoAutoRenew
)

// off says whether what is wanted is only that something is off.
func (w Want) off() bool { return w == WantManual || w == WantNoAutoRenew }

// PolicyWord is the word for what happens to a resource at its expiry,
// unknown(N) for what is not known here, and empty where the API left it out.
func PolicyWord(resource bssapi.Resource) string {
	policy, known := policyOf(resource)
	if !known {
		return ""
	}

	return bssapi.ExpirePolicies.Word(policy)
}

// Met says whether the policy of a resource is what is wanted.
func (w Want) Met(resource bssapi.Resource) bool {
	policy, known := policyOf(resource)
	if !known {
		return false
	}

	switch w {
	case WantAutoRenew:
		return policy == bssapi.ExpirePolicyAutoRenew
	case WantPayPerUse:
		return policy == bssapi.ExpirePolicyPayPerUse
	case WantManual:
		return lapses(policy)
	case WantNoAutoRenew:
		return policy != bssapi.ExpirePolicyAutoRenew
	default:
		return false
	}
}

func policyOf(resource bssapi.Resource) (bssapi.ExpirePolicy, bool) {
	if resource.ExpirePolicy == nil {
		return 0, false
	}

	return bssapi.ExpirePolicy(*resource.ExpirePolicy), true
}

func lapses(policy bssapi.ExpirePolicy) bool {
	switch policy {
	case bssapi.ExpirePolicyGracePeriod, bssapi.ExpirePolicyDelete, bssapi.ExpirePolicyFreeze, bssapi.ExpirePolicyDeleteAfterKeeping:
		return true
	case bssapi.ExpirePolicyPayPerUse, bssapi.ExpirePolicyAutoRenew:
		return false
	default:
		return false
	}
}

// Lapsed says whether the resource is out of use: what happens at its expiry can no
// longer be set, only turned off.
func Lapsed(resource bssapi.Resource) bool {
	switch resource.Status {
	case bssapi.ResourceStatusClosed, bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired:
		return true
	case bssapi.ResourceStatusInUse:
		return false
	default:
		return false
	}
}

// step is a call that changes the policy.
type step int

const (
	stepNone step = iota
	stepEnable
	stepDisable
	stepSetUp
	stepCancel
)

func (s step) String() string {
	switch s {
	case stepEnable:
		return "turn automatic renewal on"
	case stepDisable:
		return "turn automatic renewal off"
	case stepSetUp:
		return "set it to turn pay-per-use"
	case stepCancel:
		return "take back that it turns pay-per-use"
	case stepNone:
		return "do nothing"
	default:
		return fmt.Sprintf("step %d", int(s))
	}
}

// nextStep is the call to make next, given those that were made. What is
// wanted comes first, and what stands against it is taken off only where it
// was not replaced: between two calls the resource never lapses.
func nextStep(want Want, policy bssapi.ExpirePolicy, made map[step]int) step {
	first := func(s step) bool { return made[s] == 0 }

	switch want {
	case WantAutoRenew:
		if first(stepEnable) {
			return stepEnable
		}

		if policy == bssapi.ExpirePolicyPayPerUse && first(stepCancel) {
			return stepCancel
		}
	case WantPayPerUse:
		switch {
		case first(stepSetUp):
			return stepSetUp
		case policy == bssapi.ExpirePolicyAutoRenew && first(stepDisable):
			return stepDisable
		case lapses(policy) && made[stepDisable] > 0 && made[stepSetUp] == 1:
			// It counted for nothing while automatic renewal was on.
			return stepSetUp
		}
	case WantManual:
		switch {
		case policy == bssapi.ExpirePolicyAutoRenew && first(stepDisable):
			return stepDisable
		case policy == bssapi.ExpirePolicyPayPerUse && first(stepCancel):
			return stepCancel
		}
	case WantNoAutoRenew:
		if policy == bssapi.ExpirePolicyAutoRenew && first(stepDisable) {
			return stepDisable
		}
	}

	return stepNone
}
