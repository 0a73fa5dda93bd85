// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

//nolint:gochecknoglobals // flags of the test
var (
	propertySeed      = flag.Uint64("property.seed", 1, "the seed of the first random sequence; each further one has the next")
	propertySequences = flag.Int("property.sequences", 60, "how many random sequences are run")
	propertySteps     = flag.Int("property.steps", 14, "how many steps a sequence has")
)

// TestProperty does random things to renewals and a payment: plans and applies,
// crashes, faults, people at the console, and time. After each step, no order is
// paid twice, no goal is paid twice or above its cap, nothing is paid that is
// somebody else's, and nothing is tainted.
func TestProperty(t *testing.T) {
	t.Parallel()

	for i := range *propertySequences {
		seed := *propertySeed + uint64(i)

		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()

			s := newSequence(t, seed)
			for range *propertySteps {
				s.step()

				if t.Failed() {
					t.Fatalf("-property.seed=%d -property.sequences=1; what was done:\n%s", seed, strings.Join(s.done, "\n"))
				}
			}
		})
	}
}

// sequence is one world to which random things happen.
type sequence struct {
	t      *testing.T
	random *rand.Rand
	w      *world
	gate   *gate
	slots  []*slot
	done   []string
}

// slot is a resource of a configuration.
type slot struct {
	*core

	// subject is the id of what is paid for: a resource, or an order.
	subject string
	day     time.Time
	most    string
	saved   *planned
	// paid counts what the API was paid for each goal.
	paid map[string]int
}

func newSequence(t *testing.T, seed uint64) *sequence {
	t.Helper()

	s := &sequence{t: t, random: rand.New(rand.NewPCG(seed, seed))} //nolint:gosec // a sequence has to be the same again

	settings := map[string]string{
		"server_locks":               s.oneOf("on", "off"),
		"order_query_finds_renewals": s.oneOf("on", "off"),
		"unpaid_line_times":          s.oneOf("on", "on", "off"),
	}
	s.w = renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: 20 * time.Millisecond}, Settings: settings})
	s.gate = s.w.gated()
	s.note("settings %v", settings)

	// Two are of one kind, and one ends at another time.
	s.w.console("add_resource", map[string]any{"resource_id": "server-2", "expire_time": "2027-01-31T15:59:59Z", "monthly_price": "60.00"})
	s.w.console("add_resource", map[string]any{"resource_id": "server-3", "expire_time": "2027-03-15T15:59:59Z", "monthly_price": "60.00"})

	for _, id := range []string{renewedID, "server-2", "server-3"} {
		s.slots = append(s.slots, &slot{
			core: s.core("bss_renewal"), subject: id, day: time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC), most: "180", paid: map[string]int{},
		})
	}

	s.slots = append(s.slots, &slot{
		core: s.core("bss_order_payment"), subject: s.w.placeOrder(map[string]any{"amount": "42.50"}), most: "42.50", paid: map[string]int{},
	})

	return s
}

func (s *sequence) core(typeName string) *core {
	c := newCore(s.w, typeName)
	c.provider = map[string]tftypes.Value{"request_timeout": str("1s"), "max_retries": num(s.t, "0")}

	return c
}

func (s *sequence) oneOf(values ...string) string { return values[s.random.IntN(len(values))] }

func (s *sequence) note(format string, values ...any) {
	s.done = append(s.done, fmt.Sprintf(format, values...))
}

// goal names what a slot is to reach.
func (l *slot) goal() string {
	if l.typeName == "bss_order_payment" {
		return "payment"
	}

	return l.day.Format(time.DateOnly)
}

func (l *slot) arguments() map[string]tftypes.Value {
	if l.typeName == "bss_order_payment" {
		return map[string]tftypes.Value{"order_id": str(l.subject), "max_amount": num(l.t, l.most)}
	}

	return map[string]tftypes.Value{
		"resource_id": str(l.subject), "paid_through": str(l.goal()), "period_unit": str("month"), "max_amount": num(l.t, l.most),
	}
}

// step does one thing, and holds the world against the promise.
func (s *sequence) step() {
	s.t.Helper()

	l := s.slots[s.random.IntN(len(s.slots))]

	switch s.random.IntN(12) {
	case 0:
		l.saved = l.plan(s.t.Context(), l.arguments())
		s.note("%s: plan for %s", l.subject, l.goal())
	case 1, 2:
		s.acts(l, "apply the saved plan", func() diagnostics { return l.applySaved(s.t.Context()) })
	case 3, 4, 5:
		s.acts(l, "plan and apply", func() diagnostics { return l.run(s.t.Context(), l.arguments()) })
	case 6, 7:
		s.acts(l, "crash", func() diagnostics { return s.crash(l) })
	case 8:
		s.fault()
	case 9, 10:
		s.console(l)
	default:
		s.passes(l)
	}
}

// applySaved applies the plan that was saved, if Terraform would: the state has
// to be the one that was planned for.
func (l *slot) applySaved(ctx context.Context) diagnostics {
	if l.saved == nil || l.saved.diagnostics.failed() || l.saved.empty() {
		return nil
	}

	if l.saved.prior.IsNull() != l.absent() || !l.absent() && !l.saved.prior.Equal(l.state) {
		return nil
	}

	return l.apply(ctx, l.saved)
}

// crash ends the provider at a random call: none gets through any more, and
// what it would have returned is lost.
func (s *sequence) crash(l *slot) diagnostics {
	before := *l.core
	at := 1 + s.random.IntN(24)

	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()

	s.gate.on(func(call int, _ string) {
		if call >= at {
			cancel()
			panic(http.ErrAbortHandler)
		}
	}, nil)

	diags := l.run(ctx, l.arguments())

	s.gate.on(nil, nil)

	state, private, identity := before.state, before.private, before.identity
	l.state, l.private, l.identity, l.tainted = state, private, identity, before.tainted

	s.note("%s: killed at call %d", l.subject, at)

	return diags
}

// acts applies something, and holds what the API was paid meanwhile against the
// slot that was applied.
func (s *sequence) acts(l *slot, what string, apply func() diagnostics) {
	s.t.Helper()

	goal := l.goal()
	if l.saved != nil && what == "apply the saved plan" && l.typeName == "bss_renewal" {
		goal = show(attributeOf(s.t, l.saved.config, "paid_through"))
	}

	before := len(s.w.World().Payments)
	diags := apply()
	after := s.w.World()

	s.note("%s: %s for %s: failed %t, absent %t\n%s", l.subject, what, goal, diags.failed(), l.absent(), diags)

	if l.tainted {
		s.t.Errorf("%s is tainted", l.subject)
	}

	for _, payment := range after.Payments[before:] {
		if payment.By != "api" {
			continue
		}

		l.paid[goal]++

		at := slices.IndexFunc(after.Orders, func(o *bsssim.Order) bool { return o.OrderID == payment.OrderID })
		if order := after.Orders[at]; order.OrderID != l.subject && !slices.Equal(order.ResourceIDs, []string{l.subject}) {
			s.t.Errorf("%s paid order %s, which is about %v", l.subject, order.OrderID, order.ResourceIDs)
		}

		if exact(s.t, string(payment.Amount)).Cmp(exact(s.t, l.most)) > 0 {
			s.t.Errorf("%s paid %s, above %s", l.subject, payment.Amount, l.most)
		}
	}

	if l.paid[goal] > 1 {
		s.t.Errorf("%s was paid %d times for %s", l.subject, l.paid[goal], goal)
	}

	seen := map[string]bool{}
	for _, payment := range after.Payments {
		if seen[payment.OrderID] {
			s.t.Errorf("order %s was paid twice", payment.OrderID)
		}

		seen[payment.OrderID] = true
	}
}

// fault makes a random call go wrong.
func (s *sequence) fault() {
	operations := []string{"renew_resources", "pay_order", "cancel_order", "list_orders", "get_order", "list_resources", "get_renewal_price"}
	operation := operations[s.random.IntN(len(operations))]

	faults := renewalFaults()[operation]
	if faults == nil {
		faults = callFaults()
	}

	names := slices.Sorted(maps.Keys(faults))
	name := names[s.random.IntN(len(names))]

	// What arrives after its client gave up cannot be fenced.
	if strings.Contains(name, "gave up") {
		return
	}

	fault := faults[name]
	fault.Operation, fault.After = operation, s.random.IntN(3)

	addFault(s.t, s.w, fault)
	s.note("fault: %s of %s after %d", name, operation, fault.After)
}

// console is a person at the console, whom nobody asked.
func (s *sequence) console(l *slot) {
	subject := l.subject
	if l.typeName == "bss_order_payment" {
		subject = renewedID
	}

	var (
		act    string
		unpaid = s.w.unpaid()
		values = map[string]any{}
	)

	switch s.random.IntN(6) {
	case 0:
		act, values = "renew", map[string]any{"resource_id": subject, "period_type": 2, "period_num": 1 + s.random.IntN(2)}
	case 1:
		act, values = "renew", map[string]any{"resource_id": subject, "period_type": 2, "period_num": 2, "unpaid": true}
	case 2:
		act, values = "unsubscribe", map[string]any{"resource_id": subject, "renewals_only": true}
	default:
		if len(unpaid) == 0 {
			return
		}

		act = s.oneOf("pay_order", "cancel_order", "reprice_order")
		values["order_id"] = unpaid[s.random.IntN(len(unpaid))]

		if act == "reprice_order" {
			values["amount"] = s.oneOf("10.00", "500.00")
		}
	}

	_, err := s.w.Console(act, values)
	s.note("console: %s %v: %v", act, values, err)

	// A term that was taken back and of which no state knows is bought anew.
	if act == "unsubscribe" && err == nil {
		for _, other := range s.slots {
			if other.subject == subject && (other.absent() || show(other.attribute("paid_through")) != other.goal()) {
				other.paid = map[string]int{}
			}
		}
	}
}

// passes lets time pass, faults end, or a goal grow.
func (s *sequence) passes(l *slot) {
	switch s.random.IntN(3) {
	case 0:
		hours := 1 + s.random.IntN(12*24)
		s.w.Advance(time.Duration(hours) * time.Hour)
		s.note("%d hours pass", hours)
	case 1:
		s.w.ClearFaults()
		s.note("the faults end")
	default:
		l.day = l.day.AddDate(0, 1, 0)
		s.note("%s: the goal is %s", l.subject, l.goal())
	}
}
