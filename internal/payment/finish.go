// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Finish waits until the payment is carried out, or ctx ends. It never fails:
// the payment is certain, and what is missing is said in a warning and found by
// the next plan.
func (p *Payer) Finish(ctx context.Context, receipt Receipt) (Receipt, []act.Warning) {
	look := act.After(receipt, func() (Receipt, error) {
		var err error

		// One that fails returns the receipt as it was.
		receipt, err = p.Refresh(ctx, receipt)

		return receipt, err
	})

	receipt, err := act.Until(ctx, p.conditions, 0, look, func(seen Receipt, _ error) bool { return !seen.Unfinished() })

	if receipt.Unfinished() {
		return receipt, []act.Warning{unfinished(receipt, err)}
	}

	return receipt, outcome(receipt)
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

	// An order that the API has accepted for payment shows as unpaid for a
	// moment, or until its master pays: it does not become unprocessed again.
	if next.Status == StatusAwaitingPayer && prior.Status != "" && prior.Status != StatusAwaitingPayer {
		return prior, nil
	}

	// What was charged does not change any more, and is known best right after.
	if !prior.AmountPaid.IsNull() {
		next.AmountPaid = prior.AmountPaid
	}

	next.TradeNumber = prior.TradeNumber

	return next, nil
}

// outcome warns of an end that is not the ordinary one.
func outcome(receipt Receipt) []act.Warning {
	if receipt.Status != bssapi.OrderStatuses.Word(bssapi.OrderStatusCanceled) {
		return nil
	}

	return []act.Warning{{
		Field:   act.FieldOrderID,
		Summary: "Order was canceled after it was paid",
		Detail: fmt.Sprintf("Order %s is canceled: what it ordered was not delivered. Look at its refund in the console.",
			receipt.OrderID),
	}}
}

func unfinished(receipt Receipt, err error) act.Warning {
	if receipt.Status == StatusAwaitingPayer {
		return awaiting(receipt.OrderID)
	}

	warning := act.Warning{
		Summary: "Payment is made, but not carried out yet",
		Detail: fmt.Sprintf("Order %s is paid and still %s. Nothing is paid again: applying again waits for "+
			"what is left.", receipt.OrderID, receipt.Status),
	}

	if err != nil {
		warning.Detail += fmt.Sprintf(" The last look failed: %v", err)
	}

	return warning
}

// Adopt reads the receipt of an order that is paid already, and refuses any
// other, so that nothing unpaid is taken for paid.
func (p *Payer) Adopt(ctx context.Context, orderID string) (Receipt, error) {
	o, err := p.look(ctx, orderID)
	if err != nil {
		return Receipt{}, p.explainLook(ctx, orderID, err)
	}

	v := judge(o)
	if err := p.refuse(ctx, o, v, Request{OrderID: orderID}); err != nil {
		return Receipt{}, err
	}

	if v != paid {
		return Receipt{}, &act.Refusal{
			Field:   act.FieldOrderID,
			Summary: "Order is not paid",
			Detail: fmt.Sprintf("Order %s is unpaid, and an import never pays. Leave the import out: a plan with this resource "+
				"shows what is due, and its apply pays.", orderID),
		}
	}

	receipt, _, err := p.adopt(ctx, o)

	return receipt, err
}
