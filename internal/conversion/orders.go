// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

const (
	// window is how far back conversions are looked for that may be under review or
	// carried out. No source says how long a review takes.
	window = 30 * 24 * time.Hour
	// farthest is how far back the one is looked for that ended a closed resource: the
	// list of orders takes at most a year.
	farthest = 364 * 24 * time.Hour
	// mostAsked is of how many orders, the newest first, the resources are asked for.
	mostAsked = 10
)

// candidates are orders of conversions that may be about a resource.
type candidates []bssapi.Order

// about are the conversions since a time that may be about the resource, newest
// first, without those that are canceled.
func (m *Machine) about(ctx context.Context, since time.Time, resourceID, service string) (candidates, error) {
	found, err := m.ever(ctx, since, resourceID, service)

	return slices.DeleteFunc(found, func(order bssapi.Order) bool { return order.Status == bssapi.OrderStatusCanceled }), err
}

// ever are those of about, and the canceled ones too. No order says which resource
// it is about: what is certain is only the service, and what this run knows of the
// orders. service is empty where it is not known.
func (m *Machine) ever(ctx context.Context, since time.Time, resourceID, service string) (candidates, error) {
	var found candidates

	request := bssapi.ListOrdersRequest{OrderType: bssapi.OrderTypeToOnDemand, CreateTimeBegin: since, OrderBy: bssapi.OrderByNewest}

	for listed, err := range m.client.ListOrders(ctx, request) {
		if err != nil {
			return nil, fmt.Errorf("reading the orders of conversions to pay-per-use: %w", err)
		}

		owner := m.owner(listed.OrderID)
		other := owner != "" && owner != resourceID ||
			listed.ServiceTypeCode != "" && service != "" && listed.ServiceTypeCode != service

		if !other && listed.OrderType == bssapi.OrderTypeToOnDemand {
			found = append(found, listed)
		}
	}

	return found, nil
}

// own divides candidates by what the API says of their resources: own are those that
// it shows to be of the resource, or that this run knows to be; maybe are those of
// which it shows nothing. Those of others are left out.
func (m *Machine) own(ctx context.Context, of candidates, resourceID string) (own, maybe candidates, _ error) {
	for i, order := range of {
		if m.owner(order.OrderID) == resourceID {
			own = append(own, order)

			continue
		}

		if i >= mostAsked {
			maybe = append(maybe, order)

			continue
		}

		named, others := false, false

		for row, err := range m.client.ListResources(ctx, bssapi.ListResourcesRequest{OrderID: order.OrderID}) {
			if err != nil {
				return nil, nil, fmt.Errorf("reading the resources of order %s: %w", order.OrderID, err)
			}

			its := row.ResourceID == resourceID || row.ParentResourceID == resourceID
			named, others = named || its, others || !its
		}

		switch {
		case named && !others:
			own = append(own, order)
		case named == others:
			// An empty answer proves nothing, and neither does one that has them all.
			maybe = append(maybe, order)
		}
	}

	return own, maybe, nil
}

func (c candidates) completed() candidates {
	return slices.DeleteFunc(slices.Clone(c), func(order bssapi.Order) bool { return order.Status != bssapi.OrderStatusCompleted })
}

func (c candidates) open() candidates {
	return slices.DeleteFunc(slices.Clone(c), func(order bssapi.Order) bool { return order.Status == bssapi.OrderStatusCompleted })
}

// since are those that were not placed before a time; one that does not say when is
// none.
func (c candidates) since(at string) candidates {
	begin, err := bssapi.ParseTime(at)
	if err != nil {
		return c
	}

	return slices.DeleteFunc(slices.Clone(c), func(order bssapi.Order) bool {
		placed, err := bssapi.ParseTime(order.CreateTime)

		return err != nil || placed.Before(begin)
	})
}

// until are those that were not placed after a time.
func (c candidates) until(at string) candidates {
	end, err := bssapi.ParseTime(at)
	if err != nil {
		return c
	}

	return slices.DeleteFunc(slices.Clone(c), func(order bssapi.Order) bool {
		placed, err := bssapi.ParseTime(order.CreateTime)

		return err != nil || placed.After(end)
	})
}

func (c candidates) ids() []string {
	var ids []string
	for _, order := range c {
		ids = append(ids, order.OrderID)
	}

	slices.Sort(ids)

	return ids
}

// mostNamed is how many orders a message names, the first of a list.
const mostNamed = 10

// String names the orders, each with its status.
func (c candidates) String() string {
	var words []string
	for _, order := range c[:min(len(c), mostNamed)] {
		words = append(words, fmt.Sprintf("%s (%s)", order.OrderID, bssapi.OrderStatuses.Word(order.Status)))
	}

	slices.Sort(words)

	if more := len(c) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}

	return strings.Join(words, ", ")
}
