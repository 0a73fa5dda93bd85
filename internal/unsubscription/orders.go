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
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

const (
	// window is how far back unsubscriptions are looked for.
	window = 24 * time.Hour
	// settling is how long after an unsubscription its resource may still show
	// as it was.
	settling = 15 * time.Minute
	// clockMargin is how much two readings of the server's clock, which shows
	// whole seconds, may be apart.
	clockMargin = 5 * time.Second
)

// recent are the unsubscriptions since a time that may be about the resource,
// newest first. No order says which resource it is about: what is certain is
// only the service, and what this run knows of the orders that it made.
func (m *Machine) recent(ctx context.Context, since time.Time, resource bssapi.Resource) ([]bssapi.Order, error) {
	var found []bssapi.Order

	request := bssapi.ListOrdersRequest{OrderType: bssapi.OrderTypeUnsubscription, CreateTimeBegin: since, OrderBy: "-createTime"}

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

// underWay are the unsubscriptions that may be about the resource and whose
// effect may not show yet: those that are being carried out, and those that were
// a short time ago, unless as many resources of the service were closed since.
func (m *Machine) underWay(ctx context.Context, req Request, resource bssapi.Resource) ([]string, error) {
	now := m.client.Now()

	orders, err := m.recent(ctx, now.Add(-window), resource)
	if err != nil {
		return nil, err
	}

	var open, over []bssapi.Order

	for _, order := range orders {
		done := order.Status == bssapi.OrderStatusCompleted || order.Status == bssapi.OrderStatusPendingRefund
		placed, err := bssapi.ParseTime(order.CreateTime)

		switch {
		case !done:
			open = append(open, order)
		case order.OrderID == req.Earlier, m.owner(order.OrderID) == resource.ResourceID:
		case err != nil || now.Sub(placed) < settling:
			over = append(over, order)
		}
	}

	if len(over) > 0 {
		explained, err := m.explained(ctx, over, resource)
		if err != nil {
			return nil, err
		}

		if !explained {
			open = append(open, over...)
		}
	}

	return orderIDs(open), nil
}

// explained says whether each order, newest first, can be that of a resource of
// its own that was closed after it was placed.
func (m *Machine) explained(ctx context.Context, orders []bssapi.Order, resource bssapi.Resource) (bool, error) {
	var closings []time.Time

	request := bssapi.ListResourcesRequest{
		StatusList: []bssapi.ResourceStatus{bssapi.ResourceStatusClosed}, ServiceTypeCode: resource.ServiceTypeCode, OnlyMainResource: true,
	}

	for gone, err := range m.client.ListResources(ctx, request) {
		if err != nil {
			return false, fmt.Errorf("reading the closed resources of service %s: %w", resource.ServiceTypeCode, err)
		}

		at, err := bssapi.ParseTime(gone.UpdateTime)
		if err == nil && !m.owned(gone.ResourceID) {
			closings = append(closings, at)
		}
	}

	for i, order := range orders {
		placed, err := bssapi.ParseTime(order.CreateTime)
		if err != nil {
			return false, nil
		}

		since := 0

		for _, at := range closings {
			if !at.Before(placed.Add(-clockMargin)) {
				since++
			}
		}

		if since <= i {
			return false, nil
		}
	}

	return true, nil
}

// order reads an order from the list. [payment.ErrNoOrder] says that it does not
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

	return bssapi.Order{}, fmt.Errorf("reading order %s: %w", id, payment.ErrNoOrder)
}

func orderIDs(orders []bssapi.Order) []string {
	var ids []string
	for _, order := range orders {
		ids = append(ids, order.OrderID)
	}

	slices.Sort(ids)

	return ids
}
