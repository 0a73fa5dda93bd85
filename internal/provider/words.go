// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"strconv"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// The words for codes of the API stand in bssapi. Descriptions and validators
// have them from there.

// listOf writes texts as Markdown: `a`, `b` or `c`.
func listOf(texts []string) string {
	return choice(texts, func(text string) string { return "`" + text + "`" })
}

// choice writes texts, each in its own way, as a choice: a, b or c.
func choice(texts []string, write func(string) string) string {
	all := ""

	for i, text := range texts {
		switch {
		case i == 0:
		case i == len(texts)-1:
			all += " or "
		default:
			all += ", "
		}

		all += write(text)
	}

	return all
}

// explained describes an argument whose words need it: `a` (meaning) or `b`
// (meaning).
func explained[C cmp.Ordered](words bssapi.Words[C], meanings map[C]string) string {
	return choice(words.All(), func(word string) string {
		code, _ := words.Code(word)

		return "`" + word + "` (" + meanings[code] + ")"
	})
}

// wordsOf describes what an attribute of the API's answer can be.
func wordsOf[C cmp.Ordered](words bssapi.Words[C]) string {
	return listOf(append(words.All(), "unknown(N)"))
}

// wordOf is the word for a code. The zero code means that there is none.
func wordOf[C cmp.Ordered](words bssapi.Words[C], code C) string {
	var none C

	if code == none {
		return ""
	}

	return words.Word(code)
}

// wordOfText is wordOf for a code that the API writes as text.
func wordOfText[C ~int](words bssapi.Words[C], code string) string {
	number, err := strconv.Atoi(code)

	switch {
	case code == "":
		return ""
	case err != nil:
		return "unknown(" + code + ")"
	default:
		return words.Word(C(number))
	}
}

// wordPtr is wordOf for items.
func wordPtr[C cmp.Ordered](words bssapi.Words[C], code C) *string {
	return textPtr(wordOf(words, code))
}

// optionalWordPtr is the word for a code of a kind that has a zero code, too.
func optionalWordPtr[C cmp.Ordered](words bssapi.Words[C], code *C) *string {
	if code == nil {
		return nil
	}

	return textPtr(words.Word(*code))
}
