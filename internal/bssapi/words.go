// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Words are what users read and write in place of the codes of one kind.
type Words[C cmp.Ordered] map[C]string

// Word is the word for the code, unknown(CODE) for an unknown one.
func (w Words[C]) Word(code C) string {
	if word, known := w[code]; known {
		return word
	}

	return fmt.Sprintf("unknown(%v)", code)
}

// Code is the code that a word stands for.
func (w Words[C]) Code(word string) (C, bool) {
	for code, name := range w {
		if name == word {
			return code, true
		}
	}

	var none C

	return none, false
}

// All returns the words in the order of their codes.
func (w Words[C]) All() []string {
	all := make([]string, 0, len(w))
	for _, code := range slices.Sorted(maps.Keys(w)) {
		all = append(all, w[code])
	}

	return all
}

// Only returns the words of these codes.
func (w Words[C]) Only(codes ...C) Words[C] {
	some := Words[C]{}
	for _, code := range codes {
		some[code] = w.Word(code)
	}

	return some
}
