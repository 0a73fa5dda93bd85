// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestSystemClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock := SystemClock()
		begin := clock.Now()
		if err := clock.Sleep(t.Context(), time.Hour); err != nil || clock.Now().Sub(begin) != time.Hour {
			t.Errorf("slept %v, %v", clock.Now().Sub(begin), err)
		}
		if err := clock.Sleep(t.Context(), -time.Hour); err != nil {
			t.Error(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := clock.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if err := clock.Sleep(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with a context that is done: %v", err)
		}
	})
}

func TestTimes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2026-01-02T03:04:05Z":           "2026-01-02T03:04:05Z",
		"2026-01-02T03:04:05.678Z":       "2026-01-02T03:04:05Z",
		"2026-01-02T11:04:05+08:00":      "2026-01-02T03:04:05Z",
		"2026-01-02T11:04:05+0800":       "2026-01-02T03:04:05Z",
		"2026-01-02T03:04:05.000000000Z": "2026-01-02T03:04:05Z",
	} {
		got, err := ParseTime(in)
		if err != nil || formatTime(got) != want || got.Location() != time.UTC {
			t.Errorf("%s: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "2026-01-02", "2026-01-02 03:04:05", "2026-13-02T03:04:05Z", "now"} {
		if got, err := ParseTime(in); err == nil {
			t.Errorf("%q is read as %v", in, got)
		}
	}
	if formatTime(time.Time{}) != "" {
		t.Error("the zero time is sent")
	}
}

func TestSettled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, err := New(WithCredentials(StaticCredentials(testKeys)))
		if err != nil {
			t.Fatal(err)
		}
		for instant, want := range map[string]bool{
			formatTime(c.Now().Add(-24*time.Hour - time.Second)): true,
			formatTime(c.Now().Add(-24 * time.Hour)):             false,
			formatTime(c.Now()):                                  false,
			formatTime(c.Now().AddDate(1, 0, 0)):                 false,
			"":                                                   false,
			"long ago":                                           false,
		} {
			if got := c.Settled(instant); got != want {
				t.Errorf("%q: %v", instant, got)
			}
		}
	})
}
