// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import (
	"context"
	"time"
)

// Until looks until what was seen shows what is waited for, with a growing pause
// between two looks. It gives up once most has passed, or ctx has ended; most of
// 0 is no bound. It returns the last look, and looks at least once.
func Until[S any](
	ctx context.Context,
	conditions Conditions,
	most time.Duration,
	look func() (S, error),
	shows func(S, error) bool,
) (S, error) {
	deadline := conditions.Clock.Now().Add(most)

	for attempt := 1; ; attempt++ {
		seen, err := look()
		if shows(seen, err) {
			return seen, err
		}

		if most > 0 && !conditions.Clock.Now().Before(deadline) {
			return seen, err
		}

		if conditions.Pause(ctx, attempt) != nil {
			return seen, err
		}
	}
}

// After looks as look does, but the first time returns what was seen already.
// With it, [Until] pauses before the first look.
func After[S any](seen S, look func() (S, error)) func() (S, error) {
	first := true

	return func() (S, error) {
		if first {
			first = false

			return seen, nil
		}

		return look()
	}
}
