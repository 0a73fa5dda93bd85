// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

func TestReadsShareCalls(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		account, reads int
		want           []string
	}{
		"one":              {account: 1, reads: 1, want: []string{"ids 1"}},
		"three":            {account: 3, reads: 3, want: []string{"ids 3"}},
		"one round":        {account: 10, reads: 10, want: []string{"ids 10"}},
		"three of many":    {account: 50000, reads: 3, want: []string{"ids 3"}},
		"nearly two":       {account: 1000, reads: 19, want: []string{"ids 10", "ids 9"}},
		"a thousand":       {account: 1000, reads: 1000, want: []string{"ids 10", "count", "page 0", "page 500"}},
		"a small account":  {account: 400, reads: 400, want: []string{"ids 10", "count", "page 0"}},
		"three pages":      {account: 1001, reads: 40, want: []string{"ids 10", "count", "ids 10", "page 0", "page 500", "page 1000"}},
		"40 of many":       {account: 50000, reads: 40, want: []string{"ids 10", "count", "ids 10", "ids 10", "ids 10"}},
		"20 of two pages":  {account: 1000, reads: 20, want: []string{"ids 10", "count", "page 0", "page 500"}},
		"30 of five pages": {account: 2500, reads: 30, want: []string{"ids 10", "count", "ids 10", "ids 10"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: 100 * time.Millisecond}
				billing.Add(test.account)
				readAll(t, newReader(billing.Client(t)), test.reads)
				got := billing.Kinds()
				// Pages are fetched ahead, in any order.
				if pages := slices.IndexFunc(got, func(k string) bool { return k == "page 0" }); pages >= 0 {
					slices.SortFunc(got[pages:], func(a, b string) int { return len(a) - len(b) })
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// Readers that come at once, rather than ten at a time, gain from a snapshot too.
func TestManyReadsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 100 * time.Millisecond}
		billing.Add(1000)
		reader := newReader(billing.Client(t))
		var wg sync.WaitGroup
		for i := range 1000 {
			wg.Go(func() {
				if _, err := reader.Get(t.Context(), fmt.Sprintf("r%04d", i+1)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := billing.Kinds(); len(got) > 5 {
			t.Errorf("calls: %v", got)
		}
	})
}

func TestHugeAccountTakesASnapshotWhenItPays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 100 * time.Millisecond}
		billing.Add(10000) // 20 pages
		reader := newReader(billing.Client(t))
		readAll(t, reader, 190)
		if diff := cmp.Diff(20, len(billing.Kinds())); diff != "" {
			t.Errorf("calls before it pays, 19 and the count: %s", diff)
		}
		readAll(t, reader, 10000)
		if diff := cmp.Diff(20, billing.Count("page")); diff != "" {
			t.Errorf("pages: %s", diff)
		}
	})
}

func TestSameIDIsAskedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{}
		billing.Add(2)
		reader := newReader(billing.Client(t))
		simtest.Each(10, func(i int) {
			read := reader.Get
			if i%2 == 0 {
				read = reader.Fresh
			}
			if _, err := read(t.Context(), "r0001"); err != nil {
				t.Error(err)
			}
		})
		if diff := cmp.Diff([]string{"ids 1"}, billing.Kinds()); diff != "" {
			t.Error(diff)
		}
	})
}

// Fifty ids do not wait for more; and callers that trickle in do not hold a
// batch for ever.
func TestBatchIsSentInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{}
		billing.Add(120)
		timing := subscription.DefaultReadTiming()
		timing.Quiet, timing.Gather = time.Minute, 3*time.Minute
		reader := subscription.NewReader(billing.Client(t), bssapi.SystemClock(), timing)
		start := bssapi.SystemClock().Now()
		var wg sync.WaitGroup
		for i := range 120 {
			wg.Go(func() {
				if _, err := reader.Fresh(t.Context(), fmt.Sprintf("r%04d", i+1)); err != nil {
					t.Error(err)
				}
			})
		}
		simtest.Wait(t, time.Second)
		if diff := cmp.Diff([]string{"ids 50", "ids 50"}, billing.Kinds()); diff != "" {
			t.Errorf("full batches: %s", diff)
		}
		wg.Wait()
		if diff := cmp.Diff([]string{"ids 20"}, billing.Kinds()); diff != "" {
			t.Errorf("the rest: %s", diff)
		}
		if waited := bssapi.SystemClock().Now().Sub(start); waited > 3*time.Minute {
			t.Errorf("the rest waited %s", waited)
		}

		for i := range 30 {
			wg.Go(func() {
				if _, err := reader.Fresh(t.Context(), fmt.Sprintf("r%04d", i+1)); err != nil {
					t.Error(err)
				}
			})
			simtest.Wait(t, 20*time.Second)
		}
		wg.Wait()
		if got := len(billing.Kinds()); got < 3 {
			t.Errorf("callers that trickled in for ten minutes shared %d calls", got)
		}
	})
}

func TestFreshDoesNotJoinACallInFlight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 10 * time.Second}
		billing.Add(1)
		reader := newReader(billing.Client(t))
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := reader.Fresh(t.Context(), "r0001"); err != nil {
				t.Error(err)
			}
		})
		simtest.Wait(t, time.Second)
		billing.Change("r0001")
		got, err := reader.Fresh(t.Context(), "r0001")
		if err != nil || got.ResourceName != "changed" {
			t.Errorf("Fresh = %q, %v", got.ResourceName, err)
		}
		wg.Wait()
		if billing.Most != 2 {
			t.Errorf("%d calls at once, want 2", billing.Most)
		}
	})
}

// A snapshot answers Get for a while, unless the id was forgotten, and never
// Fresh.
func TestWhatASnapshotAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 100 * time.Millisecond}
		billing.Add(100)
		reader := newReader(billing.Client(t))
		readAll(t, reader, 100)
		billing.Kinds()
		read := func(what string, read func(context.Context, string) (bssapi.Resource, error), id, want string, calls int) {
			t.Helper()
			got, err := read(t.Context(), id)
			if err != nil || got.ResourceName != want {
				t.Errorf("%s: %q, %v, want %q", what, got.ResourceName, err, want)
			}
			if got := billing.Kinds(); len(got) != calls {
				t.Errorf("%s: calls %v, want %d", what, got, calls)
			}
		}
		for _, id := range []string{"r0001", "r0002", "r0003"} {
			billing.Change(id)
		}
		read("Get", reader.Get, "r0001", "", 0)
		read("Fresh", reader.Fresh, "r0001", "changed", 1)
		reader.Forget("r0002")
		read("Get after Forget", reader.Get, "r0002", "changed", 1)
		read("Get of another after Forget", reader.Get, "r0003", "", 0)
		simtest.Wait(t, 2*time.Minute)
		read("Get much later", reader.Get, "r0003", "changed", 1)
		readAll(t, reader, 10)
		if diff := cmp.Diff([]string{"ids 10"}, billing.Kinds()); diff != "" {
			t.Errorf("what the first snapshot was taken for does not count for the next: %s", diff)
		}
	})
}

func TestForgetWhileASnapshotIsRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 10 * time.Second}
		billing.Add(20)
		reader := newReader(billing.Client(t))
		var wg sync.WaitGroup
		wg.Go(func() { readAll(t, reader, 20) })
		simtest.Wait(t, 25*time.Second)
		if diff := cmp.Diff([]string{"ids 10", "count", "page 0"}, billing.Kinds()); diff != "" {
			t.Fatal(diff)
		}
		// The page is on its way and shows the old state.
		reader.Forget("r0001", "r0015")
		billing.Change("r0001")
		billing.Change("r0002")
		reader.Forget("r0001", "r0015")
		got, err := reader.Get(t.Context(), "r0001")
		if err != nil || got.ResourceName != "changed" {
			t.Errorf("Get = %q, %v", got.ResourceName, err)
		}
		wg.Wait()
		if diff := cmp.Diff([]string{"ids 2"}, billing.Kinds()); diff != "" {
			t.Errorf("only what was forgotten is asked by id: %s", diff)
		}
		if got, err := reader.Get(t.Context(), "r0002"); err != nil || got.ResourceName != "" {
			t.Errorf("another comes from the snapshot: %q, %v", got.ResourceName, err)
		}
	})
}

// A batch that was begun before a change does not answer after it, for the id
// nor for what it is attached to or has attached.
func TestForgetWhileABatchIsInFlight(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ read, forgotten string }{
		"the id":          {read: "server", forgotten: "server"},
		"an attached one": {read: "server", forgotten: "disk"},
		"the primary":     {read: "disk", forgotten: "server"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: 10 * time.Second}
				billing.Put(
					simtest.ResourceNamed("server"), simtest.AttachedTo("server", "disk"), simtest.ResourceNamed("other"),
				)
				reader := newReader(billing.Client(t))
				var wg sync.WaitGroup
				wg.Go(func() {
					tree, err := reader.Tree(t.Context(), test.read)
					if err != nil || tree.Resource.ResourceName != "changed" {
						t.Errorf("Tree = %q, %v", tree.Resource.ResourceName, err)
					}
				})
				wg.Go(func() {
					if _, err := reader.Get(t.Context(), "other"); err != nil {
						t.Error(err)
					}
				})
				simtest.Wait(t, time.Second)
				billing.Change(test.read)
				reader.Forget(test.forgotten)
				wg.Wait()
				if diff := cmp.Diff([]string{"ids 2", "ids 1"}, billing.Kinds()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// Absence is forgotten like anything else.
func TestForgetWhatIsNotThereYet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 10 * time.Second}
		reader := newReader(billing.Client(t))
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := reader.Get(t.Context(), "r0001"); err != nil {
				t.Error(err)
			}
		})
		simtest.Wait(t, time.Second)
		billing.Add(1)
		reader.Forget("r0001")
		wg.Wait()
	})
}

func TestTree(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{}
		closed := simtest.ResourceNamed("gone")
		closed.Status = bssapi.ResourceStatusClosed
		oldTerm := simtest.ResourceNamed("again")
		oldTerm.ID, oldTerm.Status, oldTerm.ExpireTime = "record-old", bssapi.ResourceStatusClosed, "2027-06-30T15:59:59Z"
		later := simtest.ResourceNamed("again")
		later.ID, later.ExpireTime = "record-later", "2027-01-31T15:59:59Z"
		billing.Put(
			simtest.AttachedTo("server", "disk-b"), simtest.ResourceNamed("server"), simtest.AttachedTo("server", "disk-a"),
			simtest.AttachedTo("other", "disk-c"), simtest.ResourceNamed("other"), closed, simtest.ResourceNamed("again"), later, oldTerm,
		)
		reader := newReader(billing.Client(t))
		for id, want := range map[string][]string{
			"server": {"record-server", "disk-a", "disk-b"},
			"other":  {"record-other", "disk-c"},
			"disk-a": {"record-disk-a"},
			"gone":   {"record-gone"},
			"again":  {"record-later"},
		} {
			tree, err := reader.Tree(t.Context(), id)
			got := []string{tree.Resource.ID}
			for _, attached := range tree.Attached {
				got = append(got, attached.ResourceID)
			}
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("Tree(%s): %v %s", id, err, diff)
			}
		}
	})
}

// Whatever is wrong with the pages of a snapshot, nothing looks gone, and
// nothing loops.
func TestHostileSnapshots(t *testing.T) {
	t.Parallel()
	page := func(call simtest.Call) bool { return strings.HasPrefix(call.Kind(), "page") }
	tests := map[string]struct {
		alter func(n int, call simtest.Call, answer *simtest.Answer)
		// most is how many calls are acceptable for 1,000 reads.
		most int
	}{
		"the second page fails": {most: 60, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if call.Kind() == "page 500" {
				answer.Status, answer.Code = http.StatusInternalServerError, "CBC.0999"
			}
		}},
		"the second page never comes": {most: 60, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			answer.Cut = call.Kind() == "page 500"
		}},
		"every page fails": {most: 110, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			answer.Cut = page(call)
		}},
		"counting fails": {most: 110, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			answer.Cut = call.Kind() == "count"
		}},
		"pages overlap": {most: 20, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if call.Kind() == "page 500" {
				// A hundred resources were added at the top since page 0.
				for i := range 100 {
					answer.Rows[400+i] = answer.Rows[i]
				}
				for i := range 100 {
					answer.Rows[i] = simtest.ResourceNamed(fmt.Sprintf("r%04d", 401+i))
				}
				answer.Total = 1100
			}
		}},
		"rows are missing": {most: 10, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if call.Kind() == "page 500" {
				answer.Rows = answer.Rows[20:]
			}
		}},
		"rows are missing, which the total hides": {most: 10, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if call.Kind() == "page 500" {
				answer.Rows, answer.Total = answer.Rows[20:], 980
			}
		}},
		"the first page is short": {most: 60, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if call.Kind() == "page 0" {
				answer.Rows = answer.Rows[:480]
			}
		}},
		"the same page again and again": {most: 80, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if page(call) {
				answer.Rows = nil
				for i := range 500 {
					answer.Rows = append(answer.Rows, simtest.ResourceNamed(fmt.Sprintf("r%04d", i+1)))
				}
			}
		}},
		"the total is too high": {most: 80, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if page(call) {
				answer.Total = 5000
			}
		}},
		"the total is too low": {most: 80, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if page(call) {
				answer.Total = 3
			}
		}},
		"the total is negative": {most: 110, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if call.Kind() == "count" || page(call) {
				answer.Total = -1
			}
		}},
		"no total": {most: 110, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if page(call) {
				answer.Total = nil
			}
		}},
		"the count is far too low": {most: 10, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if call.Kind() == "count" {
				answer.Total = 0
			}
		}},
		"the count is far too high": {most: 110, alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if call.Kind() == "count" {
				answer.Total = int64(1 << 40)
			}
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: 100 * time.Millisecond, Alter: test.alter}
				billing.Add(1000)
				reader := newReader(billing.Client(t))
				readAll(t, reader, 1000)
				kinds := billing.Kinds()
				if len(kinds) > test.most {
					t.Errorf("%d calls, at most %d are acceptable: %v", len(kinds), test.most, kinds)
				}
				if n := len(slices.DeleteFunc(kinds, func(k string) bool { return k != "page 0" })); n > 1 {
					t.Errorf("the snapshot was begun %d times", n)
				}
				if _, err := reader.Get(t.Context(), "unknown"); !errors.Is(err, subscription.ErrUnknown) {
					t.Errorf("Get of what does not exist: %v", err)
				}
			})
		})
	}
}

// By id, absence is believed only from a complete answer to what was asked.
func TestAbsence(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		alter func(n int, call simtest.Call, answer *simtest.Answer)
		// want is the error for both ids, wantUnknown for that of the unknown one.
		want, wantUnknown error
	}{
		"complete": {wantUnknown: subscription.ErrUnknown},
		"rows missing": {
			alter: func(_ int, _ simtest.Call, answer *simtest.Answer) { answer.Rows = nil },
			want:  bssapi.ErrIncomplete, wantUnknown: bssapi.ErrIncomplete,
		},
		"no total": {
			alter: func(_ int, _ simtest.Call, answer *simtest.Answer) { answer.Rows, answer.Total = nil, nil },
			want:  bssapi.ErrIncomplete, wantUnknown: bssapi.ErrIncomplete,
		},
		"refused": {
			alter: func(_ int, _ simtest.Call, answer *simtest.Answer) { answer.Status, answer.Code = 403, "CBC.0151" },
			want:  bssapi.ErrAccessDenied, wantUnknown: bssapi.ErrAccessDenied,
		},
		"not found": {
			alter: func(_ int, _ simtest.Call, answer *simtest.Answer) { answer.Status, answer.Code = 404, "CBC.0999" },
			want:  bssapi.ErrNotFound, wantUnknown: bssapi.ErrNotFound,
		},
		"no answer": {
			alter: func(_ int, _ simtest.Call, answer *simtest.Answer) { answer.Cut = true },
			want:  bssapi.ErrNoAnswer, wantUnknown: bssapi.ErrNoAnswer,
		},
		"the filter is ignored": {
			alter: func(_ int, _ simtest.Call, answer *simtest.Answer) {
				answer.Rows = append(answer.Rows, simtest.ResourceNamed("r0002"))
				answer.Total = 2
			},
			wantUnknown: bssapi.ErrIncomplete,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Alter: test.alter}
				billing.Add(1)
				reader := newReader(billing.Client(t))
				var wg sync.WaitGroup
				for id, want := range map[string]error{"r0001": test.want, "unknown": test.wantUnknown} {
					wg.Go(func() {
						_, err := reader.Get(t.Context(), id)
						if !errors.Is(err, want) || errors.Is(err, subscription.ErrUnknown) != errors.Is(want, subscription.ErrUnknown) {
							t.Errorf("Get(%s): %v, want %v", id, err, want)
						}
					})
				}
				wg.Wait()
				if diff := cmp.Diff([]string{"ids 2"}, billing.Kinds()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// What is attached to a neighbour is not a sign that the filter was ignored.
func TestAbsenceBesideAttachedResources(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{}
		billing.Put(simtest.ResourceNamed("server"), simtest.AttachedTo("server", "disk"))
		reader := newReader(billing.Client(t))
		var wg sync.WaitGroup
		for id, want := range map[string]error{"server": nil, "unknown": subscription.ErrUnknown} {
			wg.Go(func() {
				if _, err := reader.Get(t.Context(), id); !errors.Is(err, want) {
					t.Errorf("Get(%s): %v, want %v", id, err, want)
				}
			})
		}
		wg.Wait()
	})
}

// The size of an account that could not be counted is not taken for small.
func TestNoSnapshotWithoutACount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			answer.Cut = call.Kind() == "count"
		}}
		billing.Add(60)
		readAll(t, newReader(billing.Client(t)), 60)
		want := []string{"ids 10", "count", "ids 10", "ids 10", "ids 10", "ids 10", "ids 10"}
		if diff := cmp.Diff(want, billing.Kinds()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestMalformedIDDoesNotFailItsNeighbours(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Alter: func(_ int, call simtest.Call, answer *simtest.Answer) {
			if slices.Contains(call.ResourceIDs, "mal formed") {
				answer.Status, answer.Code = http.StatusBadRequest, "CBC.0100"
			}
		}}
		billing.Add(49)
		reader := newReader(billing.Client(t))
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := reader.Fresh(t.Context(), "mal formed"); !errors.Is(err, bssapi.CodeParameterInvalid) {
				t.Errorf("the malformed id: %v", err)
			}
		})
		for i := range 49 {
			wg.Go(func() {
				if _, err := reader.Fresh(t.Context(), fmt.Sprintf("r%04d", i+1)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := billing.Kinds(); len(got) > 13 {
			t.Errorf("%d calls: %v", len(got), got)
		}
	})
}

func TestEmptyIDIsRefused(t *testing.T) {
	t.Parallel()
	billing := &simtest.Fake{}
	reader := newReader(billing.Client(t))
	if _, err := reader.Get(t.Context(), ""); err == nil {
		t.Error("Get accepts an empty id")
	}
	if _, err := reader.Tree(t.Context(), ""); err == nil {
		t.Error("Tree accepts an empty id")
	}
	if got := billing.Kinds(); len(got) > 0 {
		t.Errorf("calls: %v", got)
	}
}

// A caller that gives up leaves at once; the others get their answer.
func TestCanceledCallerLeaves(t *testing.T) {
	t.Parallel()
	// The call is gathered for 10 ms and takes 10 s.
	for name, after := range map[string]time.Duration{"before": time.Millisecond, "at": 0, "during": time.Second} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: 10 * time.Second}
				billing.Add(2)
				reader := newReader(billing.Client(t))
				start := bssapi.SystemClock().Now()
				ctx, cancel := context.WithTimeout(t.Context(), after)
				defer cancel()
				var wg sync.WaitGroup
				wg.Go(func() {
					_, err := reader.Get(ctx, "r0001")
					if waited := bssapi.SystemClock().Now().Sub(start); !errors.Is(err, context.DeadlineExceeded) || waited > after {
						t.Errorf("Get of the one who left: %v after %s", err, waited)
					}
				})
				wg.Go(func() {
					if _, err := reader.Get(t.Context(), "r0002"); err != nil {
						t.Error(err)
					}
				})
				wg.Wait()
				if billing.GivenUp != 0 {
					t.Error("the call was given up")
				}
				want := []string{"ids 1"}
				if name == "during" {
					want = []string{"ids 2"}
				}
				if diff := cmp.Diff(want, billing.Kinds()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestCallIsGivenUpWhenAllHaveLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: time.Hour}
		billing.Add(2)
		reader := newReader(billing.Client(t))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		simtest.Each(2, func(i int) {
			if _, err := reader.Get(ctx, fmt.Sprintf("r%04d", i+1)); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
		synctest.Wait()
		if billing.GivenUp != 1 {
			t.Error("the call goes on for nobody")
		}
		billing.Latency = 0
		if _, err := reader.Get(t.Context(), "r0001"); err != nil {
			t.Errorf("Get after that: %v", err)
		}
	})
}

// Whoever gathers alone and leaves takes the batch along.
func TestNoCallForNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{}
		billing.Add(1)
		reader := newReader(billing.Client(t))
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := reader.Get(ctx, "r0001"); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		simtest.Wait(t, time.Second)
		if got := billing.Kinds(); len(got) > 0 {
			t.Errorf("calls: %v", got)
		}
	})
}

// A snapshot that nobody waits for any more is given up, and is no failure: the
// next readers take it.
func TestSnapshotIsGivenUpWhenAllHaveLeft(t *testing.T) {
	t.Parallel()
	// By id until 10 s, counting until 20 s, then the page.
	tests := map[string]struct {
		after     time.Duration
		want, now []string
	}{
		"counting": {after: 15 * time.Second, want: []string{"ids 10", "count"}, now: []string{"count", "page 0"}},
		"the page": {after: 25 * time.Second, want: []string{"ids 10", "count", "page 0"}, now: []string{"page 0"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				billing := &simtest.Fake{Latency: 10 * time.Second}
				billing.Add(100)
				reader := newReader(billing.Client(t))
				ctx, cancel := context.WithTimeout(t.Context(), test.after)
				defer cancel()
				simtest.Each(20, func(i int) {
					_, err := reader.Get(ctx, fmt.Sprintf("r%04d", i+1))
					if i >= 10 && !errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("Get: %v", err)
					}
				})
				synctest.Wait()
				if diff := cmp.Diff(test.want, billing.Kinds()); diff != "" {
					t.Error(diff)
				}
				if billing.GivenUp != 1 {
					t.Errorf("%d calls were given up, want 1", billing.GivenUp)
				}
				readAll(t, reader, 100)
				if diff := cmp.Diff(test.now, billing.Kinds()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// One who leaves while a snapshot is taken does not end it for the others, and
// Fresh does not wait for it.
func TestSnapshotGoesOnForTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 10 * time.Second}
		billing.Add(100)
		reader := newReader(billing.Client(t))
		ctx, cancel := context.WithTimeout(t.Context(), 25*time.Second)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() { readAll(t, reader, 20) })
		simtest.Wait(t, 15*time.Second)
		wg.Go(func() {
			if _, err := reader.Get(ctx, "r0050"); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Get of the one who left: %v", err)
			}
		})
		if _, err := reader.Fresh(ctx, "r0060"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Fresh, which takes ten seconds and had ten: %v", err)
		}
		wg.Wait()
		got := billing.Kinds()
		slices.Sort(got)
		if diff := cmp.Diff([]string{"count", "ids 1", "ids 10", "page 0"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

// A call that never ends is ended, for all who wait for it.
func TestCallIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		billing := &simtest.Fake{Latency: 24 * time.Hour}
		billing.Add(1)
		timing := subscription.DefaultReadTiming()
		timing.Call = 5 * time.Second
		reader := subscription.NewReader(billing.Client(t), bssapi.SystemClock(), timing)
		if _, err := reader.Get(t.Context(), "r0001"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Get: %v", err)
		}
	})
}

// readAll gets r0001 to r000n.
func readAll(t *testing.T, reader *subscription.Reader, n int) {
	t.Helper()
	simtest.ReadAll(t, reader.Get, new(simtest.Fake).Add(n))
}
