// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// fence holds orders against what was agreed, right before they are paid. placed
// says that they were placed here.
func (m *Machine) fence(ctx context.Context, goal Goal, s *sight, ids []string, placed bool) error {
	err := m.compared(ctx, goal, s, ids, placed)

	// An order that this run is placing for an equal resource may show before it is
	// known whose it is: with none on its way, what stands against ours counts.
	var refusal *act.Refusal
	if placed && errors.As(err, &refusal) {
		err = m.alone(func() error { return m.compared(ctx, goal, s, ids, placed) })
	}

	if err != nil {
		return err
	}

	if err := m.within(ctx, goal, ids); err != nil {
		return err
	}

	return m.unmoved(ctx, goal, s)
}

// compared holds each order against what the goal would order, and against orders of
// others.
func (m *Machine) compared(ctx context.Context, goal Goal, s *sight, ids []string, placed bool) error {
	var orders []bssapi.Order

	for _, id := range ids {
		c, err := m.read(ctx, s, id)
		if err != nil {
			return err
		}

		reason, err := m.differs(ctx, goal, s, c)
		if err != nil {
			return err
		}

		if reason != "" {
			return &act.Refusal{
				Field:   act.FieldResourceID,
				Summary: "Order is not what was agreed",
				Detail:  fmt.Sprintf("Renewing resource %s made order %s, and %s. Nothing was paid.", goal.ResourceID, id, reason),
			}
		}

		orders = append(orders, c.listed)
	}

	if !placed {
		return nil
	}

	return m.rival(ctx, goal, s, orders)
}

// alone does something while no renewal of this run is on its way.
func (m *Machine) alone(do func() error) error {
	defer m.ordering()()

	return do()
}

// read reads an order, for as long as a new one may take to show.
func (m *Machine) read(ctx context.Context, s *sight, id string) (*candidate, error) {
	found, err := act.Until(ctx, m.conditions, m.conditions.Timing.Settle,
		func() (bssapi.FullOrder, error) { return m.client.ReadOrder(ctx, id) },
		func(_ bssapi.FullOrder, err error) bool { return err == nil })
	if err != nil {
		return nil, fmt.Errorf("reading order %s: %w", id, err)
	}

	_, foreigner, err := m.names(ctx, s, id)

	return &candidate{
		listed: found.Listed, details: &found.Details, line: likestLine(found.Details.Lines, s), foreigner: foreigner,
	}, err
}

// rival refuses to pay where somebody else has an order for the same term of the
// resource, placed since the look began: the older of the two goes on. An order
// that was there before cannot hold the resource, since it had a price.
func (m *Machine) rival(ctx context.Context, goal Goal, s *sight, ours []bssapi.Order) error {
	candidates, err := m.candidates(ctx, s, s.begun.Add(-bssapi.ClockMargin), notCanceled)
	if err != nil {
		return err
	}

	for _, c := range candidates {
		if !c.sameTerm(s) || slices.ContainsFunc(ours, func(o bssapi.Order) bool { return o.OrderID == c.id() }) {
			continue
		}

		if waitsForPayment(c.listed.Status) && slices.ContainsFunc(ours, func(o bssapi.Order) bool { return older(o, c.listed) }) {
			continue
		}

		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Somebody else renews the resource",
			Detail: fmt.Sprintf("Order %s was placed at the same time and may renew resource %s for the same term. Nothing was paid. "+
				"Plan and apply again once that order is carried out or canceled.", c.id(), goal.ResourceID),
		}
	}

	return nil
}

func older(a, b bssapi.Order) bool {
	if a.CreateTime != b.CreateTime {
		return a.CreateTime < b.CreateTime
	}

	return a.OrderID < b.OrderID
}

// within holds several orders together against the cap and what the plan stated. A
// single one is held against them by its payment.
func (m *Machine) within(ctx context.Context, goal Goal, ids []string) error {
	if len(ids) < 2 {
		return nil
	}

	var most, due bssapi.Decimal

	for _, id := range ids {
		request, err := m.paymentOf(ctx, goal, id)
		if err != nil {
			return err
		}

		quote, err := m.payer.Quote(ctx, request)
		if err != nil {
			return err
		}

		most, due = most.Add(quote.Bound), due.Add(quote.AmountDue)
	}

	switch {
	case most.Cmp(goal.MaxAmount) > 0:
		return &act.Refusal{
			Field:   act.FieldMaxAmount,
			Summary: "Price is above max_amount",
			Detail: fmt.Sprintf("Renewing resource %s made %d orders that can charge up to %s together, which is more than max_amount = %s. "+
				"Nothing was paid.", goal.ResourceID, len(ids), most, goal.MaxAmount),
		}
	case !goal.Quoted.IsNull() && due.Cmp(goal.Quoted) > 0:
		return payment.ErrDearer
	default:
		return nil
	}
}

// unmoved refuses to pay where the resource is closed, or ends at another time than
// the look before showed. An open order locks a resource, so this is the last word.
func (m *Machine) unmoved(ctx context.Context, goal Goal, s *sight) error {
	now, err := m.reader.Fresh(ctx, goal.ResourceID)
	if err != nil {
		return fmt.Errorf("reading resource %s once more before paying: %w", goal.ResourceID, err)
	}

	switch {
	case subscription.Closed(now):
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource was closed meanwhile",
			Detail: fmt.Sprintf("Resource %s is closed: somebody unsubscribed it, or its term is over. Nothing was paid.",
				goal.ResourceID),
		}
	case now.ExpireTime != s.resource().ExpireTime:
		return movedOn(goal, s.resource().ExpireTime, now.ExpireTime)
	default:
		return nil
	}
}
