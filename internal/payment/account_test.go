// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"errors"
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
	callPay    = "/orders/customer-orders/pay"
	callCancel = "/customer-orders/cancel"
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

// sends fails the test unless the operation was called so often.
func (a *account) sends(operation string, want int) {
	a.t.Helper()

	if sent, _ := a.calls(operation); sent != want {
		a.t.Errorf("%s was sent %d times, want %d", operation, sent, want)
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

	for _, order := range a.World().Orders {
		if order.OrderID == orderID {
			return order.Status
		}
	}

	a.t.Fatalf("no order %s", orderID)

	return 0
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

	value, err := bssapi.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}

	return value
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
	case !strings.Contains(err.Error(), words):
		t.Errorf("the refusal does not say %q: %v", words, err)
	}
}
