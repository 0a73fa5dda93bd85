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

// TestPlanShowsEach: in one plan of many, each warning about money or deletion is
// printed for each resource, with its name.
func TestPlanShowsEach(t *testing.T) {
	t.Parallel()

	const settings, unsubscriptions, payments = 40, 5, 10

	w := newWorld(t, bsssim.Options{})
	w.console("set_balance", map[string]any{"amount": "0.00"})

	var (
		config strings.Builder
		wanted []string
	)

	for i := range settings {
		id, name := w.addResource(map[string]any{"name": fmt.Sprintf("web-%d", i), "expire_time": "120h"}), fmt.Sprintf("web-%d", i)
		fmt.Fprintf(&config, "resource \"bss_autorenew\" \"s%d\" {\n  resource_id = %q\n  enabled     = true\n}\n", i, id)

		wanted = append(wanted, "Resource "+id+" (\""+name+"\"", "A charge may follow at once: resource "+id)
	}

	for i := range unsubscriptions {
		id := w.addResource(map[string]any{"name": fmt.Sprintf("old-%d", i)})
		disk := fmt.Sprintf("disk-of-%d", i)
		w.console("add_resource", map[string]any{"resource_id": disk, "name": "data", "parent_resource_id": id, "expire_time": "720h"})
		fmt.Fprintf(
			&config,
			"resource \"bss_unsubscription\" \"u%d\" {\n  resource_id = %q\n  scope       = \"resource_and_renewals\"\n}\n",
			i,
			id,
		)

		wanted = append(wanted, fmt.Sprintf("Resource will be deleted: %s (\"old-%d\"", id, i), fmt.Sprintf("+ %q", disk))
	}

	for i := range payments {
		order := w.placeOrder(map[string]any{"amount": "42.50", "order_type": 3})
		fmt.Fprintf(&config, "resource \"bss_order_payment\" \"p%d\" {\n  order_id   = %q\n  max_amount = 100\n}\n", i, order)

		wanted = append(wanted, "order "+order)
	}

	c := newCLI(t, w, config.String())
	output := c.ok("plan", "-no-color", "-input=false")

	for _, words := range wanted {
		if !strings.Contains(output, words) {
			t.Errorf("the plan does not say %q", words)
		}
	}

	if strings.Contains(output, "more similar warning") {
		t.Error("the plan folds warnings away")
	}

	if t.Failed() {
		t.Log(output)
	}
}

// TestPlanShowsReplacement: where another id makes a replacement, the plan warns of
// what its create does, which Terraform asks for in the call that it shows.
func TestPlanShowsReplacement(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	w.console("add_resource", map[string]any{"resource_id": "another", "name": "other", "expire_time": "720h"})

	config := func(id string) string {
		return fmt.Sprintf("resource \"bss_unsubscription\" \"u\" {\n  resource_id = %q\n  scope       = \"resource_and_renewals\"\n}\n", id)
	}

	c := newCLI(t, w, config(renewedServer))
	c.ok(applyCommand...)
	c.configure(config("another"))

	output := c.ok("plan", "-no-color", "-input=false")
	for _, words := range []string{`Resource will be deleted: another ("other"`, `+ "another"`, "must be replaced"} {
		if !strings.Contains(output, words) {
			t.Errorf("the plan does not say %q:\n%s", words, output)
		}
	}

	// What -replace and taint plan anew deletes nothing: it is gone.
	c.configure(config(renewedServer))

	for _, args := range [][]string{{"-replace=bss_unsubscription.u"}, nil} {
		if args == nil {
			c.ok("taint", "bss_unsubscription.u")
		}

		if output := c.ok(
			append([]string{"plan", "-no-color", "-input=false"}, args...)...); strings.Contains(
			output,
			"Resource will be deleted",
		) {
			t.Errorf("the plan deletes what is gone:\n%s", output)
		}
	}
}

// TestUnsubscriptionUnnamed: what a plan cannot name is not unsubscribed.
func TestUnsubscriptionUnnamed(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	c := newCore(w, typeUnsubscription)

	arguments := unsubscriptionArguments(renewedServer, scopeAll)
	arguments["resource_id"] = unknown(tftypes.String)

	c.plan(t.Context(), arguments).diagnostics.says(t, "resource_id", "is not known", "literal")

	c.provider = attributes{"token": unknown(tftypes.String)}
	c.plan(t.Context(), unsubscriptionArguments(renewedServer, scopeAll)).diagnostics.says(t, "", "Provider is not configured yet")

	if w.mutations() != 0 {
		t.Errorf("%d mutating calls", w.mutations())
	}
}

// TestUnsubscriptionDeletes: the plan names what is deleted, and nothing else is.
func TestUnsubscriptionDeletes(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	c := newCore(w, typeUnsubscription)

	p, diags := c.start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	plan := c.planWith(t.Context(), p, unsubscriptionArguments(renewedServer, scopeAll))
	has(t, plan.value, map[string]string{"deletes": "[" + renewedDisk + " " + renewedServer + "]"})

	w.console("add_resource", map[string]any{"resource_id": "late", "parent_resource_id": renewedServer, "expire_time": "720h"})

	diags = c.change(t.Context(), p, plan)
	diags.says(t, "resource_id", "What goes along changed since the plan", "late")

	if !c.absent() || w.mutations() != 0 {
		t.Errorf("%d mutating calls", w.mutations())
	}

	if diags := c.run(t.Context(), unsubscriptionArguments(renewedServer, scopeAll)); diags.failed() {
		t.Fatal(diags)
	}

	has(t, c.state, map[string]string{"deletes": "[late " + renewedDisk + " " + renewedServer + "]", "status": "unsubscribed"})
}

// TestStatedAsDone: where a plan stated that nothing is deleted or converted, as the
// resource is closed, nothing is if it turns out to be in use.
func TestStatedAsDone(t *testing.T) {
	t.Parallel()

	for typeName, arguments := range map[string]map[string]tftypes.Value{
		typeUnsubscription:     unsubscriptionArguments(renewedServer, scopeAll),
		typeOnDemandConversion: conversionArguments(renewedServer),
	} {
		for _, replanned := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, replanned %t", typeName, replanned), func(t *testing.T) {
				t.Parallel()

				w := newRenewedWorld(t, bsssim.Options{Site: bsssim.SiteChina})
				c := newCore(w, typeName)
				gate := w.gated()

				p, diags := c.start(t.Context())
				if diags.failed() {
					t.Fatal(diags)
				}

				ended := w.placeOrder(map[string]any{
					"order_type": 10, "amount": "0.00", "status": 5, "service_type_code": "hws.service.type.ec2",
				})
				gate.answersWith(func(operation string, body []byte) []byte {
					return replace("list_resources", `"status":2`, `"status":3`)(operation, body)
				})

				plan := c.planWith(t.Context(), p, arguments)
				if plan.diagnostics.failed() {
					t.Fatal(ended, plan.diagnostics)
				}

				gate.answersWith(nil)

				if replanned {
					diags = c.applyWith(t.Context(), p, plan)
				} else {
					diags = c.change(t.Context(), p, plan)
				}

				if !diags.failed() || !c.absent() || w.mutations() != 0 {
					t.Errorf("%d calls that change something: %s", w.mutations(), diags)
				}
			})
		}
	}
}

// TestUnsubscriptionHeld: an unpaid order that holds the resource is named in the plan,
// with what clears it.
func TestUnsubscriptionHeld(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	c := newCore(w, typeUnsubscription)

	w.console("place_order", map[string]any{"order_type": 3, "amount": "1.00", "resource_ids": []string{renewedServer}})

	plan := c.plan(t.Context(), unsubscriptionArguments(renewedServer, scopeAll))
	if text := plan.diagnostics.String(); plan.diagnostics.failed() ||
		!plan.diagnostics.warns("An unpaid order holds resource "+renewedServer) ||
		!strings.Contains(text, w.unpaid()[0]+" (change)") ||
		!strings.Contains(text, "bss_order_cancel") {
		t.Errorf("the order is not named: %s", text)
	}
}
