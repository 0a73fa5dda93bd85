// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

const (
	saysProcessing  = "Renewal is paid, but not carried out yet"
	saysUnconfirmed = "Payment is accepted, but does not show"
	saysAwaits      = "A master account has to pay this order"
	saysCanceled    = "Order was canceled"
	saysShort       = "Resource ends before the day"
)

// finish waits for a minute at most.
func (a *account) finish(receipt renewal.Receipt, change ...func(*renewal.Goal)) (renewal.Receipt, []act.Warning) {
	a.t.Helper()

	ctx, cancel := a.Clock.Within(a.t.Context(), time.Minute)
	defer cancel()

	return a.machine.Finish(ctx, a.goal(change...), receipt)
}

// TestFinish: what is paid and not done yet is waited for, and said.
func TestFinish(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		options bsssim.Options
		// arrange is done before the renewal, then after it.
		arrange func(a *account)
		then    func(a *account, order string)
		status  string
		warns   []string
		// again is the status after an hour.
		again string
		words string
	}{
		"done": {status: "reached", again: "reached"},
		"soon": {options: bsssim.Options{Processing: bsssim.Transition{Duration: 30 * time.Second}}, status: "reached", again: "reached"},
		"later": {
			options: bsssim.Options{Processing: bsssim.Transition{Duration: 30 * time.Minute}},
			status:  "processing", warns: []string{saysProcessing}, again: "reached",
		},
		"a master pays": {
			options: bsssim.Options{Settings: map[string]string{"custody": "on"}},
			status:  "awaiting_payer", warns: []string{saysAwaits}, again: "awaiting_payer",
		},
		"a master has paid": {
			options: bsssim.Options{Settings: map[string]string{"custody": "on"}},
			then:    func(a *account, order string) { a.Do("pay_order", map[string]any{"order_id": order}) },
			status:  "reached", again: "reached",
		},
		"nobody pays": {
			options: bsssim.Options{Settings: map[string]string{"custody": "on"}},
			then:    func(a *account, order string) { a.Do("cancel_order", map[string]any{"order_id": order}) },
			status:  "canceled", warns: []string{saysCanceled}, again: "canceled",
		},
		"short": {
			then: func(a *account, _ string) {
				a.editRows(callResources, "data", sets("expire_time", "2027-03-30T15:59:59Z"))
			},
			status: "short", warns: []string{saysShort}, again: "short",
			words: "through 2027-03-31, which was reached or ordered before, and is paid through 2027-03-30 now",
		},
		"the end lags": {
			then: func(a *account, _ string) {
				until := a.Clock.Now().Add(20 * time.Second)
				a.editRows(callResources, "data", func(row map[string]any) {
					if a.Clock.Now().Before(until) {
						row["expire_time"] = serverEnds
					}
				})
			},
			status: "reached", again: "reached",
		},
		"the end lags longer": {
			then: func(a *account, _ string) {
				until := a.Clock.Now().Add(20 * time.Minute)
				a.editRows(callResources, "data", func(row map[string]any) {
					if a.Clock.Now().Before(until) {
						row["expire_time"] = serverEnds
					}
				})
			},
			status: "processing", warns: []string{saysProcessing}, again: "reached",
		},
		"the end never moves": {
			then: func(a *account, _ string) {
				a.editRows(callResources, "data", sets("expire_time", serverEnds))
				a.Clock.Advance(25 * time.Hour)
			},
			status: "short", warns: []string{saysShort}, again: "short",
		},
		"an odd end": {
			then: func(a *account, _ string) {
				a.editRows(callResources, "data", sets("expire_time", "soon"))
			},
			status: "short", warns: []string{saysShort}, again: "short", words: "paid through soon now",
		},
		"gone": {
			then: func(a *account, _ string) {
				a.Edit(callResources, func(answer map[string]any) { answer["data"], answer["total_count"] = []any{}, 0 })
			},
			status: "processing", warns: []string{saysProcessing}, again: "processing",
		},
		"canceled after it was paid": {
			then: func(a *account, order string) {
				a.Do("unsubscribe", map[string]any{"resource_id": server, "renewals_only": true})
				a.Do("set_status", map[string]any{"order_id": order, "status": simtest.Canceled})
			},
			status: "canceled", warns: []string{saysCanceled}, again: "canceled",
		},
		"looks fail": {
			then: func(a *account, _ string) {
				a.Fault(bsssim.Fault{Operation: "list_orders", Kind: bsssim.FaultStatusBefore, Times: -1})
			},
			status: "processing", warns: []string{saysProcessing}, again: "processing", words: "The last look failed: reading order",
		},
		"looks at the resource fail": {
			then: func(a *account, _ string) {
				a.Fault(bsssim.Fault{Operation: "list_resources", Kind: bsssim.FaultStatusBefore, Times: -1})
			},
			status: "processing", warns: []string{saysProcessing}, again: "processing", words: "The last look failed: reading resource server",
		},
		"an attached one ends earlier": {
			arrange: func(a *account) {
				a.attach(map[string]any{"expire_time": "2027-01-15T15:59:59Z"})
			},
			status: "reached", warns: []string{"An attached resource ends earlier"}, again: "reached", words: "will be paid through 2027-03-15 only",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := openAccount(t, test.options)
			if test.arrange != nil {
				test.arrange(a)
			}

			receipt, _, err := a.renew()
			if err != nil {
				t.Fatal(err)
			}

			order := receipt.OrderIDs[0]
			if test.then != nil {
				test.then(a, order)
			}

			receipt, warnings := a.finish(receipt)
			if receipt.Status != test.status || len(receipt.OrderIDs) != 1 || receipt.StartedAt != serverEnds {
				t.Errorf("%+v, want %s", receipt, test.status)
			}

			simtest.Warned(t, warnings, test.warns...)

			for _, warning := range warnings {
				if !strings.Contains(warning.Detail, test.words) || !strings.Contains(warning.Detail, server) {
					t.Errorf("does not say %q: %s", test.words, warning.Detail)
				}
			}

			a.Clock.Advance(time.Hour)

			receipt, _ = a.finish(receipt)
			if receipt.Status != test.again {
				t.Errorf("%+v, want %s", receipt, test.again)
			}

			if err := receipt.Unconfirmed(); err != nil {
				t.Error(err)
			}

			if sent, _ := a.Calls("renew_resources"); sent != 1 {
				t.Errorf("%d renewals", sent)
			}
		})
	}
}

// TestUnconfirmed: a payment that was accepted and does not show is no end. Who
// remembers it looks for as long as they wait, and then asks a person.
func TestUnconfirmed(t *testing.T) {
	t.Parallel()

	for _, shows := range []bool{false, true} {
		a := newAccount(t)
		a.Wire.On(callPay, func(int, func() simtest.Reply) simtest.Reply { return answer(204, ``) })

		receipt, _, err := a.renew()
		if err != nil || receipt.Status != renewal.StatusUnconfirmed || !receipt.AmountPaid.IsNull() || !receipt.Unfinished() {
			t.Fatalf("%+v, %v", receipt, err)
		}

		// Looking takes nothing away from what is known.
		before := receipt

		receipt, warnings := a.finish(receipt)
		if diff := cmp.Diff(before, receipt); diff != "" {
			t.Error(diff)
		}

		simtest.Warned(t, warnings, saysUnconfirmed)

		if !strings.Contains(warnings[0].Detail, receipt.OrderIDs[0]) {
			t.Errorf("the order is not named: %s", warnings[0].Detail)
		}

		if shows {
			a.Do("pay_order", map[string]any{"order_id": receipt.OrderIDs[0]})
		}

		ctx, cancel := a.Clock.Within(t.Context(), time.Minute)
		defer cancel()

		resumed, _, err := a.machine.Resume(ctx, a.goal(), receipt)

		if shows {
			if err != nil || resumed.Status != renewal.StatusReached || !resumed.AmountPaid.Equal(simtest.Decimal(t, "120")) {
				t.Errorf("%+v, %v", resumed, err)
			}

			continue
		}

		if doubt := doubtOf(t, err); doubt.Doing != act.DoingPayment || doubt.Subject != act.Order(receipt.OrderIDs[0]) {
			t.Errorf("%v", err)
		}

		if resumed.Status != renewal.StatusUnconfirmed {
			t.Errorf("%+v", resumed)
		}

		// The pay call was made once: none was added by looking.
		a.sends(1, 0, 0)
	}
}

// TestOlderAnswer: an answer from before the payment takes nothing away from a receipt.
func TestOlderAnswer(t *testing.T) {
	t.Parallel()

	a := newAccount(t)

	receipt, _, err := a.renew()
	if err != nil || receipt.PaymentTime == "" {
		t.Fatalf("%+v, %v", receipt, err)
	}

	a.editRows(callOrders, "order_infos", func(order map[string]any) { order["status"], order["payment_time"] = simtest.Unpaid, "" })
	a.editRows(callResources, "data", sets("expire_time", serverEnds))

	next, gone, err := a.machine.Refresh(t.Context(), a.goal(), receipt)
	if diff := cmp.Diff(receipt, next); diff != "" || gone || err != nil {
		t.Errorf("gone %t, %v: %s", gone, err, diff)
	}
}

// TestOlderAnswerSeveral: of several orders too, an answer from before one of the
// payments takes nothing away from what was charged; neither does one that shows an
// order as canceled, as with a single one.
func TestOlderAnswerSeveral(t *testing.T) {
	t.Parallel()

	for name, status := range map[string]int{"processing": simtest.Unpaid, renewal.StatusCanceled: simtest.Canceled} {
		for _, number := range []int{0, 1} {
			a := newAccount(t)
			orders := a.splits(2)

			receipt, _, err := a.renew(most(t, "240"))
			if err != nil || !receipt.AmountPaid.Equal(simtest.Decimal(t, "240")) {
				t.Fatalf("%+v, %v", receipt, err)
			}

			a.editRows(callOrders, "order_infos", func(order map[string]any) {
				if order["order_id"] == (*orders)[number] {
					order["status"], order["payment_time"] = status, ""
				}
			})
			a.editRows(callResources, "data", sets("expire_time", serverEnds))

			next, _, err := a.machine.Refresh(t.Context(), a.goal(), receipt)
			if err != nil || next.Status != name || !next.AmountPaid.Equal(receipt.AmountPaid) || next.PaymentTime != receipt.PaymentTime {
				t.Errorf("%s, order %d: %+v, %v", name, number, next, err)
			}
		}
	}
}

// TestRefreshNotListed: an order that is not listed (any more) says nothing new, whether
// it is the only one or one of several.
func TestRefreshNotListed(t *testing.T) {
	t.Parallel()

	for _, count := range []int{1, 2} {
		for _, status := range []string{renewal.StatusProcessing, renewal.StatusUnconfirmed, renewal.StatusAwaitingPayer} {
			a := newAccount(t)
			orders := a.splits(count)

			receipt, _, err := a.renew(most(t, "240"))
			if err != nil {
				t.Fatal(err)
			}

			receipt.Status = status
			a.Edit(callOrders, func(answer map[string]any) {
				var listed []any

				for _, order := range simtest.Rows(answer, "order_infos") {
					if order["order_id"] != (*orders)[count-1] {
						listed = append(listed, order)
					}
				}

				answer["order_infos"], answer["total_count"] = listed, len(listed)
			})
			a.editRows(callResources, "data", sets("expire_time", serverEnds))

			next, gone, err := a.machine.Refresh(t.Context(), a.goal(), receipt)
			if diff := cmp.Diff(receipt, next); diff != "" || gone || err != nil {
				t.Errorf("%d orders, %s: gone %t, %v: %s", count, status, gone, err, diff)
			}
		}
	}
}

// TestRefresh: what was recorded is read again where something is still to happen to it;
// what was reached stays so when the resource is gone.
func TestRefresh(t *testing.T) {
	t.Parallel()

	gone := func(a *account) {
		a.Edit(callResources, func(answer map[string]any) { answer["data"], answer["total_count"] = []any{}, 0 })
	}
	closed := func(a *account) { a.Do("close_resource", map[string]any{"resource_id": server}) }
	nothing := func(*account) {}

	for name, test := range map[string]struct {
		prior   string
		arrange func(a *account)
		day     string
		want    string
		gone    bool
	}{
		"reached":                  {"reached", nothing, "2027-01-31", "reached", false},
		"reached, and ends before": {"reached", nothing, "2027-02-01", "short", false},
		"reached, and is closed":   {"reached", closed, "2027-02-01", "reached", false},
		"reached, and is gone":     {"reached", gone, "2027-02-01", "reached", true},
		"short":                    {"short", nothing, "2027-02-01", "short", false},
		"short, and reaches it":    {"short", nothing, "2027-01-31", "reached", false},
		"short, and is closed":     {"short", closed, "2027-02-01", "short", false},
		"short, and is gone":       {"short", gone, "2027-02-01", "short", true},
		"canceled":                 {"canceled", nothing, "2027-02-01", "canceled", false},
		"canceled, and reaches it": {"canceled", nothing, "2027-01-31", "reached", false},
		"pending":                  {"pending", nothing, "2027-02-01", "pending", false},
		"pending, and reaches it":  {"pending", nothing, "2027-01-31", "reached", false},
		"imported":                 {"imported", nothing, "2027-01-31", "imported", false},
	} {
		a := newAccount(t)
		test.arrange(a)

		prior := renewal.Receipt{ResourceID: server, Status: test.prior, OrderIDs: []string{"CS404"}, ExpireTime: "2027-01-15T15:59:59Z"}

		next, isGone, err := a.machine.Refresh(t.Context(), a.goal(through(t, test.day)), prior)
		if err != nil || next.Status != test.want || isGone != test.gone {
			t.Errorf("%s: %+v, gone %t, %v", name, next, isGone, err)
		}

		if want := map[bool]string{true: prior.ExpireTime, false: serverEnds}[test.gone]; next.ExpireTime != want {
			t.Errorf("%s: it ends at %s, want %s", name, next.ExpireTime, want)
		}

		// What is finished is not asked for again.
		if asked, _ := a.Calls("list_orders"); asked != 0 {
			t.Errorf("%s: its order was read", name)
		}
	}
}

// TestRefreshSeveral: of several orders, the one that is farthest behind speaks for all,
// and what was charged is added up anew, but for what would be less than before.
func TestRefreshSeveral(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		prior         string
		first, second int
		delegated     bool
		want          string
		paid          string
	}{
		"both done":               {"processing", 5, 5, false, "reached", "240"},
		"one is carried out":      {"processing", 5, 3, false, "processing", "240"},
		"one was canceled":        {"processing", 5, 4, false, "canceled", "120"},
		"one is not paid":         {"unconfirmed", 5, 6, false, "unconfirmed", "120"},
		"one does not show it":    {"processing", 5, 6, false, "processing", "120"},
		"one waits for its payer": {"awaiting_payer", 6, 5, true, "awaiting_payer", "120"},
		"waits, and processing":   {"awaiting_payer", 3, 6, true, "awaiting_payer", "120"},
		"unpaid, and processing":  {"unconfirmed", 6, 3, false, "unconfirmed", "120"},
		"canceled and processing": {"processing", 4, 3, false, "processing", "120"},
		"unpaid, and canceled":    {"unconfirmed", 4, 6, false, "unconfirmed", "1"},
	} {
		a := newAccount(t)

		var ids []string

		for _, status := range []int{test.first, test.second} {
			ids = append(ids, a.place(map[string]any{"order_type": 2, "amount": "120.00", "status": status, "agent_pay": test.delegated}))
		}

		a.editRows(callResources, "data", sets("expire_time", renewedTo))

		day := "2027-03-31"
		if test.want == "canceled" {
			day = "2027-04-30"
		}

		prior := renewal.Receipt{
			ResourceID: server, Status: test.prior, OrderIDs: ids, StartedAt: serverEnds, AmountPaid: simtest.Decimal(t, "1"), Currency: "USD",
		}

		next, gone, err := a.machine.Refresh(t.Context(), a.goal(through(t, day)), prior)
		if err != nil || gone || next.Status != test.want || strings.Join(next.OrderIDs, " ") != strings.Join(ids, " ") ||
			next.AmountPaid.IsNull() || !next.AmountPaid.Equal(simtest.Decimal(t, test.paid)) ||
			next.Currency != "USD" || next.StartedAt != serverEnds || next.ResourceID != server {
			t.Errorf("%s: %+v, %v", name, next, err)
		}
	}
}
