// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "time"

// Package is a resource package: usage that was bought, or given, in advance.
// What is left of it follows from the usage in the bills.
type Package struct {
	OrderInstanceID string `json:"order_instance_id"`
	// OrderID is empty for a gift.
	OrderID     string `json:"order_id,omitempty"`
	ProductID   string `json:"product_id"`
	ProductName string `json:"product_name"`
	// ProjectID is the enterprise project that it is for; empty for all.
	ProjectID       string    `json:"enterprise_project_id,omitempty"`
	EffectiveTime   time.Time `json:"effective_time"`
	ExpireTime      time.Time `json:"expire_time"`
	UnsubscribeTime time.Time `json:"unsubscribe_time,omitzero"`
	ServiceTypeCode string    `json:"service_type_code"`
	// RegionCode is where it can be used; empty for everywhere.
	RegionCode string `json:"region_code,omitempty"`
	Gift       bool   `json:"gift,omitempty"`
	// Cycle is after how long it is filled up: 1 hour, 2 day, 3 week, 4 month, 5
	// year; 0 for never. CycleType is 1 for cycles of the calendar (UTC+8), 2 for
	// cycles from EffectiveTime on.
	Cycle         int               `json:"quota_reuse_cycle,omitempty"`
	CycleType     int               `json:"quota_reuse_cycle_type,omitempty"`
	FreeResources []PackageResource `json:"free_resources"`
}

// PackageResource is what a package has of one type of usage: Amount for each
// cycle, in the unit MeasureID.
type PackageResource struct {
	ID           string `json:"free_resource_id"`
	ResourceType string `json:"resource_type_code"`
	UsageType    string `json:"usage_type_code"`
	Amount       Amount `json:"original_amount"`
	MeasureID    int    `json:"measure_id"`
}

// States of packages.
const (
	packageWaiting      = 0
	packageInEffect     = 1
	packageUsedUp       = 2
	packageExpired      = 3
	packageUnsubscribed = 4
)

// Cycles of packages.
const (
	cycleHour  = 1
	cycleDay   = 2
	cycleWeek  = 3
	cycleMonth = 4
	cycleYear  = 5

	cyclesOfCalendar = 1
	cyclesOfOrder    = 2
)

// packageRetention is how many months after their expiry packages are kept.
const packageRetention = 18

// usable says whether usage at a time can be deducted.
func (p *Package) usable(at time.Time) bool {
	return !at.Before(p.EffectiveTime) && at.Before(p.ExpireTime) && (p.UnsubscribeTime.IsZero() || at.Before(p.UnsubscribeTime))
}

// cycleAt is the cycle that a time is in: all the time of the package if it is
// never filled up.
func (p *Package) cycleAt(at time.Time) (start, end time.Time) {
	if p.Cycle == 0 {
		return p.EffectiveTime, p.ExpireTime
	}
	if p.CycleType == cyclesOfCalendar {
		start = p.calendarStart(at.In(utc8)).UTC()

		return start, p.cycles(start.In(utc8), 1).UTC()
	}
	for n := 1; ; n++ {
		end = p.cycles(p.EffectiveTime, n)
		if end.After(at) {
			return p.cycles(p.EffectiveTime, n-1), end
		}
	}
}

// calendarStart is the start of the cycle of the calendar.
func (p *Package) calendarStart(at time.Time) time.Time {
	year, month, day := at.Date()
	switch p.Cycle {
	case cycleHour:
		return at.Truncate(time.Hour)
	case cycleWeek:
		day -= (int(at.Weekday()) + 6) % 7
	case cycleMonth:
		day = 1
	case cycleYear:
		month, day = time.January, 1
	}

	return time.Date(year, month, day, 0, 0, 0, 0, utc8)
}

// cycles moves a time on by a number of cycles.
func (p *Package) cycles(from time.Time, n int) time.Time {
	switch p.Cycle {
	case cycleHour:
		return from.Add(time.Duration(n) * time.Hour)
	case cycleDay:
		return from.AddDate(0, 0, n)
	case cycleWeek:
		return from.AddDate(0, 0, 7*n)
	case cycleMonth:
		return addMonths(from, n)
	default:
		return addMonths(from, 12*n)
	}
}

// shownAt is the time whose cycle the amounts of a package are about: now, within
// its term.
func (p *Package) shownAt(now time.Time) time.Time {
	if last := p.ExpireTime.Add(-time.Second); now.After(last) {
		now = last
	}
	if now.Before(p.EffectiveTime) {
		return p.EffectiveTime
	}

	return now
}

// packageStatus is the state of a package now. What is filled up again is used up
// only as the setting says.
func (w *world) packageStatus(p *Package, now time.Time) int {
	switch {
	case !p.UnsubscribeTime.IsZero():
		return packageUnsubscribed
	case now.Before(p.EffectiveTime):
		return packageWaiting
	case !now.Before(p.ExpireTime):
		return packageExpired
	case p.Cycle != 0 && w.setting("resettable_used_up") == "in_effect":
		return packageInEffect
	}
	for i := range p.FreeResources {
		if w.left(p, &p.FreeResources[i], now) > 0 {
			return packageInEffect
		}
	}

	return packageUsedUp
}

// left is what a package has left of a resource, in the cycle that it shows.
func (w *world) left(p *Package, r *PackageResource, now time.Time) fine {
	start, _ := p.cycleAt(p.shownAt(now))
	amount, _ := fineOf(r.Amount)

	return amount - w.accounts().deducted[deductedKey{r.ID, start.Unix()}]
}
