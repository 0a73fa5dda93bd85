// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// Amount is an exact decimal amount of money, kept as text with at least two
// decimals, such as "136.80". The empty Amount is zero. In JSON it is written
// as a string and read as a string or number.
type Amount string

var decimalText = regexp.MustCompile(`^-?[0-9]{1,30}(\.[0-9]{1,20})?$`)

// parseAmount reads plain decimal text: no exponent, at most 20 decimals.
func parseAmount(text string) (Amount, error) {
	if !decimalText.MatchString(text) {
		return "", fmt.Errorf("%q is not a decimal amount", text)
	}
	rat, ok := new(big.Rat).SetString(text)
	if !ok {
		return "", fmt.Errorf("%q is not a decimal amount", text)
	}

	return amountOf(rat), nil
}

// amountOf writes an exact decimal with as few decimals as it needs, but at
// least two.
func amountOf(rat *big.Rat) Amount {
	const most = 20
	text := rat.FloatString(most)
	whole, decimals, _ := strings.Cut(text, ".")
	decimals = strings.TrimRight(decimals, "0")
	for len(decimals) < 2 {
		decimals += "0"
	}
	if whole == "-0" && strings.Trim(decimals, "0") == "" {
		whole = "0"
	}

	return Amount(whole + "." + decimals)
}

// UnmarshalJSON reads a JSON string or number.
func (a *Amount) UnmarshalJSON(data []byte) error {
	text := string(data)
	if text == "null" {
		return nil
	}
	if strings.HasPrefix(text, `"`) {
		if err := json.Unmarshal(data, &text); err != nil {
			return fmt.Errorf("amount: %w", err)
		}
		if text == "" {
			*a = ""

			return nil
		}
	}
	parsed, err := parseAmount(text)
	if err != nil {
		return err
	}
	*a = parsed

	return nil
}

func (a Amount) rat() *big.Rat {
	rat, ok := new(big.Rat).SetString(string(a))
	if !ok {
		return new(big.Rat)
	}

	return rat
}

// number is the amount as a JSON number, with the decimals that it has.
func (a Amount) number() json.Number {
	if a == "" {
		return "0"
	}

	return json.Number(a)
}

func (a Amount) plus(b Amount) Amount  { return amountOf(new(big.Rat).Add(a.rat(), b.rat())) }
func (a Amount) minus(b Amount) Amount { return amountOf(new(big.Rat).Sub(a.rat(), b.rat())) }
func (a Amount) size() Amount          { return Amount(strings.TrimPrefix(string(a), "-")) }
func (a Amount) cmp(b Amount) int      { return a.rat().Cmp(b.rat()) }
func (a Amount) positive() bool        { return a.rat().Sign() > 0 }

// times multiplies and rounds half up to two decimals, as an account is
// charged.
func (a Amount) times(factor *big.Rat) Amount {
	return amountOf(toCents(new(big.Rat).Mul(a.rat(), factor)))
}

func toCents(rat *big.Rat) *big.Rat {
	rounded, _ := new(big.Rat).SetString(rat.FloatString(2))

	return rounded
}

func smaller(a, b Amount) Amount {
	if a.cmp(b) <= 0 {
		return a
	}

	return b
}

// share divides an amount by weights into parts of whole cents; the first part
// takes what is left over.
func (a Amount) share(weights []Amount) []Amount {
	sum := sumOf(weights)
	if sum.cmp("0") == 0 {
		return a.split(len(weights))
	}
	parts, rest := make([]Amount, len(weights)), a
	for i := len(weights) - 1; i > 0; i-- {
		parts[i] = a.times(new(big.Rat).Quo(weights[i].rat(), sum.rat()))
		rest = rest.minus(parts[i])
	}
	parts[0] = rest

	return parts
}

// split divides an amount into parts of whole cents; the first part takes what
// is left over.
func (a Amount) split(parts int) []Amount {
	if parts < 1 {
		return nil
	}
	cents := new(big.Rat).Mul(a.rat(), big.NewRat(100, int64(parts)))
	floor := new(big.Int).Quo(cents.Num(), cents.Denom())
	each := amountOf(new(big.Rat).SetFrac(floor, big.NewInt(100)))
	all := make([]Amount, parts)
	rest := a
	for i := parts - 1; i > 0; i-- {
		all[i] = each
		rest = rest.minus(each)
	}
	all[0] = rest

	return all
}
