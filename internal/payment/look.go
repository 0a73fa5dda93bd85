// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// order is one order as both calls show it.
type order struct {
	listed  bssapi.Order
	details bssapi.OrderDetails
}

// look reads the order freshly. Absence is [bssapi.ErrNoOrder].
func (p *Payer) look(ctx context.Context, orderID string) (*order, error) {
	seen, err := p.client.ReadOrder(ctx, orderID)
	if err != nil {
		return nil, err
	}

	return &order{listed: seen.Listed, details: seen.Details}, nil
}

// combinedOrder is the pending order that this one is a part of, or nil.
func (p *Payer) combinedOrder(ctx context.Context, orderID string) (*bssapi.Order, error) {
	pending := bssapi.ListOrdersRequest{Status: bssapi.OrderStatusPendingPayment}

	for listed, err := range p.client.ListOrders(ctx, pending) {
		if err != nil {
			return nil, fmt.Errorf("looking for the combined order of %s: %w", orderID, err)
		}

		for _, part := range listed.SubOrderInfos {
			if strings.EqualFold(part.OrderID, orderID) {
				return &listed, nil
			}
		}
	}

	return nil, nil
}

// status is the newer word of the two: the details are read after the list.
func (o *order) status() bssapi.OrderStatus { return o.details.Status }

// agentPays says whether another account has to pay. Only the list tells.
func agentPays(listed bssapi.Order) bool {
	agent := listed.AgentPayInfo

	return agent != nil && agent.IsAgentPay != nil && *agent.IsAgentPay
}

func (o *order) customerID() string {
	if o.listed.CustomerID != "" {
		return o.listed.CustomerID
	}

	return o.details.CustomerID
}

// amount is the price after discounts and before coupons. Where the two calls
// differ, the order is being repriced, and the higher figure is the safe one.
func (o *order) amount() bssapi.Decimal {
	return higher(o.listed.AmountAfterDiscount, o.details.AmountAfterDiscount)
}

func (o *order) officialAmount() bssapi.Decimal {
	return higher(o.listed.OfficialAmount, o.details.OfficialAmount)
}

// discounted says whether a discount is in the amount already. Who may not see
// discounts is answered that none is offered, and sees this all the same.
func (o *order) discounted() bool {
	return slices.ContainsFunc(o.views(), func(view bssapi.Order) bool {
		return view.AmountInfo != nil && len(view.AmountInfo.Discounts) > 0
	})
}

// ids are those of the order and of its parts.
func (o *order) ids() []string {
	ids := []string{o.details.OrderID}
	for _, part := range o.listed.SubOrderInfos {
		ids = append(ids, part.OrderID)
	}

	return ids
}

func (o *order) currency() string {
	if o.details.Currency != "" {
		return o.details.Currency
	}

	return o.listed.Currency
}

func higher(a, b bssapi.Decimal) bssapi.Decimal {
	if a.IsNull() || (!b.IsNull() && b.Cmp(a) > 0) {
		return b
	}

	return a
}
