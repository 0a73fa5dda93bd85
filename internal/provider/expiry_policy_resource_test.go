// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// The policies of the API.
const (
	apiGracePeriod = 0
	apiPayPerUse   = 1
	apiDelete      = 2
	apiAutoRenew   = 3
	apiFreeze      = 4
	apiRetention   = 5
)

// addResource adds a resource that expires in a month, and returns its id.
func (w *world) addResource(values map[string]any) string {
	w.t.Helper()

	all := map[string]any{"expire_time": "720h"}
	for name, value := range values {
		all[name] = value
	}

	id, ok := w.console("add_resource", all)["resource_id"].(string)
	if !ok || id == "" {
		w.t.Fatal("the console answered no resource_id")
	}

	return id
}

// policy is what the world itself says of a resource.
func (w *world) policy(id string) int {
	w.t.Helper()

	return w.World().Resource(id).ExpirePolicy
}

// called counts the calls of an operation.
func (w *world) called(operation string) int {
	count := 0

	for _, request := range w.Requests() {
		if request.Operation == operation {
			count++
		}
	}

	return count
}

func shortTimeouts(create, update string) tftypes.Value {
	attributes := map[string]tftypes.Type{"create": tftypes.String, "update": tftypes.String, "delete": tftypes.String}

	return tftypes.NewValue(tftypes.Object{AttributeTypes: attributes}, map[string]tftypes.Value{
		"create": str(create), "update": str(update), "delete": str(update),
	})
}

// settingTimeouts are those of a setting that never shows. Where time is real, a busy machine
// may take longer than that for one that does.
func settingTimeouts() tftypes.Value {
	if inBubble() {
		return shortTimeouts("2s", "2s")
	}

	return shortTimeouts("1m", "1m")
}

func expiryPolicy(id, policy string) map[string]tftypes.Value {
	return map[string]tftypes.Value{"resource_id": str(id), "policy": str(policy), "timeouts": settingTimeouts()}
}

// satisfied says whether a policy of the API satisfies a setting.
func satisfied(setting string, policy int) bool {
	switch setting {
	case policyAutoRenew:
		return policy == apiAutoRenew
	case policyPayPerUse:
		return policy == apiPayPerUse
	default:
		return policy != apiAutoRenew && policy != apiPayPerUse
	}
}

// TestExpiryPolicyTransitions goes from every policy to every setting, whether
// or not the API replaces one by the other, with and without lag.
func TestExpiryPolicyTransitions(t *testing.T) {
	t.Parallel()

	for _, from := range []int{apiGracePeriod, apiPayPerUse, apiDelete, apiAutoRenew, apiFreeze, apiRetention} {
		for _, to := range []string{policyAutoRenew, policyPayPerUse, policyManual} {
			for _, replaces := range []string{"on", "off"} {
				for _, lag := range []int{0, 2} {
					late := map[int]string{0: "at once", 2: "late"}[lag]

					t.Run(strings.Join([]string{apiWord(from), to, "replaces " + replaces, late}, "/"), func(t *testing.T) {
						t.Parallel()
						synctest.Test(t, func(t *testing.T) { policyTransition(t, from, to, replaces, lag) })
					})
				}
			}
		}
	}
}

func policyTransition(t *testing.T, from int, to, replaces string, lag int) {
	t.Helper()

	w := newWorld(t, bsssim.Options{Settings: map[string]string{"setup_replaces_autorenew": replaces}, Lag: bsssim.Transition{Reads: lag}})
	id := w.addResource(map[string]any{"expire_policy": from})

	c := newCore(w, typeExpiryPolicy)

	// A new resource shows late too.
	c.plan(t.Context(), expiryPolicy(id, to))
	c.plan(t.Context(), expiryPolicy(id, to))
	w.ClearRequests()

	if diags := c.run(t.Context(), expiryPolicy(id, to)); diags.failed() {
		t.Fatal(diags)
	}

	if got := w.policy(id); !satisfied(to, got) {
		t.Errorf("the policy is %s", apiWord(got))
	}

	if satisfied(to, from) && w.mutations() != 0 {
		t.Errorf("%d calls that change something, for nothing", w.mutations())
	}

	c.plansNothing(t.Context(), expiryPolicy(id, to))
}

func apiWord(policy int) string {
	return []string{"grace period", "pay per use", "delete", "auto renew", "freeze", "retention"}[policy]
}

// TestExpiryPolicyNeverLapses: between the calls of a transition, the resource
// is always renewed or turned pay-per-use.
func TestExpiryPolicyNeverLapses(t *testing.T) {
	t.Parallel()

	for _, replaces := range []string{"on", "off"} {
		for from, to := range map[int]string{apiAutoRenew: policyPayPerUse, apiPayPerUse: policyAutoRenew} {
			t.Run(apiWord(from)+"/replaces "+replaces, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{Settings: map[string]string{"setup_replaces_autorenew": replaces}})
				id := w.addResource(map[string]any{"expire_policy": from})

				// The run ends after its first call, as a crash would end it.
				for _, operation := range []string{"list_resources"} {
					addFault(t, w, bsssim.Fault{Operation: operation, Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.0100", After: 2, Times: -1})
				}

				c := newCore(w, typeExpiryPolicy)
				_ = c.run(t.Context(), expiryPolicy(id, to))

				if got := w.policy(id); got != apiAutoRenew && got != apiPayPerUse {
					t.Errorf("after the first call the resource lapses: %s", apiWord(got))
				}

				w.ClearFaults()

				if diags := c.run(t.Context(), expiryPolicy(id, to)); diags.failed() {
					t.Fatal(diags)
				}

				if got := w.policy(id); !satisfied(to, got) {
					t.Errorf("the policy is %s", apiWord(got))
				}
			})
		}
	}
}

// TestExpiryPolicyFaults: every fault of every call, followed by a second
// apply, converges to what is declared, with no lost and no wrong state.
func TestExpiryPolicyFaults(t *testing.T) {
	t.Parallel()

	kinds := []bsssim.Fault{
		{Kind: bsssim.FaultStatusBefore}, {Kind: bsssim.FaultStatusAfter}, {Kind: bsssim.FaultDropBefore}, {Kind: bsssim.FaultDropAfter},
		{Kind: bsssim.FaultDelayBefore, Delay: 1500 * time.Millisecond}, {Kind: bsssim.FaultDelayAfter, Delay: 1500 * time.Millisecond},
		{Kind: bsssim.FaultGarbage}, {Kind: bsssim.FaultTruncate},
		{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"},
	}

	for _, test := range []struct {
		operation string
		from      int
		to        string
	}{
		{"enable_auto_renew", apiGracePeriod, policyAutoRenew},
		{"disable_auto_renew", apiAutoRenew, policyManual},
		{"set_to_on_demand_on_expiry", apiAutoRenew, policyPayPerUse},
		{"set_to_on_demand_on_expiry", apiPayPerUse, policyManual},
		{"list_resources", apiAutoRenew, policyPayPerUse},
	} {
		for _, fault := range kinds {
			name := strings.Join([]string{test.operation, apiWord(test.from), test.to, fault.Kind, fault.Code}, "/")

			t.Run(name, func(t *testing.T) {
				t.Parallel()
				oneOfMany(t)
				synctest.Test(t, func(t *testing.T) {
					w := newWorld(t, bsssim.Options{})
					id := w.addResource(map[string]any{"expire_policy": test.from})

					c := newCore(w, typeExpiryPolicy)
					c.provider = map[string]tftypes.Value{"request_timeout": str("1s")}

					fault.Operation = test.operation
					addFault(t, w, fault)

					first := c.run(t.Context(), expiryPolicy(id, test.to))
					if c.tainted {
						t.Fatalf("tainted: %s", first)
					}

					if fault.Delay > 0 {
						until(t, "the delayed call was answered", func() bool { return settledCalls(w) })
					}

					if diags := c.run(t.Context(), expiryPolicy(id, test.to)); diags.failed() || c.tainted {
						t.Fatalf("the second apply failed: %s\nafter the first: %s", diags, first)
					}

					if got := w.policy(id); !satisfied(test.to, got) {
						t.Errorf("the policy is %s", apiWord(got))
					}

					c.plansNothing(t.Context(), expiryPolicy(id, test.to))
				})
			})
		}
	}
}

// TestExpiryPolicyDrift: a change at the console shows, and is corrected.
func TestExpiryPolicyDrift(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(map[string]any{"expire_policy": apiGracePeriod})
	c := newCore(w, typeExpiryPolicy)

	if diags := c.run(t.Context(), expiryPolicy(id, policyPayPerUse)); diags.failed() {
		t.Fatal(diags)
	}

	for policy, want := range map[int]string{apiGracePeriod: policyManual, apiAutoRenew: policyAutoRenew, 9: "unknown(9)"} {
		w.console("set_expire_policy", map[string]any{"resource_id": id, "policy": policy})

		plan := c.plan(t.Context(), expiryPolicy(id, policyPayPerUse))
		if plan.diagnostics.failed() || plan.empty() || plan.prior.IsNull() {
			t.Errorf("%s at the console is no update: %s\n%s", want, plan.value, plan.diagnostics)
		}

		if got := show(c.attribute("policy")); got != want {
			t.Errorf("policy = %s, want %s", got, want)
		}
	}

	plan := c.plan(t.Context(), expiryPolicy(id, policyPayPerUse))
	if diags := c.apply(t.Context(), plan); diags.failed() {
		t.Fatal(diags)
	}

	if got := w.policy(id); got != apiPayPerUse {
		t.Errorf("the policy is %s", apiWord(got))
	}
}

// TestExpiryPolicyUnknownPolicy: what is not known is shown, and nothing is
// sent blindly.
func TestExpiryPolicyUnknownPolicy(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(nil)
	w.console("set_expire_policy", map[string]any{"resource_id": id, "policy": 9})

	c := newCore(w, typeExpiryPolicy)

	if diags := c.run(
		t.Context(),
		expiryPolicy(id, policyManual),
	); !diags.errorAt("resource_id") ||
		!strings.Contains(diags.String(), "unknown(9)") {
		t.Errorf("want a refusal that names unknown(9), got %s", diags)
	}

	if count := w.mutations(); count != 0 {
		t.Errorf("%d calls that change something", count)
	}
}

// TestExpiryPolicyLag: a setting that does not show within the timeout is a
// warning, and the next plan tells.
func TestExpiryPolicyLag(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, bsssim.Options{Lag: bsssim.Transition{Duration: time.Hour}})
		id := w.addResource(nil)
		w.Advance(2 * time.Hour)

		c := newCore(w, typeExpiryPolicy)

		arguments := expiryPolicy(id, policyPayPerUse)
		arguments["timeouts"] = shortTimeouts("2s", "2s")

		diags := c.run(t.Context(), arguments)
		if diags.failed() || c.tainted || !diags.warns("Setting does not show yet") {
			t.Fatalf("want a warning, got %s", diags)
		}

		w.Advance(2 * time.Hour)

		c.plansNothing(t.Context(), arguments)
	})
}

// TestExpiryPolicyLapsed: a resource out of use keeps its setting and its
// place, with a warning; one that is gone leaves state.
func TestExpiryPolicyLapsed(t *testing.T) {
	t.Parallel()

	for _, kind := range []string{"freeze", "close_resource"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(map[string]any{"expire_policy": apiAutoRenew})
			c := newCore(w, typeExpiryPolicy)

			if diags := c.run(t.Context(), expiryPolicy(id, policyAutoRenew)); diags.failed() {
				t.Fatal(diags)
			}

			w.console("set_expire_policy", map[string]any{"resource_id": id, "policy": apiGracePeriod})
			w.console(kind, map[string]any{"resource_id": id})

			plan := c.plan(t.Context(), expiryPolicy(id, policyAutoRenew))
			warning := map[string]string{"freeze": "Resource " + id + " is out of use", "close_resource": "Resource " + id + " is closed"}[kind]
			if plan.diagnostics.failed() || !plan.empty() || !plan.diagnostics.warns(warning) {
				t.Errorf("want an empty plan and a warning: %s\n%s", plan.value, plan.diagnostics)
			}

			if got := show(c.attribute("status")); got != map[string]string{"freeze": "frozen", "close_resource": "closed"}[kind] {
				t.Errorf("status = %s", got)
			}
		})
	}
}

func TestExpiryPolicyGone(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(map[string]any{"expire_policy": apiAutoRenew})
	c := newCore(w, typeExpiryPolicy)

	if diags := c.run(t.Context(), expiryPolicy(id, policyAutoRenew)); diags.failed() {
		t.Fatal(diags)
	}

	// The same account, without the resource.
	c.world = newWorld(t, bsssim.Options{})

	if diags := c.refresh(t.Context()); diags.failed() || !c.absent() {
		t.Errorf("state = %s\n%s", c.state, diags)
	}
}

// TestExpiryPolicyRefusals: wrong settings are errors at the plan, before any
// call that changes something.
func TestExpiryPolicyRefusals(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		arguments func(t *testing.T, w *world) map[string]tftypes.Value
		attribute string
		says      string
	}{
		"unknown policy": {func(_ *testing.T, w *world) map[string]tftypes.Value {
			return expiryPolicy(w.addResource(nil), "renew")
		}, "policy", "auto_renew"},
		"attached": {func(_ *testing.T, w *world) map[string]tftypes.Value {
			primary := w.addResource(map[string]any{"resource_id": "the-primary"})

			return expiryPolicy(w.addResource(map[string]any{"parent_resource_id": primary, "service_type_code": "hws.service.type.ebs"}),
				policyAutoRenew)
		}, "resource_id", "the-primary"},
		"frozen": {func(_ *testing.T, w *world) map[string]tftypes.Value {
			return expiryPolicy(w.addResource(map[string]any{"status": 4}), policyAutoRenew)
		}, "resource_id", "out of use"},
		"spaces": {func(*testing.T, *world) map[string]tftypes.Value {
			return expiryPolicy("a b", policyAutoRenew)
		}, "resource_id", "without spaces"},
		"empty": {func(*testing.T, *world) map[string]tftypes.Value {
			return expiryPolicy("", policyAutoRenew)
		}, "resource_id", "must be an id"},
		"on_destroy": {func(_ *testing.T, w *world) map[string]tftypes.Value {
			arguments := expiryPolicy(w.addResource(nil), policyAutoRenew)
			arguments["on_destroy"] = str("delete")

			return arguments
		}, "on_destroy", "disable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			c := newCore(w, typeExpiryPolicy)

			plan := c.plan(t.Context(), test.arguments(t, w))
			if !plan.diagnostics.errorAt(test.attribute) || !strings.Contains(plan.diagnostics.String(), test.says) {
				t.Errorf("want an error at %s that says %q:\n%s", test.attribute, test.says, plan.diagnostics)
			}

			if count := w.mutations(); count != 0 {
				t.Errorf("%d calls that change something", count)
			}
		})
	}
}

// TestExpiryPolicyPartialFailure: a failure inside an answer that succeeds is
// an error of its own resource.
func TestExpiryPolicyPartialFailure(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(map[string]any{"expire_policy": apiAutoRenew})
	w.console("refuse", map[string]any{"resource_id": id, "operation": "set_to_on_demand_on_expiry", "code": "CBC.99003609"})

	c := newCore(w, typeExpiryPolicy)

	diags := c.run(t.Context(), expiryPolicy(id, policyPayPerUse))
	if !diags.errorAt("resource_id") || !c.absent() || !strings.Contains(diags.String(), "CBC.99003609") {
		t.Errorf("want the refusal, got %s", diags)
	}

	if got := w.policy(id); got != apiAutoRenew {
		t.Errorf("the policy is %s: automatic renewal was taken off for nothing", apiWord(got))
	}
}

// TestExpiryPolicyNewResource: a resource that billing hears of late is waited
// for, in the same apply.
func TestExpiryPolicyNewResource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, bsssim.Options{})
		id := w.addResource(map[string]any{"known_after": "reads=4"})
		c := newCore(w, typeExpiryPolicy)

		plan := c.plan(t.Context(), expiryPolicy(id, policyPayPerUse))
		if plan.diagnostics.failed() || !plan.diagnostics.warns("Billing does not know the resource yet") {
			t.Fatalf("want a warning: %s", plan.diagnostics)
		}

		if diags := c.apply(t.Context(), plan); diags.failed() {
			t.Fatal(diags)
		}

		unknown := expiryPolicy("no-such-resource", policyPayPerUse)
		unknown["timeouts"] = shortTimeouts("3s", "3s")

		if diags := newCore(w, typeExpiryPolicy).run(t.Context(), unknown); !diags.errorAt("resource_id") {
			t.Errorf("a resource that never comes was set: %s", diags)
		}
	})
}

// TestExpiryPolicyDestroy: destroying keeps the setting and says what will
// happen; on_destroy = "disable" takes it off.
func TestExpiryPolicyDestroy(t *testing.T) {
	t.Parallel()

	for _, onDestroy := range []string{"", onDestroyKeep, onDestroyDisable} {
		t.Run("on_destroy "+onDestroy, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(nil)
			c := newCore(w, typeExpiryPolicy)

			arguments := expiryPolicy(id, policyAutoRenew)
			if onDestroy != "" {
				arguments["on_destroy"] = str(onDestroy)
			}

			if diags := c.run(t.Context(), arguments); diags.failed() {
				t.Fatal(diags)
			}

			set := w.mutations()
			diags := c.destroy(t.Context())

			if onDestroy == onDestroyDisable {
				if diags.failed() || !diags.warns("Setting of resource "+id+" is disabled") || w.policy(id) == apiAutoRenew {
					t.Errorf("the policy is %s: %s", apiWord(w.policy(id)), diags)
				}

				return
			}

			if diags.failed() || !strings.Contains(diags.String(), "be renewed automatically and charged") || w.mutations() != set {
				t.Errorf("%d calls: %s", w.mutations()-set, diags)
			}
		})
	}
}

// TestExpiryPolicyImport: the first plan after an import is empty.
func TestExpiryPolicyImport(t *testing.T) {
	t.Parallel()

	for policy, word := range map[int]string{apiAutoRenew: policyAutoRenew, apiPayPerUse: policyPayPerUse, apiFreeze: policyManual} {
		for _, by := range []string{"id", "identity"} {
			t.Run(word+"/"+by, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{})
				id := w.addResource(map[string]any{"expire_policy": policy})
				c := newCore(w, typeExpiryPolicy)

				if diags := c.importPolicy(t.Context(), by, id); diags.failed() {
					t.Fatal(diags)
				}

				plan := c.plan(t.Context(), map[string]tftypes.Value{"resource_id": str(id), "policy": str(word)})
				if plan.diagnostics.failed() || !plan.empty() {
					t.Errorf("the first plan is not empty: %s\n%s", plan.value, plan.diagnostics)
				}

				if count := w.mutations(); count != 0 {
					t.Errorf("%d calls that change something", count)
				}
			})
		}
	}
}

// TestExpiryPolicyAccount: what another account's credentials do not see is an
// error, not gone; an import that names another account is refused.
func TestExpiryPolicyAccount(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(map[string]any{"expire_policy": apiAutoRenew})
	c := newCore(w, typeExpiryPolicy)

	if diags := c.run(t.Context(), expiryPolicy(id, policyAutoRenew)); diags.failed() {
		t.Fatal(diags)
	}

	// The identity that was recorded, as another account's.
	c.identity.IdentityData = identityBy(c, "resource_id", id, str("another-account"))
	c.world = newWorld(t, bsssim.Options{})

	if diags := c.refresh(t.Context()); !diags.failed() || c.absent() {
		t.Errorf("what another account has is gone from state: %s", diags)
	}

	other := newCore(w, typeExpiryPolicy)

	p, diags := other.start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	imported, err := p.server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
		TypeName: typeExpiryPolicy,
		Identity: &tfprotov6.ResourceIdentityData{IdentityData: identityBy(other, "resource_id", id, str("another-account"))},
	})
	other.must(err)

	if !diagnostics(imported.Diagnostics).failed() {
		t.Error("imported from another account than the import names")
	}
}

// TestExpiryPolicyAndAutorenew: both on one id are an error at the plan.
func TestExpiryPolicyAndAutorenew(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(nil)
	c := newCLI(t, w, `
resource "bss_autorenew" "this" {
  resource_id = "`+id+`"
  enabled     = true
}

resource "bss_expiry_policy" "this" {
  resource_id = "`+id+`"
  policy      = "auto_renew"
}
`)

	code, output := c.run("plan", "-no-color", "-input=false")
	if code != 1 || !strings.Contains(output, "Resource is managed twice") {
		t.Errorf("exit %d:\n%s", code, output)
	}

	if count := w.mutations(); count != 0 {
		t.Errorf("%d calls that change something", count)
	}
}

// TestPolicyMoves moves one resource to the other type, and renames it, with
// and without a moved block, while destroying disables.
func TestPolicyMoves(t *testing.T) {
	t.Parallel()

	autorenew := func(name, id string) string {
		return `
resource "bss_autorenew" "` + name + `" {
  resource_id = "` + id + `"
  enabled     = true
  on_destroy  = "disable"
}
`
	}

	policy := func(name, id string) string {
		return `
resource "bss_expiry_policy" "` + name + `" {
  resource_id = "` + id + `"
  policy      = "auto_renew"
  on_destroy  = "disable"
}
`
	}

	moved := func(from, to string) string { return "moved {\n  from = " + from + "\n  to   = " + to + "\n}\n" }

	for name, test := range map[string]struct {
		before, after func(id string) string
		moved         string
	}{
		"renamed": {func(id string) string { return autorenew("a", id) }, func(id string) string { return autorenew("b", id) }, ""},
		"renamed, moved": {
			func(id string) string { return autorenew("a", id) }, func(id string) string { return autorenew("b", id) },
			moved("bss_autorenew.a", "bss_autorenew.b"),
		},
		"to policy": {func(id string) string { return autorenew("a", id) }, func(id string) string { return policy("b", id) }, ""},
		"to policy, moved": {
			func(id string) string { return autorenew("a", id) }, func(id string) string { return policy("b", id) },
			moved("bss_autorenew.a", "bss_expiry_policy.b"),
		},
		"to autorenew, moved": {
			func(id string) string { return policy("a", id) }, func(id string) string { return autorenew("b", id) },
			moved("bss_expiry_policy.a", "bss_autorenew.b"),
		},
		"create_before_destroy": {
			func(id string) string {
				return strings.Replace(autorenew("a", id), "}", "  lifecycle {\n    create_before_destroy = true\n  }\n}", 1)
			},
			func(id string) string {
				return strings.Replace(autorenew("b", id), "}", "  lifecycle {\n    create_before_destroy = true\n  }\n}", 1)
			}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(nil)
			c := newCLI(t, w, test.before(id))

			c.ok("apply", "-no-color", "-input=false", "-auto-approve")
			set := w.mutations()

			c.configure(test.after(id) + test.moved)

			if test.moved != "" {
				if plan := c.ok("plan", "-no-color", "-input=false"); !strings.Contains(plan, "0 to add, 0 to change, 0 to destroy") {
					t.Errorf("the move is not just a move:\n%s", plan)
				}
			}

			output := c.ok("apply", "-no-color", "-input=false", "-auto-approve")

			if got := w.policy(id); got != apiAutoRenew {
				t.Errorf("the policy is %s after the move:\n%s", apiWord(got), output)
			}

			if test.moved != "" && w.mutations() != set {
				t.Errorf("%d calls that change something for a move", w.mutations()-set)
			}

			c.empty()
		})
	}
}

// TestSettingsDenied: a denied call that changes a setting names the permission
// that it needs, and leaves the setting as it was.
func TestSettingsDenied(t *testing.T) {
	t.Parallel()

	for operation, test := range map[string]struct {
		typeName  string
		from      int
		arguments func(id string) map[string]tftypes.Value
	}{
		"enable_auto_renew": {
			typeAutorenew, apiGracePeriod, func(id string) map[string]tftypes.Value { return autorenew(id, true) },
		},
		"disable_auto_renew": {
			typeAutorenew, apiAutoRenew, func(id string) map[string]tftypes.Value { return autorenew(id, false) },
		},
		"set_to_on_demand_on_expiry": {
			typeExpiryPolicy, apiGracePeriod, func(id string) map[string]tftypes.Value { return expiryPolicy(id, policyPayPerUse) },
		},
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(map[string]any{"expire_policy": test.from})

			addFault(t, w, bsssim.Fault{
				Operation: operation, Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: "CBC.0151", Times: -1,
			})

			diags := newCore(w, test.typeName).run(t.Context(), test.arguments(id))
			diags.says(t, "resource_id", "CBC.0151", "Give the user the permission bss:renewal:update", "billing:subscription:renew",
				"billing:cloudServiceType")

			if got := w.policy(id); got != test.from {
				t.Errorf("the policy is %s, want %s", apiWord(got), apiWord(test.from))
			}
		})
	}
}
