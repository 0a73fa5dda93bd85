// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import (
	"context"
	"errors"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// look reads the resource and what is attached to it freshly, and refuses what
// can never be unsubscribed. A resource that is closed is not refused.
func (m *Machine) look(ctx context.Context, id string) (subscription.Tree, error) {
	tree, err := m.reader.Tree(ctx, id)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return tree, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Billing does not know the resource",
			Detail: fmt.Sprintf("No yearly/monthly resource %s was found, neither in use nor closed, so it is not taken for one that was "+
				"unsubscribed. Check that the id is the cloud service's own, that the resource is not pay-per-use, and that the credentials "+
				"belong to its account. A new resource may take a moment to be known.", id),
		}
	case err != nil:
		return tree, fmt.Errorf("reading resource %s: %w", id, err)
	}

	resource := tree.Resource

	if subscription.Attached(resource) {
		return tree, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is attached to another",
			Detail: fmt.Sprintf(
				"Resource %s belongs to %s and is unsubscribed together with it, never alone. To give both back, set resource_id = %q.",
				id,
				resource.ParentResourceID,
				resource.ParentResourceID,
			),
		}
	}

	switch resource.Status {
	case bssapi.ResourceStatusInUse, bssapi.ResourceStatusClosed, bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired:
		return tree, nil
	default:
		return tree, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource has an unknown status",
			Detail: fmt.Sprintf("Resource %s is in status %s, of which it is not known whether it can be unsubscribed. Look at it in the console.",
				id, bssapi.ResourceStatuses.Word(resource.Status)),
		}
	}
}

// effect says whether a resource shows what an unsubscription of the scope
// brings about, given its expiry before.
func effect(scope Scope, before string, seen bssapi.Resource) bool {
	return subscription.Closed(seen) || scope == RenewalsOnly && earlier(seen.ExpireTime, before)
}

// earlier compares two times of the API. One that cannot be read is not earlier.
func earlier(a, b string) bool {
	first, err := bssapi.ParseTime(a)
	second, otherErr := bssapi.ParseTime(b)

	return err == nil && otherErr == nil && first.Before(second)
}
