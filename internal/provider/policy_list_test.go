// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// listRequest is what terraform query asks for.
type listRequest struct {
	typeName        string
	config          attributes
	limit           int64
	includeResource bool
}

// listing is an answer to it.
type listing struct {
	results     []tfprotov6.ListResourceResult
	diagnostics diagnostics
}

// list lists over the plugin protocol, until an error comes, as Terraform does.
func (r listRequest) list(t *testing.T, w *world, provider attributes) listing {
	t.Helper()
	w.serves(r.typeName)

	server, schemas, diags := configured(t, w, provider)
	if diags.failed() {
		t.Fatal(diags)
	}

	schema := schemas.ListResourceSchemas[r.typeName]
	if schema == nil {
		t.Fatalf("no list resource %s", r.typeName)
	}

	typ := schema.ValueType()
	config := dynamic(t, typ, objectOf(t, typ, r.config))

	lister, ok := server.(tfprotov6.ListResourceServer)
	if !ok {
		t.Fatal("the provider cannot list")
	}

	validated, err := lister.ValidateListResourceConfig(t.Context(), &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: r.typeName, Config: config,
		Limit:                 dynamic(t, tftypes.Number, tftypes.NewValue(tftypes.Number, r.limit)),
		IncludeResourceObject: dynamic(t, tftypes.Bool, tftypes.NewValue(tftypes.Bool, r.includeResource)),
	})
	if err != nil {
		t.Fatal(err)
	}

	all := listing{diagnostics: validated.Diagnostics}
	if all.diagnostics.failed() {
		return all
	}

	stream, err := lister.ListResource(t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: r.typeName, Config: config, Limit: r.limit, IncludeResource: r.includeResource,
	})
	if err != nil {
		t.Fatal(err)
	}

	for result := range stream.Results {
		all.diagnostics = append(all.diagnostics, result.Diagnostics...)

		if all.diagnostics.failed() {
			return all
		}

		all.results = append(all.results, result)
	}

	return all
}

// mustList is list of what has to succeed.
func (r listRequest) mustList(t *testing.T, w *world) listing {
	t.Helper()

	all := r.list(t, w, nil)
	if all.diagnostics.failed() {
		t.Fatal(all.diagnostics)
	}

	return all
}

// identities are the ids of what was listed; each has to be of this account.
func (l listing) identities(t *testing.T, account string) []string {
	t.Helper()

	var ids []string

	for _, result := range l.results {
		identity := state{}
		identity.add(t, "", listedIdentity(t, result.Identity, "resource_id"))

		if identity["account_id"] != account {
			t.Errorf("account of %s = %s, want %s", result.DisplayName, identity["account_id"], account)
		}

		ids = append(ids, identity["resource_id"])
	}

	return ids
}

// listedIdentity is an identity that has this attribute beside the account.
func listedIdentity(t *testing.T, identity *tfprotov6.ResourceIdentityData, attribute string) tftypes.Value {
	t.Helper()

	if identity == nil {
		t.Fatal("no identity")
	}

	value, err := identity.IdentityData.Unmarshal(tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		attribute: tftypes.String, "account_id": tftypes.String,
	}})
	if err != nil {
		t.Fatal(err)
	}

	return value
}

// names are the display names of what was listed.
func (l listing) names() []string {
	var names []string
	for _, result := range l.results {
		names = append(names, result.DisplayName)
	}

	return names
}

// policyTypes are the types that list what happens to resources.
var policyTypes = []string{typeAutorenew, typeExpiryPolicy}

// TestListNames shows what a person sees: the primary resources that are not
// closed, by their names.
func TestListNames(t *testing.T) {
	t.Parallel()

	now, err := time.Parse(time.RFC3339, "2026-11-22T00:00:00Z")
	if err != nil {
		t.Fatal(err)
	}

	w := newWorld(t, bsssim.Options{Seed: "demo", Now: now})
	w.addResource(map[string]any{"resource_id": "nameless", "service_type_code": "hws.service.type.odd", "expire_time": "48h"})

	for _, typeName := range policyTypes {
		listed := listRequest{typeName: typeName}.mustList(t, w)

		var names []string

		for _, name := range listed.names() {
			// What the orders of the demo customer made is named for them.
			if !strings.HasPrefix(name, "CS") {
				names = append(names, name)
			}
		}

		if diff := cmp.Diff([]string{
			"web-1 (Elastic Cloud Server, expires 2026-12-12)",
			"web-2 (Elastic Cloud Server, expires 2027-01-06)",
			"orders-db (Relational Database Service, expires 2026-11-27)",
			"cache (Distributed Cache Service, expires 2027-02-20)",
			"gateway-ip (Virtual Private Cloud, expires 2027-06-10)",
			"old-server (Elastic Cloud Server, expired, expires 2026-11-20)",
			"suspended-server (Elastic Cloud Server, frozen, expires 2026-11-02)",
			"nameless (hws.service.type.odd, expires 2026-11-24)",
		}, names); diff != "" {
			t.Errorf("%s: %s", typeName, diff)
		}

		ids := listed.identities(t, w.Credentials().DomainID)
		if ids[0] != demoID(1) || slices.Contains(ids, demoID(2)) || slices.Contains(ids, demoID(12)) {
			t.Errorf("%s: ids %v", typeName, ids)
		}

		for _, result := range listed.results {
			if result.Resource != nil {
				t.Errorf("%s comes with a resource that was not asked for", result.DisplayName)
			}
		}
	}

	w.readOnly("list_resources", "list_auth_domains")
}

func TestDisplayNameOfLittle(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{pathResources: map[string]any{
		"total_count": 2,
		"data": []any{
			map[string]any{"resource_id": "A", "status": 2, "is_main_resource": 1},
			map[string]any{"resource_id": "B", "status": 7, "is_main_resource": 1, "expire_time": "soon"},
		},
	}})

	listed := listRequest{typeName: typeAutorenew}.mustList(t, w)
	if diff := cmp.Diff([]string{"A", "B (unknown(7))"}, listed.names()); diff != "" {
		t.Error(diff)
	}

	if diff := cmp.Diff([]string{"A", "B"}, listed.identities(t, "null")); diff != "" {
		t.Error(diff)
	}
}

// TestListImportsWithAnEmptyPlan does what terraform query, the generated
// configuration and its import blocks do: what is listed is what an import by
// the listed identity reads, and the configuration made of it plans nothing.
func TestListImportsWithAnEmptyPlan(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	for policy := apiGracePeriod; policy <= apiRetention; policy++ {
		w.addResource(map[string]any{"resource_id": fmt.Sprintf("policy-%d", policy), "expire_policy": policy})
	}

	w.addResource(map[string]any{"resource_id": "expired", "status": 5, "expire_time": "-48h", "expire_policy": apiFreeze})
	w.addResource(map[string]any{"resource_id": "frozen", "status": 4, "expire_time": "-48h", "expire_policy": apiAutoRenew})

	for typeName, setting := range map[string]string{typeAutorenew: "enabled", typeExpiryPolicy: "policy"} {
		listed := listRequest{typeName: typeName, includeResource: true}.mustList(t, w)
		if len(listed.results) != 8 {
			t.Fatalf("%s: %d results, want 8", typeName, len(listed.results))
		}

		for _, result := range listed.results {
			t.Run(typeName+" "+result.DisplayName, func(t *testing.T) {
				t.Parallel()

				c := newCore(w, typeName)
				c.t = t
				value := c.importListed(result)

				if !c.state.Equal(value) {
					t.Errorf("listed:   %s\nimported: %s", value, c.state)
				}

				// What the configuration is generated from: the arguments, but for
				// those that are null.
				arguments := map[string]tftypes.Value{}

				for name, argument := range attributesOf(t, value) {
					if slices.Contains([]string{"resource_id", "times", "period_unit", "on_destroy", setting}, name) && !argument.IsNull() {
						arguments[name] = argument
					}
				}

				if len(arguments) != 2 {
					t.Errorf("arguments: %v", arguments)
				}

				if plan := c.plan(t.Context(), arguments); plan.diagnostics.failed() || !plan.empty() {
					t.Errorf("the first plan is not empty: %s\n%s", plan.value, plan.diagnostics)
				}
			})
		}
	}

	t.Cleanup(func() {
		if count := w.mutations(); count != 0 {
			t.Errorf("%d calls that change something", count)
		}
	})
}

// importListed imports and reads what was listed, by its identity, and returns
// the resource that came with it.
func (c *core) importListed(result tfprotov6.ListResourceResult) tftypes.Value {
	c.t.Helper()

	p, diags := c.start(c.t.Context())
	if diags.failed() {
		c.t.Fatal(diags)
	}

	imported, err := p.server.ImportResourceState(
		c.t.Context(),
		&tfprotov6.ImportResourceStateRequest{TypeName: c.typeName, Identity: result.Identity},
	)
	c.must(err)

	if diags := diagnostics(imported.Diagnostics); diags.failed() || len(imported.ImportedResources) != 1 {
		c.t.Fatalf("%d objects were imported: %s", len(imported.ImportedResources), diags)
	}

	one := imported.ImportedResources[0]
	c.state, c.private, c.identity = c.decode(p, one.State), one.Private, one.Identity

	if diags := c.refresh(c.t.Context()); diags.failed() {
		c.t.Fatal(diags)
	}

	return c.decode(p, result.Resource)
}

// TestListedSettings compares what is listed with what the API shows.
func TestListedSettings(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	for policy, want := range map[int]struct{ enabled, policy, word string }{
		apiGracePeriod: {"false", policyManual, "grace_period"},
		apiPayPerUse:   {"false", policyPayPerUse, "pay_per_use"},
		apiDelete:      {"false", policyManual, "delete"},
		apiAutoRenew:   {"true", policyAutoRenew, "auto_renew"},
		apiFreeze:      {"false", policyManual, "freeze"},
		apiRetention:   {"false", policyManual, "delete_after_retention"},
		9:              {"null", "unknown(9)", "unknown(9)"},
	} {
		id := w.addResource(map[string]any{"expire_policy": policy, "region_code": fmt.Sprintf("region-%d", policy)})

		for typeName, expected := range map[string]map[string]string{
			typeAutorenew: {
				"enabled": want.enabled, "times": "null", "period_unit": "null", "exhausted": "false",
			},
			typeExpiryPolicy: {"policy": want.policy},
		} {
			listed := listRequest{
				typeName: typeName, includeResource: true, config: attributes{"region_code": str(fmt.Sprintf("region-%d", policy))},
			}.mustList(t, w)
			if len(listed.results) != 1 {
				t.Fatalf("%s: %d results", typeName, len(listed.results))
			}

			_, schemas, _ := configured(t, w, nil)

			value, err := listed.results[0].Resource.Unmarshal(schemas.ResourceSchemas[typeName].ValueType())
			if err != nil {
				t.Fatal(err)
			}

			read := state{}
			read.add(t, "", value)
			read.want(t, expected)
			read.want(t, map[string]string{
				"resource_id": id, "status": "in_use", "expire_policy": want.word, "on_destroy": "null", "expires_at_enabling": "null",
				"timeouts": "null",
			})

			// What cannot be written as a configuration is said.
			warned := len(listed.diagnostics) > 0
			if inexpressible := policy == 9; warned != inexpressible {
				t.Errorf("%s of policy %d: %s", typeName, policy, listed.diagnostics)
			}
		}
	}
}

// TestListFilters compares the body of the call, and what is left of its
// answer.
func TestListFilters(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	policies := func(words ...string) tftypes.Value {
		var values []tftypes.Value
		for _, word := range words {
			values = append(values, str(word))
		}

		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
	}

	w.addResource(map[string]any{"resource_id": "server", "expire_time": "720h", "expire_policy": apiAutoRenew, "enterprise_project_id": "0"})
	w.addResource(
		map[string]any{"resource_id": "disk", "parent_resource_id": "server", "expire_policy": apiAutoRenew, "enterprise_project_id": "0"},
	)
	w.addResource(map[string]any{"resource_id": "far", "expire_time": "7200h", "region_code": "af-south-1", "enterprise_project_id": "P7"})
	w.addResource(map[string]any{
		"resource_id": "cache", "expire_time": "72h", "expire_policy": apiPayPerUse, "service_type_code": "hws.service.type.dcs",
	})
	w.addResource(map[string]any{"resource_id": "closed", "status": 3, "expire_time": "-72h", "expire_policy": apiAutoRenew})

	for name, test := range map[string]struct {
		config attributes
		want   []string
	}{
		"none":     {nil, []string{"server", "far", "cache"}},
		"service":  {attributes{"service_type_code": str("hws.service.type.dcs")}, []string{"cache"}},
		"region":   {attributes{"region_code": str("af-south-1")}, []string{"far"}},
		"expires":  {attributes{"expires_before": str(w.Now().Add(100 * time.Hour).UTC().Format(time.RFC3339))}, []string{"cache"}},
		"policy":   {attributes{"expire_policy": policies("auto_renew")}, []string{"server"}},
		"policies": {attributes{"expire_policy": policies("grace_period", "pay_per_use")}, []string{"far", "cache"}},
		"project":  {attributes{"enterprise_project_id": str("P7")}, []string{"far"}},
		"default":  {attributes{"enterprise_project_id": str("0")}, []string{"server"}},
		"all of them": {
			attributes{"expire_policy": policies("auto_renew"), "region_code": str("ap-southeast-3"), "enterprise_project_id": str("0")},
			[]string{"server"},
		},
		"nothing":      {attributes{"expire_policy": policies("freeze")}, nil},
		"no such code": {attributes{"service_type_code": str("hws.service.type.none")}, nil},
	} {
		for _, typeName := range policyTypes {
			t.Run(name+" "+typeName, func(t *testing.T) {
				t.Parallel()

				listed := listRequest{typeName: typeName, config: test.config}.mustList(t, w)
				if diff := cmp.Diff(test.want, listed.identities(t, w.Credentials().DomainID)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// TestListsOfOtherAccounts: an account that is not allowed is not listed, and asked for
// once.
func TestListsOfOtherAccounts(t *testing.T) {
	t.Parallel()

	for _, typeName := range policyTypes {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			w.addResource(map[string]any{"resource_id": "server", "expire_policy": apiAutoRenew})

			listed := listRequest{typeName: typeName}.list(t, w, attributes{"allowed_domain_ids": strs("another")})
			listed.diagnostics.says(t, "", "The credentials belong to account ", "allowed_domain_ids of the provider allows another only.")

			if diff := cmp.Diff([]string{"list_auth_domains"}, w.calls()); diff != "" || len(listed.results) > 0 {
				t.Errorf("%d results, %s", len(listed.results), diff)
			}
		})
	}
}

// TestListAsksTheAPI shows which filters go along with the call.
func TestListAsksTheAPI(t *testing.T) {
	t.Parallel()

	w, asked := bodies(t)
	listRequest{typeName: typeAutorenew, config: attributes{
		"service_type_code": str("hws.service.type.ec2"), "expires_before": str("2026-01-31T08:00:00+08:00"),
	}}.mustList(t, w)

	for _, body := range asked() {
		for name, want := range map[string]string{
			"service_type_code": "hws.service.type.ec2", "expire_time_end": "2026-01-31T00:00:00Z", "only_main_resource": "1",
			"status_list": "[2 5 4]", "expire_time_begin": "<nil>", "resource_ids": "<nil>",
		} {
			if actual := fmt.Sprint(body[name]); actual != want {
				t.Errorf("%s = %s, want %s", name, actual, want)
			}
		}
	}
}

func TestListLimit(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: 1100, Attached: 1}})

	for limit, want := range map[int64]struct{ results, calls int }{
		0: {1100, 4}, 1: {1, 2}, 100: {100, 2}, 500: {500, 2}, 501: {501, 4}, 1100: {1100, 4}, 5000: {1100, 4},
	} {
		w.ClearRequests()

		listed := listRequest{typeName: typeExpiryPolicy, limit: limit}.mustList(t, w)
		if len(listed.results) != want.results {
			t.Errorf("limit %d: %d results, want %d", limit, len(listed.results), want.results)
		}

		if calls := w.called("list_resources"); calls > want.calls {
			t.Errorf("limit %d: %d calls, want %d", limit, calls, want.calls)
		}

		ids := map[string]bool{}
		for _, id := range listed.identities(t, w.Credentials().DomainID) {
			ids[id] = true
		}

		if len(ids) != want.results {
			t.Errorf("limit %d: %d different resources", limit, len(ids))
		}
	}

	// The limit counts what is listed, not what is read.
	listed := listRequest{typeName: typeExpiryPolicy, limit: 150, config: attributes{"enterprise_project_id": str("0")}}.mustList(t, w)
	if len(listed.results) != 150 {
		t.Errorf("%d results of a project, want 150", len(listed.results))
	}
}

// TestListOneOfEachID shows that an id with a record of two terms is one
// object.
func TestListOneOfEachID(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{pathResources: map[string]any{
		"total_count": 3,
		"data": []any{
			map[string]any{"id": "1", "resource_id": "A", "status": 2, "is_main_resource": 1},
			map[string]any{"id": "2", "resource_id": "A", "status": 5, "is_main_resource": 1},
			map[string]any{"id": "3", "resource_id": "B", "status": 2, "is_main_resource": 1},
		},
	}})

	listed := listRequest{typeName: typeExpiryPolicy}.mustList(t, w)
	if diff := cmp.Diff([]string{"A", "B"}, listed.identities(t, "null")); diff != "" {
		t.Error(diff)
	}
}

func TestListFailures(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault    bsssim.Fault
		settings map[string]string
		says     string
	}{
		"permission": {
			fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: "CBC.0151"}, says: "bss:renewal:view",
		},
		"garbage": {fault: bsssim.Fault{Kind: bsssim.FaultGarbage}, says: "Check the proxy and the endpoint"},
		"a later page": {
			fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, After: 3, Status: http.StatusInternalServerError, Code: "CBC.0999"},
			says:  "CBC.0999",
		},
		"total too high":  {settings: map[string]string{"total_count_lies": "3"}, says: " came of "},
		"total too low":   {settings: map[string]string{"total_count_lies": "-3"}, says: " came of "},
		"a row is missed": {settings: map[string]string{"page_shift": "miss"}, says: "Incomplete answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: 1100}, Settings: test.settings})

			if test.fault.Kind != "" {
				test.fault.Operation, test.fault.Times = "list_resources", -1
				if err := w.AddFault(test.fault); err != nil {
					t.Fatal(err)
				}
			}

			listed := listRequest{typeName: typeAutorenew}.list(t, w, attributes{"max_retries": num(t, "0")})
			listed.diagnostics.says(t, "", "Could not list resources", test.says)
		})
	}
}

func TestListRefusesBadFilters(t *testing.T) {
	t.Parallel()

	list := func(values ...tftypes.Value) tftypes.Value {
		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
	}

	for name, test := range map[string]struct {
		config   attributes
		at, says string
	}{
		"empty service":  {attributes{"service_type_code": str("")}, "service_type_code", ""},
		"empty region":   {attributes{"region_code": str("")}, "region_code", ""},
		"empty project":  {attributes{"enterprise_project_id": str("")}, "enterprise_project_id", ""},
		"no time":        {attributes{"expires_before": str("tomorrow")}, "expires_before", "RFC"},
		"no policy":      {attributes{"expire_policy": list()}, "expire_policy", "at least 1"},
		"unknown policy": {attributes{"expire_policy": list(str("manual"))}, "expire_policy", "grace_period"},
		"unknown value":  {attributes{"region_code": unknown(tftypes.String)}, "", "Filter is not known"},
	} {
		for _, typeName := range policyTypes {
			t.Run(name+" "+typeName, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{Seed: "demo"})

				listed := listRequest{typeName: typeName, config: test.config}.list(t, w, nil)
				listed.diagnostics.says(t, test.at, test.says)

				if calls := w.calls(); len(calls) != 0 {
					t.Errorf("calls in spite of the error: %v", calls)
				}
			})
		}
	}
}

// TestListNeedsAConfiguredProvider shows what is said where the provider's own
// configuration is not known yet.
func TestListNeedsAConfiguredProvider(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	listed := listRequest{typeName: typeAutorenew}.list(t, w, attributes{"token": unknown(tftypes.String)})
	listed.diagnostics.says(t, "", "Provider is not configured yet")
}

// TestAccQuery asks real Terraform, where it is new enough.
func TestAccQuery(t *testing.T) {
	t.Parallel()
	needs(t, catalog.Queries())

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{Config: `data "bss_resources" "this" {}`},
			{
				Query: true,
				Config: `
provider "bss" {}

list "bss_autorenew" "renewed" {
  provider         = bss
  include_resource = true

  config {
    expire_policy = ["auto_renew"]
  }
}

list "bss_expiry_policy" "databases" {
  provider         = bss
  include_resource = true

  config {
    service_type_code = "hws.service.type.rds"
  }
}
`,
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength("bss_autorenew.renewed", 2),
					querycheck.ExpectIdentity("bss_autorenew.renewed", map[string]knownvalue.Check{
						"resource_id": knownvalue.StringExact(demoID(4)), "account_id": knownvalue.StringExact(w.Credentials().DomainID),
					}),
					querycheck.ExpectResourceKnownValues("bss_autorenew.renewed",
						queryfilter.ByResourceIdentity(map[string]knownvalue.Check{
							"resource_id": knownvalue.StringExact(demoID(4)), "account_id": knownvalue.StringExact(w.Credentials().DomainID),
						}),
						[]querycheck.KnownValueCheck{
							{Path: tfjsonpath.New("enabled"), KnownValue: knownvalue.Bool(true)},
							{Path: tfjsonpath.New("timeouts"), KnownValue: knownvalue.Null()},
						}),
					querycheck.ExpectLength("bss_expiry_policy.databases", 1),
				},
			},
		},
	})
}
