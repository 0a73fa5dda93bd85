// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()

	instant, err := bssapi.ParseTime(text)
	if err != nil {
		t.Fatal(err)
	}

	return instant
}

func day(t *testing.T, text string) Date {
	t.Helper()

	date, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}

	return date
}

// TestParseDate: a day is written in one way, and none is too old to be meant.
func TestParseDate(t *testing.T) {
	t.Parallel()

	for text, good := range map[string]bool{
		"2026-12-31": true, "2000-01-01": true, "2028-02-29": true, "1999-12-31": false, "2027-02-29": false, "2026-12-31T00:00:00Z": false,
		"31.12.2026": false, "": false,
	} {
		date, err := ParseDate(text)
		if (err == nil) != good || good && date.String() != text || !good && !strings.Contains(fmt.Sprint(err), "2026-12-31") {
			t.Errorf("%q: %s, %v", text, date, err)
		}
	}
}

// TestReachedAt: a term covers the day on which it ends, by the billing calendar.
func TestReachedAt(t *testing.T) {
	t.Parallel()

	for expires, want := range map[string]bool{
		"2027-01-30T15:59:59Z": false, "2027-01-30T16:00:00Z": true, "2027-01-31T15:59:59Z": true, "2027-02-01T00:00:00Z": true,
		"2027-01-31": false, "": false,
	} {
		if got := day(t, "2027-01-31").ReachedAt(expires); got != want {
			t.Errorf("%q covers the day: %t, want %t", expires, got, want)
		}
	}

	if d := day(t, "2027-01-31"); d.Before(d) || !d.Before(day(t, "2027-02-01")) || d.Before(day(t, "2027-01-30")) {
		t.Error("days are not in order")
	}
}

// TestAfter: a term ends on the same day of a later month, or on its last.
func TestAfter(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		start   string
		unit    Unit
		periods int
		want    string
	}{
		"no period":         {"2027-01-31T15:59:59Z", Month, 0, "2027-01-31T15:59:59Z"},
		"31 January":        {"2027-01-31T15:59:59Z", Month, 1, "2027-02-28T15:59:59Z"},
		"31 January, leap":  {"2028-01-31T15:59:59Z", Month, 1, "2028-02-29T15:59:59Z"},
		"two months":        {"2027-01-31T15:59:59Z", Month, 2, "2027-03-31T15:59:59Z"},
		"28 February":       {"2027-02-28T15:59:59Z", Month, 1, "2027-03-28T15:59:59Z"},
		"over the new year": {"2027-11-30T15:59:59Z", Month, 3, "2028-02-29T15:59:59Z"},
		"29 February, year": {"2028-02-29T15:59:59Z", Year, 1, "2029-02-28T15:59:59Z"},
		"three years":       {"2027-01-31T15:59:59Z", Year, 3, "2030-01-31T15:59:59Z"},
		// The next day has begun in the billing calendar, which is the 1st.
		"the second after": {"2027-01-31T16:00:00Z", Month, 1, "2027-02-28T16:00:00Z"},
	} {
		if got := after(at(t, test.start), test.unit, test.periods); !got.Equal(at(t, test.want)) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// TestPeriods: the fewest periods that reach the day are taken, as many as one
// order takes.
func TestPeriods(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		unit Unit
		day  string
		want int
	}{
		"the next day":    {Month, "2027-02-01", 1},
		"the last day":    {Month, "2027-02-28", 1},
		"a day after":     {Month, "2027-03-01", 2},
		"eleven":          {Month, "2027-12-31", 11},
		"more":            {Month, "2028-01-01", 0},
		"a year":          {Year, "2027-02-01", 1},
		"three years":     {Year, "2030-01-31", 3},
		"more than these": {Year, "2030-02-01", 0},
	} {
		got, err := test.unit.periods(at(t, "2027-01-31T15:59:59Z"), day(t, test.day))
		if got != test.want || errors.Is(err, errOutOfReach) != (test.want == 0) {
			t.Errorf("%s: %d, %v, want %d", name, got, err, test.want)
		}
	}
}

// TestOutOfReach: what cannot be reached is refused at the argument that can be
// changed, with the value to set.
func TestOutOfReach(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		unit  Unit
		day   string
		field act.Field
		says  []string
	}{
		"years can": {Month, "2028-01-01", act.FieldPeriodUnit, []string{
			"paid through 2027-01-31", "at most 11 months, which reach 2027-12-31", `period_unit = "year" to reach 2028-01-01`,
		}},
		"none can, months": {Month, "2030-02-01", act.FieldPaidThrough, []string{"at most 11 months", `at most 2030-01-31 with period_unit = "year"`, " as it is, and raise it"}},
		"none can, years": {
			Year, "2030-02-01", act.FieldPaidThrough, []string{"at most 3 years, which reach 2030-01-31", "at most 2030-01-31"},
		},
	} {
		var refusal *act.Refusal

		err := outOfReach(Goal{ResourceID: "server", Unit: test.unit, PaidThrough: day(t, test.day)}, at(t, "2027-01-31T15:59:59Z"))
		if !errors.As(err, &refusal) || refusal.Field != test.field || refusal.Summary != "One order cannot reach this day" {
			t.Errorf("%s: %v", name, err)
		}

		for _, words := range test.says {
			if !strings.Contains(fmt.Sprint(err), words) {
				t.Errorf("%s does not say %q: %v", name, words, err)
			}
		}
	}
}
