// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"time"
)

// Clock tells the time and waits. Everything in this package that depends on
// time asks it, so that tests can drive it.
type Clock interface {
	// Now returns the local time.
	Now() time.Time
	// Sleep waits for d, or until the context is done, and then returns the
	// context's error.
	Sleep(ctx context.Context, d time.Duration) error
}

// SystemClock returns the clock of this machine.
func SystemClock() Clock { return systemClock{} }

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
