// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/keylock"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// Payer pays orders through one client. It is safe for concurrent use; acts on
// one order wait for each other.
type Payer struct {
	client   *bssapi.Client
	guard    func(ctx context.Context, customerID string) error
	spending *spending.Guard
	clock    bssapi.Clock
	timing   Timing

	locks keylock.Locks
}

// Timing is how long the machine waits for what.
type Timing struct {
	// Act bounds one paying call together with the look after it.
	Act time.Duration
	// Settle is how long an order is looked at, after an answer that leaves
	// doubt, before the doubt is reported.
	Settle time.Duration
	// PollMin and PollMax bound the pause between two looks.
	PollMin, PollMax time.Duration
	// Attempts is how often a payment may be tried that the API throttled
	// before doing anything.
	Attempts int
}

// Pause is how long to wait before the next look, after so many: it grows from
// PollMin to PollMax.
func (t Timing) Pause(attempt int) time.Duration {
	pause := t.PollMin
	for range attempt - 1 {
		pause *= 2
		if pause >= t.PollMax {
			return t.PollMax
		}
	}

	return pause
}

// DefaultTiming is what users get.
func DefaultTiming() Timing {
	return Timing{
		Act:      2 * time.Minute,
		Settle:   20 * time.Second,
		PollMin:  time.Second,
		PollMax:  10 * time.Second,
		Attempts: 4,
	}
}

// An Option changes a [Payer].
type Option func(*Payer)

// WithTiming replaces [DefaultTiming].
func WithTiming(timing Timing) Option {
	return func(p *Payer) { p.timing = timing }
}

// WithAccountGuard sets what has to agree to the account of an order, before
// it is quoted and again before it is paid.
func WithAccountGuard(guard func(ctx context.Context, customerID string) error) Option {
	return func(p *Payer) { p.guard = guard }
}

// WithSpending sets what has to agree to each paying call, and counts it.
func WithSpending(guard *spending.Guard) Option {
	return func(p *Payer) { p.spending = guard }
}

// New returns a Payer.
func New(client *bssapi.Client, options ...Option) *Payer {
	payer := &Payer{
		client: client,
		guard:  func(context.Context, string) error { return nil },
		clock:  bssapi.SystemClock(),
		timing: DefaultTiming(),
	}

	for _, option := range options {
		option(payer)
	}

	return payer
}
