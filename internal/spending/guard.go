// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package spending bounds what one run spends, over all the acts of one
// provider configuration.
//
//	Denied  is asked before anything that charges, or lets the platform charge.
//	Planned counts what a plan would spend.
//	Reserve counts what is spent, right before each paying call.
//
// Amounts are the highest that a request can cause. A nil [*Guard] allows all.
package spending

import (
	"fmt"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Policy is what a user allows one run to spend. The zero value allows all.
type Policy struct {
	// Deny refuses every act that spends.
	Deny bool
	// MaxPerApply bounds the sum of what a run plans, and of what it spends, in
	// the currency of the first amount. Null is no bound.
	MaxPerApply bssapi.Decimal
	// RequireKnownPrice refuses plans of which the price is not known.
	RequireKnownPrice bool
}

// Guard holds the acts of one run against its policy. It is safe for
// concurrent use.
type Guard struct {
	policy Policy

	mu       sync.Mutex
	currency string
	planned  map[string]bssapi.Decimal
	reserved bssapi.Decimal
}

// New returns a guard that has counted nothing yet.
func New(policy Policy) *Guard {
	return &Guard{policy: policy, planned: map[string]bssapi.Decimal{}}
}

// Refusal is an act that the policy does not allow. Nothing was done.
type Refusal struct {
	Summary string
	// Detail is whole sentences that do not name the act.
	Detail string
}

func (r *Refusal) Error() string { return r.Summary + ": " + r.Detail }

// Denied returns a [*Refusal] where nothing may be spent at all.
func (g *Guard) Denied() error {
	if g == nil || !g.policy.Deny {
		return nil
	}

	return &Refusal{
		Summary: "Spending is denied",
		Detail: `The spending block of the provider says mode = "deny", which refuses everything that charges or lets the platform charge ` +
			`later. Set mode = "allow" where this is wanted.`,
	}
}

// Planned counts what a plan would spend, under a key that names what is paid
// for: a replacement is planned twice and counts once. It returns a [*Refusal]
// where spending is denied, or where the sum of the run is above the bound.
//
// A null amount is a price that is not known yet. It is refused where prices
// have to be known, and else neither counted nor denied, as it may turn out
// that there is nothing to pay.
func (g *Guard) Planned(key string, amount bssapi.Decimal, currency string) error {
	if g == nil {
		return nil
	}

	if amount.IsNull() {
		return g.unknownPrice()
	}

	if err := g.Denied(); err != nil {
		return err
	}

	g.mu.Lock()
	defer g.mu.Unlock()

	delete(g.planned, key)

	var others bssapi.Decimal
	for _, other := range g.planned {
		others = others.Add(other)
	}

	if err := g.fits(others, amount, currency, "the rest of this run plans to spend"); err != nil {
		return err
	}

	g.planned[key] = amount

	return nil
}

func (g *Guard) unknownPrice() error {
	if !g.policy.RequireKnownPrice {
		return nil
	}

	return &Refusal{
		Summary: "Price is not known",
		Detail: "The price depends on a value that is known only after an apply, and the spending block of the provider says " +
			"require_known_price = true. Apply what gives that value first, for example with -target.",
	}
}

// Reserve counts an amount right before the paying call that can charge it. It
// returns a [*Refusal] where spending is denied, or where the amount and all
// that is reserved are above the bound; then the call must not be made.
//
// release takes the amount back. Call it only where it is certain that nothing
// was charged: what is in doubt stays counted, as what was paid does.
func (g *Guard) Reserve(amount bssapi.Decimal, currency string) (release func(), err error) {
	if g == nil {
		return func() {}, nil
	}

	if err := g.Denied(); err != nil {
		return nil, err
	}

	g.mu.Lock()
	defer g.mu.Unlock()

	if err := g.fits(g.reserved, amount, currency, "this run has spent or may have spent"); err != nil {
		return nil, err
	}

	g.reserved = g.reserved.Add(amount)

	return sync.OnceFunc(func() {
		g.mu.Lock()
		defer g.mu.Unlock()

		g.reserved = g.reserved.Sub(amount)
	}), nil
}

// fits says why an amount cannot come on top of the sum. The bound is a figure
// without currency: the first amount that fits fixes it for the run.
func (g *Guard) fits(sum, amount bssapi.Decimal, currency, sumIs string) error {
	most := g.policy.MaxPerApply

	switch {
	case most.IsNull():
		return nil
	case amount.IsNull() || amount.Sign() < 0 || currency == "":
		return &Refusal{
			Summary: "Price cannot be held against max_per_apply",
			Detail: fmt.Sprintf("The API names no amount with its currency (%q, %q), so it cannot be counted in max_per_apply = %s of the provider.",
				amount, currency, most),
		}
	case g.currency != "" && currency != g.currency:
		return &Refusal{
			Summary: "Currency differs from the rest of the run",
			Detail: fmt.Sprintf("This is in %s, and the rest of the run in %s. max_per_apply = %s of the provider bounds one currency; use a "+
				"provider alias for each.", currency, g.currency, most),
		}
	case sum.Add(amount).Cmp(most) > 0:
		return &Refusal{
			Summary: "Spending is above max_per_apply",
			Detail: fmt.Sprintf("This can charge up to %s %s, and %s %s %s. Together that is above max_per_apply = %s of the provider. "+
				"Raise it, or apply less at once.", amount, currency, sumIs, orZero(sum), currency, most),
		}
	}

	g.currency = currency

	return nil
}

func orZero(amount bssapi.Decimal) string {
	if amount.IsNull() {
		return "0"
	}

	return amount.String()
}
