// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

func answer(status int, body string) simtest.Reply {
	return simtest.Reply{Status: status, Header: http.Header{}, Body: []byte(body)}
}

func coded(status int, code string) simtest.Reply {
	return answer(status, `{"error_code":"`+code+`","error_msg":"x"}`)
}

// lost are the answers that leave open whether an order was placed.
func lost() map[string]simtest.Reply {
	return map[string]simtest.Reply{
		"no answer":                 {Err: bssapi.ErrNoAnswer},
		"cut off":                   {Status: 200, Header: http.Header{}, Body: []byte(`{"order_ids":["CS`), Cut: true},
		"garbage":                   answer(200, `<html>`),
		"nothing":                   answer(204, ``),
		"another success":           answer(202, `{"order_ids":[]}`),
		"no order and no failure":   answer(200, `{"order_ids":[]}`),
		"a failure of another one":  answer(200, `{"order_ids":[],"fail_resource_infos":[{"resource_id":"other","error_code":"CBC.99003016"}]}`),
		"server error":              coded(500, "CBC.0999"),
		"unknown code":              coded(400, "CBC.12345678"),
		"an order is in progress":   coded(400, "CBC.99003144"),
		"in progress, in a success": coded(200, "CBC.3144"),
		"in progress, inside": answer(200,
			`{"order_ids":[],"fail_resource_infos":[{"resource_id":"server","error_code":"CBC.99003144"}]}`),
		"order and failure": answer(200,
			`{"order_ids":["CS2611220000001"],"fail_resource_infos":[{"resource_id":"server","error_code":"CBC.99003016","error_msg":"x"}]}`),
		"in an unpaid order": coded(400, "CBC.99003100"),
		"transaction":        coded(400, "CBC.99003651"),
		"throttled":          coded(429, "APIG.0308"),
		"throttled by proxy": answer(429, `<html>`),
	}
}

// TestLostAndPlaced: an order that shows after an answer that did not name it is
// neither paid nor canceled; the next plan states it, and its apply pays it.
func TestLostAndPlaced(t *testing.T) {
	t.Parallel()

	for name, reply := range lost() {
		for _, late := range []bool{false, true} {
			// An answer that names an open order says that there is nothing to wait for.
			if late && name == "in an unpaid order" {
				continue
			}

			t.Run(name+map[bool]string{true: ", late"}[late], func(t *testing.T) {
				t.Parallel()

				a := newAccount(t)
				a.Wire.On(callRenew, func(_ int, deliver func() simtest.Reply) simtest.Reply {
					deliver()

					return reply
				})

				if late {
					// The order does not show in lists for a while.
					until := time.Time{}

					a.Edit(callOrders, func(answer map[string]any) {
						if until.IsZero() {
							until = a.Clock.Now().Add(8 * time.Second)
						}

						if a.Clock.Now().Before(until) {
							answer["order_infos"], answer["total_count"] = []any{}, 0
						}
					})
				}

				_, _, err := a.renew()
				order := a.unpaid()[0]
				simtest.Refused(
					t,
					err,
					act.FieldResourceID,
					"An unpaid order renews the resource",
					"Order "+order+" renews resource server for 2 months",
					"did not name it",
					"neither paid nor canceled",
				)
				a.sends(1, 0, 0)

				// Nobody's plan has stated it, in this run and in the next.
				for _, machine := range []*renewal.Machine{a.machine, a.another()} {
					_, _, err = machine.Renew(t.Context(), a.goal())
					simtest.Refused(t, err, act.FieldResourceID, "Nothing has stated that it would be paid from here", order)
				}

				quote, err := a.quote()
				if err != nil || quote.OrderID != order {
					t.Fatalf("%+v, %v", quote, err)
				}

				if _, _, err := a.renew(stated(order)); err != nil {
					t.Error(err)
				}

				a.sends(1, 1, 0)
				a.Charges(order, "120.00")
			})
		}
	}
}

// TestLostAndNotPlaced: where no order shows in all that time, the renewal is in doubt,
// and not sent again; a throttled one is, as often as it may be.
func TestLostAndNotPlaced(t *testing.T) {
	t.Parallel()

	for name, reply := range lost() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t)

			var came []time.Time

			a.Wire.On(callRenew, func(int, func() simtest.Reply) simtest.Reply {
				came = append(came, a.Clock.Now())

				return reply
			})

			_, _, err := a.renew()
			waited := a.Clock.Now().Sub(came[len(came)-1])

			switch name {
			case "throttled":
				simtest.Refused(t, err, act.FieldResourceID, "Renewal was refused", "nothing was ordered or paid. The API takes no more calls now")

				if len(came) != act.DefaultTiming().Attempts || came[1].Sub(came[0]) < act.DefaultTiming().Settle {
					t.Errorf("sent at %v", came)
				}
			case "in an unpaid order":
				simtest.Refused(t, err, act.FieldResourceID, "Renewal is in doubt", "no order shows")

				if waited >= act.DefaultTiming().Settle {
					t.Errorf("waited %s", waited)
				}
			default:
				simtest.Refused(t, err, act.FieldResourceID, "Renewal is in doubt", "At most one unpaid order is left", "no order shows")

				if len(came) != 1 || waited < act.DefaultTiming().Settle {
					t.Errorf("sent at %v, waited %s", came, waited)
				}
			}

			if got, _ := a.Calls("pay_order"); got != 0 || len(a.World().Orders) != 0 {
				t.Errorf("%d payments, orders %v", got, a.World().Orders)
			}
		})
	}
}

// TestThrottled: a renewal that is throttled and has left nothing is sent again after a
// further look; who placed an order all the same is not.
func TestThrottled(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.Fault(bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"})

	receipt, _, err := a.renew()
	if err != nil || len(receipt.OrderIDs) != 1 {
		t.Fatalf("%+v, %v", receipt, err)
	}

	a.sends(2, 1, 0)

	// A look that fails meanwhile shows nothing.
	a = newAccount(t)
	a.Fault(bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"})
	a.Fault(bsssim.Fault{Operation: "get_renewal_price", Kind: bsssim.FaultStatusBefore, After: 2})

	_, _, err = a.renew()
	simtest.Refused(t, err, act.FieldResourceID, "Renewal is in doubt")
	a.sends(1, 0, 0)

	// The price rises while it waits.
	a = newAccount(t)
	a.Fault(bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"})
	a.Edit(callPrice, func(answer map[string]any) {
		if sent, _ := a.Calls("renew_resources"); sent > 0 {
			simtest.Rows(answer, "renew_inquiry_results")[0]["amount"] = 120.01
		}
	})

	_, _, err = a.renew(most(t, "1000"), quoted(t, "120"))
	simtest.Refused(t, err, act.FieldResourceID, "Price rose since the plan")
	a.sends(1, 0, 0)
}

// TestRefused: what the API refuses for certain is refused at what can be changed.
func TestRefused(t *testing.T) {
	t.Parallel()

	for code, field := range map[bssapi.Code]act.Field{
		bssapi.CodeRenewalPeriodNotOffered: act.FieldPeriodUnit,
		bssapi.CodeTermTooLong:             act.FieldPaidThrough,
		bssapi.CodeRenewalResourceGone:     act.FieldResourceID,
		bssapi.CodeRenewalNotSupported:     act.FieldResourceID,
	} {
		for _, failures := range []string{"inside", "whole"} {
			a := newAccount(t, "renew_failures", failures)
			a.Do("refuse", map[string]any{"resource_id": server, "operation": "renew_resources", "code": string(code)})

			_, _, err := a.renew()
			simtest.Refused(t, err, field, "Renewal was refused", "Resource server was not renewed: nothing was ordered or paid.", string(code))

			if !errors.Is(err, code) {
				t.Errorf("%s is not in %v", code, err)
			}

			a.sends(1, 0, 0)
		}
	}
}

// TestMovedMeanwhile: a resource that ends later after a lost answer was renewed by
// somebody, and that is said.
func TestMovedMeanwhile(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.Wire.On(callRenew, func(int, func() simtest.Reply) simtest.Reply {
		a.orders(server, map[string]any{"unpaid": false, "period_num": 1})

		return simtest.Reply{Err: bssapi.ErrNoAnswer}
	})

	_, _, err := a.renew()
	simtest.Refused(t, err, act.FieldResourceID, "Resource was renewed meanwhile", "ends at 2027-02-28T15:59:59Z now")
	a.sends(0, 0, 0)

	// It does not wait for what shows already, and what stands in the way is not repeated.
	if waited := a.Clock.Now().Sub(time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC)); waited >= act.DefaultTiming().Settle {
		t.Errorf("waited %s", waited)
	}
}

// TestLostAndAnother: an order for something else that shows after a lost answer is
// named for what it is.
func TestLostAndAnother(t *testing.T) {
	t.Parallel()

	a := newAccount(t)

	var order string

	a.Wire.On(callRenew, func(int, func() simtest.Reply) simtest.Reply {
		order = a.orders(server, map[string]any{"period_num": 3})

		return simtest.Reply{Err: bssapi.ErrNoAnswer}
	})

	_, _, err := a.renew()
	simtest.Refused(t, err, act.FieldResourceID, "An open order holds the resource", order, "it is not for 2 months")
	a.sends(0, 0, 0)
}

// TestTwinsAfterDoubt: an order in doubt of one resource is not taken for that of an
// equal one in the same run.
func TestTwinsAfterDoubt(t *testing.T) {
	t.Parallel()

	a := newAccount(t)
	a.add("twin", nil)
	a.Fault(bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultDropAfter})

	_, _, err := a.renew()
	order := a.unpaid()[0]
	simtest.Refused(t, err, act.FieldResourceID, order)

	// The twin has an unpaid order placed at the same time, which is known to be the server's.
	receipt, _, err := a.renew(func(goal *renewal.Goal) { goal.ResourceID = "twin" })
	if err != nil || len(receipt.OrderIDs) != 1 || receipt.OrderIDs[0] == order {
		t.Errorf("%+v, %v", receipt, err)
	}

	a.sends(2, 1, 0)

	if a.Status(order) != simtest.Unpaid {
		t.Errorf("order %s is %d", order, a.Status(order))
	}
}

// TestTwinsInDoubt: of two equal resources that are renewed at once, and whose answers
// are both lost, each error names the order of its own.
func TestTwinsInDoubt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t)
		a.add("twin", nil)
		a.Wire.On(callRenew, func(_ int, deliver func() simtest.Reply) simtest.Reply {
			// Both calls are under way at once if they can be, and both orders there
			// before either is looked for.
			deliver()
			simtest.Wait(t, time.Second)

			return simtest.Reply{Err: bssapi.ErrNoAnswer}
		})

		ids := []string{server, "twin"}
		errs := make([]error, len(ids))

		simtest.Each(len(ids), func(i int) {
			_, _, errs[i] = a.renew(func(goal *renewal.Goal) { goal.ResourceID = ids[i] })
		})
		a.sends(2, 0, 0)

		for _, order := range a.unpaid() {
			owner := a.World().Order(order).ResourceIDs[0]
			for i, id := range ids {
				if strings.Contains(fmt.Sprint(errs[i]), order) != (id == owner) {
					t.Errorf("of order %s, which renews %s, the error of %s is: %v", order, owner, id, errs[i])
				}
			}
		}
	})
}
