// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import "context"

// Known acts on something that billing may not have heard of yet: it tries again, with
// a growing pause, for as long as try says that it is unknown. unknown is true where
// ctx ended before billing heard of it; the error is that of the last try then.
func Known(ctx context.Context, conditions Conditions, try func() (unknown bool, _ error)) (unknown bool, _ error) {
	for attempt, missed := 1, false; ; attempt++ {
		absent, err := try()
		missed = missed || absent

		switch {
		case absent && conditions.Pause(ctx, attempt) == nil:
		// The wait may have ended in the middle of a look.
		case absent, missed && err != nil && ctx.Err() != nil:
			return true, err
		default:
			return false, err
		}
	}
}
