// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// quotaMargin spaces calls a little wider than the quota, so that calls which
	// reach the server closer together than they were sent do not overrun it.
	quotaMargin = 1.06
	// longestWay is how long an unanswered call counts as on its way to the
	// server, at most.
	longestWay = 2 * time.Second
	// lookAgain is how soon to check again whether a call was answered.
	lookAgain = 10 * time.Millisecond
	// slowestShare bounds how far a limiter slows down.
	slowestShare = 1.0 / 16
	// recoveryShare of the full rate comes back in each second without a 429.
	recoveryShare = 1.0 / 10
)

// limiter spaces the calls of one operation evenly, one at a time.
type limiter struct {
	clock Clock

	// turn is held by the next call.
	turn chan struct{}
	// next is the place of the oldest call in calls. Whoever holds turn has it.
	next int

	mu sync.Mutex
	// calls are the latest ones, as many as the quota allows in a second.
	calls []*limitedCall
	// fastest is the shortest time that an answer took.
	fastest time.Duration
	rate    *rate.Limiter
	full    rate.Limit
	changed time.Time
}

// limitedCall is a call that counts against the quota.
type limitedCall struct{ sent, answered time.Time }

func newLimiter(clock Clock, callsPerSecond float64) *limiter {
	full := rate.Limit(callsPerSecond / quotaMargin)

	return &limiter{
		clock: clock, turn: make(chan struct{}, 1), calls: make([]*limitedCall, max(1, int(callsPerSecond))),
		rate: rate.NewLimiter(full, 1), full: full,
	}
}

// wait blocks until the next call may be sent, or the context is done. Its
// result is the argument of done.
func (l *limiter) wait(ctx context.Context) (*limitedCall, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	now := l.clock.Now()
	reservation := l.rate.ReserveN(now, 1)
	// Spacing the sent calls is not enough: after a call that arrived late, one
	// too many could arrive within a second.
	for delay := reservation.DelayFrom(now); ; delay = 0 {
		now = l.clock.Now()
		delay = max(delay, l.free(now).Sub(now))
		if delay <= 0 {
			break
		}
		if err := l.clock.Sleep(ctx, delay); err != nil {
			reservation.CancelAt(l.clock.Now())

			return nil, err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	sent := &limitedCall{sent: l.clock.Now()}
	l.calls[l.next] = sent
	l.next = (l.next + 1) % len(l.calls)

	return sent, nil
}

// free is when the oldest of the latest calls will have arrived at least a
// second ago, or when to ask again.
func (l *limiter) free(now time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	oldest := l.calls[l.next]
	switch {
	case oldest == nil:
		return now
	case !oldest.answered.IsZero():
		return oldest.answered.Add(time.Second - l.fastest*9/10)
	case now.Before(oldest.sent.Add(time.Second)):
		return oldest.sent.Add(time.Second)
	case now.Before(oldest.sent.Add(longestWay)):
		return now.Add(lookAgain)
	default:
		return now
	}
}

// done notes that a call was answered, or given up.
func (l *limiter) done(call *limitedCall) {
	l.mu.Lock()
	defer l.mu.Unlock()
	call.answered = l.clock.Now()
	took := call.answered.Sub(call.sent)
	if l.fastest == 0 || took < l.fastest {
		l.fastest = took
	}
}

// throttled halves the rate, once for all calls that the same overrun refused.
func (l *limiter) throttled() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if now.Sub(l.changed) < time.Second && l.rate.Limit() < l.full {
		return
	}
	l.set(now, max(l.rate.Limit()/2, l.full*slowestShare))
}

// answered raises a lowered rate again, step by step.
func (l *limiter) answered() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if l.rate.Limit() == l.full || now.Sub(l.changed) < time.Second {
		return
	}
	l.set(now, min(l.rate.Limit()+l.full*recoveryShare, l.full))
}

func (l *limiter) set(now time.Time, limit rate.Limit) {
	l.rate.SetLimitAt(now, limit)
	l.changed = now
}

// limitTransport holds back each attempt to the quota of its operation. It sits
// below the repeating layer: a repeated call counts like any other.
type limitTransport struct {
	clock Clock
	next  http.RoundTripper

	mu       sync.Mutex
	limiters map[limiterKey]*limiter
}

type limiterKey struct {
	operation string
	site      Site
}

func (t *limitTransport) limiter(a *attempts) *limiter {
	key := limiterKey{a.op.name, a.site}
	t.mu.Lock()
	defer t.mu.Unlock()
	l, ok := t.limiters[key]
	if !ok {
		l = newLimiter(t.clock, a.op.callsPerSecond(a.site))
		t.limiters[key] = l
	}

	return l
}

func (t *limitTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	l := t.limiter(attemptsOf(req.Context()))
	call, err := l.wait(req.Context())
	if err != nil {
		closeBody(req)

		return nil, notSent(err)
	}
	resp, err := t.next.RoundTrip(req)
	l.done(call)
	switch {
	case err != nil:
	case resp.StatusCode == http.StatusTooManyRequests:
		l.throttled()
	default:
		l.answered()
	}

	return resp, err
}
