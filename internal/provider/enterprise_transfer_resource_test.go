// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
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
)

const (
	typeTransfer       = "bss_enterprise_transfer"
	typeCouponTransfer = "bss_enterprise_coupon_transfer"
	transferAddress    = typeTransfer + ".this"

	reusableCoupon = "CP2611220000002"
	couponPart     = reusableCoupon + "-1"
)

// transferVariant is one way to move something.
type transferVariant struct {
	typeName, operation string
	arguments           attributes
	// status is that of what was moved.
	status string
}

// transferVariants are all ways to move something of the demo customer.
func transferVariants(t tester) map[string]transferVariant {
	t.Helper()

	member := func(more attributes) attributes {
		arguments := attributes{"member_id": str(demoMemberID(1)), "transfer_key": str("november")}
		maps.Copy(arguments, more)

		return arguments
	}

	return map[string]transferVariant{
		"cash": {typeTransfer, "transfer_amount", member(attributes{
			"direction": str("transfer"), "account_type": str("balance"), "amount": num(t, "30"),
		}), "transferred"},
		"credit": {typeTransfer, "transfer_amount", member(attributes{
			"direction": str("transfer"), "account_type": str("credit"), "amount": num(t, "30.5"),
		}), "transferred"},
		"cash back": {typeTransfer, "retrieve_amount", member(attributes{
			"direction": str("retrieve"), "account_type": str("balance"), "amount": num(t, "120"),
		}), "retrieved"},
		"coupon": {typeCouponTransfer, "transfer_coupon", member(attributes{
			"direction": str("transfer"), "coupon_id": str(reusableCoupon), "amount": num(t, "12.5"),
		}), "transferred"},
		"coupon back": {typeCouponTransfer, "retrieve_coupon", member(attributes{
			"direction": str("retrieve"), "coupon_id": str(reusableCoupon), "sub_coupon_id": str(couponPart),
		}), "retrieved"},
	}
}

// enterpriseWorld is a master account with members on the china site.
func enterpriseWorld(t tester, options bsssim.Options) *world {
	t.Helper()

	options.Site, options.Seed = "china", "demo"

	return newWorld(t, options)
}

// transfers are those of the world, in words.
func (w *world) transfers() []string {
	moved := []string{}

	for _, one := range w.World().Transfers {
		way := "to"
		if one.Retrieved {
			way = "from"
		}

		moved = append(moved, fmt.Sprintf("%s %s by %s", one.Amount, way, one.By))
	}

	return moved
}

// transferCalls counts the transferring calls, and the ids that they were sent under.
func (w *world) transferCalls() int {
	n := 0

	for _, request := range w.Requests() {
		if request.Mutation {
			n++
		}
	}

	return n
}

// wantMoved holds the world against one transfer.
func (w *world) wantMoved(t *testing.T, times int) {
	t.Helper()

	if moved := w.transfers(); len(moved) != times {
		t.Errorf("transfers %q after %d calls, want %d", moved, w.transferCalls(), times)
	}

	if ids := w.World().UsedTransIDs; len(ids) != times {
		t.Errorf("ids %v, want %d", ids, times)
	}
}

func transferConfig(arguments string) string {
	return fmt.Sprintf(
		"resource %q \"this\" {\n  member_id = %q\n  account_type = \"balance\"\n%s\n}\n",
		typeTransfer,
		demoMemberID(1),
		arguments,
	)
}

func TestAccEnterpriseTransfer(t *testing.T) {
	t.Parallel()

	w := enterpriseWorld(t, bsssim.Options{})
	plan := func(checks ...plancheck.PlanCheck) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: checks}
	}
	first := "direction = \"transfer\"\ntransfer_key = \"november\"\namount = 30.5"

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{
				Config: transferConfig(first),
				ConfigPlanChecks: plan(
					plancheck.ExpectResourceAction(transferAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(transferAddress, tfjsonpath.New("amount"), knownvalue.NumberExact(exact(t, "30.5"))),
					plancheck.ExpectKnownValue(transferAddress, tfjsonpath.New("currency"), knownvalue.StringExact("CNY")),
					plancheck.ExpectKnownValue(transferAddress, tfjsonpath.New("trans_id"), knownvalue.StringRegexp(regexp.MustCompile("^[0-9a-f]{32}$"))),
					plancheck.ExpectKnownValue(transferAddress, tfjsonpath.New("domain_id"), knownvalue.StringExact(w.World().CustomerID)),
					plancheck.ExpectKnownValue(transferAddress, tfjsonpath.New("expire_time"), knownvalue.Null()),
					plancheck.ExpectUnknownValue(transferAddress, tfjsonpath.New("status")),
				),
				ConfigStateChecks: stateChecks(t, map[string]shown{transferAddress: {
					"status": "transferred", "amount": amount("30.5"), "currency": "CNY", "expire_time": nil, "domain_id": w.World().CustomerID,
				}}),
			},
			{Config: transferConfig(first), ConfigPlanChecks: plan(plancheck.ExpectEmptyPlan())},
			{
				Config:      transferConfig(strings.ReplaceAll(first, "30.5", "31")),
				ExpectError: regexp.MustCompile("amount cannot change under one transfer_key"),
			},
			{
				Config: transferConfig(strings.ReplaceAll(first, "november", "december")),
				ConfigPlanChecks: plan(
					plancheck.ExpectResourceAction(transferAddress, plancheck.ResourceActionDestroyBeforeCreate),
					plancheck.ExpectKnownValue(transferAddress, tfjsonpath.New("amount"), knownvalue.NumberExact(exact(t, "30.5"))),
				),
			},
			{
				ResourceName: transferAddress, ImportState: true, ImportStateId: "any", Config: transferConfig(first),
				ExpectError: regexp.MustCompile("cannot be imported"),
			},
		},
	})

	if diff := cmp.Diff([]string{"30.50 to by api", "30.50 to by api"}, w.transfers()); diff != "" {
		t.Error(diff)
	}
}

// TestAccEnterpriseCouponTransfer gives a part of a coupon away, and takes it back by
// the id that it got.
func TestAccEnterpriseCouponTransfer(t *testing.T) {
	t.Parallel()

	w := enterpriseWorld(t, bsssim.Options{})
	config := fmt.Sprintf(`
resource "bss_enterprise_coupon_transfer" "given" {
  member_id    = %[1]q
  direction    = "transfer"
  coupon_id    = %[2]q
  amount       = 12.5
  transfer_key = "given"
}

resource "bss_enterprise_coupon_transfer" "taken" {
  member_id     = %[1]q
  direction     = "retrieve"
  coupon_id     = %[2]q
  sub_coupon_id = bss_enterprise_coupon_transfer.given.sub_coupon_id
  transfer_key  = "taken"
}
`, demoMemberID(2), reusableCoupon)

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectUnknownValue(typeCouponTransfer+".given", tfjsonpath.New("sub_coupon_id")),
					plancheck.ExpectKnownValue(typeCouponTransfer+".given", tfjsonpath.New("retrieved_amount"), knownvalue.Null()),
					plancheck.ExpectUnknownValue(typeCouponTransfer+".taken", tfjsonpath.New("trans_id")),
				}},
				ConfigStateChecks: stateChecks(t, map[string]shown{
					typeCouponTransfer + ".given": {"status": "transferred", "sub_coupon_id": reusableCoupon + "-T1", "retrieved_amount": nil},
					typeCouponTransfer + ".taken": {"status": "retrieved", "retrieved_amount": amount("12.5"), "amount": nil},
				}),
			},
			{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		},
	})

	if diff := cmp.Diff([]string{"12.50 to by api", "12.50 from by api"}, w.transfers()); diff != "" {
		t.Error(diff)
	}
}

// TestTransferPlan: what cannot be moved is refused in the plan, at its argument, and
// nothing is sent.
func TestTransferPlan(t *testing.T) {
	t.Parallel()

	unknown := tftypes.UnknownValue

	for name, test := range map[string]struct {
		variant string
		but     attributes
		at      string
		says    []string
	}{
		"more than there is": {"cash", attributes{"amount": num(t, "1000.01")}, "amount", []string{"More than can be " +
			"transferred", "1000.00 CNY"}},
		"more than they have":  {"cash back", attributes{"amount": num(t, "120.01")}, "amount", []string{"More than can be retrieved", "120.00"}},
		"more of a coupon":     {"coupon", attributes{"amount": num(t, "50.01")}, "amount", []string{"50.00 left"}},
		"no such coupon":       {"coupon", attributes{"coupon_id": str("CP1")}, "coupon_id", []string{"cannot be transferred"}},
		"no such part":         {"coupon back", attributes{"sub_coupon_id": str("x")}, "sub_coupon_id", []string{"cannot be retrieved"}},
		"no such credit":       {"credit", attributes{"expire_time": str("2030-01-01T00:00:00Z")}, "expire_time", []string{"No such credit", `"never"`}},
		"of a closed member":   {"cash back", attributes{"member_id": str(demoMemberID(3))}, "amount", []string{"nothing can be retrieved"}},
		"to nobody":            {"cash", attributes{"member_id": str("nobody")}, "", []string{"CBC.0100"}},
		"unknown sub coupon":   {"coupon back", attributes{"sub_coupon_id": tftypes.NewValue(tftypes.String, unknown)}, "", nil},
		"unknown member":       {"cash", attributes{"member_id": tftypes.NewValue(tftypes.String, unknown)}, "", nil},
		"unknown amount":       {"cash", attributes{"amount": tftypes.NewValue(tftypes.Number, unknown)}, "", nil},
		"unknown key":          {"coupon", attributes{"transfer_key": tftypes.NewValue(tftypes.String, unknown)}, "", nil},
		"all that there is":    {"cash", attributes{"amount": num(t, "1000.00")}, "", nil},
		"the only credit":      {"credit", nil, "", nil},
		"what does not expire": {"credit", attributes{"expire_time": str("never")}, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := enterpriseWorld(t, bsssim.Options{})
			variant := transferVariants(t)[test.variant]
			maps.Copy(variant.arguments, test.but)

			plan := newCore(w, variant.typeName).plan(t.Context(), variant.arguments)
			if test.says == nil && plan.diagnostics.failed() {
				t.Error(plan.diagnostics)
			}

			if test.says != nil {
				plan.diagnostics.says(t, test.at, test.says...)
			}

			if w.mutations() != 0 {
				t.Error(w.calls())
			}
		})
	}
}

// TestTransferCredits: of several credits, the one that is named is moved, with its
// expiry, and without a name the plan says which there are.
func TestTransferCredits(t *testing.T) {
	t.Parallel()

	w := enterpriseWorld(t, bsssim.Options{})
	w.console("add_credit", map[string]any{"amount": "70.00", "expire_time": "2030-03-01T00:00:00Z"})

	c, arguments := newCore(w, typeTransfer), transferVariants(t)["credit"].arguments

	c.plan(t.Context(), arguments).diagnostics.
		says(t, "expire_time", "Several credits", `"never" (500.00 CNY)`, `"2030-03-01T00:00:00Z" (70.00 CNY)`)

	arguments["expire_time"] = str("2030-03-01T00:00:00Z")
	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	moved := w.World().Transfers[0]
	if got := moved.ExpireTime.Format("2006-01-02"); got != "2030-03-01" || moved.Amount != "30.50" {
		t.Errorf("moved %+v", moved)
	}

	c.plansNothing(t.Context(), arguments)
}

// TestTransferOnlyExpiry: the only credit is chosen by itself, the plan shows when it
// ends, and its request has that.
func TestTransferOnlyExpiry(t *testing.T) {
	t.Parallel()

	w := enterpriseWorld(t, bsssim.Options{})
	w.console("add_credit", map[string]any{"amount": "70.00", "expire_time": "2030-03-01T00:00:00Z", "member_id": demoMemberID(2)})

	c, arguments := newCore(w, typeTransfer), transferVariants(t)["credit"].arguments
	arguments["direction"], arguments["member_id"] = str("retrieve"), str(demoMemberID(2))

	plan := c.plan(t.Context(), arguments)
	if got := show(attributeOf(t, plan.value, "expire_time")); got != "2030-03-01T00:00:00Z" {
		t.Errorf("expire_time %s\n%s", got, plan.diagnostics)
	}

	if diags := c.apply(t.Context(), plan); diags.failed() {
		t.Fatal(diags)
	}

	c.plansNothing(t.Context(), arguments)
	w.wantMoved(t, 1)
}

// TestTransferUnderOneKey: nothing of a transfer can be edited, a new key is another
// transfer, and both are said in the plan.
func TestTransferUnderOneKey(t *testing.T) {
	t.Parallel()

	for name, variant := range transferVariants(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := enterpriseWorld(t, bsssim.Options{})
			c := newCore(w, variant.typeName)

			if diags := c.run(t.Context(), variant.arguments); diags.failed() {
				t.Fatal(diags)
			}

			if got := show(c.attribute("status")); got != variant.status {
				t.Errorf("status %s", got)
			}

			c.plansNothing(t.Context(), variant.arguments)

			others := attributes{
				"member_id": str(demoMemberID(2)), "direction": str("retrieve"), "account_type": str("credit"), "amount": num(t, "0.01"),
				"coupon_id": str("CP1"), "sub_coupon_id": str("other"),
			}

			for argument, value := range others {
				before, has := variant.arguments[argument]
				if !has || before.Equal(value) || variant.typeName == typeCouponTransfer && argument == "direction" {
					continue
				}

				edited := maps.Clone(variant.arguments)
				edited[argument] = value
				c.plan(t.Context(), edited).diagnostics.says(t, argument, "cannot change under one transfer_key", "write a new transfer_key")
			}

			again := maps.Clone(variant.arguments)
			again["transfer_key"] = str("december")

			said := c.plan(t.Context(), again).diagnostics.String()
			if !strings.Contains(said, "A new key moves money again (") || !strings.Contains(said, "): key december") {
				t.Errorf("no word of it:\n%s", said)
			}

			w.wantMoved(t, 1)

			if diags := c.destroy(t.Context()); diags.failed() || !strings.Contains(diags.String(), "The money stays where it is") || !c.absent() {
				t.Error(diags)
			}

			w.wantMoved(t, 1)
		})
	}
}

// TestTransferNewKey: another key moves the whole amount again.
func TestTransferNewKey(t *testing.T) {
	t.Parallel()

	w := enterpriseWorld(t, bsssim.Options{})
	c, arguments := newCore(w, typeTransfer), transferVariants(t)["cash"].arguments

	for _, key := range []string{"november", "december"} {
		arguments["transfer_key"] = str(key)

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}
	}

	w.wantMoved(t, 2)
	c.plansNothing(t.Context(), arguments)
}

// TestTransferForgotten: -replace, a taint, a lost state and another state send the
// same id, which the API refuses, and record that with a warning.
func TestTransferForgotten(t *testing.T) {
	t.Parallel()

	for name, variant := range transferVariants(t) {
		// What was taken back whole cannot be planned again, which is said there.
		if name == "cash back" || name == "coupon back" {
			continue
		}

		for _, records := range []string{"own_id", "trans_id", "none"} {
			t.Run(name+"/"+records, func(t *testing.T) {
				t.Parallel()

				w := enterpriseWorld(t, bsssim.Options{Settings: map[string]string{"transfer_records": records}})
				c := newCore(w, variant.typeName)

				if diags := c.run(t.Context(), variant.arguments); diags.failed() {
					t.Fatal(diags)
				}

				forgotten := newCore(w, variant.typeName)
				c.tainted = true

				for what, again := range map[string]*core{"tainted": c, "forgotten": forgotten} {
					diags := again.run(t.Context(), variant.arguments)
					status, said := "used_before", "Key was used before, and nothing is moved again: key november"

					if records == "trans_id" {
						status, said = "transferred", "Transfer was made before: key november"
					}

					if got := show(again.attribute("status")); got != status || diags.failed() || !strings.Contains(diags.String(), said) {
						t.Errorf("%s: status %s\n%s", what, got, diags)
					}

					again.plansNothing(t.Context(), variant.arguments)
				}

				w.wantMoved(t, 1)
			})
		}
	}
}

// TestTransferTwice: two blocks of one key are one transfer, which is an error in the
// plan; the same key means another transfer elsewhere.
func TestTransferTwice(t *testing.T) {
	t.Parallel()

	for name, variant := range transferVariants(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := enterpriseWorld(t, bsssim.Options{})
			one, two := newCore(w, variant.typeName), newCore(w, variant.typeName)

			p, diags := one.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			if plan := one.planWith(t.Context(), p, variant.arguments); plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			other := maps.Clone(variant.arguments)
			if !other["amount"].IsNull() {
				other["amount"] = num(t, "1")
			}

			two.planWith(t.Context(), two.within(p), other).diagnostics.says(t, "transfer_key", "Transfer is planned twice")

			other["transfer_key"] = str("another")
			if plan := two.planWith(t.Context(), two.within(p), other); plan.diagnostics.failed() {
				t.Error(plan.diagnostics)
			}
		})
	}
}

// TestTransferElsewhere: other sites have no transfers, which the plan says, without a
// call.
func TestTransferElsewhere(t *testing.T) {
	t.Parallel()

	for _, site := range []string{"international", "europe"} {
		for name, variant := range transferVariants(t) {
			w := newWorld(t, bsssim.Options{Site: site, Seed: "demo"})
			newCore(w, variant.typeName).plan(t.Context(), variant.arguments).diagnostics.
				says(t, "", "only china has it", "in the console alone")

			if len(w.calls()) != 0 {
				t.Errorf("%s, %s: %v", site, name, w.calls())
			}
		}
	}
}

// TestTransferOfAnother: what is recorded of one account is no transfer of another.
func TestTransferOfAnother(t *testing.T) {
	t.Parallel()

	w := enterpriseWorld(t, bsssim.Options{})
	c, arguments := newCore(w, typeTransfer), transferVariants(t)["cash"].arguments

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	values := attributesOf(t, c.state)
	values["domain_id"] = str("another")
	c.state = tftypes.NewValue(c.state.Type(), values)

	c.plan(t.Context(), arguments).diagnostics.says(t, "", "Credentials belong to another account")
	w.wantMoved(t, 1)
}
