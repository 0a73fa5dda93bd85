// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "time"

// spreading is how a line of a bill becomes amortized cost. The cost of a term is
// spread evenly over its seconds. Everything else is a cost when it is charged.
type spreading struct {
	*billLine

	month string // of the bill
	// begin and end are the term, end being the first second after it; equal without
	// one.
	begin, end int64
	// closed is when the term was given back, zero if it was not: what is left of the
	// cost belongs to that second.
	closed int64
}

// upTo is what has become a cost before a time.
func (s *spreading) upTo(at int64) moneys {
	switch {
	case s.closed != 0 && at > s.closed, at >= s.end && s.end > s.begin, s.end == s.begin && at > s.begin:
		return s.moneys
	case at <= s.begin:
		return moneys{}
	}
	var part moneys
	for kind, amount := range s.moneys {
		part[kind] = amount.times(at-s.begin, s.end-s.begin)
	}
	// The parts make up the whole, also where each was cut off.
	part[moneyDiscount] = part[moneyOfficial] - part.consumed()

	return part
}

// within is what becomes a cost from one time on and before another. Adjoining
// spans add up to the line, to the last digit.
func (s *spreading) within(from, until int64) moneys {
	part, before := s.upTo(until), s.upTo(from)
	for kind, amount := range before {
		part[kind] -= amount
	}

	return part
}

// last is the last second in which the line is a cost.
func (s *spreading) last() int64 {
	switch {
	case s.closed != 0 && s.end > s.begin:
		return min(s.closed, s.end)
	case s.end > s.begin:
		return s.end - 1
	default:
		return s.begin
	}
}

// first is the first second in which it is.
func (s *spreading) first() int64 {
	if s.closed != 0 && s.end > s.begin {
		return min(s.closed, s.begin)
	}

	return s.begin
}

// givenBack is a term of an order that an unsubscription took back.
type givenBack struct {
	order, resource string
}

// amortized are all lines, spread.
func (w *world) amortized() []spreading {
	b := w.accounts()
	if b.spread != nil {
		return b.spread
	}
	closed := map[givenBack]int64{}
	for _, o := range w.Orders {
		for _, given := range o.Returns {
			if !o.PaymentTime.IsZero() {
				closed[givenBack{given.BaseOrderID, given.ResourceID}] = o.PaymentTime.Unix()
			}
		}
	}
	b.spread = []spreading{}
	for month, lines := range b.months {
		for _, line := range lines {
			s := spreading{billLine: line, month: month, begin: line.consume, end: line.consume}
			if line.mode == modePrepaid && coarse(line.kind) == sumExpenditure && line.expire > line.effective && line.effective != 0 {
				s.begin, s.end = line.effective, line.expire
				if at := closed[givenBack{line.order, line.resource}]; at != 0 && at < s.end {
					s.closed = max(at, line.consume)
				}
			}
			b.spread = append(b.spread, s)
		}
	}

	return b.spread
}

// span is a day or a month of UTC+8.
type span struct {
	name        string
	from, until int64
}

// dayOf is the day of a time.
func dayOf(t time.Time) span {
	year, month, day := t.In(utc8).Date()
	begin := time.Date(year, month, day, 0, 0, 0, 0, utc8)

	return span{begin.Format(time.DateOnly), begin.Unix(), begin.AddDate(0, 0, 1).Unix()}
}

// monthSpan is the month of a time.
func monthSpan(t time.Time) span {
	year, month, _ := t.In(utc8).Date()
	begin := time.Date(year, month, 1, 0, 0, 0, 0, utc8)

	return span{begin.Format("2006-01"), begin.Unix(), begin.AddDate(0, 1, 0).Unix()}
}
