// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// How long a name may be in Markdown, and how much of its begin and end is shown of a
// longer one: what tells two apart is often at the end.
const (
	nameLength = 64
	nameBegin  = 40
	nameEnd    = 20
)

// name shows a text that somebody else has written. In a span of code, nothing is a
// mention, a link, HTML or markup. What could end the span or the cell is replaced, and
// what cannot be seen is spelled out.
func name(text string) string {
	if text == "" {
		return "(empty)"
	}

	runes := []rune(text)
	if len(runes) > nameLength {
		runes = slices.Concat(runes[:nameBegin], []rune("…"), runes[len(runes)-nameEnd:])
	}

	var shown strings.Builder

	for _, r := range runes {
		switch {
		case r == '`':
			shown.WriteRune('\'')
		case r == '|':
			shown.WriteRune('¦')
		case r != ' ' && !unicode.IsPrint(r), r == unicode.ReplacementChar:
			fmt.Fprintf(&shown, `\u{%x}`, r)
		default:
			shown.WriteRune(r)
		}
	}

	return "`" + shown.String() + "`"
}

// fewNames is how many names of a list are shown.
const fewNames = 3

func names(texts []string) string {
	shown := make([]string, 0, fewNames+1)

	for _, text := range texts[:min(len(texts), fewNames)] {
		shown = append(shown, name(text))
	}

	if more := len(texts) - fewNames; more > 0 {
		shown = append(shown, fmt.Sprintf("and %d more", more))
	}

	return strings.Join(shown, ", ")
}

// called names what an attribute says, or why that is not known.
func called(v values, attribute string) string {
	switch v.state(attribute) {
	case known:
		return name(v.text(attribute))
	case unknown:
		return "known after apply"
	case sensitive:
		return "(sensitive)"
	default:
		return "not in the plan"
	}
}

// about names what a row is about, if that is known.
func about(row Row, before string) string {
	if row.Subject == nil {
		return ""
	}

	return ", " + before + name(*row.Subject)
}

func counts(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}

	return fmt.Sprintf("%d %ss", n, noun)
}

// day is the day of a time as bills count it, or a day as it is written.
func day(text string) string {
	if at, err := bssapi.ParseTime(text); err == nil {
		return at.In(bssapi.BillingZone).Format(time.DateOnly)
	}

	if _, err := time.Parse(time.DateOnly, text); err == nil {
		return text
	}

	return name(text)
}

// How many decimals an amount has that people read: those of money, or as many as bills
// have where it needs them.
const (
	fewestDecimals = 2
	mostDecimals   = 8
)

// money writes an amount for people.
func money(amount bssapi.Decimal, currency *string) string {
	exact, ok := new(big.Rat).SetString(amount.String())
	if !ok {
		return "not in the plan"
	}

	text := exact.FloatString(mostDecimals)
	whole, fraction, _ := strings.Cut(text, ".")
	fraction = strings.TrimRight(fraction, "0")
	fraction += strings.Repeat("0", max(0, fewestDecimals-len(fraction)))

	return bssapi.GroupedByThousands(whole+"."+fraction) + unit(currency)
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

func unit(currency *string) string {
	switch {
	case currency == nil:
		return ""
	case currencyCode.MatchString(*currency):
		return " " + *currency
	default:
		return " " + name(*currency)
	}
}
