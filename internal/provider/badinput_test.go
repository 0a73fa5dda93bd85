// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// leastBadInputs is how many wrong configurations the table has at least.
const leastBadInputs = 150

// The steps at which a wrong configuration can be refused, in their order. No
// call of the API is made before the plan.
const (
	whenValidated  = "validate"
	whenConfigured = "configure"
	whenPlanned    = "plan"
)

// TestBadInput shows that every wrong configuration of the table gets its
// error, at its attribute, before anything is changed.
func TestBadInput(t *testing.T) {
	t.Parallel()

	schemas, _ := surface(t)
	worlds := &badInputWorlds{t: t, worlds: map[string]*world{}}
	missing := badInputTypes(schemas)
	count := 0

	const basesFile = "testdata/badinput/bases.hcl"

	bases := readBases(t, basesFile)

	files, err := filepath.Glob("testdata/badinput/*.hcl")
	if err != nil {
		t.Fatal(err)
	}

	for _, file := range slices.DeleteFunc(files, func(file string) bool { return filepath.ToSlash(file) == basesFile }) {
		cases := readBadInputs(t, file, bases)
		count += len(cases)

		for _, bad := range cases {
			delete(missing, bad.kind+" "+bad.typeName)

			t.Run(strings.TrimSuffix(filepath.Base(file), ".hcl")+"/"+bad.name, func(t *testing.T) {
				t.Parallel()
				bad.run(t, schemas, worlds)
			})
		}
	}

	t.Logf("%d wrong configurations", count)

	if count < leastBadInputs {
		t.Errorf("%d wrong configurations, want %d at least", count, leastBadInputs)
	}

	for _, kind := range slices.Sorted(maps.Keys(missing)) {
		t.Errorf("no wrong configuration of %s", kind)
	}
}

// badInputTypes are all kinds and types that can be configured, and so wrongly.
func badInputTypes(schemas *tfprotov6.GetProviderSchemaResponse) map[string]bool {
	all := map[string]bool{"provider ": true}

	for kind, types := range configurable(schemas) {
		for name, schema := range types {
			if slices.ContainsFunc(schema.Block.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Required || a.Optional }) {
				all[kind+" "+name] = true
			}
		}
	}

	return all
}

// configurable are the schemas of what is configured, by kind and type.
func configurable(schemas *tfprotov6.GetProviderSchemaResponse) map[string]map[string]*tfprotov6.Schema {
	actions := map[string]*tfprotov6.Schema{}
	for name, action := range schemas.ActionSchemas {
		actions[name] = action.Schema
	}

	return map[string]map[string]*tfprotov6.Schema{
		"resource": schemas.ResourceSchemas, "import": schemas.ResourceSchemas, "data": schemas.DataSourceSchemas,
		"list": schemas.ListResourceSchemas, "action": actions,
	}
}

// badInputWorlds are the simulators that the cases share: one for those that
// make no call at all, and one each for a site and its settings.
type badInputWorlds struct {
	t     *testing.T
	mutex sync.Mutex

	worlds map[string]*world
}

func (b *badInputWorlds) of(bad *badInput) *world {
	b.mutex.Lock()
	defer b.mutex.Unlock()

	quiet := bad.When != whenPlanned
	key := fmt.Sprint(quiet, bad.Site, bad.Settings)

	if b.worlds[key] == nil {
		// A shared simulator ends with the whole table.
		shared := newWorld(b.t, bsssim.Options{Seed: "demo", Site: bad.Site, Settings: bad.Settings})
		b.worlds[key] = shared

		b.t.Cleanup(func() {
			if calls := shared.calls(); quiet && len(calls) > 0 {
				b.t.Errorf("calls for configurations that are wrong without asking: %v", calls)
			}

			if shared.mutations() > 0 {
				b.t.Errorf("calls that change something: %v", shared.calls())
			}
		})
	}

	// The simulator is shared; the test, the environment and the home are not.
	own := *b.worlds[key]
	own.env = maps.Clone(own.env)
	maps.Copy(own.env, bad.Env)

	return &own
}

func (bad *badInput) run(t *testing.T, schemas *tfprotov6.GetProviderSchemaResponse, worlds *badInputWorlds) {
	t.Helper()

	w := worlds.of(bad)
	w.t, w.home = t, t.TempDir()

	given := map[string]cty.Value{"unknown": cty.DynamicVal}

	for _, act := range bad.acts {
		for name, value := range w.console(act.name, consoleValues(t, act.values, given)) {
			given[name] = consoleAnswer(t, value)
		}
	}

	step, diags := bad.attempt(t, w, schemas, given)

	if !diags.failed() {
		t.Fatalf("it is accepted:\n%s", diags)
	}

	if step != bad.When {
		t.Errorf("refused by %s, want %s", step, bad.When)
	}

	for _, diagnostic := range diags {
		if diagnostic.Severity != tfprotov6.DiagnosticSeverityError {
			continue
		}

		if at := placeOf(
			diagnostic.Attribute,
		); at != bad.At || diagnostic.Summary != bad.Summary ||
			!strings.Contains(diagnostic.Detail, bad.Says) {
			t.Errorf("want %q at %q, that says %q; got at %q:\n%s: %s", bad.Summary, bad.At, bad.Says, at, diagnostic.Summary, diagnostic.Detail)
		}
	}
}

// attempt does what Terraform does with the configuration until something
// refuses it, and says which step did.
func (bad *badInput) attempt(
	t *testing.T,
	w *world,
	schemas *tfprotov6.GetProviderSchemaResponse,
	given map[string]cty.Value,
) (string, diagnostics) {
	t.Helper()

	server := w.server()

	var diags diagnostics

	if bad.kind != "provider" {
		if diags = bad.validate(t, server, schemas, given); diags.failed() {
			return whenValidated, diags
		}
	}

	config := encodedBody(t, schemas.Provider.ValueType(), bad.provider, given)

	validated, err := server.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: config})
	if err != nil {
		t.Fatal(err)
	}

	if diags = append(diags, validated.Diagnostics...); diags.failed() {
		return whenValidated, diags
	}

	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: config})
	if err != nil {
		t.Fatal(err)
	}

	if diags = append(diags, configured.Diagnostics...); diags.failed() || bad.kind == "provider" {
		return whenConfigured, diags
	}

	return whenPlanned, append(diags, bad.plan(t, server, schemas, given)...)
}

func (bad *badInput) schema(t *testing.T, schemas *tfprotov6.GetProviderSchemaResponse) tftypes.Type {
	t.Helper()

	schema := configurable(schemas)[bad.kind][bad.typeName]
	if schema == nil {
		t.Fatalf("no %s %s", bad.kind, bad.typeName)
	}

	return schema.ValueType()
}

func (bad *badInput) validate(
	t *testing.T,
	server tfprotov6.ProviderServer,
	schemas *tfprotov6.GetProviderSchemaResponse,
	given map[string]cty.Value,
) diagnostics {
	t.Helper()

	if bad.kind == "import" {
		return nil
	}

	config := encodedBody(t, bad.schema(t, schemas), bad.config, given)

	switch bad.kind {
	case "resource":
		answer, err := server.ValidateResourceConfig(
			t.Context(),
			&tfprotov6.ValidateResourceConfigRequest{
				TypeName: bad.typeName, Config: config,
				ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
			},
		)
		if err != nil {
			t.Fatal(err)
		}

		return answer.Diagnostics
	case "data":
		return validateData(t, server, bad.typeName, config)
	case "action":
		answer, err := actionsOf(
			t,
			server,
		).ValidateActionConfig(t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: bad.typeName, Config: config})
		if err != nil {
			t.Fatal(err)
		}

		return answer.Diagnostics
	default:
		answer, err := listerOf(t, server).ValidateListResourceConfig(t.Context(), &tfprotov6.ValidateListResourceConfigRequest{
			TypeName: bad.typeName, Config: config,
			Limit:                 dynamic(t, tftypes.Number, tftypes.NewValue(tftypes.Number, 100)),
			IncludeResourceObject: dynamic(t, tftypes.Bool, tftypes.NewValue(tftypes.Bool, false)),
		})
		if err != nil {
			t.Fatal(err)
		}

		return answer.Diagnostics
	}
}

// plan plans the creation of a resource, reads data, lists, or imports.
func (bad *badInput) plan(
	t *testing.T,
	server tfprotov6.ProviderServer,
	schemas *tfprotov6.GetProviderSchemaResponse,
	given map[string]cty.Value,
) diagnostics {
	t.Helper()

	typ := bad.schema(t, schemas)

	switch bad.kind {
	case "resource":
		config := encodedBody(t, typ, bad.config, given)

		answer, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: bad.typeName, PriorState: dynamic(t, typ, tftypes.NewValue(typ, nil)), ProposedNewState: config, Config: config,
		})
		if err != nil {
			t.Fatal(err)
		}

		return answer.Diagnostics
	case "data":
		answer, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
			TypeName: bad.typeName, Config: encodedBody(t, typ, bad.config, given),
		})
		if err != nil {
			t.Fatal(err)
		}

		return answer.Diagnostics
	case "action":
		answer, err := actionsOf(t, server).PlanAction(t.Context(), &tfprotov6.PlanActionRequest{
			ActionType: bad.typeName, Config: encodedBody(t, typ, bad.config, given),
		})
		if err != nil {
			t.Fatal(err)
		}

		return answer.Diagnostics
	case "list":
		stream, err := listerOf(t, server).ListResource(
			t.Context(),
			&tfprotov6.ListResourceRequest{TypeName: bad.typeName, Config: encodedBody(t, typ, bad.config, given), Limit: 100},
		)
		if err != nil {
			t.Fatal(err)
		}

		var diags diagnostics
		for result := range stream.Results {
			diags = append(diags, result.Diagnostics...)
		}

		return diags
	default:
		return bad.importState(t, server, typ, given)
	}
}

func actionsOf(t *testing.T, server tfprotov6.ProviderServer) tfprotov6.ActionServer {
	t.Helper()

	actions, ok := server.(tfprotov6.ActionServer)
	if !ok {
		t.Fatal("the provider has no actions")
	}

	return actions
}

func listerOf(t *testing.T, server tfprotov6.ProviderServer) tfprotov6.ListResourceServer {
	t.Helper()

	lister, ok := server.(tfprotov6.ListResourceServer)
	if !ok {
		t.Fatal("the provider cannot list")
	}

	return lister
}

// importState imports by an id or by an identity, and reads what came of it.
func (bad *badInput) importState(t *testing.T, server tfprotov6.ProviderServer, typ tftypes.Type, given map[string]cty.Value) diagnostics {
	t.Helper()

	request := &tfprotov6.ImportResourceStateRequest{TypeName: bad.typeName}

	if id, is := bad.config.Attributes["id"]; is {
		request.ID = evaluate(t, id.Expr, given).AsString()
	} else {
		identity := bad.config.Attributes["identity"]
		_, identities := surface(t)

		types := map[string]tftypes.Type{}
		for _, attribute := range identities.IdentitySchemas[bad.typeName].IdentityAttributes {
			types[attribute.Name] = attribute.Type
		}

		request.Identity = &tfprotov6.ResourceIdentityData{
			IdentityData: encodedValue(t, tftypes.Object{AttributeTypes: types}, evaluate(t, identity.Expr, given)),
		}
	}

	imported, err := server.ImportResourceState(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}

	diags := diagnostics(imported.Diagnostics)
	if diags.failed() {
		return diags
	}

	one := imported.ImportedResources[0]

	read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: bad.typeName, CurrentState: one.State, Private: one.Private, CurrentIdentity: one.Identity,
	})
	if err != nil {
		t.Fatal(err)
	}

	diags = append(diags, read.Diagnostics...)

	// Terraform refuses the import of what reading does not find.
	if state, err := read.NewState.Unmarshal(typ); err == nil && state.IsNull() && !diags.failed() {
		diags = append(diags, &tfprotov6.Diagnostic{
			Severity: tfprotov6.DiagnosticSeverityError, Summary: "Cannot import non-existent remote object",
		})
	}

	return diags
}
