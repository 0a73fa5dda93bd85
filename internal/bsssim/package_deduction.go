// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"cmp"
	"slices"
	"time"
)

// deduction is usage of a line of the bills that a package covers.
type deduction struct {
	pack         *Package
	resource     *PackageResource
	line         *billLine
	before, used fine
}

// deductedKey is a resource of a package in the cycle that begins at a time.
type deductedKey struct {
	id    string
	start int64
}

// measureOfUsage is the unit of the usage in the bills, which is time.
const measureOfUsage = measureHour

// coverage is a resource of a package that can cover usage.
type coverage struct {
	pack     *Package
	resource *PackageResource
	amount   fine
}

// deduct lets packages cover the usage of lines, which are in the order of time:
// what expires first is used first. What is covered costs nothing.
func (b *books) deduct(packages []*Package, lines []*billLine) {
	b.deducted = map[deductedKey]fine{}
	covers := map[string][]coverage{}
	for _, p := range packages {
		for i := range p.FreeResources {
			r := &p.FreeResources[i]
			if amount, ok := fineOf(r.Amount); ok && r.UsageType == usageDuration && r.MeasureID == measureOfUsage {
				covers[r.ResourceType] = append(covers[r.ResourceType], coverage{p, r, amount})
			}
		}
	}
	for _, group := range covers {
		slices.SortStableFunc(group, func(a, b coverage) int { return a.pack.ExpireTime.Compare(b.pack.ExpireTime) })
	}
	for _, line := range lines {
		if line.mode != modePayPerUse || line.kind != billUse || line.usage <= 0 {
			continue
		}
		for _, c := range covers[line.resourceType] {
			if line.free == line.usage {
				break
			}
			if c.covers(line) {
				b.cover(c, line)
			}
		}
		if line.free > 0 {
			due := line.unitPrice.times(int64(line.usage-line.free), int64(fineUnit))
			line.moneys[moneyOfficial], line.moneys[moneyDebt] = due, due
		}
	}
}

// covers says whether a package is for what a line is about.
func (c *coverage) covers(line *billLine) bool {
	return c.pack.ServiceTypeCode == line.service && (c.pack.RegionCode == "" || c.pack.RegionCode == line.region) &&
		(c.pack.ProjectID == "" || c.pack.ProjectID == line.project) && c.pack.usable(time.Unix(line.consume, 0))
}

// cover deducts as much of the usage of a line as is left.
func (b *books) cover(c coverage, line *billLine) {
	start, _ := c.pack.cycleAt(time.Unix(line.consume, 0))
	key := deductedKey{c.resource.ID, start.Unix()}
	before := c.amount - b.deducted[key]
	used := min(before, line.usage-line.free)
	if used <= 0 {
		return
	}
	b.deducted[key] += used
	line.free += used
	b.deductions = append(b.deductions, deduction{pack: c.pack, resource: c.resource, line: line, before: before, used: used})
}

// newestFirst orders deductions as they are answered.
func newestFirst(a, b deduction) int { return cmp.Compare(b.line.traded, a.line.traded) }
