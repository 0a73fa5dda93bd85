// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"time"
)

const (
	// refreshBefore is how early temporary keys are replaced before they end, unless
	// that is most of their life.
	refreshBefore = 5 * time.Minute
	// refreshAgain is how long keys that are still valid are used after they could not be
	// replaced, before that is tried again.
	refreshAgain = 30 * time.Second
	// youngKeys is the age below which keys that were refused are not replaced: others
	// of the same making would be refused as well.
	youngKeys = 10 * time.Second
)

// temporaryCredentials are keys that end, and are replaced before they do: once for
// all who ask meanwhile.
type temporaryCredentials struct {
	fetch func(context.Context) (Keys, error)
	clock Clock
	// lock is held while keys are looked at or replaced; unlike a mutex it can
	// be waited for with a context.
	lock chan struct{}
	// keys are the keys last fetched, nil before the first and once they were refused.
	keys staticCredentials
	// fetched is when that was, and renewAt from when on they are replaced.
	fetched, renewAt time.Time
}

func newTemporaryCredentials(clock Clock, fetch func(context.Context) (Keys, error)) *temporaryCredentials {
	return &temporaryCredentials{fetch: fetch, clock: clock, lock: make(chan struct{}, 1)}
}

func (c *temporaryCredentials) Retrieve(ctx context.Context) (Keys, error) {
	if err := c.hold(ctx); err != nil {
		return Keys{}, err
	}
	defer func() { <-c.lock }()
	var held Keys
	if c.keys != nil {
		held = c.keys()
		if c.clock.Now().Before(c.renewAt) {
			return held, nil
		}
	}
	fresh, err := c.fetch(ctx)
	// What does not answer can take minutes to fail.
	now := c.clock.Now()
	switch {
	case err == nil:
		c.keys, c.fetched = func() Keys { return fresh }, now
		c.renewAt = fresh.Expires.Add(-min(refreshBefore, max(0, fresh.Expires.Sub(now)/5)))

		return fresh, nil
	case now.Before(held.Expires):
		c.renewAt = now.Add(refreshAgain)
		if held.Expires.Before(c.renewAt) {
			c.renewAt = held.Expires
		}

		return held, nil
	}

	return Keys{}, err
}

// refused drops keys that were not accepted, and says whether others are to be had.
func (c *temporaryCredentials) refused(ctx context.Context, keys Keys) bool {
	if c.hold(ctx) != nil {
		return false
	}
	defer func() { <-c.lock }()
	if c.keys == nil || c.keys() != keys {
		return true
	}
	if c.clock.Now().Sub(c.fetched) < youngKeys {
		return false
	}
	c.keys = nil

	return true
}

func (c *temporaryCredentials) hold(ctx context.Context) error {
	select {
	case c.lock <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
