// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"context"
	"time"
)

// realNow is the clock of quotas and signatures.
func realNow() time.Time { return time.Now() }

// Clock is a clock that a test drives. Sleep waits for d, or until ctx is done,
// and then returns the error of ctx.
type Clock interface {
	Now() time.Time
	Sleep(ctx context.Context, d time.Duration) error
}

// wait passes real time and reports whether all of it passed.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// clock is the simulated time: it starts at a given time, runs on with real
// time, and can be advanced.
type clock struct {
	// real is the time that it runs on with.
	real   func() time.Time
	offset time.Duration
	held   time.Time
}

// startClock makes a clock that shows start now and runs on with runsOn; a zero
// start means its time.
func startClock(start time.Time, runsOn func() time.Time) clock {
	if start.IsZero() {
		return clock{real: runsOn}
	}

	return clock{real: runsOn, offset: start.Sub(runsOn())}
}

// realTime is what the options say that real time is.
func (o *Options) realTime() func() time.Time {
	if o.Clock == nil {
		return realNow
	}

	return o.Clock.Now
}

// wait passes real time while the server runs, and reports whether all of it
// passed.
func (s *Server) wait(d time.Duration) bool {
	if s.options.Clock == nil || d <= 0 {
		return wait(s.stopped, d)
	}

	return s.options.Clock.Sleep(s.stopped, d) == nil
}

func (c *clock) now() time.Time {
	if !c.held.IsZero() {
		return c.held
	}

	return c.real().Add(c.offset).UTC()
}

// hold makes the clock show a past time, at which a due event happens, until
// release.
func (c *clock) hold(at time.Time) { c.held = at }

func (c *clock) release() { c.held = time.Time{} }

func (c *clock) advance(d time.Duration) { c.offset += d }
