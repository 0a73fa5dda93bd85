// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"slices"
	"strconv"
	"time"
)

// retention is how many months bills can be queried after theirs.
const retention = 36

// viewKey says which lines of a month are wanted, and by what they are added
// up. Texts and numbers that do not filter are empty.
type viewKey struct {
	month                 string
	grouping              grouping
	service, resourceType string
	region, resource      string
	project               string
	customer, payer       string
	trade                 string
	from, until           string // dates
	mode, kind            int
	provider, status      int
	withoutZero           bool
}

// none is a value that no line has, for a filter that is given and empty.
const none = "\x00"

// month checks the billing month of a request.
func (w *world) month(c *call, name string) (string, error) {
	month, now := c.text(name), w.clock.now().In(utc8)
	oldest := time.Date(now.Year(), now.Month()-retention, 1, 0, 0, 0, 0, utc8)
	switch {
	case month > monthOf(now):
		return "", badParameter(name, "in the future")
	case month < monthOf(oldest):
		return "", badParameter(name, "more than three years ago")
	default:
		return month, nil
	}
}

// whose limits a query to the customer itself or to a member account.
func (w *world) whose(c *call, key *viewKey) error {
	switch c.text("method") {
	case "oneself":
		key.customer = w.CustomerID
	case "sub_customer":
		if key.customer = c.text("sub_customer_id"); key.customer == "" {
			return badParameter("sub_customer_id", "required with the method sub_customer")
		}
	}

	return nil
}

// days reads a range of dates in the month. One date alone has no effect.
func (c *call) days(key *viewKey, begin, end string) error {
	from, until := c.text(begin), c.text(end)
	if from == "" || until == "" {
		return nil
	}

	return key.within(from, until, begin, end)
}

func (key *viewKey) within(from, until, begin, end string) error {
	switch {
	case from[:len(key.month)] != key.month:
		return badParameter(begin, "not in the month")
	case until[:len(key.month)] != key.month:
		return badParameter(end, "not in the month")
	case until < from:
		return badParameter(end, "before %s", begin)
	}
	key.from, key.until = from, until

	return nil
}

// textFilter is the value of a filter that filters even if it is empty.
func (c *call) textFilter(name string) string {
	if c.has(name) && c.text(name) == "" {
		return none
	}

	return c.text(name)
}

// excludesZero says that lines without an amount are not wanted.
func (c *call) excludesZero() bool {
	include, given := c.values["include_zero_record"].(bool)

	return given && !include
}

func numberOf(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}

	return number
}

// matches checks everything but the amount, which is only known once it is
// added up.
func (key *viewKey) matches(l *billLine) bool {
	fits := func(filter, value string) bool { return filter == "" || filter == value }
	equals := func(filter, value int) bool { return filter == 0 || filter == value }
	if !fits(key.service, l.service) || !fits(key.resourceType, l.resourceType) || !fits(key.region, l.region) ||
		!fits(key.resource, l.resource) || !fits(key.project, l.projectText()) || !fits(key.customer, l.customer) ||
		!fits(key.payer, l.payer) || !fits(key.trade, l.trade) || !equals(key.mode, l.mode) || !equals(key.kind, l.kind) ||
		!equals(key.provider, l.provider()) || !equals(key.status, l.status()) {
		return false
	}
	if key.from == "" {
		return true
	}
	date := l.date()

	return key.from <= date && date <= key.until
}

// Providers of what is billed.
const (
	providerVendor      = 1
	providerMarketplace = 2
)

func (b *billed) provider() int {
	if b.service == marketplace {
		return providerMarketplace
	}

	return providerVendor
}

// grouping is what lines are added up by.
type grouping int

const (
	byLine grouping = iota
	byCycle
	byDay
	bySum
	byTrade
)

// groupKey is what lines that are added up have in common.
type groupKey struct {
	about                                  *billed
	service, resourceType, region, project string
	customer, date, trade                  string
	allocated                              bool
	mode, kind, period, status             int
}

func (g grouping) key(l *billLine) groupKey {
	switch g {
	case bySum:
		return groupKey{service: l.service, resourceType: l.resourceType, mode: l.mode, kind: coarse(l.kind), customer: l.customer}
	case byTrade:
		return groupKey{
			service: l.service, resourceType: l.resourceType, region: l.region, project: l.project, allocated: l.allocated,
			customer: l.customer, trade: l.trade, mode: l.mode, kind: l.kind, status: l.status(),
		}
	case byDay:
		return groupKey{about: l.billed, mode: l.mode, kind: l.kind, period: l.period, date: l.date()}
	default:
		return groupKey{about: l.billed, mode: l.mode, kind: l.kind, period: l.period}
	}
}

// view is the lines that a query is about, added up as it asks. A line that
// stands for several has the text and the times of the first of them.
func (b *books) view(key viewKey) []*billLine {
	if rows, known := b.views[key]; known {
		return rows
	}
	var rows []*billLine
	groups := map[groupKey]*billLine{}
	for _, line := range b.months[key.month] {
		if !key.matches(line) {
			continue
		}
		if key.grouping == byLine {
			rows = append(rows, line)

			continue
		}
		group := key.grouping.key(line)
		if sum := groups[group]; sum != nil {
			sum.moneys.add(&line.moneys)
			sum.usage += line.usage
			sum.free += line.free

			continue
		}
		sum := *line
		groups[group] = &sum
		rows = append(rows, &sum)
	}
	if key.withoutZero {
		rows = slices.DeleteFunc(rows, func(l *billLine) bool { return l.moneys.consumed() == 0 })
	}
	if len(b.views) >= mostViews {
		clear(b.views)
	}
	b.views[key] = rows

	return rows
}
