// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// twice is what an error about two managers of one id says.
const twice = "is managed twice"

// TestManagedTwice: two objects that manage the same of one id are an error of
// the second plan, and so is what ends a resource beside what keeps it. Nothing
// else is.
func TestManagedTwice(t *testing.T) {
	t.Parallel()

	plans := map[string]func(t *testing.T, id string) map[string]tftypes.Value{
		typeAutorenew:    func(_ *testing.T, id string) map[string]tftypes.Value { return autorenew(id, true) },
		typeExpiryPolicy: func(_ *testing.T, id string) map[string]tftypes.Value { return expiryPolicy(id, policyAutoRenew) },
		typeRenewal: func(t *testing.T, id string) map[string]tftypes.Value {
			t.Helper()

			arguments := renewalTo(t, "2027-02-28", "1000")
			arguments["resource_id"] = str(id)

			return arguments
		},
		typeUnsubscription:     func(_ *testing.T, id string) map[string]tftypes.Value { return unsubscriptionArguments(id, scopeAll) },
		typeOnDemandConversion: func(_ *testing.T, id string) map[string]tftypes.Value { return conversionArguments(id) },
	}

	taken := map[string]string{
		typeAutorenew: "expiry", typeExpiryPolicy: "expiry", typeRenewal: "term", typeUnsubscription: "end",
		typeOnDemandConversion: "end",
	}

	for first, firstPlan := range plans {
		for second, secondPlan := range plans {
			for _, same := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s and %s, same id %t", first, second, same), func(t *testing.T) {
					t.Parallel()

					w := renewalWorld(t, bsssim.Options{})
					ids := []string{w.addResource(nil), w.addResource(nil)}

					if same {
						ids[1] = ids[0]
					}

					one, other := newCore(w, first), newCore(w, second)

					p, diags := one.start(t.Context())
					if diags.failed() {
						t.Fatal(diags)
					}

					if plan := one.planWith(t.Context(), p, firstPlan(t, ids[0])); plan.diagnostics.refuses(twice) {
						t.Fatal(plan.diagnostics)
					}

					plan := other.planWith(t.Context(), other.within(p), secondPlan(t, ids[1]))
					want := same && (taken[first] == taken[second] || taken[first] == "end" || taken[second] == "end")

					if plan.diagnostics.refuses(twice) != want || want && !plan.diagnostics.errorAt("resource_id") {
						t.Errorf("refused %t, want %t\n%s", !want, want, plan.diagnostics)
					}
				})
			}
		}
	}

	t.Run("payments of one order", func(t *testing.T) {
		t.Parallel()

		_, one, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50"})
		other := newCore(one.world, one.typeName)

		p, diags := one.start(t.Context())
		if diags.failed() {
			t.Fatal(diags)
		}

		first, second := one.planWith(t.Context(), p, arguments), other.planWith(t.Context(), p, arguments)
		if first.diagnostics.failed() || !second.diagnostics.refuses(twice) || !second.diagnostics.errorAt("order_id") {
			t.Errorf("first %s\nsecond %s", first.diagnostics, second.diagnostics)
		}
	})
}

// TestReplacedOnce: a replacement plans twice in one process, and is one object:
// with and without a mark in its state.
func TestReplacedOnce(t *testing.T) {
	t.Parallel()

	for _, marked := range []bool{true, false} {
		t.Run(fmt.Sprintf("marked %t", marked), func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			ids := []string{w.addResource(nil), w.addResource(nil)}
			c := newCore(w, typeAutorenew)

			if diags := c.run(t.Context(), autorenew(ids[0], true)); diags.failed() {
				t.Fatal(diags)
			}

			if !marked {
				c.private = nil
			}

			p, diags := c.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			// To another id, which core is told by RequiresReplace.
			if plan := c.planWith(t.Context(), p, autorenew(ids[1], true)); plan.diagnostics.failed() || !plan.prior.IsNull() {
				t.Errorf("to another id: %s", plan.diagnostics)
			}

			// Of the same id, by -replace.
			if p, diags = c.start(t.Context()); diags.failed() {
				t.Fatal(diags)
			}

			plan := c.planWith(t.Context(), p, autorenew(ids[0], true))
			c.replace(t.Context(), p, plan)

			if plan.diagnostics.failed() {
				t.Errorf("-replace: %s", plan.diagnostics)
			}
		})
	}
}

// TestManagedOnce runs what Terraform does to one block of an id through the real
// CLI: none of it is two managers.
func TestManagedOnce(t *testing.T) {
	t.Parallel()

	block := func(name, id, rest string) string {
		return fmt.Sprintf(
			"resource \"bss_autorenew\" %q {\n  resource_id = %q\n  enabled     = true\n  on_destroy  = \"disable\"\n%s}\n",
			name,
			id,
			rest,
		)
	}

	const createFirst = "  lifecycle {\n    create_before_destroy = true\n  }\n"

	counted := func(ids ...string) string {
		return fmt.Sprintf(`
locals {
  ids = ["%s"]
}

resource "bss_autorenew" "a" {
  count       = length(local.ids)
  resource_id = local.ids[count.index]
  enabled     = true
}
`, strings.Join(ids, `", "`))
	}

	apply := []string{"apply", "-no-color", "-input=false", "-auto-approve"}

	tests := map[string]struct {
		before func(ids []string) string
		// between is done to the state, before the configuration is changed.
		between []string
		after   func(ids []string) string
		then    []string
	}{
		"-replace": {then: append(apply, "-replace=bss_autorenew.a")},
		"taint":    {between: []string{"taint", "bss_autorenew.a"}, then: apply},
		"-replace, created first": {
			before: func(ids []string) string { return block("a", ids[0], createFirst) },
			then:   append(apply, "-replace=bss_autorenew.a"),
		},
		"taint, created first": {
			before:  func(ids []string) string { return block("a", ids[0], createFirst) },
			between: []string{"taint", "bss_autorenew.a"}, then: apply,
		},
		"another id": {after: func(ids []string) string { return block("a", ids[1], "") }, then: apply},
		"renamed":    {after: func(ids []string) string { return block("b", ids[0], "") }, then: apply},
		"moved": {
			after: func(ids []string) string {
				return block("b", ids[0], "") + "moved {\n  from = bss_autorenew.a\n  to   = bss_autorenew.b\n}\n"
			},
			then: apply,
		},
		"count, one less": {
			before: func(ids []string) string { return counted(ids...) },
			after:  func(ids []string) string { return counted(ids[1:]...) }, then: apply,
		},
		"count, one more at the front": {
			before: func(ids []string) string { return counted(ids[1:]...) },
			after:  func(ids []string) string { return counted(ids...) }, then: apply,
		},
		"state removed, imported": {
			between: []string{"state", "rm", "bss_autorenew.a"},
			after: func(ids []string) string {
				return block("a", ids[0], "") + "import {\n  to = bss_autorenew.a\n  id = \"" + ids[0] + "\"\n}\n"
			},
			then: apply,
		},
		"refreshed":   {then: []string{"apply", "-refresh-only", "-no-color", "-input=false", "-auto-approve"}},
		"not changed": {then: apply},
		"destroyed":   {then: []string{"destroy", "-no-color", "-input=false", "-auto-approve"}},
	}

	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			ids := []string{w.addResource(nil), w.addResource(nil), w.addResource(nil)}

			if test.before == nil {
				test.before = func(ids []string) string { return block("a", ids[0], "") }
			}

			c := newCLI(t, w, test.before(ids))
			c.ok(apply...)

			if test.between != nil {
				c.ok(test.between...)
			}

			if test.after != nil {
				c.configure(test.after(ids))
			}

			c.ok(test.then...)
		})
	}
}

// TestTwoBlocks: two blocks of one id that are both in state, as two runs with
// -target leave them, are an error until one of them is removed.
func TestTwoBlocks(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(nil)
	block := func(name string) string {
		return fmt.Sprintf("resource \"bss_expiry_policy\" %q {\n  resource_id = %q\n  policy      = \"manual\"\n}\n", name, id)
	}

	c := newCLI(t, w, block("a")+block("b"))
	plan := []string{"plan", "-no-color", "-input=false", "-detailed-exitcode"}

	c.ok("apply", "-no-color", "-input=false", "-auto-approve", "-target=bss_expiry_policy.a")
	c.ok("apply", "-no-color", "-input=false", "-auto-approve", "-target=bss_expiry_policy.b")

	if code, output := c.run(plan...); code != 1 || !strings.Contains(output, twice) {
		t.Errorf("exit %d:\n%s", code, output)
	}

	// Nothing counts that is only read.
	c.ok("apply", "-refresh-only", "-no-color", "-input=false", "-auto-approve")

	c.configure(block("a"))

	if code, output := c.run(plan...); code != 2 || !strings.Contains(output, "1 to destroy") {
		t.Errorf("exit %d:\n%s", code, output)
	}

	c.ok("destroy", "-no-color", "-input=false", "-auto-approve")
}

// TestDeposed: what a failed destruction leaves deposed is no second manager.
func TestDeposed(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	ids := []string{w.addResource(nil), w.addResource(nil)}
	config := func(id string) string {
		return fmt.Sprintf(`
resource "bss_autorenew" "a" {
  resource_id = %q
  enabled     = true
  on_destroy  = "disable"

  lifecycle {
    create_before_destroy = true
  }
}
`, id)
	}

	c := newCLI(t, w, config(ids[0]))
	apply := []string{"apply", "-no-color", "-input=false", "-auto-approve"}

	c.ok(apply...)
	addFault(t, w, bsssim.Fault{Operation: "disable_auto_renew", Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151", Times: -1})
	c.configure(config(ids[1]))

	if code, output := c.run(apply...); code != 1 || strings.Contains(output, twice) {
		t.Fatalf("exit %d:\n%s", code, output)
	}

	w.ClearFaults()

	// The block goes back to the id of the deposed object.
	c.configure(config(ids[0]))

	if output := c.ok("plan", "-no-color", "-input=false"); !strings.Contains(output, "deposed object") {
		t.Errorf("no deposed object in the plan:\n%s", output)
	}

	c.ok(apply...)
	c.empty()
}

// refuses says whether an error has the words in its summary.
func (d diagnostics) refuses(words string) bool {
	for _, diagnostic := range d {
		if strings.Contains(diagnostic.Summary, words) && (diagnostics{diagnostic}).failed() {
			return true
		}
	}

	return false
}

// within is the process as this object sees it: by its own schema.
func (c *core) within(p *process) *process {
	c.t.Helper()

	schema := asked.schemas.ResourceSchemas[c.typeName]

	return &process{server: p.server, schema: schema, typ: schema.ValueType()}
}
