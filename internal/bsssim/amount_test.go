// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"testing"
)

func TestAmount(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Amount{
		`"136.80"`:                    "136.80",
		`136.8`:                       "136.80",
		`0`:                           "0.00",
		`-0.00`:                       "0.00",
		`-12.5`:                       "-12.50",
		`12345678901234567890.123456`: "12345678901234567890.123456",
		`0.00000001`:                  "0.00000001",
		`""`:                          "",
	} {
		var got Amount
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		same(t, text, got, want)
	}
	for _, text := range []string{`1e3`, `"1/3"`, `"NaN"`, `"12,5"`, `true`, `"+1"`} {
		var got Amount
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is read as %s", text, got)
		}
	}
}

func TestAmountArithmetic(t *testing.T) {
	t.Parallel()
	same(t, "sum", Amount("0.10").plus("0.20"), Amount("0.30"))
	same(t, "difference", Amount("").minus("0.05"), Amount("-0.05"))
	same(t, "rounded", Amount("10.01").times(Amount("0.85").rat()), Amount("8.51"))
	same(t, "split", Amount("100.00").split(3), []Amount{"33.34", "33.33", "33.33"})
	same(t, "split of nothing", Amount("").split(2), []Amount{"0.00", "0.00"})
	same(t, "number", Amount("136.80").number(), json.Number("136.80"))
}
