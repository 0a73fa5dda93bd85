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
)

// order sends one renewal. Only the orders that its own answer names are ours. again
// says that nothing was done and that a further attempt, after a further look, is
// right.
func (m *Machine) order(ctx context.Context, goal Goal, s *sight) (ids []string, again bool, _ error) {
	defer m.ordering()()

	// From here on, an interruption would leave an order that nobody knows of.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)
	defer cancel()

	ids, err := m.send(ctx, goal, s)
	throttled, notDone := errors.Is(err, bssapi.ErrThrottled), bssapi.NotDone(err)

	switch {
	case err == nil:
		return ids, false, nil
	case notDone && !throttled:
		return nil, false, notOrdered(goal, err)
	}

	// A "too many requests" that is not the API's own says nothing about the call.
	untouched, lookErr := m.settle(ctx, goal, s, err)
	if throttled && notDone && untouched {
		return nil, true, notOrdered(goal, err)
	}

	m.setAside(ctx, s)

	return nil, false, doubtful(goal, err, lookErr)
}

// send makes the call, once, and notes the orders that its answer names.
func (m *Machine) send(ctx context.Context, goal Goal, s *sight) ([]string, error) {
	m.reader.Forget(goal.ResourceID)
	defer m.reader.Forget(goal.ResourceID)

	answer, err := m.client.RenewResources(ctx, bssapi.RenewResourcesRequest{
		ResourceIDs: []string{goal.ResourceID}, PeriodType: goal.Unit.periodType(), PeriodNum: s.periods,
	})
	if err != nil {
		return nil, err
	}

	for _, id := range answer.OrderIDs {
		m.own(id, goal.ResourceID)
	}

	failed := answer.Failure(goal.ResourceID)

	switch {
	case failed != nil && len(answer.OrderIDs) > 0:
		return nil, fmt.Errorf("%w: it names both order %s and a failure (%s)",
			bssapi.ErrUnreadable, strings.Join(answer.OrderIDs, ", "), failed.Error())
	case failed != nil:
		return nil, failed
	case len(answer.OrderIDs) == 0:
		return nil, fmt.Errorf("%w: it names no order of resource %s", bssapi.ErrUnreadable, goal.ResourceID)
	default:
		return answer.OrderIDs, nil
	}
}

// settle looks what became of a renewal whose answer names no order, for as long
// as an order may take to show. untouched says that the resource was as before the
// whole time. The error says what shows: an order that does is not known to be
// ours, so it is neither paid nor canceled here.
func (m *Machine) settle(ctx context.Context, goal Goal, before *sight, cause error) (untouched bool, _ error) {
	deadline := m.conditions.Clock.Now().Add(m.conditions.Timing.Settle)
	// An answer that names an open order says that there is nothing to wait for.
	answered := errors.Is(cause, bssapi.CodeResourceInUnpaidOrder)
	untouched = true

	for attempt := 1; ; attempt++ {
		m.reader.Forget(goal.ResourceID)

		s, err := m.look(ctx, goal)

		switch {
		case err == nil && s.resource().ExpireTime != before.resource().ExpireTime:
			return false, movedOn(goal, before.resource().ExpireTime, s.resource().ExpireTime)
		case err == nil && s.open != "":
			return false, showsSince(goal, s)
		case err == nil:
			err = errors.New("no order shows")
		default:
			untouched = false
		}

		var refusal *act.Refusal

		// An order that holds the resource may show a little later.
		settled := errors.As(err, &refusal) && !errors.Is(err, errUnseen) || answered
		if settled || !m.conditions.Clock.Now().Before(deadline) || m.conditions.Pause(ctx, attempt) != nil {
			return untouched, err
		}
	}
}

// setAside notes an order that can only be that of a renewal in doubt, so that
// renewals of equal resources in this run do not take it for somebody's of theirs:
// the one like it that was placed since the look before, when none held the
// resource. It is not paid or canceled for that.
func (m *Machine) setAside(ctx context.Context, before *sight) {
	candidates, err := m.candidates(ctx, before, before.begun.Add(-bssapi.ClockMargin), waitsForPayment)
	if err == nil && len(candidates) == 1 {
		m.own(candidates[0].id(), before.resource().ResourceID)
	}
}

// showsSince words an unpaid order that shows after a renewal whose answer did not
// name it.
func showsSince(goal Goal, s *sight) error {
	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "An unpaid order renews the resource",
		Detail: fmt.Sprintf("Order %s renews resource %s for %s, at %s %s, and waits for its payment. The answer to the renewal that was sent "+
			"from here did not name it, so it may be somebody else's: it was neither paid nor canceled. Plan again: the plan states it, "+
			"and its apply pays it. Or cancel it with bss_order_cancellation.",
			s.open, goal.ResourceID, goal.Unit.count(s.periods), s.price, s.currency),
	}
}

// notOrdered words a renewal that was certainly not placed.
func notOrdered(goal Goal, err error) error {
	refusal := &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Renewal was refused",
		Detail:  fmt.Sprintf("Resource %s was not renewed: nothing was ordered or paid.", goal.ResourceID),
		Err:     err,
	}

	switch {
	case errors.Is(err, bssapi.CodeRenewalPeriodNotOffered):
		refusal.Field = act.FieldPeriodUnit
	case errors.Is(err, bssapi.CodeTermTooLong):
		refusal.Field = act.FieldPaidThrough
	case errors.Is(err, bssapi.ErrThrottled):
		refusal.Detail += " The API takes no more calls now. Apply again later."
	}

	return refusal
}

// doubtful words a renewal of which it could not be told whether it was placed.
// That is no doubt about money: what was ordered is unpaid.
func doubtful(goal Goal, cause, lookErr error) error {
	var refusal *act.Refusal
	if errors.As(lookErr, &refusal) {
		worded := *refusal
		worded.Err = errors.Join(refusal.Err, cause)

		return &worded
	}

	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Renewal is in doubt",
		Detail: fmt.Sprintf("A renewal of resource %s was sent once, and its answer leaves open whether an order was placed. Nothing was paid. "+
			"At most one unpaid order is left, which the next plan finds and names. Plan and apply again.", goal.ResourceID),
		Err: errors.Join(cause, lookErr),
	}
}

func movedOn(goal Goal, before, now string) error {
	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Resource was renewed meanwhile",
		Detail: fmt.Sprintf("Resource %s ends at %s now, not at %s: somebody renewed it, or automatic renewal did. Nothing was paid. Plan again.",
			goal.ResourceID, now, before),
	}
}

// abandon cancels orders that were placed here and are not paid, and says in
// the error what became of them.
func (m *Machine) abandon(ctx context.Context, ids []string, cause error) error {
	var refusal *act.Refusal
	if !errors.As(cause, &refusal) {
		refusal = &act.Refusal{Summary: "Renewal was not paid", Detail: "The order could not be compared with what was agreed.", Err: cause}
	}

	worded := *refusal
	worded.Detail += m.undo(ctx, ids)

	return &worded
}

// undo cancels orders that were placed here, and says what became of them.
func (m *Machine) undo(ctx context.Context, ids []string) string {
	var (
		canceled, left []string
		text           string
	)

	for _, id := range ids {
		if err := m.payer.Cancel(ctx, id); err != nil {
			left = append(left, fmt.Sprintf("%s (%v)", id, err))
		} else {
			canceled = append(canceled, id)
		}
	}

	switch len(canceled) {
	case 0:
	case 1:
		text += fmt.Sprintf(" Order %s, which was placed for it, was canceled.", canceled[0])
	default:
		text += fmt.Sprintf(" Orders %s, which were placed for it, were canceled.", strings.Join(canceled, ", "))
	}

	if len(left) > 0 {
		text += fmt.Sprintf(
			" Order %s was placed for it and could not be canceled. Look at it in the console, and cancel it if it is unpaid.",
			strings.Join(left, ", "),
		)
	}

	return text
}

// dearer names orders that were placed here and cost more than the plan stated,
// and not more than the cap: a unified expiry day lengthens a term, and cannot be
// read. They stay, for the next plan to state.
func (m *Machine) dearer(ctx context.Context, goal Goal, ids []string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)
	defer cancel()

	orders := make([]string, len(ids))

	for i, id := range ids {
		orders[i] = "order " + id

		if found, err := m.client.GetOrder(ctx, id); err == nil {
			orders[i] += fmt.Sprintf(" (%s %s, to be paid before %s)", found.AmountAfterDiscount, found.Currency, found.PendingPaymentEndTime)
		}
	}

	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Order is dearer than planned",
		Detail: fmt.Sprintf(
			"The plan stated %s for renewing resource %s, and what was placed for it costs more: %s. max_amount allows that, but no "+
				"plan has stated it, so it was neither paid nor canceled. Plan again: the plan states its price, and its apply pays it. Or "+
				"cancel it with bss_order_cancellation.",
			goal.Quoted,
			goal.ResourceID,
			strings.Join(orders, ", "),
		),
	}
}
