// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"strconv"
	"strings"
)

// Decimal is an exact decimal number, as the API wrote it. The zero value is
// absent (null).
type Decimal struct {
	// text is plain: an optional minus, digits, and perhaps a point and digits.
	text string
}

// maxDecimalDigits bounds the digits that a number may have when written out,
// so that "1e999999999" cannot fill the memory.
const maxDecimalDigits = 512

var errDecimalSize = errors.New("number too long")

// ParseDecimal reads a decimal number, also in exponent notation. "" is null.
func ParseDecimal(s string) (Decimal, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Decimal{}, nil
	}
	text, err := plainDecimal(s)
	if err != nil {
		if len(s) > 64 {
			s = s[:64] + "…"
		}

		return Decimal{}, fmt.Errorf("decimal %q: %w", s, err)
	}

	return Decimal{text: text}, nil
}

// plainDecimal writes s without exponent, keeping every digit after the point.
func plainDecimal(s string) (string, error) {
	if len(s) > 2*maxDecimalDigits {
		return "", errDecimalSize
	}
	rest, negative := strings.CutPrefix(s, "-")
	if !negative {
		rest = strings.TrimPrefix(rest, "+")
	}
	mantissa, exponent := rest, 0
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		var err error
		mantissa = rest[:i]
		if exponent, err = strconv.Atoi(rest[i+1:]); err != nil {
			return "", errors.New("not a number")
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return "", errors.New("not a number")
	}
	if exponent > maxDecimalDigits || exponent < -maxDecimalDigits {
		return "", errDecimalSize
	}
	switch {
	case exponent > 0:
		fraction += strings.Repeat("0", max(0, exponent-len(fraction)))
		whole, fraction = whole+fraction[:exponent], fraction[exponent:]
	case exponent < 0:
		whole = strings.Repeat("0", max(0, -exponent-len(whole))) + whole
		cut := len(whole) + exponent
		whole, fraction = whole[:cut], whole[cut:]+fraction
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if len(whole)+len(fraction) > maxDecimalDigits {
		return "", errDecimalSize
	}
	text := whole
	if fraction != "" {
		text += "." + fraction
	}
	if negative {
		text = "-" + text
	}

	return text, nil
}

// InCurrency says whether amounts that an answer gives in a unit are figures in
// its currency: unit 1 is that, and 0 is an answer that names none.
func InCurrency(measureID int) bool { return measureID == 0 || measureID == 1 }

// CheckUnit returns an error of the kind ErrOtherUnit unless all units are those of
// a currency.
func CheckUnit(measureIDs ...int) error {
	for _, id := range measureIDs {
		if !InCurrency(id) {
			return fmt.Errorf("%w: the unit %d. Only unit 1, that of the currency itself, is known", ErrOtherUnit, id)
		}
	}

	return nil
}

// String returns the number as plain digits, with the decimals that the API
// sent, or "" for null.
func (d Decimal) String() string { return d.text }

// IsNull tells whether the number is absent.
func (d Decimal) IsNull() bool { return d.text == "" }

// unscaled returns the digits as an integer and how many of them are decimals.
// A null is 0.
func (d Decimal) unscaled() (*big.Int, int) {
	whole, fraction, _ := strings.Cut(d.text, ".")
	n, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok {
		return new(big.Int), 0
	}

	return n, len(fraction)
}

// aligned returns both numbers as integers with the same number of decimals.
func aligned(a, b Decimal) (x, y *big.Int, scale int) {
	x, xs := a.unscaled()
	y, ys := b.unscaled()
	scale = max(xs, ys)

	return x.Mul(x, powerOfTen(scale-xs)), y.Mul(y, powerOfTen(scale-ys)), scale
}

func powerOfTen(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// Sign returns -1, 0 or +1; null is 0.
func (d Decimal) Sign() int {
	n, _ := d.unscaled()

	return n.Sign()
}

// Cmp compares exactly and returns -1, 0 or +1. A null counts as 0: ask IsNull
// first where that matters.
func (d Decimal) Cmp(other Decimal) int {
	x, y, _ := aligned(d, other)

	return x.Cmp(y)
}

// Equal tells whether both are null, or both are the same number: 1.50 equals
// 1.5, and null does not equal 0.
func (d Decimal) Equal(other Decimal) bool {
	return d.IsNull() == other.IsNull() && d.Cmp(other) == 0
}

// Add returns the exact sum. A null counts as 0; the sum of two nulls is null.
func (d Decimal) Add(other Decimal) Decimal {
	if d.IsNull() && other.IsNull() {
		return Decimal{}
	}
	x, y, scale := aligned(d, other)

	return fromUnscaled(x.Add(x, y), scale)
}

// Sub returns the exact difference, with nulls as in Add.
func (d Decimal) Sub(other Decimal) Decimal {
	if d.IsNull() && other.IsNull() {
		return Decimal{}
	}
	x, y, scale := aligned(d, other)

	return fromUnscaled(x.Sub(x, y), scale)
}

func fromUnscaled(n *big.Int, scale int) Decimal {
	digits := new(big.Int).Abs(n).String()
	if pad := scale + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	text := digits
	if scale > 0 {
		text = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	if n.Sign() < 0 {
		text = "-" + text
	}

	return Decimal{text: text}
}

// BigFloat returns the number with 512 bits, rounded to nearest even, which is
// the precision that Terraform computes with; nil for null.
func (d Decimal) BigFloat() *big.Float {
	if d.IsNull() {
		return nil
	}
	f, _, err := big.ParseFloat(d.text, 10, 512, big.ToNearestEven)
	if err != nil {
		return nil
	}

	return f
}

// UnmarshalJSON reads a JSON number, a string that holds one, "" or null.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	text := string(data)
	kind := "number " + text
	switch {
	case text == "null":
		*d = Decimal{}

		return nil
	case strings.HasPrefix(text, `"`):
		kind = "string"
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["), text == "true", text == "false":
		kind = "value"
	}
	parsed, err := ParseDecimal(text)
	if err != nil {
		if len(kind) > 64 {
			kind = kind[:64] + "…"
		}
		// The decoder fills the name of the field into an error of this type.
		return &json.UnmarshalTypeError{Value: kind, Type: reflect.TypeFor[Decimal]()}
	}
	*d = parsed

	return nil
}

// MarshalJSON writes the number as a JSON number, or null.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if d.IsNull() {
		return []byte("null"), nil
	}

	return []byte(d.text), nil
}

// GroupedByThousands writes commas between thousands. It takes a number of plain digits. Nothing has no sign.
func GroupedByThousands(number string) string {
	digits, negative := strings.CutPrefix(number, "-")
	whole, decimals, fractional := strings.Cut(digits, ".")

	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}

	if fractional {
		whole += "." + decimals
	}

	if negative && strings.Trim(digits, "0.") != "" {
		return "-" + whole
	}

	return whole
}
