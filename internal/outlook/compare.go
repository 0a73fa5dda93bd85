// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package outlook

import (
	"math/big"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Terms are what one product, or several together, cost in each way to pay. A null
// amount is a way in which it is not sold, or whose price is not known.
type Terms struct {
	// Hour is an hour of pay-per-use, Month and Year are terms of one month and year.
	Hour, Month, Year bssapi.Decimal
}

// Way is a way to pay.
type Way string

// The ways, those that bind less first.
const (
	ByUse   Way = "pay_per_use"
	ByMonth Way = "month"
	ByYear  Way = "year"
)

var ways = []Way{ByUse, ByMonth, ByYear}

// How many decimals quotients have.
const (
	amountDecimals = 6
	hourDecimals   = 2
)

// Monthly is what a month costs in each way, with so many hours of use: a year's term
// is divided by twelve, to six decimals. What has no price is left out.
func (t Terms) Monthly(hours bssapi.Decimal) map[Way]bssapi.Decimal {
	monthly := map[Way]bssapi.Decimal{}

	if !t.Hour.IsNull() {
		monthly[ByUse] = rounded(new(big.Rat).Mul(rational(t.Hour), rational(hours)), amountDecimals)
	}

	if !t.Month.IsNull() {
		monthly[ByMonth] = t.Month
	}

	if !t.Year.IsNull() {
		monthly[ByYear] = rounded(new(big.Rat).Quo(rational(t.Year), big.NewRat(monthsOfYear, 1)), amountDecimals)
	}

	return monthly
}

// Cheapest is the way that costs least with so many hours of use, among those that
// have a price: of two that cost the same, the one that binds less. It is empty if
// none has.
func (t Terms) Cheapest(hours bssapi.Decimal) Way {
	var cheapest Way

	monthly := t.Monthly(hours)

	for _, way := range ways {
		if cost, has := monthly[way]; has && (cheapest == "" || cost.Cmp(monthly[cheapest]) < 0) {
			cheapest = way
		}
	}

	return cheapest
}

// BreakEven is from how many hours of use a month on a way is not dearer than by use,
// rounded up to two decimals. It is null where either has no price, or use is free.
func (t Terms) BreakEven(way Way) bssapi.Decimal {
	cost, has := t.Monthly(zero)[way]
	if !has || t.Hour.IsNull() || t.Hour.Sign() <= 0 {
		return bssapi.Decimal{}
	}

	hours := new(big.Rat).Quo(rational(cost), rational(t.Hour))

	up := rounded(hours, hourDecimals)
	if rational(up).Cmp(hours) < 0 {
		up = up.Add(rounded(big.NewRat(1, 100), hourDecimals))
	}

	return up
}

// rational is an amount that is not null.
func rational(amount bssapi.Decimal) *big.Rat {
	exact, _ := new(big.Rat).SetString(amount.String())

	return exact
}

// rounded is half away from zero. Digits always parse.
func rounded(exact *big.Rat, decimals int) bssapi.Decimal {
	amount, _ := bssapi.ParseDecimal(exact.FloatString(decimals))

	return amount
}
