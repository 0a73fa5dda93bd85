// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	typeRenewalSettings = "bss_renewal_settings"
	settingsAddress     = typeRenewalSettings + ".this"
)

func settingsConfig(arguments string) string {
	return "resource \"bss_renewal_settings\" \"this\" {\n" + arguments + "\n}\n"
}

// renewConfigs are the settings that the account has, as "expiry deduction".
func (w *world) renewConfigs() string {
	settings := w.World().Settings

	return settings["unified_expiry_day"] + " " + settings["deduction_days_before"]
}

func TestAccRenewalSettings(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	empty := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{
				Config: settingsConfig("expiry_day = \"last\"\ndeduction_days_before = 3"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(settingsAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(settingsAddress, tfjsonpath.New("domain_id"), knownvalue.StringExact(w.World().CustomerID)),
				}},
				ConfigStateChecks: stateChecks(t, map[string]shown{settingsAddress: {
					"expiry_day": "last", "deduction_days_before": 3, "domain_id": w.World().CustomerID,
				}}),
			},
			{Config: settingsConfig("expiry_day = \"last\"\ndeduction_days_before = 3"), ConfigPlanChecks: empty},
			{
				// What is left out is not sent, and what stays is not sent again.
				Config: settingsConfig("deduction_days_before = 5"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(settingsAddress, plancheck.ResourceActionUpdate),
				}},
				ConfigStateChecks: stateChecks(t, map[string]shown{settingsAddress: {
					"expiry_day": nil, "deduction_days_before": 5, "domain_id": knownvalue.NotNull(),
				}}),
			},
			{
				ResourceName: settingsAddress, ImportState: true, ImportStateId: "any", Config: settingsConfig("deduction_days_before = 5"),
				ExpectError: regexp.MustCompile("cannot be imported"),
			},
		},
	})

	if got := w.renewConfigs(); got != "-1 5" || w.called("set_renew_config") != 3 {
		t.Errorf("settings %s after %d calls", got, w.called("set_renew_config"))
	}
}

// TestRenewalSettingsPlan: the plan says what they can cost, deny refuses it, and
// nothing is sent before the apply.
func TestRenewalSettingsPlan(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	both := map[string]tftypes.Value{"expiry_day": str("20"), "deduction_days_before": num(t, "7")}

	c := newCore(w, typeRenewalSettings)
	said := c.plan(t.Context(), both).diagnostics

	for _, part := range []string{"can be charged as soon as it is set", `day "20"`, "longer and dearer"} {
		if !strings.Contains(said.String(), part) {
			t.Errorf("no word of %q:\n%s", part, said)
		}
	}

	denied := newCore(w, typeRenewalSettings)
	denied.provider = deny()
	denied.plan(t.Context(), both).diagnostics.says(t, "", "Spending is denied")
	denied.plan(t.Context(), map[string]tftypes.Value{"expiry_day": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}).
		diagnostics.says(t, "", "Spending is denied")

	if w.mutations() != 0 {
		t.Error(w.calls())
	}

	if diags := c.run(t.Context(), both); diags.failed() {
		t.Fatal(diags)
	}

	// What is recorded is kept under deny, and a destroy says that nothing is taken back.
	c.provider = deny()
	c.plansNothing(t.Context(), both)

	removed := c.plan(t.Context(), map[string]tftypes.Value{"expiry_day": str("20")}).diagnostics
	if removed.failed() || !strings.Contains(removed.String(), "No call takes it back") {
		t.Error(removed)
	}

	if diags := c.destroy(t.Context()); diags.failed() || !strings.Contains(diags.String(), "They stay as they are") {
		t.Error(diags)
	}

	if got := w.called("set_renew_config"); got != 2 {
		t.Errorf("%d calls", got)
	}
}

// TestRenewalSettingsFaults lets each call go wrong in every way: without a certain
// success there is no new state, and the next apply sends all again, which ends well.
func TestRenewalSettingsFaults(t *testing.T) {
	t.Parallel()

	eachSettingsFault(t, nil, settingsTo(t, "20", "4"), func(t *testing.T, w *world, c *core, secondCall bool, first diagnostics) {
		t.Helper()

		if first.failed() != c.absent() || c.tainted {
			t.Fatalf("absent %t, tainted %t:\n%s", c.absent(), c.tainted, first)
		}

		if !first.failed() && w.renewConfigs() != "20 4" {
			t.Errorf("it says that %s is set:\n%s", w.renewConfigs(), first)
		}

		if first.failed() && secondCall && !strings.Contains(first.String(), "expiry_day was made") {
			t.Errorf("no word of what was made:\n%s", first)
		}
	})
}

// TestRenewalSettingsSetBack lets each call of a change go wrong in every way: who sets
// the arguments back then has what is written, and not what was sent last.
func TestRenewalSettingsSetBack(t *testing.T) {
	t.Parallel()

	before, change := settingsTo(t, "20", "4"), settingsTo(t, "21", "5")

	eachSettingsFault(t, before, change, func(t *testing.T, _ *world, c *core, secondCall bool, first diagnostics) {
		t.Helper()

		if day := c.attribute("expiry_day"); secondCall && !day.Equal(str("21")) || c.tainted {
			t.Errorf("expiry_day %s, tainted %t:\n%s", day, c.tainted, first)
		}
	})
}

func settingsTo(t *testing.T, expiryDay, deductionDays string) map[string]tftypes.Value {
	t.Helper()

	return map[string]tftypes.Value{"expiry_day": str(expiryDay), "deduction_days_before": num(t, deductionDays)}
}

// eachSettingsFault lets each call of an apply go wrong in every way, in an account whose
// settings are managed as before, or not at all. After the checks, an apply of "20 4" ends
// well and leaves nothing to plan.
func eachSettingsFault(
	t *testing.T, before, change map[string]tftypes.Value,
	check func(t *testing.T, w *world, c *core, secondCall bool, first diagnostics),
) {
	t.Helper()

	faults := callFaults(lateDelay)
	faults["429 after, without end"] = bsssim.Fault{Kind: bsssim.FaultStatusAfter, Status: 429, Code: "APIG.0308", Times: -1}

	for name, fault := range faults {
		for after := range 2 {
			t.Run(name+map[int]string{0: "/first call", 1: "/second call"}[after], func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					w := newWorld(t, bsssim.Options{})
					c := newCore(w, typeRenewalSettings)
					c.provider = map[string]tftypes.Value{"request_timeout": str("1s")}

					if before != nil {
						if diags := c.run(t.Context(), before); diags.failed() {
							t.Fatal(diags)
						}
					}

					fault := fault
					fault.Operation, fault.After = "set_renew_config", after
					addFault(t, w, fault)

					first := c.run(t.Context(), change)
					check(t, w, c, after == 1, first)

					if fault.Delay > 0 {
						until(t, "the delayed call was answered", func() bool { return settledCalls(w) })
					}

					w.ClearFaults()

					last := settingsTo(t, "20", "4")
					if diags := c.run(t.Context(), last); diags.failed() {
						t.Fatal(diags)
					}

					if got := w.renewConfigs(); got != "20 4" {
						t.Errorf("%s after:\n%s", got, first)
					}

					c.plansNothing(t.Context(), last)
				})
			})
		}
	}
}

// TestRenewalSettingsTwice: one block for a provider configuration.
func TestRenewalSettingsTwice(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	one, other := newCore(w, typeRenewalSettings), newCore(w, typeRenewalSettings)

	p, diags := one.start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	if plan := one.planWith(t.Context(), p, map[string]tftypes.Value{"expiry_day": str("20")}); plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	other.planWith(t.Context(), other.within(p), map[string]tftypes.Value{"expiry_day": str("21")}).diagnostics.
		says(t, "", "Settings of renewals are managed twice")
}

// TestRenewalSettingsOtherAccount: what is recorded of one account is not sent to
// another.
func TestRenewalSettingsOtherAccount(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	c := newCore(w, typeRenewalSettings)

	if diags := c.run(t.Context(), map[string]tftypes.Value{"expiry_day": str("20")}); diags.failed() {
		t.Fatal(diags)
	}

	other := newWorld(t, bsssim.Options{})
	c.world = other
	other.serves(typeRenewalSettings)

	values := attributesOf(t, c.state)
	values["domain_id"] = str("another")
	c.state = tftypes.NewValue(c.state.Type(), values)

	// "No changes" would not be true either: the other account was sent nothing.
	for _, day := range []string{"20", "21"} {
		plan := c.plan(t.Context(), map[string]tftypes.Value{"expiry_day": str(day)})
		if !plan.diagnostics.refuses("Credentials belong to another account") {
			t.Error(day, plan.diagnostics)
		}
	}

	if other.called("set_renew_config") != 0 {
		t.Error(other.calls())
	}
}

// TestRenewalSettingsUnknown: the plan warns of what it does not know yet, too: after
// the apply it is too late.
func TestRenewalSettingsUnknown(t *testing.T) {
	t.Parallel()

	c := newCore(newWorld(t, bsssim.Options{}), typeRenewalSettings)

	for argument, says := range map[string]string{
		"deduction_days_before": "can be charged at once", "expiry_day": "longer and dearer",
	} {
		typ := map[bool]tftypes.Type{true: tftypes.Number, false: tftypes.String}[argument == "deduction_days_before"]
		plan := c.plan(t.Context(), map[string]tftypes.Value{argument: tftypes.NewValue(typ, tftypes.UnknownValue)})

		if said := plan.diagnostics.String(); plan.diagnostics.failed() || !strings.Contains(said, says) ||
			!strings.Contains(said, "not known yet") {
			t.Errorf("%s: %s", argument, said)
		}
	}
}

// TestRenewalMeetsSettings: a renewal that is planned after them is longer and
// dearer, and its plan and its receipt say so.
func TestRenewalMeetsSettings(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	settings := newCore(w, typeRenewalSettings)

	if diags := settings.run(t.Context(), map[string]tftypes.Value{"expiry_day": str("20")}); diags.failed() {
		t.Fatal(diags)
	}

	arguments := renewalTo(t, "2027-02-28", "1000")
	c := newCore(w, typeRenewal)

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	quoted := show(attributeOf(t, plan.value, "quoted_amount"))

	if diags := c.apply(t.Context(), plan); diags.failed() {
		t.Fatal(diags)
	}

	id := show(c.attribute("resource_id"))
	if got := w.World().Resource(id).ExpireTime.In(bssapi.BillingZone).Day(); got != 20 {
		t.Errorf("it ends on day %d", got)
	}

	if diff := cmp.Diff(quoted, show(c.attribute("amount_paid"))); diff != "" {
		t.Error(diff)
	}
}
