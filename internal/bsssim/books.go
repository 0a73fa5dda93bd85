// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"slices"
	"sort"
	"time"
)

// books are the lines of all bills, by month, and what is derived from them.
// They are made on demand, and dropped when an order, a payment or a resource
// changes.
type books struct {
	// until is when the next usage is billed.
	until  time.Time
	months map[string][]*billLine
	views  map[viewKey][]*billLine
	ledger []LedgerEntry
	// costs are the answers to queries of costs, by what was asked, and spread is how
	// each line is spread over time.
	costs      map[string]*costAnswer
	breakdowns map[viewKey][]*costShare
	spread     []spreading
	// deductions are what packages cover, in the order of time; deducted adds them
	// up.
	deductions []deduction
	deducted   map[deductedKey]fine
}

// mostViews bounds the views that are kept.
const mostViews = 32

// accounts are the books as they are now.
func (w *world) accounts() *books {
	now := w.clock.now()
	if w.books != nil && now.Before(w.books.until) {
		return w.books
	}
	b := &books{
		until: now.Truncate(time.Hour).Add(time.Hour), months: map[string][]*billLine{}, views: map[viewKey][]*billLine{},
	}
	for _, u := range w.Usage {
		if u.Until.After(now) && u.Until.Before(b.until) {
			b.until = u.Until
		}
	}
	for month, lines := range w.generated {
		b.months[month] = lines
	}
	var own bookkeeper
	own.shared = map[billed]*billed{}
	w.billOrders(&own)
	w.billUsage(&own, now)
	sort.SliceStable(own.lines, func(i, j int) bool { return own.lines[i].consume < own.lines[j].consume })
	b.deduct(w.Packages, own.lines)
	added := map[string][]*billLine{}
	for _, line := range own.lines {
		month := monthOf(time.Unix(line.consume, 0))
		added[month] = append(added[month], line)
	}
	for month, lines := range added {
		b.months[month] = slices.Concat(b.months[month], lines)
	}
	w.books = b

	return b
}

// bookkeeper collects lines, which share what they are about.
type bookkeeper struct {
	lines  []*billLine
	shared map[billed]*billed
}

func (b *bookkeeper) about(what billed) *billed {
	known := b.shared[what]
	if known == nil {
		known = &what
		b.shared[what] = known
	}

	return known
}

// describe is what bills show about a resource.
func (w *world) describe(r *Resource) billed {
	what := billed{
		customer: w.CustomerID, account: "demo-user", payer: w.CustomerID,
		resource: r.ResourceID, parent: r.ParentID, name: r.Name, service: r.ServiceTypeCode, resourceType: r.ResourceTypeCode,
		region: r.RegionCode, product: r.ProductID, spec: r.SpecCode, specDesc: r.SpecDesc,
	}
	if size, ok := fineOf(r.SpecSize); ok && r.SpecSize != "" {
		what.size, what.sizeMeasure = size, r.sizeMeasure()
	}
	what.allocate(r.EnterpriseProject)
	what.tag = tagsOf(r.Tags)

	return what
}

func (b *billed) allocate(project *EnterpriseProject) {
	if project != nil {
		b.project, b.projectName, b.allocated = project.ID, project.Name, true
	}
}
