// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

// acceptsAndForgets answers the next paying call as a success, and does nothing.
func acceptsAndForgets() bsssim.Fault {
	return bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultStatusBefore, Status: 204}
}

// briefly makes the create and the update wait for a moment only.
func briefly(arguments map[string]tftypes.Value) {
	block := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"create": tftypes.String, "update": tftypes.String}}
	arguments["timeouts"] = tftypes.NewValue(block, map[string]tftypes.Value{"create": str("200ms"), "update": str("200ms")})
}

// TestOrderPaymentUnconfirmed: an accepted payment that does not show is kept in
// state with a warning, is looked for by the next apply, which pays nothing, and
// ends as what people made of it.
func TestOrderPaymentUnconfirmed(t *testing.T) {
	t.Parallel()

	type end struct{ status, warns string }

	for act, want := range map[string]end{
		"pay_order":    {payment.StatusCompleted, ""},
		"cancel_order": {"canceled", "Order was canceled, and nobody paid it"},
	} {
		t.Run(act+" by somebody", func(t *testing.T) {
			t.Parallel()

			w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
			briefly(arguments)
			addFault(t, w, acceptsAndForgets())

			diags := c.run(t.Context(), arguments)
			if diags.failed() || c.tainted || !diags.warns("Payment was accepted, but does not show") {
				t.Fatal(diags)
			}

			for range 2 {
				before := c.state

				if diags := c.refresh(t.Context()); diags.failed() || show(c.attribute("status")) != payment.StatusUnconfirmed {
					t.Errorf("read as %s: %s", show(c.attribute("status")), diags)
				}

				plan := c.plan(t.Context(), arguments)
				if plan.diagnostics.failed() || plan.empty() || plan.replaces || show(attributeOf(t, plan.value, "status")) != "unknown" {
					t.Errorf("the next plan does not show what is left: %s\n%s", plan.value, plan.diagnostics)
				}

				diags := c.apply(t.Context(), plan)
				if !diags.failed() || c.tainted || !c.state.Equal(before) {
					t.Errorf("want an error and the state as before, got %s\n%s", c.state, diags)
				}

				for _, says := range []string{"Payment does not show", "Pay or cancel the order in the console", "-replace"} {
					if !strings.Contains(diags.String(), says) {
						t.Errorf("nothing says %q:\n%s", says, diags)
					}
				}
			}

			w.console(act, map[string]any{"order_id": orderOf(t, arguments)})

			plan := c.plan(t.Context(), arguments)

			diags = append(plan.diagnostics, c.apply(t.Context(), plan)...)
			if diags.failed() || show(c.attribute("status")) != want.status {
				t.Errorf("status = %s\n%s", show(c.attribute("status")), diags)
			}

			if want.warns != "" && !diags.warns(want.warns) {
				t.Errorf("no warning of the end: %s", diags)
			}

			if plan := c.plan(t.Context(), arguments); !plan.empty() {
				t.Errorf("the plan after is not empty: %s", plan.value)
			}

			if sent, _ := w.payCalls(); sent != 1 {
				t.Errorf("%d paying calls, want one", sent)
			}
		})
	}
}

// TestOrderPaymentUnconfirmedEnds: what a refresh sees as the end of a payment is
// said there, since no plan follows from it.
func TestOrderPaymentUnconfirmedEnds(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
	briefly(arguments)
	addFault(t, w, acceptsAndForgets())

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	w.console("cancel_order", map[string]any{"order_id": orderOf(t, arguments)})

	if diags := c.refresh(t.Context()); diags.failed() || !diags.warns("Order was canceled, and nobody paid it") {
		t.Error(diags)
	}

	if plan := c.plan(t.Context(), arguments); !plan.empty() || show(c.attribute("status")) != "canceled" {
		t.Errorf("%s: %s", c.state, plan.value)
	}
}

// TestOrderPaymentDelegatedAgain: an order that a master account pays gets no
// further paying call, also from a resource that does not remember it.
func TestOrderPaymentDelegatedAgain(t *testing.T) {
	t.Parallel()

	w, _, arguments := plain(
		t,
		bsssim.Options{Settings: map[string]string{"custody": "on"}},
		map[string]any{"amount": "42.50", "order_type": 3},
	)

	for range 3 {
		// As after -replace, a rename or state rm.
		c := newCore(w, "bss_order_payment")

		if diags := c.run(t.Context(), arguments); diags.failed() || show(c.attribute("status")) != payment.StatusAwaitingPayer {
			t.Error(diags)
		}
	}

	if sent, _ := w.payCalls(); sent != 1 {
		t.Errorf("%d paying calls, want one", sent)
	}
}

// TestOrderPaymentUnknownCurrency: a currency that is known only at apply stays
// unknown in the plan, and is held against the order then.
func TestOrderPaymentUnknownCurrency(t *testing.T) {
	t.Parallel()

	for currency, refused := range map[string]bool{"USD": false, "CNY": true} {
		w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
		arguments["currency"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)

		plan := c.plan(t.Context(), arguments)
		if plan.diagnostics.failed() || show(attributeOf(t, plan.value, "currency")) != "unknown" {
			t.Errorf("currency = %s\n%s", attributeOf(t, plan.value, "currency"), plan.diagnostics)
		}

		plan.config = replaceAttribute(t, plan.config, "currency", str(currency))

		diags := c.apply(t.Context(), plan)
		if diags.failed() != refused || refused && !diags.errorAt("currency") {
			t.Errorf("%s: %s", currency, diags)
		}

		if sent, _ := w.payCalls(); (sent == 0) != refused {
			t.Errorf("%s: %d paying calls", currency, sent)
		}
	}
}
