// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

const (
	typeOrderCancellation = "bss_order_cancellation"
	cancellationAddress   = typeOrderCancellation + ".this"
)

func cancellationConfig(orderID string) string {
	return fmt.Sprintf("resource %q \"this\" {\n  order_id = %q\n}\n", typeOrderCancellation, orderID)
}

// unpaidOrder is an order to cancel, on an account that could pay it.
func unpaidOrder(t *testing.T, options bsssim.Options, but map[string]any) (*world, *core, map[string]tftypes.Value) {
	t.Helper()

	w := newRichWorld(t, options)
	order := map[string]any{"amount": "42.50", "official_amount": "42.50"}

	for name, value := range but {
		order[name] = value
	}

	return w, newCore(w, typeOrderCancellation), map[string]tftypes.Value{"order_id": str(w.placeOrder(order))}
}

func (w *world) wantCanceled(t *testing.T, c *core, acted int) {
	t.Helper()

	if got := c.attribute("status"); !got.Equal(str("canceled")) {
		t.Errorf("status in state: %s", got)
	}

	if _, arrived := w.cancelCalls(); arrived != acted || len(w.World().Payments) != 0 {
		t.Errorf("%d cancelling calls acted, want %d; payments %v", arrived, acted, w.World().Payments)
	}
}

func TestAccOrderCancellation(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	order := w.placeOrder(map[string]any{"amount": "42.50", "official_amount": "50.00"})
	config := cancellationConfig(order)

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(cancellationAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(cancellationAddress, tfjsonpath.New("amount"), knownvalue.NumberExact(exact(t, "42.5"))),
					plancheck.ExpectKnownValue(cancellationAddress, tfjsonpath.New("currency"), knownvalue.StringExact("USD")),
					plancheck.ExpectKnownValue(cancellationAddress, tfjsonpath.New("deadline"), knownvalue.NotNull()),
					plancheck.ExpectUnknownValue(cancellationAddress, tfjsonpath.New("status")),
				}},
				ConfigStateChecks: stateChecks(t, map[string]shown{cancellationAddress: {
					"status": "canceled", "amount": amount("42.5"), "currency": "USD", "deadline": knownvalue.NotNull(),
				}}),
			},
			{
				Config:           config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{
				Config:      cancellationConfig("CS2611220000099"),
				ExpectError: regexp.MustCompile(`order_id cannot change`),
			},
			{
				ResourceName: cancellationAddress, ImportState: true, ImportStateId: order, ImportStateVerify: true,
				ImportStateVerifyIdentifierAttribute: "order_id", Config: config,
			},
		},
	})

	if sent, acted := w.cancelCalls(); sent != 1 || acted != 1 || w.orderStatus(order) != simtest.Canceled {
		t.Errorf("%d calls, %d acted, status %d", sent, acted, w.orderStatus(order))
	}
}

// TestOrderCancellationRecords: what is canceled already is only recorded, as the
// plan says; -replace and taint record it again, and nothing is sent.
func TestOrderCancellationRecords(t *testing.T) {
	t.Parallel()

	w, c, arguments := unpaidOrder(t, bsssim.Options{}, map[string]any{"status": 4})

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() || !attributeOf(t, plan.value, "status").Equal(str("canceled")) {
		t.Errorf("%s\n%s", attributeOf(t, plan.value, "status"), plan.diagnostics)
	}

	for range 2 {
		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		w.wantCanceled(t, c, 0)
		c.plansNothing(t.Context(), arguments)

		c.tainted = true
	}
}

// TestOrderCancellationStatedAsDone: where the plan stated that the order is canceled,
// nothing is canceled if it turns out to wait for its payment.
func TestOrderCancellationStatedAsDone(t *testing.T) {
	t.Parallel()

	for _, replanned := range []bool{true, false} {
		w, c, arguments := unpaidOrder(t, bsssim.Options{}, nil)
		gate := w.gated()

		p, diags := c.start(t.Context())
		if diags.failed() {
			t.Fatal(diags)
		}

		gate.answersWith(func(operation string, body []byte) []byte {
			if operation != "list_orders" && operation != "get_order" {
				return body
			}

			return bytes.ReplaceAll(body, []byte(`"status":6`), []byte(`"status":4`))
		})

		plan := c.planWith(t.Context(), p, arguments)
		if plan.diagnostics.failed() || !attributeOf(t, plan.value, "status").Equal(str("canceled")) {
			t.Fatal(plan.diagnostics)
		}

		gate.answersWith(nil)

		if replanned {
			diags = c.applyWith(t.Context(), p, plan)
		} else {
			diags = c.change(t.Context(), p, plan)
		}

		if sent, _ := w.cancelCalls(); !diags.failed() || !c.absent() || sent != 0 {
			t.Errorf("replanned %t: %d calls: %s", replanned, sent, diags)
		}
	}
}

// TestOrderCancellationDestroyed: destroying removes the record alone, and says so.
func TestOrderCancellationDestroyed(t *testing.T) {
	t.Parallel()

	w, c, arguments := unpaidOrder(t, bsssim.Options{}, nil)
	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	before := len(w.calls())

	if diags := c.destroy(t.Context()); diags.failed() || !strings.Contains(diags.String(), "The order stays canceled") || !c.absent() {
		t.Error(diags)
	}

	w.wantCanceledSince(t, before)
}

func (w *world) wantCanceledSince(t *testing.T, before int) {
	t.Helper()

	for _, call := range w.calls()[before:] {
		if call == "cancel_order" || call == "pay_order" {
			t.Errorf("calls %v", w.calls()[before:])
		}
	}
}

// TestOrderCancellationPaid: an order that is paid after the plan is an error, and
// nothing is refunded; one that moved is refused by Terraform itself.
func TestOrderCancellationPaid(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		act  string
		with map[string]any
		says string
	}{
		"paid":     {act: "pay_order", says: "only an unpaid order can be canceled"},
		"repriced": {act: "reprice_order", with: map[string]any{"amount": "40.00"}, says: "inconsistent final plan"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, c, arguments := unpaidOrder(t, bsssim.Options{}, nil)
			plan := c.plan(t.Context(), arguments)

			values := map[string]any{"order_id": w.World().Orders[0].OrderID}
			for name, value := range test.with {
				values[name] = value
			}

			w.console(test.act, values)

			if diags := c.apply(t.Context(), plan); !strings.Contains(diags.String(), test.says) || !c.absent() {
				t.Errorf("no word of %q:\n%s", test.says, diags)
			}

			if sent, _ := w.cancelCalls(); sent != 0 || len(w.World().Refunds) != 0 {
				t.Errorf("%d calls, refunds %v", sent, w.World().Refunds)
			}
		})
	}
}

// TestOrderCancellationOfAPart: the plan does not promise what the apply would be
// refused: a part of a combined order is canceled with the whole.
func TestOrderCancellationOfAPart(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	placed := w.console("place_order", map[string]any{"sub_orders": []any{"40.00", "60.00"}})
	parts, _ := placed["sub_order_ids"].([]string)
	c := newCore(w, typeOrderCancellation)

	plan := c.plan(t.Context(), map[string]tftypes.Value{"order_id": str(parts[0])})
	plan.diagnostics.says(t, "order_id", "part of a combined order", fmt.Sprint(placed["order_id"]))

	if sent, _ := w.cancelCalls(); sent != 0 {
		t.Errorf("%d calls", sent)
	}
}

// TestOrderCancellationDenied: it spends nothing, so that deny has no word in it.
func TestOrderCancellationDenied(t *testing.T) {
	t.Parallel()

	w, c, arguments := unpaidOrder(t, bsssim.Options{}, nil)
	c.provider = deny()

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	w.wantCanceled(t, c, 1)
}

// TestOrderCancellationFaults lets the call go wrong in every way, and applies
// twice: one call acts, the order is canceled, and nothing is tainted.
func TestOrderCancellationFaults(t *testing.T) {
	t.Parallel()

	throughFaults(t, callFaults(lateDelay), map[string]string{"order": "cancel_order"}, "a cancellation", func(t *testing.T, cell faultCell) {
		t.Helper()

		w, c, arguments := unpaidOrder(t, cell.options(), nil)
		first := cell.firstRun(t, c, arguments)

		if sent, acted := w.cancelCalls(); acted == 1 && first.failed() && cell.fault.Delay <= 1e9 {
			t.Errorf("the first apply canceled (%d calls), and failed:\n%s", sent, first)
		}

		cell.secondRun(t, c, arguments, first)
		w.wantCanceled(t, c, 1)
		c.plansNothing(t.Context(), arguments)
	})
}

// TestOrderCancellationKilled ends the provider with SIGKILL before each of its calls
// and after the one that cancels, and applies again with a new plan or the same one.
func TestOrderCancellationKilled(t *testing.T) {
	t.Parallel()

	save := func(t *testing.T) (*killable, string) {
		t.Helper()

		w := newRichWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})
		order := w.placeOrder(map[string]any{"amount": "42.50"})

		return planToKill(t, w, cancellationConfig(order)), order
	}

	undisturbed, _ := save(t)

	for _, boundary := range boundaries(t, undisturbed, "cancel_order") {
		t.Run(boundary.String(), func(t *testing.T) {
			t.Parallel()

			k, order := save(t)
			k.kill(t, boundary)
			k.applyAgain(t, boundary)

			if _, acted := k.world.cancelCalls(); acted != 1 || k.world.orderStatus(order) != simtest.Canceled {
				t.Errorf("%d cancelling calls acted, status %d", acted, k.world.orderStatus(order))
			}

			if found := k.resource(cancellationAddress); found == nil || found.Tainted || found.Values["status"] != "canceled" {
				t.Errorf("state = %v", found)
			}
		})
	}
}

// TestOrderCanceledAndPaid: one order is paid or canceled, not both, in a run.
func TestOrderCanceledAndPaid(t *testing.T) {
	t.Parallel()

	w, cancel, arguments := unpaidOrder(t, bsssim.Options{}, nil)
	pay := newCore(w, typeOrderPayment)

	p, diags := cancel.start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	if plan := cancel.planWith(t.Context(), p, arguments); plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	plan := pay.planWith(t.Context(), pay.within(p), map[string]tftypes.Value{"order_id": arguments["order_id"], "max_amount": num(t, "50")})
	plan.diagnostics.says(t, "order_id", "Order is managed twice", typeOrderCancellation, typeOrderPayment)
}

// TestOrderCancellationStatus: whatever the API shows later is shown, and nothing is
// proposed.
func TestOrderCancellationStatus(t *testing.T) {
	t.Parallel()

	w, c, arguments := unpaidOrder(t, bsssim.Options{}, nil)
	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	w.console("set_status", map[string]any{"order_id": w.World().Orders[0].OrderID, "status": 17})

	if diags := c.refresh(t.Context()); diags.failed() {
		t.Fatal(diags)
	}

	if diff := cmp.Diff("unknown(17)", show(c.attribute("status"))); diff != "" {
		t.Error(diff)
	}

	c.plansNothing(t.Context(), arguments)
}

// TestOrderCancellationUnknown: what the plan cannot name is not canceled, and no id
// that is not known yet takes the place of one that is recorded.
func TestOrderCancellationUnknown(t *testing.T) {
	t.Parallel()

	w, c, arguments := unpaidOrder(t, bsssim.Options{}, nil)
	unknown := map[string]tftypes.Value{"order_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}

	c.plan(t.Context(), unknown).diagnostics.says(t, "order_id", "Order to cancel is not known", "-target")

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	c.plan(t.Context(), unknown).diagnostics.says(t, "order_id", "order_id cannot change", "removed block")
	w.wantCanceled(t, c, 1)
}
