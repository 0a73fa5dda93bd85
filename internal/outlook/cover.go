// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package outlook

import (
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Coverage is how far the funds of an account reach.
type Coverage struct {
	// Short is how much is missing in all, 0 if nothing is.
	Short bssapi.Decimal
	// FirstShort is the first deduction that the funds do not cover, zero if there
	// is none.
	FirstShort time.Time
}

// Cover takes the deductions from the funds, in the order of time. Amounts that are
// not known count as nothing.
func Cover(events []Event, funds bssapi.Decimal) Coverage {
	coverage := Coverage{Short: zero}
	sum, _ := Sum(events)

	if missing := sum.Sub(funds); missing.Sign() > 0 {
		coverage.Short = missing
	}

	for _, event := range events {
		if event.Fate != Renews || event.Amount.IsNull() {
			continue
		}

		if event.Amount.Cmp(funds) > 0 {
			coverage.FirstShort = event.At

			return coverage
		}

		funds = funds.Sub(event.Amount)
	}

	return coverage
}
