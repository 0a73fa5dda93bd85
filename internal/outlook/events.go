// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package outlook

import (
	"cmp"
	"slices"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Fate is what happens to a resource.
type Fate string

// The fates.
const (
	// Renews: an automatic renewal is deducted.
	Renews Fate = "renews"
	// PayPerUse: it is charged by use from its expiry on.
	PayPerUse Fate = "turns_pay_per_use"
	// Lapses: it expires, and nobody has arranged anything.
	Lapses Fate = "lapses"
	// Expired: it has expired, and still runs, or can be saved.
	Expired Fate = "expired"
	// Frozen: it does not run any more, as it has expired or was frozen before.
	Frozen Fate = "frozen"
	// Unknown: the API does not say, or in a way that nobody knows.
	Unknown Fate = "unknown"
)

// Fates are all of them, the most urgent first.
var Fates = []Fate{Frozen, Expired, Lapses, Unknown, PayPerUse, Renews}

// Lost says whether a resource is lost, or will be, unless somebody acts.
func (f Fate) Lost() bool { return f == Lapses || f == Expired || f == Frozen }

// Event is one thing that happens to a resource.
type Event struct {
	Resource bssapi.Resource
	Fate     Fate
	// At is when: the deduction of a renewal, the expiry of anything else. Zero is
	// not known.
	At time.Time
	// Occurrence counts the renewals of a resource, from 1.
	Occurrence int
	// PeriodType is the unit of the one period that a renewal is for, and
	// PeriodStated says whether the rules name it for this resource.
	PeriodType   int
	PeriodStated bool
	// Through is when the renewed term ends, lengthened by so many days to end on
	// ExpiryDay, and lengthenedFirst is by how many the first of the resource was.
	Through                     time.Time
	lengthened, lengthenedFirst int
	// Overdue is a renewal that should have been deducted before now.
	Overdue bool
	// Amount is what a renewal costs. Reason is why it is null, or why the fate is
	// what it is.
	Amount bssapi.Decimal
	Reason string
}

// Why something is not known.
const (
	reasonNoPolicy  = "the API does not say what happens to the resource at its expiry"
	reasonSuspended = "the resource was frozen before its expiry, and nothing is deducted for it"
	reasonNoExpiry  = "the API does not say when the resource expires"
	reasonLength    = "expiry_day makes this term longer or shorter than the next one, which is the one that the API prices"
	reasonUnpriced  = "prices were not asked for"
)

// Rules are what no call of the API shows.
type Rules struct {
	// DeductionDays is how many days before an expiry its renewal is first deducted,
	// from bssapi.MinDeductionDays to bssapi.MaxDeductionDays.
	DeductionDays int
	// ExpiryDay is the day of the month that renewed terms end on, bssapi.LastExpiryDay
	// for the last, and 0 for the day on which they end by themselves.
	ExpiryDay int
	// PeriodType is the unit of one automatic renewal, bssapi.PeriodTypeMonth or
	// bssapi.PeriodTypeYear, and PeriodTypes that of single resources.
	PeriodType  int
	PeriodTypes map[string]int
}

// Latest is the last expiry that has to be known for all events until a time.
func (r Rules) Latest(until time.Time) time.Time { return until.AddDate(0, 0, r.DeductionDays+1) }

// Events are what happens to resources from a time until another, in the order of
// time. What has expired before, or is frozen, is always among them, as is what the
// API does not say enough about.
func (r Rules) Events(resources []bssapi.Resource, from, until time.Time) []Event {
	var all []Event

	for _, resource := range resources {
		all = append(all, r.eventsOf(resource, from, until)...)
	}

	slices.SortFunc(all, func(a, b Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Resource.ResourceID, b.Resource.ResourceID))
	})

	return all
}

func (r Rules) eventsOf(resource bssapi.Resource, from, until time.Time) []Event {
	expires, err := bssapi.ParseTime(resource.ExpireTime)
	if err != nil {
		return []Event{{Resource: resource, Fate: Unknown, Reason: reasonNoExpiry}}
	}

	event := Event{Resource: resource, At: expires, Fate: fateOf(resource)}
	if resource.Status == bssapi.ResourceStatusFrozen && expires.After(from) {
		event.Fate, event.Reason = Frozen, reasonSuspended
	}

	switch event.Fate {
	case Renews:
		return r.renewals(event, from, until)
	case Expired, Frozen:
		return []Event{event}
	case Unknown:
		event.Reason = reasonNoPolicy
	case Lapses, PayPerUse:
	}

	if expires.After(until) {
		return nil
	}

	return []Event{event}
}

// Since are the events without the renewals that are deducted before a time.
func Since(events []Event, begin time.Time) []Event {
	return slices.DeleteFunc(slices.Clone(events), func(event Event) bool { return event.Fate == Renews && event.At.Before(begin) })
}

func fateOf(resource bssapi.Resource) Fate {
	if resource.ExpirePolicy != nil && bssapi.ExpirePolicy(*resource.ExpirePolicy) == bssapi.ExpirePolicyAutoRenew {
		return Renews
	}

	switch resource.Status {
	case bssapi.ResourceStatusFrozen:
		return Frozen
	case bssapi.ResourceStatusExpired:
		return Expired
	case bssapi.ResourceStatusInUse, bssapi.ResourceStatusClosed:
	}

	if resource.ExpirePolicy == nil {
		return Unknown
	}

	switch bssapi.ExpirePolicy(*resource.ExpirePolicy) {
	case bssapi.ExpirePolicyPayPerUse:
		return PayPerUse
	case bssapi.ExpirePolicyGracePeriod, bssapi.ExpirePolicyDelete, bssapi.ExpirePolicyFreeze, bssapi.ExpirePolicyDeleteAfterKeeping:
		return Lapses
	case bssapi.ExpirePolicyAutoRenew:
		return Renews
	default:
		return Unknown
	}
}

// renewals are the deductions of one resource until a time. One that should have been
// made is tried again at the next hour of deductions.
func (r Rules) renewals(first Event, from, until time.Time) []Event {
	first.PeriodType, first.PeriodStated = r.periodOf(first.Resource.ResourceID)

	var all []Event

	expires, after := first.At, from

	for occurrence := 1; ; occurrence++ {
		event := first
		event.Occurrence = occurrence
		event.At = r.deduction(expires)

		if !event.At.After(after) {
			event.At, event.Overdue = nextDeduction(after), occurrence == 1
		}

		if event.At.After(until) {
			return all
		}

		event.Through, event.lengthened = r.renewed(expires, event.PeriodType)
		if occurrence == 1 {
			first.lengthenedFirst = event.lengthened
		}

		event.lengthenedFirst = first.lengthenedFirst
		all = append(all, event)
		expires, after = event.Through, event.At
	}
}

func (r Rules) periodOf(resourceID string) (periodType int, stated bool) {
	if periodType, stated := r.PeriodTypes[resourceID]; stated {
		return periodType, true
	}

	return r.PeriodType, false
}

// deductionHour is when renewals are deducted, in UTC+8.
const deductionHour = 3

// deduction is when the renewal of what expires then is first deducted.
func (r Rules) deduction(expires time.Time) time.Time {
	year, month, day := expires.In(bssapi.BillingZone).Date()

	return time.Date(year, month, day-r.DeductionDays, deductionHour, 0, 0, 0, bssapi.BillingZone).UTC()
}

// nextDeduction is the first hour of deductions after a time.
func nextDeduction(after time.Time) time.Time {
	year, month, day := after.In(bssapi.BillingZone).Date()

	at := time.Date(year, month, day, deductionHour, 0, 0, 0, bssapi.BillingZone)
	if !at.After(after) {
		at = at.AddDate(0, 0, 1)
	}

	return at.UTC()
}

const monthsOfYear = 12

// renewed is where the term ends that one period from the given end makes, and by how
// many days it is lengthened to end on ExpiryDay.
func (r Rules) renewed(expires time.Time, periodType int) (end time.Time, lengthened int) {
	months := 1
	if periodType == bssapi.PeriodTypeYear {
		months = monthsOfYear
	}

	end = bssapi.AddMonths(expires, months).In(bssapi.BillingZone)

	if r.ExpiryDay != 0 {
		for ; !r.isExpiryDay(end); lengthened++ {
			end = end.AddDate(0, 0, 1)
		}
	}

	return end.UTC(), lengthened
}

func (r Rules) isExpiryDay(end time.Time) bool {
	if r.ExpiryDay == bssapi.LastExpiryDay {
		return end.AddDate(0, 0, 1).Day() == 1
	}

	return end.Day() == r.ExpiryDay
}
