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
	// saved is the plan of an apply that changed nothing in state; Terraform accepts
	// it once more.
	saved *plan
	// applies is how many have begun.
	applies int
	now     *run
	// last is how the last apply ended that was not killed.
	last *run
}

// run is one apply of a pipeline: the plan, unless it is given one, and what it does.
type run struct {
	history  *history
	pipeline *pipeline
	number   int
	acting   bool
	// placed are the orders that calls of this run were answered.
	placed []string

	ctx    context.Context //nolint:containedctx // a run is what is canceled
	cancel context.CancelFunc
	dead   bool
	ended  chan struct{}

	// transcript is what it was answered, and when.
	transcript digest

	plan  *plan
	state object
	diags diagnostics
	// broke is a law that the run broke by how it ended.
	broke string
}

func (r *run) String() string {
	doing := "plan"
	if r.acting {
		doing = "apply"
	}

	return fmt.Sprintf("%s%d %s", r.pipeline.name, r.number, doing)
}

// begin starts the next apply, with the saved plan or with a new one.
func (h *history) begin(p *pipeline, saved *plan) {
	p.applies++

	r := &run{history: h, pipeline: p, number: p.applies, plan: saved, state: p.state, ended: make(chan struct{})}
	r.ctx, r.cancel = context.WithCancel(h.t.Context())
	r.transcript = digestOf(h.now().UnixMilli(), p.state.value.String(), saved != nil)
	p.now, p.saved = r, nil
	h.runs = append(h.runs, r)

	go func() {
		defer close(r.ended)

		if h.cell.act.action {
			r.invoke()
		} else {
			r.apply()
		}

		h.wake()
	}()
}

func (r *run) start() *process { return start(r.ctx, r.history.cell.act.typeName, r.history.env, r) }

// apply is what "terraform apply" does with one resource.
func (r *run) apply() {
	config := r.history.cell.act.config(r.history)

	if r.plan == nil {
		process := r.start()

		fresh, diags := process.refresh(r.ctx, r.state)
		r.diags = append(r.diags, diags...)

		if diags.failed() {
			return
		}

		made, diags := process.plan(r.ctx, fresh, objectOf(process.typ, config))
		r.diags = append(r.diags, diags...)

		if diags.failed() {
			return
		}

		r.plan = made

		if made.empty() {
			r.state = fresh

			return
		}
	}

	process := r.start()
	r.acting = true

	again, diags := process.plan(r.ctx, r.plan.prior, r.plan.config)
	if diags.failed() {
		r.diags = append(r.diags, diags...)

		return
	}

	if changed := broken(r.plan.value, again.value); changed != "" {
		r.fail("Provider produced inconsistent final plan", changed)

		return
	}

	next, diags := process.change(r.ctx, again)
	r.diags = append(r.diags, diags...)
	created := again.prior.absent()

	switch changed := ""; {
	case diags.failed() && created && next.absent():
		// Nothing in state, and the saved plan still holds.
		return
	case diags.failed() && created:
		r.broke = "an error taints what was made"
	case !diags.failed():
		if changed = broken(again.value, next.value); changed != "" {
			r.broke = "the result is not what the plan promised"
			r.fail("Provider produced inconsistent result after apply", changed)
		}
	}

	r.state = next
}

// invoke is what "terraform apply" does with one action.
func (r *run) invoke() {
	config := r.history.cell.act.config(r.history)

	if r.plan == nil {
		process := r.start()

		if r.diags = process.planAction(r.ctx, objectOf(process.typ, config)); r.diags.failed() {
			return
		}

		r.plan = &plan{value: objectOf(process.typ, config)}
	}

	process := r.start()
	r.acting = true
	r.diags = append(r.diags, process.invoke(r.ctx, r.plan.value)...)
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

// end takes over what a run that was not killed has brought.
func (h *history) end(r *run) {
	p := r.pipeline
	p.now, p.last = nil, r

	h.said += r.diags.String()

	if r.plan != nil && !h.cell.act.action {
		h.said += r.plan.value.String()
	}

	changed := !r.state.value.IsNull() && (p.state.absent() || !p.state.value.Equal(r.state.value))
	if r.diags.failed() && !changed {
		p.saved = r.plan
	}

	p.state = r.state
	h.tell("%s ends: %s", r, r.outcome())

	if r.broke != "" {
		h.breach(r.broke)
	}
}

// kill ends a run, of which nothing reaches the state.
func (h *history) kill(r *run) {
	r.dead = true
	r.cancel()

	for _, q := range slices.Clone(h.held) {
		if q.run == r {
			h.reply(q, lost())
		}
	}

	if p := r.pipeline; p.now == r {
		p.now = nil

		if r.acting {
			p.saved = r.plan
		}
	}
}

// done says whether the pipeline has come to rest: the last plan was empty, or the
// last invocation did what it should.
func (r *run) done() bool {
	if r == nil || r.diags.failed() {
		return false
	}

	return r.history.cell.act.action || r.plan.empty()
}

// outcome is how a run ended, in words.
func (r *run) outcome() string {
	switch first := r.diags.firstError(); {
	case first != nil:
		return first.Summary
	case r.history.cell.act.action:
		return "invoked"
	case r.plan.empty():
		return "nothing to do"
	default:
		return "applied, " + r.state.show(r.history.cell.act.shows)
	}
}
