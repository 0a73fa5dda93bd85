// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Convert changes the resource, with what is attached to it, to pay-per-use, unless
// a fresh look shows that this is done or asked for: then nothing is sent. Whatever
// it returns without an error is certain; call [Machine.Finish] to wait for what is
// unfinished.
//
// Where a conversion is carried out that may be about the resource, it waits until
// that is over, or ctx ends. It does not wait for a review. Once a call was sent,
// the end of ctx does not stop it.
//
// It returns a [*act.Refusal] where nothing was converted, and a [*act.Doubt] where
// that cannot be told. A call that was accepted or left in doubt is not sent again
// by this Machine.
func (m *Machine) Convert(ctx context.Context, req Request) (Receipt, []act.Warning, error) {
	if err := m.client.CanConvertNow(ctx); err != nil {
		return Receipt{}, nil, err
	}

	var waitedFor candidates

	// Nothing of the resource is held while others are waited for.
	for waits := 1; ; waits++ {
		receipt, warnings, orders, err := m.convert(ctx, req, waitedFor)
		if len(orders) == 0 {
			return receipt, warnings, err
		}

		waitedFor = orders

		if onlyReviews(orders) {
			return Receipt{}, nil, inTheWay(req, orders)
		}

		if err := m.conditions.Pause(ctx, waits); err != nil {
			return Receipt{}, nil, inTheWay(req, orders)
		}
	}
}

func onlyReviews(orders candidates) bool {
	return !slices.ContainsFunc(orders, func(order bssapi.Order) bool { return order.Status != bssapi.OrderStatusPendingApproval })
}

// convert converts the resource, or returns the orders that have to be waited for
// first. Everything else in this run that acts on the resource waits from the look
// to the settled answer.
func (m *Machine) convert(
	ctx context.Context,
	req Request,
	waitedFor candidates,
) (_ Receipt, _ []act.Warning, underWay candidates, _ error) {
	defer m.conditions.Locks.Lock(act.Resource(req.ResourceID))()

	for attempt := 1; ; attempt++ {
		// What this run knows is done is not looked at: it may not show any more.
		if before, known := m.recall(req.ResourceID); known && before.doubt == nil {
			receipt, warnings := m.again(ctx, before.receipt)

			return receipt, warnings, nil, nil
		}

		tree, err := m.look(ctx, req.ResourceID)
		if err != nil {
			return Receipt{}, nil, nil, cutShort(ctx, req, waitedFor, err)
		}

		if subscription.Closed(tree.Resource) {
			receipt, warning, err := m.ended(ctx, tree.Resource)
			if err != nil {
				return Receipt{}, nil, nil, cutShort(ctx, req, waitedFor, err)
			}

			m.Know(receipt)

			return receipt, []act.Warning{warning}, nil, nil
		}

		if before, known := m.recall(req.ResourceID); known {
			return Receipt{}, nil, nil, before.doubt
		}

		if err := req.planned(tree); err != nil {
			return Receipt{}, nil, nil, err
		}

		own, maybe, err := m.underWay(ctx, tree.Resource)

		switch {
		case err != nil:
			return Receipt{}, nil, nil, cutShort(ctx, req, waitedFor, err)
		case own != nil:
			receipt, warnings := m.again(ctx, taken(tree.Resource, *own))

			return receipt, append([]act.Warning{recorded(receipt)}, warnings...), nil, nil
		case len(maybe) > 0:
			return Receipt{}, nil, maybe, nil
		}

		// What is only recorded converts nothing.
		if err := req.converts(tree); err != nil {
			return Receipt{}, nil, nil, err
		}

		if err := m.allowed(ctx, req); err != nil {
			return Receipt{}, nil, nil, err
		}

		// The last point at which an interruption costs nothing.
		if err := ctx.Err(); err != nil {
			return Receipt{}, nil, nil, fmt.Errorf("interrupted before resource %s was converted; nothing was sent: %w", req.ResourceID, err)
		}

		receipt, warnings, again, err := m.attempt(ctx, req, tree.Resource)
		if !again || attempt >= m.conditions.Timing.Attempts || m.conditions.Pause(ctx, attempt) != nil {
			return receipt, warnings, nil, err
		}
	}
}

// again reads a conversion that is there.
func (m *Machine) again(ctx context.Context, receipt Receipt) (Receipt, []act.Warning) {
	m.Know(receipt)

	next, err := m.Refresh(ctx, receipt)
	if err != nil {
		return receipt, []act.Warning{unreadable(receipt, err)}
	}

	return next, nil
}

// taken is the receipt of an order that the API shows to be of the resource.
func taken(resource bssapi.Resource, order bssapi.Order) Receipt {
	receipt := adopted(resource, order)
	receipt.Status = StatusProcessing

	if order.Status == bssapi.OrderStatusPendingApproval {
		receipt.Status = StatusUnderReview
	}

	if end, over := ends[order.Status]; over {
		receipt.Status = end
	}

	return receipt
}

// attempt sends one conversion and finds out what became of it. again says that
// nothing was done and that a further attempt, after a further look, is right.
func (m *Machine) attempt(ctx context.Context, req Request, before bssapi.Resource) (_ Receipt, _ []act.Warning, again bool, _ error) {
	// From here to the end of the look, an interruption would leave something
	// converted and nobody who knows.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)
	defer cancel()

	answer, open := m.send(ctx, req, before)
	if open == nil {
		receipt, warnings := m.accepted(ctx, before, answer)

		return receipt, warnings, false, nil
	}

	// The answer is not the truth: an error may come after the act.
	switch {
	case open.converted:
		receipt, warnings := m.found(ctx, before, open)

		return receipt, warnings, false, nil
	case open.lookErr == nil && refused(open.err) && (open.untouched || !errors.Is(open.err, bssapi.ErrThrottled)):
		return Receipt{}, nil, errors.Is(open.err, bssapi.ErrThrottled), m.refusal(ctx, req, before, open.err)
	default:
		doubt := &act.Doubt{
			Doing: act.DoingConversion, Subject: act.Resource(req.ResourceID),
			Err: open.err, LookErr: open.lookErr, Orders: open.orders.ids(),
		}
		m.doubt(req.ResourceID, doubt)

		return Receipt{}, nil, false, doubt
	}
}

// answered is an answer that accepts the conversion.
type answered struct {
	result bssapi.OnDemandConversion
	others []bssapi.OnDemandConversion
	// begun is when the call was sent, by the clock of the API.
	begun time.Time
}

// unsettled is what came of a call that was not plainly accepted.
type unsettled struct {
	err error
	// converted says that the resource shows as converted since the call was sent,
	// untouched that it shows as before.
	converted, untouched bool
	lookErr              error
	// orders were placed since the call was sent, and may be of it.
	orders candidates
	begun  time.Time
}

// send makes the call, once. Where it is not accepted, it looks what became of it.
func (m *Machine) send(ctx context.Context, req Request, before bssapi.Resource) (*answered, *unsettled) {
	// Held too while a doubt is looked into.
	defer m.conditions.Locks.Lock(act.Sending("convert_to_on_demand_now"))()

	begun := m.client.Now()

	m.reader.Forget(req.ResourceID)
	results, err := m.client.ConvertToOnDemandNow(ctx, bssapi.ConvertToOnDemandNowRequest{ResourceIDs: []string{req.ResourceID}})
	m.reader.Forget(req.ResourceID)

	answer := answered{begun: begun}
	if err == nil {
		answer.result, answer.others, err = resultOf(results, req.ResourceID)
	}

	if err == nil {
		m.Know(receiptOf(before, answer))

		return &answer, nil
	}

	return nil, m.lookAfter(ctx, req, before, begun, err)
}

// resultOf is what an answer says of the resource. The error is why that does not
// accept the conversion.
func resultOf(results []bssapi.OnDemandConversion, id string) (own bssapi.OnDemandConversion, others []bssapi.OnDemandConversion, _ error) {
	rows := 0

	for _, row := range results {
		if row.ResourceID == id {
			own = row
			rows++
		} else {
			others = append(others, row)
		}
	}

	unreadable := func(format string, arguments ...any) error {
		return fmt.Errorf("%w: %s", bssapi.ErrUnreadable, fmt.Sprintf(format, arguments...))
	}

	switch accepts := own.Result == bssapi.ConversionSuccess || own.Result == bssapi.ConversionAudit; {
	case rows != 1:
		return own, others, unreadable("it has %d results of resource %s", rows, id)
	case own.Result == bssapi.ConversionFail && own.OrderID != "":
		return own, others, unreadable("it names both order %s and a failure (%s)", own.OrderID, own.Failure().Error())
	case own.Result == bssapi.ConversionFail:
		return own, others, &failedError{own.Failure()}
	case accepts && own.ErrorCode != "" && own.ErrorCode != bssapi.CodeSuccess:
		return own, others, unreadable("it says both %s and %s (%s)", own.Result, own.ErrorCode, own.ErrorMessage)
	case accepts:
		return own, others, nil
	default:
		return own, others, unreadable("its result of resource %s is %q", id, own.Result)
	}
}

// failedError is the answer that the conversion of the resource failed.
type failedError struct{ error }

func (e *failedError) Unwrap() error { return e.error }

// refused says whether an answer is certain to say that nothing was done. A failure
// of the resource is, whatever its code, but for one that the vendor gives where
// nobody knows.
func refused(err error) bool {
	var failed *failedError

	switch {
	case errors.Is(err, bssapi.ErrServer):
		return false
	case errors.As(err, &failed), errors.Is(err, bssapi.CodeResourceInUnpaidOrder):
		return true
	default:
		return bssapi.NotDone(err)
	}
}

// leastLooks is how often an outcome in doubt is looked at, however long a look
// takes.
const leastLooks = 3

// lookAfter reads the resource, and the conversions since the call, until the effect
// shows, or for as long as that may take. One look does where nothing was done and
// no order is there that could be of the call.
func (m *Machine) lookAfter(ctx context.Context, req Request, before bssapi.Resource, begun time.Time, cause error) *unsettled {
	deadline := m.conditions.Clock.Now().Add(m.conditions.Timing.Settle)
	open := &unsettled{err: cause, begun: begun}

	for attempt := 1; ; attempt++ {
		seen, err := m.reader.Fresh(ctx, req.ResourceID)
		ended := errors.Is(err, subscription.ErrUnknown) || err == nil && subscription.Closed(seen)
		open.lookErr = nil

		if err != nil && !ended {
			open.lookErr = err
		}

		orders, err := m.about(ctx, begun.Add(-bssapi.ClockMargin), req.ResourceID, before.ServiceTypeCode)
		if err == nil {
			open.orders = orders
		} else {
			open.lookErr = errors.Join(open.lookErr, err)
		}

		open.untouched = open.lookErr == nil && !ended && len(orders) == 0
		open.converted = open.lookErr == nil && ended && len(orders.completed()) > 0

		// A throttled call is sent again only after all that time.
		nothing := refused(cause) && !errors.Is(cause, bssapi.ErrThrottled) && open.untouched
		if open.converted || nothing {
			return open
		}

		late := attempt >= leastLooks && !m.conditions.Clock.Now().Before(deadline)
		if late || m.conditions.Pause(ctx, attempt) != nil {
			return open
		}
	}
}

func receiptOf(before bssapi.Resource, answer answered) Receipt {
	receipt := Receipt{
		ResourceID: before.ResourceID, Status: StatusProcessing, OrderID: answer.result.OrderID,
		RequestTime: answer.begun.UTC().Format(bssapi.TimeLayout), ExpireTime: before.ExpireTime, Service: before.ServiceTypeCode,
	}

	if answer.result.Result == bssapi.ConversionAudit {
		receipt.Status = StatusUnderReview
	}

	return receipt
}

// accepted makes the receipt of a conversion that the API has accepted. That is
// certain, so nothing that fails from here on is an error.
func (m *Machine) accepted(ctx context.Context, before bssapi.Resource, answer *answered) (Receipt, []act.Warning) {
	var warnings []act.Warning

	for _, other := range answer.others {
		warnings = append(warnings, act.Warning{
			Field:   act.FieldResourceID,
			Summary: "Another resource is in the answer",
			Detail: fmt.Sprintf(
				"The conversion of resource %s is accepted. The answer also says %s of resource %s, which was not "+
					"asked for. Look at it in the console.",
				before.ResourceID,
				other.Result,
				other.ResourceID,
			),
		})
	}

	receipt, more := m.again(ctx, receiptOf(before, *answer))

	if receipt.OrderID == "" && receipt.Status != StatusUnderReview {
		warnings = append(warnings, orderUnknown(act.Warning{
			Field:   act.FieldResourceID,
			Summary: "Order of the conversion is not known",
			Detail: fmt.Sprintf("The conversion of resource %s is accepted, but the answer names no order. These can be its own: %s.",
				before.ResourceID, cmp.Or(receipt.MayBe, "none shows yet")),
		}))
	}

	return receipt, append(warnings, more...)
}

// found makes the receipt of a conversion whose effect shows although its answer did
// not say so. Its order is known only where the API itself shows whose it is.
func (m *Machine) found(ctx context.Context, before bssapi.Resource, open *unsettled) (Receipt, []act.Warning) {
	receipt := adopted(before, bssapi.Order{})
	receipt.RequestTime = open.begun.UTC().Format(bssapi.TimeLayout)

	var warnings []act.Warning

	if own, _, err := m.own(ctx, open.orders.completed(), before.ResourceID); err == nil && len(own) == 1 {
		receipt.OrderID, receipt.RequestTime = own[0].OrderID, own[0].CreateTime
	} else {
		warnings = append(warnings, orderUnknown(act.Warning{
			Field:   act.FieldResourceID,
			Summary: "Order of the conversion is not known",
			Detail: fmt.Sprintf("Resource %s is converted, but the answer that names its order was lost (%v). These can be its own: %s.",
				before.ResourceID, open.err, open.orders),
		}))
	}

	m.Know(receipt)

	return receipt, warnings
}
