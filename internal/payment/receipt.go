// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"fmt"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// The words for the status of a receipt that the provider treats specially.
const (
	// StatusProcessing: paid, and still being carried out.
	StatusProcessing = "processing"
	// StatusUnconfirmed: the API accepted the payment, and the order does not show
	// it.
	StatusUnconfirmed = "unconfirmed"
	// StatusAwaitingPayer: a master account has to pay the delegated order.
	StatusAwaitingPayer = "awaiting_payer"
	// StatusCompleted: paid and carried out.
	StatusCompleted = "completed"
)

// Receipt is what is certain of a payment.
type Receipt struct {
	OrderID   string
	AccountID string
	// Status is a word of [bssapi.OrderStatuses], [StatusAwaitingPayer],
	// [StatusUnconfirmed], or [StatusProcessing] also while the resource ids are not known.
	Status   string
	Currency string
	// AmountDue is the price of the order after discounts, before coupons.
	AmountDue bssapi.Decimal
	// AmountPaid is what was charged: AmountDue less coupons and cards. Null
	// until somebody paid.
	AmountPaid  bssapi.Decimal
	PaymentTime string
	// ResourceIDs are the resources that the order made, sorted; nil for
	// orders that make none.
	ResourceIDs []string
	// TradeNumber exists for payments through the old API only.
	TradeNumber string
}

// Unfinished says whether something is still to happen to the payment.
func (r Receipt) Unfinished() bool { return Unfinished(r.Status) }

// Unfinished says whether a receipt in this status is still to move.
func Unfinished(status string) bool {
	return status == StatusProcessing || status == StatusAwaitingPayer || status == StatusUnconfirmed
}

// Listed is the receipt of an order that a list has, and whether it is one of a payment:
// somebody paid it, and it is not canceled. Its resource ids are not known. Orders that
// give back, or that part a resource from its term, are none.
func Listed(listed bssapi.Order) (Receipt, bool) {
	receipt := receiptOf(listed)
	buys := listed.OrderType != bssapi.OrderTypeUnsubscription && listed.OrderType != bssapi.OrderTypeToOnDemand

	return receipt, buys && isPaid(listed) && listed.Status != bssapi.OrderStatusCanceled &&
		!receipt.AmountPaid.IsNull() && receipt.AmountPaid.Sign() >= 0
}

// receiptOf writes down what the listed order shows, but for its resource ids.
func receiptOf(listed bssapi.Order) Receipt {
	receipt := Receipt{
		OrderID:     listed.OrderID,
		AccountID:   listed.CustomerID,
		Status:      bssapi.OrderStatuses.Word(listed.Status),
		Currency:    listed.Currency,
		PaymentTime: listed.PaymentTime,
	}

	if !bssapi.InCurrency(listed.MeasureID) {
		listed.AmountAfterDiscount = bssapi.Decimal{}
	}

	receipt.AmountDue = listed.AmountAfterDiscount

	switch {
	case isPaid(listed):
		receipt.AmountPaid = charged(listed)
	case listed.Status == bssapi.OrderStatusPendingPayment && agentPays(listed):
		receipt.Status = StatusAwaitingPayer
	case listed.Status == bssapi.OrderStatusPendingPayment:
		receipt.Status = StatusUnconfirmed
	}

	return receipt
}

// receipt writes down what the listed order shows. Resource ids that are known
// are not asked for again.
func (p *Payer) receipt(ctx context.Context, listed bssapi.Order, known []string) (Receipt, error) {
	receipt := receiptOf(listed)
	receipt.ResourceIDs = known

	if listed.Status != bssapi.OrderStatusCompleted || !makesResources(listed.OrderType) || len(known) > 0 {
		return receipt, nil
	}

	ids, err := p.resourceIDs(ctx, listed.OrderID)
	if err != nil {
		// Completed is certain; which resources it made is not yet.
		receipt.Status = StatusProcessing

		return receipt, err
	}

	receipt.ResourceIDs = ids

	// Without resources, it has none yet, and none left once that is settled.
	if len(ids) == 0 && !p.client.Settled(listed.PaymentTime) {
		receipt.Status = StatusProcessing
	}

	return receipt, nil
}

// isPaid says whether somebody paid the order, as far as the list shows.
func isPaid(listed bssapi.Order) bool { return IsPaid(listed.Status) || listed.PaymentTime != "" }

// charged is the price less what coupons and cards covered, null without one.
func charged(listed bssapi.Order) bssapi.Decimal {
	amount := listed.AmountAfterDiscount
	if info := listed.AmountInfo; info != nil && !amount.IsNull() {
		for _, covered := range []bssapi.Decimal{info.CouponAmount, info.FlexipurchaseCouponAmount, info.StoredCardAmount} {
			if !covered.IsNull() {
				amount = amount.Sub(covered)
			}
		}
	}

	return amount
}

// makesResources: only these orders give birth to resources, whose ids come
// later than the order's completion.
func makesResources(orderType bssapi.OrderType) bool {
	switch orderType {
	case bssapi.OrderTypeNew, bssapi.OrderTypeToPeriod, bssapi.OrderTypeTrialToCommercial:
		return true
	default:
		return false
	}
}

func (p *Payer) resourceIDs(ctx context.Context, orderID string) ([]string, error) {
	var ids []string

	for resource, err := range p.client.ListResources(ctx, bssapi.ListResourcesRequest{OrderID: orderID}) {
		if err != nil {
			return nil, fmt.Errorf("reading the resources of order %s: %w", orderID, err)
		}

		ids = append(ids, resource.ResourceID)
	}

	slices.Sort(ids)

	return ids, nil
}
