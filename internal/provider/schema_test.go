// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var update = flag.Bool("update", false, "write testdata/schema.golden.json and the tables of permissions anew")

// surface is everything that a user can write or read.
func surface(t *testing.T) (*tfprotov6.GetProviderSchemaResponse, *tfprotov6.GetResourceIdentitySchemasResponse) {
	t.Helper()

	server := providerserver.NewProtocol6(New("test")())()

	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}

	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}

	for _, diags := range []diagnostics{schemas.Diagnostics, identities.Diagnostics} {
		if diags.failed() {
			t.Fatal(diags)
		}
	}

	return schemas, identities
}

// TestSchemaGolden shows any change of the surface in a diff. What is meant is
// written with go test ./internal/provider -run TestSchemaGolden -update.
func TestSchemaGolden(t *testing.T) {
	t.Parallel()

	schemas, identities := surface(t)
	actual := map[string]any{
		"provider":                  described(schemas.Provider),
		"resources":                 describedAll(schemas.ResourceSchemas, described),
		"data_sources":              describedAll(schemas.DataSourceSchemas, described),
		"ephemeral_resources":       describedAll(schemas.EphemeralResourceSchemas, described),
		"list_resources":            describedAll(schemas.ListResourceSchemas, described),
		"actions":                   describedAll(schemas.ActionSchemas, func(a *tfprotov6.ActionSchema) any { return described(a.Schema) }),
		"functions":                 describedAll(schemas.Functions, func(f *tfprotov6.Function) any { return f }),
		"resource_identity_schemas": describedAll(identities.IdentitySchemas, describedIdentity),
	}

	var encoded bytes.Buffer

	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")

	if err := encoder.Encode(actual); err != nil {
		t.Fatal(err)
	}

	golden := filepath.Join("testdata", "schema.golden.json")

	if *update {
		if err := os.WriteFile(golden, encoded.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	expected, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}

	if diff := cmp.Diff(strings.Split(string(expected), "\n"), strings.Split(encoded.String(), "\n")); diff != "" {
		t.Errorf("the surface has changed; if that is meant, run this test with -update and name it in the changelog:\n%s", diff)
	}
}

func describedAll[S any](schemas map[string]S, describe func(S) any) map[string]any {
	all := map[string]any{}
	for name, schema := range schemas {
		all[name] = describe(schema)
	}

	return all
}

func described(schema *tfprotov6.Schema) any {
	return map[string]any{"version": schema.Version, "block": describedBlock(schema.Block)}
}

func describedBlock(block *tfprotov6.SchemaBlock) map[string]any {
	blocks := map[string]any{}
	for _, nested := range block.BlockTypes {
		blocks[nested.TypeName] = map[string]any{
			"nesting": nested.Nesting.String(), "min_items": nested.MinItems, "max_items": nested.MaxItems, "block": describedBlock(nested.Block),
		}
	}

	return map[string]any{
		"description": block.Description, "deprecated": block.Deprecated,
		"attributes": describedAttributes(block.Attributes), "blocks": blocks,
	}
}

func describedAttributes(attributes []*tfprotov6.SchemaAttribute) map[string]any {
	all := map[string]any{}

	for _, attribute := range attributes {
		one := map[string]any{"description": attribute.Description}

		for flag, set := range map[string]bool{
			"required": attribute.Required, "optional": attribute.Optional, "computed": attribute.Computed,
			"sensitive": attribute.Sensitive, "deprecated": attribute.Deprecated, "write_only": attribute.WriteOnly,
		} {
			if set {
				one[flag] = true
			}
		}

		if attribute.NestedType != nil {
			one["nesting"] = attribute.NestedType.Nesting.String()
			one["attributes"] = describedAttributes(attribute.NestedType.Attributes)
		} else {
			one["type"] = attribute.Type.String()
		}

		all[attribute.Name] = one
	}

	return all
}

func describedIdentity(schema *tfprotov6.ResourceIdentitySchema) any {
	all := map[string]any{}
	for _, attribute := range schema.IdentityAttributes {
		all[attribute.Name] = map[string]any{
			"description": attribute.Description, "type": attribute.Type.String(),
			"required_for_import": attribute.RequiredForImport, "optional_for_import": attribute.OptionalForImport,
		}
	}

	return map[string]any{"version": schema.Version, "attributes": all}
}

// TestSchemaDescribesEverything also refuses a description that is no sentence.
func TestSchemaDescribesEverything(t *testing.T) {
	t.Parallel()

	schemas, identities := surface(t)

	check := func(at, description string) {
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", at)
		} else if !strings.HasSuffix(description, ".") {
			t.Errorf("the description of %s does not end with a full stop: %q", at, description)
		}
	}

	var attributes func(at string, all []*tfprotov6.SchemaAttribute)

	attributes = func(at string, all []*tfprotov6.SchemaAttribute) {
		for _, attribute := range all {
			check(at+"."+attribute.Name, attribute.Description)

			if attribute.NestedType != nil {
				attributes(at+"."+attribute.Name, attribute.NestedType.Attributes)
			}
		}
	}

	roots := map[string]*tfprotov6.Schema{"provider": schemas.Provider}
	for name, schema := range schemas.ResourceSchemas {
		roots["resource "+name] = schema
	}

	for name, schema := range schemas.DataSourceSchemas {
		roots["data "+name] = schema
	}

	for name, schema := range schemas.ListResourceSchemas {
		roots["list "+name] = schema
	}

	for name, schema := range schemas.ActionSchemas {
		roots["action "+name] = schema.Schema
	}

	for name, schema := range roots {
		check(name, schema.Block.Description)
		attributes(name, schema.Block.Attributes)

		for _, nested := range schema.Block.BlockTypes {
			attributes(name+"."+nested.TypeName, nested.Block.Attributes)
		}
	}

	for name, schema := range identities.IdentitySchemas {
		for _, attribute := range schema.IdentityAttributes {
			check("identity of "+name+"."+attribute.Name, attribute.Description)
		}
	}
}

// TestSchemaOfResources holds what every resource has to keep: an identity, and
// credentials nowhere.
func TestSchemaOfResources(t *testing.T) {
	t.Parallel()

	schemas, identities := surface(t)

	if len(schemas.ResourceSchemas) == 0 {
		t.Fatal("no resources")
	}

	for name := range schemas.ResourceSchemas {
		if onlyRecorded(t)[name] {
			continue
		}

		if identity := identities.IdentitySchemas[name]; identity == nil || len(identity.IdentityAttributes) == 0 {
			t.Errorf("%s has no identity", name)
		}
	}

	secrets := map[string]bool{"access_key": true, "secret_key": true, "security_token": true, "token": true, "password": true}

	for _, attribute := range schemas.Provider.Block.Attributes {
		if attribute.Sensitive != secrets[attribute.Name] {
			t.Errorf("%s: sensitive is %t", attribute.Name, attribute.Sensitive)
		}

		if attribute.Required {
			t.Errorf("%s is required, so that no environment can give it", attribute.Name)
		}

		delete(secrets, attribute.Name)
	}

	if len(secrets) > 0 {
		t.Errorf("not in the schema: %v", secrets)
	}
}

// onlyRecorded are the resources that no call shows, as their frame tells: they have no
// identity, and cannot be imported.
func onlyRecorded(t *testing.T) map[string]bool {
	t.Helper()

	recorded := map[string]bool{}

	for _, made := range (&bssProvider{}).Resources(t.Context()) {
		var named resource.MetadataResponse

		one := made()
		one.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "bss"}, &named)

		_, identifies := one.(resource.ResourceWithIdentity)
		recorded[named.TypeName] = !identifies
	}

	return recorded
}

// TestOnlyRecorded: what has no identity records the account alone by itself.
func TestOnlyRecorded(t *testing.T) {
	t.Parallel()

	schemas, identities := surface(t)

	for name, recorded := range onlyRecorded(t) {
		has := false
		for _, attribute := range schemas.ResourceSchemas[name].Block.Attributes {
			has = has || attribute.Name == recordedDomain && attribute.Computed
		}

		if recorded != has || recorded == (identities.IdentitySchemas[name] != nil) {
			t.Errorf("%s: only recorded is %t, with %s: %t", name, recorded, recordedDomain, has)
		}
	}
}

// TestSchemaFillsNothingIn plans every resource with its required arguments
// alone: what a user did not write stays absent, or is left to the answer of
// the API. A default would turn silence into consent to spend.
func TestSchemaFillsNothingIn(t *testing.T) {
	t.Parallel()

	schemas, _ := surface(t)

	for name, schema := range schemas.ResourceSchemas {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			typ := schema.ValueType()
			required := attributes{}

			for _, attribute := range schema.Block.Attributes {
				if attribute.Required {
					required[attribute.Name] = unknown(attribute.Type)
				}
			}

			server, _, diags := configured(
				t,
				&world{t: t, home: t.TempDir(), env: map[string]string{}},
				attributes{"token": unknown(tftypes.String)},
			)
			if diags.failed() {
				t.Fatal(diags)
			}

			config := objectOf(t, typ, required)

			answer, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: name, PriorState: dynamic(t, typ, tftypes.NewValue(typ, nil)),
				ProposedNewState: dynamic(t, typ, config), Config: dynamic(t, typ, config),
			})
			if err != nil {
				t.Fatal(err)
			}

			diags = answer.Diagnostics

			// What is deleted, converted or canceled has to be named.
			if at := map[string]string{
				typeUnsubscription: "resource_id", typeOnDemandConversion: "resource_id", typeOrderCancellation: "order_id",
			}[name]; at != "" {
				diags.says(t, at, "has to name it")

				return
			}

			if diags.failed() {
				t.Fatal(diags)
			}

			planned, err := answer.PlannedState.Unmarshal(typ)
			if err != nil {
				t.Fatal(err)
			}

			for _, attribute := range schema.Block.Attributes {
				value := attributeOf(t, planned, attribute.Name)

				switch {
				case attribute.Required:
				case attribute.Name == "continues_order_id":
					// A promise that no open order is paid.
					if !value.IsKnown() || !value.IsNull() {
						t.Errorf("%s is %s", attribute.Name, value)
					}
				case attribute.Computed && value.IsKnown(), !attribute.Computed && !value.IsNull():
					t.Errorf("%s is %s in a plan that does not give it", attribute.Name, value)
				}
			}

			for _, spends := range []string{"order_id", "max_amount"} {
				if name == "bss_order_payment" && required[spends].Type() == nil {
					t.Errorf("%s is not required", spends)
				}
			}
		})
	}
}
