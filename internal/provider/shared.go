// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"iter"
	"sync"
)

// shared is a read that all who need it in a run share: one call for a key, also
// if many ask at once. Who waits for a read that fails gets its error; a failure
// is not remembered, so that who asks later tries again.
type shared[K comparable, V any] struct {
	mu    sync.Mutex
	reads map[K]*sharedRead[V]
}

// sharedRead is one read, which is over when done is closed.
type sharedRead[V any] struct {
	done  chan struct{}
	value V
	err   error
}

// get is the value of a key, which read reads unless it was read before.
func (s *shared[K, V]) get(ctx context.Context, key K, read func(ctx context.Context, key K) (V, error)) (V, error) {
	for {
		found, own := s.join(key)
		if own {
			found.value, found.err = read(ctx, key)
			s.finish(key, found)

			return found.value, found.err
		}

		select {
		case <-found.done:
		case <-ctx.Done():
			var none V

			return none, ctx.Err()
		}

		// Who was canceled says nothing about the others.
		if !errors.Is(found.err, context.Canceled) && !errors.Is(found.err, context.DeadlineExceeded) {
			return found.value, found.err
		}
	}
}

// join is the read of a key, which the caller has to do if it is its own.
func (s *shared[K, V]) join(key K) (found *sharedRead[V], own bool) {
	s.mu.Lock()
	defer s.mu.Unlock()

	if found = s.reads[key]; found != nil {
		return found, false
	}

	if s.reads == nil {
		s.reads = map[K]*sharedRead[V]{}
	}

	found = &sharedRead[V]{done: make(chan struct{})}
	s.reads[key] = found

	return found, true
}

func (s *shared[K, V]) finish(key K, read *sharedRead[V]) {
	s.mu.Lock()
	defer s.mu.Unlock()

	if read.err != nil {
		delete(s.reads, key)
	}

	close(read.done)
}

// allOf are all rows, or the error that the last of them is.
func allOf[T any](rows iter.Seq2[T, error]) ([]T, error) {
	all := []T{}

	for row, err := range rows {
		if err != nil {
			return nil, err
		}

		all = append(all, row)
	}

	return all, nil
}
