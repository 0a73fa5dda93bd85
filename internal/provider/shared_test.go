// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// slowRead counts reads of a second, which give what answers say in turn.
func slowRead(calls *atomic.Int64, answers ...error) func(ctx context.Context, key string) (string, error) {
	return func(ctx context.Context, key string) (string, error) {
		n := calls.Add(1)

		if err := bssapi.SystemClock().Sleep(ctx, time.Second); err != nil {
			return "", err
		}

		return "read " + key, answers[min(int(n), len(answers))-1]
	}
}

func TestSharedIsReadOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var (
			known   shared[string, string]
			calls   atomic.Int64
			waiting sync.WaitGroup
		)

		for range 20 {
			for _, key := range []string{"a", "b"} {
				waiting.Go(func() {
					if got, err := known.get(t.Context(), key, slowRead(&calls, nil)); got != "read "+key || err != nil {
						t.Errorf("%s: %q, %v", key, got, err)
					}
				})
			}
		}

		waiting.Wait()

		if _, err := known.get(t.Context(), "a", slowRead(&calls, nil)); err != nil || calls.Load() != 2 {
			t.Errorf("%d calls for two keys, %v", calls.Load(), err)
		}
	})
}

func TestSharedForgetsFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var (
			known   shared[string, string]
			calls   atomic.Int64
			waiting sync.WaitGroup
		)

		broken := errors.New("broken")
		read := slowRead(&calls, broken, nil)

		for range 5 {
			waiting.Go(func() {
				if _, err := known.get(t.Context(), "a", read); !errors.Is(err, broken) {
					t.Errorf("who waited got %v", err)
				}
			})
		}

		waiting.Wait()

		if got, err := known.get(t.Context(), "a", read); got != "read a" || err != nil || calls.Load() != 2 {
			t.Errorf("after the failure: %q, %v, %d calls", got, err, calls.Load())
		}
	})
}

// TestSharedCancel: who gives up takes nobody along.
func TestSharedCancel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var (
			known   shared[string, string]
			calls   atomic.Int64
			waiting sync.WaitGroup
		)

		first, cancel := context.WithCancel(t.Context())
		read := slowRead(&calls, nil)

		waiting.Go(func() {
			if _, err := known.get(first, "a", read); !errors.Is(err, context.Canceled) {
				t.Errorf("who was canceled got %v", err)
			}
		})
		synctest.Wait()

		short, stop := context.WithTimeout(t.Context(), time.Millisecond)
		defer stop()

		if _, err := known.get(short, "a", read); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("who waited too short got %v", err)
		}

		waiting.Go(func() {
			if got, err := known.get(t.Context(), "a", read); got != "read a" || err != nil {
				t.Errorf("who waited got %q, %v", got, err)
			}
		})
		synctest.Wait()
		cancel()
		waiting.Wait()

		if calls.Load() != 2 {
			t.Errorf("%d calls", calls.Load())
		}
	})
}
