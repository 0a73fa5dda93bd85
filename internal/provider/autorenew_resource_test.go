// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func autorenew(id string, enabled bool) map[string]tftypes.Value {
	return map[string]tftypes.Value{
		"resource_id": str(id), "enabled": tftypes.NewValue(tftypes.Bool, enabled), "timeouts": settingTimeouts(),
	}
}

func TestAccAutorenew(t *testing.T) {
	t.Parallel()

	const address = "bss_autorenew.this"

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(map[string]any{"expire_policy": apiGracePeriod})

	config := func(enabled string) string {
		return `
resource "bss_autorenew" "this" {
  resource_id = "` + id + `"
  enabled     = ` + enabled + `
  times       = 3
  period_unit = "month"
}
`
	}

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{
				Config: config("true"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("expires_at_enabling"), knownvalue.NotNull()),
				}},
				ConfigStateChecks: stateChecks(t, map[string]shown{
					address: {"expire_policy": "auto_renew", "status": "in_use", "exhausted": false},
				}),
			},
			{
				PreConfig: func() {
					w.console("set_expire_policy", map[string]any{"resource_id": id, "policy": apiGracePeriod})
				},
				Config: config("true"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
				}},
			},
			{
				Config:            config("false"),
				ConfigStateChecks: stateChecks(t, map[string]shown{address: {"expire_policy": "grace_period"}}),
			},
			{
				ResourceName: address, ImportState: true, ImportStateId: id, ImportStateVerifyIdentifierAttribute: "resource_id",
				ImportStateVerify: true, ImportStateVerifyIgnore: []string{"times", "period_unit"},
			},
		},
	})

	if enabled, disabled := w.called("enable_auto_renew"), w.called("disable_auto_renew"); enabled != 2 || disabled != 1 {
		t.Errorf("turned on %d times and off %d times, want 2 and 1", enabled, disabled)
	}
}

// TestAutorenewIdempotent: what is set already is adopted without a call.
func TestAutorenewIdempotent(t *testing.T) {
	t.Parallel()

	for policy, enabled := range map[int]bool{apiAutoRenew: true, apiPayPerUse: false, apiFreeze: false} {
		w := newWorld(t, bsssim.Options{})
		id := w.addResource(map[string]any{"expire_policy": policy})
		c := newCore(w, typeAutorenew)

		if diags := c.run(t.Context(), autorenew(id, enabled)); diags.failed() {
			t.Fatal(diags)
		}

		if count := w.mutations(); count != 0 {
			t.Errorf("%s: %d calls that change something", apiWord(policy), count)
		}

		if plan := c.plan(t.Context(), autorenew(id, enabled)); !plan.empty() {
			t.Errorf("%s: the plan after is not empty: %s", apiWord(policy), plan.value)
		}
	}
}

// TestAutorenewTerms: times and period are sent when they change, and only
// then.
func TestAutorenewTerms(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(nil)
	c := newCore(w, typeAutorenew)

	for i, step := range []struct {
		name  string
		value tftypes.Value
		calls int
	}{
		{"", tftypes.Value{}, 1},                            // enabling sends no terms
		{"times", num(t, "3"), 2},                           // set
		{"times", num(t, "0"), 3},                           // without end is written 0
		{"times", tftypes.NewValue(tftypes.Number, nil), 3}, // removing sends nothing
		{"period_unit", str("year"), 4},
		{"period_unit", str("year"), 4}, // the same again
		{"on_destroy", str("keep"), 4},  // nothing of the API's
	} {
		arguments := autorenew(id, true)
		if step.name != "" {
			arguments[step.name] = step.value
		}

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		if got := w.called("enable_auto_renew"); got != step.calls {
			t.Errorf("step %d (%s): turned on %d times, want %d", i, step.name, got, step.calls)
		}
	}
}

// TestAutorenewExhausted: renewed as often as it should, it is not turned on
// again until times changes; turned off at the console, it is.
func TestAutorenewExhausted(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.console("set_balance", map[string]any{"amount": "100000.00"})

	id := w.addResource(nil)
	c := newCore(w, typeAutorenew)

	once := autorenew(id, true)
	once["times"] = num(t, "1")

	if diags := c.run(t.Context(), once); diags.failed() {
		t.Fatal(diags)
	}

	w.Advance(29 * 24 * time.Hour)

	plan := c.plan(t.Context(), once)
	if plan.diagnostics.failed() || !plan.empty() {
		t.Errorf("an exhausted renewal is planned again: %s\n%s", plan.value, plan.diagnostics)
	}

	var exhausted bool
	if err := c.attribute("exhausted").As(&exhausted); err != nil || !exhausted {
		t.Errorf("exhausted = %s", c.attribute("exhausted"))
	}

	set := w.called("enable_auto_renew")
	once["times"] = num(t, "2")

	if diags := c.run(t.Context(), once); diags.failed() {
		t.Fatal(diags)
	}

	if got := w.called("enable_auto_renew"); got != set+1 || w.policy(id) != apiAutoRenew {
		t.Errorf("turned on %d times more, policy %s", got-set, apiWord(w.policy(id)))
	}

	w.console("set_expire_policy", map[string]any{"resource_id": id, "policy": apiGracePeriod})

	if plan := c.plan(t.Context(), once); plan.empty() {
		t.Error("turned off at the console, and no drift")
	}
}

// TestAutorenewCloseToExpiry: turning it on close to expiry can charge at
// once, and the plan says so; an expiry that moved is refused.
func TestAutorenewCloseToExpiry(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	id := w.addResource(map[string]any{"expire_time": "120h"})
	c := newCore(w, typeAutorenew)

	plan := c.plan(t.Context(), autorenew(id, true))
	if plan.diagnostics.failed() || !plan.diagnostics.warns("A charge may follow at once") ||
		show(attributeOf(t, plan.value, "expires_at_enabling")) == "unknown" {
		t.Errorf("%s\n%s", plan.value, plan.diagnostics)
	}

	w.console("renew", map[string]any{"resource_id": id, "period_type": 2, "period_num": 1, "amount": "10.00"})

	if diags := c.apply(t.Context(), plan); !diags.failed() {
		t.Error("turned on for another term than the planned one")
	}

	if count := w.mutations(); count != 0 {
		t.Errorf("%d calls that change something", count)
	}
}

// TestAutorenewExhaustedAtOnce: turned on once, close to expiry, it is charged
// and off again before it can be read back.
func TestAutorenewExhaustedAtOnce(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})

	id := w.addResource(map[string]any{"expire_time": "120h"})
	c := newCore(w, typeAutorenew)

	once := autorenew(id, true)
	once["times"] = num(t, "1")

	diags := c.run(t.Context(), once)
	if diags.failed() || diags.warns("Setting does not show yet") {
		t.Fatal(diags)
	}

	if got := show(c.attribute("exhausted")); !strings.Contains(got, "true") {
		t.Errorf("exhausted = %s", got)
	}

	c.plansNothing(t.Context(), once)

	if got := len(w.World().Payments); got != 1 {
		t.Errorf("%d payments, want one", got)
	}
}

// TestAutorenewDestroyTwice: turning off what is off already is no error.
func TestAutorenewDestroyTwice(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(nil)
	c := newCore(w, typeAutorenew)

	arguments := autorenew(id, true)
	arguments["on_destroy"] = str(onDestroyDisable)

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	w.console("set_expire_policy", map[string]any{"resource_id": id, "policy": apiGracePeriod})

	if diags := c.destroy(t.Context()); diags.failed() {
		t.Error(diags)
	}
}

// TestAutorenewRefusals: wrong settings are errors at the plan.
func TestAutorenewRefusals(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		argument, says string
		value          tftypes.Value
	}{
		"times too many": {"times", "99", num(t, "100")},
		"times negative": {"times", "between 0", num(t, "-1")},
		"period unit":    {"period_unit", "month", str("week")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			arguments := autorenew(w.addResource(nil), true)
			arguments[test.argument] = test.value

			plan := newCore(w, typeAutorenew).plan(t.Context(), arguments)
			if !plan.diagnostics.errorAt(test.argument) || !strings.Contains(plan.diagnostics.String(), test.says) {
				t.Errorf("want an error at %s that says %q: %s", test.argument, test.says, plan.diagnostics)
			}
		})
	}
}
