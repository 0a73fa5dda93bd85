// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// ReadTiming is how long reads and writes wait.
type ReadTiming struct {
	// A batch is sent once nobody has joined it for Quiet, or after Gather.
	Quiet, Gather time.Duration
	// Call bounds the calls of one batch together with their repeats.
	Call time.Duration
	// Snapshot is how long a snapshot answers, from its beginning.
	Snapshot time.Duration
	// Count is how long the size of the account counts as known.
	Count time.Duration
}

// DefaultReadTiming is the timing outside tests.
func DefaultReadTiming() ReadTiming {
	return ReadTiming{
		Quiet:    50 * time.Millisecond,
		Gather:   300 * time.Millisecond,
		Call:     5 * time.Minute,
		Snapshot: 2 * time.Minute,
		Count:    10 * time.Minute,
	}
}

// Gatherer puts callers that ask at the same time into one batch.
type Gatherer[K comparable, A any] struct {
	clock  bssapi.Clock
	timing ReadTiming
	// size is the most keys of a batch. A full batch does not wait.
	size int
	// carry answers the keys of a batch. Its context is that of no caller.
	carry func(context.Context, *Batch[K, A])
	// inFlight bounds how many batches are carried at the same time. A batch
	// that waits for its turn here can still be joined; one that waits for the
	// quota cannot.
	inFlight chan struct{}

	mu sync.Mutex
	// open is the batch that can still be joined.
	open *Batch[K, A]
}

// NewGatherer returns a Gatherer. A batch takes at most size keys, and at most
// inFlight batches are carried at the same time. carry has to answer every key
// of its batch; its context is that of no caller.
func NewGatherer[K comparable, A any](
	clock bssapi.Clock,
	timing ReadTiming,
	size, inFlight int,
	carry func(context.Context, *Batch[K, A]),
) *Gatherer[K, A] {
	return &Gatherer[K, A]{clock: clock, timing: timing, size: size, carry: carry, inFlight: make(chan struct{}, inFlight)}
}

// Batch is a set of keys, and those who wait for the answers.
type Batch[K comparable, A any] struct {
	gatherer *Gatherer[K, A]
	cancel   context.CancelFunc
	// full ends the gathering early.
	full context.CancelFunc

	// The gatherer's mutex guards what follows.
	keys     []K // in order of arrival
	callers  map[K][]chan A
	arrivals int
	// sent says that the batch goes on even if all have left.
	sent bool
}

// Ask returns the answer for key from a batch that is sent after this call. If
// the context ends first, it returns the context's error, and whether the batch
// had been sent.
func (g *Gatherer[K, A]) Ask(ctx context.Context, key K) (answer A, sent bool, err error) {
	if err := ctx.Err(); err != nil {
		return answer, false, err
	}
	caller := make(chan A, 1)
	b := g.join(ctx, key, caller)
	select {
	case answer = <-caller:
		return answer, true, nil
	case <-ctx.Done():
	}
	sent = b.leave(key, caller)
	select {
	case answer = <-caller:
		return answer, true, nil
	default:
		return answer, sent, ctx.Err()
	}
}

func (g *Gatherer[K, A]) join(ctx context.Context, key K, caller chan A) *Batch[K, A] {
	g.mu.Lock()
	defer g.mu.Unlock()
	b := g.open
	if b == nil {
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), g.timing.Call) //nolint:gosec // run calls cancel
		gathering, full := context.WithCancel(call)
		b = &Batch[K, A]{gatherer: g, cancel: cancel, full: full, callers: map[K][]chan A{}}
		g.open = b
		go b.run(call, gathering)
	}
	if b.callers[key] == nil {
		b.keys = append(b.keys, key)
	}
	b.callers[key] = append(b.callers[key], caller)
	b.arrivals++
	if len(b.keys) == g.size {
		g.open = nil
		b.full()
	}

	return b
}

func (b *Batch[K, A]) run(call, gathering context.Context) {
	defer b.cancel()
	b.gather(gathering)
	select {
	case b.gatherer.inFlight <- struct{}{}:
		defer func() { <-b.gatherer.inFlight }()
	case <-call.Done():
	}
	b.gatherer.mu.Lock()
	if b.gatherer.open == b {
		b.gatherer.open = nil
	}
	b.gatherer.mu.Unlock()
	b.gatherer.carry(call, b)
}

// gather returns when the batch is to be sent.
func (b *Batch[K, A]) gather(ctx context.Context) {
	start := b.gatherer.clock.Now()
	for {
		before := b.arrived()
		if b.gatherer.clock.Sleep(ctx, b.gatherer.timing.Quiet) != nil || b.arrived() == before ||
			b.gatherer.clock.Now().Sub(start) >= b.gatherer.timing.Gather {
			return
		}
	}
}

func (b *Batch[K, A]) arrived() int {
	b.gatherer.mu.Lock()
	defer b.gatherer.mu.Unlock()

	return b.arrivals
}

// leave takes a caller out, and reports whether the batch had been sent.
func (b *Batch[K, A]) leave(key K, caller chan A) (sent bool) {
	b.gatherer.mu.Lock()
	defer b.gatherer.mu.Unlock()
	isCaller := func(c chan A) bool { return c == caller }
	b.callers[key] = slices.DeleteFunc(b.callers[key], isCaller)
	if len(b.callers[key]) == 0 {
		delete(b.callers, key)
		if !b.sent {
			b.keys = slices.DeleteFunc(b.keys, func(k K) bool { return k == key })
		}
	}
	if len(b.callers) == 0 && !b.sent {
		b.cancel()
		if b.gatherer.open == b {
			b.gatherer.open = nil
		}
	}

	return b.sent
}

// waiting returns the keys that somebody waits for.
func (b *Batch[K, A]) waiting() []K {
	b.gatherer.mu.Lock()
	defer b.gatherer.mu.Unlock()

	return slices.Clone(b.keys)
}

// Send returns the keys that somebody waits for, and keeps them from now on,
// whoever leaves. It calls sending with each key before callers can leave.
func (b *Batch[K, A]) Send(sending func(K)) []K {
	b.gatherer.mu.Lock()
	defer b.gatherer.mu.Unlock()
	b.sent = true
	for _, key := range b.keys {
		sending(key)
	}

	return slices.Clone(b.keys)
}

// Answer answers all who wait for key.
func (b *Batch[K, A]) Answer(key K, answer A) {
	b.gatherer.mu.Lock()
	defer b.gatherer.mu.Unlock()
	for _, caller := range b.callers[key] {
		caller <- answer
	}
	delete(b.callers, key)
}
