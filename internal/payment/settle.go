// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"errors"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// lookAfter reads the order after a call that acts and came to callErr, until it
// shows one of the verdicts, or for as long as an act may take to show. Where the
// call was refused, one look does. It returns the last look, and whether every
// look showed the order as unpaid as before: only then a throttled call may be
// made again, since "too many requests" may be said after the act, and an act
// that is repeated charges twice where the server does not refuse it.
func (p *Payer) lookAfter(ctx context.Context, orderID string, callErr error, ends ...verdict) (seen *order, untouched bool, err error) {
	once := callErr != nil && bssapi.NotDone(callErr) && !errors.Is(callErr, bssapi.ErrThrottled)
	untouched = true

	seen, err = act.Until(ctx, p.conditions, p.conditions.Timing.Settle,
		func() (*order, error) { return p.look(ctx, orderID) },
		func(seen *order, err error) bool {
			if err != nil {
				untouched = false

				return false
			}

			v := judge(seen)
			untouched = untouched && (v == payable || v == delegated)

			return once || slices.Contains(ends, v)
		})

	return seen, untouched, err
}
