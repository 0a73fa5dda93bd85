// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// state is all that a history has made, but for the processes that run. Where none
// runs, a history can be continued from it.
type state struct {
	// left is how many departures may follow.
	left int
	// kinds are the departures that were made, and story all that happened.
	kinds []departure
	story []string

	pipelines []*pipeline
	late      []*request

	// at is the local time, and world what the simulator holds, with a time of its own.
	at      time.Time
	options bsssim.Options
	world   bsssim.World
	// seen is the world as a text, and changed when it changed last.
	seen    string
	changed time.Time
	// changes adds up the worlds that reads may still answer.
	changes digest
	// order is the order that the act is about, if it is about one.
	order string
	// raised says that a person raised the cap.
	raised bool

	// said is everything that was shown to a person, and placed are the orders that
	// calls of the pipelines placed.
	said   string
	placed []string
	// breaches are the laws that were broken.
	breaches []string
}

// copied is the state for one of several continuations.
func (s state) copied() state {
	s.kinds, s.story, s.placed, s.breaches = slices.Clone(s.kinds), slices.Clone(s.story), slices.Clone(s.placed), slices.Clone(s.breaches)

	s.pipelines, s.late = slices.Clone(s.pipelines), slices.Clone(s.late)
	for i, p := range s.pipelines {
		alone := *p
		s.pipelines[i] = &alone
	}

	for i, q := range s.late {
		alone, sender := *q, *q.run
		sender.placed = slices.Clone(sender.placed)
		alone.run = &sender
		s.late[i] = &alone
	}

	return s
}

// serve starts the simulator with the world of the state.
func (h *history) serve() {
	encoded, err := json.Marshal(h.world)
	must(err)

	h.options.World = encoded

	sim, err := bsssim.New(h.options)
	must(err)

	h.sim = sim
}

// key tells states apart: all that decides what can still happen, and how it is
// judged. Times count in whole seconds, since all deadlines and pauses have them: the
// client's own pace is some milliseconds a call.
func (h *history) key() digest {
	d := digestOf(h.now().Unix(), h.sim.Now().Unix(), h.seen, uint64(h.changes), h.options.Lag, h.options.Processing, h.placed,
		h.breaches, h.happened(turnsOn), h.happened(renews))

	// One departure is told apart by its kind, so that each kind shows what it breaks.
	if h.cell.departures == 1 {
		d = d.with(h.kinds)
	}

	for _, id := range h.placed {
		d = d.with(strings.Contains(h.said, id))
	}

	for _, p := range h.pipelines {
		d = d.with(p.applies, p.state.value.String(), p.approved.String(), p.saved.String(), p.last)

		if p.now != nil {
			d = d.with(uint64(p.now.transcript), p.now.placed, p.now.doubts)
		}
	}

	for _, q := range h.held {
		d = d.with(q.asleep)
	}

	for _, q := range h.late {
		d = d.with(q.name(), string(q.body), q.run.name, q.run.placed, q.run.approved.String())
	}

	return d
}
