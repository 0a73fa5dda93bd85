// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// How many lines a report has at most, and how many of them a section has.
const (
	screen       = 40
	sectionLines = 8
	reasonLines  = 3
)

// Markdown is one screen of the report, in the Markdown of GitHub and GitLab.
func (r Report) Markdown() string {
	head := append([]string{"### What applying this plan does to money", "", r.headline()}, r.warnings()...)
	foot := r.notes()
	groups := r.groups()

	// The lines that tables, and what is between them, need in any case.
	fixed := len(head) + len(foot) + 1
	if len(groups) > 0 {
		fixed += 3 + len(groups)
	}

	for _, one := range r.plan.forecasts[:min(len(r.plan.forecasts), fewForecasts)] {
		fixed += 2
		groups = append(groups, one.group())
	}

	share(groups, screen-fixed)

	lines := head
	open := false

	for _, one := range groups {
		if !open && one.before == "" {
			lines = append(lines, "", "| What happens | Where | Amount |", "| --- | --- | ---: |")
			open = true
		}

		lines = append(lines, one.lines()...)
	}

	if len(r.plan.forecasts) > fewForecasts {
		lines = append(lines, "", fmt.Sprintf("And %s more in the plan.", counts(len(r.plan.forecasts)-fewForecasts, "forecast")))
	}

	return strings.Join(append(append(lines, ""), foot...), "\n") + "\n"
}

// group is a section of the table, or a table of its own with what stands before it.
type group struct {
	before string
	header string
	rows   []line
	room   int // for rows
}

// line is a row of the table.
type line struct {
	says, where string
	amount      bssapi.Decimal
	currency    *string
	shows       string // the amount as it is shown
}

func (l line) String() string { return fmt.Sprintf("| %s | %s | %s |", l.says, l.where, l.shows) }

// share gives each group lines in turn, until there are none left.
func share(groups []group, lines int) {
	for given := true; given; {
		given = false

		for i := range groups {
			if one := &groups[i]; lines > 0 && one.room < min(len(one.rows), sectionLines) {
				one.room++
				lines--
				given = true
			}
		}
	}
}

// lines are as many rows as have room; the last of them sums up what has none.
func (g group) lines() []string {
	var lines []string

	if g.before != "" {
		lines = append(lines, "", g.before)
	}

	if g.header != "" {
		lines = append(lines, g.header)
	}

	shown := g.rows
	if g.room < len(g.rows) {
		shown = g.rows[:max(0, g.room-1)]
	}

	for _, one := range shown {
		lines = append(lines, g.format(one))
	}

	if more := g.rows[len(shown):]; len(more) > 0 && g.room > 0 {
		lines = append(lines, g.format(line{says: fmt.Sprintf("… and %d more", len(more)), shows: sums(more)}))
	}

	return lines
}

func (g group) format(one line) string {
	if g.before == "" {
		return one.String()
	}

	if one.shows == "" {
		return "- " + one.says
	}

	return "- " + one.says + ": " + one.shows
}

// sums adds up lines by currency.
func sums(lines []line) string {
	sums, missing := map[string]line{}, 0

	for _, one := range lines {
		if one.amount.IsNull() {
			missing++

			continue
		}

		key := written(one.currency)
		sums[key] = line{amount: sums[key].amount.Add(one.amount), currency: one.currency, shows: one.shows}
	}

	texts := []string{}
	atMost := ""

	for _, key := range slices.Sorted(maps.Keys(sums)) {
		if strings.HasPrefix(sums[key].shows, mostly) {
			atMost = mostly
		}

		texts = append(texts, money(sums[key].amount, sums[key].currency))
	}

	if missing > 0 && len(texts) > 0 {
		texts = append(texts, fmt.Sprintf("%d not in the plan", missing))
	}

	return atMost + strings.Join(texts, " + ")
}

const mostly = "at most "

// groups are the sections that have rows, those of actions apart.
func (r Report) groups() []group {
	type key struct{ section, by string }

	var groups []group

	rows := map[key][]Row{}
	for _, row := range r.rows {
		rows[key{row.Section, row.By}] = append(rows[key{row.Section, row.By}], row)
	}

	for _, section := range sections {
		for _, by := range []string{byResource, byAction} {
			if found := rows[key{section.name, by}]; len(found) > 0 {
				groups = append(groups, section.group(by, found))
			}
		}
	}

	return groups
}

func (s section) group(by string, rows []Row) group {
	title := s.title
	if by == byAction {
		title += ", by actions"
	}

	slices.SortStableFunc(rows, urgent)

	found := group{}
	for _, row := range rows {
		found.rows = append(found.rows, s.line(row))
	}

	amount := s.leaves
	if s.money {
		amount = sums(found.rows)
	}

	if amount != "" {
		amount = "**" + amount + "**"
	}

	// What goes along counts, too.
	count := len(rows)
	for _, row := range rows {
		count += len(row.With)
	}

	found.header = line{says: fmt.Sprintf("**%s: %d**", title, count), shows: amount}.String()

	return found
}

// urgent puts first what can charge at once, what has no price, what is dearest, and
// what ends soonest.
func urgent(a, b Row) int {
	rank := func(is bool) int {
		if is {
			return 0
		}

		return 1
	}
	soon := func(row Row) int { return rank(row.AtOnce != nil && *row.AtOnce) }

	return cmp.Or(
		cmp.Compare(soon(a), soon(b)), cmp.Compare(rank(a.bound().IsNull()), rank(b.bound().IsNull())), b.bound().Cmp(a.bound()),
		cmp.Compare(rank(a.Ends != nil), rank(b.Ends != nil)), cmp.Compare(written(a.Ends), written(b.Ends)),
	)
}

// bound is the price, or else the cap.
func (r Row) bound() bssapi.Decimal {
	if r.Amount.IsNull() {
		return r.MaxAmount
	}

	return r.Amount
}

func (s section) line(row Row) line {
	one := line{says: row.says, where: name(row.Address)}

	if row.Previous != nil {
		one.where += ", before " + name(*row.Previous)
	}

	if row.TriggeredBy != nil {
		one.where += ", by " + name(*row.TriggeredBy)
	}

	if !s.money {
		return one
	}

	one.amount, one.currency = row.bound(), row.Currency

	switch {
	case slices.Contains(row.Withheld, "amount") || slices.Contains(row.Withheld, "max_amount") && one.amount.IsNull():
		one.shows = "(sensitive)"
	case s.name == sectionCapped && one.amount.IsNull():
		one.shows = "cap not in the plan"
	case s.name == sectionCapped:
		one.shows = mostly + money(one.amount, one.currency)
	default:
		one.shows = money(one.amount, one.currency)
	}

	if s.name == sectionCharged && !row.MaxAmount.IsNull() {
		one.says += "; cap " + money(row.MaxAmount, nil)
	}

	return one
}

// total is the sum of a section as a sentence has it.
func (r Report) total(name, by string) (text string, count int) {
	for _, section := range sections {
		if section.name != name {
			continue
		}

		var lines []line

		for _, row := range r.rows {
			if row.Section == name && row.By == by {
				lines = append(lines, section.line(row))
			}
		}

		return sums(lines), len(lines)
	}

	return "", 0
}

// headline says in one line what a reader must not miss.
func (r Report) headline() string {
	var parts []string

	charged, count := r.total(sectionCharged, byResource)
	if count > 0 {
		parts = append(parts, fmt.Sprintf("**Charged on apply: %s.**", charged))
	}

	for _, by := range []string{byResource, byAction} {
		capped, count := r.total(sectionCapped, by)
		if capped == "" {
			capped = counts(count, "charge") + ", cap not in the plan"
		}

		if count > 0 {
			parts = append(
				parts,
				fmt.Sprintf("**Price known only during the apply%s: %s.**", map[string]string{byAction: ", by actions"}[by], capped),
			)
		}
	}

	if _, count := r.total(sectionUnpriced, byResource); count > 0 {
		parts = append(parts, fmt.Sprintf("**By other providers: %s, price not in the plan.**", counts(count, "charge")))
	}

	if len(parts) == 0 {
		parts = append(parts, "**The plan states no charge on apply.**")
	}

	if moved, count := r.total(sectionTransferred, byResource); count > 0 {
		parts = append(parts, fmt.Sprintf("**Transferred to members: %s.**", moved))
	}

	var soon, gone int

	for _, row := range r.rows {
		if row.AtOnce != nil && *row.AtOnce {
			soon++
		}

		if row.Section == sectionDeleted {
			gone += 1 + len(row.With)
		}
	}

	if soon > 0 {
		parts = append(parts, fmt.Sprintf("**%s can charge at once.**", counts(soon, "setting")))
	}

	if gone > 0 {
		parts = append(parts, fmt.Sprintf("**%s deleted for good.**", were(gone, "resource")))
	}

	return strings.Join(parts, " ")
}

// warnings say what the report cannot say.
func (r Report) warnings() []string {
	if len(r.missing) == 0 {
		return nil
	}

	lines := []string{"", "**This report is not complete:**"}

	for _, reason := range r.missing[:min(len(r.missing), reasonLines)] {
		lines = append(lines, "- "+reason)
	}

	if more := len(r.missing) - reasonLines; more > 0 {
		lines = append(lines, "- and "+counts(more, "other reason"))
	}

	return lines
}
