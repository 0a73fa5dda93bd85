// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// throttles answers the first calls of the path as throttled, after they acted if
// they are delivered, and notes when each came.
func (a *account) throttles(path string, first int, delivered bool) *[]time.Time {
	var came []time.Time

	a.Wire.On(path, func(n int, deliver func() simtest.Reply) simtest.Reply {
		came = append(came, a.Clock.Now())

		if n >= first {
			return deliver()
		}

		if delivered {
			deliver()
		}

		return simtest.Reply{
			Status: http.StatusTooManyRequests, Header: http.Header{}, Body: []byte(`{"error_code":"APIG.0308","error_msg":"too many"}`),
		}
	})

	return &came
}

// TestThrottledIsTriedAgain: a throttled payment or cancellation is tried again
// once the order has shown itself untouched for as long as an act may take to
// show, and only so often.
func TestThrottledIsTriedAgain(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		cancels     bool
		first, sent int
		want        string
	}{
		"pay, once":          {first: 1, sent: 2, want: "done"},
		"pay, three times":   {first: 3, sent: 4, want: "done"},
		"pay, for ever":      {first: 100, sent: 4, want: "refused"},
		"cancel, once":       {cancels: true, first: 1, sent: 2, want: "done"},
		"cancel, for ever":   {cancels: true, first: 100, sent: 4, want: "refused"},
		"cancel, not at all": {cancels: true, sent: 1, want: "done"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(nil)

			path, run := callPay, func() error {
				_, _, err := a.pay(order, "100")

				return err
			}
			if test.cancels {
				path, run = callCancel, func() error { return a.payer.Cancel(t.Context(), order) }
			}

			came := a.throttles(path, test.first, false)

			if err := run(); outcome(err) != test.want {
				t.Errorf("%s, want %s: %v", outcome(err), test.want, err)
			}

			if len(*came) != test.sent {
				t.Errorf("sent %d times, want %d", len(*came), test.sent)
			}

			for i := 1; i < len(*came); i++ {
				if waited := (*came)[i].Sub((*came)[i-1]); waited < act.DefaultTiming().Settle {
					t.Errorf("tried again after %s", waited)
				}
			}
		})
	}
}

// TestThrottledAfterActing: an answer that says "too many requests" after the act
// does not make it act twice, however late the act shows within the time that it
// may take, with a server that would do it again.
func TestThrottledAfterActing(t *testing.T) {
	t.Parallel()

	for _, lag := range []time.Duration{0, time.Second, 8 * time.Second, 19 * time.Second} {
		a := newAccount(t, bsssim.Options{Lag: bsssim.Transition{Duration: lag}, Settings: map[string]string{"server_locks": "off"}})
		order := a.place(nil)
		a.Clock.Advance(lag)
		a.throttles(callPay, 1, true)

		receipt, _, err := a.pay(order, "100")
		if err != nil || receipt.Status != payment.StatusCompleted {
			t.Errorf("lag %s: %+v, %v", lag, receipt, err)
		}

		a.sends(1)
		a.Charges(order, "42.50")
	}
}

// TestThrottledAndTouched: an order that did not show itself untouched all the
// time is not tried again.
func TestThrottledAndTouched(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		// during is what the third look after the call shows.
		during func(reply simtest.Reply) simtest.Reply
		want   string
	}{
		"an error": {want: "refused", during: func(simtest.Reply) simtest.Reply { return simtest.Reply{Err: bssapi.ErrNoAnswer} }},
		"another status": {want: "refused", during: func(reply simtest.Reply) simtest.Reply {
			return simtest.Edited(t, reply, func(answer map[string]any) {
				if order, ok := answer["order_info"].(map[string]any); ok {
					order["status"] = 17
				}
			})
		}},
	} {
		for _, cancels := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", cancel", false: ", pay"}[cancels], func(t *testing.T) {
				t.Parallel()

				a := newAccount(t, bsssim.Options{})
				order := a.place(nil)

				path := map[bool]string{true: callCancel, false: callPay}[cancels]
				came := a.throttles(path, 100, false)
				after := 0

				a.Wire.On(callDetails, func(_ int, deliver func() simtest.Reply) simtest.Reply {
					reply := deliver()

					if len(*came) > 0 {
						if after++; after == 3 {
							return test.during(reply)
						}
					}

					return reply
				})

				var err error
				if cancels {
					err = a.payer.Cancel(t.Context(), order)
				} else {
					_, _, err = a.pay(order, "100")
				}

				if outcome(err) != test.want || !errors.Is(err, bssapi.ErrThrottled) {
					t.Errorf("%s, want %s: %v", outcome(err), test.want, err)
				}

				if len(*came) != 1 {
					t.Errorf("sent %d times, want once", len(*came))
				}
			})
		}
	}
}

// TestThrottledLooksFail: a throttled call whose order cannot be read any more is
// in doubt.
func TestThrottledLooksFail(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	a.throttles(callPay, 100, false)
	a.Fault(bsssim.Fault{Operation: "list_orders", Kind: bsssim.FaultStatusBefore, After: 1, Times: -1})

	if _, _, err := a.pay(order, "100"); outcome(err) != "doubt" {
		t.Errorf("%s: %v", outcome(err), err)
	}
}

// TestThrottledByAProxy: a 429 that is not the API's own says nothing about the
// call.
func TestThrottledByAProxy(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})
	order := a.place(nil)
	a.answers(callPay, false, http.StatusTooManyRequests, "<html>")

	if _, _, err := a.pay(order, "100"); outcome(err) != "doubt" {
		t.Errorf("%s: %v", outcome(err), err)
	}

	a.sends(0)
}
