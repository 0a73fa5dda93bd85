// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// FormatVersion is that of the JSON. Its first number grows where a reader of today's
// could not read it any more.
const FormatVersion = "1.0"

// JSON is the whole report. All members are always there, in the same order.
func (r Report) JSON() (string, error) {
	counts := map[string]int{}
	for _, row := range r.rows {
		counts[row.Section]++
	}

	for i, row := range r.rows {
		r.rows[i].With, r.rows[i].Changed, r.rows[i].Withheld = listed(row.With), listed(row.Changed), listed(row.Withheld)
	}

	for i, one := range r.plan.forecasts {
		r.plan.forecasts[i].Withheld = listed(one.Withheld)
	}

	var text bytes.Buffer

	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)

	err := encoder.Encode(struct {
		FormatVersion string         `json:"format_version"`
		Complete      bool           `json:"complete"`
		Missing       []string       `json:"incomplete_reasons"`
		Applyable     *bool          `json:"applyable"`
		Errored       *bool          `json:"errored"`
		Counts        map[string]int `json:"counts"`
		Totals        []Total        `json:"totals"`
		Rows          []Row          `json:"rows"`
		Unchanged     []Unchanged    `json:"unchanged"`
		Forecasts     []forecast     `json:"forecasts"`
	}{
		FormatVersion, len(r.missing) == 0, listed(r.missing), r.plan.applyable, r.plan.errored,
		counts, r.totals, listed(r.rows), r.unchanged, listed(r.plan.forecasts),
	})

	return strings.TrimSuffix(text.String(), "\n"), err
}

// listed is a list that is never null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}

	return list
}

// missing says what the report cannot say.
func (p plan) missing(rows []Row) []string {
	var reasons []string

	add := func(is bool, reason string) {
		if is {
			reasons = append(reasons, reason)
		}
	}
	is := func(truth *bool, value bool) bool { return truth != nil && *truth == value }

	var withheld, unclassified int

	for _, row := range rows {
		if len(row.Withheld) > 0 {
			withheld++
		}

		if row.Section == sectionUnclassified {
			unclassified++
		}
	}

	add(is(p.errored, true), "The plan failed: it holds what was planned before its error, and cannot be applied")
	add(is(p.complete, false) && !is(p.errored, true),
		"The plan is not complete, as with -target or deferred changes: another plan after its apply shows the rest")
	add(p.deferred > 0, were(p.deferred, "change", "of this provider")+" deferred to a later plan")
	add(p.otherDeferred > 0, were(p.otherDeferred, "change", "of other providers")+" deferred to a later plan")
	add(p.hidden > 0, fmt.Sprintf("The charging_mode of %s of other providers is sensitive: whether they are charged is not said",
		counts(p.hidden, "resource")))
	add(p.unread > 0, counts(p.unread, "forecast")+" read during the apply: dates and amounts are not in the plan")
	add(withheld > 0, fmt.Sprintf("Sensitive values are left out of %s", counts(withheld, "row")))
	add(unclassified > 0, were(unclassified, "row")+" of a type that this version of the report does not know")

	return reasons
}

// were counts what something is said of.
func were(n int, noun string, which ...string) string {
	verb := "are"
	if n == 1 {
		verb = "is"
	}

	return strings.Join(append([]string{counts(n, noun)}, append(which, verb)...), " ")
}
