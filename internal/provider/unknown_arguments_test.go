// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// unknownCase is a plan of which each argument in turn is known only after apply.
type unknownCase struct {
	typeName string
	// world has the subject, and the arguments that name it.
	world func(t *testing.T) (*world, attributes)
	// imported is whether an import, and before what an apply recorded, nil for none.
	imported bool
	before   attributes
	// between happens after that.
	between func(w *world)
	then    attributes
	// again are arguments whose apply core may refuse, if it turns out that nothing is
	// new. The plan warns of it.
	again []string
}

// TestUnknownArguments: whatever argument a plan does not know, core finds nothing wrong
// with the plan, its apply or what that leaves; or the plan is refused, or has said what to
// do. The provider's own arguments count, too.
func TestUnknownArguments(t *testing.T) {
	t.Parallel()

	for name, test := range unknownCases(t) {
		_, arguments := test.world(t)
		maps.Copy(arguments, test.then)
		delete(arguments, "timeouts")

		for _, argument := range append(slices.Sorted(maps.Keys(arguments)), "") {
			t.Run(name+"/"+argument, func(t *testing.T) {
				t.Parallel()
				test.plansWithout(t, argument)
			})
		}
	}
}

// runFirst applies the arguments with what differs before a test acts; nil for nothing.
func (c *core) runFirst(t *testing.T, arguments, before attributes) {
	t.Helper()

	if before == nil {
		return
	}

	first := maps.Clone(arguments)
	maps.Copy(first, before)

	if diags := c.run(t.Context(), first); diags.failed() {
		t.Fatal(diags)
	}
}

// plansWithout plans without knowing the argument, or without the provider's where it is
// empty, and applies once it is known.
func (u unknownCase) plansWithout(t *testing.T, argument string) {
	t.Helper()

	w, base := u.world(t)
	c := newCore(w, u.typeName)
	with := func(more attributes) attributes {
		all := maps.Clone(base)
		maps.Copy(all, more)

		return all
	}

	if u.imported {
		if diags := c.importPolicy(t.Context(), "id", renewedID); diags.failed() {
			t.Fatal(diags)
		}
	}

	c.runFirst(t, base, u.before)

	if u.between != nil {
		u.between(w)
	}

	// The provider that reads is configured: without a state there is nothing to read.
	if diags := c.refresh(t.Context()); diags.failed() {
		t.Fatal(diags)
	}

	arguments := with(u.then)
	asked := maps.Clone(arguments)

	if argument == "" {
		c.provider = attributes{"token": unknown(tftypes.String)}
	} else {
		asked[argument] = unknown(arguments[argument].Type())
	}

	plan := c.planOnly(t.Context(), asked)
	c.provider = nil

	if plan.diagnostics.failed() {
		if plan.diagnostics.refuses("Provider produced") {
			t.Error(plan.diagnostics)
		}

		return
	}

	plan.config = objectOf(t, plan.config.Type(), arguments)

	w.ClearRequests()

	diags := c.apply(t.Context(), plan)

	if slices.Contains(u.again, argument) {
		if !diags.refuses("inconsistent final plan") || w.mutations() > 0 || !plan.diagnostics.warns(argument+" is known only after apply") {
			t.Errorf("%d calls that change something: %s", w.mutations(), diags)
		}

		diags = c.run(t.Context(), arguments)
	}

	if diags.failed() {
		t.Error(diags)
	}

	// The first apply after an import buys nothing, so that there may be something left.
	if !u.imported {
		c.plansNothing(t.Context(), arguments)
	}
}

func unknownCases(t *testing.T) map[string]unknownCase {
	t.Helper()

	boolean := func(value bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value) }

	paying := func(options bsssim.Options) func(t *testing.T) (*world, attributes) {
		return func(t *testing.T) (*world, attributes) {
			t.Helper()

			w, _, arguments := plain(t, options, map[string]any{"amount": "42.50", "order_type": 3})

			return w, arguments
		}
	}
	renewing := func(t *testing.T) (*world, attributes) {
		t.Helper()

		return renewalWorld(t, bsssim.Options{}), renewalTo(t, "2027-01-31", "300")
	}
	policy := func(policy int) func(t *testing.T) (*world, attributes) {
		return func(t *testing.T) (*world, attributes) {
			t.Helper()

			w := renewalWorld(t, bsssim.Options{})
			w.console("set_expire_policy", map[string]any{"resource_id": renewedID, "policy": policy})

			return w, attributes{"resource_id": str(renewedID), "timeouts": shortTimeouts("2s", "2s")}
		}
	}
	ending := func(t *testing.T) (*world, attributes) {
		t.Helper()

		return newRenewedWorld(t, bsssim.Options{}), attributes{"resource_id": str(renewedServer)}
	}
	renews := func(w *world) { w.Advance(80 * 24 * time.Hour) }

	edits := attributes{"currency": str("USD"), "max_amount": num(t, "200")}
	later := attributes{"currency": str("USD"), "paid_through": str("2027-03-31"), "discount": str("none")}
	uncounted := attributes{"paid_through": str("2027-03-31"), "discount": str("none")}
	on := attributes{"enabled": boolean(true), "times": num(t, "3"), "period_unit": str("month")}
	once := attributes{"enabled": boolean(true), "times": num(t, "1")}
	autoRenew := attributes{"policy": str("auto_renew"), "on_destroy": str("disable")}
	all := attributes{"scope": str("resource_and_renewals"), "reason": str("gone")}

	cases := map[string]unknownCase{
		"payment": {typeName: "bss_order_payment", world: paying(bsssim.Options{}), then: edits},
		"paid":    {typeName: "bss_order_payment", world: paying(bsssim.Options{}), before: attributes{}, then: edits},
		"paid, and carried out slowly": {
			typeName: "bss_order_payment", world: paying(bsssim.Options{Processing: bsssim.Transition{Reads: 6}}), before: attributes{}, then: edits,
		},
		"renewal":                   {typeName: typeRenewal, world: renewing, then: later},
		"renewal, reached":          {typeName: typeRenewal, world: renewing, before: attributes{}, then: uncounted},
		"renewal, reached, counted": {typeName: typeRenewal, world: renewing, before: attributes{}, then: later},
		"renewal, bought":           {typeName: typeRenewal, world: renewing, before: attributes{"paid_through": str("2027-02-28")}, then: later},
		"renewal, kept": {
			typeName: typeRenewal, world: renewing, before: later,
			then: attributes{"max_amount": num(t, "400"), "paid_through": str("2027-03-31"), "discount": str("best")},
		},
		"renewal, imported": {typeName: typeRenewal, world: renewing, imported: true, then: later},
		"renewal, pending":  {typeName: typeRenewal, world: renewing, imported: true, before: uncounted, then: uncounted},
		"autorenew":         {typeName: "bss_autorenew", world: policy(apiGracePeriod), then: on},
		"autorenew, is on":  {typeName: "bss_autorenew", world: policy(apiAutoRenew), then: on},
		"autorenew, kept":   {typeName: "bss_autorenew", world: policy(apiGracePeriod), before: on, then: on},
		"autorenew, changed": {
			typeName: "bss_autorenew", world: policy(apiGracePeriod), before: once, then: on,
		},
		"autorenew, renewed": {
			typeName: "bss_autorenew", world: policy(apiGracePeriod), before: on, between: renews, then: on,
			again: []string{"times", "period_unit"},
		},
		"autorenew, exhausted": {
			typeName: "bss_autorenew", world: policy(apiGracePeriod), before: once, between: renews, then: once, again: []string{"times"},
		},
		"autorenew, off": {
			typeName: "bss_autorenew", world: policy(apiGracePeriod), before: attributes{"enabled": boolean(false)}, then: on,
		},
		"autorenew, imported": {typeName: "bss_autorenew", world: policy(apiAutoRenew), imported: true, then: on},
		"policy":              {typeName: "bss_expiry_policy", world: policy(apiGracePeriod), then: autoRenew},
		"policy, kept":        {typeName: "bss_expiry_policy", world: policy(apiGracePeriod), before: autoRenew, then: autoRenew},
		"policy, renewed": {
			typeName: "bss_expiry_policy", world: policy(apiGracePeriod), before: autoRenew, between: renews, then: autoRenew,
		},
		"policy, changed": {
			typeName: "bss_expiry_policy", world: policy(apiGracePeriod), before: attributes{"policy": str("manual")}, then: autoRenew,
		},
		"policy, imported": {typeName: "bss_expiry_policy", world: policy(apiAutoRenew), imported: true, then: autoRenew},
		"settings": {
			typeName: "bss_renewal_settings",
			world: func(t *testing.T) (*world, attributes) {
				t.Helper()

				return renewalWorld(t, bsssim.Options{}), attributes{}
			},
			before: attributes{"expiry_day": str("15")},
			then:   attributes{"expiry_day": str("16"), "deduction_days_before": num(t, "4")},
		},
		"unsubscription": {typeName: "bss_unsubscription", world: ending, then: all},
		"unsubscription, widened": {
			typeName: "bss_unsubscription", world: ending, before: attributes{"scope": str("renewals_only")}, then: all,
		},
	}

	for name, variant := range transferVariants(t) {
		world := func(t *testing.T) (*world, attributes) {
			t.Helper()

			return enterpriseWorld(t, bsssim.Options{}), maps.Clone(variant.arguments)
		}
		cases["transfer, "+name] = unknownCase{typeName: variant.typeName, world: world}

		// What was taken back whole cannot be planned again under another key.
		if variant.status == "transferred" {
			cases["transfer made, "+name] = unknownCase{typeName: variant.typeName, world: world, before: attributes{}}
		}
	}

	return cases
}
