// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"errors"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Cancellation is an order that is to be canceled, or is.
type Cancellation struct {
	OrderID   string
	AccountID string
	// Waits says that the order is not canceled yet.
	Waits bool
	// Status is a word of [bssapi.OrderStatuses].
	Status   string
	Currency string
	// Amount is the price of the order after discounts, before coupons.
	Amount bssapi.Decimal
	// Deadline is when the order ends by itself (UTC), "" if the API does not say it.
	Deadline string
}

// Canceled reads what became of an order. It judges nothing, and never acts. An
// order that the account does not have is [bssapi.ErrNoOrder].
func (p *Payer) Canceled(ctx context.Context, orderID string) (Cancellation, error) {
	o, err := p.look(ctx, orderID)
	if err != nil {
		return Cancellation{OrderID: orderID}, err
	}

	return o.cancellation(), nil
}

func (o *order) cancellation() Cancellation {
	return Cancellation{
		OrderID: o.details.OrderID, AccountID: o.customerID(), Waits: judge(o) != canceled, Status: bssapi.OrderStatuses.Word(o.status()),
		Currency: o.currency(), Amount: o.amount(), Deadline: o.details.PendingPaymentEndTime,
	}
}

// Cancelable looks at the order and says whether [Payer.Cancel] would have
// something to do. It returns a [*act.Refusal] where Cancel would refuse. It never
// acts.
func (p *Payer) Cancelable(ctx context.Context, orderID string) (Cancellation, error) {
	o, err := p.look(ctx, orderID)
	if err != nil {
		return Cancellation{OrderID: orderID}, p.explainLook(ctx, orderID, err)
	}

	waits, err := p.cancelable(ctx, o)
	if waits && err == nil {
		err = p.refuseSubOrder(ctx, orderID)
	}

	return o.cancellation(), err
}

// Cancel cancels an order that waits for its payment, unless a fresh look shows
// that it is canceled already. Nil says that the order is certainly canceled and
// was not paid.
//
// It returns a [*act.Refusal] where the order is certainly not canceled by this
// call, such as one that was paid meanwhile, and a [*act.Doubt] where that cannot be
// told. The end of ctx does not stop it, so that who is interrupted can still
// clean up; [act.Timing] bounds the look before, and again the call with the
// look after it, and how often it is tried.
func (p *Payer) Cancel(ctx context.Context, orderID string) error {
	defer p.conditions.Locks.Lock(act.Order(orderID))()

	ctx = context.WithoutCancel(ctx)

	for attempt := 1; ; attempt++ {
		if waits, err := p.lookToCancel(ctx, orderID); err != nil || !waits {
			return err
		}

		again, err := p.sendCancel(ctx, orderID)
		if !again || attempt >= p.conditions.Timing.Attempts {
			return err
		}
	}
}

func (p *Payer) lookToCancel(ctx context.Context, orderID string) (bool, error) {
	ctx, stop := context.WithTimeout(ctx, p.conditions.Timing.Act)
	defer stop()

	o, err := p.look(ctx, orderID)

	if err == nil {
		return p.cancelable(ctx, o)
	}

	err = p.explainLook(ctx, orderID, err)

	var refusal *act.Refusal
	if errors.As(err, &refusal) {
		return false, err
	}

	return false, &act.Doubt{Doing: act.DoingCancellation, Subject: act.Order(orderID), LookErr: err}
}

// cancelable judges what a look has shown.
func (p *Payer) cancelable(ctx context.Context, o *order) (bool, error) {
	if err := p.conditions.Allowed(ctx, o.customerID()); err != nil {
		return false, err
	}

	switch v := judge(o); v {
	case canceled:
		return false, nil
	case payable, delegated:
		return true, nil
	default:
		return false, refuseToCancel(o, v)
	}
}

// sendCancel makes the call, once, and finds out what became of it: an error
// may come after the act, and success before it shows. again says that nothing
// was done and that a further attempt is right.
func (p *Payer) sendCancel(ctx context.Context, orderID string) (again bool, _ error) {
	ctx, stop := context.WithTimeout(ctx, p.conditions.Timing.Act)
	defer stop()

	err := p.client.CancelOrder(ctx, orderID)
	notDone := err != nil && bssapi.NotDone(err)

	seen, untouched, lookErr := p.lookAfter(ctx, orderID, err, canceled, paid)
	if lookErr != nil {
		return false, &act.Doubt{Doing: act.DoingCancellation, Subject: act.Order(orderID), Err: err, LookErr: lookErr}
	}

	switch v := judge(seen); {
	case v == canceled:
		return false, nil
	case v == paid || v == notYet:
		return false, refuseToCancel(seen, v)
	case notDone:
		return untouched && errors.Is(err, bssapi.ErrThrottled), p.cancelRefused(ctx, orderID, err)
	default:
		return false, &act.Doubt{Doing: act.DoingCancellation, Subject: act.Order(orderID), Err: err}
	}
}

// refuseToCancel says why an order in this state is not canceled.
func refuseToCancel(o *order, v verdict) error {
	id := o.details.OrderID
	refusal := &act.Refusal{Field: act.FieldOrderID, Summary: "Order cannot be canceled"}

	switch {
	case v == paid && o.status() == bssapi.OrderStatusCanceled:
		refusal.Detail = fmt.Sprintf("Order %s was paid, and canceled after that. Look at its refund in the console.", id)
	case v == paid:
		refusal.Detail = fmt.Sprintf("Order %s is paid (%s), and only an unpaid order can be canceled. "+
			"What it bought can be unsubscribed.", id, bssapi.OrderStatuses.Word(o.status()))
	case v == notYet:
		refusal.Detail = fmt.Sprintf("Order %s is in status %s, and only an order that waits for its payment can be canceled. "+
			"Decline it in the console.", id, bssapi.OrderStatuses.Word(o.status()))
	default:
		refusal.Detail = fmt.Sprintf("Order %s is in status %s, which says nothing certain about its payment, so it is left as it is. "+
			"Look at it in the console.", id, bssapi.OrderStatuses.Word(o.status()))
	}

	return refusal
}

// cancelRefused words an answer that says that nothing was canceled.
func (p *Payer) cancelRefused(ctx context.Context, orderID string, err error) error {
	if errors.Is(err, bssapi.CodeSubOrder) {
		if combined, findErr := p.combinedOrder(ctx, orderID); findErr == nil && combined != nil {
			return subOrderRefusal(orderID, combined)
		}
	}

	return &act.Refusal{
		Summary: "Cancellation was refused",
		Detail:  fmt.Sprintf("Order %s is not canceled, and still waits for its payment.", orderID),
		Err:     err,
	}
}
