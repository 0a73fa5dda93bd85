// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"io"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Who does what a row is about.
const (
	byResource = "resource"
	byAction   = "action"
)

// Row is one thing that an apply of the plan does. Everything that the plan does not
// say, or that is sensitive, is null.
type Row struct {
	Section     string         `json:"section"`
	By          string         `json:"by"`
	Does        string         `json:"does"`
	Address     string         `json:"address"`
	Type        string         `json:"type"`
	Previous    *string        `json:"previous_address"`
	TriggeredBy *string        `json:"triggered_by"`
	Imported    bool           `json:"imported"`
	Subject     *string        `json:"subject_id"`
	With        []string       `json:"with_ids"`
	Amount      bssapi.Decimal `json:"amount"`
	MaxAmount   bssapi.Decimal `json:"max_amount"`
	Currency    *string        `json:"currency"`
	Ends        *string        `json:"expire_time"`
	Through     *string        `json:"paid_through"`
	AtOnce      *bool          `json:"can_charge_at_once"`
	Changed     []string       `json:"changed_attributes"`
	Withheld    []string       `json:"sensitive_attributes"`

	says string // in Markdown
}

// becomes says what a row is about.
func (r *Row) becomes(section, does, says string) {
	r.Section, r.Does, r.says = section, does, says
}

// optional is null for an empty text.
func optional(text string) *string {
	if text == "" {
		return nil
	}

	return &text
}

// row is the row of a change, as far as all have it in common.
func (c change) row() Row {
	return Row{By: byResource, Address: c.Address, Type: c.Type, Previous: optional(c.previous), Imported: c.imported}
}

// Unchanged counts what the plan leaves as it is.
type Unchanged struct {
	Type    string  `json:"type"`
	Section *string `json:"section"` // what it keeps on doing
	Count   int     `json:"count"`
}

// Report is what applying a plan does to money.
type Report struct {
	plan      plan
	rows      []Row
	totals    []Total
	unchanged []Unchanged
	missing   []string
}

// Read makes the report of a plan from the text that "terraform show -json" prints.
func Read(text io.Reader) (Report, error) {
	found, err := read(text)
	if err != nil {
		return Report{}, err
	}

	report := Report{plan: found}
	managed := found.managed()
	kept := map[string]*Unchanged{}

	for _, c := range found.changes {
		c.planned = found.timestamp

		if unchanged := !c.creates && !c.updates && !c.deletes && !c.forgets; unchanged && !c.imported {
			if c.ours() {
				c.keeps(kept)
			}

			continue
		}

		report.rows = append(report.rows, c.rows(managed)...)
	}

	for _, c := range found.drift {
		report.rows = append(report.rows, c.drifted())
	}

	for _, i := range found.invocations {
		report.rows = append(report.rows, i.row())
	}

	report.totals = totalsOf(report.rows)
	report.unchanged = counted(kept)
	report.missing = found.missing(report.rows)

	return report, nil
}

// keeps counts an object that stays as it is.
func (c change) keeps(kept map[string]*Unchanged) {
	section := c.goesOn()

	if kept[c.Type+section] == nil {
		kept[c.Type+section] = &Unchanged{Type: c.Type, Section: optional(section)}
	}

	kept[c.Type+section].Count++
}
