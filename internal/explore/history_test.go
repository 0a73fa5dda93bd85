// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// history is one order of events.
type history struct {
	t      *testing.T
	search *search
	cell   cell
	sim    *bsssim.Server
	env    map[string]string

	// depth is how many choices were made, left how many departures may follow.
	depth, left int
	// stopped says that everything from here on was seen before.
	stopped bool
	// calm says that nothing is chosen any more.
	calm bool
	// kinds are the departures that were made, and story all that happened.
	kinds []string
	story []string

	pipelines []*pipeline
	runs      []*run
	late      []*request
	lags      bool

	// order is what the act is about, where that is an order.
	order string
	world bsssim.World
	// seen is the world as a text, and started how it was at the start.
	seen    string
	started bsssim.World
	// changes adds up the worlds that reads may still answer.
	changes digest
	// said is everything that was shown to a person.
	said string
	// placed are the orders that calls of a pipeline were answered or placed unseen.
	placed []string
	// breaches are the laws that were broken.
	breaches []string

	mu      sync.Mutex
	held    []*request
	arrived chan struct{}
}

// play runs the history that the trail of the search begins.
func (h *history) play() {
	h.arrived = make(chan struct{}, 1)
	h.left = h.cell.departures

	// All clocks are those of the bubble, which begins in the year 2000.
	must(bssapi.SystemClock().Sleep(h.t.Context(), opening.Sub(bssapi.SystemClock().Now())))

	h.begins()

	for i := range h.cell.pipelines {
		h.pipelines = append(h.pipelines, &pipeline{name: string(rune('A' + i))})
	}

	for h.step() {
	}

	if !h.stopped {
		h.settle()
	}

	for _, r := range h.runs {
		h.kill(r)
	}

	for _, r := range h.runs {
		<-r.ended
	}

	must(h.sim.Close())
}

// opening is when all histories begin.
var opening = time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)

func (h *history) now() time.Time { return bssapi.SystemClock().Now() }

// pass lets time pass.
func (h *history) pass(d time.Duration) { must(bssapi.SystemClock().Sleep(context.Background(), d)) }

// hold keeps a request, unless its run was killed.
func (h *history) hold(q *request) bool {
	h.mu.Lock()
	defer h.mu.Unlock()

	if q.run.dead {
		return false
	}

	h.held = append(h.held, q)
	h.wake()

	return true
}

// wake tells the search that a run asks for something, or has ended.
func (h *history) wake() {
	select {
	case h.arrived <- struct{}{}:
	default:
	}
}

// rest waits until every run that is alive holds a request, or has ended: what
// sleeps wakes up.
func (h *history) rest() {
	for {
		synctest.Wait()

		asleep := false

		for _, p := range h.pipelines {
			if p.now == nil {
				continue
			}

			if p.now.over() {
				h.end(p.now)
			} else if !slices.ContainsFunc(h.held, func(q *request) bool { return q.run == p.now }) {
				asleep = true
			}
		}

		if !asleep {
			break
		}

		<-h.arrived
	}

	// The order in which goroutines of one run arrive is none of the history.
	slices.SortFunc(h.held, func(a, b *request) int {
		return cmp.Or(strings.Compare(a.run.pipeline.name, b.run.pipeline.name), strings.Compare(a.sent.URL.String(), b.sent.URL.String()),
			strings.Compare(string(a.body), string(b.body)))
	})
}

// step lets one thing happen. It is false once all applies are over.
func (h *history) step() bool {
	h.rest()

	var options []option

	for _, p := range h.pipelines {
		if p.now == nil && p.applies < h.cell.applies && !h.finished(p) {
			options = h.beginnings(p)

			break
		}
	}

	if options == nil {
		options = h.options()
	}

	if len(options) == 0 || !h.choose(options) {
		return false
	}

	return true
}

// finished says that a pipeline has nothing to do any more: two plans in a row were
// empty, with nothing between them that could change that.
func (h *history) finished(p *pipeline) bool {
	return p.last.done() && h.left == 0 && len(h.late) == 0 && len(h.pipelines) == 1
}

// look reads the world.
func (h *history) look() {
	h.world = h.sim.World()

	shown := h.world
	shown.Now, shown.Ledger = time.Time{}, nil

	encoded, err := json.Marshal(shown)
	must(err)

	h.seen = string(encoded)

	if h.lags {
		h.changes = h.changes.with(h.now().UnixMilli(), h.seen)
	}
}

// reply answers a request that is held.
func (h *history) reply(q *request, answer reply) {
	h.held = slices.DeleteFunc(h.held, func(other *request) bool { return other == q })
	q.run.transcript = q.run.transcript.with(h.now().UnixMilli(), q.name(), string(q.body), q.sent.URL.String(), answer.status, string(answer.body))
	q.answer <- answer
}

// tell adds to the story.
func (h *history) tell(format string, arguments ...any) {
	h.story = append(h.story, fmt.Sprintf(format, arguments...))
}

// key tells states apart: all that decides what can still happen, and how it is
// judged.
func (h *history) key() digest {
	d := digestOf(h.now().UnixMilli(), h.seen, uint64(h.changes), strings.Join(h.placed, " "), h.calm)

	for _, id := range h.placed {
		d = d.with(strings.Contains(h.said, id))
	}

	for _, p := range h.pipelines {
		d = d.with(p.applies, p.state.value.String(), p.saved != nil, p.last.done())

		if p.saved != nil {
			d = d.with(p.saved.value.String(), p.saved.prior.value.String())
		}

		if p.now != nil {
			d = d.with(uint64(p.now.transcript), strings.Join(p.now.placed, " "))
		}
	}

	for _, q := range h.late {
		d = d.with(q.name(), string(q.body), q.run.number)
	}

	return d
}
