// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import (
	"fmt"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
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
	// Deletes are the resources that the plan stated will be deleted; nil where no
	// plan stated any. Where others would be, nothing is.
	Deletes []string
	// Closed says that the plan stated that the resource is closed, so that nothing is
	// unsubscribed. Unsubscribe refuses one that is not, and Quote does not look at it.
	Closed bool
}

// Deletes are the resources that an unsubscription of the scope deletes: the resource
// and what is attached to it, sorted; none where it is closed, or stays.
func Deletes(scope Scope, tree subscription.Tree) []string {
	ids := []string{}

	if scope == RenewalsOnly || subscription.Closed(tree.Resource) {
		return ids
	}

	for _, resource := range tree.All() {
		if !subscription.Closed(resource) {
			ids = append(ids, resource.ResourceID)
		}
	}

	slices.Sort(ids)

	return ids
}

// planned refuses to delete other resources than the plan stated.
func (r Request) planned(tree subscription.Tree) error {
	now := Deletes(r.Scope, tree)
	if r.Deletes == nil || slices.Equal(r.Deletes, now) {
		return nil
	}

	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "What goes along changed since the plan",
		Detail: fmt.Sprintf("Unsubscribing resource %s deletes %s now, and the plan stated %s. Nothing was unsubscribed. Plan again.",
			r.ResourceID, act.Listed(now), act.Listed(r.Deletes)),
	}
}
