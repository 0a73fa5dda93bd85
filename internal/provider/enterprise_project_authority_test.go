// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const authorityConfig = "resource \"bss_enterprise_project_authority\" \"this\" {}\n"

func TestAccEnterpriseProjectAuthority(t *testing.T) {
	t.Parallel()

	for _, site := range []string{bsssim.SiteChina, bsssim.SiteInternational} {
		w := newWorld(t, bsssim.Options{Site: site})

		resource.UnitTest(t, resource.TestCase{
			ProtoV6ProviderFactories: w.factories(),
			Steps: []resource.TestStep{
				{
					Config: authorityConfig,
					ConfigStateChecks: stateChecks(t, map[string]shown{
						typeProjectAuthority + ".this": {"domain_id": w.World().CustomerID},
					}),
				},
				{
					Config:           authorityConfig,
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				},
			},
		})

		if got := w.called("enable_enterprise_project"); got != 1 || !w.World().EnterpriseProjectsOpen {
			t.Errorf("%s: %d calls", site, got)
		}
	}
}

// TestProjectAuthoritySuccess: every form of a success is one.
func TestProjectAuthoritySuccess(t *testing.T) {
	t.Parallel()

	for _, form := range []string{"204", "200", "200_code", "200_empty"} {
		w := newWorld(t, bsssim.Options{Settings: map[string]string{"project_authority_success": form}})
		c := newCore(w, typeProjectAuthority)

		plan := c.plan(t.Context(), nil)
		if !strings.Contains(plan.diagnostics.String(), "No call closes them again") {
			t.Error(plan.diagnostics)
		}

		if diags := c.apply(t.Context(), plan); diags.failed() || c.absent() {
			t.Errorf("%s: %s", form, diags)
		}

		c.plansNothing(t.Context(), nil)

		if diags := c.destroy(t.Context()); diags.failed() || !strings.Contains(diags.String(), "They stay open") {
			t.Error(diags)
		}
	}
}

// TestProjectAuthorityAlreadyOpen: what is open is done, whether the API takes that for a
// success or for a refusal, in whatever form.
func TestProjectAuthorityAlreadyOpen(t *testing.T) {
	t.Parallel()

	for _, again := range []string{"ok", "NOT_OPEN_ENTERPRISE_PROJECT", "ENTERPRISE_PROJECT_ALREADY_OPENED", "NOT_OPEN_EP"} {
		for _, items := range []string{"texts", "id", "item", "nested", "object", "text"} {
			w := newWorld(t, bsssim.Options{Settings: map[string]string{"projects_open_again": again, "fail_check_items": items}})

			for run := range 2 {
				c := newCore(w, typeProjectAuthority)

				diags := c.run(t.Context(), nil)
				if diags.failed() || c.absent() {
					t.Errorf("%s, %s: %s", again, items, diags)
				}

				if said := strings.Contains(diags.String(), "open already"); said != (run == 1 && again != "ok") {
					t.Errorf("%s, %s, run %d: %s", again, items, run, diags)
				}
			}
		}
	}
}

// TestProjectAuthorityRefused: any other refusal is an error that shows what failed.
func TestProjectAuthorityRefused(t *testing.T) {
	t.Parallel()

	for _, check := range []string{"NOT_OPEN_PROJECT_GROUP", "NOT_OPEN_MULTI_PROJECT", "SELF_OPEN_ONLY_FOR_ENT_AND_INTR_CUST"} {
		for _, items := range []string{"texts", "id", "item", "nested", "object", "text", "without"} {
			w := newWorld(t, bsssim.Options{Settings: map[string]string{"project_authority": check, "fail_check_items": items}})
			c := newCore(w, typeProjectAuthority)

			diags := c.run(t.Context(), nil)
			if !diags.refuses("Enterprise projects were not opened") || !c.absent() || w.called("enable_enterprise_project") != 1 {
				t.Errorf("%s, %s: %s", check, items, diags)
			}

			if items != "without" && !strings.Contains(diags.String(), "check that failed: "+check) {
				t.Errorf("%s, %s: %s", check, items, diags)
			}
		}
	}

	w := newWorld(t, bsssim.Options{})
	c := newCore(w, typeProjectAuthority)
	addFault(t, w, bsssim.Fault{Operation: "enable_enterprise_project", Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151"})

	if diags := c.run(t.Context(), nil); !diags.failed() || !strings.Contains(diags.String(), "Billing::activeEPFinance") {
		t.Error(diags)
	}

	c.provider = attributes{"allowed_domain_ids": strs("another")}
	if diags := c.run(t.Context(), nil); !diags.refuses("Account is not allowed") || w.called("enable_enterprise_project") != 1 {
		t.Error(diags)
	}
}

// TestProjectAuthorityFaults lets the call go wrong in every way: without a certain
// success nothing is recorded, and the next apply ends well.
func TestProjectAuthorityFaults(t *testing.T) {
	t.Parallel()

	for name, fault := range callFaults(lateDelay) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { projectAuthorityFault(t, fault) })
		})
	}
}

func projectAuthorityFault(t *testing.T, fault bsssim.Fault) {
	t.Helper()

	w := newWorld(t, bsssim.Options{})
	c := newCore(w, typeProjectAuthority)
	c.provider = attributes{"request_timeout": str("1s")}
	fault.Operation = "enable_enterprise_project"
	addFault(t, w, fault)

	first := c.run(t.Context(), nil)
	if first.failed() != c.absent() || c.tainted || !first.failed() && !w.World().EnterpriseProjectsOpen {
		t.Fatalf("absent %t, tainted %t:\n%s", c.absent(), c.tainted, first)
	}

	if fault.Delay > 0 {
		until(t, "the delayed call was answered", func() bool { return settledCalls(w) })
	}

	w.ClearFaults()

	if diags := c.run(t.Context(), nil); diags.failed() || !w.World().EnterpriseProjectsOpen {
		t.Fatal(diags)
	}

	c.plansNothing(t.Context(), nil)
}

// TestProjectAuthorityTwice: one block for a provider configuration.
func TestProjectAuthorityTwice(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	one, other := newCore(w, typeProjectAuthority), newCore(w, typeProjectAuthority)

	p, diags := one.start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	one.planWith(t.Context(), p, nil)
	other.planWith(t.Context(), other.within(p), nil).diagnostics.says(t, "", "Enterprise projects are managed twice")
}
