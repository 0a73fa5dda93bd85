// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Unsubscribe gives the resource, or its renewed terms, back, unless a fresh look
// shows that this is done: then nothing is sent. Whatever it returns without an
// error is certain; call [Machine.Finish] to wait for what is unfinished.
//
// Where an unsubscription is under way that may be about the resource, it waits
// until that is over, or ctx ends. Once a call was sent, the end of ctx does not
// stop it.
//
// It returns a [*act.Refusal] where nothing was given back, and a [*act.Doubt]
// where that cannot be told. A call that was accepted or left in doubt is not
// sent again by this Machine.
func (m *Machine) Unsubscribe(ctx context.Context, req Request) (Receipt, []act.Warning, error) {
	var waitedFor []string

	// Nothing of the resource is held while others are waited for.
	for waits := 1; ; waits++ {
		receipt, warnings, orders, err := m.unsubscribe(ctx, req, waitedFor)
		if len(orders) == 0 {
			return receipt, warnings, err
		}

		waitedFor = orders

		if err := m.conditions.Pause(ctx, waits); err != nil {
			return Receipt{}, nil, cutShort(ctx, req, waitedFor, err)
		}
	}
}

// unsubscribe gives the resource back, or returns the orders that have to be waited
// for first. Everything else in this run that acts on the resource waits from the
// look to the settled answer.
func (m *Machine) unsubscribe(
	ctx context.Context,
	req Request,
	waitedFor []string,
) (_ Receipt, _ []act.Warning, underWay []string, _ error) {
	defer m.conditions.Locks.Lock(act.Resource(req.ResourceID))()

	for attempt := 1; ; attempt++ {
		tree, err := m.look(ctx, req.ResourceID)
		if err != nil {
			return Receipt{}, nil, nil, cutShort(ctx, req, waitedFor, err)
		}

		if receipt, warnings, known, err := m.known(ctx, req, tree.Resource); known || err != nil {
			return receipt, warnings, nil, err
		}

		if err := req.planned(tree); err != nil {
			return Receipt{}, nil, nil, err
		}

		orders, err := m.underWay(ctx, tree.Resource)
		if err != nil {
			return Receipt{}, nil, nil, cutShort(ctx, req, waitedFor, err)
		}

		if len(orders) > 0 {
			return Receipt{}, nil, orders, nil
		}

		if err := m.conditions.Allowed(ctx, ""); err != nil {
			return Receipt{}, nil, nil, err
		}

		// The last point at which an interruption costs nothing.
		if err := ctx.Err(); err != nil {
			return Receipt{}, nil, nil, fmt.Errorf("interrupted before resource %s was unsubscribed; nothing was sent: %w", req.ResourceID, err)
		}

		receipt, warnings, again, err := m.attempt(ctx, req, tree.Resource)
		if !again || attempt >= m.conditions.Timing.Attempts || m.conditions.Pause(ctx, attempt) != nil {
			return receipt, warnings, nil, err
		}
	}
}

// known is the receipt of what needs no call, because it is done or because this
// run has sent it already. It refuses what is no longer as it was agreed.
func (m *Machine) known(ctx context.Context, req Request, resource bssapi.Resource) (_ Receipt, _ []act.Warning, known bool, _ error) {
	before, sentBefore := m.recall(req.ResourceID)

	switch {
	case req.Closed && !subscription.Closed(resource):
		return Receipt{}, nil, false, notClosed(req, resource)
	case req.Closed:
		return m.adopted(req, resource), []act.Warning{closedAlready(req)}, true, nil
	case sentBefore && before.doubt == nil && (before.scope == req.Scope || before.scope == ResourceAndRenewals):
		receipt, warnings, err := m.Refresh(ctx, before.receipt)
		if err != nil {
			return before.receipt, []act.Warning{unreadable(before.receipt, err)}, true, nil
		}

		return receipt, warnings, true, nil
	case subscription.Closed(resource):
		return m.adopted(req, resource), []act.Warning{closedAlready(req)}, true, nil
	case sentBefore && before.doubt != nil:
		return Receipt{}, nil, false, before.doubt
	case req.ExpireTime == "" || req.ExpireTime == resource.ExpireTime:
		return Receipt{}, nil, false, nil
	case effect(req.Scope, req.ExpireTime, resource):
		return m.adopted(req, resource), []act.Warning{movedBack(req, resource)}, true, nil
	default:
		return Receipt{}, nil, false, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Expiry moved since the plan",
			Detail: fmt.Sprintf(
				"Resource %s ends at %s now, not at %s as planned: somebody renewed or changed it. Nothing was unsubscribed. Plan again.",
				req.ResourceID,
				resource.ExpireTime,
				req.ExpireTime,
			),
		}
	}
}

// notClosed refuses a resource of which the plan said that nothing is left to do.
func notClosed(req Request, resource bssapi.Resource) error {
	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Resource is not closed after all",
		Detail: fmt.Sprintf("The plan said that resource %s is closed already and would only be recorded. It is %s now. Nothing was "+
			"unsubscribed. Plan again: the plan states what is given up.", req.ResourceID, bssapi.ResourceStatuses.Word(resource.Status)),
	}
}

func closedAlready(req Request) act.Warning {
	return act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Resource is closed already",
		Detail: fmt.Sprintf(
			"Resource %s is closed, so nothing was sent. Which order closed it, and what that gave back, cannot be told from the "+
				"resource: look at the orders in the console.",
			req.ResourceID,
		),
	}
}

func movedBack(req Request, resource bssapi.Resource) act.Warning {
	return act.Warning{
		Field:   act.FieldScope,
		Summary: "Renewed terms are given back already",
		Detail: fmt.Sprintf(
			"Resource %s ends at %s now, and ended at %s as this was planned, so nothing was sent. Which order gave the terms back "+
				"cannot be told: look at the orders in the console.",
			req.ResourceID,
			resource.ExpireTime,
			req.ExpireTime,
		),
	}
}

// adopted is the receipt of what somebody else did, or an apply that was cut
// off.
func (m *Machine) adopted(req Request, resource bssapi.Resource) Receipt {
	receipt := newReceipt(req, resource)
	receipt.Status, receipt.ExpireTime = finished(req.Scope), resource.ExpireTime

	if subscription.Closed(resource) {
		receipt.Status = StatusUnsubscribed
	}

	return receipt
}

// attempt sends one unsubscription and finds out what became of it. again says
// that nothing was done and that a further attempt, after a further look, is
// right.
func (m *Machine) attempt(ctx context.Context, req Request, before bssapi.Resource) (_ Receipt, _ []act.Warning, again bool, _ error) {
	// From here to the end of the look, an interruption would leave something
	// deleted and nobody who knows.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)
	defer cancel()

	answer, open := m.send(ctx, req, before)
	if open == nil {
		receipt, warnings := m.accepted(ctx, req, before, answer)

		return receipt, warnings, false, nil
	}

	// The answer is not the truth: an error may come after the act, and "gone
	// already" may be our own doing.
	switch {
	case open.lookErr == nil && effect(req.Scope, before.ExpireTime, open.seen):
		receipt, warnings := m.found(ctx, req, before, open)

		return receipt, warnings, false, nil
	case open.lookErr == nil && req.Scope == RenewalsOnly && errors.Is(open.err, bssapi.CodeNoRenewedPeriod):
		receipt := m.adopted(req, open.seen)
		m.remember(req.ResourceID, sent{scope: req.Scope, receipt: receipt})

		return receipt, []act.Warning{
			{
				Field:   act.FieldScope,
				Summary: "There was no renewed term to give back",
				Detail: fmt.Sprintf(
					"Resource %s has no renewed term that has not started: there was none, or it was given back before, for example by an apply "+
						"that was cut off. Nothing was given back now.",
					req.ResourceID,
				),
			},
		}, false, nil
	case open.lookErr == nil && refused(open.err):
		return Receipt{}, nil, errors.Is(open.err, bssapi.ErrThrottled), refusal(req, open.err)
	default:
		doubt := &act.Doubt{
			Doing: act.DoingUnsubscription, Subject: act.Resource(req.ResourceID),
			Err: open.err, LookErr: open.lookErr, Orders: orderIDs(open.orders),
		}
		m.remember(req.ResourceID, sent{scope: req.Scope, doubt: doubt})

		return Receipt{}, nil, false, doubt
	}
}

// unsettled is what came of a call that was not plainly accepted.
type unsettled struct {
	err error
	// seen is the resource after the call, where lookErr is nil.
	seen    bssapi.Resource
	lookErr error
	// orders were placed since the call was sent, and may be of it.
	orders []bssapi.Order
}

// send makes the call, once. Where it is not accepted, it looks what became of
// it.
func (m *Machine) send(ctx context.Context, req Request, before bssapi.Resource) (*bssapi.OrderedResources, *unsettled) {
	// Held too while a doubt is looked into.
	defer m.conditions.Locks.Lock(act.Sending("unsubscribe_resources"))()

	begun := m.client.Now().Add(-bssapi.ClockMargin)
	call := bssapi.UnsubscribeResourcesRequest{ResourceIDs: []string{req.ResourceID}, Type: req.Scope.wire()}

	if req.Reason != "" {
		call.ReasonType, call.Reason = bssapi.UnsubscribeReasonOther, req.Reason
	}

	m.reader.Forget(req.ResourceID)
	answer, err := m.client.UnsubscribeResources(ctx, call)
	m.reader.Forget(req.ResourceID)

	if err == nil {
		err = failure(answer, req.ResourceID)
	}

	if err == nil {
		for _, id := range answer.OrderIDs {
			m.own(id, req.ResourceID)
		}

		return answer, nil
	}

	return nil, m.lookAfter(ctx, req, before, begun, err)
}

// failure is why an answer does not accept the call, nil if it does.
func failure(answer *bssapi.OrderedResources, id string) error {
	failed := answer.Failure(id)

	switch {
	case failed != nil && len(answer.OrderIDs) > 0:
		return fmt.Errorf(
			"%w: it names both order %s and a failure (%s)",
			bssapi.ErrUnreadable,
			strings.Join(answer.OrderIDs, ", "),
			failed.Error(),
		)
	case failed != nil:
		return failed
	case len(answer.OrderIDs) == 0:
		return fmt.Errorf("%w: it names no order, and no failure of resource %s", bssapi.ErrUnreadable, id)
	default:
		return nil
	}
}

// refused says whether an answer is certain to say that nothing was done.
// "Gone", "unknown" and "being released" can be the effect of the call itself.
func refused(err error) bool {
	switch {
	case errors.Is(err, bssapi.CodeResourceUnknown), errors.Is(err, bssapi.CodeBeingReleased):
		return false
	case errors.Is(err, bssapi.CodeResourceInUnpaidOrder):
		return true
	default:
		return bssapi.NotDone(err)
	}
}

// leastLooks is how often an outcome in doubt is looked at, however long a look
// takes.
const leastLooks = 3

// lookAfter reads the resource, and the unsubscriptions since the call, until the
// effect shows, or for as long as that may take. One look does where nothing was
// done and no order is there that could be of the call.
func (m *Machine) lookAfter(ctx context.Context, req Request, before bssapi.Resource, begun time.Time, cause error) *unsettled {
	deadline := m.conditions.Clock.Now().Add(m.conditions.Timing.Settle)
	open := &unsettled{err: cause}

	for attempt := 1; ; attempt++ {
		open.seen, open.lookErr = m.reader.Fresh(ctx, req.ResourceID)

		orders, err := m.recent(ctx, begun, before)
		if err == nil {
			// They name what was done; whether it was, the resource shows.
			open.orders = orders
		}

		// A throttled call is sent again only after all that time.
		nothing := refused(cause) && !errors.Is(cause, bssapi.ErrThrottled) && err == nil && len(orders) == 0
		if open.lookErr == nil && (nothing || effect(req.Scope, before.ExpireTime, open.seen)) {
			return open
		}

		late := attempt >= leastLooks && !m.conditions.Clock.Now().Before(deadline)
		if late || m.conditions.Pause(ctx, attempt) != nil {
			return open
		}
	}
}

// accepted makes the receipt of an unsubscription that the API has accepted.
// That is certain, so nothing that fails from here on is an error.
func (m *Machine) accepted(
	ctx context.Context,
	req Request,
	before bssapi.Resource,
	answer *bssapi.OrderedResources,
) (Receipt, []act.Warning) {
	receipt := newReceipt(req, before)
	receipt.OrderID = answer.OrderIDs[0]
	m.remember(req.ResourceID, sent{scope: req.Scope, receipt: receipt})

	var warnings []act.Warning

	if others := answer.OrderIDs[1:]; len(others) > 0 {
		warnings = append(warnings, act.Warning{
			Field:   act.FieldResourceID,
			Summary: "Unsubscription has several orders",
			Detail: fmt.Sprintf("The unsubscription of resource %s made orders %s. Only the first is recorded, with its refund.",
				req.ResourceID, strings.Join(answer.OrderIDs, ", ")),
		})
	}

	for _, failed := range answer.FailResourceInfos {
		warnings = append(warnings, act.Warning{
			Field:   act.FieldResourceID,
			Summary: "Another resource was not unsubscribed",
			Detail: fmt.Sprintf("Resource %s is unsubscribed, but of resource %s the API says: %v",
				req.ResourceID, failed.ResourceID, answer.Failure(failed.ResourceID)),
		})
	}

	next, more, err := m.Refresh(ctx, receipt)
	if err != nil {
		return receipt, append(warnings, unreadable(receipt, err))
	}

	return next, append(warnings, more...)
}

// found makes the receipt of an unsubscription whose effect shows although its
// answer did not say so.
func (m *Machine) found(ctx context.Context, req Request, before bssapi.Resource, open *unsettled) (Receipt, []act.Warning) {
	receipt := m.adopted(req, open.seen)
	receipt.Before = before.ExpireTime

	var warnings []act.Warning

	if len(open.orders) == 1 {
		receipt.OrderID = open.orders[0].OrderID
		m.own(receipt.OrderID, req.ResourceID)
	} else {
		warnings = append(warnings, lost(req, open))
	}

	m.remember(req.ResourceID, sent{scope: req.Scope, receipt: receipt})

	next, more, err := m.Refresh(ctx, receipt)
	if err != nil {
		return receipt, append(warnings, unreadable(receipt, err))
	}

	return next, append(warnings, more...)
}

func lost(req Request, open *unsettled) act.Warning {
	warning := act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Order of the unsubscription is not known",
		Detail: fmt.Sprintf(
			"Resource %s is unsubscribed, but the answer that names its order was lost (%v). order_id and refund_amount stay null: "+
				"look at the orders in the console.",
			req.ResourceID,
			open.err,
		),
	}

	if len(open.orders) > 0 {
		warning.Detail += " It is one of " + strings.Join(orderIDs(open.orders), ", ") + "."
	}

	return warning
}

// cutShort is why a look failed: where ctx ended while unsubscriptions were
// waited for, these are the reason.
func cutShort(ctx context.Context, req Request, orders []string, err error) error {
	if len(orders) == 0 || ctx.Err() == nil {
		return err
	}

	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "An unsubscription may be under way",
		Detail: fmt.Sprintf("%s being carried out, and may be of resource %s, which does not show as closed yet: no order names its resource. "+
			"Nothing was sent. Apply again once that is over, or raise the timeout.", areOrders(orders), req.ResourceID),
	}
}

func areOrders(orders []string) string {
	if len(orders) == 1 {
		return "Unsubscription " + orders[0] + " is"
	}

	return "Unsubscriptions " + strings.Join(orders, ", ") + " are"
}

// refusal words an answer that says that nothing was given back.
func refusal(req Request, err error) error {
	worded := &act.Refusal{Field: act.FieldResourceID, Summary: "Unsubscription was refused", Err: err}
	nothing := fmt.Sprintf("Resource %s was not unsubscribed", req.ResourceID)

	switch {
	case errors.Is(err, bssapi.CodeResourceInUnpaidOrder):
		worded.Summary = "Resource is part of an unpaid order"
		worded.Detail = nothing + ": an unpaid order holds it. Pay that order or cancel it, and apply again."
	case errors.Is(err, bssapi.CodeNoRenewedPeriod):
		worded.Field = act.FieldScope
		worded.Detail = nothing + ": it has no term of that kind to give back."
	case errors.Is(err, bssapi.CodeBandwidthAddOnExists):
		worded.Field = act.FieldScope
		worded.Detail = nothing + ": with a bandwidth add-on, a renewed term cannot be given back. Give the add-on back first, in the console."
	case errors.Is(err, bssapi.CodeNotPrimary):
		worded.Summary = "Resource is attached to another"
		worded.Detail = nothing + ": it goes along with its primary resource. Set resource_id to that one to give both back."
	case errors.Is(err, bssapi.CodeResourceFrozen), errors.Is(err, bssapi.CodeFrozenRefused):
		worded.Summary = "Resource or account is frozen"
		worded.Detail = nothing + ". Have it unfrozen first, in the console or by the vendor's support."
	case errors.Is(err, bssapi.CodeHandledAsWhole):
		worded.Detail = nothing + ": it is handled as a whole with others. Unsubscribe it in the console."
	case errors.Is(err, bssapi.CodeSavingsPlanStays), errors.Is(err, bssapi.CodeInvoicedStays), errors.Is(err, bssapi.CodeServiceTypeStays),
		errors.Is(err, bssapi.CodePackageStays), errors.Is(err, bssapi.CodeTrialStays), errors.Is(err, bssapi.CodeMarketplaceStays),
		errors.Is(err, bssapi.CodeDevCloudStays):
		worded.Summary = "Product cannot be unsubscribed"
		worded.Detail = nothing + ", and cannot be: its kind of product runs until it expires."
	case errors.Is(err, bssapi.ErrThrottled):
		worded.Field = act.FieldNone
		worded.Detail = nothing + ": the API takes no more calls now. Apply again later."
	default:
		worded.Detail = nothing + ", and nothing was given back."
	}

	return worded
}
