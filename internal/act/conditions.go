// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import (
	"context"
	"errors"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// Conditions are what acts run under. All machines of a run have the same, but
// for the timing.
type Conditions struct {
	Clock  bssapi.Clock
	Timing Timing
	// Account has to agree to the account before anything is acted on: that of an
	// order, or else, with an empty id, that of the credentials. If nil, any
	// account will do.
	Account func(ctx context.Context, customerID string) error
	// Spending has to agree to what can charge. If nil, nothing bounds the run.
	Spending *spending.Guard
	Locks    *Locks
}

// Pause waits before the next look or attempt, after so many. It returns the
// context's error if that ends first.
func (c Conditions) Pause(ctx context.Context, attempt int) error {
	return c.Clock.Sleep(ctx, c.Timing.Pause(attempt))
}

// Allowed returns a [*Refusal] if nothing may be done with the account.
func (c Conditions) Allowed(ctx context.Context, customerID string) error {
	if c.Account == nil {
		return nil
	}

	if err := c.Account(ctx, customerID); err != nil {
		return &Refusal{Summary: "Account is not allowed", Detail: strings.ToUpper(err.Error()[:1]) + err.Error()[1:] + "."}
	}

	return nil
}

// NotSpent makes the [*spending.Refusal] of an act a [*Refusal] at the argument
// that asks for it. undone is a sentence that names what was not done. Nil stays
// nil.
func NotSpent(field Field, undone string, err error) error {
	var refusal *spending.Refusal
	if !errors.As(err, &refusal) {
		return err
	}

	return &Refusal{Field: field, Summary: refusal.Summary, Detail: undone + " " + refusal.Detail}
}
