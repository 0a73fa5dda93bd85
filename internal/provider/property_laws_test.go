// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// laws are what holds after each step of a sequence, whatever happened.
type laws struct {
	s *sequence
	// elsewhere are the orders that were placed at the console.
	elsewhere map[string]bool
	// bought are the terms that the API sold for a goal.
	bought map[string]term
	// returned are the unsubscriptions by the API.
	returned map[string]bool
	// left are the unpaid orders that were there before.
	left map[string]bool

	// lost says that the answer of a renewal may have been lost: only the next plan
	// can name its order then.
	lost bool

	// The rest is of one step: its goals, whether a process was killed in it, and
	// what was said.
	goals  []goal
	killed bool
	said   string
}

// term is what one order added to a resource.
type term struct {
	resourceID string
	start, end time.Time
}

func newLaws(s *sequence) *laws {
	return &laws{s: s, elsewhere: map[string]bool{}, bought: map[string]term{}, left: map[string]bool{}, returned: map[string]bool{}}
}

func (l *laws) place(orderID string) { l.elsewhere[orderID] = true }

func (l *laws) expect(g goal) { l.goals = append(l.goals, g) }

func (l *laws) cutOff() { l.killed = true }

func (l *laws) ended(a *actor, diags diagnostics) {
	l.said += diags.String()

	if a.tainted {
		l.s.t.Errorf("%s: tainted:\n%s", a.name, diags)
	}

	if strings.Contains(l.said, "inconsistent result after apply") {
		l.s.t.Errorf("%s:\n%s", a.name, diags)
	}
}

// check holds the world against the laws, and begins the next step.
func (l *laws) check() {
	if l.s.nature.impatient {
		until(l.s.t, "no call is on its way", func() bool { return settledCalls(l.s.w) })
	}

	world := l.s.w.World()
	charged, spent := map[string]int{}, map[string]bssapi.Decimal{}

	for _, payment := range world.Payments {
		if payment.By != "api" {
			continue
		}

		charged[payment.OrderID]++

		if charged[payment.OrderID] > 1 {
			l.s.t.Errorf("order %s was paid %d times", payment.OrderID, charged[payment.OrderID])
		}

		if _, known := l.bought[payment.OrderID]; !known {
			l.judge(world, payment, spent)
		}
	}

	for _, order := range world.Orders {
		if order.Status != 6 || l.left[order.OrderID] {
			continue
		}

		l.left[order.OrderID] = true

		if !l.elsewhere[order.OrderID] && !l.killed && !l.lost && !strings.Contains(l.said, order.OrderID) {
			l.s.t.Errorf("order %s is left unpaid, and nothing names it:\n%s", order.OrderID, l.said)
		}
	}

	l.checkReturns(world)

	l.goals, l.killed, l.said = nil, false, ""
}

// checkReturns fails for an unsubscription by the API that nobody asked for, and
// for a second one of the same step.
func (l *laws) checkReturns(world bsssim.World) {
	asked := map[string]bool{}

	for _, g := range l.goals {
		if g.acts && g.scope != "" {
			asked[g.resourceID] = true
		}
	}

	for _, order := range world.Orders {
		if order.OrderType != 4 || l.elsewhere[order.OrderID] || l.returned[order.OrderID] {
			continue
		}

		id := order.ResourceIDs[0]
		if !asked[id] {
			l.s.t.Errorf("order %s unsubscribes %s, which nobody asked for, or not twice", order.OrderID, id)
		}

		asked[id], l.returned[order.OrderID] = false, true
	}
}

// judge holds a new payment against the goals of the step.
func (l *laws) judge(world bsssim.World, payment bsssim.Payment, spent map[string]bssapi.Decimal) {
	order := world.Orders[slices.IndexFunc(world.Orders, func(o *bsssim.Order) bool { return o.OrderID == payment.OrderID })]
	named := func(g goal) bool { return g.acts && g.orderID == order.OrderID }
	renewed := func(g goal) bool {
		return g.acts && g.resourceID != "" && slices.Contains(order.ResourceIDs, g.resourceID)
	}

	l.bought[order.OrderID] = term{}

	var most, sum bssapi.Decimal

	for _, g := range l.goals {
		if named(g) || renewed(g) {
			most, sum = highest(most, l.decimal(g.most)), sum.Add(l.decimal(g.most))
		}
	}

	if most.IsNull() {
		l.s.t.Errorf("order %s of %v was paid, which nobody asked for", order.OrderID, order.ResourceIDs)

		return
	}

	if l.decimal(string(payment.Amount)).Cmp(most) > 0 {
		l.s.t.Errorf("order %s cost %s, above the cap %s", order.OrderID, payment.Amount, most)
	}

	// Who asks for an order by its id has it paid, whatever it buys.
	if slices.ContainsFunc(l.goals, named) {
		return
	}

	id := order.ResourceIDs[0]
	spent[id] = spent[id].Add(l.decimal(string(payment.Amount)))

	if spent[id].Cmp(sum) > 0 {
		l.s.t.Errorf("renewing %s cost %s in one step, above the caps %s", id, spent[id], sum)
	}

	l.judgeTerm(world, order, l.goals[slices.IndexFunc(l.goals, renewed)])
}

// judgeTerm fails for a term that was not needed, or that was bought before.
func (l *laws) judgeTerm(world bsssim.World, order *bsssim.Order, g goal) {
	for _, other := range l.goals {
		if other.resourceID == g.resourceID && other.day > g.day {
			g.day = other.day
		}
	}

	line := order.Lines[0]
	bought := term{resourceID: g.resourceID, start: line.EffectiveTime, end: line.ExpireTime}

	resource := world.Resources[slices.IndexFunc(world.Resources, func(r *bsssim.Resource) bool { return r.ResourceID == g.resourceID })]

	alive := map[string]bool{}
	for _, period := range resource.Renewals {
		alive[period.OrderID] = true

		if period.OrderID == order.OrderID {
			bought.start, bought.end = period.Start, period.End
		}
	}

	if dayOf(bought.start) >= g.day {
		l.s.t.Errorf("order %s renews %s from %s on, which is paid through %s already", order.OrderID, g.resourceID, bought.start, g.day)
	}

	if line.PeriodNum > 1 && line.PeriodType == 2 {
		if shorter := monthsLater(bought.start, line.PeriodNum-1); shorter >= g.day {
			l.s.t.Errorf("order %s renews %s for %d months, and one less reaches %s", order.OrderID, g.resourceID, line.PeriodNum, g.day)
		}
	}

	for _, other := range world.Orders {
		if other.Status == 3 {
			alive[other.OrderID] = true
		}
	}

	for id, before := range l.bought {
		// What was given back can be bought again.
		if before.resourceID != g.resourceID || !alive[id] {
			continue
		}

		if before.start.Before(bought.end) && bought.start.Before(before.end) {
			l.s.t.Errorf("orders %s and %s both renew %s: %v and %v", id, order.OrderID, g.resourceID, before, bought)
		}
	}

	l.bought[order.OrderID] = bought
}

// dayOf is the day of the billing calendar, as the configuration writes it.
func dayOf(at time.Time) string { return at.Add(8 * time.Hour).UTC().Format(time.DateOnly) }

// monthsLater is the day on which a term ends that starts then.
func monthsLater(start time.Time, months int) string {
	local := start.Add(8 * time.Hour).UTC()
	end := local.AddDate(0, months, 0)

	if end.Day() != local.Day() {
		end = end.AddDate(0, 0, -end.Day())
	}

	return end.Format(time.DateOnly)
}

func highest(a, b bssapi.Decimal) bssapi.Decimal {
	if a.IsNull() || a.Cmp(b) < 0 {
		return b
	}

	return a
}

func (l *laws) decimal(amount string) bssapi.Decimal {
	value, err := bssapi.ParseDecimal(amount)
	if err != nil {
		l.s.t.Fatal(err)
	}

	return value
}
