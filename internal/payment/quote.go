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

// zero is no money.
var zero = mustDecimal("0")

func mustDecimal(text string) bssapi.Decimal {
	value, err := bssapi.ParseDecimal(text)
	if err != nil {
		panic(err)
	}

	return value
}

// Quote is what a plan can know of a payment.
type Quote struct {
	// AmountDue is the price of the order after discounts, before coupons. It
	// is null where the discount is not known yet.
	AmountDue bssapi.Decimal
	Currency  string
	// Pays says that the order is to be paid, rather than recorded.
	Pays bool
	// Bound is the highest amount that paying can charge, null where the
	// discount is not known yet.
	Bound    bssapi.Decimal
	Warnings []act.Warning
}

// Quote looks at the order and says what Pay would do, or why it would refuse.
func (p *Payer) Quote(ctx context.Context, req Request) (Quote, error) {
	o, err := p.look(ctx, req.OrderID)
	if err != nil {
		return Quote{}, p.explainLook(ctx, req.OrderID, err)
	}

	quote := Quote{AmountDue: o.amount(), Currency: o.currency()}

	v := judge(o)
	if err := p.refuse(ctx, o, v, req); err != nil {
		return Quote{}, err
	}

	if v == paid {
		quote.Warnings = append(quote.Warnings, act.Warning{
			Field:   act.FieldOrderID,
			Summary: "Order is paid already",
			Detail:  fmt.Sprintf("Order %s is %s. Applying charges nothing.", req.OrderID, bssapi.OrderStatuses.Word(o.status())),
		})

		return quote, nil
	}

	if err := p.refuseSubOrder(ctx, req.OrderID); err != nil {
		return Quote{}, err
	}

	prepared, err := p.prepare(ctx, o, req)
	if err != nil {
		return Quote{}, err
	}

	quote.AmountDue = prepared.due
	if req.DiscountUnknown {
		quote.AmountDue = bssapi.Decimal{}
	}

	if v == delegated {
		quote.Warnings = append(quote.Warnings, act.Warning{
			Field:   act.FieldOrderID,
			Summary: "A master account pays this order",
			Detail: fmt.Sprintf("Order %s is delegated to account %s for payment. Applying records it as %s and pays nothing.",
				req.OrderID, o.listed.AgentPayInfo.PayingAgentID, StatusAwaitingPayer),
		})

		return quote, nil
	}

	quote.Pays = true
	if !req.DiscountUnknown {
		quote.Bound = prepared.bound
	}

	quote.Warnings = append(quote.Warnings, p.fundsWarning(ctx, prepared.due, quote.Currency)...)

	return quote, nil
}

// explainLook words a look that failed; an unknown id may be a part of a
// combined order, which only the pending orders tell.
func (p *Payer) explainLook(ctx context.Context, orderID string, err error) error {
	if !errors.Is(err, bssapi.ErrNoOrder) {
		return fmt.Errorf("reading order %s: %w", orderID, err)
	}

	if sub := p.refuseSubOrder(ctx, orderID); sub != nil {
		return sub
	}

	return &act.Refusal{
		Field:   act.FieldOrderID,
		Summary: "Order does not exist",
		Detail: fmt.Sprintf("The account behind the credentials has no order %s. Check the id, and whether the order "+
			"belongs to another account or another site.", orderID),
	}
}

// refuseSubOrder refuses a part of a combined order, and names the whole.
func (p *Payer) refuseSubOrder(ctx context.Context, orderID string) error {
	combined, err := p.combinedOrder(ctx, orderID)
	if err != nil {
		return err
	}

	if combined == nil {
		return nil
	}

	return subOrderRefusal(orderID, combined)
}

func subOrderRefusal(orderID string, combined *bssapi.Order) error {
	return &act.Refusal{
		Field:   act.FieldOrderID,
		Summary: "Order is a part of a combined order",
		Detail: fmt.Sprintf("Order %s can only be paid or canceled together with the others of combined order %s, at %s %s. "+
			"Set order_id = %q, which stands for all of them.",
			orderID, combined.OrderID, combined.AmountAfterDiscount, combined.Currency, combined.OrderID),
	}
}

// fundsWarning warns of a balance that may not do. It is no error, as monthly
// settlement may cover the payment, and no reason to fail where the balance
// cannot be read.
func (p *Payer) fundsWarning(ctx context.Context, due bssapi.Decimal, currency string) []act.Warning {
	balances, err := p.client.GetAccountBalances(ctx)
	if err != nil || due.IsNull() || currency == "" {
		return nil
	}

	funds := balances.Spendable(currency)
	if funds.Cmp(due) >= 0 {
		return nil
	}

	return []act.Warning{{
		Field:   act.FieldNone,
		Summary: "Balance may be short",
		Detail: fmt.Sprintf("Balance and credit are %s %s, and %s is due. Unless coupons or monthly settlement cover the rest, "+
			"the API will refuse the payment.", funds, currency, due),
	}}
}
