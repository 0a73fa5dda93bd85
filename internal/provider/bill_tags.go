// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// billTags are the tags of a row; readable is false if its text cannot be read
// without a guess.
type billTags struct {
	values   map[string]string
	readable bool
}

// tagReader reads the tags of rows, each text once: rows of one resource have the
// same.
type tagReader map[string]billTags

func (r tagReader) read(text string) billTags {
	known, there := r[text]
	if !there {
		known = readTags(text)
		r[text] = known
	}

	return known
}

// readTags reads tags in any form that says by itself what is a key and what is a
// value. The vendor documents none. What could be read in two ways is unreadable.
func readTags(text string) billTags {
	text = strings.TrimSpace(text)

	switch {
	case text == "":
		return billTags{readable: true}
	case text[0] == '{' || text[0] == '[':
		return readJSONTags([]byte(text))
	default:
		return readPlainTags(text)
	}
}

// readJSONTags reads an object, or a list of objects with key and value.
func readJSONTags(data []byte) billTags {
	var object map[string]string

	decoder := json.NewDecoder(bytes.NewReader(data))
	if decoder.Decode(&object) == nil && !decoder.More() && object != nil {
		return billTags{object, true}
	}

	var list []struct {
		Key   *string `json:"key"`
		Value *string `json:"value"`
	}

	decoder = json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()

	if decoder.Decode(&list) != nil || decoder.More() {
		return billTags{}
	}

	tags := billTags{map[string]string{}, true}

	for _, tag := range list {
		if tag.Key == nil || tag.Value == nil || !tags.add(*tag.Key, *tag.Value) {
			return billTags{}
		}
	}

	return tags
}

// readPlainTags reads pairs of key and value. Keys and values may themselves hold
// "=" and ":", so that a pair with more than one of them is ambiguous.
func readPlainTags(text string) billTags {
	tags := billTags{map[string]string{}, true}
	separator := ""

	for _, pair := range strings.FieldsFunc(text, func(r rune) bool { return slices.Contains([]rune{';', ',', '|', '\n'}, r) }) {
		at := strings.IndexAny(pair, "=:")
		if at < 0 || strings.ContainsAny(pair[at+1:], "=:") || separator != "" && pair[at:at+1] != separator {
			return billTags{}
		}

		separator = pair[at : at+1]

		if !tags.add(strings.TrimSpace(pair[:at]), strings.TrimSpace(pair[at+1:])) {
			return billTags{}
		}
	}

	return tags
}

// add adds a tag; false if it has no key, or if the key has a value already.
func (t billTags) add(key, value string) bool {
	if _, there := t.values[key]; there || key == "" {
		return false
	}

	t.values[key] = value

	return true
}

// tagResults are those of the bills whose rows have tags.
type tagResults struct {
	UnreadableTagCount types.Int64 `tfsdk:"unreadable_tag_count"`
}

func tagResultAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"unreadable_tag_count": computedInt(
			"How many rows have tags in a form that cannot be read without a guess; in `grouped_totals` their tags " +
				"are null. Null unless you group by `tag:KEY`. The vendor does not document the form.",
		),
	}
}

// tagResults counts what could not be read, if a group needs it.
func (s *billSums) tagResults() tagResults {
	if len(s.tagKeys) == 0 {
		return tagResults{types.Int64Null()}
	}

	return tagResults{types.Int64Value(s.unreadableTags)}
}
