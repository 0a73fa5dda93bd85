// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
)

// adopt makes the receipt of an order that is paid or delegated, from a look.
func (p *Payer) adopt(ctx context.Context, o *order) (Receipt, []act.Warning) {
	listed := o.listed

	// The details were read last, but an order that was paid once stays paid;
	// the list has what else a receipt needs.
	if IsPaid(o.details.Status) || !IsPaid(listed.Status) {
		listed.Status = o.details.Status
	}

	if o.details.PaymentTime != "" {
		listed.PaymentTime = o.details.PaymentTime
	}

	if o.details.AmountInfo != nil {
		listed.AmountInfo = o.details.AmountInfo
	}

	listed.AmountAfterDiscount = o.amount()
	listed.Currency = o.currency()
	listed.CustomerID = o.customerID()

	receipt, err := p.receipt(ctx, listed, nil)
	if err != nil {
		return receipt, []act.Warning{unreadable(receipt.OrderID, err)}
	}

	if receipt.Status == StatusAwaitingPayer {
		return receipt, []act.Warning{awaiting(receipt.OrderID)}
	}

	return receipt, nil
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

	receipt, _ := p.adopt(ctx, o)

	return receipt, nil
}
