// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import (
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Scope is what is given back.
type Scope string

// The scopes.
const (
	// ResourceAndRenewals: the resource, what is attached to it, and every term
	// of it.
	ResourceAndRenewals Scope = "resource_and_renewals"
	// RenewalsOnly: renewed terms that have not started. The resource stays.
	RenewalsOnly Scope = "renewals_only"
)

func (s Scope) wire() bssapi.UnsubscribeType {
	if s == RenewalsOnly {
		return bssapi.UnsubscribeRenewals
	}

	return bssapi.UnsubscribeAll
}

// MaxReason is the most characters of a reason.
const MaxReason = 512

// Request is an unsubscription as a user states it.
type Request struct {
	// ResourceID is a primary resource, which takes what is attached to it along.
	ResourceID string
	Scope      Scope
	// Reason is told to the vendor; empty for none. At most [MaxReason]
	// characters.
	Reason string
	// ExpireTime is the expiry that the plan stated, as the API writes it; empty
	// where no plan stated one. A resource that ends at another time is left
	// alone.
	ExpireTime string
}
