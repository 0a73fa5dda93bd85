// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"errors"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Finish waits until the payment is carried out, or ctx ends. It never fails, so
// that what was paid or accepted is remembered: what is missing is said in a
// warning, and found by the next plan.
func (p *Payer) Finish(ctx context.Context, receipt Receipt) (Receipt, []act.Warning) {
	receipt, err := p.await(ctx, receipt)
	if receipt.Unfinished() {
		return receipt, []act.Warning{unfinished(receipt, err)}
	}

	return receipt, Outcome(receipt)
}

// Resume is [Payer.Finish] for who remembers the payment already. One that was
// accepted and still does not show is a [*act.Doubt]: people have to look at it.
func (p *Payer) Resume(ctx context.Context, receipt Receipt) (Receipt, []act.Warning, error) {
	if !receipt.Unfinished() {
		return receipt, nil, nil
	}

	receipt, err := p.await(ctx, receipt)

	switch {
	case receipt.Status == StatusUnconfirmed:
		return receipt, nil, &act.Doubt{Doing: act.DoingPayment, Subject: act.Order(receipt.OrderID), LookErr: err}
	case receipt.Unfinished():
		return receipt, []act.Warning{unfinished(receipt, err)}, nil
	default:
		return receipt, Outcome(receipt), nil
	}
}

// await looks until the payment is carried out, or ctx ends. An error is that of
// the last look, which then shows nothing new.
func (p *Payer) await(ctx context.Context, receipt Receipt) (Receipt, error) {
	look := act.After(receipt, func() (Receipt, error) {
		var err error

		// One that fails returns the receipt as it was.
		receipt, err = p.Refresh(ctx, receipt)

		return receipt, err
	})

	receipt, err := act.Until(ctx, p.conditions, 0, look, func(seen Receipt, _ error) bool { return !seen.Unfinished() })

	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = nil
	}

	return receipt, err
}

// Refresh reads what became of a payment. [bssapi.ErrNoOrder] means that the account
// has no such order (any more).
func (p *Payer) Refresh(ctx context.Context, prior Receipt) (Receipt, error) {
	listed, err := p.client.FindOrder(ctx, prior.OrderID)
	if err != nil {
		return prior, err
	}

	next, err := p.receipt(ctx, listed, prior.ResourceIDs)
	if err != nil {
		return prior, err
	}

	// What is known does not become less by an answer that may be older. Only a
	// payment or a cancellation settles what is not certain yet.
	if prior.Status != "" && !isPaid(listed) && listed.Status != bssapi.OrderStatusCanceled &&
		(next.Unfinished() || prior.Status == StatusUnconfirmed || prior.Status == StatusAwaitingPayer) {
		prior.AccountID = next.AccountID

		return prior, nil
	}

	// What was charged does not change any more, and is known best right after.
	if !prior.AmountPaid.IsNull() {
		next.AmountPaid = prior.AmountPaid
	}

	next.TradeNumber = prior.TradeNumber

	return next, nil
}
