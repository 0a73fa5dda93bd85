// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestOrderPaymentDearer: what the plan stated as due reaches the payment, so
// that an order that became dearer right before it is not paid, however high the
// cap is. A plan that stated nothing leaves the cap alone to guard.
func TestOrderPaymentDearer(t *testing.T) {
	t.Parallel()

	// How many payments there are, by whether the plan stated a price.
	for stated, paid := range map[bool]int{true: 0, false: 1} {
		t.Run(fmt.Sprintf("stated %t", stated), func(t *testing.T) {
			t.Parallel()

			w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "58.20", "order_type": 3})
			order := arguments["order_id"]

			p, diags := c.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			if !stated {
				arguments["order_id"] = unknown(tftypes.String)
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
			if refused := diags.errorAt("order_id"); refused != stated {
				t.Errorf("refused: %t\n%s", refused, diags)
			}

			if sent, _ := w.payCalls(); sent != paid {
				t.Errorf("%d paying calls, want %d", sent, paid)
			}
		})
	}
}

// TestOrderPaymentSamePlanAgain: a run that was killed after it paid leaves no
// state, and applying its saved plan again takes the order as it is.
func TestOrderPaymentSamePlanAgain(t *testing.T) {
	t.Parallel()

	discounted := map[string]any{"amount": "100.00", "official_amount": "100.00", "order_type": 3, "discounts": []any{
		map[string]any{"id": "D1", "type": 2, "amount": "10.00", "ratio": "0.90"},
	}}

	for name, test := range map[string]struct {
		options   bsssim.Options
		order     map[string]any
		arguments map[string]tftypes.Value
		coupon    bool
		status    string
		payments  int
	}{
		"plain":      {status: "completed", payments: 1},
		"v1":         {arguments: map[string]tftypes.Value{"api_version": str("v1")}, status: "completed", payments: 1},
		"discount":   {order: discounted, arguments: map[string]tftypes.Value{"discount_id": str("D1")}, status: "completed", payments: 1},
		"coupon":     {coupon: true, status: "completed", payments: 1},
		"processing": {options: bsssim.Options{Processing: bsssim.Transition{Reads: 12}}, status: "completed", payments: 1},
		"custody":    {options: bsssim.Options{Settings: map[string]string{"custody": "on"}}, status: "awaiting_payer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if test.order == nil {
				test.order = map[string]any{"amount": "42.50", "order_type": 3}
			}

			w, killed, arguments := plain(t, test.options, test.order)
			for name, value := range test.arguments {
				arguments[name] = value
			}

			if test.coupon {
				id, ok := w.console("add_coupon", map[string]any{"type": 1, "face_value": "5.00"})["coupon_id"].(string)
				if !ok {
					t.Fatal("no coupon_id")
				}

				arguments["coupon_ids"] = strs(id)
			}

			saved := killed.plan(t.Context(), arguments)
			if diags := killed.apply(t.Context(), saved); diags.failed() {
				t.Fatal(diags)
			}

			again := newCore(w, "bss_order_payment")
			if diags := again.apply(t.Context(), saved); diags.failed() || show(again.attribute("status")) != test.status {
				t.Errorf("status = %s\n%s", show(again.attribute("status")), diags)
			}

			if sent, _ := w.payCalls(); sent != 1 || len(w.payments(orderOf(t, arguments))) != test.payments {
				t.Errorf("%d paying calls, payments %q", sent, w.payments(orderOf(t, arguments)))
			}
		})
	}
}

// TestOrderPaymentStatedAsFree: a plan that said that nothing is charged, because the
// order is paid or another account pays it, pays nothing if the order turns out to be
// unpaid: not by Terraform's own plan at the apply, and not by a look after it.
func TestOrderPaymentStatedAsFree(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		order map[string]any
		// seen is what the plan sees, and later what the apply does.
		seen, later func(operation string, body []byte) []byte
	}{
		"paid": {
			order: map[string]any{"amount": "42.50", "order_type": 3},
			seen: func(_ string, body []byte) []byte {
				return bytes.ReplaceAll(body, []byte(`"status":6`), []byte(`"status":5`))
			},
		},
		"another account pays": {
			order: map[string]any{"amount": "42.50", "order_type": 3, "agent_pay": true},
			later: replace("list_orders", `"is_agent_pay":true`, `"is_agent_pay":false`),
		},
	} {
		for _, replanned := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, replanned %t", name, replanned), func(t *testing.T) {
				t.Parallel()

				w, c, arguments := plain(t, bsssim.Options{}, test.order)
				gate := w.gated()
				gate.answersWith(test.seen)

				p, diags := c.start(t.Context())
				if diags.failed() {
					t.Fatal(diags)
				}

				saved := c.plan(t.Context(), arguments)
				if saved.diagnostics.failed() {
					t.Fatal(saved.diagnostics)
				}

				gate.answersWith(test.later)

				if replanned {
					diags = c.applyWith(t.Context(), p, saved)
				} else {
					diags = c.change(t.Context(), p, saved)
				}

				if !diags.failed() || !c.absent() {
					t.Errorf("applied: %s", diags)
				}

				noPayCalls(t, w)

				// The simulator keeps waiting for the other account.
				if test.later != nil {
					return
				}

				// A plan that sees the order as it is says what is due, and pays.
				if diags := c.run(t.Context(), arguments); diags.failed() || len(w.payments(orderOf(t, arguments))) != 1 {
					t.Errorf("payments %q\n%s", w.payments(orderOf(t, arguments)), diags)
				}
			})
		}
	}
}

// TestOrderPaymentLateCurrency: an order whose currency shows only once it is paid is
// paid, and neither an error nor tainted for it.
func TestOrderPaymentLateCurrency(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
	gate := w.gated()
	gate.answersWith(func(_ string, body []byte) []byte {
		if !bytes.Contains(body, []byte(`"status":6`)) {
			return body
		}

		return bytes.ReplaceAll(body, []byte(`"currency":`), []byte(`"left_out":`))
	})

	if diags := c.run(t.Context(), arguments); diags.failed() || c.tainted {
		t.Fatalf("tainted %t: %s", c.tainted, diags)
	}

	if got := show(c.attribute("currency")); got != "USD" {
		t.Errorf("currency = %s", got)
	}

	c.plansNothing(t.Context(), arguments)
}
