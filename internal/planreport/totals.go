// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"cmp"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Total is the sum of the rows of a section in one currency. Sums are of what is known,
// and null if nothing is; how many rows are missing in them stands beside.
type Total struct {
	Section    string         `json:"section"`
	By         string         `json:"by"`
	Currency   *string        `json:"currency"`
	Count      int            `json:"count"`
	Amount     bssapi.Decimal `json:"amount"`
	NoAmount   int            `json:"without_amount"`
	MaxAmount  bssapi.Decimal `json:"max_amount"`
	NoMaxCount int            `json:"without_max_amount"`
}

// totalsOf sums up the rows that have to do with money, in the order of sections.
func totalsOf(rows []Row) []Total {
	totals := []Total{}

	for _, section := range sections {
		if !section.money {
			continue
		}

		for _, by := range []string{byResource, byAction} {
			totals = append(totals, section.totals(by, rows)...)
		}
	}

	return totals
}

func (s section) totals(by string, rows []Row) []Total {
	found := map[string]*Total{}

	for _, row := range rows {
		if row.Section != s.name || row.By != by {
			continue
		}

		currency := written(row.Currency)
		if found[currency] == nil {
			found[currency] = &Total{Section: s.name, By: by, Currency: row.Currency}
		}

		found[currency].add(row)
	}

	totals := []Total{}
	for _, total := range found {
		totals = append(totals, *total)
	}

	slices.SortFunc(totals, func(a, b Total) int { return cmp.Compare(written(a.Currency), written(b.Currency)) })

	return totals
}

func (t *Total) add(row Row) {
	t.Count++
	t.Amount, t.MaxAmount = t.Amount.Add(row.Amount), t.MaxAmount.Add(row.MaxAmount)

	if row.Amount.IsNull() {
		t.NoAmount++
	}

	if row.MaxAmount.IsNull() {
		t.NoMaxCount++
	}
}

func written(text *string) string {
	if text == nil {
		return ""
	}

	return *text
}

// counted lists what stays, in a fixed order.
func counted(kept map[string]*Unchanged) []Unchanged {
	all := []Unchanged{}
	for _, one := range kept {
		all = append(all, *one)
	}

	slices.SortFunc(all, func(a, b Unchanged) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(written(a.Section), written(b.Section)))
	})

	return all
}
