// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

const setUp, revert = bssapi.ToOnDemandSetUp, bssapi.ToOnDemandCancel

func onDemand(t *testing.T, billing *simtest.Fake) (*onDemandSwitch, *subscription.Reader) {
	t.Helper()
	client := billing.Client(t)
	reader := subscription.NewReader(client, bssapi.SystemClock(), subscription.DefaultReadTiming())

	return newOnDemandSwitch(client, reader, bssapi.SystemClock()), reader
}

// setAll sets r0001 to r000n at once and returns the errors by id.
func setAll(t *testing.T, sw *onDemandSwitch, n int) map[string]error {
	t.Helper()
	var mu sync.Mutex
	outcomes := map[string]error{}
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			id := fmt.Sprintf("r%04d", i+1)
			err := sw.set(t.Context(), setUp, id)
			mu.Lock()
			defer mu.Unlock()
			outcomes[id] = err
		})
	}
	wg.Wait()

	return outcomes
}

func TestWritesShareCalls(t *testing.T) {
	t.Parallel()
	for n, want := range map[int][]string{
		1:   {"SET_UP 1"},
		10:  {"SET_UP 10"},
		100: {"SET_UP 100"},
		250: {"SET_UP 100", "SET_UP 100", "SET_UP 50"},
	} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: 100 * time.Millisecond}
				sw, _ := onDemand(t, billing)
				for id, err := range setAll(t, sw, n) {
					if err != nil {
						t.Errorf("%s: %v", id, err)
					}
				}
				if diff := cmp.Diff(want, billing.Kinds()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestSameWriteJoins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: time.Second}
		sw, _ := onDemand(t, billing)
		simtest.Each(5, func(int) {
			if err := sw.set(t.Context(), setUp, "r0001"); err != nil {
				t.Error(err)
			}
		})
		if diff := cmp.Diff([]string{"SET_UP [r0001]"}, billing.SortedSends()); diff != "" {
			t.Error(diff)
		}
	})
}

// The two operations never run at once for one id, also when whoever asked for
// the first has left.
func TestOppositeWritesOfOneIDTakeTurns(t *testing.T) {
	t.Parallel()
	for name, patience := range map[string]time.Duration{"waiting": time.Hour, "leaving": 5 * time.Second} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: 10 * time.Second}
				sw, _ := onDemand(t, billing)
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				var wg sync.WaitGroup
				wg.Go(func() {
					if err := sw.set(ctx, setUp, "r0001"); (err != nil) != (name == "leaving") {
						t.Error(err)
					}
				})
				simtest.Wait(t, time.Second)
				wg.Go(func() {
					if err := sw.set(t.Context(), revert, "r0001"); err != nil {
						t.Error(err)
					}
				})
				simtest.Wait(t, 8*time.Second)
				if diff := cmp.Diff([]string{"SET_UP [r0001]"}, billing.SortedSends()); diff != "" {
					t.Errorf("while the first is running: %s", diff)
				}
				wg.Wait()
				if diff := cmp.Diff([]string{"CANCEL [r0001]"}, billing.SortedSends()); diff != "" {
					t.Errorf("after it: %s", diff)
				}
				if billing.Most != 1 {
					t.Errorf("%d calls at once", billing.Most)
				}
			})
		})
	}
}

func TestFailureReachesOnlyItsOwnResource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Alter: func(_ int, _ simtest.Call, answer *simtest.Answer) {
			answer.Failures = []bssapi.ToOnDemandFailure{
				{ID: "r0002", ErrorCode: bssapi.CodeInGracePeriod, ErrorMessage: "in its grace period"},
				{ID: "r0003", ErrorCode: "CBC.99009999", ErrorMessage: "never heard of"},
			}
		}}
		sw, _ := onDemand(t, billing)
		outcomes := setAll(t, sw, 4)
		for _, id := range []string{"r0001", "r0004"} {
			if outcomes[id] != nil {
				t.Errorf("%s: %v", id, outcomes[id])
			}
		}
		if err := outcomes["r0002"]; !errors.Is(err, bssapi.CodeInGracePeriod) || !bssapi.NotDone(err) {
			t.Errorf("r0002: %v", err)
		}
		if err := outcomes["r0003"]; err == nil || bssapi.NotDone(err) {
			t.Errorf("r0003, whose code is unknown, is in doubt: %v", err)
		}
		if diff := cmp.Diff([]string{"SET_UP 4"}, billing.Kinds()); diff != "" {
			t.Error(diff)
		}
	})
}

// A failure that names no resource of the call leaves all of them in doubt.
func TestFailureOfAnUnknownResource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Alter: func(_ int, _ simtest.Call, answer *simtest.Answer) {
			answer.Failures = []bssapi.ToOnDemandFailure{
				{ID: "disk-of-one", ErrorCode: bssapi.CodeInGracePeriod},
				{ID: "r0002", ErrorCode: bssapi.CodeNotToPayPerUse},
			}
		}}
		sw, _ := onDemand(t, billing)
		outcomes := setAll(t, sw, 2)
		if err := outcomes["r0001"]; err == nil || bssapi.NotDone(err) || !errors.Is(err, bssapi.ErrUnreadable) {
			t.Errorf("r0001: %v", err)
		}
		if err := outcomes["r0002"]; !errors.Is(err, bssapi.CodeNotToPayPerUse) || !bssapi.NotDone(err) {
			t.Errorf("r0002: %v", err)
		}
	})
}

func TestRefusedCallIsBisected(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if slices.Contains(call.ResourceIDs, "r0042") {
				answer.Status, answer.Code = http.StatusBadRequest, string(bssapi.CodeResourceUnknown)
			}
		}}
		sw, _ := onDemand(t, billing)
		for id, err := range setAll(t, sw, 100) {
			if id == "r0042" {
				if !errors.Is(err, bssapi.CodeResourceUnknown) || !bssapi.NotDone(err) {
					t.Errorf("%s: %v", id, err)
				}
			} else if err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
		if got := billing.Kinds(); len(got) > 15 {
			t.Errorf("%d calls: %v", len(got), got)
		}
	})
}

// What is not certain, and what concerns the caller rather than a resource, is
// neither bisected nor sent again.
func TestWholeFailureReachesAllAndIsNotSentAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		alter func(answer *simtest.Answer)
		done  bool
	}{
		"no answer":           {alter: func(a *simtest.Answer) { a.Cut = true }},
		"server error":        {alter: func(a *simtest.Answer) { a.Status, a.Code = 500, "CBC.0999" }},
		"unknown code":        {alter: func(a *simtest.Answer) { a.Status, a.Code = 400, "CBC.99009999" }},
		"500 with a refusal":  {alter: func(a *simtest.Answer) { a.Status, a.Code = 500, "CBC.99003012" }},
		"throttled":           {alter: func(a *simtest.Answer) { a.Status, a.Code = 429, "APIG.0308" }, done: true},
		"denied":              {alter: func(a *simtest.Answer) { a.Status, a.Code = 403, "CBC.0151" }, done: true},
		"wrong site":          {alter: func(a *simtest.Answer) { a.Status, a.Code = 403, "CBC.0156" }, done: true},
		"signature":           {alter: func(a *simtest.Answer) { a.Status, a.Code = 401, "APIG.0301" }, done: true},
		"the customer frozen": {alter: func(a *simtest.Answer) { a.Status, a.Code = 400, "CBC.99003626" }, done: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Alter: func(_ int, _ simtest.Call, answer *simtest.Answer) { test.alter(answer) }}
				sw, _ := onDemand(t, billing)
				for id, err := range setAll(t, sw, 10) {
					if err == nil || bssapi.NotDone(err) != test.done {
						t.Errorf("%s: %v, certainly not done: %v, want %v", id, err, bssapi.NotDone(err), test.done)
					}
				}
				if diff := cmp.Diff([]string{"SET_UP 10"}, billing.Kinds()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestCanceledWrite(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		after time.Duration
		sends []string
		// notDone is what the one who leaves is told.
		notDone bool
	}{
		"before it is asked": {sends: []string{"SET_UP [r0002]"}, notDone: true},
		"before it is sent":  {after: 5 * time.Millisecond, sends: []string{"SET_UP [r0002]"}, notDone: true},
		"after it was sent":  {after: time.Second, sends: []string{"SET_UP [r0001 r0002]"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: 10 * time.Second}
				sw, _ := onDemand(t, billing)
				start := bssapi.SystemClock().Now()
				ctx, cancel := context.WithTimeout(t.Context(), test.after)
				defer cancel()
				var wg sync.WaitGroup
				wg.Go(func() {
					err := sw.set(ctx, setUp, "r0001")
					if !errors.Is(err, context.DeadlineExceeded) || bssapi.NotDone(err) != test.notDone {
						t.Errorf("the one who left: %v, certainly not done: %v", err, bssapi.NotDone(err))
					}
					if waited := bssapi.SystemClock().Now().Sub(start); waited > test.after {
						t.Errorf("the one who left waited %s", waited)
					}
				})
				wg.Go(func() {
					if err := sw.set(t.Context(), setUp, "r0002"); err != nil {
						t.Error(err)
					}
				})
				wg.Wait()
				if diff := cmp.Diff(test.sends, billing.SortedSends()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// A write that was sent is not cut off, even when everybody has left; one that
// was not is never sent.
func TestWriteThatAllHaveLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 10 * time.Second}
		sw, _ := onDemand(t, billing)
		leave := func(after time.Duration) {
			ctx, cancel := context.WithTimeout(t.Context(), after)
			defer cancel()
			if err := sw.set(ctx, setUp, "r0001"); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
			simtest.Wait(t, time.Minute)
		}
		leave(5 * time.Millisecond)
		if got := billing.SortedSends(); len(got) > 0 {
			t.Errorf("sent for nobody: %v", got)
		}
		leave(time.Second)
		if diff := cmp.Diff([]string{"SET_UP [r0001]"}, billing.SortedSends()); diff != "" || billing.GivenUp > 0 {
			t.Errorf("%d calls cut off %s", billing.GivenUp, diff)
		}
		// The id is free again.
		if err := sw.set(t.Context(), revert, "r0001"); err != nil {
			t.Error(err)
		}
	})
}

// One who waits for the other operation's turn can leave too.
func TestCanceledWhileWaitingForATurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 10 * time.Second}
		sw, _ := onDemand(t, billing)
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := sw.set(t.Context(), setUp, "r0001"); err != nil {
				t.Error(err)
			}
		})
		simtest.Wait(t, time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := sw.set(ctx, revert, "r0001"); !errors.Is(err, context.DeadlineExceeded) || !bssapi.NotDone(err) {
			t.Errorf("the one who left: %v", err)
		}
		wg.Wait()
		if diff := cmp.Diff([]string{"SET_UP [r0001]"}, billing.SortedSends()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWriteIsRefusedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	billing := &simtest.Fake{}
	sw, _ := onDemand(t, billing)
	if err := sw.set(t.Context(), setUp, ""); err == nil || !bssapi.NotDone(err) {
		t.Errorf("no id: %v", err)
	}
	if err := sw.set(t.Context(), "TOGGLE", "r0001"); err == nil || !bssapi.NotDone(err) {
		t.Errorf("no operation: %v", err)
	}
	if got := billing.Kinds(); len(got) > 0 {
		t.Errorf("calls: %v", got)
	}
}

// What a write touched, or may have touched, is not answered from before.
func TestWriteIsForgotten(t *testing.T) {
	t.Parallel()
	for name, failing := range map[string]bool{"done": false, "in doubt": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: time.Second, Alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
					answer.Cut = failing && call.Operation != ""
				}}
				ids := billing.Add(40)
				sw, reader := onDemand(t, billing)
				simtest.ReadAll(t, reader.Get, ids)
				billing.Kinds()
				var wg sync.WaitGroup
				wg.Go(func() {
					if err := sw.set(t.Context(), setUp, "r0001"); (err != nil) != failing {
						t.Error(err)
					}
				})
				simtest.Wait(t, 500*time.Millisecond)
				// A read while the write is on its way shows what was before.
				wg.Go(func() {
					got, err := reader.Get(t.Context(), "r0001")
					if err != nil || got.ResourceName != "changed" {
						t.Errorf("the read during the write: %q, %v", got.ResourceName, err)
					}
				})
				simtest.Wait(t, 100*time.Millisecond)
				billing.Change("r0001")
				wg.Wait()
				billing.Kinds()
				if _, err := reader.Get(t.Context(), "r0001"); err != nil {
					t.Error(err)
				}
				if diff := cmp.Diff([]string{"ids 1"}, billing.Kinds()); diff != "" {
					t.Errorf("the read after it: %s", diff)
				}
			})
		})
	}
}

// A set of writes of which some fail, some inside the answer and some for the
// whole call.
func TestWritesLand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 30}})
		act := func(act string, values map[string]any) {
			t.Helper()
			if _, err := a.Console(act, values); err != nil {
				t.Fatal(err)
			}
		}
		act("refuse", map[string]any{
			"resource_id": a.IDs[3], "operation": "set_to_on_demand_on_expiry", "code": "CBC.99003610",
		})
		act("refuse", map[string]any{
			"resource_id": a.IDs[17], "operation": "set_to_on_demand_on_expiry", "code": "CBC.99003609",
		})
		reader := subscription.NewReader(a.Client, bssapi.SystemClock(), subscription.DefaultReadTiming())
		simtest.ReadAll(t, reader.Get, a.IDs)
		sw := newOnDemandSwitch(a.Client, reader, bssapi.SystemClock())
		var wg sync.WaitGroup
		for i, id := range a.IDs {
			wg.Go(func() {
				err := sw.set(t.Context(), bssapi.ToOnDemandSetUp, id)
				want := map[int]error{3: bssapi.CodeInGracePeriod, 17: bssapi.CodeNotToPayPerUse}[i]
				if !errors.Is(err, want) {
					t.Errorf("Set of resource %d: %v, want %v", i, err, want)
				}
				read, err := reader.Get(t.Context(), id)
				if err != nil || read.ExpirePolicy == nil {
					t.Errorf("Get of resource %d: %v", i, err)

					return
				}
				if lands := *read.ExpirePolicy == int(bssapi.ExpirePolicyPayPerUse); lands != (want == nil) {
					t.Errorf("resource %d has policy %d", i, *read.ExpirePolicy)
				}
			})
		}
		wg.Wait()
	})
}
