// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package keylock

import (
	"sync"
	"testing"
)

func TestLocks(t *testing.T) {
	t.Parallel()

	var (
		locks Locks
		wg    sync.WaitGroup
		// Unguarded but for the locks: the race detector sees any overlap.
		counts = map[string]*int{"a": new(int), "b": new(int)}
	)

	for range 100 {
		for key, count := range counts {
			wg.Go(func() {
				defer locks.Lock(key)()
				*count++
			})
		}
	}

	wg.Wait()

	for key, count := range counts {
		if *count != 100 {
			t.Errorf("%s was counted %d times, want 100", key, *count)
		}
	}

	// A key that is held does not hold up another.
	unlock := locks.Lock("a")
	locks.Lock("b")()
	unlock()
}
