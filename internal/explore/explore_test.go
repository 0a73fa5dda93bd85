// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

var (
	full   = flag.Bool("explore.full", false, "run the large cells too")
	budget = flag.Duration("explore.budget", 28*time.Minute, "how long all cells together may take")
	whole  = flag.Bool("explore.whole", false, "enter states again that were seen before")
	only   = flag.String("explore.only", "", "run the cells alone whose name has this in it")
)

// TestExplore runs the cells, and holds what breaks a law against the list of what
// cannot be ruled out. With -short, it runs those that tell best whether a guard is
// broken, and ends with the first sign of it.
func TestExplore(t *testing.T) {
	t.Parallel()

	cells := small()

	switch {
	case *full:
		cells = large()
	case simtest.RaceDetector:
		cells = slices.Concat(alone(canceling, 1), together(canceling, 1, 0))
	case testing.Short():
		cells = quick()
	}

	var lists string

	for _, file := range []string{moreFile, listFile} {
		list, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}

		lists += string(list)
	}

	cells = slices.DeleteFunc(cells, func(c cell) bool { return !strings.Contains(c.String(), *only) })
	if len(cells) == 0 {
		t.Fatalf("no cell that runs now has %q in its name", *only)
	}

	divided, found := &shares{until: clock.Now().Add(*budget), cells: len(cells)}, &collection{}

	work := make(chan cell, len(cells))
	for _, c := range cells {
		work <- c
	}

	close(work)

	// In their order, which parallel subtests do not keep.
	var workers sync.WaitGroup

	for range atOnce { //nolint:paralleltest // the workers run them at once
		workers.Go(func() {
			for c := range work {
				t.Run(c.String(), func(t *testing.T) {
					s := &search{cell: c, whole: *whole, until: divided.next(), listed: c.about(lists), hasty: testing.Short()}
					s.explore(t).report(t)

					if found.add(s); !*update {
						s.check(t)
					}
				})
			}
		})
	}

	workers.Wait()

	if *update {
		found.write(t)
	}
}

// atOnce is how many cells run at once.
const atOnce = 2

// shares divide the time: what is left of it belongs in equal parts to the cells that
// have not begun.
type shares struct {
	mu    sync.Mutex
	until time.Time
	cells int
}

// enough is what the cells take that run with every change.
const enough = 2 * time.Minute

// next is until when a cell may run that begins now.
func (s *shares) next() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()

	now := clock.Now()
	share := atOnce * s.until.Sub(now) / time.Duration(max(atOnce, s.cells))
	s.cells--

	return now.Add(min(max(share, enough), s.until.Sub(now)))
}

// report says what was gone through, how histories end, and what breaks a law.
func (s *search) report(t *testing.T) {
	t.Helper()
	t.Log(s)

	for _, end := range slices.Sorted(maps.Keys(s.ends)) {
		t.Logf("%d x %s", s.ends[end], end)
	}

	for _, b := range s.irreducible() {
		t.Logf("%d x %s", b.times, b.line(s.cell.act))
	}
}

// TestReductions: what is not entered again hides nothing.
func TestReductions(t *testing.T) {
	t.Parallel()

	cells := slices.Concat(alone(canceling, 1), alone(disabling, 1), alone(paying, 1)[1:], together(disabling, 1, 0))

	switch {
	case *full:
		cells = small()
	case simtest.RaceDetector || testing.Short():
		t.Skip("the whole search takes long")
	}

	until := clock.Now().Add(*budget)

	for _, c := range cells {
		if !strings.Contains(c.String(), *only) {
			continue
		}

		// Two applies tell as much, in a fraction of the time.
		c.applies = min(c.applies, 2)

		t.Run(c.String(), func(t *testing.T) {
			t.Parallel()

			reduced, all := &search{cell: c, until: until}, &search{cell: c, until: until, whole: true}
			t.Log(reduced.explore(t))
			t.Log(all.explore(t))

			if reduced.unfinished || all.unfinished {
				t.Skip("there was no time for all of it")
			}

			if got, want := reduced.verdicts(), all.verdicts(); !slices.Equal(got, want) {
				t.Errorf("with the reductions:\n%s\nwithout:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// verdicts are all breaches and all ends, without how often each was found.
func (s *search) verdicts() []string {
	return slices.Concat(slices.Sorted(maps.Keys(s.found)), slices.Sorted(maps.Keys(s.ends)))
}
