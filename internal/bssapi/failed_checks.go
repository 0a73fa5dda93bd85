// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mostFailedChecks bounds how many items of an answer are kept, and mostFailedCheck
// their length.
const (
	mostFailedChecks = 20
	mostFailedCheck  = 300
)

// failedChecks are the items of fail_check_items, each on a line. The vendor's pages
// call them texts, and show none; so texts, numbers, objects of any keys, a single one
// of these, and what is nested in them are all read.
func failedChecks(redact func(string) string, lists ...json.RawMessage) []string {
	for _, list := range lists {
		decoder := json.NewDecoder(bytes.NewReader(list))
		decoder.UseNumber()
		var value any
		if len(list) == 0 || decoder.Decode(&value) != nil {
			continue
		}
		items, several := value.([]any)
		if !several {
			items = []any{value}
		}
		var all []string
		for _, item := range items {
			if text := excerpt(redact(strings.Join(textsIn(item), ": ")), mostFailedCheck); text != "" && len(all) < mostFailedChecks {
				all = append(all, text)
			}
		}
		if len(all) > 0 {
			return all
		}
	}

	return nil
}

// textsIn are the texts and numbers of an item, identifiers first: of an object those of
// its keys in their order.
func textsIn(item any) []string {
	switch value := item.(type) {
	case string:
		if text := strings.TrimSpace(value); text != "" {
			return []string{text}
		}

		return nil
	case json.Number:
		return []string{value.String()}
	case bool:
		return []string{strconv.FormatBool(value)}
	case []any:
		var all []string
		for _, inner := range value {
			all = append(all, textsIn(inner)...)
		}

		return all
	case map[string]any:
		var codes, others []string
		for _, key := range slices.Sorted(maps.Keys(value)) {
			for _, text := range textsIn(value[key]) {
				if checkName.MatchString(text) {
					codes = append(codes, text)
				} else {
					others = append(others, text)
				}
			}
		}

		return append(codes, others...)
	}

	return nil
}

// checkName is how the vendor's pages write the name of a check.
var checkName = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`)

// ProjectsAreOpen says whether an error of EnableEnterpriseProjects says, by all of the
// checks that failed, that enterprise projects are open already. The vendor's pages name
// none that does: those that they name are of other reasons. Only names of checks count,
// such as NOT_OPEN_ENTERPRISE_PROJECT, a check that they are not open, or
// ENTERPRISE_PROJECT_ALREADY_OPENED. Texts are for people.
func ProjectsAreOpen(err error) bool {
	checks := FailedChecks(err)

	return len(checks) > 0 && !slices.ContainsFunc(checks, func(check string) bool {
		name, _, _ := strings.Cut(check, ": ")

		return !saysOpen(name)
	})
}

func saysOpen(name string) bool {
	if !checkName.MatchString(name) {
		return false
	}
	words := strings.Split(name, "_")
	has := func(some ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(some, word) })
	}
	about := has("ENTERPRISE") && has("PROJECT", "PROJECTS") || has("EP", "EPS", "ENTERPRISEPROJECT")

	return about && has("OPEN", "OPENED", "ENABLED", "ACTIVE", "ACTIVATED") && !has("ONLY")
}
