// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestPolicyUnknown: a plan that does not know yet whether it turns something on leaves
// what comes of it open; the apply does what the value turns out to be, and nothing where
// that is what is set already.
func TestPolicyUnknown(t *testing.T) {
	t.Parallel()

	for typeName, of := range map[string]struct {
		argument  string
		kind      tftypes.Type
		arguments func(id string, on bool) map[string]tftypes.Value
	}{
		typeAutorenew: {"enabled", tftypes.Bool, autorenew},
		typeExpiryPolicy: {"policy", tftypes.String, func(id string, on bool) map[string]tftypes.Value {
			return expiryPolicy(id, map[bool]string{true: policyAutoRenew, false: policyManual}[on])
		}},
	} {
		for name, test := range map[string]struct {
			exists, before, after bool
			calls                 int
		}{
			"a new one, on":  {after: true, calls: 1},
			"a new one, off": {},
			"off, on":        {exists: true, after: true, calls: 1},
			"on, off":        {exists: true, before: true, calls: 1},
			"on, on":         {exists: true, before: true, after: true},
		} {
			t.Run(typeName+"/"+name, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{})
				id := w.addResource(map[string]any{"expire_policy": apiGracePeriod})
				c := newCore(w, typeName)

				if test.exists {
					if diags := c.run(t.Context(), of.arguments(id, test.before)); diags.failed() {
						t.Fatal(diags)
					}
				}

				arguments := of.arguments(id, test.after)
				value := arguments[of.argument]
				arguments[of.argument] = unknown(of.kind)

				plan := c.plan(t.Context(), arguments)
				if plan.diagnostics.failed() {
					t.Fatal(plan.diagnostics)
				}

				has(t, plan.value, map[string]string{"status": "unknown", "expire_policy": "unknown", "expires_at_enabling": "unknown"})
				w.ClearRequests()

				plan.config = replaceAttribute(t, plan.config, of.argument, value)

				if diags := c.apply(t.Context(), plan); diags.failed() || w.mutations() != test.calls {
					t.Errorf("%d calls that change something, want %d: %s", w.mutations(), test.calls, diags)
				}

				if on := w.policy(id) == apiAutoRenew; on != test.after {
					t.Errorf("the policy is %s", apiWord(w.policy(id)))
				}

				c.plansNothing(t.Context(), of.arguments(id, test.after))
			})
		}
	}
}

// TestPolicyLeftOut: an answer without a policy says nothing about it: what is set stays
// set, and nothing is sent again.
func TestPolicyLeftOut(t *testing.T) {
	t.Parallel()

	for typeName, arguments := range map[string]map[bool]func(id string) map[string]tftypes.Value{
		typeAutorenew: {
			true:  func(id string) map[string]tftypes.Value { return autorenew(id, true) },
			false: func(id string) map[string]tftypes.Value { return autorenew(id, false) },
		},
		typeExpiryPolicy: {
			true:  func(id string) map[string]tftypes.Value { return expiryPolicy(id, policyAutoRenew) },
			false: func(id string) map[string]tftypes.Value { return expiryPolicy(id, policyManual) },
		},
	} {
		for on, of := range arguments {
			t.Run(typeName+map[bool]string{true: "/on", false: "/off"}[on], func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{})
				id := w.addResource(map[string]any{"expire_policy": apiGracePeriod})
				c := newCore(w, typeName)

				if diags := c.run(t.Context(), of(id)); diags.failed() {
					t.Fatal(diags)
				}

				w.ClearRequests()

				g := w.gated()
				g.answersWith(replace("list_resources", `"expire_policy":`, `"left_out":`))

				for range 2 {
					if diags := c.run(t.Context(), of(id)); diags.failed() {
						t.Error(diags)
					}
				}

				g.answersWith(nil)
				c.plansNothing(t.Context(), of(id))

				if w.mutations() > 0 {
					t.Errorf("%d calls that change something", w.mutations())
				}
			})
		}
	}
}
