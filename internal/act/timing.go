// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import "time"

// Timing is how long an act waits for what.
type Timing struct {
	// Act bounds one call that acts together with the look after it.
	Act time.Duration
	// Settle is how long to look, after a call, for what it did. A payment or an
	// unsubscription that does not show by then is in doubt.
	Settle time.Duration
	// PollMin and PollMax bound the pause between two looks.
	PollMin, PollMax time.Duration
	// Attempts is how often an act may be tried that the API throttled before
	// doing anything.
	Attempts int
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
