// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
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

// account is a simulated account in this process, and what pays and cancels its
// orders, both by a clock that never really waits.
type account struct {
	*simtest.Account
	wire  *simtest.Wire
	clock *clocktest.Clock
	t     *testing.T
	payer *payment.Payer
}

func newAccount(t *testing.T, options bsssim.Options, change ...func(*act.Conditions)) *account {
	t.Helper()

	clock := clocktest.New(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	conditions := act.Conditions{Clock: clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}}

	for _, apply := range change {
		apply(&conditions)
	}

	simulated, wire := simtest.Inside(t, clock, options, bssapi.WithMaxRetries(0))

	a := &account{Account: simulated, wire: wire, clock: clock, t: t, payer: payment.New(simulated.Client, conditions)}
	a.console("set_balance", map[string]any{"amount": "5000.00"})

	return a
}

func (a *account) console(act string, values map[string]any) map[string]any {
	a.t.Helper()

	answer, err := a.Console(act, values)
	if err != nil {
		a.t.Fatalf("%s: %v", act, err)
	}

	return answer
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

// fault makes the next call of an operation go wrong.
func (a *account) fault(fault bsssim.Fault) {
	a.t.Helper()

	if err := a.AddFault(fault); err != nil {
		a.t.Fatal(err)
	}
}

// edit changes the answers to the calls whose path has the part in it.
func (a *account) edit(part string, change func(answer map[string]any)) {
	a.wire.On(part, func(_ int, deliver func() simtest.Reply) simtest.Reply { return edited(a.t, deliver(), change) })
}

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

	var answer map[string]any
	if err := json.Unmarshal(reply.Body, &answer); err != nil {
		t.Error(err)

		return reply
	}

	change(answer)

	body, err := json.Marshal(answer)
	if err != nil {
		t.Error(err)
	}

	reply.Body = body

	return reply
}

// calls counts the calls of an operation, and those that acted.
func (a *account) calls(operation string) (sent, acted int) {
	for _, request := range a.Requests() {
		if request.Operation == operation {
			sent++

			if request.Acted {
				acted++
			}
		}
	}

	return sent, acted
}

// sends fails the test unless so many payments were sent.
func (a *account) sends(want int) {
	a.t.Helper()

	if sent, _ := a.calls("pay_order"); sent != want {
		a.t.Errorf("%d payments were sent, want %d", sent, want)
	}
}

// charges fails the test unless the order was charged these amounts.
func (a *account) charges(orderID string, want ...string) {
	a.t.Helper()

	var got []string

	for _, made := range a.World().Payments {
		if made.OrderID == orderID {
			got = append(got, string(made.Amount))
		}
	}

	if strings.Join(got, " ") != strings.Join(want, " ") {
		a.t.Errorf("order %s was charged %q, want %q", orderID, got, want)
	}
}

func (a *account) status(orderID string) int {
	a.t.Helper()

	return a.World().Order(orderID).Status
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

// refused fails the test unless err is a refusal at the argument that says so.
func refused(t *testing.T, err error, field act.Field, words string) {
	t.Helper()

	var refusal *act.Refusal

	switch {
	case !errors.As(err, &refusal):
		t.Errorf("got %v, want a refusal that says %q", err, words)
	case refusal.Field != field:
		t.Errorf("refused at %q, want %q: %v", refusal.Field, field, err)
	case !strings.Contains(fmt.Sprint(err), words):
		t.Errorf("the refusal does not say %q: %v", words, err)
	}
}

// warned fails the test unless the one warning has the summary.
func warned(t *testing.T, warnings []act.Warning, summary string) {
	t.Helper()

	if len(warnings) != 1 || warnings[0].Summary != summary {
		t.Errorf("warnings: %+v, want one of %q", warnings, summary)
	}
}
