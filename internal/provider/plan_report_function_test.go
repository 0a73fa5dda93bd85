// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/big"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
	"github.com/bss-community/terraform-provider-bss/internal/planreport"
)

// planReported is the report of a plan, read back from its JSON.
type planReported struct {
	Complete bool           `json:"complete"`
	Reasons  []string       `json:"incomplete_reasons"`
	Counts   map[string]int `json:"counts"`
	Totals   []struct {
		Section   string      `json:"section"`
		By        string      `json:"by"`
		Currency  string      `json:"currency"`
		Count     int         `json:"count"`
		Amount    json.Number `json:"amount"`
		MaxAmount json.Number `json:"max_amount"`
	} `json:"totals"`
	Rows []struct {
		Section string      `json:"section"`
		Does    string      `json:"does"`
		Address string      `json:"address"`
		Type    string      `json:"type"`
		Amount  json.Number `json:"amount"`
		Max     json.Number `json:"max_amount"`
	} `json:"rows"`

	markdown string
}

// sums are the totals of what is charged by currency, to the cent.
func (r planReported) sums(t *testing.T) map[string]string {
	t.Helper()

	sums := map[string]string{}

	for _, total := range r.Totals {
		if total.Section == "charged" {
			sums[total.Currency] = rational(t, total.Amount.String()).FloatString(2)
		}
	}

	return sums
}

// planReport calls the function with a plan.
func planReportOf(t *testing.T, plan string) planReported {
	t.Helper()

	result, failed := called(t, "plan_report", str(plan))
	if failed != nil {
		t.Fatal(failed.Text)
	}

	var texts map[string]tftypes.Value
	if err := result.As(&texts); err != nil {
		t.Fatal(err)
	}

	reported := planReported{markdown: show(texts["markdown"])}
	if err := json.Unmarshal([]byte(show(texts["json"])), &reported); err != nil {
		t.Fatal(err)
	}

	return reported
}

// planned plans, and gives the plan as JSON.
func (c *cli) planned() string {
	c.t.Helper()

	c.ok("plan", "-input=false", "-no-color", "-out=tfplan")

	command, _ := c.command("show", "-json", "tfplan")
	command.Stdout = nil

	text, err := command.Output()
	if err != nil {
		c.t.Fatal(err)
	}

	return string(text)
}

// stated adds up an attribute over the resources of a type that a plan creates.
func stated(t *testing.T, plan string, attributes map[string]string) map[string]string {
	t.Helper()

	var read struct {
		Changes []struct {
			Type   string `json:"type"`
			Change struct {
				Actions []string       `json:"actions"`
				After   map[string]any `json:"after"`
			} `json:"change"`
		} `json:"resource_changes"`
	}

	decoder := json.NewDecoder(strings.NewReader(plan))
	decoder.UseNumber()

	if err := decoder.Decode(&read); err != nil {
		t.Fatal(err)
	}

	sums, texts := map[string]*big.Rat{}, map[string]string{}

	for _, one := range read.Changes {
		if attribute := attributes[one.Type]; attribute != "" && slices.Contains(one.Change.Actions, "create") {
			currency := fmt.Sprint(one.Change.After["currency"])
			if sums[currency] == nil {
				sums[currency] = new(big.Rat)
			}

			sums[currency].Add(sums[currency], rational(t, fmt.Sprint(one.Change.After[attribute])))
		}
	}

	for currency, sum := range sums {
		texts[currency] = sum.FloatString(2)
	}

	return texts
}

// charged is what the simulator has charged by now for calls of the API, by currency.
func (w *world) charged(t *testing.T) map[string]string {
	t.Helper()

	sums, texts := map[string]*big.Rat{}, map[string]string{}

	for _, payment := range w.World().Payments {
		if payment.By != "api" {
			continue
		}

		if sums[payment.Currency] == nil {
			sums[payment.Currency] = new(big.Rat)
		}

		sums[payment.Currency].Add(sums[payment.Currency], rational(t, string(payment.Amount)))
	}

	for currency, sum := range sums {
		texts[currency] = sum.FloatString(2)
	}

	return texts
}

var prices = map[string]string{typeOrderPayment: "amount_due", typeRenewal: "quoted_amount"}

// reviewedPlan is a plan with a payment, a renewal, an unsubscription, and settings,
// and what makes it possible.
func reviewedPlan(w *world, settings int) string {
	order := w.placeOrder(map[string]any{"amount": "58.20", "order_type": 1})
	web := w.addResource(map[string]any{"name": "web", "expire_time": "720h", "monthly_price": "41.50"})
	old := w.addResource(map[string]any{"name": "old"})
	w.console("add_resource", map[string]any{"resource_id": "disk-of-old", "name": "data", "parent_resource_id": old, "expire_time": "720h"})

	ids := make([]string, settings)

	// Two renew at once; none is near the seventh day, from which on that is so.
	for i := range ids {
		days := 2 + i
		if i >= 2 {
			days += 8
		}

		ids[i] = w.addResource(map[string]any{"name": fmt.Sprintf("db-%02d", i), "expire_time": fmt.Sprintf("%dh", 24*days)})
	}

	return fmt.Sprintf(`
resource "bss_order_payment" "database" {
  order_id   = %q
  max_amount = 60
}

resource "bss_renewal" "web" {
  resource_id  = %q
  paid_through = provider::bss::add_periods(provider::bss::billing_day(plantimestamp()), 2, "month")
  period_unit  = "month"
  max_amount   = 130
}

resource "bss_unsubscription" "old" {
  resource_id = %q
  scope       = "resource_and_renewals"
}

resource "bss_autorenew" "databases" {
  count       = %d
  resource_id = %s[count.index]
  enabled     = true
}
`, order, web, old, settings, listText(ids))
}

// listText is a list of texts as a configuration has it.
func listText(texts []string) string {
	text, err := json.Marshal(texts)
	if err != nil {
		panic(err)
	}

	return string(text)
}

// TestPlanReportOfReview: the sums of the report are those of the plan, and what the
// simulator charges for it.
func TestPlanReportOfReview(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	config := reviewedPlan(w, 40)
	c := newCLI(t, w, config)
	plan := c.planned()
	reported := planReportOf(t, plan)

	if diff := cmp.Diff(map[string]int{"charged": 2, "deleted": 1, "renews": 40}, reported.Counts); diff != "" {
		t.Error(diff)
	}

	want := stated(t, plan, prices)
	if diff := cmp.Diff(want, reported.sums(t)); diff != "" || len(want) != 1 {
		t.Error("the sums of the plan: ", diff)
	}

	if lines := strings.Count(reported.markdown, "\n"); lines > 40 {
		t.Errorf("%d lines", lines)
	}

	c.ok("apply", "-input=false", "-no-color", "tfplan")

	if diff := cmp.Diff(want, w.charged(t)); diff != "" {
		t.Error("what is charged: ", diff)
	}

	// What can be charged at once is.
	renewed := 0

	for _, payment := range w.World().Payments {
		if payment.By == "system" {
			renewed++
		}
	}

	if said := strings.Count(reported.markdown, ": **can be charged at once**"); said != renewed || renewed != 2 ||
		!strings.Contains(reported.markdown, "**2 settings can charge at once.**") {
		t.Errorf("%d are charged at once: %s", renewed, reported.markdown)
	}

	// What was done is kept, and charges nothing.
	again := planReportOf(t, c.planned())
	if len(again.Rows) > 0 || len(again.Totals) > 0 || !strings.Contains(again.markdown, "40 renewing automatically") {
		t.Error(again.markdown)
	}
}

// TestPlanReportOfPaidOrder: what the apply charges nothing for is no charge.
func TestPlanReportOfPaidOrder(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	paid := w.placeOrder(map[string]any{"amount": "58.20"})
	w.console("pay_order", map[string]any{"order_id": paid})
	c := newCLI(t, w, fmt.Sprintf(`
resource "bss_order_payment" "all" {
  for_each   = toset([%q, %q])
  order_id   = each.key
  max_amount = 60
}
`, paid, w.placeOrder(map[string]any{"amount": "41.50"})))
	reported := planReportOf(t, c.planned())

	if diff := cmp.Diff(map[string]int{"charged": 1, "recorded": 1}, reported.Counts); diff != "" {
		t.Error(diff)
	}

	c.ok("apply", "-input=false", "-no-color", "tfplan")

	if diff := cmp.Diff(reported.sums(t), w.charged(t)); diff != "" || !strings.Contains(reported.markdown, "41.50") {
		t.Error("what is charged: ", diff, reported.markdown)
	}
}

// TestPlanReportOfExamples: of each resource of the provider, the report of its example
// is what the simulator then does.
func TestPlanReportOfExamples(t *testing.T) {
	t.Parallel()

	schemas, _ := surface(t)

	for typeName := range schemas.ResourceSchemas {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()

			text, err := fs.ReadFile(examples, path.Join("resources", typeName, "resource.tf"))
			if err != nil {
				t.Fatal(err)
			}

			if strings.Contains(string(text), "_wo ") {
				needs(t, catalog.WriteOnly())
			}

			w, c := demoCLI(t, siteOfType(t, typeName), string(text))
			c.env = append(c.env, "TF_VAR_password=Secret-4711")
			plan := c.planned()
			reported := planReportOf(t, plan)
			before := w.charged(t)

			if before := stated(t, plan, prices); !maps.Equal(before, reported.sums(t)) {
				t.Errorf("the plan states %v: %s", before, reported.markdown)
			}

			c.ok("apply", "-input=false", "-no-color", "tfplan")

			for currency, sum := range w.charged(t) {
				was := new(big.Rat)
				if before[currency] != "" {
					was = rational(t, before[currency])
				}

				if got := was.Sub(rational(t, sum), was).FloatString(2); got != reported.sums(t)[currency] && got != "0.00" {
					t.Errorf("%s %s is charged: %s", got, currency, reported.markdown)
				}
			}

			t.Log("\n" + reported.markdown)
		})
	}
}

// TestPlanReportKnowsAll: every resource and action of the provider has its place.
func TestPlanReportKnowsAll(t *testing.T) {
	t.Parallel()

	schemas, _ := surface(t)

	if diff := cmp.Diff(slices.Sorted(maps.Keys(schemas.ResourceSchemas)), planreport.Resources()); diff != "" {
		t.Error("resources: ", diff)
	}

	if diff := cmp.Diff(slices.Sorted(maps.Keys(schemas.ActionSchemas)), planreport.Actions()); diff != "" {
		t.Error("actions: ", diff)
	}
}
