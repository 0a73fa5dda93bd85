// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/conversion"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// TestAnswers: only the documented success is acceptance. What says for certain that
// nothing was done is a refusal, and anything else a doubt, unless a look settles it.
func TestAnswers(t *testing.T) {
	t.Parallel()

	const (
		accepted, refused, doubted = "accepted", "refused", "in doubt"
	)

	status := func(code int, body any) func(*fakeBilling) (int, any) {
		return func(*fakeBilling) (int, any) { return code, body }
	}
	acting := func(answer func(*fakeBilling) (int, any)) func(*fakeBilling) (int, any) {
		return func(f *fakeBilling) (int, any) {
			f.close()
			f.place("CS1", bssapi.OrderStatusCompleted)

			return answer(f)
		}
	}

	for name, test := range map[string]struct {
		answer func(*fakeBilling) (int, any)
		want   string
		order  string
	}{
		"done":                           {accepts("CS1"), accepted, "CS1"},
		"done, of success":               {acting(says(row(serverID, "SUCCESS", "CS1", "CBC.0000"))), accepted, "CS1"},
		"done, without an order":         {acting(says(row(serverID, "SUCCESS", "", ""))), accepted, ""},
		"done, beside another":           {acting(says(row("other", "FAIL", "", "x"), row(serverID, "SUCCESS", "CS1", ""))), accepted, "CS1"},
		"failed":                         {says(row(serverID, "FAIL", "", "CBC.99003610")), refused, ""},
		"failed, by a code of its own":   {says(row(serverID, "FAIL", "", "CBC.1")), refused, ""},
		"failed, without a reason":       {says(row(serverID, "FAIL", "", "")), refused, ""},
		"failed, where nobody knows":     {says(row(serverID, "FAIL", "", "CBC.0999")), doubted, ""},
		"failed, with an order":          {says(row(serverID, "FAIL", "CS1", "CBC.99003610")), doubted, ""},
		"done, and an error":             {says(row(serverID, "SUCCESS", "CS1", "CBC.99003610")), doubted, ""},
		"an unknown word":                {says(row(serverID, "LATER", "CS1", "")), doubted, ""},
		"no word":                        {says(row(serverID, "", "CS1", "")), doubted, ""},
		"twice":                          {says(row(serverID, "SUCCESS", "CS1", ""), row(serverID, "FAIL", "", "x")), doubted, ""},
		"of another":                     {says(row("other", "SUCCESS", "CS1", "")), doubted, ""},
		"of none":                        {says(), doubted, ""},
		"another status":                 {status(202, rows(row(serverID, "SUCCESS", "CS1", ""))), doubted, ""},
		"no content":                     {status(204, nil), doubted, ""},
		"acted, another status":          {acting(status(202, rows(row(serverID, "SUCCESS", "CS1", "")))), accepted, ""},
		"failed, while others act":       {says(row(serverID, "FAIL", "", "CBC.99003144")), refused, ""},
		"done, in lower case":            {says(row(serverID, "success", "CS1", "")), doubted, ""},
		"reviewed, and an error":         {says(row(serverID, "AUDIT", "CS1", "CBC.0999")), doubted, ""},
		"refused as a whole":             {status(400, refusal("CBC.99003609")), refused, ""},
		"refused, by an unpaid order":    {status(400, refusal("CBC.99003100")), refused, ""},
		"refused, by a code of its own":  {status(400, refusal("CBC.1")), doubted, ""},
		"an error of the server":         {status(500, refusal("CBC.0999")), doubted, ""},
		"acted, an error of the server":  {acting(status(500, refusal("CBC.0999"))), accepted, ""},
		"acted, an unknown word":         {acting(says(row(serverID, "LATER", "", ""))), accepted, ""},
		"acted, refused by its own deed": {acting(status(400, refusal("CBC.99003012"))), accepted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.convert = test.answer
			machine := f.machine(t)

			receipt, _, err := machine.Convert(t.Context(), whole)

			var (
				refusal *act.Refusal
				doubt   *act.Doubt
			)

			got := accepted
			if errors.As(err, &refusal) {
				got = refused
			} else if errors.As(err, &doubt) {
				got = doubted
			}

			if got != test.want || receipt.OrderID != test.order || test.want == accepted && receipt.Status != conversion.StatusConverted {
				t.Errorf("%s, %+v, %v", got, receipt, err)
			}

			// What was accepted or is in doubt is not sent again by the run.
			if _, _, err := machine.Convert(t.Context(), whole); test.want == doubted && !errors.As(err, &doubt) {
				t.Errorf("again: %v", err)
			}

			if want := map[string]int{accepted: 1, doubted: 1, refused: 2}[test.want]; f.converts() != want {
				t.Errorf("%d calls, want %d", f.converts(), want)
			}
		})
	}
}

// TestOrderNotNamed: an order that no answer named is no one's that it only may be of,
// and a warning names it; one that the API shows to be of the resource is its own.
func TestOrderNotNamed(t *testing.T) {
	t.Parallel()

	for name, answer := range map[string]func(*fakeBilling) (int, any){
		"success": says(row(serverID, "SUCCESS", "", "")),
		"lost":    func(*fakeBilling) (int, any) { return 500, refusal("CBC.0999") },
	} {
		for _, shown := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, shown: %t", name, shown), func(t *testing.T) {
				t.Parallel()

				f := newFake()
				f.convert = func(f *fakeBilling) (int, any) {
					f.close()
					f.place("CS1", bssapi.OrderStatusCompleted)

					if shown {
						f.named = map[string][]string{"CS1": {serverID}}
					}

					return answer(f)
				}

				receipt, warnings, err := f.machine(t).Convert(t.Context(), whole)
				if want := map[bool]string{true: "CS1"}[shown]; err != nil || receipt.OrderID != want ||
					receipt.Status != conversion.StatusConverted {
					t.Errorf("%+v, %v", receipt, err)
				}

				if named := len(warnings) == 1 && strings.Contains(warnings[0].Detail, "CS1 (completed)"); named == shown {
					t.Errorf("%+v", warnings)
				}
			})
		}
	}
}

// TestThrottled: what the API throttled is sent again after the whole settle time, and
// only where nothing showed.
func TestThrottled(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		acts  bool
		sends int
	}{"untouched": {false, 2}, "touched": {true, 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			began := f.clock.Now()

			var again time.Time

			f.convert = func(f *fakeBilling) (int, any) {
				if f.sent > 1 {
					again = f.clock.Now()

					return accepts("CS2")(f)
				}

				if test.acts {
					f.place("CS1", bssapi.OrderStatusProcessing)
				}

				return http.StatusTooManyRequests, refusal("APIG.0308")
			}

			ctx, stop := f.clock.Within(t.Context(), time.Hour)
			defer stop()

			_, _, err := f.machine(t).Convert(ctx, whole)

			var doubt *act.Doubt
			if errors.As(err, &doubt) != test.acts || !test.acts && err != nil || f.converts() != test.sends {
				t.Errorf("%d calls: %v", f.converts(), err)
			}

			if !test.acts && again.Sub(began) < act.DefaultTiming().Settle {
				t.Errorf("sent again after %s", again.Sub(began))
			}
		})
	}
}

// TestConverts: the plan names what is converted, and nothing else is.
func TestConverts(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		planned []string
		expires string
		refused string
	}{
		"as planned":        {planned: []string{"disk", serverID}, expires: expires},
		"no plan":           {},
		"attached since":    {planned: []string{serverID}, refused: "What goes along changed"},
		"detached since":    {planned: []string{"disk", "disk-2", serverID}, refused: "What goes along changed"},
		"nothing was named": {planned: []string{}, refused: "What goes along changed"},
		"another term":      {expires: begins, refused: "Expiry moved"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			attached := 0

			for id, status := range map[string]bssapi.ResourceStatus{"disk": bssapi.ResourceStatusInUse, "old-disk": bssapi.ResourceStatusClosed} {
				f.resources = append(f.resources, bssapi.Resource{
					ID: "record-" + id, ResourceID: id, ServiceTypeCode: "evs", Status: status, IsMainResource: &attached, ParentResourceID: serverID,
				})
			}

			f.convert = accepts("CS1")
			machine := f.machine(t)

			quote, err := machine.Quote(t.Context(), whole)
			if diff := cmp.Diff([]string{"disk", serverID}, quote.Converts); err != nil || diff != "" {
				t.Errorf("the plan names %q: %v", quote.Converts, err)
			}

			_, _, err = machine.Convert(t.Context(), conversion.Request{ResourceID: serverID, ExpireTime: test.expires, Converts: test.planned})
			if test.refused != "" {
				simtest.Refused(t, err, act.FieldResourceID, test.refused, "Plan again")
			} else if err != nil {
				t.Error(err)
			}

			if f.converts() == 1 == (test.refused != "") {
				t.Errorf("%d calls", f.converts())
			}
		})
	}
}

// TestLeftAlone: what is attached, what is in a status that nobody knows, what may not
// be spent, and what is in another account, is not converted; and neither is anything
// for who interrupts before the call.
func TestLeftAlone(t *testing.T) {
	t.Parallel()

	attached := 0

	for name, test := range map[string]struct {
		make   func(f *fakeBilling)
		change func(*act.Conditions)
		field  act.Field
		says   string
	}{
		"attached": {make: func(f *fakeBilling) {
			f.resources[0].IsMainResource, f.resources[0].ParentResourceID = &attached, "parent"
		}, field: act.FieldResourceID, says: "attached to another"},
		"unknown status":  {make: func(f *fakeBilling) { f.resources[0].Status = 77 }, field: act.FieldResourceID, says: "unknown(77)"},
		"unknown":         {make: func(f *fakeBilling) { f.resources = nil }, field: act.FieldResourceID, says: "Billing does not know"},
		"closed":          {make: (*fakeBilling).close, field: act.FieldResourceID, says: "no completed conversion"},
		"denied":          {change: denies, field: act.FieldResourceID, says: "Spending is denied"},
		"another account": {change: ofAnother, field: act.FieldNone, says: "another"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := newFake()
			f.convert = accepts("CS1")

			changes := []func(*act.Conditions){}
			if test.change != nil {
				changes = append(changes, test.change)
			}

			if test.make != nil {
				test.make(f)
			}

			machine := f.machine(t, changes...)

			_, planErr := machine.Quote(t.Context(), whole)
			_, _, err := machine.Convert(t.Context(), whole)

			for _, err := range []error{planErr, err} {
				simtest.Refused(t, err, test.field, test.says)
			}

			if f.converts() != 0 {
				t.Errorf("%d calls", f.converts())
			}
		})
	}
}

func denies(c *act.Conditions) { c.Spending = spending.New(spending.Policy{Deny: true}) }

func ofAnother(c *act.Conditions) {
	c.Account = func(context.Context, string) error { return errAccount }
}

var errAccount = errors.New("this is another account")

// TestInterrupted: before the call nothing is sent, after it the look goes on.
func TestInterrupted(t *testing.T) {
	t.Parallel()

	f := newFake()
	f.convert = accepts("CS1")
	ctx, cancel := context.WithCancel(t.Context())

	machine := f.machine(t, func(c *act.Conditions) {
		c.Account = func(context.Context, string) error {
			cancel()

			return nil
		}
	})

	if _, _, err := machine.Convert(ctx, whole); !errors.Is(err, context.Canceled) || f.converts() != 0 {
		t.Errorf("%d calls: %v", f.converts(), err)
	}

	f = newFake()
	ctx, cancel = context.WithCancel(t.Context())
	f.convert = func(f *fakeBilling) (int, any) {
		cancel()
		f.close()
		f.place("CS1", bssapi.OrderStatusCompleted)
		f.named = map[string][]string{"CS1": {serverID}}

		return http.StatusInternalServerError, refusal("CBC.0999")
	}

	receipt, _, err := f.machine(t).Convert(ctx, whole)
	if err != nil || receipt.Status != conversion.StatusConverted || receipt.OrderID != "CS1" {
		t.Errorf("%+v, %v", receipt, err)
	}
}

// TestHeld: whoever else of the run acts on the resource, and who converts another,
// waits until the conversion has settled.
func TestHeld(t *testing.T) {
	t.Parallel()

	for _, subject := range []act.Subject{act.Resource(serverID), act.Sending("convert_to_on_demand_now")} {
		synctest.Test(t, func(t *testing.T) {
			var (
				locks act.Locks
				other sync.WaitGroup
				calls int
			)

			f := newFake()
			f.convert = func(f *fakeBilling) (int, any) {
				other.Go(func() {
					defer locks.Lock(subject)()

					f.mu.Lock()
					defer f.mu.Unlock()

					calls = len(f.calls)
				})

				// It has its chance meanwhile.
				f.mu.Unlock()
				simtest.Wait(t, time.Second)
				f.mu.Lock()

				f.close()
				f.place("CS1", bssapi.OrderStatusCompleted)

				return http.StatusInternalServerError, refusal("CBC.0999")
			}

			if _, _, err := f.machine(t, func(c *act.Conditions) { c.Locks = &locks }).Convert(t.Context(), whole); err != nil {
				t.Fatal(err)
			}

			other.Wait()

			if calls != len(f.calls) {
				t.Errorf("%s: another act had its turn after %d of %d calls", subject, calls, len(f.calls))
			}
		})
	}
}

// TestOnceInARun: what a run was told is accepted is not sent again by it, one after
// the other or at once.
func TestOnceInARun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.convert = func(f *fakeBilling) (int, any) {
			// A second one has its chance meanwhile.
			f.mu.Unlock()
			simtest.Wait(t, time.Second)
			f.mu.Lock()

			return says(row(serverID, "AUDIT", "CS1", ""))(f)
		}

		machine := f.machine(t)

		var group sync.WaitGroup

		for range 2 {
			group.Go(func() {
				if receipt, _, err := machine.Convert(t.Context(), whole); err != nil || receipt.OrderID != "CS1" ||
					receipt.Status != conversion.StatusUnderReview {
					t.Errorf("%+v, %v", receipt, err)
				}
			})
		}

		group.Wait()

		if f.converts() != 1 {
			t.Errorf("%d calls", f.converts())
		}
	})
}
