// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestOrderPaymentDearer: what the plan stated as due reaches the payment, so
// that an order that became dearer right before it is not paid, however high the
// cap is. A plan that stated nothing leaves the cap alone to guard.
func TestOrderPaymentDearer(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		unknown map[string]tftypes.Value
		paid    int
	}{
		"stated":     {},
		"not stated": {unknown: map[string]tftypes.Value{"order_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}, paid: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "58.20", "order_type": 3})
			order := arguments["order_id"]

			p, diags := c.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			for name, value := range test.unknown {
				arguments[name] = value
			}

			saved := c.plan(t.Context(), arguments)
			saved.config = replaceAttribute(t, saved.config, "order_id", order)
			saved.value = replaceAttribute(t, saved.value, "order_id", order)

			var id string
			if err := order.As(&id); err != nil {
				t.Fatal(err)
			}

			w.console("reprice_order", map[string]any{"order_id": id, "amount": "99.00"})

			// Terraform plans once more before this, and sees the price of that moment.
			diags = c.change(t.Context(), p, saved)
			if refused := diags.errorAt("order_id"); refused != (test.paid == 0) {
				t.Errorf("refused: %t\n%s", refused, diags)
			}

			if sent, _ := w.payCalls(); sent != test.paid {
				t.Errorf("%d paying calls, want %d", sent, test.paid)
			}
		})
	}
}
