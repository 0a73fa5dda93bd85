// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion

import (
	"fmt"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Request is a conversion as a user states it.
type Request struct {
	// ResourceID is a primary resource, which takes what is attached to it along.
	ResourceID string
	// ExpireTime is the end of the term that the plan stated, as the API writes it;
	// empty where no plan stated one. A resource that ends at another time is left
	// alone.
	ExpireTime string
	// Converts are the resources that the plan stated will be converted; nil where no
	// plan stated any. Where others would be, nothing is.
	Converts []string
}

// Converts are the resources that a conversion changes: the resource and what is
// attached to it, sorted; none where it is closed.
func Converts(tree subscription.Tree) []string {
	ids := []string{}

	if subscription.Closed(tree.Resource) {
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

// planned refuses a term that is no longer as the plan stated it.
func (r Request) planned(tree subscription.Tree) error {
	if r.ExpireTime != "" && r.ExpireTime != tree.Resource.ExpireTime {
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Expiry moved since the plan",
			Detail: fmt.Sprintf("Resource %s ends at %s now, not at %s as planned: somebody renewed or changed it. Nothing was converted. "+
				"Plan again.", r.ResourceID, tree.Resource.ExpireTime, r.ExpireTime),
		}
	}

	return nil
}

// converts refuses to convert others than the plan stated.
func (r Request) converts(tree subscription.Tree) error {
	now := Converts(tree)
	if r.Converts == nil || slices.Equal(r.Converts, now) {
		return nil
	}

	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "What goes along changed since the plan",
		Detail: fmt.Sprintf("Converting resource %s converts %s now, and the plan stated %s. Nothing was converted. Plan again.",
			r.ResourceID, act.Listed(now), act.Listed(r.Converts)),
	}
}
