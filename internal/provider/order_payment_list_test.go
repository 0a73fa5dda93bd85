// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// ids are the values of an attribute of the identities.
func (l listing) ids(t *testing.T, attribute string) []string {
	t.Helper()

	all := []string{}
	for _, result := range l.results {
		all = append(all, show(attributeOf(t, listedIdentity(t, result.Identity, attribute), attribute)))
	}

	return all
}

// generated are the arguments that configuration is generated with: those that are not
// null, and can be written.
func generated(t *testing.T, typeName string, listed tftypes.Value) map[string]tftypes.Value {
	t.Helper()

	schemas, _ := surface(t)
	arguments := map[string]tftypes.Value{}

	for _, attribute := range schemas.ResourceSchemas[typeName].Block.Attributes {
		value := attributeOf(t, listed, attribute.Name)
		if (attribute.Required || attribute.Optional) && !value.IsNull() {
			arguments[attribute.Name] = value
		}
	}

	return arguments
}

// TestPaymentsListed: what was paid is imported, and its first plan changes nothing.
func TestPaymentsListed(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	coupon := w.console("add_coupon", map[string]any{"face_value": "10.00"})["coupon_id"]
	paid := w.placeOrder(map[string]any{"amount": "42.50", "official_amount": "50.00"})
	w.console("pay_order", map[string]any{"order_id": paid, "coupon_ids": []any{coupon}})
	combined := fmt.Sprint(w.console("place_order", map[string]any{"sub_orders": []any{"40.00", "60.00"}})["order_id"])
	w.console("pay_order", map[string]any{"order_id": combined})
	w.console("place_order", map[string]any{"amount": "1.00"})                    // waits
	w.console("place_order", map[string]any{"amount": "2.00", "status": 1})       // for an approval
	w.console("place_order", map[string]any{"amount": "3.00", "status": 4})       // canceled
	w.console("place_order", map[string]any{"amount": "4.00", "agent_pay": true}) // by another
	w.console("place_order", map[string]any{"amount": "5.00", "status": 5, "order_type": 4, "create_time": "-24h"})
	w.console("place_order", map[string]any{"amount": "6.00", "status": 5, "create_time": "-2400h"}) // long ago
	processing := w.placeOrder(map[string]any{"amount": "7.00", "status": 3})

	for _, parts := range []string{"by_id", "listed", "hidden"} {
		if err := w.Set("sub_orders", parts); err != nil {
			t.Fatal(err)
		}

		listed := listRequest{typeName: typeOrderPayment}.mustList(t, w)
		got := listed.ids(t, "order_id")
		slices.Sort(got)

		want := []string{paid, combined, processing}
		slices.Sort(want)

		if !cmp.Equal(want, got) {
			t.Errorf("%s: %s", parts, cmp.Diff(want, got))
		}
	}

	if err := w.Set("sub_orders", "by_id"); err != nil {
		t.Fatal(err)
	}

	for _, result := range (listRequest{typeName: typeOrderPayment, includeResource: true}).mustList(t, w).results {
		c := newCore(w, typeOrderPayment)
		value := c.importListed(result)
		arguments := generated(t, typeOrderPayment, value)

		if len(arguments) != 3 || !arguments["max_amount"].Equal(attributeOf(t, value, "amount_paid")) {
			t.Errorf("arguments %v", arguments)
		}

		for _, name := range []string{"status", "amount_due", "amount_paid", "payment_time", "currency"} {
			if got := c.attribute(name); !got.Equal(attributeOf(t, value, name)) {
				t.Errorf("%s of %s: imported %s, listed %s", name, result.DisplayName, got, attributeOf(t, value, name))
			}
		}

		// One that is processed is waited for by its apply.
		if c.attribute("status").Equal(str("completed")) {
			c.plansNothing(t.Context(), arguments)
		}
	}

	if sent, _ := w.payCalls(); sent != 0 {
		t.Error(w.calls())
	}
}

// TestPaymentListFilters: times, service and type; the API is asked for what it can
// filter.
func TestPaymentListFilters(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	old := w.placeOrder(map[string]any{"amount": "4.00", "status": 5, "create_time": "-2400h", "service_type_code": "hws.service.type.rds"})
	recent := w.placeOrder(map[string]any{"amount": "5.00", "status": 5, "create_time": "-48h", "order_type": 3})

	at := func(ago time.Duration) tftypes.Value {
		return str(bssapi.SystemClock().Now().Add(-ago).UTC().Format(time.RFC3339))
	}

	for name, test := range map[string]struct {
		config attributes
		want   []string
	}{
		"default":        {nil, []string{recent}},
		"since long ago": {attributes{"paid_after": at(3000 * time.Hour)}, []string{recent, old}},
		"until long ago": {attributes{"paid_before": at(2000 * time.Hour)}, []string{old}},
		"service":        {attributes{"paid_after": at(3000 * time.Hour), "service_type_code": str("hws.service.type.rds")}, []string{old}},
		"type":           {attributes{"paid_after": at(3000 * time.Hour), "order_type": str("change")}, []string{recent}},
		"nothing":        {attributes{"paid_after": at(time.Hour)}, []string{}},
	} {
		if diff := cmp.Diff(
			test.want,
			(listRequest{typeName: typeOrderPayment, config: test.config}).mustList(t, w).ids(t, "order_id"),
		); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}

	listRequest{typeName: typeOrderPayment, config: attributes{"paid_after": at(time.Hour), "paid_before": at(2 * time.Hour)}}.list(t, w, nil).
		diagnostics.says(t, "paid_before", "before paid_after")
}

// TestPaymentListPages: all pages are read, or as many as the limit needs: up to the
// order after the last one, which may be what that is a part of.
func TestPaymentListPages(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	for i := range 130 {
		w.console("place_order", map[string]any{"amount": "1.00", "status": 5, "create_time": fmt.Sprintf("-%dh", 1+i)})
	}

	for limit, want := range map[int64]struct{ results, calls int }{0: {130, 2}, 1: {1, 1}, 99: {99, 1}, 101: {101, 2}} {
		w.ClearRequests()

		listed := listRequest{typeName: typeOrderPayment, limit: limit}.mustList(t, w)
		if got := w.called("list_orders"); len(listed.results) != want.results || got > want.calls {
			t.Errorf("limit %d: %d results after %d calls", limit, len(listed.results), got)
		}
	}

	addFault(t, w, bsssim.Fault{Operation: "list_orders", Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151", Times: -1})
	listRequest{typeName: typeOrderPayment}.list(t, w, nil).diagnostics.says(t, "", "Could not list orders", "bss:order:view")
}

// TestPaymentNames: a list tells what was paid for.
func TestPaymentNames(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	w.console("place_order", map[string]any{"amount": "5.00", "status": 5, "create_time": "-24h", "order_type": 3})

	name := listRequest{typeName: typeOrderPayment}.mustList(t, w).names()[0]
	for _, part := range []string{"CS2611220000001 (", "change", "USD", "paid 20"} {
		if !strings.Contains(name, part) {
			t.Errorf("no %q in %s", part, name)
		}
	}
}

// TestMembersListed: each member that is alive is imported, and the first plan of what is
// generated is empty.
func TestMembersListed(t *testing.T) {
	t.Parallel()

	for _, site := range []string{bsssim.SiteChina, bsssim.SiteInternational} {
		w := newWorld(t, bsssim.Options{Site: site, Seed: "demo"})
		w.console("add_member", map[string]any{"name": "root-team"})

		listed := listRequest{typeName: typeMember, includeResource: true}.mustList(t, w)
		if diff := cmp.Diff([]string{"team-a", "team-b", "root-team"}, listed.ids(t, "name")); diff != "" {
			t.Error(diff)
		}

		for _, result := range listed.results {
			c := newCore(w, typeMember)
			value := c.importListed(result)

			if !c.state.Equal(value) {
				t.Errorf("listed:   %s\nimported: %s", value, c.state)
			}

			c.plansNothing(t.Context(), generated(t, typeMember, value))
		}

		if w.mutations() != 0 {
			t.Error(w.calls())
		}
	}
}

func TestMemberListFilters(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo", Settings: map[string]string{"member_organization": "below"}})
	statuses := func(words ...string) tftypes.Value {
		var values []tftypes.Value
		for _, word := range words {
			values = append(values, str(word))
		}

		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
	}

	for name, test := range map[string]struct {
		config attributes
		want   []string
	}{
		"part of a name": {attributes{"name_contains": str("-b")}, []string{"team-b"}},
		"organization":   {attributes{"organization_id": str("ou-engineering")}, []string{}},
		"another":        {attributes{"organization_id": str("ou-data")}, []string{"team-b"}},
		"closed":         {attributes{"status": statuses("closed", "normal")}, []string{"team-a", "team-b", "old-team"}},
	} {
		if diff := cmp.Diff(test.want, (listRequest{typeName: typeMember, config: test.config}).mustList(t, w).ids(t, "name")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}

	many := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Members: 130}})
	for limit, want := range map[int64]int{0: 130, 101: 101} {
		if got := len(listRequest{typeName: typeMember, limit: limit}.mustList(t, many).results); got != want {
			t.Errorf("limit %d: %d results", limit, got)
		}
	}

	addFault(t, many, bsssim.Fault{Operation: "list_sub_customers", Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151", Times: -1})
	listRequest{typeName: typeMember}.list(t, many, nil).diagnostics.says(t, "", "list the members", "master account")
}

// TestAccQueryPayments asks real Terraform, where it is new enough.
func TestAccQueryPayments(t *testing.T) {
	t.Parallel()
	needs(t, catalog.Queries())

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{Config: `data "bss_orders" "this" {}`},
			{
				Query: true,
				Config: `
provider "bss" {}

list "bss_order_payment" "paid" {
  provider         = bss
  include_resource = true
}

list "bss_enterprise_member" "all" {
  provider         = bss
  include_resource = true
}
`,
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength("bss_order_payment.paid", 2),
					querycheck.ExpectLength("bss_enterprise_member.all", 2),
				},
			},
		},
	})
}
