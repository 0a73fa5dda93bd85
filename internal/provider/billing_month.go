// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// clockMonths is how far this machine's clock may be from that of the API
// before an answer has told the difference.
const clockMonths = 12

var (
	isBillingMonth validator.String = dated{bssapi.MonthLayout, "a month of the form YYYY-MM", "2026-01"}
	isBillingDay   validator.String = dated{time.DateOnly, "a day of the form YYYY-MM-DD", "2026-01-31"}
)

// billingMonths is an inclusive range of months, each as its first instant in
// UTC.
type billingMonths struct{ begin, end time.Time }

// monthsKept is how many months back something can be read.
type monthsKept struct {
	months int
	// words are the time, and what the kept things are.
	words, of string
}

var (
	billsKept      = monthsKept{bssapi.BillMonthsKept, "three years", "Bills are kept for three years"}
	breakdownsKept = monthsKept{bssapi.BreakdownMonthsKept, "18 months", "Costs are broken down for the last 18 months"}
)

// cycles are the months in ascending order, as the API writes them.
func (m billingMonths) cycles() []string {
	months := []string{}
	for month := m.begin; !month.After(m.end); month = month.AddDate(0, 1, 0) {
		months = append(months, month.Format(bssapi.MonthLayout))
	}

	return months
}

// final says whether the bills of all months are settled: those of a month are at
// noon (UTC+8) of the fourth day of the next.
func (m billingMonths) final(at time.Time) bool {
	return !at.Before(time.Date(m.end.Year(), m.end.Month()+1, 4, 12, 0, 0, 0, bssapi.BillingZone))
}

// check refuses a range that no bill can answer.
func (m billingMonths) check(kept monthsKept) diag.Diagnostics {
	var diags diag.Diagnostics

	switch {
	case m.end.Before(m.begin):
		diags.AddAttributeError(path.Root("month_end"), "Range ends before it begins",
			fmt.Sprintf("The last month, %s, is before the first, %s.", m.end.Format(bssapi.MonthLayout), m.begin.Format(bssapi.MonthLayout)))
	case m.end.After(m.begin.AddDate(0, kept.months, -1)):
		diags.AddAttributeError(path.Root("month_end"), "Range is too long",
			fmt.Sprintf("From %s to %s is more than %s. %s.",
				m.begin.Format(bssapi.MonthLayout), m.end.Format(bssapi.MonthLayout), kept.words, kept.of))
	}

	return diags
}

// notBegun is the error of a period, in a layout, that is not there yet.
func notBegun(argument, what, layout string, period, now time.Time) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(argument), what+" is in the future",
		fmt.Sprintf("%s has not begun. In UTC+8, the time zone of bills, it is %s now.",
			period.Format(layout), now.In(bssapi.BillingZone).Format(layout)))
}

// checkNow refuses months that have not begun, or whose bills are gone. The
// clock may be off by slack months.
func (m billingMonths) checkNow(now time.Time, slack int, kept monthsKept) diag.Diagnostics {
	var diags diag.Diagnostics

	now = now.In(bssapi.BillingZone)
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)

	if oldest := month.AddDate(0, -kept.months, 0); m.begin.Before(oldest.AddDate(0, -slack, 0)) {
		diags.AddAttributeError(path.Root("month_begin"), "Month is too long ago",
			fmt.Sprintf("%s; the oldest is of %s, and %s is before it.",
				kept.of, oldest.Format(bssapi.MonthLayout), m.begin.Format(bssapi.MonthLayout)))
	}

	latest := month.AddDate(0, slack, 0)

	switch {
	case m.begin.After(latest):
		diags.Append(notBegun("month_begin", "Month", bssapi.MonthLayout, m.begin, now))
	case m.end.After(latest):
		diags.Append(notBegun("month_end", "Month", bssapi.MonthLayout, m.end, now))
	}

	return diags
}
