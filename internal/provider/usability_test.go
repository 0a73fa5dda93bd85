// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"time"
)

func TestValidity(t *testing.T) {
	t.Parallel()

	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	about := span{now, now.AddDate(0, 0, 30)}

	const (
		before, at, soon = "2026-11-22T07:59:59Z", "2026-11-22T08:00:00Z", "2026-11-22T08:00:01Z"
		last, later      = "2026-12-22T08:00:00Z", "2026-12-22T08:00:01Z"
	)

	unknown, over := validity{}, validity{known: true}
	usable, expiring := validity{known: true, usable: true}, validity{known: true, usable: true, expiring: true}

	for name, test := range map[string]struct {
		begin, end string
		want       validity
	}{
		"ends later":           {before, later, usable},
		"ends on the last day": {before, last, expiring},
		"ends soon":            {at, soon, expiring},
		"ends now":             {before, at, over},
		"has ended":            {before, before, over},
		"begins soon":          {soon, later, over},
		"says no beginning":    {"", later, usable},
		"says no end":          {before, "", unknown},
		"garbled beginning":    {"yesterday", later, unknown},
		"garbled end":          {before, "never", unknown},
		"in another zone":      {before, "2026-12-22T16:00:00+08:00", expiring},
	} {
		if got := about.validity(test.begin, test.end); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}
