// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// pipeline applies one configuration again and again.
type pipeline struct {
	name  string
	state object
	// approved is a plan that is to be applied.
	approved *plan
	// saved is the plan of an apply that changed nothing in state; Terraform accepts
	// it once more.
	saved *plan
	// applies is how many have begun.
	applies int
	// now is the process that runs.
	now *run
	// last is how the last apply ended that was not killed.
	last ending
}

// ending is how an apply ended.
type ending struct {
	// done says that it came to rest: the plan was empty, or the action did what it
	// should.
	done, failed bool
	words        string
}

// run is one provider process of a pipeline: one that plans, or one that applies a
// plan.
type run struct {
	history  *history
	pipeline *pipeline
	name     string
	// approved is what it applies, nil where it plans.
	approved *plan
	// placed are the orders that calls of this run placed.
	placed []string
	// doubts are the requests that were made, or may have been, and were not answered
	// so.
	doubts []string

	ctx    context.Context //nolint:containedctx // a run is what is canceled
	cancel context.CancelFunc
	dead   bool
	ended  chan struct{}

	// transcript is what it was answered, and when.
	transcript digest

	// made is what it planned, state what it left, and broke a law that it broke by
	// how it ended.
	made  *plan
	state object
	diags diagnostics
	broke string
}

func (r *run) String() string { return r.name }

// begin starts the next process: with a plan one that applies it, else one that
// plans.
func (h *history) begin(p *pipeline, approved *plan) {
	doing := "applies"
	if approved == nil {
		doing = "plans"
	}

	r := &run{history: h, pipeline: p, name: fmt.Sprintf("%s%d %s", p.name, p.applies, doing), approved: approved, state: p.state,
		ended: make(chan struct{})}
	r.ctx, r.cancel = context.WithCancel(h.t.Context())
	r.transcript = digestOf(h.now().Unix(), doing, approved.String())
	p.now, p.approved = r, nil
	h.runs = append(h.runs, r)

	go func() {
		defer close(r.ended)

		process := start(r.ctx, h.cell.act.typeName, h.env, r)
		config := objectOf(process.typ, h.cell.act.config(h))

		switch action := h.cell.act.action; {
		case action && approved == nil:
			r.made, r.diags = &plan{value: config}, process.planAction(r.ctx, config)
		case action:
			r.diags = process.invoke(r.ctx, config)
		case approved == nil:
			r.plan(process)
		default:
			r.apply(process)
		}

		h.wake()
	}()
}

func (r *run) plan(process *process) {
	fresh, diags := process.refresh(r.ctx, r.state)
	if r.diags = diags; diags.failed() {
		return
	}

	r.made, diags = process.plan(r.ctx, fresh, objectOf(process.typ, r.history.cell.act.config(r.history)))
	r.diags = append(r.diags, diags...)
}

// apply plans again, holds that against what was approved, and carries it out.
func (r *run) apply(process *process) {
	again, diags := process.plan(r.ctx, r.approved.prior, r.approved.config)
	if diags.failed() {
		r.diags = diags

		return
	}

	if changed := broken(r.approved.value, again.value); changed != "" {
		r.fail("Provider produced inconsistent final plan", changed)

		return
	}

	next, diags := process.change(r.ctx, again)
	r.diags = diags

	if diags.failed() {
		if again.prior.absent() && !next.absent() {
			r.broke = "an error taints what was made"
		}
	} else if changed := broken(again.value, next.value); changed != "" {
		r.broke = "the result is not what the plan promised"
		r.fail("Provider produced inconsistent result after apply", changed)
	}

	if !next.absent() {
		r.state = next
	}
}

func (r *run) fail(summary, detail string) {
	r.diags = append(r.diags, &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: summary, Detail: detail})
}

// over says whether the process has ended.
func (r *run) over() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// end takes over what a process that was not killed has brought.
func (h *history) end(r *run) {
	p := r.pipeline
	p.now = nil

	h.said += r.diags.String()

	if r.made != nil {
		h.said += r.made.String()
	}

	switch first := r.diags.firstError(); {
	case first != nil:
		p.last = ending{failed: true, words: first.Summary}

		if r.approved != nil && p.state.equal(r.state) {
			p.saved = r.approved
		}

		p.state = r.state
	case r.approved != nil && h.cell.act.action:
		p.last = ending{done: true, words: "invoked"}
	case r.approved != nil:
		p.state, p.last = r.state, ending{words: "applied, " + r.state.show(h.cell.act.shows)}
	case r.made.empty():
		p.state, p.last = r.made.prior, ending{done: true, words: "nothing to do"}
	default:
		p.approved = r.made
		h.tell("%s: approved", r)

		return
	}

	h.tell("%s: %s", r, p.last.words)

	if r.broke != "" {
		h.breach(nil, r.broke)
	}

	h.judgeWords(r)
}

// kill ends a process, of which nothing reaches the state.
func (h *history) kill(r *run) {
	h.mu.Lock()
	r.dead = true
	h.mu.Unlock()

	r.cancel()

	for _, q := range slices.Clone(h.held) {
		if q.run == r {
			h.reply(q, lost())
		}
	}

	if p := r.pipeline; p.now == r {
		p.now, p.saved, p.last = nil, r.approved, ending{failed: true, words: "killed"}
	}
}
