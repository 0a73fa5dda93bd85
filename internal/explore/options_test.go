// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"slices"
	"strings"
	"time"
)

// option is one thing that can happen next. One with a kind is a departure.
type option struct {
	kind  string
	words string
	do    func()
	// shown are the reads that show what happened, nil where that is no question.
	shown []string
}

// departure is one that was made.
type departure struct {
	kind  string
	shown []string
	// seen are the runs that were answered such a read since.
	seen []string
}

// The reads that show what happened to an order, to a resource, and to one that is
// converted.
var (
	orderShows      = []string{"GET details"}
	resourceShows   = []string{"POST query"}
	conversionShows = []string{"GET customer-orders"}
)

// seenBy is a departure as a run knew of it that broke a law by an act.
func (d departure) seenBy(r *run) string {
	switch {
	case r == nil || d.shown == nil:
		return d.kind
	case slices.Contains(d.seen, r.name):
		return d.kind + ", and a look shows it"
	default:
		return d.kind + ", after the last look"
	}
}

// The kinds of departures that every act knows.
const (
	kindLost          = "a request is lost"
	kindLostAnswer    = "an act is made and its answer lost"
	kindLate          = "an act lands late"
	kindLateKilled    = "an act lands late, and the run is killed"
	kindThrottled     = "a request is throttled"
	kindThrottledDone = "an act is made and answered as throttled"
	kindInterrupted   = "a run is interrupted"
	kindKilled        = "a run is killed"
	kindKilledActed   = "a run is killed once it acted"
	// kindTogether is none that is chosen: a cell has it or not.
	kindTogether = "two runs at once"
)

// beginnings are the ways to start the next apply.
func (h *history) beginnings(p *pipeline) []option {
	if approved := p.approved; approved != nil {
		return []option{{words: p.name + " applies", do: func() { h.begin(p, approved) }}}
	}

	begin := func(with *plan) {
		p.applies++
		p.saved = nil
		h.begin(p, with)
	}

	options := []option{{words: p.name + " plans anew", do: func() { begin(nil) }}}

	if saved := p.saved; saved != nil {
		options = append(options, option{words: p.name + " applies the same plan", do: func() { begin(saved) }})
	}

	return options
}

// possible is all that can happen while the runs wait for their answers.
func (h *history) possible() []option {
	var options []option

	for i, q := range h.held {
		if q.asleep {
			continue
		}

		options = append(options, option{words: q.String(), do: func() {
			h.sleep(q, h.held[:i])
			h.answer(q)
		}})
	}

	for _, q := range h.late {
		options = append(options, option{words: "what " + q.String() + " lands", do: func() { h.landLate(q) }})
	}

	if h.left == 0 {
		return options
	}

	for _, q := range h.held {
		options = append(options, h.departures(q)...)
	}

	if len(h.held) > 0 {
		options = append(options, h.happenings()...)
	}

	return options
}

// answer delivers a request and answers it.
func (h *history) answer(q *request) {
	lags := h.options.Lag.Duration > 0 && !h.now().After(h.changed.Add(h.options.Lag.Duration))

	h.reply(q, h.deliver(q))

	// The answer of a read shows what happened before it, unless it lags.
	for i, one := range h.kinds {
		if !lags && slices.Contains(one.shown, q.name()) {
			h.kinds[i].seen = append(slices.Clone(one.seen), q.run.name)
		}
	}
}

// landLate delivers what was late; no read has shown it.
func (h *history) landLate(q *request) {
	for i := range h.kinds {
		h.kinds[i].seen = nil
	}

	h.late = slices.DeleteFunc(slices.Clone(h.late), func(other *request) bool { return other == q })
	h.land(q)
}

// sleep notes that delivering one of the earlier requests first was gone through.
// Reads commute: until something else happens, that would come to the same.
func (h *history) sleep(q *request, earlier []*request) {
	if q.acts() {
		h.wakeAll()

		return
	}

	for _, other := range earlier {
		other.asleep = !other.acts() && !h.search.whole
	}
}

// wakeAll says that something happened that reads may show.
func (h *history) wakeAll() {
	for _, q := range h.held {
		q.asleep = false
	}
}

// land delivers an act of which nobody hears, now or late.
func (h *history) land(q *request) {
	h.wakeAll()

	h.deliver(q)
}

// departures are what can go wrong with one request.
func (h *history) departures(q *request) []option {
	kill := func() { h.kill(q.run) }
	later := func() { h.late = append(h.late, q) }
	answer := func(with reply) { h.reply(q, with) }
	doubt := func(with reply) {
		if q.acts() {
			q.run.doubts = append(q.run.doubts, q.name()+string(q.body))
		}

		answer(with)
	}

	options := []option{
		{kind: kindLost, words: q.String() + ": lost", do: func() { doubt(lost()) }},
		{kind: kindThrottled, words: q.String() + ": 429", do: func() { answer(throttled()) }},
		{kind: kindKilled, words: q.String() + ": killed before", do: kill},
		{kind: kindInterrupted, words: q.String() + ": interrupted", do: func() { q.run.cancel(); h.wakeAll(); answer(h.deliver(q)) }},
	}

	if !q.acts() {
		return options
	}

	shown := resourceShows
	switch q.name() {
	case "POST pay", "PUT cancel":
		shown = orderShows
	case "POST instantly":
		shown = conversionShows
	}

	if h.cell.act.token {
		shown = fundsShow
	}

	return append(options,
		option{kindLostAnswer, q.String() + ": acts, answer lost", func() { h.land(q); doubt(lost()) }, shown},
		option{kindThrottledDone, q.String() + ": acts, 429", func() { h.land(q); doubt(throttled()) }, shown},
		option{kindKilledActed, q.String() + ": acts, killed", func() { h.land(q); kill() }, shown},
		option{kindLate, q.String() + ": late", func() { later(); doubt(lost()) }, shown},
		option{kindLateKilled, q.String() + ": late, killed", func() { later(); kill() }, shown},
	)
}

// happening is what somebody else does, or the time.
type happening struct {
	kind string
	// do is nil where there is nothing to do it to.
	do func(h *history) func()
	// shown are the reads that show it.
	shown []string
}

func (h *history) happenings() []option {
	var options []option

	for _, one := range h.cell.act.happenings {
		if do := one.do(h); do != nil {
			options = append(options, option{one.kind, one.kind, func() {
				do()
				h.look()
				h.wakeAll()
			}, one.shown})
		}
	}

	return options
}

// does is a happening at the console, which may refuse it.
func (h *history) does(act string, values map[string]any) func() {
	return func() {
		if _, err := h.sim.Console(act, values); err != nil {
			h.tell("  which is refused: %v", err)
		}
	}
}

// console does something as a person does, if it is possible.
func (h *history) console(act string, values map[string]any) map[string]any {
	answer, err := h.sim.Console(act, values)
	must(err)

	return answer
}

// passes is a happening of time.
func passes(d time.Duration) func(*history) func() {
	return func(h *history) func() { return func() { h.sim.Advance(d) } }
}

// nature is what a whole history is like.
type nature struct {
	kind, setting, value string
}

// natures are the switches of what is unconfirmed that can matter to an act, and
// how long changes take to show.
func (h *history) natures() []nature {
	natures := []nature{
		{"reads lag, shorter than an act is waited for", "lag", "1500ms"},
		{"reads lag, longer than an act is waited for", "lag", "7s"},
		{"orders are processed, shorter than a run waits", "processing", "1500ms"},
		{"orders are processed, longer than a run waits", "processing", "17s"},
	}

	for _, one := range h.cell.act.switches {
		name, value, _ := strings.Cut(one, "=")
		natures = append(natures, nature{"switch " + one, name, value})
	}

	return natures
}
