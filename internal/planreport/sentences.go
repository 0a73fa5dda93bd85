// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// fewForecasts is how many forecasts of a plan are shown.
const fewForecasts = 2

// group is a forecast as the report shows it: a sentence, and the next events.
func (f forecast) group() group {
	says := fmt.Sprintf("**Forecast** by %s", name(f.Address))

	if f.Days != nil {
		says += fmt.Sprintf(", the next %s", counts(*f.Days, "day"))
	}

	if f.AsOf != nil {
		says += " from " + day(*f.AsOf)
	}

	says += ", without this plan: "

	switch {
	case !f.Total.IsNull():
		says += "renewals cost " + money(f.Total, f.Currency)
	case !f.Known.IsNull():
		says += "renewals cost " + money(f.Known, f.Currency) + ", and more whose price is not known"
	default:
		says += "what renewals cost is not in the plan"
	}

	if f.Covered != nil && !*f.Covered && !f.Shortfall.IsNull() {
		says += ", and " + money(f.Shortfall, f.Currency) + " is missing"

		if f.ShortDay != nil {
			says += " from " + day(*f.ShortDay) + " on"
		}
	}

	if f.Lapsing != nil && *f.Lapsing > 0 {
		says += fmt.Sprintf("; %s lost unless somebody acts", were(*f.Lapsing, "resource"))
	}

	found := group{before: says + "."}
	for _, one := range f.Events {
		found.rows = append(found.rows, one.line())
	}

	return found
}

// fates are the words for what happens.
var fates = map[string]string{
	"renews": "renews", "turns_pay_per_use": "turns pay-per-use", "lapses": "lapses", "expired": "has expired", "frozen": "is frozen",
}

func (e event) line() line {
	called, fate := e.ID, fates[e.Fate]
	if e.Name != nil && *e.Name != "" {
		called = *e.Name
	}

	if fate == "" {
		fate = "has a fate that is not known"
	}

	one := line{says: name(called) + " " + fate, amount: e.Amount, currency: e.Currency}
	if e.Day != nil {
		one.says = day(*e.Day) + ": " + one.says
	}

	if e.Fate == "renews" {
		one.shows = money(e.Amount, e.Currency)
	}

	return one
}

// notes say what is not charged for, and what no plan holds.
func (r Report) notes() []string {
	count := map[string]int{}

	for _, row := range r.rows {
		count[row.Section]++
	}

	var lines, quiet []string

	if n := count[sectionRecorded]; n > 0 {
		quiet = append(quiet, counts(n, "change")+" only recorded")
	}

	if n := count[sectionUnmanaged]; n > 0 {
		quiet = append(quiet, counts(n, "object")+" no longer managed (nothing is refunded or unsubscribed)")
	}

	if kept := r.kept(); kept != "" {
		quiet = append(quiet, kept)
	}

	if len(quiet) > 0 {
		lines = append(lines, "No charge: "+strings.Join(quiet, "; ")+".")
	}

	for _, note := range []struct{ section, says string }{
		{sectionCharged, "Prices are before coupons, and an apply refuses higher ones; a cap is the most that the configuration allows."},
		{sectionCapped, "Where the price is known only during the apply, its cap is shown: the most that it charges."},
	} {
		if count[note.section] > 0 {
			lines = append(lines, note.says)
		}
	}

	return append(lines, "Not in any plan: what pay-per-use and later renewals will cost, and what is refunded.")
}

// kept says what the plan leaves as it is.
func (r Report) kept() string {
	words := map[string]string{
		sectionRenews:    "renewing automatically",
		sectionLapses:    "lapsing when their term ends",
		sectionPayPerUse: "turning pay-per-use when their term ends",
		"":               "other objects",
	}
	count, all := map[string]int{}, 0

	for _, one := range r.unchanged {
		count[written(one.Section)] += one.Count
		all += one.Count
	}

	if all == 0 {
		return ""
	}

	var texts []string
	for _, section := range slices.Sorted(maps.Keys(count)) {
		texts = append(texts, fmt.Sprintf("%d %s", count[section], words[section]))
	}

	return fmt.Sprintf("%d kept as they are (%s)", all, strings.Join(texts, ", "))
}
