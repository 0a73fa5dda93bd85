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

// attempt sends one payment and finds out what became of it. again says that
// nothing was done and that a further attempt, after a further look, is right.
func (p *Payer) attempt(ctx context.Context, o *order, req Request, prepared *prepared) (_ Receipt, _ []act.Warning, again bool, _ error) {
	// From here to the end of the look, an interruption would leave money spent
	// and nobody who knows.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.conditions.Timing.Act)
	defer cancel()

	release, err := p.conditions.Spending.Reserve(prepared.bound, o.currency())
	if err != nil {
		return Receipt{}, nil, false, act.NotSpent(act.FieldOrderID,
			fmt.Sprintf("Order %s was not paid, and nothing was charged.", req.OrderID), err)
	}

	trade, err := p.send(ctx, o, req, prepared)
	if err == nil {
		receipt, warnings := p.accepted(ctx, o, trade)

		return discounted(receipt, o, prepared), warnings, false, nil
	}

	// The answer is not the truth: an error may come after the act, and "the
	// status has changed" may be our own doing.
	notDone := bssapi.NotDone(err)

	seen, untouched, lookErr := p.lookAfter(ctx, req.OrderID, err, paid, delegated)
	if lookErr != nil {
		return Receipt{}, nil, false, &act.Doubt{Doing: act.DoingPayment, Subject: act.Order(req.OrderID), Err: err, LookErr: lookErr}
	}

	switch v := judge(seen); {
	case v == paid || v == delegated:
		receipt, warnings := p.adopt(ctx, seen)

		// Where it was not refused, it was this payment, with its discount.
		if !notDone {
			receipt = discounted(receipt, o, prepared)
		}

		return receipt, warnings, false, nil
	case !notDone:
		// No other status proves that the call did nothing.
		return Receipt{}, nil, false, &act.Doubt{
			Doing: act.DoingPayment, Subject: act.Order(req.OrderID), Err: err, Shows: bssapi.OrderStatuses.Word(seen.status()),
		}
	case v != payable:
		if v != unclear {
			release()
		}

		return Receipt{}, nil, false, refuseStatus(seen, v)
	default:
		release()

		return Receipt{}, nil, untouched && errors.Is(err, bssapi.ErrThrottled), p.refused(ctx, req, err)
	}
}

// send makes the paying call, once.
func (p *Payer) send(ctx context.Context, o *order, req Request, prepared *prepared) (trade string, err error) {
	if req.APIVersion == APIVersion1 {
		answer, err := p.client.PayOrderV1(ctx, bssapi.PayOrderV1Request{DomainID: o.customerID(), OrderID: req.OrderID})
		if err != nil {
			return "", err
		}

		return answer.TradeNo, nil
	}

	request := bssapi.PayOrderRequest{OrderID: req.OrderID, Coupons: prepared.coupons}

	if prepared.discount != nil {
		request.Discount = &bssapi.PayDiscount{ID: prepared.discount.DiscountID, Type: int(discountKind(prepared.discount))}
	}

	return "", p.client.PayOrder(ctx, request)
}

// accepted makes the receipt of a payment that the API has accepted. An error
// would make Terraform pay again, so nothing that fails from here on is one.
func (p *Payer) accepted(ctx context.Context, before *order, trade string) (Receipt, []act.Warning) {
	unconfirmed := Receipt{
		OrderID: before.details.OrderID, AccountID: before.customerID(), Status: StatusUnconfirmed,
		Currency: before.currency(), AmountDue: before.amount(), TradeNumber: trade,
	}

	seen, _, err := p.lookAfter(ctx, before.details.OrderID, nil, paid, delegated)
	if err != nil {
		return unconfirmed, []act.Warning{unseen(unconfirmed.OrderID, err)}
	}

	switch judge(seen) {
	case paid, delegated:
		receipt, warnings := p.adopt(ctx, seen)
		receipt.TradeNumber = trade

		return receipt, warnings
	default:
		return unconfirmed, nil
	}
}

// discounted corrects what was charged where the order does not show the
// discount that was used: its amount is still that of before.
func discounted(receipt Receipt, before *order, prepared *prepared) Receipt {
	if prepared.discount == nil || receipt.AmountPaid.IsNull() || receipt.AmountDue.Cmp(before.amount()) != 0 {
		return receipt
	}

	receipt.AmountPaid = receipt.AmountPaid.Sub(before.amount()).Add(prepared.due)

	return receipt
}
