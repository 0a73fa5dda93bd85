// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// cell is what one search goes through.
type cell struct {
	act                            *money
	pipelines, applies, departures int
	locks                          bool
}

func (c cell) String() string {
	locks := "off"
	if c.locks {
		locks = "on"
	}

	return fmt.Sprintf("%s, %d pipeline(s) x %d, k = %d, locks %s", c.act.name, c.pipelines, c.applies, c.departures, locks)
}

// search goes through all histories of a cell, depth first.
type search struct {
	cell cell
	// whole enters states again that were seen before.
	whole bool
	// until is when to give up.
	until time.Time
	// listed are the breaches that cannot be ruled out. A hasty search ends with the
	// first one that is not listed.
	listed    []string
	hasty     bool
	surprised bool

	// open are the states that histories are to be continued from.
	open  []state
	trail []fork
	// entered are the states that were entered, with the departures that were left.
	entered map[digest]int

	histories, pruned, calls int
	unfinished               bool
	took                     time.Duration
	// found are the breaches, by what they are.
	found map[string]breach
	// ends count how histories came to rest.
	ends map[string]int
}

// fork is a choice that was made.
type fork struct{ choice, of int }

// breach is a law that a history broke.
type breach struct {
	law   string
	kinds []string
	story []string
	times int
}

func (b breach) String() string { return b.law + " <- " + strings.Join(b.kinds, " + ") }

// shorter says whether a history tells more clearly what went wrong.
func (b breach) shorter(than breach) bool {
	if len(b.kinds) != len(than.kinds) {
		return len(b.kinds) < len(than.kinds)
	}

	return len(b.story) < len(than.story)
}

// clock is the one of this machine, and within a bubble that of the bubble.
var clock = bssapi.SystemClock()

// explore runs all histories of the cell, or those that the time allows.
func (s *search) explore(t *testing.T) *search {
	t.Helper()

	began := clock.Now()
	s.entered, s.found, s.ends = map[digest]int{}, map[string]breach{}, map[string]int{}

	for s.open = []state{s.root()}; len(s.open) > 0 && !s.unfinished && !t.Failed(); {
		from := s.open[len(s.open)-1]
		s.open = s.open[:len(s.open)-1]

		for s.trail = nil; ; {
			synctest.Test(t, func(t *testing.T) {
				t.Helper()

				h := &history{t: t, search: s, cell: s.cell}
				h.play(from)
			})

			for len(s.trail) > 0 && s.trail[len(s.trail)-1].choice+1 >= s.trail[len(s.trail)-1].of {
				s.trail = s.trail[:len(s.trail)-1]
			}

			s.histories++
			s.unfinished = !clock.Now().Before(s.until) || s.hasty && s.surprised

			if len(s.trail) == 0 || s.unfinished || t.Failed() {
				break
			}

			s.trail[len(s.trail)-1].choice++
		}
	}

	s.took = clock.Now().Sub(began)

	return s
}

// root is where all histories of the cell begin.
func (s *search) root() state {
	locks := "off"
	if s.cell.locks {
		locks = "on"
	}

	settings := map[string]string{"server_locks": locks}
	if s.cell.act.token && !s.cell.locks {
		settings["trans_id_kept_for"] = "1ns"
	}

	return state{
		left:    s.cell.departures,
		at:      opening,
		options: bsssim.Options{InProcess: true, Site: s.cell.act.site, Settings: settings},
	}
}

// continues leaves the rest of a history for later, unless it was seen before.
func (s *search) continues(h *history) {
	if s.whole || !h.known() {
		s.open = append(s.open, h.state)
	}
}

// choose takes the step that the trail says, or the first one of a new fork. It is
// false where everything from here on was seen.
func (h *history) choose(options []option) bool {
	s, chosen := h.search, 0

	if h.depth == len(s.trail) && h.sim != nil && !s.whole && h.known() {
		return false
	}

	if len(options) > 1 {
		if h.depth == len(s.trail) {
			s.trail = append(s.trail, fork{of: len(options)})
		}

		if s.trail[h.depth].of != len(options) {
			panic(fmt.Sprintf("not deterministic: %d options, and there were %d, after:\n%s",
				len(options), s.trail[h.depth].of, strings.Join(h.story, "\n")))
		}

		chosen = s.trail[h.depth].choice
		h.depth++
	}

	h.take(options[chosen])

	return true
}

// take lets an option happen.
func (h *history) take(one option) {
	if one.kind != "" {
		h.left--
		h.kinds = append(h.kinds, departure{kind: one.kind, shown: one.shown})
		h.tell("! %s", one.words)
	} else {
		h.tell("%s", one.words)
	}

	one.do()
}

// known says whether the state was entered before with as many departures left, and
// enters it.
func (h *history) known() bool {
	key := h.key()

	if left, ok := h.search.entered[key]; ok && left >= h.left {
		h.search.pruned++

		return true
	}

	h.search.entered[key] = h.left

	return false
}

// breach notes that a law was broken, by an act of the run if there is one.
func (h *history) breach(r *run, law string) {
	if slices.Contains(h.breaches, law) {
		return
	}

	h.breaches = append(h.breaches, law)

	var kinds []string
	for _, one := range h.kinds {
		kinds = append(kinds, one.seenBy(r))
	}

	slices.Sort(kinds)

	if len(h.pipelines) > 1 {
		kinds = append(kinds, kindTogether)
	}

	b := breach{law: law, kinds: kinds, story: slices.Clone(h.story), times: 1}

	if known, ok := h.search.found[b.String()]; ok {
		b.times += known.times

		if !b.shorter(known) {
			known.times = b.times
			b = known
		}
	}

	h.search.found[b.String()] = b
	line := b.line(h.cell.act)
	h.search.surprised = h.search.surprised || !slices.Contains(h.search.listed, line) && !coveredBy(line, h.search.listed)
}

// irreducible are the breaches whose departures are not more than those of another
// breach of the same law.
func (s *search) irreducible() []breach {
	var least []breach

	for _, b := range s.found {
		contains := func(other breach) bool {
			return other.law == b.law && len(other.kinds) < len(b.kinds) && subset(other.kinds, b.kinds)
		}

		more := false
		for _, other := range s.found {
			more = more || contains(other)
		}

		if !more {
			least = append(least, b)
		}
	}

	slices.SortFunc(least, func(a, b breach) int { return strings.Compare(a.String(), b.String()) })

	return least
}

func subset(of, all []string) bool {
	return !slices.ContainsFunc(of, func(one string) bool { return !slices.Contains(all, one) })
}

func (s *search) String() string {
	end := "finished"
	if s.unfinished {
		end = "UNFINISHED"
	}

	return fmt.Sprintf("%s: %s; %d parts of histories, %d states, %d seen again, %d calls, %.1f s",
		s.cell, end, s.histories, len(s.entered), s.pruned, s.calls, s.took.Seconds())
}
