// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

func testConditions() (Conditions, *clocktest.Clock) {
	clock := clocktest.New(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))

	return Conditions{Clock: clock, Timing: Timing{PollMin: time.Second, PollMax: 4 * time.Second}}, clock
}

// TestUntil: looks come with growing pauses until one shows what is waited for,
// or the time is over; the last look is what is returned.
func TestUntil(t *testing.T) {
	t.Parallel()

	errLook := errors.New("no answer")

	for name, test := range map[string]struct {
		most    time.Duration
		showsAt int
		failing bool
		seen    int
		slept   []time.Duration
	}{
		"at once":             {most: time.Minute, showsAt: 1, seen: 1},
		"at the fifth look":   {most: time.Minute, showsAt: 5, seen: 5, slept: seconds(1, 2, 4, 4)},
		"never":               {most: 5 * time.Second, showsAt: 100, seen: 4, slept: seconds(1, 2, 4)},
		"never, looks failed": {most: 5 * time.Second, showsAt: 100, failing: true, seen: 4, slept: seconds(1, 2, 4)},
		"without bound":       {showsAt: 20, seen: 20, slept: append(seconds(1, 2), repeated(17, 4)...)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			conditions, clock := testConditions()
			looks := 0

			seen, err := Until(t.Context(), conditions, test.most, func() (int, error) {
				looks++

				if test.failing {
					return looks, errLook
				}

				return looks, nil
			}, func(seen int, err error) bool { return err == nil && seen == test.showsAt })

			if seen != test.seen || looks != test.seen || errors.Is(err, errLook) != test.failing {
				t.Errorf("saw %d in %d looks, %v, want %d", seen, looks, err, test.seen)
			}

			if diff := cmp.Diff(test.slept, clock.Slept()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestUntilInterrupted: even who is interrupted looks once.
func TestUntilInterrupted(t *testing.T) {
	t.Parallel()

	conditions, _ := testConditions()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()

	looks := 0
	look := func() (int, error) {
		looks++

		return looks, nil
	}

	if seen, err := Until(ctx, conditions, 0, look, func(int, error) bool { return false }); seen != 1 || err != nil || looks != 1 {
		t.Errorf("saw %d in %d looks, %v", seen, looks, err)
	}
}

// TestAfter: what was seen already costs no look, and a pause comes before the
// next.
func TestAfter(t *testing.T) {
	t.Parallel()

	conditions, clock := testConditions()
	looks := 0
	look := After(0, func() (int, error) {
		looks++

		return looks, nil
	})

	seen, err := Until(t.Context(), conditions, 0, look, func(seen int, _ error) bool { return seen == 1 })
	if seen != 1 || err != nil || looks != 1 {
		t.Errorf("saw %d in %d looks, %v", seen, looks, err)
	}

	if diff := cmp.Diff(seconds(1), clock.Slept()); diff != "" {
		t.Error(diff)
	}
}

func seconds(counts ...int) []time.Duration {
	var all []time.Duration
	for _, count := range counts {
		all = append(all, time.Duration(count)*time.Second)
	}

	return all
}

func repeated(times, count int) []time.Duration {
	var all []time.Duration
	for range times {
		all = append(all, seconds(count)...)
	}

	return all
}

// TestConditionsRefuse: an account and a run that do not allow an act are
// refusals of it.
func TestConditionsRefuse(t *testing.T) {
	t.Parallel()

	var refusal *Refusal

	if err := (Conditions{}).Allowed(t.Context(), "any"); err != nil {
		t.Errorf("nobody was to agree: %v", err)
	}

	guarded := Conditions{Account: func(context.Context, string) error { return errors.New("not this one") }}
	if err := guarded.Allowed(t.Context(), "any"); !errors.As(err, &refusal) || refusal.Detail != "Not this one." {
		t.Errorf("the account: %v", err)
	}

	if err := NotSpent(FieldOrderID, "Nothing was done.", nil); err != nil {
		t.Errorf("nothing was denied: %v", err)
	}

	denied := spending.New(spending.Policy{Deny: true}).Denied()
	if err := NotSpent(FieldOrderID, "Nothing was done.", denied); !errors.As(err, &refusal) || refusal.Field != FieldOrderID ||
		refusal.Summary != "Spending is denied" {
		t.Errorf("the run: %v", err)
	}
}
