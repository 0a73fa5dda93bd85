// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
)

// costLabel is a value of a tag or cost unit as rows of costs show it.
type costLabel struct {
	value string
	// absent: there is none. unreadable: it could be read in two ways.
	absent, unreadable bool
}

// costLabels reads the values of a tag or cost unit. The vendor does not document
// whether they come alone, as KEY:VALUE or as KEY=VALUE: all values of an answer
// together tell.
type costLabels struct {
	key string
	// prefixed and plain count the values, those of prefixed by separator.
	prefixed map[string]int
	plain    int
}

// labelSeparators are what may stand between a key and its value.
var labelSeparators = []string{":", "="}

func newCostLabels(key string) *costLabels { return &costLabels{key: key, prefixed: map[string]int{}} }

// severalLabels stands for several values in one row. No value of the API is it.
const severalLabels = "\x00"

// see takes a value into account.
func (l *costLabels) see(raw string) {
	if raw == severalLabels {
		return
	}

	if separator := l.separator(raw); separator != "" {
		l.prefixed[separator]++
	} else if raw != "" {
		l.plain++
	}
}

// separator is what follows the key at the head of a value, "" if the key does not
// stand there.
func (l *costLabels) separator(raw string) string {
	for _, separator := range labelSeparators {
		if strings.HasPrefix(raw, l.key+separator) {
			return separator
		}
	}

	return ""
}

// read is a value, after all of them were seen. The key at the head of some values
// alone may be a part of them, and the word null may be a value or none.
func (l *costLabels) read(raw string) costLabel {
	separator := l.separator(raw)
	value := raw

	switch {
	case raw == "":
		return costLabel{absent: true}
	case raw == severalLabels, separator != "" && (l.plain > 0 || len(l.prefixed) > 1):
		return costLabel{unreadable: true}
	case separator != "":
		value = strings.TrimPrefix(raw, l.key+separator)
	}

	switch value {
	case "":
		return costLabel{absent: true}
	case noProject:
		return costLabel{unreadable: true}
	default:
		return costLabel{value: value}
	}
}
