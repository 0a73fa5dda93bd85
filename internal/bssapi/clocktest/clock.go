// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package clocktest has a clock that tests drive.
package clocktest

import (
	"context"
	"sync"
	"time"
)

// Clock stands still until it is advanced. Sleeping advances it at once, so
// that code under test never really waits.
type Clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
	due   []deadline
}

// deadline ends a context.
type deadline struct {
	at     time.Time
	cancel context.CancelFunc
}

// New returns a clock that shows start.
func New(start time.Time) *Clock { return &Clock{now: start} }

// Now returns the time shown.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()

	return c.now
}

// Sleep records d and advances the clock by it, unless the context is done. It
// returns the context's error, also where it ended meanwhile.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.move(d)
	}
	c.slept = append(c.slept, d)

	return ctx.Err()
}

// Advance moves the clock by d.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.move(d)
}

// Within returns a context that ends once the clock has moved on by d. The caller
// calls its cancel.
func (c *Clock) Within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	c.due = append(c.due, deadline{at: c.now.Add(d), cancel: cancel})

	return ctx, cancel
}

func (c *Clock) move(d time.Duration) {
	c.now = c.now.Add(d)
	for _, deadline := range c.due {
		if !c.now.Before(deadline.at) {
			deadline.cancel()
		}
	}
}

// Slept returns every duration that was slept, in order.
func (c *Clock) Slept() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()

	return append([]time.Duration(nil), c.slept...)
}
