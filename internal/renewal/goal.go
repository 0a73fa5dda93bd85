// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"errors"
	"fmt"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Unit is what a term is counted in.
type Unit string

// The units.
const (
	Month Unit = "month"
	Year  Unit = "year"
)

// Discount says whether a discount is chosen.
type Discount string

// The choices.
const (
	DiscountNone Discount = "none"
	// DiscountBest takes the discount that saves most, of those that the order
	// offers.
	DiscountBest Discount = "best"
)

// Goal is a renewal as a user states it.
type Goal struct {
	// ResourceID is a primary resource.
	ResourceID string
	// PaidThrough is the last day that is to be paid, in [bssapi.BillingZone].
	PaidThrough Date
	Unit        Unit
	// MaxAmount bounds what all orders of the goal can charge together, before
	// coupons. Null is accepted by Quote only, for a cap that is not known yet.
	MaxAmount bssapi.Decimal
	// Currency of MaxAmount; empty for whatever the resource is priced in.
	Currency string
	// Discount is DiscountNone where it is empty.
	Discount  Discount
	CouponIDs []string
	// StartsAt is the expiry that the plan stated, as the API writes it; empty
	// where no plan stated one. A resource that ends at another time is not
	// renewed.
	StartsAt string
	// OrderID is the unpaid order that the plan stated will be paid, empty where
	// it stated none. No other order is placed or paid then, and none that shows
	// since is paid.
	OrderID string
	// Quoted is the price that the plan stated, before coupons; null where no plan
	// stated one. What is dearer is not paid, whatever MaxAmount allows.
	Quoted bssapi.Decimal
	// Nothing says that the plan stated that the day is reached, so that nothing
	// may be bought.
	Nothing bool
}

// Date is a day of the billing calendar.
type Date struct{ start time.Time }

// ParseDate reads a day such as 2026-12-31.
func ParseDate(text string) (Date, error) {
	start, err := time.ParseInLocation(time.DateOnly, text, bssapi.BillingZone)
	if err != nil || start.Year() < 2000 {
		return Date{}, fmt.Errorf("%q is not a day such as 2026-12-31", text)
	}

	return Date{start}, nil
}

// dateOf is the day of a point in time.
func dateOf(at time.Time) Date {
	year, month, day := at.In(bssapi.BillingZone).Date()

	return Date{time.Date(year, month, day, 0, 0, 0, 0, bssapi.BillingZone)}
}

func (d Date) String() string { return d.start.Format(time.DateOnly) }

// Before says whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.start.Before(other.start) }

// reachedBy says whether a term that ends at the given time covers the day: it
// ends on that day or later.
func (d Date) reachedBy(expires time.Time) bool { return !dateOf(expires).Before(d) }

// ReachedAt says whether a term that ends at the given time, as the API writes
// it, covers the day.
func (d Date) ReachedAt(expireTime string) bool {
	expires, err := bssapi.ParseTime(expireTime)

	return err == nil && d.reachedBy(expires)
}

// after is where a term ends that starts at the given time.
func after(start time.Time, unit Unit, periods int) time.Time {
	if unit == Year {
		periods *= monthsOfYear
	}

	return bssapi.AddMonths(start, periods)
}

const monthsOfYear = 12

// most is how many periods one order takes.
func (u Unit) most() int {
	return bssapi.MaxRenewalPeriods(u.periodType())
}

func (u Unit) periodType() int {
	if u == Year {
		return bssapi.PeriodTypeYear
	}

	return bssapi.PeriodTypeMonth
}

// count writes a number of periods.
func (u Unit) count(periods int) string {
	if periods == 1 {
		return "1 " + string(u)
	}

	return fmt.Sprintf("%d %ss", periods, u)
}

var errOutOfReach = errors.New("one order cannot reach the day")

// periods is the least number of them that reaches the day from the given end
// of the present term.
func (u Unit) periods(expires time.Time, through Date) (int, error) {
	for periods := 1; periods <= u.most(); periods++ {
		if through.reachedBy(after(expires, u, periods)) {
			return periods, nil
		}
	}

	return 0, errOutOfReach
}

// outOfReach words a day that one order cannot reach, and names what can.
func outOfReach(goal Goal, expires time.Time) error {
	other := map[Unit]Unit{Month: Year, Year: Month}[goal.Unit]
	farthest := dateOf(after(expires, goal.Unit, goal.Unit.most()))

	refusal := &act.Refusal{
		Field:   act.FieldPaidThrough,
		Summary: "One order cannot reach this day",
		Detail: fmt.Sprintf("Resource %s is paid through %s, and one order takes at most %s, which reach %s.",
			goal.ResourceID, dateOf(expires), goal.Unit.count(goal.Unit.most()), farthest),
	}

	if _, err := other.periods(expires, goal.PaidThrough); err == nil {
		refusal.Field = act.FieldPeriodUnit
		refusal.Detail += fmt.Sprintf(" Set period_unit = %q to reach %s with one order.", other, goal.PaidThrough)
	} else {
		refusal.Detail += fmt.Sprintf(" Set paid_through to an earlier day, at most %s", dateOf(after(expires, Year, Year.most())))
		if goal.Unit != Year {
			refusal.Detail += fmt.Sprintf(" with period_unit = %q, or %s as it is", Year, farthest)
		}

		refusal.Detail += ", and raise it once that is reached."
	}

	return refusal
}
