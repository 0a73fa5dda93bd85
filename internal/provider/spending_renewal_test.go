// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// renewalUnderDeny is what a configuration asks of a resource while spending is
// denied.
type renewalUnderDeny struct {
	typeName string
	// policy is what the resource has.
	policy    int
	arguments func(t *testing.T, id string) attributes
	// refusedAt is empty for what is not refused.
	refusedAt string
}

func renewalsUnderDeny() map[string]renewalUnderDeny {
	autorenewing := func(enabled bool) func(*testing.T, string) attributes {
		return func(_ *testing.T, id string) attributes { return autorenew(id, enabled) }
	}

	expiring := func(policy string) func(*testing.T, string) attributes {
		return func(_ *testing.T, id string) attributes { return expiryPolicy(id, policy) }
	}

	nineTimes := func(t *testing.T, id string) attributes {
		t.Helper()

		arguments := autorenew(id, true)
		arguments["times"] = num(t, "9")

		return arguments
	}

	return map[string]renewalUnderDeny{
		"autorenew on":                      {typeAutorenew, apiGracePeriod, autorenewing(true), "enabled"},
		"autorenew on, already":             {typeAutorenew, apiAutoRenew, autorenewing(true), ""},
		"autorenew on, for other times":     {typeAutorenew, apiAutoRenew, nineTimes, "enabled"},
		"autorenew off":                     {typeAutorenew, apiAutoRenew, autorenewing(false), ""},
		"autorenew off, already":            {typeAutorenew, apiFreeze, autorenewing(false), ""},
		"expiry policy auto_renew":          {typeExpiryPolicy, apiPayPerUse, expiring(policyAutoRenew), "policy"},
		"expiry policy auto_renew, already": {typeExpiryPolicy, apiAutoRenew, expiring(policyAutoRenew), ""},
		"expiry policy manual":              {typeExpiryPolicy, apiAutoRenew, expiring(policyManual), ""},
		"expiry policy pay_per_use":         {typeExpiryPolicy, apiGracePeriod, expiring(policyPayPerUse), ""},
	}
}

// untouched fails if anything was done to the resource.
func (c *core) untouched(id string, policy int) {
	c.t.Helper()

	if count := c.world.mutations(); count != 0 || c.world.policy(id) != policy || c.tainted {
		c.t.Errorf("%d calls that change something, policy %s, tainted: %t", count, apiWord(c.world.policy(id)), c.tainted)
	}
}

// TestSpendingDenyAutomaticRenewal: turning automatic renewal on, by either
// resource, anew or by an update, is refused at plan. What makes no such call
// is not.
func TestSpendingDenyAutomaticRenewal(t *testing.T) {
	t.Parallel()

	for name, test := range renewalsUnderDeny() {
		for _, imported := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/imported %t", name, imported), func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{})
				id := w.addResource(map[string]any{"expire_policy": test.policy})
				arguments := test.arguments(t, id)

				c := newCore(w, test.typeName)
				c.provider = deny()

				if imported {
					if diags := c.importPolicy(t.Context(), "id", id); diags.failed() {
						t.Fatal(diags)
					}
				}

				// Of what was imported as on, terms are recorded and not sent.
				recorded := imported && test.policy == apiAutoRenew

				if test.refusedAt != "" && !recorded {
					c.plan(t.Context(), arguments).diagnostics.says(t, test.refusedAt, "Spending is denied")
					c.untouched(id, test.policy)

					return
				}

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Error(diags)
				}

				if plan := c.plan(t.Context(), arguments); !plan.empty() {
					t.Errorf("the plan after is not empty: %s", plan.value)
				}

				if w.called("enable_auto_renew") != 0 {
					t.Error("automatic renewal was turned on")
				}
			})
		}
	}
}

// TestSpendingDenyAutomaticRenewalLate: a plan that was made while spending was
// allowed, or before it was known what to set, is refused before the call.
func TestSpendingDenyAutomaticRenewalLate(t *testing.T) {
	t.Parallel()

	for name, test := range renewalsUnderDeny() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(map[string]any{"expire_policy": test.policy})

			c := newCore(w, test.typeName)

			plan := c.plan(t.Context(), test.arguments(t, id))
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			c.provider = deny()
			diags := c.change(t.Context(), c.running(t.Context()), plan)

			if test.refusedAt == "" {
				if diags.failed() {
					t.Error(diags)
				}

				return
			}

			diags.says(t, "resource_id", "Spending is denied", "was not turned on")
			c.untouched(id, test.policy)

			if !c.absent() {
				t.Errorf("state %s", c.state)
			}

			// The plan at apply refuses it before.
			c.apply(t.Context(), plan).says(t, test.refusedAt, "Spending is denied")
		})
	}
}
