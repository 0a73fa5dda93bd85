// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestSum(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		terms []string
		want  string
	}{
		"nothing":                 {nil, ""},
		"nulls":                   {[]string{"", ""}, ""},
		"zero":                    {[]string{"0"}, "0"},
		"a null counts as 0":      {[]string{"", "1.50", ""}, "1.50"},
		"cents":                   {[]string{"0.10", "0.20"}, "0.30"},
		"most decimals":           {[]string{"1", "2.25", "0.00000001"}, "3.25000001"},
		"below nothing":           {[]string{"1.5", "-2.00"}, "-0.50"},
		"back to nothing":         {[]string{"1.5", "-1.5"}, "0.0"},
		"nine decimals":           {[]string{"0.000000001", "1.5"}, "1.500000001"},
		"ten digits":              {[]string{"9999999999.99999999", "0.00000001"}, "10000000000.00000000"},
		"eleven digits":           {[]string{"10000000000", "0.5"}, "10000000000.5"},
		"as much as an integer":   {[]string{strings.Repeat("9", 100), "1"}, "1" + strings.Repeat("0", 100)},
		"a refund of much":        {[]string{"-" + strings.Repeat("9", 20), "0.01"}, "-" + strings.Repeat("9", 19) + "8.99"},
		"more than units can be":  {slices.Repeat([]string{"9999999999.99999999"}, 20), "199999999999.99999980"},
		"less than units can be":  {slices.Repeat([]string{"-9999999999.99999999"}, 20), "-199999999999.99999980"},
		"over the top and back":   {append(slices.Repeat([]string{"9999999999"}, 20), slices.Repeat([]string{"-9999999999"}, 20)...), "0"},
		"under the floor and 0":   {append(slices.Repeat([]string{"-9999999999"}, 20), "0"), "-199999999980"},
		"zero with a minus":       {[]string{"-0.00"}, "0.00"},
		"only what is added here": {[]string{"0.000000001"}, "0.000000001"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sum Sum
			for _, term := range test.terms {
				sum.Add(mustDecimal(t, term))
			}
			if got := sum.Value(); got.String() != test.want {
				t.Errorf("the sum is %q, want %q", got, test.want)
			}
		})
	}
}

// TestSumIsAdd adds up random amounts, and asks for the sum after each: it is
// what Decimal.Add makes of them, to the last decimal.
func TestSumIsAdd(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same amounts in each run
	for range 200 {
		var sum Sum
		var want Decimal
		for range 50 {
			var text strings.Builder
			if random.IntN(3) == 0 {
				text.WriteString("-")
			}
			for range 1 + random.IntN(12) {
				text.WriteString(strconv.Itoa(random.IntN(10)))
			}
			text.WriteString(".")
			for range random.IntN(11) {
				text.WriteString(strconv.Itoa(random.IntN(10)))
			}
			term := mustDecimal(t, text.String())
			sum.Add(term)
			want = want.Add(term)
			if got := sum.Value(); got != want {
				t.Fatalf("with %s, the sum is %s, want %s", term, got, want)
			}
		}
	}
}
