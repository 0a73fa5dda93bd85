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

// order sends one renewal, and finds out which orders it made. again says that
// nothing was done and that a further attempt, after a further look, is right.
func (m *Machine) order(ctx context.Context, goal Goal, s *sight) (ids []string, again bool, _ error) {
	m.ordering.Lock()
	defer m.ordering.Unlock()

	// From here on, an interruption would leave an order that nobody knows of.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)
	defer cancel()

	m.reader.Forget(goal.ResourceID)
	defer m.reader.Forget(goal.ResourceID)

	answer, err := m.client.RenewResources(ctx, bssapi.RenewResourcesRequest{
		ResourceIDs: []string{goal.ResourceID}, PeriodType: goal.Unit.periodType(), PeriodNum: s.periods,
	})
	if err == nil {
		err = answer.Failure(goal.ResourceID)
	}

	if err == nil && len(answer.OrderIDs) == 0 {
		err = fmt.Errorf("the answer names no order of resource %s", goal.ResourceID)
	}

	if err == nil {
		for _, id := range answer.OrderIDs {
			m.own(id, goal.ResourceID)
		}

		return answer.OrderIDs, false, nil
	}

	if bssapi.NotDone(err) {
		return nil, errors.Is(err, bssapi.ErrThrottled), notOrdered(goal, err)
	}

	id, lookErr := m.settle(ctx, goal, s, err)
	if lookErr != nil {
		return nil, false, doubtful(goal, err, lookErr)
	}

	return []string{id}, false, nil
}

// settle looks for the order of a renewal whose answer leaves open whether it
// was placed, for as long as that may take to show.
func (m *Machine) settle(ctx context.Context, goal Goal, before *sight, cause error) (string, error) {
	deadline := m.conditions.Clock.Now().Add(m.conditions.Timing.Settle)
	// An answer that names an open order says that there is nothing to wait for.
	answered := errors.Is(cause, bssapi.CodeResourceInUnpaidOrder)

	for attempt := 1; ; attempt++ {
		m.reader.Forget(goal.ResourceID)

		s, err := m.look(ctx, goal)

		switch {
		case err == nil && s.resource().ExpireTime != before.resource().ExpireTime:
			return "", movedOn(goal, before.resource().ExpireTime, s.resource().ExpireTime)
		case err == nil && s.open != "":
			return s.open, nil
		case err == nil, errors.Is(err, errUnseen) && !answered:
			err = errors.New("no order shows")
		}

		var refusal *act.Refusal
		if settled := errors.As(err, &refusal) || answered; settled || !m.conditions.Clock.Now().Before(deadline) {
			m.claim(ctx, before)

			return "", err
		}

		if m.conditions.Pause(ctx, attempt) != nil {
			return "", err
		}
	}
}

// claim remembers an order that can only be that of a renewal in doubt, so that
// others of its kind are not taken for its own: the one like it that was placed
// since the look before, when none held the resource.
func (m *Machine) claim(ctx context.Context, before *sight) {
	candidates, err := m.candidates(ctx, before, before.begun.Add(-bssapi.ClockMargin), waitsForPayment)
	if err == nil && len(candidates) == 1 {
		m.own(candidates[0].listed.OrderID, before.resource().ResourceID)
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
	var canceled, left []string

	for _, id := range ids {
		if err := m.payer.Cancel(ctx, id); err != nil {
			left = append(left, fmt.Sprintf("%s (%v)", id, err))
		} else {
			canceled = append(canceled, id)
		}
	}

	var refusal *act.Refusal
	if !errors.As(cause, &refusal) {
		refusal = &act.Refusal{Summary: "Renewal was not paid", Detail: "The order could not be held against what was agreed.", Err: cause}
	}

	worded := *refusal

	if len(canceled) > 0 {
		worded.Detail += fmt.Sprintf(" Order %s, which was placed for it, was canceled.", strings.Join(canceled, ", "))
	}

	if len(left) > 0 {
		worded.Detail += fmt.Sprintf(
			" Order %s was placed for it and could not be canceled. Look at it in the console, and cancel it if it is unpaid.",
			strings.Join(left, ", "),
		)
	}

	return &worded
}
