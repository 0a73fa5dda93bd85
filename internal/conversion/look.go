// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// look reads the resource and what is attached to it freshly, and refuses what can
// never be converted. A resource that is closed is not refused.
func (m *Machine) look(ctx context.Context, id string) (subscription.Tree, error) {
	tree, err := m.reader.Tree(ctx, id)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return tree, m.neverSeen(ctx, id)
	case err != nil:
		return tree, fmt.Errorf("reading resource %s: %w", id, err)
	}

	resource := tree.Resource

	if subscription.Attached(resource) {
		return tree, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is attached to another",
			Detail: fmt.Sprintf("Resource %s belongs to %s and becomes pay-per-use together with it, never alone. To convert both, set "+
				"resource_id = %q.", id, resource.ParentResourceID, resource.ParentResourceID),
		}
	}

	switch resource.Status {
	case bssapi.ResourceStatusInUse, bssapi.ResourceStatusClosed, bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired:
		return tree, nil
	default:
		return tree, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource has an unknown status",
			Detail: fmt.Sprintf("Resource %s is in status %s, of which it is not known whether it can be converted. Look at it in the console.",
				id, bssapi.ResourceStatuses.Word(resource.Status)),
		}
	}
}

// neverSeen refuses an id that billing does not know, and names the conversions that
// may have taken it away.
func (m *Machine) neverSeen(ctx context.Context, id string) error {
	refusal := &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Billing does not know the resource",
		Detail: fmt.Sprintf("No yearly/monthly resource %s was found, neither in use nor closed. Nothing was sent. Check that the id is the "+
			"cloud service's own, that the resource is not pay-per-use, and that the credentials belong to its account. A new resource "+
			"may take a moment to be known.", id),
	}

	// They only help: without them the refusal stands.
	if found, err := m.about(ctx, m.client.Now().Add(-window), id, ""); err == nil && len(found) > 0 {
		refusal.Detail += fmt.Sprintf(" If it is pay-per-use since an apply that was cut off, its order is one of these: %s. Then nothing is "+
			"left to do, and nothing was or will be converted twice: take the block out.", found)
	}

	return refusal
}

// ended is the receipt of a resource that is closed, because a conversion that can
// be its own is completed, and what there is to say of that. It refuses one that
// something else closed, or may have. An order is recorded only where it is known to
// be its own.
func (m *Machine) ended(ctx context.Context, resource bssapi.Resource) (Receipt, act.Warning, error) {
	since := m.client.Now().Add(-farthest)

	all, err := m.about(ctx, since, resource.ResourceID, resource.ServiceTypeCode)
	if err != nil {
		return Receipt{}, act.Warning{}, err
	}

	// A conversion gives up a term that runs.
	done := all.completed().since(resource.EffectiveTime).until(resource.ExpireTime)

	own, maybe, err := m.own(ctx, done, resource.ResourceID)

	switch {
	case err != nil:
		return Receipt{}, act.Warning{}, err
	case len(own) > 0:
		return adopted(resource, own[0]), doneAlready(resource.ResourceID, own[:1]), nil
	case len(maybe) == 0:
		return Receipt{}, act.Warning{}, closedOtherwise(resource, all.open())
	}

	others, err := m.unsubscribed(ctx, since, resource)

	switch {
	case err != nil:
		return Receipt{}, act.Warning{}, err
	case len(others) > 0:
		return Receipt{}, act.Warning{}, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "What closed the resource cannot be told",
			Detail: fmt.Sprintf("Resource %s is closed. That may be the work of a conversion to pay-per-use (%s) or of an unsubscription (%s): "+
				"no order names its resource. Nothing was sent. Look in the console; there is nothing left to convert, so take the block out.",
				resource.ResourceID, maybe, others),
		}
	default:
		return adopted(resource, bssapi.Order{}), orderUnknown(doneAlready(resource.ResourceID, maybe)), nil
	}
}

// unsubscribed are the unsubscriptions of the service of a resource during its term.
func (m *Machine) unsubscribed(ctx context.Context, since time.Time, resource bssapi.Resource) (candidates, error) {
	var found candidates

	request := bssapi.ListOrdersRequest{
		OrderType: bssapi.OrderTypeUnsubscription, ServiceTypeCode: resource.ServiceTypeCode, CreateTimeBegin: since,
	}

	for listed, err := range m.client.ListOrders(ctx, request) {
		if err != nil {
			return nil, fmt.Errorf("reading the unsubscriptions: %w", err)
		}

		if listed.Status != bssapi.OrderStatusCanceled {
			found = append(found, listed)
		}
	}

	return found.since(resource.EffectiveTime).until(resource.ExpireTime), nil
}

// closedOtherwise refuses a closed resource that no completed conversion explains.
func closedOtherwise(resource bssapi.Resource, open candidates) error {
	refusal := &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Resource is closed",
		Detail: fmt.Sprintf("Resource %s is closed, and no completed conversion can be its own: it was unsubscribed, or its term ended. "+
			"Nothing was sent. There is nothing left to convert: take the block out.", resource.ResourceID),
	}

	if len(open) > 0 {
		refusal.Detail = fmt.Sprintf("Resource %s is closed, and no conversion of it is completed. One of these may be its own: %s. Nothing was "+
			"sent. Apply again once that is over.", resource.ResourceID, open)
	}

	return refusal
}

// adopted is the receipt of a conversion that is done, by somebody else or by an
// apply that was cut off. The order has no id where it cannot be told.
func adopted(resource bssapi.Resource, order bssapi.Order) Receipt {
	return Receipt{
		ResourceID: resource.ResourceID, Status: StatusConverted, OrderID: order.OrderID, RequestTime: order.CreateTime,
		ExpireTime: resource.ExpireTime, Service: resource.ServiceTypeCode,
	}
}

// settling is how long after a completed conversion its resource may still show as
// it was.
const settling = 15 * time.Minute

// underWay are the conversions that may be about the resource, although it shows as
// it was: own is the one that is its own, maybe are others that are not over.
func (m *Machine) underWay(ctx context.Context, resource bssapi.Resource) (own *bssapi.Order, maybe candidates, _ error) {
	now := m.client.Now()

	all, err := m.about(ctx, now.Add(-window), resource.ResourceID, resource.ServiceTypeCode)
	if err != nil {
		return nil, nil, err
	}

	young := all.completed().since(now.Add(-settling).UTC().Format(bssapi.TimeLayout))

	known, unknown, err := m.own(ctx, append(all.open(), young...).since(resource.EffectiveTime), resource.ResourceID)
	if err != nil || len(known) == 0 {
		return nil, unknown.open(), err
	}

	return &known[0], nil, nil
}
