// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"errors"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
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

// The states of an order in the simulated world.
const (
	statusUnpaid    = 6
	statusCompleted = 5
	statusCanceled  = 4
)

// account is a simulated account, and what pays and cancels its orders.
type account struct {
	*simtest.Driven

	wire  *simtest.Wire
	clock *clocktest.Clock
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

	a := &account{Driven: driven, wire: driven.Wire, clock: driven.Clock, t: t, payer: payment.New(driven.Client, conditions)}
	a.console("set_balance", map[string]any{"amount": "5000.00"})

	return a
}

func (a *account) console(act string, values map[string]any) map[string]any {
	a.t.Helper()

	return a.Do(act, values)
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

	id, ok := a.console("place_order", complete)["order_id"].(string)
	if !ok {
		a.t.Fatal("the console answered no order_id")
	}

	return id
}

func (a *account) fault(fault bsssim.Fault) {
	a.t.Helper()
	a.Fault(fault)
}

func (a *account) edit(part string, change func(answer map[string]any)) { a.Edit(part, change) }

// editOrder changes the order as one of the two calls that read it shows it.
func (a *account) editOrder(part string, change func(order map[string]any)) {
	a.edit(part, func(answer map[string]any) {
		if order, ok := answer["order_info"].(map[string]any); ok {
			change(order)
		}

		orders, _ := answer["order_infos"].([]any)
		for i := range orders {
			if order, ok := orders[i].(map[string]any); ok {
				change(order)
			}
		}
	})
}

func edited(t *testing.T, reply simtest.Reply, change func(map[string]any)) simtest.Reply {
	t.Helper()

	return simtest.Edited(t, reply, change)
}

func (a *account) calls(operation string) (sent, acted int) { return a.Calls(operation) }

// sends fails the test unless so many payments were sent.
func (a *account) sends(want int) {
	a.t.Helper()

	if sent, _ := a.calls("pay_order"); sent != want {
		a.t.Errorf("%d payments were sent, want %d", sent, want)
	}
}

func (a *account) charges(orderID string, want ...string) {
	a.t.Helper()
	a.Charges(orderID, want...)
}

func (a *account) status(orderID string) int {
	a.t.Helper()

	return a.Status(orderID)
}

// pay pays the order with a cap, and whatever else is changed of the request.
func (a *account) pay(orderID, most string, change ...func(*payment.Request)) (payment.Receipt, []act.Warning, error) {
	a.t.Helper()

	request := payment.Request{OrderID: orderID, MaxAmount: decimal(a.t, most)}
	for _, apply := range change {
		apply(&request)
	}

	return a.payer.Pay(a.t.Context(), request)
}

func decimal(t *testing.T, text string) bssapi.Decimal {
	t.Helper()

	return simtest.Decimal(t, text)
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

func refused(t *testing.T, err error, field act.Field, words string) {
	t.Helper()
	simtest.Refused(t, err, field, words)
}

func warned(t *testing.T, warnings []act.Warning, summary string) {
	t.Helper()
	simtest.Warned(t, warnings, summary)
}
