// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package outlook

import (
	"math/big"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// How many decimals of a budget's quotients there are: those of a run are as many as
// the lines of bills have.
const (
	runDecimals     = 8
	percentDecimals = 2
	wholePercent    = 100
)

// Spent is what the bill of a month has.
type Spent struct {
	// Days is how many days the month has, and Counted how many of them, from the
	// first on, the bill has in whole.
	Days, Counted int
	// Booked is everything but pay-per-use. Used is pay-per-use of the days that
	// count, and Later that of other days.
	Booked, Used, Later bssapi.Decimal
}

// Actual is all that the bill has.
func (s Spent) Actual() bssapi.Decimal { return zero.Add(s.Booked).Add(s.PayPerUse()) }

// PayPerUse is what of it is pay-per-use.
func (s Spent) PayPerUse() bssapi.Decimal { return zero.Add(s.Used).Add(s.Later) }

// Run is what the days that do not count cost by use, if they are like those that
// do, rounded half away from zero to eight decimals. It is null if no day counts.
func (s Spent) Run() bssapi.Decimal {
	if s.Counted == 0 {
		return bssapi.Decimal{}
	}

	used := rational(zero.Add(s.Used))

	return rounded(used.Mul(used, big.NewRat(int64(s.Days-s.Counted), int64(s.Counted))), runDecimals)
}

// Expected is what the month will cost with these renewals, by what is known: a null
// counts as nothing. What is billed already of the days of the run is not counted
// twice, and counts in place of the run if it is more.
func (s Spent) Expected(renewals bssapi.Decimal) bssapi.Decimal {
	expected := s.Actual().Add(renewals)

	if more := s.Run().Sub(s.Later); !s.Run().IsNull() && more.Sign() > 0 {
		expected = expected.Add(more)
	}

	return expected
}

// Percent is an amount as a share of a budget, rounded half away from zero to two
// decimals, and null without a budget.
func Percent(amount, budget bssapi.Decimal) bssapi.Decimal {
	if budget.Sign() <= 0 {
		return bssapi.Decimal{}
	}

	share := new(big.Rat).Quo(rational(amount), rational(budget))

	return rounded(share.Mul(share, big.NewRat(wholePercent, 1)), percentDecimals)
}

// Passes says whether an amount is more than so many percent of a budget, exactly.
func Passes(amount, budget bssapi.Decimal, percent int64) bool {
	limit := new(big.Rat).Mul(rational(budget), big.NewRat(percent, wholePercent))

	return rational(amount).Cmp(limit) > 0
}
