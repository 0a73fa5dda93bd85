// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"slices"
	"strings"
	"time"
)

// waits are how long a person waits before each further apply, until everything has
// come to rest: after a day, all effects of an act show.
var waits = []time.Duration{time.Minute, time.Minute, 25 * time.Hour, time.Minute, time.Minute}

// settle lets what is left happen calmly, and holds the end against the laws of life.
func (h *history) settle() {
	for len(h.late) > 0 {
		h.tell("what %s lands", h.late[0])
		h.landLate(h.late[0])
	}

	if !h.search.whole && h.known() {
		return
	}

	for _, p := range h.pipelines {
		h.search.ends[h.comeToRest(p)]++
	}

	for _, id := range h.placed {
		if order := h.world.Order(id); order.Status == unpaid && !strings.Contains(h.said, id) {
			h.breach(nil, "an unpaid order of ours is left, and nothing names it")
		}
	}
}

// remedy is what a person does about a refusal, as its text says.
type remedy struct {
	what string
	// do is nil where nothing is left to do but to take the block out.
	do func(h *history, p *pipeline)
}

// most is how many things a person does until an act has its goal.
const most = 3

// comeToRest applies again until nothing is left to do, and says how that ends. Where
// the last word is a refusal, a person does what it asks for.
func (h *history) comeToRest(p *pipeline) string {
	for done := []string{}; ; {
		h.applyAgain(p)

		if p.last.done {
			return strings.Join(append(done, h.judgeRest(p)), "; ")
		}

		cure, ok := h.cell.act.remedies[p.last.words]

		switch {
		case !ok, cure.do != nil && len(done) == most:
			h.breach(nil, "it never comes to rest: "+p.last.words)

			return "stuck"
		case cure.do == nil:
			return strings.Join(append(done, p.last.words+": "+cure.what), "; ")
		}

		done = append(done, p.last.words+": "+cure.what)
		h.tell("* %s", cure.what)
		cure.do(h, p)
		h.look()
	}
}

// applyAgain applies until nothing is left to do, or the same refusal came twice that
// a person can do something about.
func (h *history) applyAgain(p *pipeline) {
	words := ""

	for _, wait := range waits {
		h.pass(wait)
		h.calmly(p)

		_, known := h.cell.act.remedies[p.last.words]
		if p.last.done || known && p.last.words == words {
			return
		}

		words = p.last.words
	}
}

// calmly makes one apply to which nothing happens.
func (h *history) calmly(p *pipeline) {
	p.applies++
	h.begin(p, nil)

	for {
		h.rest()

		switch {
		case len(h.held) > 0:
			h.answer(h.held[0])
		case p.approved != nil:
			h.begin(p, p.approved)
		default:
			return
		}
	}
}

// judgeRest says how the world stands where nothing is left to do.
func (h *history) judgeRest(p *pipeline) string {
	h.look()

	missing := h.cell.act.missing(h)
	if missing == "" {
		return "goal"
	}

	status := "invoked"
	if !h.cell.act.action {
		status = p.state.show(h.cell.act.shows)
	}

	if !slices.Contains(h.cell.act.rests, status) {
		h.breach(nil, "it rests as "+status+", and "+missing)
	}

	return "rests as " + status + ", and " + missing
}

// byConsole is a remedy that is a happening.
func byConsole(one happening) remedy {
	return remedy{one.kind, func(h *history, _ *pipeline) {
		if do := one.do(h); do != nil {
			do()
		}
	}}
}
