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

	quote := Quote{Done: subscription.Closed(tree.Resource), ExpireTime: tree.Resource.ExpireTime, Deletes: Deletes(req.Scope, tree)}

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

	held, err := m.held(ctx, tree.Resource)
	quote.Warnings = append(quote.Warnings, held...)

	return quote, err
}

// held warns of an unpaid order that holds the resource, which is not unsubscribed
// before that is paid or canceled. Only the price of a renewal tells that there is
// one, and no order names its resource.
func (m *Machine) held(ctx context.Context, resource bssapi.Resource) ([]act.Warning, error) {
	answer, err := m.client.GetRenewalPrice(ctx, bssapi.GetRenewalPriceRequest{
		ResourceIDs: []string{resource.ResourceID}, PeriodType: bssapi.PeriodTypeMonth, PeriodNum: 1,
	})
	if err != nil {
		// Who may not see prices is told by the unsubscription itself.
		return nil, nil //nolint:nilerr // see above
	}

	for _, failed := range answer.FailResourceInfos {
		if failed.ResourceID == resource.ResourceID && failed.ErrorCode == bssapi.CodePriceOrderUnpaid {
			return m.holders(ctx, resource)
		}
	}

	return nil, nil
}

func (m *Machine) holders(ctx context.Context, resource bssapi.Resource) ([]act.Warning, error) {
	var orders []string

	pending := bssapi.ListOrdersRequest{ServiceTypeCode: resource.ServiceTypeCode, Status: bssapi.OrderStatusPendingPayment}

	for listed, err := range m.client.ListOrders(ctx, pending) {
		if err != nil {
			return nil, fmt.Errorf("looking for the order that holds resource %s: %w", resource.ResourceID, err)
		}

		if listed.OrderType != bssapi.OrderTypeNew {
			orders = append(orders, fmt.Sprintf("%s (%s)", listed.OrderID, bssapi.OrderTypes.Word(listed.OrderType)))
		}
	}

	warning := act.Warning{
		Field:   act.FieldResourceID,
		Summary: fmt.Sprintf("An unpaid order holds resource %s", resource.ResourceID),
		Detail: "Until it is paid or canceled, the API refuses to unsubscribe the resource. Pay it with bss_order_payment, " +
			"or cancel it with bss_order_cancellation or in the console.",
	}

	if len(orders) > 0 {
		warning.Detail += " Unpaid orders of its service: " + strings.Join(orders, ", ") + "."
	}

	return []act.Warning{warning}, nil
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
		if !subscription.Closed(attached) {
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
