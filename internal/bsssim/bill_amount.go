// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
)

// fine is an amount of a bill: whole hundred-millionths of the currency, which
// are the 8 decimals of bills.
type fine int64

const (
	fineDecimals = 8
	fineUnit     = fine(100_000_000)
	fineCent     = fineUnit / 100
	// finest is less than a billion, so that sums of many lines do not
	// overflow.
	finest = 1_000_000_000*fineUnit - 1
)

// fineOf rounds an amount half up to 8 decimals. It has to be below a billion.
func fineOf(a Amount) (fine, bool) {
	whole, decimals, _ := strings.Cut(string(a), ".")
	if len(decimals) < fineDecimals {
		decimals += strings.Repeat("0", fineDecimals-len(decimals))
	}
	if a == "" {
		return 0, true
	}
	units, err := strconv.ParseInt(whole+decimals[:fineDecimals], 10, 64)
	if err != nil || units > int64(finest) || units < -int64(finest) {
		return 0, false
	}
	if len(decimals) > fineDecimals && decimals[fineDecimals] >= '5' {
		if strings.HasPrefix(whole, "-") {
			units--
		} else {
			units++
		}
	}

	return fine(units), true
}

// text has the given number of decimals, from 2 to 8, and cuts the rest off.
func (f fine) text(decimals int) string {
	sign, units := "", int64(f)
	if units < 0 {
		sign, units = "-", -units
	}
	digits := strconv.FormatInt(units, 10)
	if len(digits) <= fineDecimals {
		digits = strings.Repeat("0", fineDecimals+1-len(digits)) + digits
	}
	point := len(digits) - fineDecimals

	return sign + digits[:point] + "." + digits[point:point+decimals]
}

// number is the amount of a line, with 8 decimals.
func (f fine) number() json.Number { return json.Number(f.text(fineDecimals)) }

// charge is an amount in whole cents.
func (f fine) charge() json.Number { return json.Number(f.text(2)) }

// cents cuts off what is not a whole cent.
func (f fine) cents() fine { return f / fineCent * fineCent }

// times multiplies by a fraction and cuts off what exceeds 8 decimals.
func (f fine) times(numerator, denominator int64) fine {
	product := new(big.Int).Mul(big.NewInt(int64(f)), big.NewInt(numerator))

	return fine(product.Quo(product, big.NewInt(denominator)).Int64())
}

// share divides an amount by weights into whole steps; the first part takes
// what is left over.
func (f fine) share(weights []fine, step fine) []fine {
	parts := make([]fine, len(weights))
	var sum, shared fine
	for _, weight := range weights {
		sum += weight
	}
	for i := 1; i < len(weights); i++ {
		if sum == 0 {
			parts[i] = f.times(1, int64(len(weights)))
		} else {
			parts[i] = f.times(int64(weights[i]), int64(sum))
		}
		parts[i] -= parts[i] % step
		shared += parts[i]
	}
	parts[0] = f - shared

	return parts
}
