// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package outlook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/outlook"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()

	parsed, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}

	return parsed
}

func decimal(t *testing.T, text string) bssapi.Decimal {
	t.Helper()

	parsed, err := bssapi.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}

	return parsed
}

func resource(status bssapi.ResourceStatus, policy int, expires string) bssapi.Resource {
	one := bssapi.Resource{ResourceID: "server", Status: status, ExpireTime: expires}
	if policy >= 0 {
		one.ExpirePolicy = &policy
	}

	return one
}

// lines are events as a person would note them.
func lines(events []outlook.Event) []string {
	all := []string{}

	for _, event := range events {
		line := fmt.Sprintf("%s %s", event.At.Format(time.RFC3339), event.Fate)
		if event.At.IsZero() {
			line = "? " + string(event.Fate)
		}

		if event.Fate == outlook.Renews {
			line += fmt.Sprintf(" %d through %s", event.Occurrence, event.Through.Format(time.RFC3339))
		}

		if event.Overdue {
			line += " overdue"
		}

		all = append(all, line)
	}

	return all
}

var months = outlook.Rules{DeductionDays: 7, PeriodType: bssapi.PeriodTypeMonth}

func TestEvents(t *testing.T) {
	t.Parallel()

	years, late, unified, last := months, months, months, months
	years.PeriodType, late.DeductionDays, unified.ExpiryDay, last.ExpiryDay = bssapi.PeriodTypeYear, 2, 28, bssapi.LastExpiryDay
	single := months
	single.PeriodTypes = map[string]int{"server": bssapi.PeriodTypeYear}

	const inUse, frozen, expired = bssapi.ResourceStatusInUse, bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired

	// From noon (UTC+8) of 1 January, for sixty days.
	from, until := at(t, "2026-01-01T04:00:00Z"), at(t, "2026-03-02T04:00:00Z")

	for name, test := range map[string]struct {
		rules    outlook.Rules
		resource bssapi.Resource
		want     []string
	}{
		"renews twice": {months, resource(inUse, 3, "2026-01-31T15:59:59Z"), []string{
			"2026-01-23T19:00:00Z renews 1 through 2026-02-28T15:59:59Z", "2026-02-20T19:00:00Z renews 2 through 2026-03-28T15:59:59Z",
		}},
		"renews for a year": {years, resource(inUse, 3, "2026-01-31T15:59:59Z"), []string{
			"2026-01-23T19:00:00Z renews 1 through 2027-01-31T15:59:59Z",
		}},
		"a year of its own": {single, resource(inUse, 3, "2026-01-31T15:59:59Z"), []string{
			"2026-01-23T19:00:00Z renews 1 through 2027-01-31T15:59:59Z",
		}},
		"deducted late": {late, resource(inUse, 3, "2026-02-10T15:59:59Z"), []string{
			"2026-02-07T19:00:00Z renews 1 through 2026-03-10T15:59:59Z",
		}},
		"on to a day": {unified, resource(inUse, 3, "2026-02-10T15:59:59Z"), []string{
			"2026-02-02T19:00:00Z renews 1 through 2026-03-28T15:59:59Z",
		}},
		"on to the last day": {last, resource(inUse, 3, "2026-02-10T15:59:59Z"), []string{
			"2026-02-02T19:00:00Z renews 1 through 2026-03-31T15:59:59Z",
		}},
		"charged in the days": {months, resource(inUse, 3, "2026-03-08T15:59:59Z"), []string{
			"2026-02-28T19:00:00Z renews 1 through 2026-04-08T15:59:59Z",
		}},
		"charged after them": {months, resource(inUse, 3, "2026-03-10T15:59:59Z"), []string{}},
		"should be charged": {months, resource(inUse, 3, "2026-01-03T15:59:59Z"), []string{
			"2026-01-01T19:00:00Z renews 1 through 2026-02-03T15:59:59Z overdue",
			"2026-01-26T19:00:00Z renews 2 through 2026-03-03T15:59:59Z",
			"2026-02-23T19:00:00Z renews 3 through 2026-04-03T15:59:59Z",
		}},
		"expired and renews": {years, resource(expired, 3, "2025-12-30T15:59:59Z"), []string{
			"2026-01-01T19:00:00Z renews 1 through 2026-12-30T15:59:59Z overdue",
		}},
		"frozen and renews": {years, resource(frozen, 3, "2025-12-10T15:59:59Z"), []string{
			"2026-01-01T19:00:00Z renews 1 through 2026-12-10T15:59:59Z overdue",
		}},
		"frozen in its term": {years, resource(frozen, 3, "2026-12-10T15:59:59Z"), []string{"2026-12-10T15:59:59Z frozen"}},
		"lapses":             {months, resource(inUse, 0, "2026-01-31T15:59:59Z"), []string{"2026-01-31T15:59:59Z lapses"}},
		"is deleted":         {months, resource(inUse, 2, "2026-01-31T15:59:59Z"), []string{"2026-01-31T15:59:59Z lapses"}},
		"is frozen then":     {months, resource(inUse, 4, "2026-01-31T15:59:59Z"), []string{"2026-01-31T15:59:59Z lapses"}},
		"is deleted later":   {months, resource(inUse, 5, "2026-01-31T15:59:59Z"), []string{"2026-01-31T15:59:59Z lapses"}},
		"lapses after them":  {months, resource(inUse, 0, "2026-03-02T15:59:59Z"), []string{}},
		"turns pay-per-use": {months, resource(inUse, 1, "2026-01-31T15:59:59Z"), []string{
			"2026-01-31T15:59:59Z turns_pay_per_use",
		}},
		"expired":               {months, resource(expired, 0, "2025-12-30T15:59:59Z"), []string{"2025-12-30T15:59:59Z expired"}},
		"frozen":                {months, resource(frozen, 0, "2025-12-01T15:59:59Z"), []string{"2025-12-01T15:59:59Z frozen"}},
		"no policy":             {months, resource(inUse, -1, "2026-01-31T15:59:59Z"), []string{"2026-01-31T15:59:59Z unknown"}},
		"a policy nobody knows": {months, resource(inUse, 9, "2026-01-31T15:59:59Z"), []string{"2026-01-31T15:59:59Z unknown"}},
		"no expiry":             {months, resource(inUse, 3, ""), []string{"? unknown"}},
	} {
		if diff := cmp.Diff(test.want, lines(test.rules.Events([]bssapi.Resource{test.resource}, from, until))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestDeductionHour: at three o'clock itself, a deduction has been tried.
func TestDeductionHour(t *testing.T) {
	t.Parallel()

	for from, want := range map[string]string{
		"2026-01-23T18:59:59Z": "2026-01-23T19:00:00Z renews 1 through 2026-02-28T15:59:59Z",
		"2026-01-23T19:00:00Z": "2026-01-24T19:00:00Z renews 1 through 2026-02-28T15:59:59Z overdue",
		"2026-01-24T03:00:00Z": "2026-01-24T19:00:00Z renews 1 through 2026-02-28T15:59:59Z overdue",
	} {
		begin := at(t, from)
		renewing := []bssapi.Resource{resource(bssapi.ResourceStatusInUse, 3, "2026-01-31T15:59:59Z")}
		events := months.Events(renewing, begin, begin.AddDate(0, 0, 5))

		if diff := cmp.Diff([]string{want}, lines(events)); diff != "" {
			t.Errorf("from %s: %s", from, diff)
		}
	}
}

func TestPrice(t *testing.T) {
	t.Parallel()

	from, until := at(t, "2026-01-01T04:00:00Z"), at(t, "2026-03-02T04:00:00Z")
	renewing := resource(bssapi.ResourceStatusInUse, 3, "2026-01-31T15:59:59Z")
	unified, aligned, last := months, months, months
	unified.ExpiryDay, aligned.ExpiryDay, last.ExpiryDay = 5, 28, bssapi.LastExpiryDay

	for name, test := range map[string]struct {
		rules   outlook.Rules
		quotes  map[string]outlook.Quote
		sum     string
		missing []string
	}{
		"each term costs the same": {months, map[string]outlook.Quote{"server": {Amount: decimal(t, "10.10")}}, "20.20", nil},
		"the term is longer once": {unified, map[string]outlook.Quote{"server": {Amount: decimal(t, "17")}}, "17", []string{
			"expiry_day",
		}},
		// From 28 February, a month ends three days before the last day of March.
		"the term is longer later": {last, map[string]outlook.Quote{"server": {Amount: decimal(t, "17")}}, "17", []string{
			"expiry_day",
		}},
		"the day is its own already": {aligned, map[string]outlook.Quote{"server": {Amount: decimal(t, "17")}}, "34", nil},
		"no price": {months, map[string]outlook.Quote{"server": {Reason: "in an unpaid order"}}, "0", []string{
			"in an unpaid order: server",
		}},
		"prices were not asked for":   {months, nil, "0", []string{"not asked for"}},
		"what has no price is no sum": {months, map[string]outlook.Quote{}, "0", []string{"not asked for"}},
	} {
		events := test.rules.Events([]bssapi.Resource{renewing}, from, until)
		outlook.Price(events, test.quotes)

		sum, complete := outlook.Sum(events)
		missing := outlook.Missing(events)

		matches := slices.EqualFunc(missing, test.missing, func(have, want string) bool { return strings.Contains(have, want) })
		if sum.Cmp(decimal(t, test.sum)) != 0 || complete != (len(test.missing) == 0) || !matches {
			t.Errorf("%s: %s, complete %t, missing %q", name, sum, complete, missing)
		}
	}
}

// TestSince: of what renews, only what is charged from then on is left, and that at its
// own time.
func TestSince(t *testing.T) {
	t.Parallel()

	from, until := at(t, "2026-01-01T04:00:00Z"), at(t, "2026-03-02T04:00:00Z")
	lapsed := resource(bssapi.ResourceStatusExpired, 0, "2025-12-30T15:59:59Z")
	events := months.Events([]bssapi.Resource{resource(bssapi.ResourceStatusInUse, 3, "2026-01-31T15:59:59Z"), lapsed}, from, until)

	for begin, want := range map[string][]string{
		"2026-01-23T19:00:00Z": {
			"2025-12-30T15:59:59Z expired", "2026-01-23T19:00:00Z renews 1 through 2026-02-28T15:59:59Z",
			"2026-02-20T19:00:00Z renews 2 through 2026-03-28T15:59:59Z",
		},
		"2026-01-23T19:00:01Z": {"2025-12-30T15:59:59Z expired", "2026-02-20T19:00:00Z renews 2 through 2026-03-28T15:59:59Z"},
		"2026-03-01T00:00:00Z": {"2025-12-30T15:59:59Z expired"},
	} {
		if diff := cmp.Diff(want, lines(outlook.Since(events, at(t, begin)))); diff != "" {
			t.Errorf("since %s: %s", begin, diff)
		}
	}

	if len(events) != 3 {
		t.Errorf("the events themselves are %v", lines(events))
	}
}

func TestMissingNamesTen(t *testing.T) {
	t.Parallel()

	var resources []bssapi.Resource

	for i := range 12 {
		one := resource(bssapi.ResourceStatusInUse, -1, "2026-01-31T15:59:59Z")
		one.ResourceID = fmt.Sprintf("r%02d", i)
		resources = append(resources, one)
	}

	missing := outlook.Missing(months.Events(resources, at(t, "2026-01-01T04:00:00Z"), at(t, "2026-03-02T04:00:00Z")))
	if len(missing) != 1 || !strings.HasSuffix(missing[0], "r09 and 2 more") {
		t.Errorf("%q", missing)
	}
}

func TestCover(t *testing.T) {
	t.Parallel()

	from, until := at(t, "2026-01-01T04:00:00Z"), at(t, "2026-03-02T04:00:00Z")
	events := months.Events([]bssapi.Resource{resource(bssapi.ResourceStatusInUse, 3, "2026-01-31T15:59:59Z")}, from, until)
	outlook.Price(events, map[string]outlook.Quote{"server": {Amount: decimal(t, "10")}})

	for funds, want := range map[string]struct{ short, first string }{
		"20": {"0", ""}, "19.99": {"0.01", "2026-02-20T19:00:00Z"}, "9.99": {"10.01", "2026-01-23T19:00:00Z"},
		"-5": {"25", "2026-01-23T19:00:00Z"},
	} {
		coverage := outlook.Cover(events, decimal(t, funds))

		first := ""
		if !coverage.FirstShort.IsZero() {
			first = coverage.FirstShort.Format(time.RFC3339)
		}

		if coverage.Short.Cmp(decimal(t, want.short)) != 0 || first != want.first {
			t.Errorf("of %s, %s is missing, first at %q", funds, coverage.Short, first)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()

	none := bssapi.Decimal{}

	for name, test := range map[string]struct {
		terms             outlook.Terms
		hours             string
		cheapest          outlook.Way
		byUse, year       string
		evenMonth, evenYr string
	}{
		"used little": {
			outlook.Terms{Hour: decimal(t, "0.1"), Month: decimal(t, "50"), Year: decimal(t, "500")}, "100", outlook.ByUse, "10.000000", "41.666667",
			"500.00", "416.67",
		},
		"used always": {
			outlook.Terms{Hour: decimal(t, "0.1"), Month: decimal(t, "50"), Year: decimal(t, "500")}, "730", outlook.ByYear, "73.000000",
			"41.666667", "500.00", "416.67",
		},
		"as on the page": {
			outlook.Terms{Hour: decimal(t, "0.061"), Month: decimal(t, "30.4"), Year: decimal(t, "304")}, "200", outlook.ByUse, "12.200000",
			"25.333333", "498.37", "415.31",
		},
		"even": {
			outlook.Terms{Hour: decimal(t, "0.1"), Month: decimal(t, "50"), Year: decimal(t, "600")}, "500", outlook.ByUse, "50.000000", "50.000000",
			"500.00", "500.00",
		},
		"not sold by the year": {
			outlook.Terms{Hour: decimal(t, "0.3"), Month: decimal(t, "50")}, "730", outlook.ByMonth, "219.000000", "", "166.67", "",
		},
		"not sold by use": {outlook.Terms{Month: decimal(t, "50"), Year: none}, "730", outlook.ByMonth, "", "", "", ""},
		"free by use":     {outlook.Terms{Hour: decimal(t, "0"), Month: decimal(t, "50")}, "730", outlook.ByUse, "0.000000", "", "", ""},
		"not sold":        {outlook.Terms{}, "730", "", "", "", "", ""},
	} {
		monthly := test.terms.Monthly(decimal(t, test.hours))
		have := []string{
			string(test.terms.Cheapest(decimal(t, test.hours))), monthly[outlook.ByUse].String(), monthly[outlook.ByYear].String(),
			test.terms.BreakEven(outlook.ByMonth).String(), test.terms.BreakEven(outlook.ByYear).String(),
		}

		if diff := cmp.Diff([]string{string(test.cheapest), test.byUse, test.year, test.evenMonth, test.evenYr}, have); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestSpent recomputes what a month is expected to cost by hand.
func TestSpent(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		days, counted                 int
		booked, used, later, renewals string
		actual, run, expected         string
	}{
		"nothing":                  {30, 10, "", "", "", "0", "0", "0", "0"},
		"no day counts":            {30, 0, "5", "", "3", "7", "8", "", "15"},
		"as on the page":           {30, 13, "100", "130", "8", "125", "238", "170", "525"},
		"pay-per-use alone runs":   {30, 10, "100", "20", "", "50", "120", "40", "210"},
		"of the run, some is here": {30, 10, "100", "20", "4", "50", "124", "40", "210"},
		"more is here than runs":   {30, 29, "0", "29", "4", "0", "33", "1", "33"},
		"rounded to the eighth":    {31, 3, "0", "0.00000001", "", "0", "0.00000001", "0.00000009", "0.0000001"},
		"half away from zero":      {30, 20, "0", "0.00000003", "", "0", "0.00000003", "0.00000002", "0.00000005"},
		"more came back than went": {30, 10, "0", "-3", "", "0", "-3", "-6", "-3"},
		"the month is over":        {30, 30, "100", "20", "", "0", "120", "0", "120"},
		"renewals are not known":   {30, 15, "100", "20", "", "", "120", "20", "140"},
	} {
		spent := outlook.Spent{
			Days: test.days, Counted: test.counted, Booked: decimal(t, test.booked), Used: decimal(t, test.used), Later: decimal(t, test.later),
		}

		for what, pair := range map[string][2]bssapi.Decimal{
			"actual": {spent.Actual(), decimal(t, test.actual)}, "run": {spent.Run(), decimal(t, test.run)},
			"expected": {spent.Expected(decimal(t, test.renewals)), decimal(t, test.expected)},
		} {
			if !pair[0].Equal(pair[1]) {
				t.Errorf("%s: %s is %s, want %s", name, what, pair[0], pair[1])
			}
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()

	for _, test := range []struct{ amount, budget, percent string }{
		{"50", "200", "25"}, {"1", "3", "33.33"}, {"2", "3", "66.67"}, {"0.00005", "1", "0.01"}, {"-0.00005", "1", "-0.01"}, {"1", "0", ""},
	} {
		if got := outlook.Percent(decimal(t, test.amount), decimal(t, test.budget)); !got.Equal(decimal(t, test.percent)) {
			t.Errorf("%s of %s is %s percent, want %s", test.amount, test.budget, got, test.percent)
		}
	}

	// Rounded, both are 80 percent.
	if outlook.Passes(decimal(t, "80"), decimal(t, "100"), 80) || !outlook.Passes(decimal(t, "80.00000001"), decimal(t, "100"), 80) {
		t.Error("a threshold is not passed exactly")
	}
}
