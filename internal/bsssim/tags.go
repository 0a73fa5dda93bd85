// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// tagSeparator stands between the tags of a line, each KEY=VALUE; keys and values
// hold none.
const tagSeparator = "\n"

// tagsOf are tags as lines of bills keep them.
func tagsOf(tags map[string]string) string {
	pairs := make([]string, 0, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		pairs = append(pairs, key+"="+tags[key])
	}

	return strings.Join(pairs, tagSeparator)
}

// tags are those of a line.
func (b *billed) tags() map[string]string {
	tags := map[string]string{}
	if b.tag == "" {
		return tags
	}
	for pair := range strings.SplitSeq(b.tag, tagSeparator) {
		key, value, _ := strings.Cut(pair, "=")
		tags[key] = value
	}

	return tags
}

// tagForms are the forms in which a bill may write tags: which one it is, no
// source says.
var tagForms = []string{"equals", "colons", "json", "json_list", "opaque"}

// resourceTag writes the tags of a line.
func (w *world) resourceTag(l *billLine) string {
	if l.tag == "" {
		return ""
	}
	switch form := w.setting("resource_tag_form"); form {
	case "colons":
		return strings.ReplaceAll(strings.ReplaceAll(l.tag, "=", ":"), tagSeparator, ",")
	case "json", "json_list":
		var value any = l.tags()
		if form == "json_list" {
			list := []map[string]string{}
			for _, key := range slices.Sorted(maps.Keys(l.tags())) {
				list = append(list, map[string]string{"key": key, "value": l.tags()[key]})
			}
			value = list
		}
		data, err := json.Marshal(value)
		if err != nil {
			panic(err) // Texts always encode.
		}

		return string(data)
	case "opaque":
		return "tags of " + l.resource
	default:
		return strings.ReplaceAll(l.tag, tagSeparator, ";")
	}
}
