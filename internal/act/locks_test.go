// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import (
	"sync"
	"testing"
	"testing/synctest"
)

func TestLocks(t *testing.T) {
	t.Parallel()

	var (
		locks Locks
		wg    sync.WaitGroup
		// Unguarded but for the locks: the race detector sees any overlap.
		counts = map[Subject]*int{Resource("a"): new(int), Resource("b"): new(int), Order("a"): new(int)}
	)

	for range 100 {
		for subject, count := range counts {
			wg.Go(func() {
				defer locks.Lock(subject)()
				*count++
			})
		}
	}

	wg.Wait()

	for subject, count := range counts {
		if *count != 100 {
			t.Errorf("%s was counted %d times, want 100", subject, *count)
		}
	}

	// A subject that is held does not hold up another, nor one of the other kind
	// and the same id.
	unlock := locks.Lock(Resource("a"))
	locks.Lock(Resource("b"))()
	locks.Lock(Order("a"))()
	unlock()
}

// TestLockWaits: who wants a subject waits until it is given free.
func TestLockWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var locks Locks

		unlock := locks.Lock(Order("cs1"))
		had := false

		go func() {
			defer locks.Lock(Order("CS1"))()

			had = true
		}()

		synctest.Wait()

		if had {
			t.Error("two hold one order")
		}

		unlock()
		synctest.Wait()

		if !had {
			t.Error("it is never given free")
		}
	})
}

// TestSubjectKey: two spellings of an order id are one order, and those of a
// resource id two resources.
func TestSubjectKey(t *testing.T) {
	t.Parallel()

	if Order("cs1").key() != Order("CS1").key() {
		t.Error("the case of an order id makes two locks of it")
	}

	if Resource("a").key() == Resource("A").key() {
		t.Error("two resources share one lock")
	}
}
