// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestTransferStatedAsMade: a plan that said that a transfer was made before, and that
// nothing is moved again, moves nothing where the apply sees no record of it, also if the
// server has forgotten the id. It is no spending either.
func TestTransferStatedAsMade(t *testing.T) {
	t.Parallel()

	for name, variant := range transferVariants(t) {
		// What was taken back whole cannot be planned again, which is said there.
		if variant.status == "retrieved" {
			continue
		}

		for _, replanned := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, replanned %t", name, replanned), func(t *testing.T) {
				t.Parallel()

				w := enterpriseWorld(t, bsssim.Options{Settings: map[string]string{"trans_id_kept_for": "1ns", "transfer_records": "trans_id"}})

				if diags := newCore(w, variant.typeName).run(t.Context(), variant.arguments); diags.failed() {
					t.Fatal(diags)
				}

				forgotten := newCore(w, variant.typeName)
				p := forgotten.running(t.Context())

				saved := forgotten.plan(t.Context(), variant.arguments)
				if saved.diagnostics.failed() {
					t.Fatal(saved.diagnostics)
				}

				// The apply may not read changes.
				for _, records := range []string{"list_account_change_records", "list_coupon_change_records"} {
					addFault(t, w, bsssim.Fault{Operation: records, Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151", Times: -1})
				}

				var diags diagnostics
				if replanned {
					diags = forgotten.applyWith(t.Context(), p, saved)
				} else {
					diags = forgotten.change(t.Context(), p, saved)
					diags.says(t, "transfer_key", "Transfer does not show any more", "Nothing was moved")
				}

				if !diags.failed() || !forgotten.absent() {
					t.Errorf("applied: %s", diags)
				}

				w.wantMoved(t, 1)
			})
		}

		t.Run(name+", denied", func(t *testing.T) {
			t.Parallel()

			w := enterpriseWorld(t, bsssim.Options{Settings: map[string]string{"transfer_records": "trans_id"}})

			if diags := newCore(w, variant.typeName).run(t.Context(), variant.arguments); diags.failed() {
				t.Fatal(diags)
			}

			for _, block := range []map[string]tftypes.Value{deny(), atMost(t, "1")} {
				forgotten := newCore(w, variant.typeName)
				forgotten.provider = block

				if diags := forgotten.run(t.Context(), variant.arguments); diags.failed() {
					t.Error(diags)
				}

				forgotten.plansNothing(t.Context(), variant.arguments)
			}

			w.wantMoved(t, 1)
		})
	}
}
