// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription_test

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
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

const setUp, revert = bssapi.ToOnDemandSetUp, bssapi.ToOnDemandCancel

func (f *fakeBilling) onDemand(t *testing.T) (*subscription.OnDemandSwitch, *subscription.Reader) {
	t.Helper()
	client := f.client(t)
	reader := subscription.NewReader(client)

	return subscription.NewOnDemandSwitch(client, reader), reader
}

// setAll sets r0001 to r000n at once and returns the errors by id.
func setAll(t *testing.T, sw *subscription.OnDemandSwitch, n int) map[string]error {
	t.Helper()
	var mu sync.Mutex
	outcomes := map[string]error{}
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			id := fmt.Sprintf("r%04d", i+1)
			err := sw.Set(t.Context(), setUp, id)
			mu.Lock()
			defer mu.Unlock()
			outcomes[id] = err
		})
	}
	wg.Wait()

	return outcomes
}

// sortedSends are the writes up to now, each with its sorted ids.
func (f *fakeBilling) sortedSends() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var sends []string
	for _, call := range f.calls {
		ids := slices.Sorted(slices.Values(call.ResourceIDs))
		sends = append(sends, fmt.Sprintf("%s %v", call.Operation, ids))
	}
	f.calls = nil

	return sends
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
				billing := &fakeBilling{latency: 100 * time.Millisecond}
				sw, _ := billing.onDemand(t)
				for id, err := range setAll(t, sw, n) {
					if err != nil {
						t.Errorf("%s: %v", id, err)
					}
				}
				if diff := cmp.Diff(want, billing.kinds()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestSameWriteJoins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &fakeBilling{latency: time.Second}
		sw, _ := billing.onDemand(t)
		each(5, func(int) {
			if err := sw.Set(t.Context(), setUp, "r0001"); err != nil {
				t.Error(err)
			}
		})
		if diff := cmp.Diff([]string{"SET_UP [r0001]"}, billing.sortedSends()); diff != "" {
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
				billing := &fakeBilling{latency: 10 * time.Second}
				sw, _ := billing.onDemand(t)
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				var wg sync.WaitGroup
				wg.Go(func() {
					if err := sw.Set(ctx, setUp, "r0001"); (err != nil) != (name == "leaving") {
						t.Error(err)
					}
				})
				wait(t, time.Second)
				wg.Go(func() {
					if err := sw.Set(t.Context(), revert, "r0001"); err != nil {
						t.Error(err)
					}
				})
				wait(t, 8*time.Second)
				if diff := cmp.Diff([]string{"SET_UP [r0001]"}, billing.sortedSends()); diff != "" {
					t.Errorf("while the first is running: %s", diff)
				}
				wg.Wait()
				if diff := cmp.Diff([]string{"CANCEL [r0001]"}, billing.sortedSends()); diff != "" {
					t.Errorf("after it: %s", diff)
				}
				if billing.most != 1 {
					t.Errorf("%d calls at once", billing.most)
				}
			})
		})
	}
}

func TestFailureReachesOnlyItsOwnResource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &fakeBilling{alter: func(_ int, _ fakeCall, answer *fakeAnswer) {
			answer.failures = []bssapi.ResourceFailure{
				{ID: "r0002", ErrorCode: bssapi.CodeInGracePeriod, ErrorMessage: "in its grace period"},
				{ID: "r0003", ErrorCode: "CBC.99009999", ErrorMessage: "never heard of"},
			}
		}}
		sw, _ := billing.onDemand(t)
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
		if diff := cmp.Diff([]string{"SET_UP 4"}, billing.kinds()); diff != "" {
			t.Error(diff)
		}
	})
}

// A failure that names no resource of the call leaves all of them in doubt.
func TestFailureOfAnUnknownResource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &fakeBilling{alter: func(_ int, _ fakeCall, answer *fakeAnswer) {
			answer.failures = []bssapi.ResourceFailure{
				{ID: "disk-of-one", ErrorCode: bssapi.CodeInGracePeriod},
				{ID: "r0002", ErrorCode: bssapi.CodeNotToPayPerUse},
			}
		}}
		sw, _ := billing.onDemand(t)
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
		billing := &fakeBilling{alter: func(_ int, call fakeCall, answer *fakeAnswer) {
			if slices.Contains(call.ResourceIDs, "r0042") {
				answer.status, answer.code = http.StatusBadRequest, string(bssapi.CodeResourceUnknown)
			}
		}}
		sw, _ := billing.onDemand(t)
		for id, err := range setAll(t, sw, 100) {
			if id == "r0042" {
				if !errors.Is(err, bssapi.CodeResourceUnknown) || !bssapi.NotDone(err) {
					t.Errorf("%s: %v", id, err)
				}
			} else if err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
		if got := billing.kinds(); len(got) > 15 {
			t.Errorf("%d calls: %v", len(got), got)
		}
	})
}

// What is not certain, and what concerns the caller rather than a resource, is
// neither bisected nor sent again.
func TestWholeFailureReachesAllAndIsNotSentAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		alter func(answer *fakeAnswer)
		done  bool
	}{
		"no answer":           {alter: func(a *fakeAnswer) { a.cut = true }},
		"server error":        {alter: func(a *fakeAnswer) { a.status, a.code = 500, "CBC.0999" }},
		"unknown code":        {alter: func(a *fakeAnswer) { a.status, a.code = 400, "CBC.99009999" }},
		"500 with a refusal":  {alter: func(a *fakeAnswer) { a.status, a.code = 500, "CBC.99003012" }},
		"throttled":           {alter: func(a *fakeAnswer) { a.status, a.code = 429, "APIG.0308" }, done: true},
		"denied":              {alter: func(a *fakeAnswer) { a.status, a.code = 403, "CBC.0151" }, done: true},
		"wrong site":          {alter: func(a *fakeAnswer) { a.status, a.code = 403, "CBC.0156" }, done: true},
		"signature":           {alter: func(a *fakeAnswer) { a.status, a.code = 401, "APIG.0301" }, done: true},
		"the customer frozen": {alter: func(a *fakeAnswer) { a.status, a.code = 400, "CBC.99003626" }, done: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &fakeBilling{alter: func(_ int, _ fakeCall, answer *fakeAnswer) { test.alter(answer) }}
				sw, _ := billing.onDemand(t)
				for id, err := range setAll(t, sw, 10) {
					if err == nil || bssapi.NotDone(err) != test.done {
						t.Errorf("%s: %v, certainly not done: %v, want %v", id, err, bssapi.NotDone(err), test.done)
					}
				}
				if diff := cmp.Diff([]string{"SET_UP 10"}, billing.kinds()); diff != "" {
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
				billing := &fakeBilling{latency: 10 * time.Second}
				sw, _ := billing.onDemand(t)
				start := billing.clock().Now()
				ctx, cancel := context.WithTimeout(t.Context(), test.after)
				defer cancel()
				var wg sync.WaitGroup
				wg.Go(func() {
					err := sw.Set(ctx, setUp, "r0001")
					if !errors.Is(err, context.DeadlineExceeded) || bssapi.NotDone(err) != test.notDone {
						t.Errorf("the one who left: %v, certainly not done: %v", err, bssapi.NotDone(err))
					}
					if waited := billing.clock().Now().Sub(start); waited > test.after {
						t.Errorf("the one who left waited %s", waited)
					}
				})
				wg.Go(func() {
					if err := sw.Set(t.Context(), setUp, "r0002"); err != nil {
						t.Error(err)
					}
				})
				wg.Wait()
				if diff := cmp.Diff(test.sends, billing.sortedSends()); diff != "" {
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
		billing := &fakeBilling{latency: 10 * time.Second}
		sw, _ := billing.onDemand(t)
		leave := func(after time.Duration) {
			ctx, cancel := context.WithTimeout(t.Context(), after)
			defer cancel()
			if err := sw.Set(ctx, setUp, "r0001"); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
			wait(t, time.Minute)
		}
		leave(5 * time.Millisecond)
		if got := billing.sortedSends(); len(got) > 0 {
			t.Errorf("sent for nobody: %v", got)
		}
		leave(time.Second)
		if diff := cmp.Diff([]string{"SET_UP [r0001]"}, billing.sortedSends()); diff != "" || billing.givenUp > 0 {
			t.Errorf("%d calls cut off %s", billing.givenUp, diff)
		}
		// The id is free again.
		if err := sw.Set(t.Context(), revert, "r0001"); err != nil {
			t.Error(err)
		}
	})
}

// One who waits for the other operation's turn can leave too.
func TestCanceledWhileWaitingForATurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &fakeBilling{latency: 10 * time.Second}
		sw, _ := billing.onDemand(t)
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := sw.Set(t.Context(), setUp, "r0001"); err != nil {
				t.Error(err)
			}
		})
		wait(t, time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := sw.Set(ctx, revert, "r0001"); !errors.Is(err, context.DeadlineExceeded) || !bssapi.NotDone(err) {
			t.Errorf("the one who left: %v", err)
		}
		wg.Wait()
		if diff := cmp.Diff([]string{"SET_UP [r0001]"}, billing.sortedSends()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWriteIsRefusedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	billing := &fakeBilling{}
	sw, _ := billing.onDemand(t)
	if err := sw.Set(t.Context(), setUp, ""); err == nil || !bssapi.NotDone(err) {
		t.Errorf("no id: %v", err)
	}
	if err := sw.Set(t.Context(), "TOGGLE", "r0001"); err == nil || !bssapi.NotDone(err) {
		t.Errorf("no operation: %v", err)
	}
	if got := billing.kinds(); len(got) > 0 {
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
				billing := &fakeBilling{latency: time.Second, alter: func(_ int, call fakeCall, answer *fakeAnswer) {
					answer.cut = failing && call.Operation != ""
				}}
				billing.add(40)
				sw, reader := billing.onDemand(t)
				readAll(t, reader, 40)
				billing.kinds()
				var wg sync.WaitGroup
				wg.Go(func() {
					if err := sw.Set(t.Context(), setUp, "r0001"); (err != nil) != failing {
						t.Error(err)
					}
				})
				wait(t, 500*time.Millisecond)
				// A read while the write is on its way shows what was before.
				wg.Go(func() {
					got, err := reader.Get(t.Context(), "r0001")
					if err != nil || got.ResourceName != "changed" {
						t.Errorf("the read during the write: %q, %v", got.ResourceName, err)
					}
				})
				wait(t, 100*time.Millisecond)
				billing.change("r0001")
				wg.Wait()
				billing.kinds()
				if _, err := reader.Get(t.Context(), "r0001"); err != nil {
					t.Error(err)
				}
				if diff := cmp.Diff([]string{"ids 1"}, billing.kinds()); diff != "" {
					t.Errorf("the read after it: %s", diff)
				}
			})
		})
	}
}
