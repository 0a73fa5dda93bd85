// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestRenewalLateCurrency: a renewal that was recorded without buying anything has no
// currency. A plan that buys and does not know the price yet leaves it open, or core
// takes the currency that the apply's own plan states for a broken promise.
func TestRenewalLateCurrency(t *testing.T) {
	t.Parallel()

	arguments := map[string]tftypes.Type{"paid_through": tftypes.String, "discount": tftypes.String, "period_unit": tftypes.String}
	for name, kind := range arguments {
		for _, imported := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, imported %t", name, imported), func(t *testing.T) {
				t.Parallel()

				w := renewalWorld(t, bsssim.Options{})
				c := newCore(w, "bss_renewal")

				if imported {
					if diags := c.importPolicy(t.Context(), "id", renewedID); diags.failed() {
						t.Fatal(diags)
					}
				}

				// The day is reached already.
				if diags := c.run(t.Context(), renewalTo(t, "2027-01-31", "120")); diags.failed() {
					t.Fatal(diags)
				}

				has(t, c.state, map[string]string{"status": "reached", "currency": "null"})

				arguments := renewalTo(t, "2027-03-31", "120")
				arguments["discount"] = str("none")
				later := arguments[name]
				arguments[name] = tftypes.NewValue(kind, tftypes.UnknownValue)

				plan := c.plan(t.Context(), arguments)
				if plan.diagnostics.failed() {
					t.Fatal(plan.diagnostics)
				}

				plan.config = replaceAttribute(t, plan.config, name, later)

				if diags := c.apply(t.Context(), plan); diags.failed() {
					t.Fatal(diags)
				}

				has(t, c.state, map[string]string{"status": "reached", "currency": "USD", "expire_time": "2027-03-31T15:59:59Z"})

				arguments[name] = later
				c.plansNothing(t.Context(), arguments)
			})
		}
	}
}
