// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
)

// assertQuota fails if any window of one second holds more than n of the times,
// even if each were off by margin.
func assertQuota(t *testing.T, times []time.Time, n int, margin time.Duration) {
	t.Helper()
	for i := range times {
		if i+n < len(times) && times[i+n].Sub(times[i]) < time.Second+margin {
			t.Fatalf("calls %d and %d are %v apart: the quota is %d a second", i, i+n, times[i+n].Sub(times[i]), n)
		}
	}
}

func TestLimiterKeepsQuota(t *testing.T) {
	t.Parallel()
	for _, quota := range []int{5, 10, 20, 30} {
		clock := clocktest.New(start)
		l := newLimiter(clock, float64(quota))
		var times []time.Time
		for range 10 * quota {
			call, err := l.wait(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			l.done(call)
			times = append(times, clock.Now())
		}
		assertQuota(t, times, quota, 40*time.Millisecond)
		if took := clock.Now().Sub(start); took > 10*time.Second*11/10 {
			t.Errorf("%d calls at %d a second took %v", len(times), quota, took)
		}
	}
}

func TestLimiterSlowsDownAndRecovers(t *testing.T) {
	t.Parallel()
	clock := clocktest.New(start)
	l := newLimiter(clock, 10)
	full := l.rate.Limit()
	for range 5 {
		l.throttled()
	}
	if got := l.rate.Limit(); got != full/2 {
		t.Errorf("refusals of the same moment: rate %v, want half of %v", got, full)
	}
	clock.Advance(time.Second)
	l.throttled()
	if got := l.rate.Limit(); got != full/4 {
		t.Errorf("after the next refusal: rate %v, want a quarter of %v", got, full)
	}
	for range 20 {
		clock.Advance(time.Second)
		l.throttled()
	}
	if got := l.rate.Limit(); got != full*slowestShare {
		t.Errorf("rate %v, want the slowest, %v", got, full*slowestShare)
	}
	l.answered()
	if got := l.rate.Limit(); got != full*slowestShare {
		t.Errorf("recovered without a second passing: %v", got)
	}
	seconds := 0
	for l.rate.Limit() < full {
		clock.Advance(time.Second)
		l.answered()
		if seconds++; seconds > 60 {
			t.Fatalf("still at %v of %v", l.rate.Limit(), full)
		}
	}
	if seconds < 5 {
		t.Errorf("recovered within %d seconds, want gradually", seconds)
	}
	if l.rate.Limit() != full {
		t.Errorf("recovered to %v, want %v", l.rate.Limit(), full)
	}
}

func TestLimiterGivesUpWithContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(SystemClock(), 1)
		call, err := l.wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		l.done(call)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if _, err := l.wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if _, err := l.wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with a context that is done: got %v", err)
		}
	})
}

func TestLimiterConcurrent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock := SystemClock()
		l := newLimiter(clock, 10)
		var mu sync.Mutex
		var times []time.Time
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				call, err := l.wait(t.Context())
				if err != nil {
					t.Error(err)

					return
				}
				l.done(call)
				mu.Lock()
				defer mu.Unlock()
				times = append(times, clock.Now())
				l.answered()
			})
		}
		wg.Wait()
		assertQuota(t, times, 10, 40*time.Millisecond)
	})
}

func TestEachAttemptCountsAndOperationsCountApart(t *testing.T) {
	t.Parallel()
	var times []time.Time
	clock := clocktest.New(start)
	fake := &network{answer: func(int, sent) (*http.Response, error) {
		times = append(times, clock.Now())

		return reply(http.StatusInternalServerError, `{"error_code":"CBC.0999","error_msg":"x"}`), nil
	}}
	c, _ := newTestClient(t, fake, WithClock(clock), WithMaxRetries(30))
	c.repeater.jitter = func() float64 { return 0 }
	if _, err := c.GetAccountBalances(t.Context()); !errors.Is(err, ErrServer) {
		t.Fatal(err)
	}
	if len(times) != 31 {
		t.Fatalf("%d attempts", len(times))
	}
	assertQuota(t, times, 20, 40*time.Millisecond)

	before := clock.Now()
	c.repeater.max = 0
	if err := c.CancelOrder(t.Context(), "CS1"); err == nil {
		t.Fatal("no error")
	}
	if clock.Now() != before {
		t.Error("one operation waited for the quota of another")
	}
}

func TestThrottledAnswerSlowsDown(t *testing.T) {
	t.Parallel()
	fake := always(http.StatusTooManyRequests, `{"error_code":"APIG.0308","error_msg":"slow down"}`)
	c, clock := newTestClient(t, fake)
	for range 3 {
		if err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"}); !errors.Is(err, ErrThrottled) {
			t.Fatal(err)
		}
		clock.Advance(time.Second)
	}
	before := clock.Now()
	_ = c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"})
	_ = c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"})
	if waited := clock.Now().Sub(before); waited < 400*time.Millisecond {
		t.Errorf("calls after three refusals are only %v apart", waited)
	}
}

// lateClock oversleeps now and then, as a busy machine does.
type lateClock struct {
	now   time.Time
	slept int
}

func (c *lateClock) Now() time.Time { return c.now }

func (c *lateClock) Sleep(_ context.Context, d time.Duration) error {
	c.slept++
	c.now = c.now.Add(d)
	if c.slept%7 == 3 {
		c.now = c.now.Add(90 * time.Millisecond)
	}

	return nil
}

// A call that is sent late must not leave room for one too many in the second
// that begins with it.
func TestLimiterAfterLateCalls(t *testing.T) {
	t.Parallel()
	const quota = 10
	clock := &lateClock{now: time.Unix(0, 0)}
	l := newLimiter(clock, quota)
	var sent []time.Time
	for range 100 {
		call, err := l.wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		l.done(call)
		sent = append(sent, clock.Now())
	}
	for i := range len(sent) - quota {
		if between := sent[i+quota].Sub(sent[i]); between < time.Second {
			t.Errorf("calls %d to %d are within %v", i, i+quota, between)
		}
	}
	if took := sent[len(sent)-1].Sub(sent[0]); took > 14*time.Second {
		t.Errorf("100 calls took %v", took)
	}
}
