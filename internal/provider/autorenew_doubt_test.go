// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// lostAnswers are the faults that carry a call out and lose its answer.
var lostAnswers = []string{bsssim.FaultStatusAfter, bsssim.FaultDropAfter, bsssim.FaultGarbage, bsssim.FaultTruncate}

// onceBeforeExpiry is a resource close to its expiry, to be renewed once.
func onceBeforeExpiry(t *testing.T, w *world) (string, map[string]tftypes.Value) {
	t.Helper()

	w.console("set_balance", map[string]any{"amount": "100000.00"})

	id := w.addResource(map[string]any{"expire_time": "120h"})
	once := autorenew(id, true)
	once["times"] = num(t, "1")

	return id, once
}

// TestAutorenewLostAnswer: turned on once, close to expiry, it renews at once and is
// off again; the answer is lost. It is never turned on again, and never charged a
// second time.
func TestAutorenewLostAnswer(t *testing.T) {
	t.Parallel()

	for _, kind := range lostAnswers {
		for _, update := range []bool{false, true} {
			name := kind
			if update {
				name += "/update"
			}

			t.Run(name, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{})
				id, once := onceBeforeExpiry(t, w)
				c := newCore(w, typeAutorenew)

				if update {
					if diags := c.run(t.Context(), autorenew(id, false)); diags.failed() {
						t.Fatal(diags)
					}
				}

				addFault(t, w, bsssim.Fault{Operation: "enable_auto_renew", Kind: kind})

				diags := c.run(t.Context(), once)
				if diags.failed() || c.tainted || !diags.warns("Automatic renewal of resource "+id+" is in doubt") {
					t.Fatalf("tainted %t: %s", c.tainted, diags)
				}

				has(t, c.state, map[string]string{"status": "in_doubt", "enabled": "true", "exhausted": "false"})

				for range 2 {
					plan := c.plan(t.Context(), once)
					if plan.diagnostics.failed() || !plan.empty() || !plan.diagnostics.warns("Automatic renewal of resource "+id+" is in doubt") {
						t.Errorf("%s\n%s", plan.value, plan.diagnostics)
					}

					w.Advance(15 * 24 * time.Hour)
				}

				if paid := len(w.World().Payments); paid != 1 || w.called("enable_auto_renew") != 1 {
					t.Errorf("%d payments, turned on %d times, want one each", paid, w.called("enable_auto_renew"))
				}

				// What a person decides is done.
				once["times"] = num(t, "2")

				if diags := c.run(t.Context(), once); diags.failed() || w.called("enable_auto_renew") != 2 {
					t.Errorf("turned on %d times: %s", w.called("enable_auto_renew"), diags)
				}
			})
		}
	}
}

// TestAutorenewDoubtSettles: a doubt is over as soon as automatic renewal shows on,
// and what certainly did not move is turned on, once.
func TestAutorenewDoubtSettles(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		// lag hides what was done for so long.
		lag bsssim.Transition
		// doubt says that the first apply ends in doubt, calls how many are made in
		// all.
		doubt bool
		calls int
	}{
		"it shows":             {bsssim.Fault{Kind: bsssim.FaultDropAfter}, bsssim.Transition{}, false, 1},
		"it shows late":        {bsssim.Fault{Kind: bsssim.FaultDropAfter}, bsssim.Transition{Duration: 6 * time.Second}, true, 1},
		"it was not carried":   {bsssim.Fault{Kind: bsssim.FaultDropBefore}, bsssim.Transition{}, true, 2},
		"a server's own error": {bsssim.Fault{Kind: bsssim.FaultStatusBefore}, bsssim.Transition{}, true, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Lag: test.lag})
			id := w.addResource(nil)
			c := newCore(w, typeAutorenew)

			w.Advance(10 * time.Second)

			once := autorenew(id, true)
			once["times"] = num(t, "1")
			test.fault.Operation = "enable_auto_renew"
			addFault(t, w, test.fault)

			diags := c.run(t.Context(), once)
			if diags.failed() || strings.Contains(diags.String(), "in doubt") != test.doubt {
				t.Fatal(diags)
			}

			w.Advance(10 * time.Second)

			if diags := c.run(t.Context(), once); diags.failed() || strings.Contains(diags.String(), "in doubt") {
				t.Fatal(diags)
			}

			has(t, c.state, map[string]string{"status": "in_use", "enabled": "true", "expire_policy": "auto_renew"})

			c.plansNothing(t.Context(), once)

			if got := w.called("enable_auto_renew"); got != test.calls || w.policy(id) != apiAutoRenew {
				t.Errorf("turned on %d times, want %d; the policy is %s", got, test.calls, apiWord(w.policy(id)))
			}
		})
	}
}

// TestAutorenewExhaustedStays: of what is exhausted, only another number of renewals
// turns it on again. Everything else is recorded, and not sent.
func TestAutorenewExhaustedStays(t *testing.T) {
	t.Parallel()

	for name, change := range map[string]func(arguments map[string]tftypes.Value){
		"period_unit":    func(a map[string]tftypes.Value) { a["period_unit"] = str("year") },
		"on_destroy":     func(a map[string]tftypes.Value) { a["on_destroy"] = str("disable") },
		"times left out": func(a map[string]tftypes.Value) { a["times"] = tftypes.NewValue(tftypes.Number, nil) },
		"unit, without times": func(a map[string]tftypes.Value) {
			a["period_unit"], a["times"] = str("month"), tftypes.NewValue(tftypes.Number, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id, once := onceBeforeExpiry(t, w)
			c := newCore(w, typeAutorenew)

			if diags := c.run(t.Context(), once); diags.failed() {
				t.Fatal(diags)
			}

			has(t, c.state, map[string]string{"exhausted": "true"})
			change(once)

			for range 2 {
				if diags := c.run(t.Context(), once); diags.failed() {
					t.Fatal(diags)
				}

				w.Advance(31 * 24 * time.Hour)
			}

			if paid := len(w.World().Payments); paid != 1 || w.called("enable_auto_renew") != 1 || w.policy(id) == apiAutoRenew {
				t.Errorf("%d payments, turned on %d times, policy %s", paid, w.called("enable_auto_renew"), apiWord(w.policy(id)))
			}
		})
	}
}

// TestAutorenewUnitAlone: another period is sent without the number of renewals,
// which would start again.
func TestAutorenewUnitAlone(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.console("set_balance", map[string]any{"amount": "100000.00"})

	id := w.addResource(nil)
	c := newCore(w, typeAutorenew)

	arguments := autorenew(id, true)
	arguments["times"] = num(t, "3")

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	w.Advance(29 * 24 * time.Hour)

	arguments["period_unit"] = str("year")

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	left := w.World().Resource(id).AutoRenew

	if len(w.World().Payments) != 1 || left.Left != 2 || left.PeriodType != "YEAR" {
		t.Errorf("payments %v, left %+v, want one and two more", w.World().Payments, left)
	}
}

// TestSettingsTurnOffWhatIsOut: what is on can be turned off whatever the resource is
// and whatever may be spent, by an update and by destroying; of what is closed
// there is nothing to turn off.
func TestSettingsTurnOffWhatIsOut(t *testing.T) {
	t.Parallel()

	for _, act := range []string{"expire", "freeze", "close_resource"} {
		for _, typeName := range []string{typeAutorenew, typeExpiryPolicy} {
			for _, destroy := range []bool{false, true} {
				name := strings.Join([]string{act, typeName, map[bool]string{false: "update", true: "destroy"}[destroy]}, "/")

				t.Run(name, func(t *testing.T) {
					t.Parallel()

					w := newWorld(t, bsssim.Options{})
					id := w.addResource(nil)
					c := newCore(w, typeName)

					on, off := autorenew(id, true), autorenew(id, false)
					if typeName == typeExpiryPolicy {
						on, off = expiryPolicy(id, policyAutoRenew), expiryPolicy(id, policyManual)
					}

					on["on_destroy"], off["on_destroy"] = str("disable"), str("disable")

					if diags := c.run(t.Context(), on); diags.failed() {
						t.Fatal(diags)
					}

					w.console(act, map[string]any{"resource_id": id})

					c.provider = spendingValue(attributes{"mode": str("deny")})

					diags := c.run(t.Context(), off)
					if destroy {
						diags = c.destroy(t.Context())
					}

					want := 1
					if act == "close_resource" {
						want = 0
					}

					if diags.failed() || w.called("disable_auto_renew") != want {
						t.Errorf("%d calls to turn it off, want %d: %s", w.called("disable_auto_renew"), want, diags)
					}

					if text := diags.String(); want == 0 && (strings.Contains(text, "charged") || strings.Contains(text, "since")) {
						t.Errorf("closed, and told: %s", text)
					}

					if !destroy {
						c.plansNothing(t.Context(), off)
					}
				})
			}
		}
	}
}

// TestAutorenewImportSendsNothing: of what was imported as on, terms that are written
// then are recorded, with a warning, and not sent; later ones are.
func TestAutorenewImportSendsNothing(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(map[string]any{"expire_policy": apiAutoRenew})
	c := newCore(w, typeAutorenew)

	if diags := c.importPolicy(t.Context(), "id", id); diags.failed() {
		t.Fatal(diags)
	}

	arguments := autorenew(id, true)
	arguments["times"] = num(t, "2")

	diags := c.run(t.Context(), arguments)
	if diags.failed() || !diags.warns("Terms are recorded, not sent") || w.mutations() != 0 {
		t.Errorf("%d mutating calls: %s", w.mutations(), diags)
	}

	c.plansNothing(t.Context(), arguments)

	arguments["times"] = num(t, "3")

	if diags := c.run(t.Context(), arguments); diags.failed() || w.called("enable_auto_renew") != 1 {
		t.Errorf("%d calls: %s", w.called("enable_auto_renew"), diags)
	}
}

// TestPolicyInDoubtOutOfUse: a doubt about what has gone out of use since blocks no
// plan: it is told.
func TestPolicyInDoubtOutOfUse(t *testing.T) {
	t.Parallel()

	for typeName, arguments := range map[string]func(id string) map[string]tftypes.Value{
		typeAutorenew:    func(id string) map[string]tftypes.Value { return autorenew(id, true) },
		typeExpiryPolicy: func(id string) map[string]tftypes.Value { return expiryPolicy(id, policyAutoRenew) },
	} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(nil)
			c := newCore(w, typeName)

			addFault(t, w, bsssim.Fault{Operation: "enable_auto_renew", Kind: bsssim.FaultDropBefore})

			if diags := c.run(t.Context(), arguments(id)); diags.failed() {
				t.Fatal(diags)
			}

			has(t, c.state, map[string]string{"status": "in_doubt"})
			w.console("expire", map[string]any{"resource_id": id})

			plan := c.plan(t.Context(), arguments(id))
			if plan.diagnostics.failed() || !plan.empty() || !plan.diagnostics.warns("Automatic renewal of resource "+id+" is in doubt") {
				t.Errorf("%s\n%s", plan.value, plan.diagnostics)
			}
		})
	}
}

// TestAutorenewTurnedOnElsewhere: what somebody else turned on is given the terms that
// are written for it.
func TestAutorenewTurnedOnElsewhere(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id, once := onceBeforeExpiry(t, w)
	c := newCore(w, typeAutorenew)

	if diags := c.run(t.Context(), autorenew(id, false)); diags.failed() {
		t.Fatal(diags)
	}

	w.console("set_expire_policy", map[string]any{"resource_id": id, "policy": apiAutoRenew})

	if diags := c.run(t.Context(), once); diags.failed() || w.called("enable_auto_renew") != 1 {
		t.Errorf("turned on %d times: %s", w.called("enable_auto_renew"), diags)
	}
}

// TestAutorenewRenewedAfterThePlan: a saved plan that edits one argument of what was on
// does not turn on again what has ended by itself since.
func TestAutorenewRenewedAfterThePlan(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.console("set_balance", map[string]any{"amount": "100000.00"})

	id := w.addResource(map[string]any{"expire_time": "480h"})
	c := newCore(w, typeAutorenew)

	arguments := autorenew(id, true)
	arguments["times"] = num(t, "1")

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	arguments["period_unit"] = str("year")
	plan := c.plan(t.Context(), arguments)

	w.Advance(15 * 24 * time.Hour)

	if diags := c.apply(t.Context(), plan); !diags.failed() {
		t.Errorf("applied although the term moved: %s", diags)
	}

	if paid := len(w.World().Payments); paid != 1 || w.called("enable_auto_renew") != 1 {
		t.Errorf("%d payments, turned on %d times", paid, w.called("enable_auto_renew"))
	}
}

// TestAutorenewDoubtIsTold: the plan whose apply would settle a doubt by turning automatic
// renewal on says so, in a warning that names the resource.
func TestAutorenewDoubtIsTold(t *testing.T) {
	t.Parallel()

	for typeName, arguments := range map[string]func(id string) map[string]tftypes.Value{
		typeAutorenew:    func(id string) map[string]tftypes.Value { return autorenew(id, true) },
		typeExpiryPolicy: func(id string) map[string]tftypes.Value { return expiryPolicy(id, policyAutoRenew) },
	} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(map[string]any{"expire_policy": apiGracePeriod})
			c := newCore(w, typeName)

			addFault(t, w, bsssim.Fault{Operation: "enable_auto_renew", Kind: bsssim.FaultDropBefore})

			if diags := c.run(t.Context(), arguments(id)); diags.failed() {
				t.Fatal(diags)
			}

			has(t, c.state, map[string]string{"status": "in_doubt"})

			plan := c.plan(t.Context(), arguments(id))
			told := false

			for _, diagnostic := range plan.diagnostics {
				told = told || strings.Contains(diagnostic.Summary, id) &&
					strings.Contains(diagnostic.Summary, "changes from grace_period to auto_renew")
			}

			if plan.diagnostics.failed() || plan.empty() || !told {
				t.Errorf("%s\n%s", plan.value, plan.diagnostics)
			}
		})
	}
}

// TestAutorenewDoubtAndEdits: beside a doubt whose term has moved, an edit of anything but
// times is recorded, and sends nothing again.
func TestAutorenewDoubtAndEdits(t *testing.T) {
	t.Parallel()

	for name, change := range map[string]func(arguments map[string]tftypes.Value){
		"period_unit":    func(a map[string]tftypes.Value) { a["period_unit"] = str("year") },
		"on_destroy":     func(a map[string]tftypes.Value) { a["on_destroy"] = str("disable") },
		"timeouts":       func(a map[string]tftypes.Value) { a["timeouts"] = shortTimeouts("3s", "3s") },
		"times left out": func(a map[string]tftypes.Value) { a["times"] = tftypes.NewValue(tftypes.Number, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, bsssim.Options{})
				id, once := onceBeforeExpiry(t, w)
				c := newCore(w, typeAutorenew)

				addFault(t, w, bsssim.Fault{Operation: "enable_auto_renew", Kind: bsssim.FaultDropAfter})

				if diags := c.run(t.Context(), once); diags.failed() {
					t.Fatal(diags)
				}

				has(t, c.state, map[string]string{"status": "in_doubt"})
				change(once)

				for range 2 {
					diags := c.run(t.Context(), once)
					if diags.failed() || !diags.warns("Automatic renewal of resource "+id+" is in doubt") {
						t.Error(diags)
					}

					w.Advance(31 * 24 * time.Hour)
				}

				has(t, c.state, map[string]string{"status": "in_doubt"})
				c.plansNothing(t.Context(), once)

				if paid := len(w.World().Payments); paid != 1 || w.called("enable_auto_renew") != 1 {
					t.Errorf("%d payments, turned on %d times, want one each", paid, w.called("enable_auto_renew"))
				}
			})
		})
	}
}
