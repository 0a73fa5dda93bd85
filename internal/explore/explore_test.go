// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"flag"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	full   = flag.Bool("explore.full", false, "run the large cells too")
	budget = flag.Duration("explore.budget", 28*time.Minute, "how long all cells together may take")
	whole  = flag.Bool("explore.whole", false, "enter states again that were seen before")
	only   = flag.String("explore.only", "", "run the cells alone whose name has this in it")
)

// TestExplore runs the cells, and holds what breaks a law against the list of what
// cannot be ruled out.
func TestExplore(t *testing.T) {
	t.Parallel()

	cells := small()

	switch {
	case *full:
		cells = large()
	case raceDetector:
		cells = slices.Concat(alone(canceling, 1), together(canceling, 1, 0))
	case testing.Short():
		cells = quick()
	}

	until := clock.Now().Add(*budget)

	for _, c := range cells {
		if !strings.Contains(c.String(), *only) {
			continue
		}

		t.Run(c.String(), func(t *testing.T) {
			t.Parallel()

			s := explore(t, c, *whole, until)
			t.Log(s)

			for _, b := range s.irreducible() {
				t.Logf("%d x %s\n\t%s", b.times, b, strings.Join(b.story, "\n\t"))
			}

			for end, n := range s.ends {
				t.Logf("%d x %s", n, end)
			}
		})
	}
}
