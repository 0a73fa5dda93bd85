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

// Pay pays the order, unless a fresh look shows that it is paid, in which case
// it is adopted and nothing is charged. Whatever it returns without an error is
// certain; call [Payer.Finish] to wait for what is unfinished.
//
// It returns a [*act.Refusal] where nothing was charged, and a [*act.Doubt] where that
// cannot be told. What the run may spend is reserved for each attempt, and
// given back only where nothing was charged for certain.
func (p *Payer) Pay(ctx context.Context, req Request) (Receipt, []act.Warning, error) {
	defer p.conditions.Locks.Lock(act.Order(req.OrderID))()

	for attempt := 1; ; attempt++ {
		o, err := p.look(ctx, req.OrderID)
		if err != nil {
			return Receipt{}, nil, p.explainLook(ctx, req.OrderID, err)
		}

		v := judge(o)
		if err := p.refuse(ctx, o, v, req); err != nil {
			return Receipt{}, nil, err
		}

		if v == paid {
			return p.adopt(ctx, o)
		}

		if v == delegated {
			// The cap is still checked: it is what the user agreed to.
			if _, err := p.prepareToPay(ctx, o, req); err != nil {
				return Receipt{}, nil, err
			}

			return p.adopt(ctx, o)
		}

		prepared, err := p.prepareToPay(ctx, o, req)
		if err != nil {
			return Receipt{}, nil, err
		}

		// The last point at which an interruption costs nothing.
		if err := ctx.Err(); err != nil {
			return Receipt{}, nil, fmt.Errorf("interrupted before order %s was paid; nothing was charged: %w", req.OrderID, err)
		}

		receipt, warnings, again, err := p.attempt(ctx, o, req, prepared)
		if !again || attempt >= p.conditions.Timing.Attempts {
			return receipt, warnings, err
		}

		if sleepErr := p.conditions.Pause(ctx, attempt); sleepErr != nil {
			return Receipt{}, nil, err
		}
	}
}

// ErrDearer is in the [*act.Refusal] of an order that is within the cap, but
// dearer than the plan stated.
var ErrDearer = errors.New("the order costs more than the plan stated")

// prepareToPay is prepare for an act, which needs a cap.
func (p *Payer) prepareToPay(ctx context.Context, o *order, req Request) (*prepared, error) {
	if req.MaxAmount.IsNull() {
		return nil, &act.Refusal{Field: act.FieldMaxAmount, Summary: "No cap", Detail: "A payment needs max_amount."}
	}

	prepared, err := p.prepare(ctx, o, req)
	if err != nil {
		return nil, err
	}

	return prepared, checkStated(o, req, prepared)
}

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
	seen, lookErr := p.lookAfter(ctx, req.OrderID, bssapi.NotDone(err))
	if lookErr == nil && judge(seen) != payable {
		switch v := judge(seen); v {
		case paid, delegated:
			receipt, warnings, adoptErr := p.adopt(ctx, seen)

			// Where it was not refused, it was this payment, with its discount.
			if !bssapi.NotDone(err) {
				receipt = discounted(receipt, o, prepared)
			}

			return receipt, warnings, false, adoptErr
		default:
			if bssapi.NotDone(err) && v != unclear {
				release()
			}

			return Receipt{}, nil, false, refuseStatus(seen, v)
		}
	}

	if bssapi.NotDone(err) && lookErr == nil {
		release()

		return Receipt{}, nil, errors.Is(err, bssapi.ErrThrottled), p.refused(ctx, req, err)
	}

	return Receipt{}, nil, false, &act.Doubt{Doing: act.DoingPayment, Subject: act.Order(req.OrderID), Err: err, LookErr: lookErr}
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

// accepted makes the receipt of a payment that the API has accepted. That is
// certain, so nothing that fails from here on is an error.
func (p *Payer) accepted(ctx context.Context, before *order, trade string) (Receipt, []act.Warning) {
	seen, err := p.lookAfter(ctx, before.details.OrderID, false)
	if err != nil {
		receipt := Receipt{
			OrderID: before.details.OrderID, AccountID: before.customerID(), Status: StatusProcessing,
			Currency: before.currency(), AmountDue: before.amount(), TradeNumber: trade,
		}

		return receipt, []act.Warning{unreadable(receipt.OrderID, err)}
	}

	receipt, warnings, err := p.adopt(ctx, seen)
	if err != nil {
		warnings = append(warnings, unreadable(receipt.OrderID, err))
	}

	receipt.TradeNumber = trade

	return receipt, warnings
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

// adopt makes the receipt of an order that is paid or delegated, from a look.
func (p *Payer) adopt(ctx context.Context, o *order) (Receipt, []act.Warning, error) {
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
		return receipt, []act.Warning{unreadable(receipt.OrderID, err)}, nil
	}

	if receipt.Status == StatusAwaitingPayer {
		return receipt, []act.Warning{awaiting(receipt.OrderID)}, nil
	}

	return receipt, nil, nil
}

// lookAfter reads the order until it is no longer payable, or for as long as a
// payment may take to show. One look does where nothing was done.
func (p *Payer) lookAfter(ctx context.Context, orderID string, notDone bool) (*order, error) {
	return p.lookUntil(ctx, orderID, func(seen *order) bool { return notDone || judge(seen) != payable })
}

// lookUntil reads the order until it shows what is waited for, or for as long
// as an act may take to show. It returns the last look.
func (p *Payer) lookUntil(ctx context.Context, orderID string, shows func(*order) bool) (*order, error) {
	return act.Until(ctx, p.conditions, p.conditions.Timing.Settle,
		func() (*order, error) { return p.look(ctx, orderID) },
		func(seen *order, err error) bool { return err == nil && shows(seen) })
}

// refused words an answer that says that nothing was paid.
func (p *Payer) refused(ctx context.Context, req Request, err error) error {
	if errors.Is(err, bssapi.CodeSubOrder) {
		if combined, findErr := p.combinedOrder(ctx, req.OrderID); findErr == nil && combined != nil {
			return subOrderRefusal(req.OrderID, combined)
		}
	}

	refusal := &act.Refusal{Summary: "Payment was refused", Err: err}

	switch {
	case errors.Is(err, bssapi.CodeBalanceShort):
		refusal.Summary = "Balance is short"
		refusal.Detail = fmt.Sprintf(
			"Order %s was not paid: balance and credit do not cover it. Top up the account and apply again.",
			req.OrderID,
		)
	case errors.Is(err, bssapi.CodePaymentDeadlinePassed):
		refusal.Field = act.FieldOrderID
		refusal.Summary = "Payment deadline has passed"
		refusal.Detail = fmt.Sprintf("Order %s was not paid. Place a new order and use its id.", req.OrderID)
	case errors.Is(err, bssapi.CodeDiscountNotUsable):
		refusal.Field = act.FieldDiscountID
		refusal.Detail = fmt.Sprintf("Order %s was not paid: the discount is not usable for it.", req.OrderID)
	case errors.Is(err, bssapi.CodeCouponUsed), errors.Is(err, bssapi.CodeCouponDiscountConflict),
		errors.Is(err, bssapi.CodeDiscountBelowCouponMinimum), errors.Is(err, bssapi.CodeCouponTypesConflict),
		errors.Is(err, bssapi.CodeCouponGroupsConflict):
		refusal.Field = act.FieldCouponIDs
		refusal.Detail = fmt.Sprintf("Order %s was not paid: its coupons cannot be used like this.", req.OrderID)
	case errors.Is(err, bssapi.CodeQuotaShort):
		refusal.Summary = "Quota or capacity is short"
		refusal.Detail = fmt.Sprintf("Order %s was not paid. Raise the quota named below, or order something else.", req.OrderID)
	case errors.Is(err, bssapi.ErrThrottled):
		refusal.Detail = fmt.Sprintf("Order %s was not paid: the API takes no more calls now. Apply again later.", req.OrderID)
	default:
		refusal.Detail = fmt.Sprintf("Order %s was not paid, and nothing was charged.", req.OrderID)
	}

	return refusal
}

func awaiting(orderID string) act.Warning {
	return act.Warning{
		Field:   act.FieldOrderID,
		Summary: "A master account has to pay this order",
		Detail: fmt.Sprintf("Order %s is accepted for payment but still unpaid: the account that pays for this one has to pay it, "+
			"before its deadline. No further payment is sent from here. Applying again finds out what became of it.", orderID),
	}
}

func unreadable(orderID string, err error) act.Warning {
	return act.Warning{
		Summary: "Payment is made, but could not be read back",
		Detail:  fmt.Sprintf("Order %s is paid. Applying again reads what is missing here. Reading it failed: %v", orderID, err),
	}
}
