// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// incident is what happens in the middle of an apply: before or after a call.
type incident struct {
	operation string
	nth       int
	after     bool
	words     string
	// Of these, one is set.
	killed, interrupted bool
	happens             func() string
}

func (i incident) String() string {
	if i.operation == "" {
		return ""
	}

	return fmt.Sprintf(" [%s at %s %d, after: %t]", i.words, i.operation, i.nth, i.after)
}

// incident draws one for an apply.
func (s *sequence) incident(a *actor) incident {
	operations := map[string][]string{
		"bss_renewal":        {"list_resources", "get_renewal_price", "renew_resources", "list_orders", "get_order", "pay_order", "cancel_order"},
		"bss_order_payment":  {"list_orders", "get_order", "list_order_discounts", "pay_order"},
		"bss_unsubscription": {"list_resources", "list_orders", "unsubscribe_resources", "get_refund_order"},
	}

	in := incident{operation: pick(s, operations[a.typeName]...), nth: 1 + min(s.random.IntN(4), s.random.IntN(4)), after: s.chance(50)}

	switch n := s.random.IntN(100); {
	case n < 20:
		in.words, in.killed = "killed", true
	case n < 28:
		in.words, in.interrupted = "interrupted", true
	case n < 60 && !s.nature.lags && !s.nature.impatient:
		in = s.meanwhile(a, in)
	default:
		return incident{}
	}

	return in
}

// meanwhile lets somebody else act in the middle of an apply: where the API
// gives the provider a means to notice. Nothing fences a payment against what
// happens between the last look and the call, but the locks of the server.
func (s *sequence) meanwhile(a *actor, in incident) incident {
	renews, ordering := a.typeName == "bss_renewal", s.chance(60)

	switch {
	case renews && ordering:
		// The order is looked at after this.
		in.operation, in.nth = "renew_resources", 1
	case renews && s.nature.locked && s.nature.processing == (bsssim.Transition{}):
		// The end of the term is read once more before it is paid.
		in.operation, in.after = "list_resources", false
	case a.typeName == "bss_order_payment" && s.nature.locked:
	case a.typeName == "bss_order_payment":
		in.operation, in.nth, in.after = "list_orders", 1, false
	default:
		in.operation, in.nth, in.after = "list_resources", 1, false
	}

	if in.operation == "renew_resources" && in.after && s.chance(25) {
		in.words, in.happens = "the new order costs more", s.repriceNewest

		return in
	}

	if s.chance(55) {
		in.words, in.happens = s.otherApplies(a)
	} else {
		in.words, in.happens = s.happening()
	}

	return in
}

// otherApplies is a whole run of somebody else, who has a state of their own.
func (s *sequence) otherApplies(a *actor) (string, func() string) {
	b := pick(s, s.actors...)
	for b == a {
		b = pick(s, s.actors...)
	}

	arguments, g := s.arguments(b)

	return b.name + " too", func() string {
		made := s.plan(b, arguments, g)
		if made.diagnostics.failed() || made.empty() {
			return b.name + " plans: " + firstError(made.diagnostics)
		}

		s.apply(b, made, incident{})

		return b.name + " is done"
	}
}

func (s *sequence) repriceNewest() string {
	waiting := s.w.unpaid()
	if len(waiting) == 0 {
		return "nothing to reprice"
	}

	_, err := s.w.Console("reprice_order", map[string]any{"order_id": waiting[len(waiting)-1], "amount": "1500.00"})

	return fmt.Sprintf("reprice %s: %v", waiting[len(waiting)-1], err)
}

// happening draws what a person at the console does, or that time passes. What
// is drawn is done later.
func (s *sequence) happening() (string, func() string) {
	resource, n := pick(s, renewedID, renewedID, "server-2", "database-1"), s.random.IntN(100)

	act := func(name string, values map[string]any) func() string {
		return func() string {
			before := len(s.w.World().Orders)
			answer, err := s.w.Console(name, values)

			// What cannot be paid stays unpaid.
			for _, order := range s.w.World().Orders[before:] {
				s.laws.place(order.OrderID)
			}

			return fmt.Sprintf("%v, %v", answer, err)
		}
	}

	onOrder := func(name string, values map[string]any) func() string {
		return func() string {
			values["order_id"] = s.unpaidOrder(n)

			return fmt.Sprint(values["order_id"], ": ", act(name, values)())
		}
	}

	switch s.random.IntN(11) {
	case 0, 1:
		months := 1 + s.random.IntN(2)

		return fmt.Sprintf("an unpaid renewal of %s for %d months", resource, months),
			act("renew", map[string]any{"resource_id": resource, "period_num": months, "unpaid": true})
	case 2:
		return "somebody pays", onOrder("pay_order", map[string]any{})
	case 3:
		return "somebody cancels", onOrder("cancel_order", map[string]any{})
	case 4:
		amount := pick(s, "10000.00", "10000.00", "65.00")

		return "the balance is " + amount, act("set_balance", map[string]any{"amount": amount})
	case 5, 6:
		months := 1 + s.random.IntN(2)

		return fmt.Sprintf("somebody renews %s for %d months", resource, months),
			act("renew", map[string]any{"resource_id": resource, "period_num": months})
	case 7:
		return "the renewals of " + resource + " are unsubscribed", act(
			"unsubscribe",
			map[string]any{"resource_id": resource, "renewals_only": true},
		)
	case 8:
		policy := pick(s, 3, 3, 0)

		return fmt.Sprintf(
				"%s has the policy %d",
				resource,
				policy,
			), act(
				"set_expire_policy",
				map[string]any{"resource_id": resource, "policy": policy},
			)
	default:
		pass := pick(s, time.Hour, 5*time.Hour, 26*time.Hour, 8*24*time.Hour, 15*24*time.Hour, 40*24*time.Hour)

		return pass.String() + " pass", func() string {
			s.w.Advance(pass)

			return s.w.Now().Format(time.RFC3339)
		}
	}
}

// patience is how many calls a run makes after the last one that acts, until
// somebody presses Ctrl-C.
const patience = 25

// apply applies a plan in a process of its own. What a killed process did is
// not in the state.
func (s *sequence) apply(a *actor, plan *savedPlan, in incident) {
	s.note("%s: applies %v%s", a.name, plan.goal, in)
	s.laws.expect(plan.goal)

	run, private := *a.core, *s.w
	private.env = maps.Clone(s.w.env)
	run.world = &private

	ctx, interrupt := context.WithCancel(s.t.Context())
	defer interrupt()

	p := &passage{in: in, seen: map[string]int{}, dead: make(chan struct{}), interrupt: interrupt}
	gate := private.gated()
	gate.on(p.before, p.after)

	ended := make(chan diagnostics, 1)

	var running sync.WaitGroup

	running.Go(func() { ended <- run.apply(ctx, plan.planned) })
	s.t.Cleanup(running.Wait)

	select {
	case <-p.dead:
		s.laws.cutOff()
		s.note("%s: was killed", a.name)
	case diags := <-ended:
		run.world = s.w
		*a.core = run

		s.note("%s: ends: %s%s", a.name, firstError(diags), p.happened())
		s.laws.ended(a, diags)
	}
}

// passage is what the calls of one process pass.
type passage struct {
	in        incident
	interrupt func()
	dead      chan struct{}

	mu    sync.Mutex
	seen  map[string]int
	quiet int
	done  bool
	words string
}

func (p *passage) happened() string {
	p.mu.Lock()
	defer p.mu.Unlock()

	return p.words
}

func (p *passage) before(_ int, operation string) {
	p.mu.Lock()
	p.seen[operation]++
	p.quiet++

	switch operation {
	case "renew_resources", "pay_order", "cancel_order", "unsubscribe_resources":
		p.quiet = 0
	}

	impatient := p.quiet > patience
	p.mu.Unlock()

	if impatient {
		p.interrupt()
	}

	p.at(operation, false)
}

func (p *passage) after(_ int, operation string) { p.at(operation, true) }

// at is where a call arrives, or its answer leaves.
func (p *passage) at(operation string, after bool) {
	p.mu.Lock()
	now := !p.done && p.in.operation == operation && p.in.nth == p.seen[operation] && p.in.after == after
	p.done = p.done || now
	p.mu.Unlock()

	switch {
	case now && p.in.killed:
		close(p.dead)
	case now && p.in.interrupted:
		p.interrupt()
	case now:
		words := p.in.happens()

		p.mu.Lock()
		p.words = " [meanwhile: " + words + "]"
		p.mu.Unlock()
	}

	select {
	case <-p.dead:
		panic(http.ErrAbortHandler)
	default:
	}
}

// end lets everything come to rest, and holds the states against the world: what
// they say is true, nothing fails any more, and nothing is left to do.
func (s *sequence) end() {
	s.w.ClearFaults()
	s.w.console("set_balance", map[string]any{"amount": "10000.00"})
	s.w.Advance(2 * time.Hour)

	for _, a := range s.actors {
		delete(a.provider, "request_timeout")

		// What is carried out by reads wants some, and its end may lag.
		for range 4 {
			if diags := a.refresh(s.t.Context()); diags.failed() {
				s.t.Errorf("%s: refreshing fails: %s", a.name, diags)

				return
			}

			s.w.Advance(time.Second)
		}

		if !a.absent() && a.typeName != "bss_unsubscription" {
			s.truthful(a)
		}
	}

	s.laws.check()
}

// truthful holds a state against the world.
func (s *sequence) truthful(a *actor) {
	if a.resourceID != "" {
		if got, want := show(a.attribute("expire_time")), s.w.expiry(a.resourceID); got != want {
			s.t.Errorf("%s: expire_time = %s, want %s", a.name, got, want)
		}
	}

	ids := []tftypes.Value{}

	if a.resourceID == "" {
		ids = append(ids, a.attribute("order_id"))
	} else if orders := a.attribute("order_ids"); !orders.IsNull() {
		if err := orders.As(&ids); err != nil {
			s.t.Fatal(err)
		}
	}

	paid, once := "null", true

	for _, id := range ids {
		for _, payment := range s.w.World().Payments {
			if payment.OrderID == show(id) {
				once = once && paid == "null"
				paid = show(num(s.t, string(payment.Amount)))
			}
		}
	}

	if got := show(a.attribute("amount_paid")); once && got != paid {
		s.t.Errorf("%s: amount_paid = %s, want %s of orders %v", a.name, got, paid, ids)
	}
}
