// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	typeOnDemandConversion = "bss_on_demand_conversion"
	conversionAddress      = typeOnDemandConversion + ".this"

	// periodServer is a server with a disk, whose term runs.
	periodServer = "convert-server"
	periodDisk   = "convert-disk"
	periodEnd    = "2027-01-31T15:59:59Z"
)

func conversionArguments(id string) map[string]tftypes.Value {
	return map[string]tftypes.Value{"resource_id": str(id)}
}

func conversionConfig(id string) string {
	return fmt.Sprintf("resource %q \"this\" {\n  resource_id = %q\n}\n", typeOnDemandConversion, id)
}

// periodWorld is an account of the one site that converts, with the server.
func periodWorld(t tester, options bsssim.Options) *world {
	t.Helper()

	options.Site = bsssim.SiteChina
	if options.Now.IsZero() && !inBubble() {
		options.Now = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	}

	w := newRichWorld(t, options)
	w.console("add_resource", map[string]any{"resource_id": periodServer, "name": "web", "expire_time": periodEnd, "monthly_price": "72.00"})
	w.console("add_resource", map[string]any{
		"resource_id": periodDisk, "name": "web-data", "parent_resource_id": periodServer, "expire_time": periodEnd,
		"service_type_code": "hws.service.type.ebs",
	})

	return w
}

// convertCalls counts the conversions of the journal, and those that acted.
func (w *world) convertCalls() (sent, acted int) {
	for _, request := range w.Requests() {
		if request.Operation == "convert_to_on_demand_now" {
			sent++

			if request.Acted {
				acted++
			}
		}
	}

	return sent, acted
}

// conversions are the orders of type 10 of the server that were carried out or are
// to be.
func (w *world) conversions() []string {
	var found []string

	for _, order := range w.World().Orders {
		if order.OrderType == 10 && order.Status != 4 && slices.Contains(order.ResourceIDs, periodServer) {
			found = append(found, order.OrderID)
		}
	}

	return found
}

// usage counts how often the use of a resource is charged.
func (w *world) usage(id string) int {
	n := 0

	for _, usage := range w.World().Usage {
		if usage.Resource.ResourceID == id {
			n++
		}
	}

	return n
}

// wantConverted fails unless the world and the state agree that the server was
// converted once.
func wantConverted(t *testing.T, w *world, c *core) {
	t.Helper()

	got := w.conversions()
	if len(got) != 1 {
		t.Errorf("conversions = %q, want one", got)
	}

	if sent, acted := w.convertCalls(); acted > 1 {
		t.Errorf("%d of %d conversions acted, want one at most", acted, sent)
	}

	if status := show(c.attribute("status")); status != "converted" {
		t.Errorf("status = %s", status)
	}

	for _, id := range []string{periodServer, periodDisk} {
		if !w.resourceOf(id).Converted || w.usage(id) != 1 {
			t.Errorf("resource %s is converted: %t, and charged by use %d times", id, w.resourceOf(id).Converted, w.usage(id))
		}
	}

	// An order that is not known is null; one that is known is the right one.
	if order := show(c.attribute("order_id")); order != "null" && !slices.Contains(got, order) {
		t.Errorf("order_id = %s, want one of %q", order, got)
	}
}

func TestAccOnDemandConversion(t *testing.T) {
	t.Parallel()

	w := periodWorld(t, bsssim.Options{Processing: bsssim.Transition{Reads: 1}})
	config := conversionConfig(periodServer)

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(conversionAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(conversionAddress, tfjsonpath.New("expire_time"), knownvalue.StringExact(periodEnd)),
					plancheck.ExpectKnownValue(conversionAddress, tfjsonpath.New("converts"), knownvalue.ListExact([]knownvalue.Check{
						knownvalue.StringExact(periodDisk), knownvalue.StringExact(periodServer),
					})),
					plancheck.ExpectUnknownValue(conversionAddress, tfjsonpath.New("status")),
					plancheck.ExpectUnknownValue(conversionAddress, tfjsonpath.New("order_id")),
					plancheck.ExpectUnknownValue(conversionAddress, tfjsonpath.New("request_time")),
				}},
				ConfigStateChecks: stateChecks(t, map[string]shown{conversionAddress: {
					"status": "converted", "expire_time": periodEnd, "order_id": knownvalue.StringRegexp(regexp.MustCompile(`^CS`)),
					"request_time": knownvalue.StringRegexp(regexp.MustCompile(`^2026-11-22T08:0`)),
				}}),
			},
			{
				Config:           config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{
				Config:      conversionConfig("another"),
				ExpectError: regexp.MustCompile(`resource_id cannot change`),
			},
			{
				ResourceName: conversionAddress, ImportState: true, ImportStateId: periodServer, Config: config,
				ExpectError: regexp.MustCompile(`cannot be imported`),
			},
		},
	})

	if sent, acted := w.convertCalls(); sent != 1 || acted != 1 || len(w.conversions()) != 1 {
		t.Errorf("%d calls, %d acted, orders %q", sent, acted, w.conversions())
	}
}

// TestOnDemandConversionWarns: the plan says what will happen, in one warning that
// names all.
func TestOnDemandConversionWarns(t *testing.T) {
	t.Parallel()

	w := periodWorld(t, bsssim.Options{})

	plan := newCore(w, typeOnDemandConversion).plan(t.Context(), conversionArguments(periodServer))
	if len(plan.diagnostics) != 1 || !plan.diagnostics.warns("Resource will be charged by use") {
		t.Fatal(plan.diagnostics)
	}

	for _, word := range []string{"web", "in_use", periodEnd, "cannot be undone", periodDisk} {
		if !strings.Contains(plan.diagnostics[0].Detail, word) {
			t.Errorf("the warning does not name %s: %s", word, plan.diagnostics[0].Detail)
		}
	}

	if w.mutations() > 0 {
		t.Errorf("the plan has changed something: %v", w.calls())
	}
}

// TestOnDemandConversionRefused: what cannot be converted is an error, and what the
// plan can know is one of the plan.
func TestOnDemandConversionRefused(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		// act is done at the console before the plan.
		act      string
		values   map[string]any
		id       string
		provider map[string]tftypes.Value
		summary  string
		says     string
		// planned says that the plan knows.
		planned bool
		calls   int
	}{
		"expired":          {act: "expire", summary: "Term of the resource is over", says: "CBC.99003610", calls: 1},
		"frozen by vendor": {act: "freeze", summary: "Resource or account is frozen", calls: 1},
		"closed":           {act: "close_resource", summary: "Resource is closed", says: "no completed conversion", planned: true},
		"unsubscribed":     {act: "unsubscribe", summary: "Resource is closed", says: "was unsubscribed", planned: true},
		"attached":         {id: periodDisk, summary: "Resource is attached to another", says: periodServer, planned: true},
		"never seen":       {id: "never-seen", summary: "Billing does not know the resource", says: "Nothing was sent", planned: true},
		"unknown status": {
			act: "add_resource", values: map[string]any{"resource_id": "odd", "status": 7}, id: "odd",
			summary: "Resource has an unknown status", says: "unknown(7)", planned: true,
		},
		"unpaid order": {
			act: "renew", values: map[string]any{"resource_id": periodServer, "unpaid": true},
			summary: "Resource is part of an unpaid order", calls: 1,
		},
		"not for this product": {
			act: "refuse", values: map[string]any{"resource_id": periodServer, "operation": "convert_to_on_demand_now", "code": "CBC.99003609"},
			summary: "Product cannot be pay-per-use", says: "CBC.99003609", calls: 1,
		},
		"a code of this call": {
			act: "refuse", values: map[string]any{"resource_id": periodServer, "operation": "convert_to_on_demand_now", "code": "CBC.99009999"},
			summary: "Conversion was refused", says: "CBC.99009999", calls: 1,
		},
		"spending is denied": {
			provider: deny(),
			summary:  "Spending is denied", says: "its use would be charged", planned: true,
		},
		"another account": {
			provider: map[string]tftypes.Value{"allowed_domain_ids": strs("another")}, summary: "Account is not allowed", planned: true,
		},
	} {
		for _, failures := range []string{"inside", "whole"} {
			// What is in no table of codes is certain only where the answer says that
			// the resource failed.
			if name == "a code of this call" && failures == "whole" {
				continue
			}

			t.Run(name+"/failures "+failures, func(t *testing.T) {
				t.Parallel()

				w := periodWorld(t, bsssim.Options{Settings: map[string]string{"convert_failures": failures}})

				if test.act != "" {
					values := test.values
					if values == nil {
						values = map[string]any{"resource_id": periodServer}
					}

					w.console(test.act, values)
				}

				id := test.id
				if id == "" {
					id = periodServer
				}

				c := newCore(w, typeOnDemandConversion)
				c.provider = test.provider

				diags := c.plan(t.Context(), conversionArguments(id)).diagnostics
				if diags.failed() != test.planned {
					t.Errorf("the plan failed: %t, want %t\n%s", diags.failed(), test.planned, diags)
				}

				if !test.planned {
					diags = c.run(t.Context(), conversionArguments(id))
				}

				if !diags.failed() || !c.absent() || !strings.Contains(diags.String(), test.summary) ||
					!strings.Contains(diags.String(), test.says) {
					t.Errorf("want %q that says %q, got %s", test.summary, test.says, diags)
				}

				sent, acted := w.convertCalls()
				if sent != test.calls || acted != 0 || len(w.conversions()) != 0 {
					t.Errorf("%d conversions were sent, of which %d acted, want %d and none", sent, acted, test.calls)
				}
			})
		}
	}
}

// TestOnDemandConversionElsewhere: a site that does not have the call says so in the
// plan, and no call is made.
func TestOnDemandConversionElsewhere(t *testing.T) {
	t.Parallel()

	for _, site := range []string{bsssim.SiteInternational, bsssim.SiteEurope} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()

			w := newRichWorld(t, bsssim.Options{Site: site})
			w.console("add_resource", map[string]any{"resource_id": periodServer})

			diags := newCore(w, typeOnDemandConversion).plan(t.Context(), conversionArguments(periodServer)).diagnostics
			for _, word := range []string{"only china has it", "bss_expiry_policy"} {
				if !strings.Contains(diags.String(), word) {
					t.Errorf("no word of %q: %s", word, diags)
				}
			}

			if calls := w.calls(); len(calls) > 0 {
				t.Errorf("calls: %v", calls)
			}
		})
	}
}

// TestOnDemandConversionRecords: what is converted already is only recorded; -replace
// records it again, and nothing is sent.
func TestOnDemandConversionRecords(t *testing.T) {
	t.Parallel()

	w := periodWorld(t, bsssim.Options{})
	c := newCore(w, typeOnDemandConversion)
	arguments := conversionArguments(periodServer)

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	for range 2 {
		wantConverted(t, w, c)
		c.plansNothing(t.Context(), arguments)

		p, diags := c.start(t.Context())
		if diags.failed() {
			t.Fatal(diags)
		}

		plan := c.planWith(t.Context(), p, arguments)
		c.replace(t.Context(), p, plan)

		if plan.diagnostics.failed() || !strings.Contains(plan.diagnostics.String(), "is not made again") {
			t.Errorf("-replace: %s", plan.diagnostics)
		}

		if diags := c.apply(t.Context(), plan); diags.failed() {
			t.Fatal(diags)
		}
	}

	if sent, _ := w.convertCalls(); sent != 1 {
		t.Errorf("%d calls", sent)
	}
}

// TestOnDemandConversionByOthers: what somebody converted at the console is recorded,
// with its order where that can be told; what else closed it is not taken for that.
func TestOnDemandConversionByOthers(t *testing.T) {
	t.Parallel()

	toldApart := map[string]string{"order_query_finds_conversions": "on"}

	for name, test := range map[string]struct {
		settings      map[string]string
		others        []string
		order, reason string
	}{
		"the only one":             {order: "null"},
		"the only one, told":       {settings: toldApart, order: "known"},
		"one of two":               {others: []string{"convert"}, order: "null"},
		"one of two, told apart":   {others: []string{"convert"}, settings: toldApart, order: "known"},
		"or an unsubscription":     {others: []string{"unsubscribe"}, reason: "What closed the resource cannot be told"},
		"an unsubscription beside": {others: []string{"unsubscribe"}, settings: toldApart, order: "known"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := periodWorld(t, bsssim.Options{Settings: test.settings})

			for i, act := range test.others {
				other := fmt.Sprintf("other-%d", i)
				w.console("add_resource", map[string]any{"resource_id": other, "expire_time": periodEnd})
				w.console(act, map[string]any{"resource_id": other})
			}

			w.console("convert", map[string]any{"resource_id": periodServer})

			c := newCore(w, typeOnDemandConversion)

			diags := c.run(t.Context(), conversionArguments(periodServer))
			if diags.failed() != (test.reason != "") || !strings.Contains(diags.String(), test.reason) {
				t.Fatal(diags)
			}

			if sent, _ := w.convertCalls(); sent != 0 {
				t.Errorf("%d calls", sent)
			}

			if test.reason != "" {
				return
			}

			if order := show(c.attribute("order_id")); (order == "null") != (test.order == "null") {
				t.Errorf("order_id = %s", order)
			}

			wantConverted(t, w, c)
			c.plansNothing(t.Context(), conversionArguments(periodServer))
		})
	}
}

// TestOnDemandConversionUnderReview: what the vendor reviews is recorded, and found
// out about by a later apply; nothing is sent again, whatever the plan.
func TestOnDemandConversionUnderReview(t *testing.T) {
	t.Parallel()

	for _, shows := range []string{"approval", "processing", "nothing"} {
		for _, ids := range []string{"on", "off"} {
			for act, want := range map[string]string{"approve_order": "converted", "refuse_order": "canceled"} {
				t.Run(fmt.Sprintf("%s, %s, order ids %s", shows, act, ids), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						w := periodWorld(t, bsssim.Options{Settings: map[string]string{
							"conversion_review": "on", "review_shows": shows, "conversion_order_ids": ids,
						}})
						c := newCore(w, typeOnDemandConversion)
						arguments := conversionArguments(periodServer)
						arguments["timeouts"] = timeoutsOf("3s", "3s")

						if diags := c.run(t.Context(), arguments); diags.failed() || !diags.warns("Conversion is under review") {
							t.Fatal(diags)
						}

						plan := c.plan(t.Context(), arguments)
						if show(c.attribute("status")) != "under_review" || plan.replaces || show(attributeOf(t, plan.value, "status")) != "unknown" {
							t.Errorf("state %s\nplan %s", c.state, plan.value)
						}

						order := w.conversions()[0]
						w.console(act, map[string]any{"order_id": order})

						diags := c.run(t.Context(), arguments)

						if ids == "off" {
							order = "null"

							// An order that no answer named is nobody's, so a person has to look.
							if want == "canceled" {
								wantPerson(t, w, c, arguments, diags)

								return
							}
						}

						if got := show(c.attribute("status")); diags.failed() || got != want || show(c.attribute("order_id")) != order {
							t.Errorf("status = %s, want %s\n%s", got, want, diags)
						}

						c.plansNothing(t.Context(), arguments)

						if sent, _ := w.convertCalls(); sent != 1 {
							t.Errorf("%d calls", sent)
						}
					})
				})
			}
		}
	}
}

// wantPerson fails unless a conversion that was refused without anybody being told
// says at plan and at apply what a person has to do, and that does it.
func wantPerson(t *testing.T, w *world, c *core, arguments map[string]tftypes.Value, applied diagnostics) {
	t.Helper()

	planned := c.plan(t.Context(), arguments).diagnostics

	for _, said := range []string{applied.String(), planned.String()} {
		if !strings.Contains(said, "terraform state rm") || !strings.Contains(said, "A refusal cannot be read") {
			t.Errorf("nobody is told what to do: %s", said)
		}
	}

	if order := w.World().Orders[0].OrderID; !strings.Contains(applied.String(), order+" (canceled)") {
		t.Errorf("order %s is not named: %s", order, applied)
	}

	if got := show(c.attribute("status")); applied.failed() || planned.failed() || got != "under_review" {
		t.Errorf("status = %s", got)
	}

	if err := w.Set("conversion_review", "off"); err != nil {
		t.Fatal(err)
	}

	removed := newCore(w, typeOnDemandConversion)
	if diags := removed.run(t.Context(), arguments); diags.failed() || show(removed.attribute("status")) != "converted" {
		t.Errorf("taken out of state, it is not converted: %s", diags)
	}

	if got := w.conversions(); len(got) != 1 || !w.resourceOf(periodServer).Converted {
		t.Errorf("conversions %q", got)
	}
}

// TestOnDemandConversionOfAnother: where the answer named no order, the completed
// conversion of another resource is not taken for its own.
func TestOnDemandConversionOfAnother(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := periodWorld(t, bsssim.Options{Settings: map[string]string{
			"conversion_review": "on", "review_shows": "nothing", "conversion_order_ids": "off",
		}})
		c := newCore(w, typeOnDemandConversion)
		arguments := conversionArguments(periodServer)
		arguments["timeouts"] = timeoutsOf("3s", "3s")

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		w.console("add_resource", map[string]any{"resource_id": "other", "expire_time": periodEnd})
		w.console("convert", map[string]any{"resource_id": "other"})

		diags := c.run(t.Context(), arguments)
		if diags.failed() || show(c.attribute("status")) != "under_review" || show(c.attribute("order_id")) != "null" {
			t.Errorf("%s\n%s", c.state, diags)
		}
	})
}

// TestOnDemandConversionCanceled: one that the vendor refused is made again by
// -replace alone.
func TestOnDemandConversionCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := periodWorld(t, bsssim.Options{Settings: map[string]string{"conversion_review": "on"}})
		c := newCore(w, typeOnDemandConversion)
		arguments := conversionArguments(periodServer)
		arguments["timeouts"] = timeoutsOf("3s", "3s")

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		w.console("refuse_order", map[string]any{"order_id": w.conversions()[0]})

		if diags := c.run(t.Context(), arguments); show(c.attribute("status")) != "canceled" {
			t.Fatal(diags)
		}

		c.plansNothing(t.Context(), arguments)

		if err := w.Set("conversion_review", "off"); err != nil {
			t.Fatal(err)
		}

		p, diags := c.start(t.Context())
		if diags.failed() {
			t.Fatal(diags)
		}

		plan := c.planWith(t.Context(), p, arguments)
		c.replace(t.Context(), p, plan)

		if diags := c.apply(t.Context(), plan); diags.failed() {
			t.Fatal(diags)
		}

		if status := show(c.attribute("status")); status != "converted" || !w.resourceOf(periodServer).Converted {
			t.Errorf("status = %s", status)
		}

		if sent, acted := w.convertCalls(); sent != 2 || acted != 2 {
			t.Errorf("%d calls, %d acted", sent, acted)
		}
	})
}

// TestOnDemandConversionFence: what moved since the plan is left alone.
func TestOnDemandConversionFence(t *testing.T) {
	t.Parallel()

	for name, change := range map[string]func(*world){
		"renewed": func(w *world) { w.console("renew", map[string]any{"resource_id": periodServer}) },
		"attached": func(w *world) {
			w.console("add_resource", map[string]any{"resource_id": "late", "parent_resource_id": periodServer, "expire_time": periodEnd})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := periodWorld(t, bsssim.Options{})
			c := newCore(w, typeOnDemandConversion)
			plan := c.plan(t.Context(), conversionArguments(periodServer))

			change(w)

			if diags := c.apply(t.Context(), plan); !diags.failed() || !c.absent() {
				t.Errorf("want an error and no state, got %s", diags)
			}

			if sent, _ := w.convertCalls(); sent != 0 {
				t.Errorf("%d conversions of what the plan did not state", sent)
			}
		})
	}
}

// TestOnDemandConversionUnnamed: what a plan cannot name is not converted.
func TestOnDemandConversionUnnamed(t *testing.T) {
	t.Parallel()

	w := periodWorld(t, bsssim.Options{})
	c := newCore(w, typeOnDemandConversion)

	arguments := conversionArguments(periodServer)
	arguments["resource_id"] = unknown(tftypes.String)
	c.plan(t.Context(), arguments).diagnostics.says(t, "resource_id", "has to name it")

	c.provider = map[string]tftypes.Value{"endpoint": unknown(tftypes.String)}
	c.plan(t.Context(), conversionArguments(periodServer)).diagnostics.says(t, "", "Provider is not configured yet")

	if w.mutations() > 0 {
		t.Errorf("calls: %v", w.calls())
	}
}

// TestOnDemandConversionDestroyed: destroying removes the record alone, and says what
// stays.
func TestOnDemandConversionDestroyed(t *testing.T) {
	t.Parallel()

	for review, says := range map[string]string{"off": "stays pay-per-use", "on": "It goes on"} {
		t.Run("review "+review, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := periodWorld(t, bsssim.Options{Settings: map[string]string{"conversion_review": review}})
				c := newCore(w, typeOnDemandConversion)
				arguments := conversionArguments(periodServer)
				arguments["timeouts"] = timeoutsOf("3s", "3s")

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Fatal(diags)
				}

				before := w.World()

				if diags := c.destroy(t.Context()); diags.failed() || !strings.Contains(diags.String(), says) || !c.absent() {
					t.Error(diags)
				}

				if diff := cmp.Diff(before.Orders, w.World().Orders); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// TestOnDemandConversionFinishesUnderDeny: what was accepted is found out about also
// where nothing may be spent any more.
func TestOnDemandConversionFinishesUnderDeny(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := periodWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}})
		c := newCore(w, typeOnDemandConversion)
		arguments := conversionArguments(periodServer)
		arguments["timeouts"] = timeoutsOf("3s", "3s")

		if diags := c.run(t.Context(), arguments); diags.failed() || show(c.attribute("status")) != "processing" ||
			!diags.warns("Conversion is accepted, but not carried out yet") {
			t.Fatal(diags)
		}

		w.Advance(2 * time.Hour)

		c.provider = deny()

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		wantConverted(t, w, c)
	})
}
