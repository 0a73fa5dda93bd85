// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/agext/levenshtein"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// oneOf accepts the words of codes.
func oneOf[C cmp.Ordered](words bssapi.Words[C]) validator.String {
	return oneOfTexts(words.All())
}

// oneOfTexts accepts these texts. Any other gets the list of them, and the one that
// was probably meant.
type oneOfTexts []string

func (v oneOfTexts) Description(context.Context) string { return "must be " + choice(v, asIs) }

func (v oneOfTexts) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v oneOfTexts) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isKnown(req.ConfigValue) {
		return
	}

	given := req.ConfigValue.ValueString()
	if slices.Contains(v, given) {
		return
	}

	resp.Diagnostics.AddAttributeError(req.Path, "Invalid value",
		fmt.Sprintf("%s %s, but is %q.%s", argumentOf(req.Path), v.Description(ctx), given, didYouMean(given, v)))
}

// argumentOf is the argument that a value stands in: of an element of a set, the set.
func argumentOf(at path.Path) path.Path {
	if last, _ := at.Steps().LastStep(); last != nil {
		if _, element := last.(path.PathStepElementKeyValue); element {
			return at.ParentPath()
		}
	}

	return at
}

func asIs(text string) string { return text }

// didYouMean asks for the word that was probably meant. It is empty if none is near.
func didYouMean(given string, words []string) string {
	if meant := nearest(given, words); meant != "" {
		return fmt.Sprintf(" Did you mean %q?", meant)
	}

	return ""
}

// otherWords are what consoles, pages and other tools say for words of this provider.
var otherWords = map[string]string{
	"cn":           "china",
	"intl":         "international",
	"eu":           "europe",
	"unpaid":       "pending_payment",
	"paid":         "completed",
	"monthly":      "month",
	"yearly":       "year",
	"annual":       "year",
	"daily":        "day",
	"postpaid":     "pay_per_use",
	"on_demand":    "pay_per_use",
	"prepaid":      "yearly_monthly",
	"grace_period": "manual",
	"freeze":       "manual",
	"release":      "manual",
	"delete":       "disable",
	"revenue":      "income",
	"half_pay":     "half_upfront",
	"zero_pay":     "nothing_upfront",
	"sub_customer": "member",
	"self":         "own",
	"1":            "v1",
	"3":            "v3",
}

// leastPrefix is the shortest beginning of a word that stands for it.
const leastPrefix = 3

// nearest is the word that was probably meant, empty if none is near.
func nearest(given string, words []string) string {
	plain := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(given)))
	if plain == "" {
		return ""
	}

	for _, meant := range []string{plain, otherWords[plain]} {
		if at := slices.IndexFunc(words, func(word string) bool { return strings.EqualFold(word, meant) }); at >= 0 {
			return words[at]
		}
	}

	if at := slices.IndexFunc(words, func(word string) bool {
		return len(plain) >= leastPrefix && strings.HasPrefix(word, plain)
	}); at >= 0 {
		return words[at]
	}

	// A code says little by most of its letters.
	meant, least := "", 3
	if len(plain) < 6 || strings.Contains(plain, ".") {
		least = 2
	}

	if !strings.ContainsFunc(plain, unicode.IsLetter) {
		return ""
	}

	for _, word := range words {
		if distance := levenshtein.Distance(plain, word, nil); distance < least && distance < len(word) {
			meant, least = word, distance
		}
	}

	return meant
}
