// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// change is a difference of one part of a type.
type change struct {
	of, where, what string
	// breaks says that a configuration, a state or a module that was right may not
	// be any more.
	breaks bool
	// words says that only a description changed.
	words bool
}

// compare returns the changes by type and place.
func compare(before, after surface) []change {
	var changes []change

	for _, name := range names(before, after) {
		old, existed := before[name]
		now, exists := after[name]

		switch {
		case !exists:
			changes = append(changes, change{of: name, what: "removed", breaks: true})
		case !existed:
			changes = append(changes, change{of: name, what: fmt.Sprintf("added, with attributes and blocks: %d", len(now)-1)})
		default:
			changes = append(changes, comparePart(name, old, now)...)
		}
	}

	return changes
}

func comparePart(of string, before, after map[string]part) []change {
	var changes []change

	for _, path := range names(before, after) {
		old, existed := before[path]
		now, exists := after[path]
		where := ""

		if path != "" {
			where = "`" + path + "`"
		}

		switch {
		// What is in something new or gone goes with it.
		case inside(path, before) != inside(path, after):
		case !exists:
			changes = append(changes, change{of, where, "removed, was " + old.String(), true, false})
		case !existed:
			changes = append(changes, change{of, where, "added: " + now.String(), now.Required, false})
		default:
			for _, c := range differences(old, now) {
				c.of, c.where = of, where
				changes = append(changes, c)
			}
		}
	}

	return changes
}

// inside reports whether the part that a path is in is there.
func inside(path string, parts map[string]part) bool {
	end := strings.LastIndex(path, ".")
	if end < 0 {
		return true
	}

	_, is := parts[path[:end]]

	return is
}

// differences of one part. Each says by itself whether it breaks.
func differences(before, after part) []change {
	var changes []change

	say := func(breaks bool, format string, values ...any) {
		changes = append(changes, change{what: fmt.Sprintf(format, values...), breaks: breaks})
	}

	if before.Shape != after.Shape {
		// A function that takes null as well takes all that it took.
		say(after.Shape != before.Shape+" or null", "was %s, is %s", before.Shape, after.Shape)
	}

	if before.mode() != after.mode() {
		say(before.losesTo(after), "was %s, is %s", before.mode(), after.mode())
	}

	if before.Sensitive != after.Sensitive {
		// An output that shows it has to be marked then.
		say(after.Sensitive, "%s", either(after.Sensitive, "is sensitive", "is no longer sensitive"))
	}

	if before.WriteOnly != after.WriteOnly {
		say(true, "%s", either(after.WriteOnly, "is write-only", "is no longer write-only"))
	}

	if before.Deprecated != after.Deprecated {
		say(false, "%s", either(after.Deprecated, "is deprecated", "is no longer deprecated"))
	}

	if before.MinItems != after.MinItems {
		say(after.MinItems > before.MinItems, "at least %d, was %d", after.MinItems, before.MinItems)
	}

	if before.MaxItems != after.MaxItems {
		// Zero is as many as one likes.
		fewer := after.MaxItems > 0 && (before.MaxItems == 0 || after.MaxItems < before.MaxItems)
		say(fewer, "at most %s, was %s", many(after.MaxItems), many(before.MaxItems))
	}

	if before.Version != after.Version {
		// States of before need an upgrade, which has to be written.
		say(after.Version < before.Version, "the version of the schema is %d, was %d", after.Version, before.Version)
	}

	if before.Description != after.Description {
		changes = append(changes, change{words: true})
	}

	return changes
}

// losesTo reports whether something that could be written or read can no longer be,
// or has to be written now.
func (p part) losesTo(after part) bool {
	written, writable := p.Required || p.Optional, after.Required || after.Optional

	return after.Required && !p.Required || written && !writable || p.Computed && !after.Computed
}

// mode says who sets the value.
func (p part) mode() string {
	var words []string
	if p.Required {
		words = append(words, "required")
	}

	if p.Optional {
		words = append(words, "optional")
	}

	if p.Computed {
		words = append(words, "computed")
	}

	return strings.Join(words, " and ")
}

func (p part) String() string {
	text := p.mode() + ", " + p.Shape
	if p.Sensitive {
		text += ", sensitive"
	}

	if p.WriteOnly {
		text += ", write-only"
	}

	return text
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}

	return no
}

func many(items int) string {
	if items == 0 {
		return "any number"
	}

	return fmt.Sprint(items)
}

// names are the keys of both, in order.
func names[V any](before, after map[string]V) []string {
	all := maps.Clone(before)
	maps.Copy(all, after)

	return slices.Sorted(maps.Keys(all))
}
