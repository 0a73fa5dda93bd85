// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"container/heap"
	"time"
)

// How long an expired resource goes on (the grace period), and how long it is
// kept frozen after that (the retention period).
const (
	gracePeriod     = 15 * 24 * time.Hour
	retentionPeriod = 15 * 24 * time.Hour
)

// deductionHour is when deductions are tried, in UTC+8.
const deductionHour = 3

var utc8 = time.FixedZone("UTC+8", 8*60*60)

// firstDeduction is when the renewal of what expires then is first tried.
func (w *world) firstDeduction(expire time.Time) time.Time {
	year, month, day := expire.In(utc8).Date()

	return time.Date(year, month, day-w.deductionDays(), deductionHour, 0, 0, 0, utc8).UTC()
}

// nextDeduction is the first hour of deductions after a time.
func nextDeduction(after time.Time) time.Time {
	year, month, day := after.In(utc8).Date()
	at := time.Date(year, month, day, deductionHour, 0, 0, 0, utc8)
	if !at.After(after) {
		at = at.AddDate(0, 0, 1)
	}

	return at.UTC()
}

// deductionTime is when the next deduction for a resource is due, zero for
// never. Attached resources are renewed with their primary one.
func (w *world) deductionTime(r *Resource) time.Time {
	a := r.AutoRenew
	if !a.On || w.primary(r) != r || r.Status == resourceClosed || r.Suspended || r.ExpireTime.IsZero() {
		return time.Time{}
	}
	first := w.firstDeduction(r.ExpireTime)
	if !a.Tried.Before(first) {
		return nextDeduction(a.Tried)
	}
	// What would have been tried before somebody asked for it is tried then.
	for _, since := range []time.Time{a.Since, w.DeductionDaysSince} {
		if since.After(first) {
			first = since
		}
	}

	return first
}

// lapseTime is when a resource takes the next step from use to closure, zero
// for never.
func (r *Resource) lapseTime() time.Time {
	switch {
	case r.ExpireTime.IsZero() || r.Status == resourceClosed:
		return time.Time{}
	case r.Status == resourceExpired:
		return r.ExpireTime.Add(gracePeriod)
	case r.Status == resourceFrozen && r.ExpirePolicy == policyDeleteLater:
		return r.ExpireTime.Add(retentionPeriod)
	case r.Status == resourceFrozen:
		return r.ExpireTime.Add(gracePeriod + retentionPeriod)
	default:
		return r.ExpireTime
	}
}

// lapse takes the step that is due at lapseTime.
func (w *world) lapse(r *Resource) {
	w.changeResource(r)
	switch {
	case r.Status == resourceFrozen:
		r.Status = resourceClosed
	case r.Status == resourceExpired:
		r.Status = resourceFrozen
	case r.ExpirePolicy == policyPayPerUse:
		r.Status = resourceClosed
		w.becomePayPerUse(r, r.ExpireTime)
	case r.ExpirePolicy == policyDelete:
		r.Status = resourceClosed
	case r.ExpirePolicy == policyFreeze, r.ExpirePolicy == policyDeleteLater:
		r.Status = resourceFrozen
	default:
		r.Status = resourceExpired
	}
}

// event is what time does to a resource next.
type event struct {
	at       time.Time
	position int
	deducts  bool
}

func (w *world) nextEvent(position int) (event, bool) {
	r := w.Resources[position]
	lapse, deduction := r.lapseTime(), w.deductionTime(r)
	switch {
	case !deduction.IsZero() && !lapse.Before(deduction):
		return event{at: deduction, position: position, deducts: true}, true
	case !lapse.IsZero():
		return event{at: lapse, position: position}, true
	default:
		return event{}, false
	}
}

// events is a heap: earliest first, then in the order of the resources.
type events []event

func (e events) Len() int      { return len(e) }
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e events) Less(i, j int) bool {
	if !e[i].at.Equal(e[j].at) {
		return e[i].at.Before(e[j].at)
	}

	return e[i].position < e[j].position
}

// Push is for the heap.
func (e *events) Push(x any) {
	if pushed, ok := x.(event); ok {
		*e = append(*e, pushed)
	}
}

// Pop is for the heap.
func (e *events) Pop() any {
	last := len(*e) - 1
	popped := (*e)[last]
	*e = (*e)[:last]

	return popped
}

// settleResources carries out the deductions and expiries that are due, in the
// order of time, each at its own time. It remembers until when nothing more is
// due.
func (w *world) settleResources() {
	now := w.clock.now()
	if now.Before(w.quietUntil) {
		return
	}
	var due events
	quiet := now.AddDate(1, 0, 0)
	for position := range w.Resources {
		next, expected := w.nextEvent(position)
		switch {
		case !expected:
		case !next.at.After(now):
			due = append(due, next)
		case next.at.Before(quiet):
			quiet = next.at
		}
	}
	if len(due) == 0 {
		w.quietUntil = quiet

		return
	}
	heap.Init(&due)
	for len(due) > 0 {
		popped, _ := heap.Pop(&due).(event)
		// An event of another resource may have changed which is next.
		if next, expected := w.nextEvent(popped.position); expected && next == popped {
			w.clock.hold(popped.at)
			if r := w.Resources[popped.position]; popped.deducts {
				w.deduct(r)
			} else {
				w.lapse(r)
			}
			w.clock.release()
		}
		if next, expected := w.nextEvent(popped.position); expected && !next.at.After(now) {
			heap.Push(&due, next)
		}
	}
}
