// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"
)

// mustDecimal parses a constant of a test.
func mustDecimal(t *testing.T, s string) Decimal {
	t.Helper()
	d, err := ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}

	return d
}

func TestParseDecimal(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                            "",
		"  ":                          "",
		"0":                           "0",
		"-0":                          "-0",
		"12.30":                       "12.30",
		"+5":                          "5",
		"-136.80":                     "-136.80",
		"007.50":                      "7.50",
		".5":                          "0.5",
		"5.":                          "5",
		"1e3":                         "1000",
		"1.5E+2":                      "150",
		"1.2345e2":                    "123.45",
		"12.5e-3":                     "0.0125",
		"5e-1":                        "0.5",
		"0.1e1":                       "1",
		" 7 ":                         "7",
		"0.12345678901234567890123":   "0.12345678901234567890123",
		"12345678901234567.890123456": "12345678901234567.890123456",
	} {
		got, err := ParseDecimal(in)
		if err != nil || got.String() != want {
			t.Errorf("%q: got %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{
		"-", "+", ".", "e5", "1e", "1e+", "abc", "1,000", "0x10", "1_0", "--1", "1.2.3", "NaN", "Inf", "1 2", "१",
		"1e513", "1e-513", "1e999999999999999999999", "0e99999", strings.Repeat("9", 513), "0." + strings.Repeat("0", 600) + "1",
		strings.Repeat("1", 5000), "1" + strings.Repeat("0", 400) + "e400",
	} {
		if got, err := ParseDecimal(in); err == nil {
			t.Errorf("%.40q is accepted as %q", in, got)
		} else if len(err.Error()) > 200 {
			t.Errorf("%.40q: the error has %d bytes", in, len(err.Error()))
		}
	}
}

func TestDecimalArithmetic(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b      string
		cmp       int
		sum, diff string
	}{
		{"0.1", "0.2", -1, "0.3", "-0.1"},
		{"12.30", "12.3", 0, "24.60", "0.00"},
		{"-1", "1", -1, "0", "-2"},
		{"100", "99.99", 1, "199.99", "0.01"},
		{"", "5", -1, "5", "-5"},
		{"5", "", 1, "5", "5"},
		{"", "", 0, "", ""},
		{"-0", "0", 0, "0", "0"},
		{"0.00000000000000000001", "0.00000000000000000002", -1, "0.00000000000000000003", "-0.00000000000000000001"},
		{"99999999999999999999999999", "0.01", 1, "99999999999999999999999999.01", "99999999999999999999999998.99"},
	}
	for _, test := range tests {
		a, b := mustDecimal(t, test.a), mustDecimal(t, test.b)
		if got := a.Cmp(b); got != test.cmp {
			t.Errorf("%q against %q: %d", a, b, got)
		}
		if got := b.Cmp(a); got != -test.cmp {
			t.Errorf("%q against %q: %d", b, a, got)
		}
		if got := a.Add(b).String(); got != test.sum {
			t.Errorf("%q + %q = %q, want %q", a, b, got, test.sum)
		}
		if got := a.Sub(b).String(); got != test.diff {
			t.Errorf("%q - %q = %q, want %q", a, b, got, test.diff)
		}
	}
	for in, want := range map[string]int{"": 0, "-0.00": 0, "0": 0, "0.01": 1, "-0.01": -1} {
		if got := mustDecimal(t, in).Sign(); got != want {
			t.Errorf("sign of %q: %d", in, got)
		}
	}
	if mustDecimal(t, "0").Equal(Decimal{}) || !mustDecimal(t, "1.50").Equal(mustDecimal(t, "1.5")) || !(Decimal{}).Equal(Decimal{}) {
		t.Error("Equal is wrong about null or trailing zeros")
	}
}

func TestDecimalBigFloat(t *testing.T) {
	t.Parallel()
	if got := (Decimal{}).BigFloat(); got != nil {
		t.Errorf("null: %v", got)
	}
	want, _, err := big.ParseFloat("0.1", 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	got := mustDecimal(t, "0.1").BigFloat()
	if got.Cmp(want) != 0 || got.Prec() != 512 {
		t.Errorf("got %v with %d bits", got, got.Prec())
	}
	if sum := new(big.Float).Add(got, mustDecimal(t, "0.2").BigFloat()); sum.Text('g', 40) != "0.3" {
		t.Errorf("0.1 + 0.2 = %s", sum.Text('g', 40))
	}
}

func TestDecimalJSON(t *testing.T) {
	t.Parallel()
	type row struct {
		Amount Decimal `json:"amount"`
	}
	for in, want := range map[string]string{
		`{}`:                     "null",
		`{"amount":null}`:        "null",
		`{"amount":""}`:          "null",
		`{"amount":12.30}`:       "12.30",
		`{"amount":"12.30"}`:     "12.30",
		`{"amount":1.368e2}`:     "136.8",
		`{"amount":-0.00000001}`: "-0.00000001",
		`{"amount":12345678901234567890.12345678901234567890}`: "12345678901234567890.12345678901234567890",
	} {
		var r row
		if err := json.Unmarshal([]byte(in), &r); err != nil {
			t.Errorf("%s: %v", in, err)

			continue
		}
		out, err := json.Marshal(r)
		if err != nil || string(out) != `{"amount":`+want+`}` {
			t.Errorf("%s: got %s, %v", in, out, err)
		}
	}
	for _, in := range []string{`{"amount":true}`, `{"amount":[1]}`, `{"amount":{}}`, `{"amount":"12 CNY"}`, `{"amount":1e999999}`} {
		var list struct {
			Rows []row `json:"rows"`
		}
		err := json.Unmarshal([]byte(`{"rows":[{"amount":1},`+in+`]}`), &list)
		var typeErr *json.UnmarshalTypeError
		if !errors.As(err, &typeErr) || typeErr.Field != "rows.amount" {
			t.Errorf("%s: %v does not name the field", in, err)
		}
	}
}

func FuzzDecimal(f *testing.F) {
	for _, seed := range []string{"0", "-1.50", "1e10", "1e-10", "", "null", `"3"`, "0.1e-300", "+.5E+2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDecimal(s)
		if err != nil {
			return
		}
		if len(d.String()) > maxDecimalDigits+2 {
			t.Fatalf("%d bytes", len(d.String()))
		}
		again, err := ParseDecimal(d.String())
		if err != nil || again != d {
			t.Fatalf("%q reads back as %q, %v", d, again, err)
		}
		data, err := json.Marshal(d)
		if err != nil || !json.Valid(data) {
			t.Fatalf("%q writes %s, %v", d, data, err)
		}
		if d.IsNull() {
			return
		}
		want, ok := new(big.Rat).SetString(strings.TrimSpace(s))
		got, _ := new(big.Rat).SetString(d.String())
		if !ok || want.Cmp(got) != 0 {
			t.Fatalf("%q is %v, want %v", s, got, want)
		}
		if !d.Add(d).Sub(d).Equal(d) || d.Cmp(d) != 0 {
			t.Fatalf("%q: arithmetic", d)
		}
	})
}
