// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"fmt"
	"time"
)

// How the API writes instants and months. It writes days as time.DateOnly.
const (
	// TimeLayout is that of an instant, always in UTC.
	TimeLayout = "2006-01-02T15:04:05Z"
	// MonthLayout is that of a month of bills.
	MonthLayout = "2006-01"
)

const (
	// ClockMargin is how far two readings of the server's clock, which shows
	// whole seconds, may be apart.
	ClockMargin = 5 * time.Second
	// settled is how long the effects of an order may take to show in every
	// answer.
	settled = 24 * time.Hour
)

// BillingZone is the zone of the months and days of bills, and of the ends of
// terms, on every site.
var BillingZone = time.FixedZone("UTC+8", 8*60*60)

// ParseTime reads an instant of an answer. The API writes
// yyyy-MM-ddTHH:mm:ssZ; fractions of a second and an offset are accepted too.
// The result is in UTC.
func ParseTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}

	return time.Time{}, fmt.Errorf("%q is not an instant of the form yyyy-MM-ddTHH:mm:ssZ", s)
}

// formatTime writes an instant as the API wants it, "" for the zero time.
func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}

	return t.UTC().Format(TimeLayout)
}

// AddMonths is the same time on the same day of a later month, or of an earlier one
// for a negative number. If that month has no such day, it is its last: a month from
// 31 January is the last day of February. Days are those of [BillingZone], and the
// result is in UTC. Source: the vendor's questions about renewals.
func AddMonths(start time.Time, months int) time.Time {
	local := start.In(BillingZone)
	year, month, day := local.Date()
	last := time.Date(year, month+time.Month(months)+1, 0, 0, 0, 0, 0, BillingZone)
	hour, minute, second := local.Clock()

	return time.Date(last.Year(), last.Month(), min(day, last.Day()), hour, minute, second, local.Nanosecond(), BillingZone).UTC()
}
