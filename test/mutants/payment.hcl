# Copyright (c) The terraform-provider-bss Authors
# SPDX-License-Identifier: MPL-2.0

mutant "a paid order by the time of its details" {
  file    = "internal/payment/verdict.go"
  replace = "o.details.PaymentTime != \"\" || "
  with    = ""
  why     = "An order with a payment time is paid, whatever its status says."
}

mutant "a paid order by the time of the list" {
  file    = "internal/payment/verdict.go"
  replace = " || o.listed.PaymentTime != \"\""
  with    = ""
  why     = "An order with a payment time is paid, whatever its status says."
}

mutant "paid in the list, not in the details" {
  file    = "internal/payment/verdict.go"
  replace = "if o.listed.Status != o.details.Status && IsPaid(o.listed.Status) {"
  with    = "if false {"
  why     = "Two answers that disagree were given while the status moved: once paid, paid."
}

mutant "an order of a master account" {
  file     = "internal/payment/verdict.go"
  replace  = "case status == bssapi.OrderStatusPendingPayment && agentPays(o.listed):\n\t\treturn delegated"
  with     = "case false:\n\t\treturn delegated"
  why      = "What a master account pays gets no pay call of ours."
  explored = "paying"
}

mutant "an unknown status" {
  file    = "internal/payment/verdict.go"
  replace = "default:\n\t\treturn unclear"
  with    = "default:\n\t\treturn payable"
  why     = "A status that nobody knows says nothing certain about the payment."
}

mutant "waiting for approval" {
  file    = "internal/payment/verdict.go"
  replace = "case status == bssapi.OrderStatusPendingApproval, status == bssapi.OrderStatusPendingConfirmation:\n\t\treturn notYet"
  with    = "case status == bssapi.OrderStatusPendingApproval, status == bssapi.OrderStatusPendingConfirmation:\n\t\treturn payable"
  why     = "What somebody has to approve is not paid before."
}

mutant "the higher of two amounts" {
  file    = "internal/payment/look.go"
  replace = "b.Cmp(a) > 0"
  with    = "b.Cmp(a) < 0"
  why     = "Where the two calls differ the order is being repriced, and only the higher figure is safe."
}

mutant "the list price of one answer only" {
  file    = "internal/payment/look.go"
  replace = "return higher(o.listed.OfficialAmount, o.details.OfficialAmount)"
  with    = "return o.listed.OfficialAmount"
  why     = "The bound is the higher of what both calls say."
}

mutant "a discount that cannot be seen" {
  file    = "internal/payment/look.go"
  replace = "view.AmountInfo != nil && len(view.AmountInfo.Discounts) > 0"
  with    = "false"
  why     = "Without permission to see discounts an order may be charged at its list price."
}

mutant "currency of the list first" {
  file     = "internal/payment/look.go"
  replace  = "if o.details.Currency != \"\" {"
  with     = "if o.listed.Currency == \"\" {"
  why      = "The newer answer says the currency; where both speak they have to agree."
  survives = "Where both answers name a currency, checkMoney refuses them unless they agree, so that the order of the two cannot show."
}

mutant "amounts in another unit" {
  file    = "internal/payment/amounts.go"
  replace = "if !bssapi.InCurrency(view.MeasureID) {"
  with    = "if false {"
  why     = "Cents taken for dollars are a hundred times the cap."
}

mutant "several currencies" {
  file    = "internal/payment/amounts.go"
  replace = "if len(currencies) > 1 {"
  with    = "if false {"
  why     = "A cap is a figure in one currency."
}

mutant "a negative amount" {
  file    = "internal/payment/amounts.go"
  replace = "if amount.Sign() < 0 {"
  with    = "if false {"
  why     = "A negative price passes every cap."
}

mutant "no amount" {
  file    = "internal/payment/amounts.go"
  replace = "if o.amount().IsNull() {"
  with    = "if false {"
  why     = "Without an amount there is nothing to hold a cap against."
}

mutant "the cap" {
  file     = "internal/payment/request.go"
  replace  = "req.MaxAmount.IsNull() || result.bound.Cmp(req.MaxAmount) <= 0"
  with     = "true"
  why      = "max_amount is the one promise about the price that every user relies on."
  explored = "paying"
}

mutant "the cap, to the cent" {
  file    = "internal/payment/request.go"
  replace = "result.bound.Cmp(req.MaxAmount) <= 0"
  with    = "result.bound.Cmp(req.MaxAmount) <= 1"
  why     = "A cent above the cap is above it."
}

mutant "a payment without a cap" {
  file    = "internal/payment/pay.go"
  replace = "if req.MaxAmount.IsNull() {"
  with    = "if false {"
  why     = "A payment without a cap is none that anybody agreed to."
}

mutant "dearer than the plan" {
  file     = "internal/payment/request.go"
  replace  = "if req.AmountDue.IsNull() || result.due.Cmp(req.AmountDue) <= 0 {"
  with     = "if true {"
  why      = "The plan stated a price, and somebody approved that one."
  explored = "paying"
}

mutant "the cap of a delegated order" {
  file    = "internal/payment/pay.go"
  replace = "if _, err := p.prepareToPay(ctx, o, req); err != nil {\n\t\t\t\treturn Receipt{}, nil, err\n\t\t\t}\n"
  with    = ""
  why     = "Who delegates an order agreed to no more than the cap either."
}

mutant "another currency than asked" {
  file    = "internal/payment/request.go"
  replace = "if req.Currency != \"\" && req.Currency != o.currency() {"
  with    = "if false {"
  why     = "max_amount is a figure in the currency that was written."
}

mutant "a deadline that has passed" {
  file    = "internal/payment/request.go"
  replace = "if err != nil || p.client.Now().Before(deadline) {"
  with    = "if err != nil || !deadline.IsZero() {"
  why     = "A call after the deadline leaves doubt for nothing."
}

mutant "the old call on another site" {
  file    = "internal/payment/request.go"
  replace = "if site != bssapi.SiteInternational {"
  with    = "if false {"
  why     = "The v1 call does not exist there."
}

mutant "the account that is not allowed" {
  file    = "internal/payment/request.go"
  replace = "if err := p.conditions.Allowed(ctx, o.customerID()); err != nil {\n\t\treturn err\n\t}\n"
  with    = ""
  why     = "allowed_domain_ids keeps a run from spending the money of another account."
}

mutant "an obligatory price adjustment" {
  file    = "internal/payment/discount.go"
  replace = "if adjustment := findAdjustment(offered); adjustment != nil {\n\t\t\treturn adjustmentRefusal"
  with    = "if adjustment := findAdjustment(offered); false {\n\t\t\treturn adjustmentRefusal"
  why     = "The API demands that an adjustment be used; without it the price is another one."
}

mutant "an adjustment bypassed by another discount" {
  file    = "internal/payment/discount.go"
  replace = "adjustment != nil && adjustment.DiscountID != chosen.DiscountID"
  with    = "false"
  why     = "The API demands that an adjustment be used; another discount makes another price."
}

mutant "the bound without a named discount" {
  file    = "internal/payment/discount.go"
  replace = "if o.officialAmount().Cmp(o.amount()) > 0 {"
  with    = "if false {"
  why     = "No source says at which price a payment is charged that names no discount, so the cap has to cover the higher one."
}

mutant "no list price" {
  file    = "internal/payment/discount.go"
  replace = "if o.officialAmount().IsNull() {\n\t\treturn &act.Refusal{"
  with    = "if false {\n\t\treturn &act.Refusal{"
  why     = "Without the list price the bound is not known."
}

mutant "a discount that takes nothing off" {
  file    = "internal/payment/discount.go"
  replace = "saved.Sign() <= 0 || "
  with    = ""
  why     = "A discount that adds to the price is none."
}

mutant "a discount above the price" {
  file    = "internal/payment/discount.go"
  replace = " || saved.Cmp(most) > 0"
  with    = ""
  why     = "A price below zero passes every cap."
}

mutant "parts of other orders" {
  file    = "internal/payment/discount.go"
  replace = "if isOneOf(part.OrderID, ids) {"
  with    = "if true {"
  why     = "Of a discount only what is of this order lowers its bound."
}

mutant "a line that counts twice" {
  file    = "internal/payment/discount.go"
  replace = "if counted[id] {"
  with    = "if false {"
  why     = "A line counted twice makes the bound too low."
}

mutant "the base of a discount" {
  file    = "internal/payment/discount.go"
  replace = "higher(o.officialAmount(), o.amount()), o.officialAmount()"
  with    = "o.amount(), o.officialAmount()"
  why     = "No source says whether a discount counts from the list price or from the amount, so it counts from the higher."
}

mutant "a coupon that is frozen" {
  file    = "internal/payment/coupon.go"
  replace = "case held.IsFrozen == couponFrozen:\n\t\treturn \"is frozen\""
  with    = "case false:\n\t\treturn \"is frozen\""
  why     = "A coupon that cannot be used lets the balance be charged in its place."
}

mutant "a coupon of another order" {
  file    = "internal/payment/coupon.go"
  replace = "held.LockOrderID != \"\" && held.LockOrderID != orderID"
  with    = "false"
  why     = "A coupon that another order holds cannot be used."
}

mutant "a coupon that has expired" {
  file    = "internal/payment/coupon.go"
  replace = "err == nil && !now.Before(expires)"
  with    = "err == nil && expires.IsZero()"
  why     = "A coupon that has expired lets the balance be charged in its place."
}

mutant "cash and discount coupons together" {
  file    = "internal/payment/coupon.go"
  replace = "if cash != \"\" && discount != \"\" {"
  with    = "if false {"
  why     = "They exclude each other."
}

mutant "the lock of an order" {
  file    = "internal/payment/pay.go"
  replace = "defer p.conditions.Locks.Lock(act.Order(req.OrderID))()\n"
  with    = ""
  why     = "Two payments of one order in one run would both see it unpaid."
}

mutant "an interruption before the call" {
  file    = "internal/payment/pay.go"
  replace = "if err := ctx.Err(); err != nil {\n\t\t\treturn Receipt{}"
  with    = "if err := ctx.Err(); false {\n\t\t\treturn Receipt{}"
  why     = "Who interrupts before the payment wants none."
}

mutant "an interruption during the call" {
  file    = "internal/payment/attempt.go"
  replace = "context.WithTimeout(context.WithoutCancel(ctx), p.conditions.Timing.Act)"
  with    = "context.WithTimeout(ctx, p.conditions.Timing.Act)"
  why     = "An interrupted look would leave something paid that nobody knows of."
}

mutant "what the run may spend" {
  file    = "internal/payment/attempt.go"
  replace = "release, err := p.conditions.Spending.Reserve(prepared.bound, o.currency())"
  with    = "release, err := p.conditions.Spending.Reserve(zero, o.currency())"
  why     = "max_per_apply bounds the sum of a run."
}

mutant "released in doubt" {
  file    = "internal/payment/attempt.go"
  replace = "case !notDone:\n"
  with    = "case !notDone && func() bool { release(); return true }():\n"
  why     = "What may have been spent counts as spent."
}

mutant "released on an unclear status" {
  file    = "internal/payment/attempt.go"
  replace = "if v != unclear {\n\t\t\trelease()"
  with    = "if true {\n\t\t\trelease()"
  why     = "What may have been spent counts as spent."
}

mutant "a doubt that is none" {
  file     = "internal/payment/attempt.go"
  replace  = "case !notDone:"
  with     = "case false:"
  why      = "An answer that leaves open whether it was paid may never be sent again by the run."
  explored = "paying"
}

mutant "sent again though touched" {
  file    = "internal/payment/attempt.go"
  replace = "untouched && errors.Is(err, bssapi.ErrThrottled)"
  with    = "(untouched || true) && errors.Is(err, bssapi.ErrThrottled)"
  why     = "A throttled call is sent again only after the order has shown itself untouched all the time."
}

mutant "touched while it was looked at" {
  file    = "internal/payment/settle.go"
  replace = "untouched = untouched && (v == payable || v == delegated)"
  with    = "untouched = untouched && true"
  why     = "An order that shows anything else was touched."
}

mutant "one look after being throttled" {
  file    = "internal/payment/settle.go"
  replace = " && !errors.Is(callErr, bssapi.ErrThrottled)"
  with    = " && (true || !errors.Is(callErr, bssapi.ErrThrottled))"
  why     = "One look right after a throttled call proves nothing: the payment may show late."
}

mutant "an accepted payment that does not show" {
  file    = "internal/payment/attempt.go"
  replace = "default:\n\t\treturn unconfirmed, nil"
  with    = "default:\n\t\tunconfirmed.Status = StatusAwaitingPayer\n\t\treturn unconfirmed, nil"
  why     = "Only the API itself says that another account pays; what was accepted and does not show is unconfirmed."
}

mutant "an unpaid order adopted" {
  file    = "internal/payment/adopt.go"
  replace = "if v != paid {\n\t\treturn Receipt{}"
  with    = "if false {\n\t\treturn Receipt{}"
  why     = "An import never takes something unpaid for paid."
}

mutant "paid again becomes unfinished" {
  file    = "internal/payment/finish.go"
  replace = "(next.Unfinished() || prior.Status == StatusUnconfirmed || prior.Status == StatusAwaitingPayer)"
  with    = "false"
  why     = "An answer from before the payment does not make it unpaid."
}

mutant "what was charged" {
  file    = "internal/payment/finish.go"
  replace = "if !prior.AmountPaid.IsNull() {"
  with    = "if false {"
  why     = "The discount of a payment is known only right after it."
}

mutant "a receipt in another unit" {
  file    = "internal/payment/receipt.go"
  replace = "if !bssapi.InCurrency(listed.MeasureID) {"
  with    = "if false {"
  why     = "An amount in another unit is not shown as one of the currency."
}

mutant "canceled though paid" {
  file    = "internal/payment/cancel.go"
  replace = "case payable, delegated:\n\t\treturn true, nil"
  with    = "case payable, delegated, paid:\n\t\treturn true, nil"
  why     = "Only what waits for its payment is canceled."
}

mutant "a plan that cancels nothing" {
  file    = "internal/provider/order_cancellation_resource.go"
  replace = "if isKnown(plan.Status) {"
  with    = "if false {"
  why     = "Of an order that the plan called canceled already, nothing is canceled."
  tests   = ["./internal/provider ^TestOrderCancellationStatedAsDone$"]
}

mutant "a cancellation in doubt" {
  file    = "internal/payment/cancel.go"
  replace = "case notDone:\n"
  with    = "case notDone || true:\n"
  why     = "A cancellation of which the answer was lost is no refusal."
}

mutant "a lost answer taken for a refusal" {
  file     = "internal/payment/attempt.go"
  replace  = "notDone := bssapi.NotDone(err)"
  with     = "notDone := true"
  why      = "No answer says that nothing was charged: what is said has to be so."
  explored = "paying"
}

mutant "paid by somebody else" {
  file     = "internal/payment/pay.go"
  replace  = "if v == paid {"
  with     = "if false {"
  why      = "An order that a look shows as paid is adopted, not paid again."
  explored = "paying"
}

mutant "every refusal sent again" {
  file    = "internal/payment/attempt.go"
  replace = "untouched && errors.Is(err, bssapi.ErrThrottled)"
  with    = "untouched || !errors.Is(err, bssapi.ErrThrottled)"
  why     = "Only what the API itself throttled is sent again."
}

mutant "an order that the plan stated as free" {
  file    = "internal/payment/pay.go"
  replace = "if req.Free {"
  with    = "if false {"
  why     = "What the plan said charges nothing is not paid."
}
