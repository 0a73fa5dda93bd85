// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"flag"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// How many sequences of how many steps are run by default, and which;
// -rapid.checks, -rapid.steps and -rapid.seed say otherwise, a seed of 0 that they are
// others each time.
const (
	propertySeed       = "1"
	propertyChecks     = "55"
	propertyChecksRace = "3"
	propertySteps      = "30"
)

func init() {
	checks := propertyChecks
	if simtest.RaceDetector {
		checks = propertyChecksRace
	}

	for name, value := range map[string]string{"rapid.seed": propertySeed, "rapid.checks": checks, "rapid.steps": propertySteps} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}

// TestProperty runs random sequences of everything that can happen around
// renewals, payments and unsubscriptions, and holds the world against the laws of
// money after each step, all in virtual time. A sequence that fails is made as short
// as it can be, and printed.
func TestProperty(t *testing.T) {
	t.Parallel()

	var (
		steps atomic.Int64
		begun = bssapi.SystemClock().Now()
	)

	t.Cleanup(func() {
		took := bssapi.SystemClock().Now().Sub(begun).Seconds()
		t.Logf("%d steps in %.0f s, %.0f a second", steps.Load(), took, float64(steps.Load())/took)
	})

	for name, kind := range natures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(check *rapid.T) {
				rapid.SyncTest(check, func(bubble *rapid.T) {
					s := newSequence(bubble, kind)

					bubble.Repeat(map[string]func(*rapid.T){"step": func(*rapid.T) {
						steps.Add(1)
						s.step()
					}})

					s.end()
				})
			})
		})
	}
}

// natures are what the world is like for all sequences of a name. Where reads lag, and
// where calls arrive after their client gave up, only the server's own locks keep an
// act from being repeated.
func natures() map[string]nature {
	return map[string]nature{
		"locks on":                        {locked: true},
		"locks off":                       {},
		"locks on, reads lag":             {locked: true, lags: true},
		"locks on, calls arrive too late": {locked: true, impatient: true},
	}
}

// sequence is a random history of one account.
type sequence struct {
	t      tester
	w      *world
	random draws
	nature nature
	actors []*actor
	laws   *laws
	// happened is what the steps were, in words.
	happened []string
}

// nature is what stays the same throughout a sequence.
type nature struct {
	locked, lags, impatient bool
	processing              bsssim.Transition
}

// actor is a state of one resource of the configuration, wherever it is kept.
type actor struct {
	*core

	name string
	// resourceID is what is renewed or unsubscribed; a payment has none.
	resourceID string
	saved      *savedPlan
}

// savedPlan is a plan, and the state that it was made from.
type savedPlan struct {
	*planned

	goal  goal
	state tftypes.Value
}

// goal is what an apply was told to reach.
type goal struct {
	resourceID, orderID string
	day, unit, most     string
	scope               string
	// acts says that the apply may charge or give back anything at all.
	acts bool
}

func newSequence(t *rapid.T, kind nature) *sequence {
	t.Helper()

	s := &sequence{t: t, random: draws{t}, nature: kind}
	options := s.choose()
	s.w = newWorld(t, options)
	s.laws = newLaws(s)

	t.Cleanup(func() {
		if t.Failed() {
			t.Log(strings.Join(s.happened, "\n"))
		}
	})

	s.note("locked %t, lag %+v, impatient %t, processing %+v, settings %v, %s",
		s.nature.locked, options.Lag, s.nature.impatient, options.Processing, options.Settings, options.Now)
	s.settle(options)

	return s
}

// choose draws the world.
func (s *sequence) choose() bsssim.Options {
	n := &s.nature
	n.processing = pick(s, bsssim.Transition{}, bsssim.Transition{}, bsssim.Transition{Reads: 1 + s.random.IntN(3)},
		bsssim.Transition{Duration: 30 * time.Millisecond}, bsssim.Transition{Duration: time.Hour})

	settings := map[string]string{
		"order_query_finds_renewals": pick(s, "off", "off", "on"),
		"unpaid_line_times":          pick(s, "on", "on", "on", "off"),
		"renew_failures":             pick(s, "inside", "partial", "whole"),
		"price_discounts":            pick(s, "both", "none"),
		"discount_changes_amount":    pick(s, "on", "off"),
		"deadline_after_payment":     pick(s, "keep", "drop"),
	}

	options := bsssim.Options{
		Now: pick(
			s,
			time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC),
			time.Date(2027, 1, 24, 20, 0, 0, 0, time.UTC),
		),
		Processing: n.processing,
		Settings:   settings,
	}

	if n.lags {
		options.Lag = bsssim.Transition{Duration: pick(s, 100*time.Millisecond, 300*time.Millisecond)}
		settings["unpaid_line_times"] = "on"
		// What was charged could only be read from the order.
		settings["discount_changes_amount"] = "on"
	}

	settings["server_locks"] = map[bool]string{true: "on", false: "off"}[n.locked]

	return options
}

// settle puts resources and orders into the world, and states beside it.
func (s *sequence) settle(options bsssim.Options) {
	s.w.console("set_balance", map[string]any{"amount": "10000.00"})

	end := "2027-01-31T15:59:59Z"
	for _, id := range []string{renewedID, "server-2"} {
		s.w.console("add_resource", map[string]any{"resource_id": id, "expire_time": end, "monthly_price": "60.00"})
	}

	s.w.console("add_resource", map[string]any{
		"resource_id": "database-1", "service_type_code": "hws.service.type.rds", "monthly_price": "30.00",
		"expire_time": options.Now.AddDate(0, 0, 9).Format(time.RFC3339), "expire_policy": pick(s, 0, 3),
	})
	s.w.console(
		"add_resource",
		map[string]any{
			"resource_id":        "disk-1",
			"service_type_code":  "hws.service.type.ebs",
			"parent_resource_id": renewedID,
			"monthly_price":      "10.00",
			"expire_time":        end,
		},
	)

	s.laws.place(s.w.placeOrder(map[string]any{"amount": "42.50"}))
	s.w.Advance(time.Second)

	for _, one := range []struct{ name, resourceID string }{
		{"renews server-1 here", renewedID},
		{"renews server-1 there", renewedID},
		{"renews server-2", "server-2"},
		{"renews database-1", "database-1"},
	} {
		s.actors = append(s.actors, &actor{core: s.newCore("bss_renewal"), name: one.name, resourceID: one.resourceID})
	}

	for _, name := range []string{"pays here", "pays there"} {
		s.actors = append(s.actors, &actor{core: s.newCore("bss_order_payment"), name: name})
	}

	s.actors = append(s.actors, &actor{
		core: s.newCore("bss_unsubscription"), name: "unsubscribes", resourceID: pick(s, renewedID, "server-2", "database-1"),
	})

	if s.chance(8) {
		denied := pick(s, s.actors...)
		maps.Copy(denied.provider, deny())
		s.note("%q may not spend", denied.name)
	}
}

func (s *sequence) newCore(typeName string) *core {
	c := newCore(s.w, typeName)
	c.provider = map[string]tftypes.Value{"max_retries": num(s.t, "0")}

	if s.nature.impatient {
		c.provider["request_timeout"] = str("1s")
	}

	return c
}

func (s *sequence) note(format string, arguments ...any) {
	s.happened = append(s.happened, fmt.Sprintf("%2d. %s", len(s.happened), fmt.Sprintf(format, arguments...)))
}

// draws are choices that rapid makes, and makes smaller where they fail. Each is as
// likely as any other.
type draws struct{ t *rapid.T }

// IntN is a number below n.
func (d draws) IntN(n int) int {
	number := 0
	// More bits than it needs, so that the rest of the division does not show.
	for range bits.Len(uint(n)) + 4 {
		number <<= 1
		if rapid.Bool().Draw(d.t, "") {
			number++
		}
	}

	return number % n
}

// chance is true so many times of a hundred, and false in the simplest sequence.
func (s *sequence) chance(percent int) bool { return s.random.IntN(100) >= 100-percent }

func pick[T any](s *sequence, among ...T) T { return among[s.random.IntN(len(among))] }

// step lets something happen, and holds the world against the laws.
func (s *sequence) step() {
	defer s.laws.check()

	switch n := s.random.IntN(100); {
	case n < 50:
		s.planAndApply(s.actor())
	case n < 58:
		a := s.actor()
		arguments, g := s.arguments(a)
		a.saved = s.plan(a, arguments, g)
		s.note("%s: saves a plan, %v", a.name, a.saved.goal)
	case n < 68:
		s.applySaved()
	case n < 80:
		s.addFault()
	case n < 82:
		s.w.ClearFaults()
		s.note("the faults end")
	case n < 84:
		s.reprice()
	case n < 92:
		words, act := s.happening()
		s.note("%s: %s", words, act())
	case n < 95:
		s.forget(pick(s, s.actors...))
	default:
		s.planAndApply(s.imported())
	}
}

// actor draws one, more often of those that share a resource.
func (s *sequence) actor() *actor { return pick(s, append(slices.Clone(s.actors), s.actors[:4]...)...) }

// arguments draws a configuration.
func (s *sequence) arguments(a *actor) (map[string]tftypes.Value, goal) {
	switch a.typeName {
	case "bss_unsubscription":
		g := goal{resourceID: a.resourceID, scope: pick(s, "renewals_only", "renewals_only", "renewals_only", "resource_and_renewals")}

		return map[string]tftypes.Value{"resource_id": str(g.resourceID), "scope": str(g.scope)}, g
	case "bss_order_payment":
		g := goal{orderID: s.unpaidOrder(s.random.IntN(100)), most: pick(s, "42.50", "42.50", "1000", "1000", "10")}

		return map[string]tftypes.Value{"order_id": str(g.orderID), "max_amount": num(s.t, g.most)}, g
	}

	g := goal{
		resourceID: a.resourceID, unit: pick(s, "month", "month", "month", "month", "month", "month", "month", "year"),
		day:  pick(s, "2027-01-31", "2027-02-28", "2027-02-28", "2027-03-01", "2027-03-31", "2027-03-31", "2027-06-30", "2027-09-15"),
		most: pick(s, "70", "140", "140", "140", "2000", "2000", "2000"),
	}
	arguments := map[string]tftypes.Value{
		"resource_id": str(g.resourceID), "paid_through": str(g.day), "period_unit": str(g.unit), "max_amount": num(s.t, g.most),
	}

	if s.chance(25) {
		arguments["discount"] = str("best")
	}

	if s.chance(15) {
		arguments["currency"] = str(pick(s, "USD", "USD", "USD", "USD", "EUR"))
	}

	return arguments, g
}

// unpaidOrder is an order that waits for its payment, or the first of all.
func (s *sequence) unpaidOrder(n int) string {
	if waiting := s.w.unpaid(); len(waiting) > 0 {
		return waiting[n%len(waiting)]
	}

	return s.w.World().Orders[0].OrderID
}

// plan plans, and says what its apply may buy.
func (s *sequence) plan(a *actor, arguments map[string]tftypes.Value, g goal) *savedPlan {
	made := &savedPlan{planned: a.plan(s.t.Context(), arguments), goal: g, state: a.state}
	if made.diagnostics.failed() {
		return made
	}

	_, denied := a.provider["spending"]
	made.goal.acts = made.prior.IsNull() && (!denied || g.scope != "")

	if a.typeName == "bss_unsubscription" && !made.prior.IsNull() {
		// What was given back in part can be given back whole.
		made.goal.acts = g.scope == "resource_and_renewals" && show(attributeOf(s.t, made.prior, "scope")) == "renewals_only"
	}

	if a.typeName != "bss_renewal" {
		return made
	}

	if !made.prior.IsNull() {
		// After an import the first apply records; after that, only a later day
		// buys, or one that was never ordered.
		before := show(attributeOf(s.t, made.prior, "paid_through"))
		pending := show(attributeOf(s.t, made.prior, "status")) == "pending"
		made.goal.acts = !denied && before != "null" && (pending || g.day > before)
	}

	if show(attributeOf(s.t, made.value, "quoted_periods")) == "0" {
		made.goal.acts = false
	}

	return made
}

func (s *sequence) planAndApply(a *actor) {
	arguments, g := s.arguments(a)
	made := s.plan(a, arguments, g)

	switch {
	case made.diagnostics.failed():
		s.note("%s: the plan of %v fails: %s", a.name, made.goal, firstError(made.diagnostics))
	case made.empty():
		s.note("%s: the plan of %v is empty", a.name, made.goal)
	default:
		s.apply(a, made, s.incident(a))
	}
}

// applySaved applies a plan that was saved before, if Terraform would: once the
// state has changed, the plan is stale.
func (s *sequence) applySaved() {
	ready := slices.DeleteFunc(slices.Clone(s.actors), func(a *actor) bool {
		return a.saved == nil || a.saved.diagnostics.failed() || a.saved.empty() || !unchanged(a.saved.state, a.state)
	})
	if len(ready) == 0 {
		s.planAndApply(pick(s, s.actors...))

		return
	}

	a := pick(s, ready...)
	s.apply(a, a.saved, s.incident(a))
}

func unchanged(a, b tftypes.Value) bool {
	none := func(v tftypes.Value) bool { return v.Type() == nil || v.IsNull() }

	return none(a) && none(b) || !none(a) && !none(b) && a.Equal(b)
}

// reprice changes the price of an order while nothing is under way.
func (s *sequence) reprice() {
	waiting := s.w.unpaid()
	if len(waiting) == 0 {
		return
	}

	values := map[string]any{"order_id": pick(s, waiting...), "amount": pick(s, "10.00", "500.00")}
	_, err := s.w.Console("reprice_order", values)
	s.note("reprices %v: %v", values, err)
}

// forget takes a resource out of the state.
func (s *sequence) forget(a *actor) {
	*a.core = *s.forgotten(a)
	s.note("%s: forgets", a.name)
}

func (s *sequence) forgotten(a *actor) *core {
	c := newCore(s.w, a.typeName)
	c.provider = a.provider

	return c
}

// imported is a renewal that was imported just now.
func (s *sequence) imported() *actor {
	a := pick(s, s.actors[:4]...)
	c := s.forgotten(a)

	diags := c.importPolicy(s.t.Context(), pick(s, "id", "identity"), a.resourceID)
	if !diags.failed() {
		*a.core = *c
	}

	s.note("%s: imports: %s", a.name, firstError(diags))

	return a
}

// addFault lets one of the next calls go wrong.
func (s *sequence) addFault() {
	operation := pick(
		s,
		"renew_resources",
		"renew_resources",
		"renew_resources",
		"pay_order",
		"pay_order",
		"cancel_order",
		"unsubscribe_resources",
		"list_resources",
		"get_renewal_price",
		"list_orders",
		"get_order",
		"list_order_discounts",
	)

	kinds := renewalFaults()[operation]
	if kinds == nil {
		kinds = callFaults(lateDelay)
	}

	name := pick(s, slices.Sorted(maps.Keys(kinds))...)
	fault := kinds[name]
	fault.Operation = operation
	fault.After = pick(s, 0, 0, 0, 1, 2)

	switch gaveUp := fault.Delay > time.Second; {
	case gaveUp && !s.nature.impatient, s.nature.impatient && strings.HasPrefix(fault.Kind, "drop"):
		// Who is patient does not give up; and where calls may be late, one that was
		// cut cannot be told from one that is still on its way.
		return
	case fault.Delay > 0 && !gaveUp:
		fault.Delay = 30 * time.Millisecond
	}

	if operation == "renew_resources" {
		s.laws.lost = true
	}

	addFault(s.t, s.w, fault)
	s.note("fault: %s after %d of %s", name, fault.After, operation)
}

// firstError is the summary of the first error.
func firstError(diags diagnostics) string {
	for _, diagnostic := range diags {
		if diagnostic.Severity.String() == "ERROR" {
			return diagnostic.Summary + ": " + diagnostic.Detail
		}
	}

	return "ok"
}
