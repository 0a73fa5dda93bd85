// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import (
	"context"
	"errors"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// The words for the status of an unsubscription.
const (
	// StatusProcessing: accepted, and its effect does not show yet.
	StatusProcessing = "processing"
	// StatusUnsubscribed: the resource is closed.
	StatusUnsubscribed = "unsubscribed"
	// StatusCompleted: the renewed terms are given back; the resource stays.
	StatusCompleted = "completed"
	// StatusCanceled: the order was canceled after it was accepted; nothing was
	// given back.
	StatusCanceled = "canceled"
)

// Receipt is what is certain of an unsubscription.
type Receipt struct {
	ResourceID string
	Scope      Scope
	Status     string
	// OrderID is empty where the answer that names it was lost, or where nothing
	// was sent.
	OrderID string
	// RefundAmount is what the order gives back, less what it keeps. Null while
	// it cannot be read, and where the order is not known.
	RefundAmount bssapi.Decimal
	// Currency is that of RefundAmount.
	Currency string
	// Before is the expiry before the unsubscription, ExpireTime the one that was
	// read last.
	Before     string
	ExpireTime string
}

func newReceipt(req Request, before bssapi.Resource) Receipt {
	return Receipt{
		ResourceID: req.ResourceID, Scope: req.Scope, Status: StatusProcessing, Before: before.ExpireTime, ExpireTime: before.ExpireTime,
	}
}

// Unfinished says whether something is still to happen to the unsubscription.
func (r Receipt) Unfinished() bool { return Unfinished(r.Status) }

// Unfinished says whether a receipt in this status is still to move.
func Unfinished(status string) bool { return status == StatusProcessing }

// finished is the status of what was carried out.
func finished(scope Scope) string {
	if scope == RenewalsOnly {
		return StatusCompleted
	}

	return StatusUnsubscribed
}

// Finish waits until the unsubscription is carried out, or ctx ends. It never
// fails: what is missing is said in a warning and found by the next plan.
func (m *Machine) Finish(ctx context.Context, receipt Receipt) (Receipt, []act.Warning) {
	var warnings []act.Warning

	look := act.After(receipt, func() (Receipt, error) {
		m.reader.Forget(receipt.ResourceID)

		next, more, err := m.Refresh(ctx, receipt)
		if err == nil {
			receipt, warnings = next, more
		}

		return receipt, err
	})

	receipt, err := act.Until(ctx, m.conditions, 0, look, func(seen Receipt, _ error) bool { return !seen.Unfinished() })
	if receipt.Unfinished() {
		return receipt, []act.Warning{unfinished(receipt, err)}
	}

	if receipt.Status == StatusCanceled {
		warnings = append(warnings, act.Warning{
			Field:   act.FieldResourceID,
			Summary: "Unsubscription was canceled",
			Detail: fmt.Sprintf(
				"Order %s is canceled: resource %s was not given back. To try again, replace this resource (terraform apply -replace).",
				receipt.OrderID,
				receipt.ResourceID,
			),
		})
	}

	return receipt, warnings
}

// Refresh reads what became of an unsubscription. One that is finished stays so,
// whatever becomes of the resource. It returns [subscription.ErrUnknown], and
// the receipt, where the account does not know the resource (any more). A refund
// that cannot be read is a warning.
func (m *Machine) Refresh(ctx context.Context, prior Receipt) (Receipt, []act.Warning, error) {
	next := prior

	resource, err := m.reader.Get(ctx, prior.ResourceID)
	unknown := errors.Is(err, subscription.ErrUnknown)

	switch {
	case unknown:
	case err != nil:
		return prior, nil, fmt.Errorf("reading resource %s: %w", prior.ResourceID, err)
	default:
		next.ExpireTime = resource.ExpireTime
	}

	var (
		order    bssapi.Order
		orderErr error
	)

	if prior.OrderID != "" && (prior.Unfinished() || prior.RefundAmount.IsNull()) {
		order, orderErr = m.order(ctx, prior.OrderID)
	}

	if prior.Unfinished() {
		next.Status = m.judge(prior, resource, order)

		// An order that does not show yet says nothing; what cannot be read may.
		if next.Unfinished() && orderErr != nil && !errors.Is(orderErr, bssapi.ErrNoOrder) {
			return prior, nil, orderErr
		}
	}

	var warnings []act.Warning

	if prior.OrderID != "" && prior.RefundAmount.IsNull() && (next.Status == StatusUnsubscribed || next.Status == StatusCompleted) {
		warnings = m.refund(ctx, &next, order, orderErr)
	}

	if unknown && (next.Unfinished() || !prior.Unfinished()) {
		return next, warnings, fmt.Errorf("reading resource %s: %w", prior.ResourceID, err)
	}

	return next, warnings, nil
}

// judge is the status of an unfinished unsubscription. The resource has no
// status where billing does not know it, the order none where it does not show.
func (m *Machine) judge(prior Receipt, resource bssapi.Resource, order bssapi.Order) string {
	carriedOut := order.Status == bssapi.OrderStatusCompleted
	// A resource that still shows no effect then has another life by now.
	longAgo := m.client.Settled(order.CreateTime)

	switch {
	case subscription.Closed(resource):
		return StatusUnsubscribed
	case order.Status == bssapi.OrderStatusCanceled:
		return StatusCanceled
	case prior.Scope == RenewalsOnly && earlier(resource.ExpireTime, prior.Before):
		return StatusCompleted
	case carriedOut && (resource.ResourceID == "" || longAgo):
		return finished(prior.Scope)
	default:
		return StatusProcessing
	}
}

// refund reads what the order gives back.
func (m *Machine) refund(ctx context.Context, receipt *Receipt, order bssapi.Order, err error) []act.Warning {
	var refunds []bssapi.Refund

	if err == nil {
		refunds, err = m.client.GetRefundOrder(ctx, receipt.OrderID)
	}

	total := bssapi.Decimal{}
	for _, one := range refunds {
		total = total.Sub(one.Amount)
	}

	if err == nil && !total.IsNull() {
		receipt.RefundAmount, receipt.Currency = total, order.Currency

		return nil
	}

	warning := act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Refund cannot be read yet",
		Detail: fmt.Sprintf("What order %s gives back is not known yet. The next plan or refresh reads it again.",
			receipt.OrderID),
	}

	if err != nil {
		warning.Detail += fmt.Sprintf(" The last answer: %v", err)
	}

	return []act.Warning{warning}
}

func unfinished(receipt Receipt, err error) act.Warning {
	warning := act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Unsubscription is accepted, but not carried out yet",
		Detail: fmt.Sprintf(
			"Order %s of resource %s is accepted, and its effect does not show yet. Nothing is sent again: the next plan shows what is "+
				"left, and its apply waits for it.",
			receipt.OrderID,
			receipt.ResourceID,
		),
	}

	if err != nil {
		warning.Detail += fmt.Sprintf(" The last look failed: %v", err)
	}

	return warning
}

func unreadable(receipt Receipt, err error) act.Warning {
	return act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Unsubscription is made, but could not be read back",
		Detail: fmt.Sprintf("Resource %s is being unsubscribed. The next apply records what is missing here. Reading it failed: %v",
			receipt.ResourceID, err),
	}
}

// Adopt reads the receipt of a resource that is closed already, and refuses any
// other, so that an import never unsubscribes.
func (m *Machine) Adopt(ctx context.Context, resourceID string) (Receipt, error) {
	tree, err := m.look(ctx, resourceID)
	if err != nil {
		return Receipt{}, err
	}

	if !subscription.Closed(tree.Resource) {
		return Receipt{}, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is not unsubscribed",
			Detail: fmt.Sprintf("Resource %s is %s, and an import never unsubscribes. Leave the import out: a plan with this resource shows what "+
				"would be given up, and its apply unsubscribes.", resourceID, bssapi.ResourceStatuses.Word(tree.Resource.Status)),
		}
	}

	return m.adopted(Request{ResourceID: resourceID}, tree.Resource), nil
}
