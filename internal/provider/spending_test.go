// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

// spendingValue is the provider's spending block with one or more arguments.
func spendingValue(arguments attributes) attributes {
	types := map[string]tftypes.Type{"mode": tftypes.String, "max_per_apply": tftypes.Number, "require_known_price": tftypes.Bool}
	values := map[string]tftypes.Value{}

	for name, typ := range types {
		values[name] = tftypes.NewValue(typ, nil)
		if value, given := arguments[name]; given {
			values[name] = value
		}
	}

	return attributes{"spending": tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)}
}

func deny() attributes { return spendingValue(attributes{"mode": str("deny")}) }

func atMost(t *testing.T, amount string) attributes {
	t.Helper()

	return spendingValue(attributes{"max_per_apply": num(t, amount)})
}

// running is a provider with the core's configuration, which stays.
func (c *core) running(ctx context.Context) *process {
	c.t.Helper()

	p, diags := c.start(ctx)
	if diags.failed() {
		c.t.Fatal(diags)
	}

	return p
}

func TestSpendingArguments(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		block attributes
		says  string
	}{
		"unknown mode":   {attributes{"mode": str("perhaps")}, "allow or deny"},
		"empty mode":     {attributes{"mode": str("")}, "allow or deny"},
		"negative bound": {attributes{"max_per_apply": num(t, "-0.01")}, "must not be negative"},
		"bound that cannot be held": {attributes{"max_per_apply": num(t, "1e-600")},
			"more digits"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})

			_, _, diags := configured(t, w, spendingValue(test.block))
			diags.says(t, "spending", test.says)
		})
	}
}

// TestSpendingDeny: what would pay is refused at plan, and nothing acts.
func TestSpendingDeny(t *testing.T) {
	t.Parallel()

	for name, discount := range map[string]tftypes.Value{"a known price": tftypes.NewValue(tftypes.String, nil), "an unknown " +
		"discount": unknown(tftypes.String)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50"})
			c.provider = deny()
			arguments["discount_id"] = discount

			plan := c.plan(t.Context(), arguments)
			if !plan.diagnostics.errorAt("order_id") && !plan.diagnostics.errorAt("discount_id") {
				t.Errorf("no error at the argument:\n%s", plan.diagnostics)
			}

			if count := w.mutations(); !plan.diagnostics.failed() || count != 0 {
				t.Errorf("%d calls that change something:\n%s", count, plan.diagnostics)
			}
		})
	}
}

// TestSpendingDenySavedPlan: a plan that was saved while spending was allowed
// is refused by the plan at apply; without that, by the payment itself.
func TestSpendingDenySavedPlan(t *testing.T) {
	t.Parallel()

	for name, apply := range map[string]func(*core, context.Context, *process, *planned) diagnostics{
		"planned again": (*core).applyWith, "as it stands": (*core).change,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50"})

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			c.provider = deny()
			diags := apply(c, t.Context(), c.running(t.Context()), plan)
			diags.says(t, "order_id", "Spending is denied", `mode = "deny"`)

			if !c.absent() || c.tainted || w.mutations() != 0 {
				t.Errorf("%d calls that change something, state %s", w.mutations(), c.state)
			}
		})
	}
}

// TestSpendingDenyAdopts: an order that needs no payment from here is recorded,
// whatever the block says, and whenever it was paid.
func TestSpendingDenyAdopts(t *testing.T) {
	t.Parallel()

	for name, guard := range map[string]attributes{"deny": deny(), "no money": atMost(t, "0"),
		"known prices": spendingValue(attributes{"require_known_price": tftypes.NewValue(tftypes.Bool, true)})} {
		for when, status := range map[string]string{"paid before the plan": "completed", "paid after the " +
			"plan": "completed", "delegated": payment.StatusAwaitingPayer} {
			t.Run(name+"/"+when, func(t *testing.T) {
				t.Parallel()

				w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3, "agent_pay": when == "delegated"})
				pay := func() { w.console("pay_order", map[string]any{"order_id": orderOf(t, arguments)}) }

				if when == "paid before the plan" {
					pay()

					c.provider = guard
					// What is not known costs nothing where there is nothing to pay.
					arguments["discount_id"] = unknown(tftypes.String)
				}

				plan := c.plan(t.Context(), arguments)
				if plan.diagnostics.failed() {
					t.Fatal(plan.diagnostics)
				}

				plan.config = replaceAttribute(t, plan.config, "discount_id", tftypes.NewValue(tftypes.String, nil))
				plan.value = replaceAttribute(t, plan.value, "discount_id", tftypes.NewValue(tftypes.String, nil))

				if when == "paid after the plan" {
					pay()
				}

				c.provider = guard

				if diags := c.apply(t.Context(), plan); diags.failed() {
					t.Fatal(diags)
				}

				if got := show(c.attribute("status")); got != status {
					t.Errorf("status = %s, want %s", got, status)
				}

				noPayCalls(t, w)
			})
		}
	}
}

// TestSpendingPlan: the sum of a plan is bounded, and a payment that is planned
// twice counts once.
func TestSpendingPlan(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})
	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	// Replacing asks for the plan of the old one and then of the new one.
	arguments["order_id"] = str(w.placeOrder(map[string]any{"amount": "17.00", "order_type": 3}))
	c.provider = atMost(t, "20")
	p := c.running(t.Context())

	plan := c.planWith(t.Context(), p, arguments)
	if plan.diagnostics.failed() || !plan.prior.IsNull() {
		t.Fatalf("not planned as a replacement:\n%s", plan.diagnostics)
	}

	c.replace(t.Context(), p, plan)

	if plan.diagnostics.failed() {
		t.Errorf("planned again, it counts twice:\n%s", plan.diagnostics)
	}

	other := newCore(w, "bss_order_payment")
	// It costs the same, and is another payment.
	third := attributes{"order_id": str(w.placeOrder(map[string]any{"amount": "17.00", "order_type": 3})), "max_amount": num(t, "100")}

	other.planWith(t.Context(), p, third).diagnostics.says(t, "order_id",
		"Spending is above max_per_apply", "up to 17.00 USD", "the rest of this run plans to spend 17.00 USD", "max_per_apply = 20")

	// Another run counts anew.
	other.provider = atMost(t, "20")
	if plan := other.plan(t.Context(), third); plan.diagnostics.failed() {
		t.Errorf("a run counts what another one planned:\n%s", plan.diagnostics)
	}

	if sent, _ := w.payCalls(); sent != 1 {
		t.Errorf("%d paying calls", sent)
	}
}

// TestSpendingOfficialPrice: a payment counts with the most that it can cause.
func TestSpendingOfficialPrice(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{
		"amount":          "40.00",
		"official_amount": "50.00",
		"discounts":       []any{map[string]any{"id": "D1", "type": 2, "amount": "10.00", "ratio": "0.8"}},
	})
	c.provider = atMost(t, "49.99")
	c.plan(t.Context(), arguments).diagnostics.says(t, "order_id", "up to 50.00 USD")

	// The payment counts it by itself.
	c.provider = nil
	plan := c.plan(t.Context(), arguments)
	c.provider = atMost(t, "49.99")
	c.change(t.Context(), c.running(t.Context()), plan).says(t, "order_id", "up to 50.00 USD")
	noPayCalls(t, w)

	arguments["discount_id"] = str("D1")
	c.provider = atMost(t, "40")

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Error(diags)
	}
}

// TestSpendingRequireKnownPrice: a price that the plan cannot state is an error
// at the argument that hides it.
func TestSpendingRequireKnownPrice(t *testing.T) {
	t.Parallel()

	required := spendingValue(attributes{"require_known_price": tftypes.NewValue(tftypes.Bool, true)})

	for name, test := range map[string]struct {
		provider attributes
		later    string
		fails    bool
	}{
		"order":             {required, "order_id", true},
		"discount":          {required, "discount_id", true},
		"cap":               {required, "max_amount", false},
		"coupons":           {required, "coupon_ids", false},
		"nothing":           {required, "", false},
		"order, allowed":    {spendingValue(nil), "order_id", false},
		"discount, allowed": {spendingValue(nil), "discount_id", false},
		// Denied is what pays; whether this does is not known.
		"order, denied": {deny(), "order_id", false},
		// The block itself is not known yet.
		"order, unknown block": {spendingValue(attributes{"require_known_price": unknown(tftypes.Bool)}), "order_id", false},
		"order, unknown bound": {spendingValue(attributes{"require_known_price": tftypes.NewValue(tftypes.Bool, true),
			"max_per_apply": unknown(tftypes.Number)}), "order_id", true},
		// A configuration that is not known yet reads no price.
		"nothing, unknown bound": {spendingValue(attributes{"require_known_price": tftypes.NewValue(tftypes.Bool, true),
			"max_per_apply": unknown(tftypes.Number)}), "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50"})
			c.provider = test.provider

			switch test.later {
			case "":
			case "max_amount":
				arguments[test.later] = unknown(tftypes.Number)
			case "coupon_ids":
				arguments[test.later] = unknown(tftypes.Set{ElementType: tftypes.String})
			default:
				arguments[test.later] = unknown(tftypes.String)
			}

			plan := c.plan(t.Context(), arguments)

			if test.fails {
				plan.diagnostics.says(t, cmp.Or(test.later, "order_id"), "Price is not known", "require_known_price = true")
			} else if plan.diagnostics.failed() {
				t.Error(plan.diagnostics)
			}

			noPayCalls(t, w)
		})
	}
}

// TestSpendingDenyLate: an order that only the apply knows is refused there
// where it is unpaid.
func TestSpendingDenyLate(t *testing.T) {
	t.Parallel()

	w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50"})
	order := arguments["order_id"]
	arguments["order_id"] = unknown(tftypes.String)
	c.provider = deny()

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	plan.config = replaceAttribute(t, plan.config, "order_id", order)
	c.apply(t.Context(), plan).says(t, "order_id", "Spending is denied")

	// The payment refuses by itself.
	plan.value = replaceAttribute(t, plan.value, "order_id", order)
	c.change(t.Context(), c.running(t.Context()), plan).says(t, "order_id", "Spending is denied")

	if !c.absent() || w.mutations() != 0 {
		t.Errorf("%d calls that change something, state %s", w.mutations(), c.state)
	}
}

// TestSpendingUnconfigured: a provider that is not configured yet reads no price, so that
// what has to have one is refused whatever buys it, and nothing else is.
func TestSpendingUnconfigured(t *testing.T) {
	t.Parallel()

	block := func(required bool) attributes {
		provider := spendingValue(attributes{"require_known_price": tftypes.NewValue(tftypes.Bool, required)})
		provider["token"] = unknown(tftypes.String)

		return provider
	}

	for _, required := range []bool{true, false} {
		t.Run(fmt.Sprintf("required %t", required), func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			order := w.placeOrder(map[string]any{"amount": "42.50", "order_type": 3})
			payment := attributes{"order_id": str(order), "max_amount": num(t, "100")}

			check := func(name, argument string, refused bool, said diagnostics) {
				t.Helper()

				if refused && required {
					said.says(t, argument, "Price is not known", "require_known_price = true")

					// What is not known is not what is bought.
					if strings.Contains(said.String(), "An argument of the provider is known only after an apply") != (argument != "amount") {
						t.Errorf("%s: %s", name, said)
					}
				} else if said.failed() {
					t.Errorf("%s: %s", name, said)
				}
			}

			paid, renewed := newCore(w, "bss_order_payment"), newCore(w, typeRenewal)
			renewed.provider, paid.provider = block(required), block(required)

			check("payment", "order_id", true, paid.planOnly(t.Context(), payment).diagnostics)
			check("renewal", "resource_id", true, renewed.planOnly(t.Context(), renewalTo(t, "2027-02-28", "1000")).diagnostics)

			for typeName, config := range map[string]attributes{
				"bss_order_pay": payment, "bss_resource_renew": renewalTo(t, "2027-02-28", "1000"),
			} {
				check(typeName, map[bool]string{true: "order_id", false: "resource_id"}[typeName == "bss_order_pay"], true,
					invocation{typeName: typeName, config: config, provider: block(required)}.plan(t, w))
			}

			noPayCalls(t, w)

			// What is paid is not bought again, and a later day is.
			paid.provider, renewed.provider = nil, nil

			for c, arguments := range map[*core]attributes{paid: payment, renewed: renewalTo(t, "2027-02-28", "1000")} {
				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Fatal(diags)
				}
			}

			paid.provider, renewed.provider = block(required), block(required)
			payment["max_amount"] = num(t, "200")

			check("edited payment", "", false, paid.planOnly(t.Context(), payment).diagnostics)
			check("edited renewal", "", false, renewed.planOnly(t.Context(), renewalTo(t, "2027-02-28", "2000")).diagnostics)
			check("later day", "resource_id", true, renewed.planOnly(t.Context(), renewalTo(t, "2027-03-31", "2000")).diagnostics)

			// The amount of a transfer is its price.
			for amount, unpriced := range map[string]bool{"12.50": false, "": true} {
				moved := newCore(w, "bss_enterprise_transfer")
				moved.provider = block(required)
				arguments := attributes{
					"member_id": str("m1"), "direction": str("transfer"), "account_type": str("balance"), "transfer_key": str("k"),
					"amount": unknown(tftypes.Number),
				}

				if !unpriced {
					arguments["amount"] = num(t, amount)
				}

				check("transfer of "+amount, "amount", unpriced, moved.planOnly(t.Context(), arguments).diagnostics)
			}
		})
	}
}
