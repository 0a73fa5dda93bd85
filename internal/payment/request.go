// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// The pay calls of the API.
const (
	APIVersion1 = "v1"
	APIVersion3 = "v3"
)

// Request is a payment as a user states it.
type Request struct {
	OrderID string
	// MaxAmount bounds what the payment can charge, before coupons. Null is
	// accepted by Quote only, for a cap that is not known yet.
	MaxAmount bssapi.Decimal
	// AmountDue is what the plan stated as due, null where no plan stated it. Pay
	// refuses an order that is dearer, and Quote does not look at it.
	AmountDue bssapi.Decimal
	// Free says that the plan stated that nothing is charged, as the order is paid or
	// another account pays it. Pay refuses one that is to be paid after all, and Quote
	// does not look at it.
	Free bool
	// Currency of MaxAmount and AmountDue; empty for whatever the order has.
	Currency string
	// CouponIDs are the coupons to use, at most [bssapi.MaxPayCoupons].
	CouponIDs []string
	// DiscountID is the discount to use, of those the order offers.
	DiscountID string
	// DiscountUnknown says, to Quote, that the discount is not known yet.
	DiscountUnknown bool
	// APIVersion is [APIVersion3], [APIVersion1], or empty for the former.
	APIVersion string
}

// prepared is a payment that was checked against a look at its order.
type prepared struct {
	coupons  []bssapi.PayCoupon
	discount *bssapi.OrderDiscount
	// due is the price that the plan shows; bound is the highest amount that
	// the request can charge, which the cap has to cover.
	due, bound bssapi.Decimal
	boundWhy   string
}

// prepare turns the request into what the pay call takes, and refuses what
// cannot be paid as asked.
func (p *Payer) prepare(ctx context.Context, o *order, req Request) (*prepared, error) {
	if err := p.checkVersion(ctx, req); err != nil {
		return nil, err
	}

	if err := p.checkDeadline(o); err != nil {
		return nil, err
	}

	if err := checkAmounts(o); err != nil {
		return nil, err
	}

	result := &prepared{}

	if err := p.applyDiscount(ctx, o, req, result); err != nil {
		return nil, err
	}

	coupons, err := p.coupons(ctx, req, result.discount)
	if err != nil {
		return nil, err
	}

	result.coupons = coupons

	if err := checkCap(o, req, result); err != nil {
		return nil, err
	}

	return result, nil
}

// refuse says what forbids to manage the order at all, paid or not.
func (p *Payer) refuse(ctx context.Context, o *order, v verdict, req Request) error {
	if err := p.conditions.Allowed(ctx, o.customerID()); err != nil {
		return err
	}

	if err := refuseStatus(o, v); err != nil {
		return err
	}

	if err := checkMoney(o); err != nil {
		return err
	}

	if req.Currency != "" && o.currency() == "" {
		return &act.Refusal{
			Field:   act.FieldCurrency,
			Summary: "Currency of the order is not known",
			Detail: fmt.Sprintf("The API does not say the currency of order %s, so that currency = %q cannot be held against it. Leave currency "+
				"out to pay it all the same: max_amount is then a figure in whatever currency the order has.", req.OrderID, req.Currency),
		}
	}

	if req.Currency != "" && req.Currency != o.currency() {
		return &act.Refusal{
			Field:   act.FieldCurrency,
			Summary: "Currency differs from the order's",
			Detail: fmt.Sprintf("Order %s is in %s, but currency says %s. max_amount is a figure in the order's currency.",
				req.OrderID, o.currency(), req.Currency),
		}
	}

	return nil
}

func (p *Payer) checkVersion(ctx context.Context, req Request) error {
	if req.APIVersion != APIVersion1 {
		return nil
	}

	site, err := p.client.Site(ctx)
	if err != nil {
		return fmt.Errorf("finding out the site: %w", err)
	}

	if site != bssapi.SiteInternational {
		return &act.Refusal{
			Field:   act.FieldAPIVersion,
			Summary: "Pay call does not exist on this site",
			Detail:  fmt.Sprintf("The v1 pay call exists on the international site only, and this account is on %s. Leave api_version out.", site),
		}
	}

	return nil
}

func (p *Payer) checkDeadline(o *order) error {
	deadline, err := bssapi.ParseTime(o.details.PendingPaymentEndTime)
	if err != nil || p.client.Now().Before(deadline) {
		// Without a readable deadline the server decides.
		return nil //nolint:nilerr // see above
	}

	return &act.Refusal{
		Field:   act.FieldOrderID,
		Summary: "Payment deadline has passed",
		Detail: fmt.Sprintf("Order %s could be paid until %s. Place a new order and use its id.",
			o.details.OrderID, o.details.PendingPaymentEndTime),
	}
}

// checkStated refuses an order that is dearer than what was approved: a cap says
// what is bearable, and the plan what is bought.
func checkStated(o *order, req Request, result *prepared) error {
	if req.AmountDue.IsNull() || result.due.Cmp(req.AmountDue) <= 0 {
		return nil
	}

	return &act.Refusal{
		Field:   act.FieldOrderID,
		Summary: "Price rose since the plan",
		Detail: fmt.Sprintf("Order %s is due at %s %s now, and the plan stated %s %s. Nothing was paid. Plan again, and apply that plan "+
			"if the new price is wanted.", req.OrderID, result.due, o.currency(), req.AmountDue, o.currency()),
		Err: ErrDearer,
	}
}

func checkCap(o *order, req Request, result *prepared) error {
	if req.MaxAmount.IsNull() || result.bound.Cmp(req.MaxAmount) <= 0 {
		return nil
	}

	return &act.Refusal{
		Field:   act.FieldMaxAmount,
		Summary: "Price is above max_amount",
		Detail: fmt.Sprintf("Paying order %s can charge up to %s %s%s, which is more than max_amount = %s. "+
			"Nothing was paid. Raise max_amount if that price is wanted.",
			req.OrderID, result.bound, o.currency(), result.boundWhy, req.MaxAmount),
	}
}
