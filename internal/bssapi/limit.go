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
	// window is the time in which no more calls are sent than the quota of a
	// second.
	window = time.Second * 106 / 100
	// slowestShare bounds how far a limiter slows down.
	slowestShare = 1.0 / 16
	// recoveryShare of the full rate comes back in each second without a 429.
	recoveryShare = 1.0 / 10
)

// limiter spaces the calls of one operation evenly, one at a time.
type limiter struct {
	clock Clock

	// turn is held by the call that is next.
	turn chan struct{}
	// sent are the times of the last calls, as many as the quota allows in a
	// second; next is the place of the oldest. Whoever holds turn has them.
	sent []time.Time
	next int

	mu      sync.Mutex
	rate    *rate.Limiter
	full    rate.Limit
	changed time.Time
}

func newLimiter(clock Clock, callsPerSecond float64) *limiter {
	full := rate.Limit(callsPerSecond / quotaMargin)
	return &limiter{
		clock: clock, turn: make(chan struct{}, 1), sent: make([]time.Time, max(1, int(callsPerSecond))),
		rate: rate.NewLimiter(full, 1), full: full,
	}
}

// wait blocks until the next call may be sent, or the context is done.
func (l *limiter) wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	now := l.clock.Now()
	reservation := l.rate.ReserveN(now, 1)
	// A call that was sent late counts from then: the spacing alone would let
	// one too many into the second that begins with it.
	delay := max(reservation.DelayFrom(now), l.sent[l.next].Add(window).Sub(now))
	if delay > 0 {
		if err := l.clock.Sleep(ctx, delay); err != nil {
			reservation.CancelAt(l.clock.Now())
			return err
		}
	}
	l.sent[l.next] = l.clock.Now()
	l.next = (l.next + 1) % len(l.sent)
	return nil
}

// throttled halves the rate, once for all the calls that a single overrun
// refused.
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
	if err := l.wait(req.Context()); err != nil {
		closeBody(req)
		return nil, notSent(err)
	}
	resp, err := t.next.RoundTrip(req)
	switch {
	case err != nil:
	case resp.StatusCode == http.StatusTooManyRequests:
		l.throttled()
	default:
		l.answered()
	}
	return resp, err
}
