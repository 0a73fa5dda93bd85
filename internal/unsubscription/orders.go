// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

const (
	// window is how far back unsubscriptions are looked for.
	window = 24 * time.Hour
	// settling is how long after an unsubscription whose refund is pending its
	// resource may still show as it was.
	settling = 15 * time.Minute
)

// recent are the unsubscriptions since a time that may be about the resource,
// newest first. No order says which resource it is about: what is certain is
// only the service, and what this run knows of the orders that it made.
func (m *Machine) recent(ctx context.Context, since time.Time, resource bssapi.Resource) ([]bssapi.Order, error) {
	var found []bssapi.Order

	request := bssapi.ListOrdersRequest{OrderType: bssapi.OrderTypeUnsubscription, CreateTimeBegin: since, OrderBy: bssapi.OrderByNewest}

	for listed, err := range m.client.ListOrders(ctx, request) {
		if err != nil {
			return nil, fmt.Errorf("reading the unsubscriptions of the last day: %w", err)
		}

		owner := m.owner(listed.OrderID)
		other := owner != "" && owner != resource.ResourceID ||
			listed.ServiceTypeCode != "" && resource.ServiceTypeCode != "" && listed.ServiceTypeCode != resource.ServiceTypeCode

		if !other && listed.OrderType == bssapi.OrderTypeUnsubscription && listed.Status != bssapi.OrderStatusCanceled {
			found = append(found, listed)
		}
	}

	return found, nil
}

// underWay are the unsubscriptions that are being carried out and may be about
// the resource. One that is completed is over: the API answers a further call
// for its resource that it is gone.
func (m *Machine) underWay(ctx context.Context, resource bssapi.Resource) ([]string, error) {
	now := m.client.Now()

	orders, err := m.recent(ctx, now.Add(-window), resource)
	if err != nil {
		return nil, err
	}

	return orderIDs(slices.DeleteFunc(orders, func(order bssapi.Order) bool {
		// A refund may be pending long after the resource was closed.
		placed, err := bssapi.ParseTime(order.CreateTime)
		refunding := order.Status == bssapi.OrderStatusPendingRefund && err == nil && now.Sub(placed) > settling

		return order.Status == bssapi.OrderStatusCompleted || refunding
	})), nil
}

// order reads an order from the list. [bssapi.ErrNoOrder] says that it does not
// show.
func (m *Machine) order(ctx context.Context, id string) (bssapi.Order, error) {
	for listed, err := range m.client.ListOrders(ctx, bssapi.ListOrdersRequest{OrderID: id}) {
		if err != nil {
			return bssapi.Order{}, fmt.Errorf("reading order %s: %w", id, err)
		}

		if strings.EqualFold(listed.OrderID, id) {
			return listed, nil
		}
	}

	return bssapi.Order{}, fmt.Errorf("reading order %s: %w", id, bssapi.ErrNoOrder)
}

func orderIDs(orders []bssapi.Order) []string {
	var ids []string
	for _, order := range orders {
		ids = append(ids, order.OrderID)
	}

	slices.Sort(ids)

	return ids
}
