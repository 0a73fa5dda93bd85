// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

const typeOrderPay = "bss_order_pay"

// payAction pays an ordinary order by an action, with enough money.
func payAction(t *testing.T, options bsssim.Options, order map[string]any, more attributes) (*world, string, invocation) {
	t.Helper()

	w := newRichWorld(t, options)

	id := w.placeOrder(order)
	config := attributes{"order_id": str(id), "max_amount": num(t, "100")}

	for name, value := range more {
		config[name] = value
	}

	return w, id, invocation{typeName: typeOrderPay, config: config}
}

// paidOnce fails unless the order has one payment, by one paying call.
func paidOnce(t *testing.T, w *world, order string) {
	t.Helper()

	if got := w.payments(order); len(got) != 1 {
		t.Errorf("payments = %q, want one", got)
	}

	if sent, acted := w.payCalls(); sent != 1 || acted != 1 {
		t.Errorf("%d paying calls, of which %d acted; want one", sent, acted)
	}
}

// TestOrderPayTwice: invoked twice, the action pays once, and says how it went.
func TestOrderPayTwice(t *testing.T) {
	t.Parallel()

	for _, version := range []string{"v3", "v1"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()

			w, order, pay := payAction(t, bsssim.Options{
				Processing: bsssim.Transition{Reads: 3}, Settings: map[string]string{"server_locks": "off"},
			}, map[string]any{"amount": "42.50", "resources": 1}, attributes{"api_version": str(version)})

			first := pay.run(t, w)
			if first.diagnostics.failed() || !first.said("is paid (42.50 USD") || !first.said("and completed") {
				t.Errorf("%q\n%s", first.progress, first.diagnostics)
			}

			paidOnce(t, w, order)

			second := pay.run(t, w)
			if second.diagnostics.failed() || !second.said("is paid (42.50 USD") {
				t.Errorf("%q\n%s", second.progress, second.diagnostics)
			}

			paidOnce(t, w, order)

			if planned := pay.plan(t, w); planned.failed() || !planned.warns("Order is paid already") {
				t.Error(planned)
			}
		})
	}
}

// TestOrderPayRefusals: what the resource refuses at the plan, the action
// refuses there too, at the same argument, and nothing is changed.
func TestOrderPayRefusals(t *testing.T) {
	t.Parallel()

	for name, test := range refusals() {
		if test.attribute == "timeouts" {
			continue
		}

		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: test.site, Settings: test.settings})
			w.console("set_balance", map[string]any{"amount": "5000.00"})

			pay := invocation{typeName: typeOrderPay, provider: test.provider, config: test.place(t, w)}
			pay.plan(t, w).says(t, test.attribute, test.says)

			if count := w.mutations(); count != 0 {
				t.Errorf("%d calls that change something", count)
			}
		})
	}
}

// TestOrderPayGuardsAtInvoke: what holds at the plan is asked again by the
// invocation, whose plan may have known less, or may be old.
func TestOrderPayGuardsAtInvoke(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		config          attributes
		provider        attributes
		attribute, says string
	}{
		"cap":      {config: attributes{"max_amount": num(t, "42.49")}, attribute: "max_amount", says: "more than max_amount = 42.49"},
		"currency": {config: attributes{"currency": str("EUR")}, attribute: "currency", says: "is in USD"},
		"account":  {provider: attributes{"allowed_domain_ids": strs("another")}, says: "allowed_domain_ids"},
		"discount": {config: attributes{"discount_id": str("D0")}, attribute: "discount_id", says: "does not offer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, test.config)
			pay.provider = test.provider

			pay.invoke(t.Context(), t, w).diagnostics.says(t, test.attribute, test.says)
			noPayCalls(t, w)
		})
	}
}

// TestOrderPaySpending: what bounds the spending of a run bounds actions too,
// at the plan and again at the invocation.
func TestOrderPaySpending(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		block attributes
		says  string
	}{
		"denied":          {attributes{"mode": str("deny")}, "Spending is denied"},
		"above the bound": {attributes{"max_per_apply": num(t, "42.49")}, "Spending is above max_per_apply"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, nil)
			pay.provider = spendingValue(test.block)

			pay.plan(t, w).says(t, "order_id", test.says)
			pay.invoke(t.Context(), t, w).diagnostics.says(t, "order_id", test.says)
			noPayCalls(t, w)
		})
	}

	t.Run("unknown price", func(t *testing.T) {
		t.Parallel()

		w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, attributes{"order_id": unknown(tftypes.String)})
		pay.provider = spendingValue(attributes{"require_known_price": tftypes.NewValue(tftypes.Bool, true)})

		pay.plan(t, w).says(t, "order_id", "Price is not known")
	})
}

// TestOrderPayUnknown: an argument that is not known yet is no reason to fail
// at the plan, and no reason to act.
func TestOrderPayUnknown(t *testing.T) {
	t.Parallel()

	unknowns := attributes{
		"order_id": unknown(tftypes.String), "max_amount": unknown(tftypes.Number), "currency": unknown(tftypes.String),
		"coupon_ids":  unknown(tftypes.Set{ElementType: tftypes.String}),
		"discount_id": unknown(tftypes.String), "api_version": unknown(tftypes.String), "timeout": unknown(tftypes.String),
	}

	for name, value := range unknowns {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, attributes{name: value})

			if planned := pay.plan(t, w); planned.failed() {
				t.Error(planned)
			}

			pay.invoke(t.Context(), t, w).diagnostics.says(t, "", "before all of its arguments were known")
			noPayCalls(t, w)
		})
	}

	t.Run("all", func(t *testing.T) {
		t.Parallel()

		w := newWorld(t, bsssim.Options{})

		if planned := (invocation{typeName: typeOrderPay, config: unknowns}).plan(t, w); planned.failed() || len(w.Requests()) > 0 {
			t.Errorf("%d calls: %s", len(w.Requests()), planned)
		}
	})

	t.Run("the provider", func(t *testing.T) {
		t.Parallel()

		w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, nil)
		pay.provider = attributes{"token": unknown(tftypes.String)}

		if planned := pay.plan(t, w); planned.failed() {
			t.Error(planned)
		}

		pay.invoke(t.Context(), t, w).diagnostics.says(t, "", "Provider is not configured yet")
		noPayCalls(t, w)
	})
}

// TestOrderPayFaults lets the paying call go wrong in every way, and invokes
// twice: one payment, at most one paying call that acted, and no error about
// what was paid.
func TestOrderPayFaults(t *testing.T) {
	t.Parallel()

	for name, fault := range payFaults(latePayment) {
		// It cannot be fenced where the server itself refuses no second payment.
		locks := "off"
		if name == "delay before, gave up" {
			locks = "on"
		}

		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				options := bsssim.Options{Settings: map[string]string{"server_locks": locks}}
				w, order, pay := payAction(t, options, map[string]any{"amount": "42.50"}, nil)
				pay.provider = attributes{"request_timeout": str("1s")}

				fault.Operation = "pay_order"
				addFault(t, w, fault)

				first := pay.run(t, w)

				if _, acted := w.payCalls(); acted == 1 && first.diagnostics.failed() && fault.Kind != bsssim.FaultDelayBefore {
					t.Errorf("paid, and failed:\n%s", first.diagnostics)
				}

				second := pay.run(t, w)
				if second.diagnostics.failed() {
					t.Errorf("the second invocation failed:\n%s\nafter the first:\n%s", second.diagnostics, first.diagnostics)
				}

				if fault.Delay > time.Second {
					until(t, "the delayed call was answered", func() bool { return settledCalls(w) })
				}

				if got := w.payments(order); len(got) != 1 {
					t.Errorf("payments = %q, want one", got)
				}

				if sent, acted := w.payCalls(); acted != 1 {
					t.Errorf("%d of %d paying calls acted, want one", acted, sent)
				}
			})
		})
	}
}

// TestOrderPayDoubt: a payment that was sent and does not show is an error
// that says what to do, and is not sent again.
func TestOrderPayDoubt(t *testing.T) {
	t.Parallel()

	w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, nil)

	addFault(t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropBefore})

	pay.run(t, w).diagnostics.says(t, "", "Payment is in doubt", "Apply again")

	if sent, _ := w.payCalls(); sent != 1 {
		t.Errorf("the payment was sent %d times, want once", sent)
	}
}

// TestOrderPayUnconfirmed: an accepted payment that does not show is an error of
// the action, which leaves nothing in state that would remember it.
func TestOrderPayUnconfirmed(t *testing.T) {
	t.Parallel()

	w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, attributes{"timeout": str("1s")})
	addFault(t, w, acceptsAndForgets())

	invoked := pay.run(t, w)
	invoked.diagnostics.says(t, "", "do not invoke the action again")

	if !invoked.said("is accepted, and does not show yet") {
		t.Errorf("%q", invoked.progress)
	}

	if sent, _ := w.payCalls(); sent != 1 {
		t.Errorf("%d paying calls, want one", sent)
	}
}

// TestOrderPayTimeout: an order that is paid and not carried out in time is a
// warning; until then the action says that it waits.
func TestOrderPayTimeout(t *testing.T) {
	t.Parallel()

	w, order, pay := payAction(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}},
		map[string]any{"amount": "42.50"}, attributes{"timeout": str("1s")})

	result := pay.run(t, w)
	if result.diagnostics.failed() || !result.diagnostics.warns("Payment is made, but not carried out yet") {
		t.Error(result.diagnostics)
	}

	if !result.said("is still processing") {
		t.Errorf("progress: %q", result.progress)
	}

	paidOnce(t, w, order)

	w.Advance(2 * time.Hour)

	again := pay.run(t, w)
	if again.diagnostics.failed() || again.diagnostics.warns("Payment is made, but not carried out yet") || !again.said("completed") {
		t.Errorf("%q\n%s", again.progress, again.diagnostics)
	}

	paidOnce(t, w, order)
}

// TestOrderPayInterrupted: an interruption ends the waiting, not the payment.
func TestOrderPayInterrupted(t *testing.T) {
	t.Parallel()

	w, order, pay := payAction(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}}, map[string]any{"amount": "42.50"}, nil)

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()

	done := make(chan invoked, 1)
	go func() { done <- pay.invoke(ctx, t, w) }()

	until(t, "the order is paid", func() bool { return len(w.payments(order)) == 1 })
	cancel()

	if result := <-done; result.diagnostics.failed() {
		t.Error(result.diagnostics)
	}

	paidOnce(t, w, order)
}

// TestOrderPayDelegated: where a master pays, the action says so, and neither
// waits nor asks twice.
func TestOrderPayDelegated(t *testing.T) {
	t.Parallel()

	w, order, pay := payAction(t, bsssim.Options{Settings: map[string]string{"custody": "on"}}, map[string]any{"amount": "42.50"}, nil)

	for range 2 {
		result := pay.run(t, w)
		if result.diagnostics.failed() || !result.diagnostics.warns("A master account has to pay this order") {
			t.Error(result.diagnostics)
		}

		if !result.said("waits for the account that pays") {
			t.Errorf("progress: %q", result.progress)
		}
	}

	if sent, _ := w.payCalls(); sent != 1 || len(w.payments(order)) != 0 {
		t.Errorf("%d paying calls, payments %q", sent, w.payments(order))
	}
}

// TestOrderPayWithResource: the action and the resource of one order, in one
// run, pay it once.
func TestOrderPayWithResource(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}}, map[string]any{"amount": "42.50"})
	pay := invocation{typeName: typeOrderPay, config: arguments}

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	if result := pay.run(t, w); result.diagnostics.failed() {
		t.Error(result.diagnostics)
	}

	paidOnce(t, w, orderOf(t, arguments))
}

func TestActionTimeoutInvalid(t *testing.T) {
	t.Parallel()

	for _, value := range []string{"soon", "", "0s", "25h", "-1m"} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()

			w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, attributes{"timeout": str(value)})
			pay.plan(t, w).says(t, "timeout", "Invalid duration")
		})
	}
}

// TestAccActions invokes the actions with real Terraform, where it is new enough.
func TestAccActions(t *testing.T) {
	t.Parallel()
	needs(t, catalog.Actions())

	w := newRichWorld(t, bsssim.Options{})

	paid, canceled := w.placeOrder(map[string]any{"amount": "42.50"}), w.placeOrder(map[string]any{"amount": "17.00"})
	config := func(trigger string) string {
		return fmt.Sprintf(`
action "bss_order_pay" "this" {
  config {
    order_id   = %q
    max_amount = 42.50
    currency   = "USD"
  }
}

action "bss_order_cancel" "this" {
  config {
    order_id = %q
  }
}

resource "terraform_data" "trigger" {
  input = %q

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.bss_order_pay.this, action.bss_order_cancel.this]
    }
  }
}
`, paid, canceled, trigger)
	}

	once := func(*terraform.State) error {
		paidOnce(t, w, paid)

		if sent, acted := w.cancelCalls(); sent != 1 || acted != 1 {
			t.Errorf("%d cancelling calls, of which %d acted", sent, acted)
		}

		return nil
	}

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{Config: config("one"), Check: once},
			{Config: config("two"), Check: once},
		},
	})
}

// TestActionsSayNothingSecret: what an action says holds no credentials.
func TestActionsSayNothingSecret(t *testing.T) {
	t.Parallel()

	w, _, pay := payAction(t, bsssim.Options{}, map[string]any{"amount": "42.50"}, nil)
	addFault(t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropBefore})

	said := pay.run(t, w)
	everything := strings.Join(slices.Concat(said.progress, []string{said.diagnostics.String()}), "\n")

	for _, secret := range []string{w.Credentials().AccessKey, w.Credentials().SecretKey, "Signature="} {
		if strings.Contains(everything, secret) {
			t.Errorf("an action says %q", secret)
		}
	}
}
