// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// answers answers each call of the path, after it acted if it is delivered.
func (a *account) answers(path string, delivered bool, status int, body string) {
	a.Wire.On(path, func(_ int, deliver func() simtest.Reply) simtest.Reply {
		if delivered {
			deliver()
		}

		return simtest.Reply{Status: status, Header: http.Header{}, Body: []byte(body)}
	})
}

func byV1(request *payment.Request) { request.APIVersion = payment.APIVersion1 }

// TestPayOnlyDocumentedSuccess: an answer that is neither the documented success
// nor a refusal leaves the payment in doubt until it shows, and is never followed
// by a second call.
func TestPayOnlyDocumentedSuccess(t *testing.T) {
	t.Parallel()

	const documented = `{"error_code":"CBC.0000","error_msg":"success","tradeNo":"TR1"}`

	for name, test := range map[string]struct {
		v1     bool
		status int
		body   string
	}{
		"an empty object":           {status: 200, body: `{}`},
		"nothing":                   {status: 200},
		"an unknown word":           {status: 200, body: `{"status":"UP"}`},
		"a code by another name":    {status: 200, body: `{"errorCode":"CBC.99005003"}`},
		"a refusal as a success":    {status: 200, body: `{"error_code":"CBC.99005003","error_msg":"short"}`},
		"the success of others":     {status: 200, body: `{"error_code":"CBC.0000"}`},
		"created":                   {status: 201},
		"accepted":                  {status: 202, body: `{}`},
		"reset":                     {status: 205},
		"v1, an empty object":       {v1: true, status: 200, body: `{}`},
		"v1, without a code":        {v1: true, status: 200, body: `{"tradeNo":"TR1"}`},
		"v1, nothing":               {v1: true, status: 204},
		"v1, created":               {v1: true, status: 201, body: documented},
		"v1, the old name of codes": {v1: true, status: 200, body: `{"resultCode":"0"}`},
	} {
		for _, delivered := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", acted"}[delivered], func(t *testing.T) {
				t.Parallel()

				a := newAccount(t, bsssim.Options{})
				order := a.place(nil)

				path, operation, change := callPay, "pay_order", []func(*payment.Request){}
				if test.v1 {
					path, operation, change = callPayV1, "pay_order_v1", append(change, byV1)
				}

				calls := 0
				a.Wire.On(path, func(_ int, deliver func() simtest.Reply) simtest.Reply {
					calls++

					if delivered {
						deliver()
					}

					return simtest.Reply{Status: test.status, Header: http.Header{}, Body: []byte(test.body)}
				})

				receipt, _, err := a.pay(order, "100", change...)
				if want := map[bool]string{true: "done", false: "doubt"}[delivered]; outcome(err) != want {
					t.Errorf("%s, want %s: %+v, %v", outcome(err), want, receipt, err)
				}

				if delivered && receipt.Status != payment.StatusCompleted {
					t.Errorf("status %s", receipt.Status)
				}

				if _, acted := a.Calls(operation); calls != 1 || acted > 1 {
					t.Errorf("sent %d times", calls)
				}
			})
		}
	}
}

// TestPayDocumentedSuccess: both pay calls are accepted as documented.
func TestPayDocumentedSuccess(t *testing.T) {
	t.Parallel()

	for version, trade := range map[string]bool{payment.APIVersion3: false, payment.APIVersion1: true} {
		a := newAccount(t, bsssim.Options{})
		order := a.place(nil)

		receipt, warnings, err := a.pay(order, "42.50", func(request *payment.Request) { request.APIVersion = version })
		if err != nil || len(warnings) != 0 || receipt.Status != payment.StatusCompleted || (receipt.TradeNumber != "") != trade {
			t.Errorf("%s: %+v, %+v, %v", version, receipt, warnings, err)
		}

		if receipt.AmountPaid.Cmp(simtest.Decimal(t, "42.50")) != 0 || receipt.PaymentTime == "" || receipt.Currency != "USD" ||
			receipt.AccountID == "" {
			t.Errorf("%s: %+v", version, receipt)
		}

		a.Charges(order, "42.50")
	}
}

// TestPayDoubtfulThenUnclear: after a call in doubt, a status that says nothing
// certain about a payment is a doubt. After a refusal it is a refusal.
func TestPayDoubtfulThenUnclear(t *testing.T) {
	t.Parallel()

	for status, word := range map[int]string{
		1: "pending_approval", 9: "pending_confirmation", 4: "canceled", 17: "unknown(17)", 6: "pending_payment",
	} {
		for _, refused := range []bool{false, true} {
			t.Run(word+map[bool]string{true: ", refused"}[refused], func(t *testing.T) {
				t.Parallel()

				a := newAccount(t, bsssim.Options{})
				order := a.place(nil)

				a.Wire.On(callPay, func(_ int, _ func() simtest.Reply) simtest.Reply {
					if status != 6 {
						a.Do("set_status", map[string]any{"order_id": order, "status": status})
					}

					if refused {
						return simtest.Reply{
							Status: 400, Header: http.Header{}, Body: []byte(`{"error_code":"CBC.99005003","error_msg":"short"}`),
						}
					}

					return simtest.Reply{Err: errors.New("connection reset")}
				})

				_, _, err := a.pay(order, "100")

				var doubt *act.Doubt

				switch {
				case refused && outcome(err) != "refused", !refused && outcome(err) != "doubt":
					t.Errorf("%s: %v", outcome(err), err)
				case !refused && errors.As(err, &doubt) && doubt.Shows != word:
					t.Errorf("the doubt says that the order shows as %q, want %q", doubt.Shows, word)
				}
			})
		}
	}
}

// TestPayDoubtfulThenPaidLate: a payment in doubt is looked for as long as it may
// take to show, past statuses that say nothing.
func TestPayDoubtfulThenPaidLate(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)

	a.Fault(bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropAfter})

	looks := 0
	unclear := func(shown map[string]any) {
		if _, sent := a.Calls("pay_order"); sent > 0 && looks < 6 {
			looks++
			shown["status"] = 17

			delete(shown, "payment_time")
		}
	}

	a.editOrder(callList, unclear)
	a.editOrder(callDetails, unclear)

	receipt, _, err := a.pay(order, "100")
	if err != nil || receipt.Status != payment.StatusCompleted {
		t.Errorf("%+v, %v", receipt, err)
	}

	a.sends(1)
}

// unconfirmed pays an order with a call that is accepted and does nothing.
func unconfirmed(t *testing.T) (*account, string, payment.Receipt) {
	t.Helper()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	a.answers(callPay, false, http.StatusNoContent, "")

	receipt, _, err := a.pay(order, "100")
	if err != nil {
		t.Fatal(err)
	}

	if receipt.Status != payment.StatusUnconfirmed || !receipt.Unfinished() || !receipt.AmountPaid.IsNull() || receipt.AccountID == "" {
		t.Errorf("%+v", receipt)
	}

	return a, order, receipt
}

// finish waits for a receipt, for a minute by the clock.
func (a *account) finish(receipt payment.Receipt) (payment.Receipt, []act.Warning) {
	a.t.Helper()

	ctx, cancel := a.Clock.Within(a.t.Context(), time.Minute)
	defer cancel()

	return a.payer.Finish(ctx, receipt)
}

// resume waits for what an earlier apply left, for a minute by the clock.
func (a *account) resume(receipt payment.Receipt) (payment.Receipt, []act.Warning, error) {
	a.t.Helper()

	ctx, cancel := a.Clock.Within(a.t.Context(), time.Minute)
	defer cancel()

	return a.payer.Resume(ctx, receipt)
}

// TestUnconfirmed: an accepted payment that does not show is recorded as such,
// with a warning, and reading it changes nothing about that.
func TestUnconfirmed(t *testing.T) {
	t.Parallel()

	a, _, receipt := unconfirmed(t)

	finished, warnings := a.finish(receipt)
	if finished.Status != payment.StatusUnconfirmed {
		t.Errorf("%+v", finished)
	}

	simtest.Warned(t, warnings, "Payment was accepted, but does not show")

	for _, agent := range []bool{false, true} {
		a.editOrder(callList, func(order map[string]any) { order["agent_pay_info"] = map[string]any{"is_agent_pay": agent} })

		if read, err := a.payer.Refresh(t.Context(), receipt); err != nil || read.Status != payment.StatusUnconfirmed {
			t.Errorf("read as %+v, %v", read, err)
		}
	}
}

// TestUnconfirmedLookFails: a payment that was accepted and cannot be read back
// is not known to be made.
func TestUnconfirmedLookFails(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	a.Fault(bsssim.Fault{Operation: "get_order", Kind: bsssim.FaultStatusBefore, After: 1, Times: -1})

	receipt, warnings, err := a.pay(order, "100")
	if err != nil || receipt.Status != payment.StatusUnconfirmed || receipt.OrderID != order {
		t.Errorf("%+v, %v", receipt, err)
	}

	simtest.Warned(t, warnings, "Payment was accepted, but could not be read back")
	a.ClearFaults()

	if finished, warnings := a.finish(receipt); finished.Status != payment.StatusCompleted || len(warnings) != 0 {
		t.Errorf("%+v, %+v", finished, warnings)
	}
}

// TestResume: an apply looks for an unconfirmed payment for its whole time, and
// says the truth about what it finds.
func TestResume(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		console string
		fault   bsssim.Fault
		want    string
		paid    bool
		warns   string
		doubt   bool
	}{
		"shows at last":         {console: "pay_order", want: payment.StatusCompleted, paid: true},
		"canceled by somebody":  {console: "cancel_order", want: "canceled", warns: "Order was canceled, and nobody paid it"},
		"still unpaid":          {want: payment.StatusUnconfirmed, doubt: true},
		"unpaid, and no answer": {fault: bsssim.Fault{Operation: "list_orders", Times: -1}, want: payment.StatusUnconfirmed, doubt: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a, order, receipt := unconfirmed(t)
			started, calls := a.Clock.Now(), 0

			a.Wire.On(callList, func(_ int, deliver func() simtest.Reply) simtest.Reply {
				if calls++; calls == 4 && test.console != "" {
					a.Do(test.console, map[string]any{"order_id": order})
				}

				return deliver()
			})

			if test.fault.Operation != "" {
				test.fault.Kind = bsssim.FaultStatusBefore
				a.Fault(test.fault)
			}

			resumed, warnings, err := a.resume(receipt)
			if resumed.Status != test.want || resumed.AmountPaid.IsNull() == test.paid {
				t.Errorf("%+v", resumed)
			}

			if (outcome(err) == "doubt") != test.doubt || test.doubt && !strings.Contains(fmt.Sprint(err), order) {
				t.Errorf("%s: %v", outcome(err), err)
			}

			if took := a.Clock.Now().Sub(started); test.doubt && took < time.Minute {
				t.Errorf("gave up after %s", took)
			}

			if test.warns != "" {
				simtest.Warned(t, warnings, test.warns)
			} else if len(warnings) != 0 {
				t.Errorf("warnings: %+v", warnings)
			}

			a.sends(0)
		})
	}
}

// TestResumeFinished: what is finished is neither looked at nor an error, and
// what waits for a master account is no error.
func TestResumeFinished(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(map[string]any{"agent_pay": true})

	for status, warns := range map[string]string{
		payment.StatusCompleted: "", payment.StatusAwaitingPayer: "A master account has to pay this order",
	} {
		receipt, warnings, err := a.resume(payment.Receipt{OrderID: order, Status: status})
		if err != nil || receipt.Status != status {
			t.Errorf("%s: %+v, %v", status, receipt, err)
		}

		if warns != "" {
			simtest.Warned(t, warnings, warns)
		} else if len(warnings) != 0 {
			t.Errorf("%s: %+v", status, warnings)
		}
	}
}

// TestCanceledAfterPayment: only an order that somebody paid was canceled after
// it was paid.
func TestCanceledAfterPayment(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		prior payment.Receipt
		edit  func(order map[string]any)
		warns string
	}{
		"nobody paid": {warns: "Order was canceled, and nobody paid it"},
		"a payment time": {
			edit:  func(order map[string]any) { order["payment_time"] = "2026-11-22T12:00:00Z" },
			warns: "Order was canceled after it was paid",
		},
		"an amount that was recorded": {
			prior: payment.Receipt{AmountPaid: simtest.Decimal(t, "42.50")}, warns: "Order was canceled after it was paid",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(map[string]any{"status": 4})

			if test.edit != nil {
				a.editOrder(callList, test.edit)
			}

			test.prior.OrderID, test.prior.Status = order, payment.StatusProcessing

			receipt, warnings := a.finish(test.prior)
			if receipt.Status != "canceled" {
				t.Errorf("%+v", receipt)
			}

			simtest.Warned(t, warnings, test.warns)
		})
	}
}

// TestRefreshKeeps: what a payment has become certain of does not become less
// certain by an answer that is older.
func TestRefreshKeeps(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	unpaid, delegated := a.place(nil), a.place(map[string]any{"agent_pay": true})

	for _, test := range []struct{ order, prior, want string }{
		{unpaid, payment.StatusProcessing, payment.StatusProcessing},
		{delegated, payment.StatusProcessing, payment.StatusProcessing},
		{delegated, payment.StatusCompleted, payment.StatusCompleted},
		{unpaid, payment.StatusAwaitingPayer, payment.StatusAwaitingPayer},
		{delegated, payment.StatusAwaitingPayer, payment.StatusAwaitingPayer},
		{unpaid, "", payment.StatusUnconfirmed},
		{delegated, "", payment.StatusAwaitingPayer},
	} {
		read, err := a.payer.Refresh(t.Context(), payment.Receipt{OrderID: test.order, Status: test.prior})
		if err != nil || read.Status != test.want {
			t.Errorf("%q reads as %q, want %q: %v", test.prior, read.Status, test.want, err)
		}
	}

	if _, err := a.payer.Refresh(t.Context(), payment.Receipt{OrderID: "CS404"}); !errors.Is(err, bssapi.ErrNoOrder) {
		t.Errorf("an order that is not there: %v", err)
	}
}

// TestDelegatedIsNotPaid: an order that a master account pays gets no pay call,
// however often it is asked for. One that the pay call itself delegated gets one.
func TestDelegatedIsNotPaid(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings map[string]string
		order    map[string]any
		sends    int
	}{
		"by the order":    {order: map[string]any{"agent_pay": true}},
		"by the pay call": {settings: map[string]string{"custody": "on"}, sends: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{Settings: test.settings})
			order := a.place(test.order)

			for range 3 {
				receipt, warnings, err := a.pay(order, "42.50")
				if err != nil || receipt.Status != payment.StatusAwaitingPayer {
					t.Errorf("%+v, %v", receipt, err)
				}

				simtest.Warned(t, warnings, "A master account has to pay this order")
			}

			_, _, err := a.pay(order, "42.49")
			simtest.Refused(t, err, act.FieldMaxAmount, "more than max_amount")

			a.sends(test.sends)
			a.Charges(order)
		})
	}
}

// TestPayInterrupted: who is interrupted before the payment has paid nothing; who
// is interrupted during it still finds out.
func TestPayInterrupted(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	pay := func(ctx context.Context) (payment.Receipt, error) {
		receipt, _, err := a.payer.Pay(ctx, payment.Request{OrderID: order, MaxAmount: simtest.Decimal(t, "100")})

		return receipt, err
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()

	if _, err := pay(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("before the look: %v", err)
	}

	a.sends(0)

	// After the last look, where nothing more is asked before the payment.
	ctx, stop := context.WithCancel(t.Context())

	a.Wire.On(callDiscounts, func(_ int, deliver func() simtest.Reply) simtest.Reply {
		reply := deliver()
		reply.Read = stop

		return reply
	})

	if _, err := pay(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("after the look: %v", err)
	}

	a.sends(0)

	ctx, cancel = context.WithCancel(t.Context())
	a.Wire.On(callPay, func(_ int, deliver func() simtest.Reply) simtest.Reply {
		cancel()

		return deliver()
	})

	receipt, err := pay(ctx)
	if err != nil || receipt.Status != payment.StatusCompleted {
		t.Errorf("during the call: %+v, %v", receipt, err)
	}

	a.Charges(order, "42.50")
}
