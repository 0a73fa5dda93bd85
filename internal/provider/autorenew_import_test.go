// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestAutorenewImportedOnce: of what was imported as on, the first apply sends nothing,
// whatever it edits and however often it is read before; the second one acts.
func TestAutorenewImportedOnce(t *testing.T) {
	t.Parallel()

	for name, first := range map[string]func(arguments map[string]tftypes.Value){
		"terms":      func(a map[string]tftypes.Value) { a["times"] = num(t, "2") },
		"on_destroy": func(a map[string]tftypes.Value) { a["on_destroy"] = str("disable") },
		"unit":       func(a map[string]tftypes.Value) { a["period_unit"] = str("month") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(map[string]any{"expire_policy": apiAutoRenew})
			c := newCore(w, typeAutorenew)

			if diags := c.importPolicy(t.Context(), "id", id); diags.failed() {
				t.Fatal(diags)
			}

			arguments := autorenew(id, true)

			for range 2 {
				if diags := c.refresh(t.Context()); diags.failed() {
					t.Fatal(diags)
				}
			}

			first(arguments)

			if diags := c.run(t.Context(), arguments); diags.failed() || w.mutations() != 0 {
				t.Fatalf("%d calls at the first apply: %s", w.mutations(), diags)
			}

			c.plansNothing(t.Context(), arguments)

			arguments["times"] = num(t, "3")

			if diags := c.run(t.Context(), arguments); diags.failed() || w.called("enable_auto_renew") != 1 ||
				diags.warns("Terms are recorded, not sent") {
				t.Errorf("%d calls at the second apply: %s", w.called("enable_auto_renew"), diags)
			}

			if left := w.World().Resource(id).AutoRenew.Left; left != 3 {
				t.Errorf("%d renewals left, want 3", left)
			}
		})
	}
}

// TestAutorenewMovedIsNotImported: what was moved here was applied before: terms that
// are written then are sent.
func TestAutorenewMovedIsNotImported(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	id := w.addResource(map[string]any{"expire_policy": apiAutoRenew})
	c := newCore(w, typeExpiryPolicy)

	if diags := c.importPolicy(t.Context(), "id", id); diags.failed() {
		t.Fatal(diags)
	}

	arguments := expiryPolicy(id, policyAutoRenew)
	arguments["on_destroy"] = str("disable")

	if diags := c.run(t.Context(), arguments); diags.failed() || w.mutations() != 0 {
		t.Fatal(diags)
	}

	c.moveTo(t.Context(), typeAutorenew)

	moved := autorenew(id, true)
	moved["on_destroy"], moved["times"] = str("disable"), num(t, "3")

	if diags := c.run(t.Context(), moved); diags.failed() || w.called("enable_auto_renew") != 1 {
		t.Errorf("%d calls: %s", w.called("enable_auto_renew"), diags)
	}
}
