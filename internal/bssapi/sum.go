// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"math/big"
	"strings"
)

// unitDecimals are the decimals of the lines of bills.
const unitDecimals = 8

// Sum adds up amounts exactly, as Decimal.Add does. The zero value is the sum of
// nothing, which is null.
//
// Most amounts have a few digits and at most unitDecimals. They are counted in
// an integer, which is many times faster than text; the others are added apart.
type Sum struct {
	known bool
	units int64 // of 10^-unitDecimals
	// decimals are the most that a counted amount had.
	decimals int
	rest     Decimal
}

// Add adds an amount. A null adds nothing.
func (s *Sum) Add(term Decimal) {
	if term.IsNull() {
		return
	}
	s.known = true
	units, decimals, ok := unitsOf(term)
	// A sum that overflows moves the wrong way.
	if sum := s.units + units; ok && (sum > s.units) == (units > 0) {
		s.units, s.decimals = sum, max(s.decimals, decimals)
	} else {
		s.rest = s.rest.Add(term)
	}
}

// Value returns the sum of the amounts up to now; null if there is none.
func (s *Sum) Value() Decimal {
	if !s.known {
		return Decimal{}
	}
	units := big.NewInt(s.units)
	units.Quo(units, powerOfTen(unitDecimals-s.decimals))

	return fromUnscaled(units, s.decimals).Add(s.rest)
}

// unitsOf counts an amount in units of 10^-unitDecimals, if it can be, and says
// how many decimals it has.
func unitsOf(amount Decimal) (units int64, decimals int, ok bool) {
	digits, negative := strings.CutPrefix(amount.text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	// All numbers of 18 digits fit into an int64.
	if len(fraction) > unitDecimals || len(whole)+unitDecimals > 18 {
		return 0, 0, false
	}
	for _, part := range []string{whole, fraction} {
		for i := range len(part) {
			units = units*10 + int64(part[i]-'0')
		}
	}
	for range unitDecimals - len(fraction) {
		units *= 10
	}
	if negative {
		units = -units
	}

	return units, len(fraction), true
}
