// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"errors"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// The parts of paths by which calls are tampered with.
const (
	callList         = "/v2/orders/customer-orders"
	callDetails      = "/details/"
	callDiscounts    = "/order-discounts"
	callCoupons      = "/coupons"
	callOrderCoupons = "/order-coupons"
	callBalances     = "/balances"
	callPay          = "/orders/customer-orders/pay"
	callPayV1        = "/order-mgr/order/pay"
	callCancel       = "/customer-orders/cancel"
	callResources    = "/suscriptions/resources/query"
)

// account is a simulated account, and what pays and cancels its orders.
type account struct {
	*simtest.Driven

	t     *testing.T
	payer *payment.Payer
}

func newAccount(t *testing.T, options bsssim.Options, change ...func(*act.Conditions)) *account {
	t.Helper()

	driven := simtest.Drive(t, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), options)
	conditions := act.Conditions{Clock: driven.Clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}}

	for _, apply := range change {
		apply(&conditions)
	}

	a := &account{Driven: driven, t: t, payer: payment.New(driven.Client, conditions)}
	a.Do("set_balance", map[string]any{"amount": "5000.00"})

	return a
}

// place places an order at the console, a change unless told otherwise, which
// makes no resources.
func (a *account) place(values map[string]any) string {
	a.t.Helper()

	complete := map[string]any{"amount": "42.50", "order_type": 3}
	for name, value := range values {
		complete[name] = value
	}

	if values["sub_orders"] != nil {
		delete(complete, "amount")
	}

	id, ok := a.Do("place_order", complete)["order_id"].(string)
	if !ok {
		a.t.Fatal("the console answered no order_id")
	}

	return id
}

// pay pays the order with a cap, and whatever else is changed of the request.
func (a *account) pay(orderID, most string, change ...func(*payment.Request)) (payment.Receipt, []act.Warning, error) {
	a.t.Helper()

	request := payment.Request{OrderID: orderID, MaxAmount: simtest.Decimal(a.t, most)}
	for _, apply := range change {
		apply(&request)
	}

	return a.payer.Pay(a.t.Context(), request)
}

// sends fails the test unless so many payments were sent.
func (a *account) sends(want int) {
	a.t.Helper()

	if sent, _ := a.Calls("pay_order"); sent != want {
		a.t.Errorf("%d payments were sent, want %d", sent, want)
	}
}

// editOrder changes the order as one of the two calls that read it shows it.
func (a *account) editOrder(part string, change func(order map[string]any)) {
	a.Edit(part, func(answer map[string]any) {
		if order, ok := answer["order_info"].(map[string]any); ok {
			change(order)
		}

		for _, order := range simtest.Rows(answer, "order_infos") {
			change(order)
		}
	})
}

// outcome names what an act ended in.
func outcome(err error) string {
	var (
		refusal *act.Refusal
		doubt   *act.Doubt
	)

	switch {
	case err == nil:
		return "done"
	case errors.As(err, &refusal):
		return "refused"
	case errors.As(err, &doubt):
		return "doubt"
	default:
		return err.Error()
	}
}

// says is what a refusal tells the user, or what a doubt is about.
func says(err error) string {
	var (
		refusal *act.Refusal
		doubt   *act.Doubt
	)

	switch {
	case errors.As(err, &refusal):
		return refusal.Detail
	case errors.As(err, &doubt):
		return doubt.Subject.ID
	default:
		return ""
	}
}
