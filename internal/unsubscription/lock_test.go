// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription_test

import (
	"sync"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
)

// TestUnsubscribeHoldsItsResource: whoever else of the run acts on the resource
// waits until the unsubscription has settled.
func TestUnsubscribeHoldsItsResource(t *testing.T) {
	t.Parallel()

	var (
		locks act.Locks
		other sync.WaitGroup
		calls int
	)

	f := newFake()
	accept := accepts("CS1")
	f.unsubscribe = func(f *fakeBilling) (int, any) {
		other.Go(func() {
			defer locks.Lock(act.Resource(serverID))()

			f.mu.Lock()
			defer f.mu.Unlock()

			calls = len(f.calls)
		})

		return accept(f)
	}

	machine := f.machine(t, func(c *act.Conditions) { c.Locks = &locks })
	if _, _, err := machine.Unsubscribe(t.Context(), whole); err != nil {
		t.Fatal(err)
	}

	other.Wait()

	if calls != len(f.calls) {
		t.Errorf("another act had its turn after %d of %d calls", calls, len(f.calls))
	}
}
