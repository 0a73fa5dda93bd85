// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// dayMargin is how far outside of the days that were asked for a row may be. Which
// zone a server divides days by may differ.
const dayMargin = 24 * time.Hour

// filters compares rows with the filters of a request. A server that ignores a filter
// answers with rows that would pass for what was asked for, and be added up with it. A
// filter that is not set, and a field that a row does not fill or writes in a form that
// is not known, tell nothing.
type filters struct {
	// other is what the first filter says that a row does not pass.
	other string
}

// Strict lists fail with [ErrNotAsked] at a row that does not pass a filter. Acts go
// without: they compare the rows themselves, and pass over what is not theirs.
type Strict bool

// strictly is how rows are compared.
func strictly[Row any](strict Strict, other func(Row) string) func(Row) string {
	if !strict {
		return nil
	}

	return other
}

func (f *filters) differs(what, got, want string) {
	if f.other == "" {
		f.other = fmt.Sprintf("a row has the %s %s, and %s was asked for", what, excerpt(got, 64), want)
	}
}

// text compares a code or an id.
func (f *filters) text(what, want, got string) {
	if want != "" && got != "" && !strings.EqualFold(want, got) {
		f.differs(what, got, want)
	}
}

// compareCodes compares a code with those that were asked for, and names them by their
// words. A code that is not known yet tells nothing, nor does the zero value.
func compareCodes[C cmp.Ordered](f *filters, what string, words Words[C], got C, want ...C) {
	var none C
	// Rows are many, and most are what was asked for.
	word, known := words[got]
	if !known || got != none && slices.Contains(want, got) {
		return
	}
	var wanted []string
	for _, code := range want {
		if code != none {
			wanted = append(wanted, words.Word(code))
		}
	}
	if len(wanted) > 0 {
		f.differs(what, word, strings.Join(wanted, " or "))
	}
}

// instant compares a time with a window, to the second, as the API does.
func (f *filters) instant(what string, begin, end time.Time, got string) {
	if begin.IsZero() && end.IsZero() {
		return
	}
	at, err := ParseTime(got)
	if err != nil {
		return
	}
	at = at.Truncate(time.Second)
	switch {
	case !begin.IsZero() && at.Before(begin.Truncate(time.Second)):
		f.differs(what, got, formatTime(begin)+" or later")
	case !end.IsZero() && at.After(end):
		f.differs(what, got, formatTime(end)+" or earlier")
	}
}

// day compares a day, or the day of a time, with the first and the last that were
// asked for.
func (f *filters) day(what, begin, end, got string) {
	if begin == "" || got == "" {
		return
	}
	at, err := ParseTime(got)
	if err != nil {
		if at, err = time.ParseInLocation(time.DateOnly, got, BillingZone); err != nil {
			return
		}
	}
	first, err := time.ParseInLocation(time.DateOnly, begin, BillingZone)
	last, lastErr := time.ParseInLocation(time.DateOnly, end, BillingZone)
	if err != nil || lastErr != nil {
		return
	}
	if at.Before(first.Add(-dayMargin)) || !at.Before(last.AddDate(0, 0, 1).Add(dayMargin)) {
		f.differs(what, got, begin+" to "+end)
	}
}

// billed compares what all bills can be filtered by.
func (f *filters) billed(month, monthOfRow, method, member, memberOfRow string) {
	if _, err := time.Parse(MonthLayout, monthOfRow); err == nil {
		f.text("month", month, monthOfRow)
	}
	if method == BillMethodSubCustomer {
		f.text("account", member, memberOfRow)
	}
}

// project compares an enterprise project, which a bill writes in several ways where
// there is none.
func (f *filters) project(want, got string) {
	if want == "null" || want == "-1" {
		if got != "null" && got != "-1" && got != "" {
			f.differs("enterprise project", got, "none")
		}

		return
	}
	f.text("enterprise project", want, got)
}
