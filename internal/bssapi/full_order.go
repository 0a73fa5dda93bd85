// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"strings"
)

// ErrNoOrder says that the account has no order of that id. It is not
// [ErrNotFound], which one call may answer while the other shows the order.
var ErrNoOrder = errors.New("the account has no such order")

// FullOrder is one order as both calls show it: only the list says who pays and
// what is combined, only the details have the lines and the deadline.
type FullOrder struct {
	Listed  Order
	Details OrderDetails
}

// ReadOrder reads an order through both calls that show it, first the list.
// Absence is [ErrNoOrder], and is believed only from a complete answer of the
// list.
//
// Permission: bss:order:view.
func (c *Client) ReadOrder(ctx context.Context, orderID string) (FullOrder, error) {
	listed, err := c.FindOrder(ctx, orderID)
	if err != nil {
		return FullOrder{}, err
	}

	details, err := c.GetOrder(ctx, orderID)
	if err != nil {
		return FullOrder{}, err
	}

	return FullOrder{Listed: listed, Details: *details}, nil
}

// FindOrder reads an order from the list alone. Absence is [ErrNoOrder].
//
// Permission: bss:order:view.
func (c *Client) FindOrder(ctx context.Context, orderID string) (Order, error) {
	var found *Order

	for listed, err := range c.ListOrders(ctx, ListOrdersRequest{OrderID: orderID}) {
		if errors.Is(err, ErrNotFound) {
			return Order{}, ErrNoOrder
		}

		if err != nil {
			return Order{}, err
		}

		// A server that ignored the filter must not make us act on another order.
		// The case of an id does not tell orders apart.
		if strings.EqualFold(listed.OrderID, orderID) && found == nil {
			found = &listed
		}
	}

	if found == nil {
		return Order{}, ErrNoOrder
	}

	return *found, nil
}
