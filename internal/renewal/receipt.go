// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// The words for the status of a renewal.
const (
	// StatusReached: the resource is paid through the day.
	StatusReached = "reached"
	// StatusShort: an order for the day was carried out, and the resource ends
	// earlier all the same. Nothing more is ordered for this day.
	StatusShort = "short"
	// StatusProcessing: paid, and still being carried out.
	StatusProcessing = payment.StatusProcessing
	// StatusUnconfirmed: the API accepted the payment, and the order does not show it.
	StatusUnconfirmed = payment.StatusUnconfirmed
	// StatusAwaitingPayer: a master account has to pay the order.
	StatusAwaitingPayer = payment.StatusAwaitingPayer
	// StatusCanceled: the order was canceled after it was accepted.
	StatusCanceled = "canceled"
	// StatusPending: the day is recorded and not reached, and nothing was ordered
	// for it yet.
	StatusPending = "pending"
	// StatusImported: the resource was imported, and no day is recorded yet.
	StatusImported = "imported"
)

// Receipt is what is certain of a renewal.
type Receipt struct {
	ResourceID string
	// AccountID is empty where nothing was ordered.
	AccountID string
	Status    string
	// OrderIDs are the orders of the goal; none where the day was reached anyway.
	OrderIDs []string
	Currency string
	// AmountPaid is what was charged for all of them, null until somebody paid.
	AmountPaid  bssapi.Decimal
	PaymentTime string
	// StartedAt is the expiry before the renewal, empty where it is not known.
	StartedAt string
	// ExpireTime is when the resource ends, as it was read last.
	ExpireTime string
}

// Unfinished says whether something is still to happen to the renewal.
func (r Receipt) Unfinished() bool { return payment.Unfinished(r.Status) }

// add takes the payment of one more order in.
func (r *Receipt) add(paid payment.Receipt) {
	r.OrderIDs = append(r.OrderIDs, paid.OrderID)
	r.AccountID, r.Currency = paid.AccountID, paid.Currency

	if paid.PaymentTime > r.PaymentTime {
		r.PaymentTime = paid.PaymentTime
	}

	if !paid.AmountPaid.IsNull() {
		r.AmountPaid = r.AmountPaid.Add(paid.AmountPaid)
	}

	// Which of the orders is the farthest behind speaks for all; and a renewal is
	// not carried out before the resource ends later.
	status := paid.Status
	if status == payment.StatusCompleted {
		status = StatusProcessing
	}

	if r.Status == "" || status == StatusAwaitingPayer || status == StatusUnconfirmed && r.Status != StatusAwaitingPayer {
		r.Status = status
	}
}

// Finish waits until the renewal is carried out, or ctx ends. It never fails:
// what is missing is said in a warning and found by the next plan.
func (m *Machine) Finish(ctx context.Context, goal Goal, receipt Receipt) (Receipt, []act.Warning) {
	var lastErr error

	if receipt.Unfinished() {
		receipt, lastErr = act.Until(ctx, m.conditions, 0,
			func() (Receipt, error) {
				m.reader.Forget(goal.ResourceID)

				var err error

				// One that fails returns the receipt as it was.
				receipt, _, err = m.Refresh(ctx, goal, receipt)

				return receipt, err
			},
			// Who has to pay a delegated order is a person.
			func(seen Receipt, _ error) bool { return seen.Status == StatusAwaitingPayer || !seen.Unfinished() })
	}

	warnings := outcome(goal, receipt, lastErr)

	// What is attached may end earlier, which is said but judges nothing.
	if tree, err := m.reader.Tree(context.WithoutCancel(ctx), goal.ResourceID); err == nil && receipt.Status == StatusReached {
		warnings = append(warnings, endEarlier(tree, goal, 0)...)
	}

	return receipt, warnings
}

// Resume is [Machine.Finish] for who remembers the renewal already. One whose payment
// was accepted and still does not show is a [*act.Doubt]: people have to look at it.
func (m *Machine) Resume(ctx context.Context, goal Goal, receipt Receipt) (Receipt, []act.Warning, error) {
	receipt, warnings := m.Finish(ctx, goal, receipt)

	return receipt, warnings, receipt.Unconfirmed()
}

// Unconfirmed is the [*act.Doubt] of a renewal whose payment was accepted and does not
// show, nil for any other.
func (r Receipt) Unconfirmed() error {
	if r.Status != StatusUnconfirmed {
		return nil
	}

	return &act.Doubt{Doing: act.DoingPayment, Subject: act.Order(strings.Join(r.OrderIDs, ", "))}
}

// Refresh reads what became of a renewal. gone says that billing does not know
// the resource any more, which changes nothing about what was paid.
func (m *Machine) Refresh(ctx context.Context, goal Goal, prior Receipt) (next Receipt, gone bool, _ error) {
	next = prior

	resource, err := m.reader.Get(ctx, prior.ResourceID)
	gone = errors.Is(err, subscription.ErrUnknown)

	if err != nil && !gone {
		return prior, false, fmt.Errorf("reading resource %s: %w", prior.ResourceID, err)
	}

	if !gone {
		next.ExpireTime = resource.ExpireTime
	}

	if prior.Unfinished() {
		if err := m.refreshOrders(ctx, &next); err != nil {
			return prior, gone, err
		}
	}

	next.Status = m.judge(goal, next, gone || subscription.Closed(resource))

	return next, gone, nil
}

// refreshOrders reads the orders again and adds them up anew.
func (m *Machine) refreshOrders(ctx context.Context, receipt *Receipt) error {
	read := Receipt{ResourceID: receipt.ResourceID, StartedAt: receipt.StartedAt, ExpireTime: receipt.ExpireTime}

	var statuses []string

	for _, id := range receipt.OrderIDs {
		// An answer that may be older takes nothing away from what is known.
		before := payment.Receipt{OrderID: id, Status: receipt.Status, Currency: receipt.Currency, PaymentTime: receipt.PaymentTime}
		if len(receipt.OrderIDs) == 1 {
			before.AmountPaid = receipt.AmountPaid
		}

		paid, err := m.payer.Refresh(ctx, before)
		if errors.Is(err, bssapi.ErrNoOrder) {
			// One that is not listed (any more) says nothing new.
			return nil
		}

		if err != nil {
			return fmt.Errorf("reading order %s: %w", id, err)
		}

		read.add(paid)

		statuses = append(statuses, paid.Status)
	}

	// What was charged was charged: which of the orders it was for is not recorded, so
	// the sum stays where one of them is answered as from before its payment.
	if !receipt.AmountPaid.IsNull() && (read.AmountPaid.IsNull() || read.AmountPaid.Cmp(receipt.AmountPaid) < 0) {
		read.AmountPaid = receipt.AmountPaid
	}

	// carriedOut is told from processing by judge.
	switch {
	case slices.Contains(statuses, StatusAwaitingPayer):
		read.Status = StatusAwaitingPayer
	case slices.Contains(statuses, StatusUnconfirmed):
		read.Status = StatusUnconfirmed
	case slices.Contains(statuses, StatusProcessing):
		read.Status = StatusProcessing
	case slices.Contains(statuses, StatusCanceled):
		read.Status = StatusCanceled
	default:
		read.Status = payment.StatusCompleted
	}

	*receipt = read

	return nil
}

// judge is the status of a renewal, given what was read of its orders and of
// the end of the resource.
func (m *Machine) judge(goal Goal, receipt Receipt, gone bool) string {
	switch receipt.Status {
	case StatusImported, StatusAwaitingPayer, StatusUnconfirmed, StatusProcessing:
		return receipt.Status
	case StatusReached:
		// What was reached stays so when the resource has ended or is gone.
		if gone {
			return receipt.Status
		}
	}

	switch {
	case goal.PaidThrough.ReachedAt(receipt.ExpireTime):
		return StatusReached
	case receipt.Status == StatusCanceled, receipt.Status == StatusPending:
		return receipt.Status
	case receipt.Status == payment.StatusCompleted && receipt.ExpireTime == receipt.StartedAt && !m.client.Settled(receipt.PaymentTime):
		// Later, a renewal that does not show was taken back.
		return StatusProcessing
	default:
		return StatusShort
	}
}

// outcome warns of an end that is not the ordinary one.
func outcome(goal Goal, receipt Receipt, err error) []act.Warning {
	warning := act.Warning{Field: act.FieldResourceID}

	switch receipt.Status {
	case StatusProcessing:
		warning.Summary = "Renewal is paid, but not carried out yet"
		warning.Detail = fmt.Sprintf(
			"The renewal of resource %s is paid and still being carried out. Nothing is paid again: the next plan shows "+
				"what is left, and its apply waits for it.",
			goal.ResourceID,
		)
	case StatusUnconfirmed:
		warning.Summary = "Payment is accepted, but does not show"
		warning.Detail = fmt.Sprintf(
			"The API accepted the payment of order %s, which renews resource %s, and the order does not show it. No further payment is sent. "+
				"The next apply looks again, and records it.",
			strings.Join(receipt.OrderIDs, ", "),
			goal.ResourceID,
		)
	case StatusAwaitingPayer:
		warning.Summary = "A master account has to pay this order"
		warning.Detail = fmt.Sprintf(
			"The order that renews resource %s is accepted for payment but still unpaid: the account that pays for this "+
				"one has to pay it, before its deadline. No further payment is sent from here. The next apply waits for it and records it.",
			goal.ResourceID,
		)
	case StatusCanceled:
		warning.Summary = "Order was canceled"
		warning.Detail = fmt.Sprintf(
			"The order that renews resource %s is canceled. Look at it, and at its refund if it was paid, in the console. "+
				"Replace this resource (terraform apply -replace) to order again.",
			goal.ResourceID,
		)
	case StatusShort:
		return []act.Warning{Shortfall(goal, receipt)}
	default:
		return nil
	}

	if err != nil {
		warning.Detail += fmt.Sprintf(" The last look failed: %v", err)
	}

	return []act.Warning{warning}
}

// Shortfall warns of a resource that ends before the day although a renewal was
// carried out.
func Shortfall(goal Goal, receipt Receipt) act.Warning {
	ends := receipt.ExpireTime
	if at, err := bssapi.ParseTime(receipt.ExpireTime); err == nil {
		ends = dateOf(at).String()
	}

	return act.Warning{
		Field:   act.FieldPaidThrough,
		Summary: "Resource ends before the day",
		Detail: fmt.Sprintf("Resource %s was to be paid through %s, which was reached or ordered before, and is paid through %s now. Nothing "+
			"more is bought for the same day: set paid_through to a later day to buy more.", receipt.ResourceID, goal.PaidThrough, ends),
	}
}
