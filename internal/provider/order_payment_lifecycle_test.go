// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

// plain pays an ordinary order with enough money.
func plain(t *testing.T, options bsssim.Options, order map[string]any) (*world, *core, map[string]tftypes.Value) {
	t.Helper()

	w := newRichWorld(t, options)

	arguments := map[string]tftypes.Value{"order_id": str(w.placeOrder(order)), "max_amount": num(t, "100")}

	return w, newCore(w, "bss_order_payment"), arguments
}

func (d diagnostics) warns(summary string) bool {
	for _, diagnostic := range d {
		if diagnostic.Severity == tfprotov6.DiagnosticSeverityWarning &&
			(diagnostic.Summary == summary || strings.HasPrefix(diagnostic.Summary, summary+": ")) {
			return true
		}
	}

	return false
}

// noPayCalls fails if any payment was sent.
func noPayCalls(t *testing.T, w *world) {
	t.Helper()

	if sent, _ := w.payCalls(); sent != 0 {
		t.Errorf("%d paying calls, want none", sent)
	}
}

// TestOrderPaymentAdopts: an order that is paid in whatever way is recorded
// and charged nothing.
func TestOrderPaymentAdopts(t *testing.T) {
	t.Parallel()

	for status, want := range map[int]string{
		2: "pending_refund", 3: "processing", 5: "completed", 10: "pending_shipment", 11: "pending_receipt",
		12: "pending_pickup", 13: "replacement_in_progress",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "status": status, "order_type": 3})
				if status == 3 {
					block := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"create": tftypes.String, "update": tftypes.String}}
					arguments["timeouts"] = tftypes.NewValue(block, map[string]tftypes.Value{"create": str("200ms"), "update": str("200ms")})
					w.console("set_status", map[string]any{"order_id": orderOf(t, arguments), "status": 3})
				}

				diags := c.run(t.Context(), arguments)
				if diags.failed() || !diags.warns("Order is paid already") {
					t.Fatal(diags)
				}

				if got := show(c.attribute("status")); got != want {
					t.Errorf("status = %s, want %s", got, want)
				}

				noPayCalls(t, w)
			})
		})
	}
}

func orderOf(t *testing.T, arguments map[string]tftypes.Value) string {
	t.Helper()

	var id string
	if err := arguments["order_id"].As(&id); err != nil {
		t.Fatal(err)
	}

	return id
}

// TestOrderPaymentCoupons pays with coupons and a discount, on both sites.
func TestOrderPaymentCoupons(t *testing.T) {
	t.Parallel()

	for _, site := range []string{"china", "international", "europe"} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()

			w := newRichWorld(t, bsssim.Options{Site: site})

			order := w.placeOrder(map[string]any{"amount": "100.00", "official_amount": "100.00", "order_type": 3, "discounts": []any{
				map[string]any{"id": "D1", "type": 2, "amount": "10.00", "ratio": "0.90"},
			}})

			var coupons []string

			for _, value := range []string{"5.00", "7.00"} {
				id, ok := w.console("add_coupon", map[string]any{"type": 1, "face_value": value, "order_id": order})["coupon_id"].(string)
				if !ok {
					t.Fatal("no coupon_id")
				}

				coupons = append(coupons, id)
			}

			arguments := map[string]tftypes.Value{
				"order_id": str(order), "max_amount": num(t, "90"), "discount_id": str("D1"), "coupon_ids": strs(coupons...),
			}

			c := newCore(w, "bss_order_payment")

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			if got := show(attributeOf(t, plan.value, "amount_due")); got != "90" {
				t.Errorf("amount_due = %s, want 90", got)
			}

			if diags := c.apply(t.Context(), plan); diags.failed() {
				t.Fatal(diags)
			}

			if got := show(c.attribute("amount_paid")); got != "78" {
				t.Errorf("amount_paid = %s, want 90 less the coupons", got)
			}

			currency := map[string]string{"china": "CNY", "international": "USD", "europe": "EUR"}[site]
			if got := w.payments(order); len(got) != 1 || got[0] != "78.00 "+currency+" by api" {
				t.Errorf("payments = %q", got)
			}

			if plan := c.plan(t.Context(), arguments); !plan.empty() {
				t.Errorf("the plan after is not empty: %s", plan.value)
			}
		})
	}
}

// TestOrderPaymentHiddenDiscount: where the order does not show the discount
// that was used, what was promised and what was charged stay true.
func TestOrderPaymentHiddenDiscount(t *testing.T) {
	t.Parallel()

	for name, faults := range map[string][]bsssim.Fault{
		"":            nil,
		"lost answer": {{Operation: "pay_order", Kind: bsssim.FaultDropAfter}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newRichWorld(t, bsssim.Options{Settings: map[string]string{"discount_changes_amount": "off"}})

			order := w.placeOrder(map[string]any{"amount": "100.00", "official_amount": "100.00", "order_type": 3, "discounts": []any{
				map[string]any{"id": "D1", "type": 2, "amount": "10.00", "ratio": "0.90"},
			}})
			arguments := map[string]tftypes.Value{"order_id": str(order), "max_amount": num(t, "90"), "discount_id": str("D1")}

			for _, fault := range faults {
				addFault(t, w, fault)
			}

			c := newCore(w, "bss_order_payment")

			for range 2 {
				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Fatal(diags)
				}

				if due, paid := show(c.attribute("amount_due")), show(c.attribute("amount_paid")); due != "90" || paid != "90" {
					t.Errorf("amount_due = %s, amount_paid = %s, want 90", due, paid)
				}
			}

			if got := w.payments(order); len(got) != 1 || !strings.HasPrefix(got[0], "90.00") {
				t.Errorf("payments = %q", got)
			}
		})
	}
}

// TestOrderPaymentPaidOnce: an order that has a payment time is paid, whatever
// its status says.
func TestOrderPaymentPaidOnce(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(
		t,
		bsssim.Options{Settings: map[string]string{"server_locks": "off"}},
		map[string]any{"amount": "42.50", "order_type": 3},
	)
	order := orderOf(t, arguments)

	w.console("pay_order", map[string]any{"order_id": order})
	w.console("set_status", map[string]any{"order_id": order, "status": 6})

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	noPayCalls(t, w)

	if got := w.payments(order); len(got) != 1 {
		t.Errorf("payments = %q", got)
	}
}

// TestOrderPaymentOfficialPrice: where a payment without a discount is charged
// the official price, it still stays within the cap.
func TestOrderPaymentOfficialPrice(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{Settings: map[string]string{"no_discount_charges": "official"}})

	order := w.placeOrder(map[string]any{"amount": "90.00", "official_amount": "100.00", "order_type": 3, "discounts": []any{
		map[string]any{"id": "D1", "type": 2, "amount": "10.00", "ratio": "0.90"},
	}})

	c := newCore(w, "bss_order_payment")

	below := c.run(t.Context(), map[string]tftypes.Value{"order_id": str(order), "max_amount": num(t, "99.99")})
	if !below.errorAt("max_amount") {
		t.Errorf("a cap below the official price was accepted: %s", below)
	}

	noPayCalls(t, w)

	if diags := c.run(t.Context(), map[string]tftypes.Value{"order_id": str(order), "max_amount": num(t, "100")}); diags.failed() {
		t.Fatal(diags)
	}

	if got := w.payments(order); len(got) != 1 || !strings.HasPrefix(got[0], "100.00") {
		t.Errorf("payments = %q", got)
	}
}

// TestOrderPaymentDelegated: an order that a master account pays is recorded
// as unfinished, and never sent a second payment.
func TestOrderPaymentDelegated(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings map[string]string
		order    map[string]any
		sends    int
	}{
		"by the order":    {order: map[string]any{"amount": "42.50", "order_type": 3, "agent_pay": true}},
		"by the pay call": {order: map[string]any{"amount": "42.50", "order_type": 3}, settings: map[string]string{"custody": "on"}, sends: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w, c, arguments := plain(t, bsssim.Options{Settings: test.settings}, test.order)
				block := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"create": tftypes.String, "update": tftypes.String}}
				arguments["timeouts"] = tftypes.NewValue(block, map[string]tftypes.Value{"create": str("300ms"), "update": str("300ms")})

				diags := c.run(t.Context(), arguments)
				if diags.failed() || !diags.warns("A master account has to pay this order") {
					t.Fatal(diags)
				}

				if got := show(c.attribute("status")); got != payment.StatusAwaitingPayer {
					t.Errorf("status = %s", got)
				}

				// The next plan shows it, and its apply waits without paying.
				plan := c.plan(t.Context(), arguments)
				if plan.diagnostics.failed() || plan.empty() || show(attributeOf(t, plan.value, "status")) != "unknown" {
					t.Errorf("the next plan does not show what is left: %s\n%s", plan.value, plan.diagnostics)
				}

				if diags := c.apply(t.Context(), plan); diags.failed() {
					t.Error(diags)
				}

				if sent, _ := w.payCalls(); sent != test.sends {
					t.Errorf("%d paying calls, want %d", sent, test.sends)
				}

				w.console("pay_order", map[string]any{"order_id": orderOf(t, arguments), "by": "system"})

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Error(diags)
				}

				if got := show(c.attribute("status")); got != "completed" {
					t.Errorf("status after the master has paid = %s", got)
				}

				if plan := c.plan(t.Context(), arguments); !plan.empty() {
					t.Errorf("the plan after is not empty: %s", plan.value)
				}
			})
		})
	}
}

// TestOrderPaymentWaits: a wait that ends is a warning and an unfinished
// receipt, which the next plan shows and the next apply finishes.
func TestOrderPaymentWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w, c, arguments := plain(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}},
			map[string]any{"amount": "42.50", "resources": 2})
		block := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"create": tftypes.String, "update": tftypes.String}}
		arguments["timeouts"] = tftypes.NewValue(block, map[string]tftypes.Value{"create": str("200ms"), "update": str("5s")})

		diags := c.run(t.Context(), arguments)
		if diags.failed() || c.tainted || !diags.warns("Payment is made, but not carried out yet") {
			t.Fatal(diags)
		}

		if got := show(c.attribute("status")); got != payment.StatusProcessing {
			t.Errorf("status = %s", got)
		}

		plan := c.plan(t.Context(), arguments)
		if plan.empty() || show(attributeOf(t, plan.value, "status")) != "unknown" || show(attributeOf(t, plan.value, "amount_due")) != "42.5" {
			t.Errorf("the next plan does not show what is left: %s", plan.value)
		}

		w.Advance(2 * time.Hour)

		if diags := c.apply(t.Context(), plan); diags.failed() {
			t.Fatal(diags)
		}

		if got := show(c.attribute("status")); got != payment.StatusCompleted {
			t.Errorf("status = %s", got)
		}

		if got := c.attribute("resource_ids"); got.IsNull() || !got.IsFullyKnown() {
			t.Errorf("resource_ids = %s", got)
		}

		if plan := c.plan(t.Context(), arguments); !plan.empty() {
			t.Errorf("the plan after is not empty: %s", plan.value)
		}

		if got := w.payments(orderOf(t, arguments)); len(got) != 1 {
			t.Errorf("payments = %q", got)
		}
	})
}

// TestOrderPaymentLateResources: resource ids that come after the order is
// completed are waited for.
func TestOrderPaymentLateResources(t *testing.T) {
	t.Parallel()

	_, c, arguments := plain(t, bsssim.Options{Settings: map[string]string{"resource_ids_after": "reads=3"}},
		map[string]any{"amount": "42.50", "resources": 1})

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	if got := show(c.attribute("resource_ids")); got == "null" || got == "[]" {
		t.Errorf("resource_ids = %s", got)
	}
}

// TestOrderPaymentLag: an order that shows its payment late is waited for, not
// paid again.
func TestOrderPaymentLag(t *testing.T) {
	t.Parallel()

	for _, locks := range []string{"on", "off"} {
		t.Run("locks "+locks, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w, c, arguments := plain(t, bsssim.Options{Lag: bsssim.Transition{Reads: 3}, Settings: map[string]string{"server_locks": locks}},
					map[string]any{"amount": "42.50", "order_type": 3})

				// The new order itself shows late too.
				plan := c.plan(t.Context(), arguments)
				for range 5 {
					plan = c.plan(t.Context(), arguments)
				}

				if diags := c.apply(t.Context(), plan); diags.failed() {
					t.Fatal(diags)
				}

				if got := show(c.attribute("status")); got != payment.StatusCompleted {
					t.Errorf("status = %s", got)
				}

				if sent, _ := w.payCalls(); sent != 1 {
					t.Errorf("%d paying calls, want one", sent)
				}
			})
		})
	}
}

// TestOrderPaymentEdits: what is edited after the payment is recorded, and
// calls nothing that acts.
func TestOrderPaymentEdits(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	paid := w.mutations()

	for name, value := range map[string]tftypes.Value{
		"max_amount": num(t, "1"), "coupon_ids": strs("CP9"), "discount_id": str("D9"), "api_version": str("v3"),
	} {
		edited := map[string]tftypes.Value{}
		for other, value := range arguments {
			edited[other] = value
		}

		edited[name] = value

		plan := c.plan(t.Context(), edited)
		if plan.diagnostics.failed() || plan.empty() || plan.replaces {
			t.Errorf("%s: %s\n%s", name, plan.value, plan.diagnostics)

			continue
		}

		if diags := c.apply(t.Context(), plan); diags.failed() {
			t.Errorf("%s: %s", name, diags)
		}

		if !c.attribute(name).Equal(value) || show(c.attribute("status")) != "completed" || show(c.attribute("amount_due")) != "42.5" {
			t.Errorf("%s: state = %s", name, c.state)
		}
	}

	wrong := map[string]tftypes.Value{"order_id": arguments["order_id"], "max_amount": num(t, "100"), "currency": str("CNY")}
	if plan := c.plan(t.Context(), wrong); !plan.diagnostics.errorAt("currency") {
		t.Errorf("another currency was planned: %s", plan.value)
	}

	if got := w.mutations(); got != paid {
		t.Errorf("%d calls that change something after the payment", got-paid)
	}
}

// TestOrderPaymentNewOrder: another order id is another payment.
func TestOrderPaymentNewOrder(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	second := w.placeOrder(map[string]any{"amount": "17.00", "order_type": 3})
	arguments["order_id"] = str(second)

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() || !plan.prior.IsNull() || show(attributeOf(t, plan.value, "amount_due")) != "17" {
		t.Errorf("not planned as a new payment: %s\n%s", plan.value, plan.diagnostics)
	}

	if diags := c.apply(t.Context(), plan); diags.failed() {
		t.Fatal(diags)
	}

	if got := w.payments(second); len(got) != 1 {
		t.Errorf("payments = %q", got)
	}
}

// TestOrderPaymentUnknownInputs: what is not known at plan leaves the price
// unknown, and the cap guards.
func TestOrderPaymentUnknownInputs(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "142.50", "order_type": 3})
	order := arguments["order_id"]

	for name, typ := range map[string]tftypes.Type{"order_id": tftypes.String, "discount_id": tftypes.String} {
		later := map[string]tftypes.Value{"order_id": order, "max_amount": num(t, "1000")}
		later[name] = tftypes.NewValue(typ, tftypes.UnknownValue)

		plan := c.plan(t.Context(), later)
		if plan.diagnostics.failed() || show(attributeOf(t, plan.value, "amount_due")) != "unknown" {
			t.Errorf("%s unknown: %s\n%s", name, plan.value, plan.diagnostics)
		}
	}

	later := map[string]tftypes.Value{"order_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "max_amount": num(t, "100")}
	plan := c.plan(t.Context(), later)

	// Known at last, the order costs more than the cap.
	plan.config = replaceAttribute(t, plan.config, "order_id", order)

	if diags := c.apply(t.Context(), plan); !diags.errorAt("max_amount") || !c.absent() {
		t.Errorf("want a refusal at max_amount, got %s", diags)
	}

	noPayCalls(t, w)
}

func replaceAttribute(t *testing.T, object tftypes.Value, name string, value tftypes.Value) tftypes.Value {
	t.Helper()

	attributes := attributesOf(t, object)
	attributes[name] = value

	return tftypes.NewValue(object.Type(), attributes)
}

// TestOrderPaymentGone: an order that the account does not know any more stays
// in state, with a warning; another account's credentials are an error.
func TestOrderPaymentGone(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	empty := newWorld(t, bsssim.Options{})
	c.world = empty

	before := c.state

	diags := c.refresh(t.Context())
	if diags.failed() || !diags.warns("Order "+orderOf(t, arguments)+" is not known any more") || !c.state.Equal(before) {
		t.Errorf("state = %s\n%s", c.state, diags)
	}

	c.identity.IdentityData = identityBy(c, "order_id", orderOf(t, arguments), str("another-account"))

	if diags := c.refresh(t.Context()); !diags.failed() {
		t.Errorf("the payment of another account was read: %s", diags)
	}

	noPayCalls(t, empty)

	if got := w.payments(orderOf(t, arguments)); len(got) != 1 {
		t.Errorf("payments = %q", got)
	}
}

// TestOrderPaymentImport: a paid order is imported by id and by identity; the
// first apply records the arguments and calls nothing that acts. An unpaid one
// is refused.
func TestOrderPaymentImport(t *testing.T) {
	t.Parallel()

	for _, by := range []string{"id", "identity"} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()

			w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
			order := orderOf(t, arguments)

			if diags := c.importState(t.Context(), by, order); !diags.failed() || !strings.Contains(diags.String(), "an import never pays") {
				t.Errorf("an unpaid order was imported: %s", diags)
			}

			w.console("pay_order", map[string]any{"order_id": order})

			if diags := c.importState(t.Context(), by, order); diags.failed() {
				t.Fatal(diags)
			}

			if got := fmt.Sprint(
				show(c.attribute("status")),
				" ",
				show(c.attribute("amount_due")),
				" ",
				show(c.attribute("max_amount")),
			); got != "completed 42.5 42.5" {
				t.Errorf("imported %s", got)
			}

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() || plan.empty() || plan.prior.IsNull() {
				t.Fatalf("the first plan is no update in place: %s\n%s", plan.value, plan.diagnostics)
			}

			if diags := c.apply(t.Context(), plan); diags.failed() {
				t.Fatal(diags)
			}

			if plan := c.plan(t.Context(), arguments); !plan.empty() {
				t.Errorf("the plan after is not empty: %s", plan.value)
			}

			if count := w.mutations(); count != 0 {
				t.Errorf("%d calls that change something", count)
			}
		})
	}
}

// TestOrderPaymentDestroy: destroying stops managing, with a warning, and
// calls nothing.
func TestOrderPaymentDestroy(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	calls := len(w.Requests())

	if diags := c.destroy(t.Context()); diags.failed() || !diags.warns("Payment is kept") {
		t.Error(diags)
	}

	if got := len(w.Requests()); got != calls {
		t.Errorf("destroying made %d calls", got-calls)
	}
}

// TestOrderPaymentBalance: money that may not do is a warning at plan; where
// the API refuses, the answer is worded, and nothing is in state.
func TestOrderPaymentBalance(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
	w.console("set_balance", map[string]any{"amount": "10.00"})

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() || !plan.diagnostics.warns("Balance may be short") {
		t.Errorf("no warning: %s", plan.diagnostics)
	}

	diags := c.apply(t.Context(), plan)
	if !diags.failed() || !c.absent() || !strings.Contains(diags.String(), "CBC.99005003") || !strings.Contains(diags.String(), "Top up") {
		t.Errorf("want the refusal in words, got %s", diags)
	}

	w.console("set_balance", map[string]any{"amount": "100.00"})

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Error(diags)
	}
}

// TestOrderPaymentQuota: what is short is named.
func TestOrderPaymentQuota(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		order map[string]any
		says  []string
	}{
		"quota": {map[string]any{"amount": "42.50", "quota_short": true}, []string{"CBC.99003141", "Quota or capacity is short", "region"}},
		"enterprise project": {map[string]any{"amount": "42.50", "project_funds_short": true, "enterprise_project_id": "ep-1"},
			[]string{"CBC.99003155", "enterprise project"}},
	} {
		for _, version := range []string{"v3", "v1"} {
			t.Run(name+"/"+version, func(t *testing.T) {
				t.Parallel()

				_, c, arguments := plain(t, bsssim.Options{}, test.order)
				arguments["api_version"] = str(version)

				diags := c.run(t.Context(), arguments)
				if !diags.failed() || !c.absent() {
					t.Fatalf("want a refusal, got %s", diags)
				}

				for _, says := range test.says {
					// The old call has the old form of the code.
					if version == "v1" {
						says = strings.Replace(says, "CBC.9900", "CBC.", 1)
					}

					if !strings.Contains(diags.String(), says) {
						t.Errorf("nothing says %q:\n%s", says, diags)
					}
				}
			})
		}
	}
}

// TestOrderPaymentTradeNumber: the old call answers a trade number, the new
// one does not.
func TestOrderPaymentTradeNumber(t *testing.T) {
	t.Parallel()

	_, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
	arguments["api_version"] = str("v1")

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	if got := show(c.attribute("trade_number")); got == "null" || got == "" {
		t.Errorf("trade_number = %s", got)
	}

	if plan := c.plan(t.Context(), arguments); !plan.empty() {
		t.Errorf("the plan after is not empty: %s", plan.value)
	}
}
