// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Renew makes the resource paid through the day, unless a fresh look shows that
// it is: then nothing is ordered. Whatever it returns without an error is
// certain; call [Machine.Finish] to wait for what is unfinished.
//
// It returns a [*act.Refusal] where nothing was charged, and a
// [*act.Doubt] where that cannot be told.
func (m *Machine) Renew(ctx context.Context, goal Goal) (Receipt, []act.Warning, error) {
	receipt, warnings, err := m.renew(ctx, goal)
	for i := range warnings {
		warnings[i].Field = argument(warnings[i].Field)
	}

	return receipt, warnings, atArgument(err)
}

// argument is the argument of a renewal that a field of a payment stands for.
func argument(field act.Field) act.Field {
	switch field {
	case act.FieldOrderID:
		return act.FieldResourceID
	case act.FieldDiscountID:
		return act.FieldDiscount
	default:
		return field
	}
}

// atArgument puts a refusal of a payment at the argument of the renewal.
func atArgument(err error) error {
	var refusal *act.Refusal
	if !errors.As(err, &refusal) {
		return err
	}

	worded := *refusal
	worded.Field = argument(refusal.Field)

	return &worded
}

// renew waits while billing has not heard of the resource, with nothing of it
// held.
func (m *Machine) renew(ctx context.Context, goal Goal) (Receipt, []act.Warning, error) {
	if goal.MaxAmount.IsNull() {
		return Receipt{}, nil, &act.Refusal{Field: act.FieldMaxAmount, Summary: "No cap", Detail: "A renewal needs max_amount."}
	}

	var (
		receipt  Receipt
		warnings []act.Warning
	)

	unknown, err := act.Known(ctx, m.conditions, func() (bool, error) {
		var err error

		receipt, warnings, err = m.renewKnown(ctx, goal)

		return errors.Is(err, subscription.ErrUnknown), err
	})
	if unknown {
		return Receipt{}, nil, unknownResource(goal)
	}

	return receipt, warnings, err
}

// renewKnown renews a resource that billing knows. Everything else in this run
// that acts on the resource waits from the look to the settled answer.
func (m *Machine) renewKnown(ctx context.Context, goal Goal) (Receipt, []act.Warning, error) {
	defer m.conditions.Locks.Lock(act.Resource(goal.ResourceID))()

	for attempt := 1; ; attempt++ {
		s, err := m.look(ctx, goal)
		if err != nil {
			return Receipt{}, nil, err
		}

		if err := s.planned(goal); err != nil {
			return Receipt{}, nil, err
		}

		if s.reached {
			return Receipt{
				ResourceID: goal.ResourceID, Status: StatusReached, ExpireTime: s.resource().ExpireTime,
			}, endEarlier(s.tree, goal, 0), nil
		}

		if err := m.permit(ctx, goal.ResourceID); err != nil {
			return Receipt{}, nil, err
		}

		if err := ctx.Err(); err != nil {
			return Receipt{}, nil, fmt.Errorf("interrupted before resource %s was renewed; nothing was ordered: %w", goal.ResourceID, err)
		}

		if s.open != "" {
			return m.pay(ctx, goal, s, []string{s.open}, false)
		}

		placed, again, err := m.order(ctx, goal, s)
		if err == nil {
			return m.pay(ctx, goal, s, placed, true)
		}

		if !again || attempt >= m.conditions.Timing.Attempts || m.conditions.Pause(ctx, attempt) != nil {
			return Receipt{}, nil, err
		}
	}
}

// pay pays orders that were held against what was agreed. Those that were
// placed here are canceled where they are not paid, but for one that is dearer than
// planned and within the cap: the next plan states it.
func (m *Machine) pay(ctx context.Context, goal Goal, s *sight, ids []string, placed bool) (Receipt, []act.Warning, error) {
	abandon := func(ids []string, cause error) error {
		switch {
		case !placed:
			return cause
		case errors.Is(cause, payment.ErrDearer):
			return m.dearer(ctx, goal, ids)
		default:
			return m.abandon(ctx, ids, cause)
		}
	}

	if err := m.fence(ctx, goal, s, ids, placed); err != nil {
		return Receipt{}, nil, abandon(ids, err)
	}

	receipt := Receipt{ResourceID: goal.ResourceID, StartedAt: s.resource().ExpireTime, ExpireTime: s.resource().ExpireTime}

	var (
		warnings []act.Warning
		// spent counts as the cap does: before coupons.
		spent bssapi.Decimal
	)

	for i, id := range ids {
		paid, said, err := m.payOne(ctx, goal, spent, id)

		var doubt *act.Doubt

		switch {
		case err == nil:
			m.reader.Forget(goal.ResourceID)
			receipt.add(paid)

			spent = spent.Add(paid.AmountDue)

			warnings = append(warnings, said...)

			continue
		case !errors.As(err, &doubt):
			err = abandon(ids[i:], err)
		case len(ids) > i+1:
			doubt.Note = strings.TrimSpace(m.undo(ctx, ids[i+1:]))
		}

		// What was paid is certain, and stays.
		if i > 0 {
			return receipt, append(warnings, inPart(receipt, err)), nil
		}

		return Receipt{}, nil, err
	}

	return receipt, warnings, nil
}

func (m *Machine) payOne(ctx context.Context, goal Goal, spent bssapi.Decimal, id string) (payment.Receipt, []act.Warning, error) {
	request, err := m.paymentOf(ctx, goal, id)
	if err != nil {
		return payment.Receipt{}, nil, err
	}

	request.AmountDue = goal.Quoted

	if !spent.IsNull() {
		request.MaxAmount = request.MaxAmount.Sub(spent)

		if !request.AmountDue.IsNull() {
			request.AmountDue = request.AmountDue.Sub(spent)
		}
	}

	return m.payer.Pay(ctx, request)
}

// paymentOf is the payment of an order of the goal.
func (m *Machine) paymentOf(ctx context.Context, goal Goal, orderID string) (payment.Request, error) {
	request := payment.Request{OrderID: orderID, MaxAmount: goal.MaxAmount, Currency: goal.Currency, CouponIDs: goal.CouponIDs}

	if goal.Discount != DiscountBest {
		return request, nil
	}

	best, err := m.payer.BestDiscount(ctx, orderID)
	request.DiscountID = best

	return request, err
}

func inPart(receipt Receipt, err error) act.Warning {
	return act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Renewal is paid in part",
		Detail: fmt.Sprintf("Order %s is paid, and the rest of the renewal of resource %s is not: %v",
			strings.Join(receipt.OrderIDs, ", "), receipt.ResourceID, err),
	}
}
