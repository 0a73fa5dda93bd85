// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

// validate checks the arguments of a payment against each other.
func (m orderPaymentModel) validate() diag.Diagnostics {
	var diags diag.Diagnostics

	if m.APIVersion.ValueString() != payment.APIVersion1 {
		return nil
	}

	const detail = "The v1 pay call takes an order id and nothing else. Leave api_version out to pay with %s."

	if m.CouponIDs.IsUnknown() || len(m.CouponIDs.Elements()) > 0 {
		diags.AddAttributeError(path.Root("coupon_ids"), "No coupons with the v1 pay call", fmt.Sprintf(detail, "coupons"))
	}

	if !m.DiscountID.IsNull() {
		diags.AddAttributeError(path.Root("discount_id"), "No discount with the v1 pay call", fmt.Sprintf(detail, "a discount"))
	}

	return diags
}

// request is what the plan asks to pay. Unknown arguments are left out; at
// apply there are none.
func (m orderPaymentModel) request(ctx context.Context) (payment.Request, diag.Diagnostics) {
	coupons, diags := knownTexts(ctx, m.CouponIDs)

	return payment.Request{
		OrderID:         m.OrderID.ValueString(),
		MaxAmount:       decimalOf(m.MaxAmount),
		AmountDue:       decimalOf(m.AmountDue),
		Currency:        m.Currency.ValueString(),
		CouponIDs:       coupons,
		DiscountID:      m.DiscountID.ValueString(),
		DiscountUnknown: m.DiscountID.IsUnknown(),
		APIVersion:      m.APIVersion.ValueString(),
	}, diags
}

// planPayment asks what a payment would cost, and holds that against what the
// run may spend. Without a known order there is nothing to ask, and the quote
// is empty.
func (s *services) planPayment(ctx context.Context, arguments orderPaymentModel) (payment.Quote, diag.Diagnostics) {
	if arguments.OrderID.IsUnknown() {
		return payment.Quote{}, spendingDiagnostics("plan the payment", path.Root("order_id"), s.spending.Planned("", bssapi.Decimal{}, ""))
	}

	request, diags := arguments.request(ctx)
	if diags.HasError() {
		return payment.Quote{}, diags
	}

	quote, err := s.payer.Quote(ctx, request)
	if err != nil {
		return quote, append(diags, actDiagnostic("plan the payment of order "+request.OrderID, err))
	}

	diags.Append(actWarnings(quote.Warnings)...)
	diags.Append(s.planSpending(request, quote)...)

	return quote, diags
}

// planSpending holds a payment against what the run may spend. It counts once
// for each order, however often that is planned.
func (s *services) planSpending(request payment.Request, quote payment.Quote) diag.Diagnostics {
	if !quote.Pays {
		return nil
	}

	at := path.Root("order_id")
	if quote.Bound.IsNull() {
		at = path.Root("discount_id")
	}

	err := s.spending.Denied()
	if err == nil {
		err = s.spending.Planned("order "+request.OrderID, quote.Bound, quote.Currency)
	}

	return spendingDiagnostics("plan the payment of order "+request.OrderID, at, err)
}

// receipt is what state knows of the payment.
func (m orderPaymentModel) receipt(ctx context.Context) (payment.Receipt, diag.Diagnostics) {
	var ids []string

	diags := m.ResourceIDs.ElementsAs(ctx, &ids, false)

	return payment.Receipt{
		OrderID:     m.OrderID.ValueString(),
		Status:      m.Status.ValueString(),
		Currency:    m.Currency.ValueString(),
		AmountDue:   decimalOf(m.AmountDue),
		AmountPaid:  decimalOf(m.AmountPaid),
		PaymentTime: m.PaymentTime.ValueString(),
		ResourceIDs: ids,
		TradeNumber: m.TradeNumber.ValueString(),
	}, diags
}

// record writes the receipt into the model. What the plan has promised stays
// as it was promised.
func (m *orderPaymentModel) record(receipt payment.Receipt) {
	if m.AmountDue.IsNull() || m.AmountDue.IsUnknown() {
		m.AmountDue = numberValue(receipt.AmountDue)
	}

	if m.Currency.IsNull() || m.Currency.IsUnknown() {
		m.Currency = textValue(receipt.Currency)
	}

	m.Status = textValue(receipt.Status)
	m.AmountPaid = numberValue(receipt.AmountPaid)
	m.PaymentTime = textValue(receipt.PaymentTime)
	m.ResourceIDs = textsValue(receipt.ResourceIDs)
	m.TradeNumber = textValue(receipt.TradeNumber)
}
