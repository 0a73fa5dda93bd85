// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Quote is what a plan can know of an unsubscription.
type Quote struct {
	// Done says that the resource is closed, so that nothing will be sent.
	Done bool
	// ExpireTime is when the paid term ends now.
	ExpireTime string
	// Deletes are the resources that will be deleted, sorted.
	Deletes  []string
	Warnings []act.Warning
}

// Quote looks at the resource and says what Unsubscribe would do, or why it
// would refuse.
func (m *Machine) Quote(ctx context.Context, req Request) (Quote, error) {
	tree, err := m.look(ctx, req.ResourceID)
	if err != nil {
		return Quote{}, err
	}

	quote := Quote{Done: closed(tree.Resource), ExpireTime: tree.Resource.ExpireTime, Deletes: Deletes(req.Scope, tree)}

	if quote.Done {
		quote.Warnings = []act.Warning{{
			Field:   act.FieldResourceID,
			Summary: "Resource is closed already",
			Detail:  fmt.Sprintf("Resource %s is closed. Applying records that, and unsubscribes nothing.", subscription.Describe(tree.Resource)),
		}}

		return quote, nil
	}

	if err := m.conditions.Allowed(ctx, ""); err != nil {
		return Quote{}, err
	}

	quote.Warnings = []act.Warning{m.consequence(req.Scope, tree)}

	return quote, nil
}

// consequence says what an unsubscription will do.
func (m *Machine) consequence(scope Scope, tree subscription.Tree) act.Warning {
	resource := tree.Resource

	if scope == RenewalsOnly {
		return act.Warning{
			Field:   act.FieldScope,
			Summary: "Renewed terms will be given back: " + subscription.Describe(resource),
			Detail: fmt.Sprintf("Applying gives back every renewed term of resource %s that has not started. The resource stays, and ends earlier "+
				"than at %s%s. This cannot be undone.", subscription.Describe(resource), resource.ExpireTime, m.left(resource)),
		}
	}

	var along strings.Builder

	for _, attached := range tree.Attached {
		if !closed(attached) {
			along.WriteString("\n  - " + subscription.Describe(attached))
		}
	}

	warning := act.Warning{
		Field:   act.FieldScope,
		Summary: "Resource will be deleted: " + subscription.Describe(resource),
		Detail: fmt.Sprintf(
			"Applying unsubscribes resource %s, which is %s: it is deleted with all its data, and its paid term, which ends at %s%s, "+
				"is given up. What of the price comes back is found out only then. This cannot be undone.",
			subscription.Describe(resource),
			bssapi.ResourceStatuses.Word(resource.Status),
			resource.ExpireTime,
			m.left(resource),
		),
	}

	if along.Len() > 0 {
		warning.Detail += "\n\nDeleted along with it:" + along.String()
	}

	return warning
}

// left is how long the paid term still runs, in brackets.
func (m *Machine) left(resource bssapi.Resource) string {
	expires, err := bssapi.ParseTime(resource.ExpireTime)
	if err != nil {
		return ""
	}

	switch left := expires.Sub(m.client.Now()); {
	case left < 0:
		return " (over already)"
	case left < 24*time.Hour:
		return " (in less than a day)"
	case left < 48*time.Hour:
		return " (in 1 day)"
	default:
		return fmt.Sprintf(" (in %d days)", int(left.Hours()/24))
	}
}
