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

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// history is one order of events, or the part of it that begins where no process
// runs.
type history struct {
	state

	t      *testing.T
	search *search
	cell   cell
	sim    *bsssim.Server
	env    map[string]string

	// depth is how many choices were made since the beginning of this part.
	depth int
	// moved says that anything happened in this part.
	moved bool
	// runs are the processes of this part.
	runs []*run

	mu      sync.Mutex
	held    []*request
	arrived chan struct{}
}

// opening is when all histories begin.
var opening = time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)

// play runs the part of a history that the trail of the search begins.
func (h *history) play(from state) {
	h.arrived = make(chan struct{}, 1)
	h.state = from.copied()

	// All clocks are those of the bubble, which begins in the year 2000.
	h.pass(h.at.Sub(h.now()))

	if h.pipelines == nil {
		h.begins()
	} else {
		h.serve()
	}

	h.env = map[string]string{
		"BSS_ENDPOINT": h.sim.URL(), "BSS_SITE": h.sim.Site(), "BSS_METADATA_ENDPOINT": "off", "HW_MAX_RETRIES": "0",
		"HW_ACCESS_KEY": h.sim.Credentials().AccessKey, "HW_SECRET_KEY": h.sim.Credentials().SecretKey,
	}

	for h.step() {
	}

	for _, r := range h.runs {
		h.kill(r)
	}

	for _, r := range h.runs {
		<-r.ended
	}

	must(h.sim.Close())
}

func (h *history) now() time.Time { return clock.Now() }

// pass lets time pass.
func (h *history) pass(d time.Duration) { must(clock.Sleep(context.Background(), d)) }

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

// holds says whether a request of the run is held.
func (h *history) holds(r *run) bool {
	h.mu.Lock()
	defer h.mu.Unlock()

	return slices.ContainsFunc(h.held, func(q *request) bool { return q.run == r })
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
			} else if !h.holds(p.now) {
				asleep = true
			}
		}

		if !asleep {
			break
		}

		before := h.now()

		<-h.arrived

		if h.now().Unix() != before.Unix() {
			h.wakeAll()
		}
	}

	// The order in which goroutines of one run arrive is none of the history.
	slices.SortFunc(h.held, func(a, b *request) int {
		return cmp.Or(strings.Compare(a.run.pipeline.name, b.run.pipeline.name), strings.Compare(a.sent.URL.String(), b.sent.URL.String()),
			strings.Compare(string(a.body), string(b.body)))
	})

	for _, q := range h.held {
		h.judgeSending(q)
	}
}

// step lets one thing happen. It is false at the end of this part.
func (h *history) step() bool {
	h.rest()

	idle := !slices.ContainsFunc(h.pipelines, func(p *pipeline) bool { return p.now != nil })
	waits := slices.IndexFunc(h.pipelines, h.waits)

	if idle && waits >= 0 && h.moved && h.restful() {
		h.at = h.now()
		h.search.continues(h)

		return false
	}

	h.moved = true

	switch {
	case waits >= 0 && idle:
		h.align()

		return h.choose(h.beginnings(h.pipelines[waits]))
	case waits >= 0:
		return h.choose(h.beginnings(h.pipelines[waits]))
	case idle:
		h.settle()

		return false
	default:
		// Where all that could happen is asleep, it was gone through.
		options := h.possible()

		return len(options) > 0 && h.choose(options)
	}
}

// waits says whether a pipeline has a process to begin.
func (h *history) waits(p *pipeline) bool {
	if p.now != nil {
		return false
	}

	// Alone and at rest, it stays so, unless something else can still happen.
	atRest := p.last.done && h.left == 0 && len(h.late) == 0 && len(h.pipelines) == 1

	return p.approved != nil || p.applies < h.cell.applies && !atRest
}

// tick is what applies begin at whole numbers of: a person does not start them at
// once, and the same times make the same states.
const tick = 5 * time.Second

func (h *history) align() { h.pass(h.now().Add(tick).Truncate(tick).Sub(h.now()) % tick) }

// look reads the world.
func (h *history) look() {
	h.world = h.sim.World()

	shown := h.world
	shown.Now, shown.Ledger = time.Time{}, nil

	encoded, err := json.Marshal(shown)
	must(err)

	if always := h.cell.act.always; always != nil {
		always(h)
	}

	if seen := string(encoded); seen != h.seen {
		h.seen, h.changed = seen, h.now()

		if h.options.Lag.Duration > 0 {
			h.changes = h.changes.with(h.now().Unix(), h.seen)
		}
	}
}

// restful says whether the world is all that reads answer.
func (h *history) restful() bool {
	if h.options.Lag.Duration == 0 {
		return true
	}

	h.look()

	over := h.now().After(h.changed.Add(h.options.Lag.Duration))
	if over {
		h.changes = 0
	}

	return over
}

// reply answers a request that is held.
func (h *history) reply(q *request, answer reply) {
	h.mu.Lock()
	h.held = slices.DeleteFunc(h.held, func(other *request) bool { return other == q })
	h.mu.Unlock()

	q.run.transcript = q.run.transcript.with(h.now().Unix(), q.name(), string(q.body), q.sent.URL.String(), answer.status, string(answer.body))
	q.answer <- answer
}

// tell adds to the story.
func (h *history) tell(format string, arguments ...any) {
	h.story = append(h.story, fmt.Sprintf(format, arguments...))
}
