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
