// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// core does to one resource what Terraform does, over the plugin protocol: it
// plans, plans again at apply with a provider of its own, compares what it was
// promised, and taints what an error left in state.
type core struct {
	t        tester
	world    *world
	typeName string
	provider map[string]tftypes.Value
	// old says that the CLI knows no write-only arguments.
	old bool

	state    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	tainted  bool
}

// planned is a saved plan.
type planned struct {
	config, proposed, value tftypes.Value
	private                 []byte
	identity                *tfprotov6.ResourceIdentityData
	prior                   tftypes.Value
	replaces                bool
	// carried is the private data of the first call of a replacement, while the
	// second is made.
	carried     []byte
	diagnostics diagnostics
}

type diagnostics []*tfprotov6.Diagnostic

func (d diagnostics) failed() bool {
	for _, diagnostic := range d {
		if diagnostic.Severity == tfprotov6.DiagnosticSeverityError {
			return true
		}
	}

	return false
}

func (d diagnostics) String() string {
	var b strings.Builder

	for _, diagnostic := range d {
		fmt.Fprintf(&b, "%s: %s [%s]\n%s\n", diagnostic.Severity, diagnostic.Summary, diagnostic.Attribute, diagnostic.Detail)
	}

	return b.String()
}

// errorAt says whether an error stands at the attribute.
func (d diagnostics) errorAt(attribute string) bool {
	for _, diagnostic := range d {
		if diagnostic.Severity != tfprotov6.DiagnosticSeverityError {
			continue
		}

		at := ""
		if diagnostic.Attribute != nil && len(diagnostic.Attribute.Steps()) > 0 {
			if name, ok := diagnostic.Attribute.Steps()[0].(tftypes.AttributeName); ok {
				at = string(name)
			}
		}

		if at == attribute {
			return true
		}
	}

	return false
}

func newCore(world *world, typeName string) *core {
	world.serves(typeName)

	return &core{t: world.t, world: world, typeName: typeName}
}

// process is one provider process: configured, and gone after its use.
type process struct {
	server tfprotov6.ProviderServer
	schema *tfprotov6.Schema
	typ    tftypes.Type
}

// asked holds the schemas, which are the same for every process.
var asked struct {
	sync.Mutex
	schemas *tfprotov6.GetProviderSchemaResponse
}

func schemasOf(ctx context.Context, server tfprotov6.ProviderServer) (*tfprotov6.GetProviderSchemaResponse, error) {
	asked.Lock()
	defer asked.Unlock()

	if asked.schemas != nil {
		return asked.schemas, nil
	}

	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	asked.schemas = schemas

	return schemas, err
}

func (c *core) start(ctx context.Context) (*process, diagnostics) {
	c.t.Helper()

	server := c.world.server()

	schemas, err := schemasOf(ctx, server)
	c.must(err)

	providerType := schemas.Provider.ValueType()
	config, err := tfprotov6.NewDynamicValue(providerType, objectOf(c.t, providerType, c.provider))
	c.must(err)

	validated, err := server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: &config})
	c.must(err)

	if diags := diagnostics(validated.Diagnostics); diags.failed() {
		return nil, diags
	}

	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.11.4", Config: &config})
	c.must(err)

	if diags := diagnostics(configured.Diagnostics); diags.failed() {
		return nil, diags
	}

	schema := schemas.ResourceSchemas[c.typeName]
	if schema == nil {
		c.t.Fatalf("no resource type %s", c.typeName)
	}

	return &process{server: server, schema: schema, typ: schema.ValueType()}, nil
}

func (c *core) must(err error) {
	c.t.Helper()

	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *core) dynamic(p *process, value tftypes.Value) *tfprotov6.DynamicValue {
	c.t.Helper()

	encoded, err := tfprotov6.NewDynamicValue(p.typ, value)
	c.must(err)

	return &encoded
}

func (c *core) decode(p *process, value *tfprotov6.DynamicValue) tftypes.Value {
	c.t.Helper()

	if value == nil {
		return tftypes.NewValue(p.typ, nil)
	}

	decoded, err := value.Unmarshal(p.typ)
	c.must(err)

	return decoded
}

// refresh reads the resource, as every plan does first.
func (c *core) refresh(ctx context.Context) diagnostics {
	c.t.Helper()

	if c.absent() {
		return nil
	}

	p, diags := c.start(ctx)
	if diags.failed() {
		return diags
	}

	return c.refreshWith(ctx, p)
}

// refreshWith reads the resource with a provider that is running.
func (c *core) refreshWith(ctx context.Context, p *process) diagnostics {
	c.t.Helper()

	read, err := p.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: c.typeName, CurrentState: c.dynamic(p, c.state), Private: c.private, CurrentIdentity: c.identity,
	})
	c.must(err)

	if diags := diagnostics(read.Diagnostics); diags.failed() {
		return diags
	}

	c.state, c.private, c.identity = c.decode(p, read.NewState), read.Private, read.NewIdentity

	return read.Diagnostics
}

func (c *core) absent() bool { return c.state.Type() == nil || c.state.IsNull() }

// plan refreshes and plans.
func (c *core) plan(ctx context.Context, attributes map[string]tftypes.Value) *planned {
	c.t.Helper()

	diags := c.refresh(ctx)
	if diags.failed() {
		return &planned{diagnostics: diags}
	}

	result := c.planOnly(ctx, attributes)
	result.diagnostics = append(diags, result.diagnostics...)

	return result
}

func (c *core) planOnly(ctx context.Context, attributes map[string]tftypes.Value) *planned {
	c.t.Helper()

	p, diags := c.start(ctx)
	if diags.failed() {
		return &planned{diagnostics: diags}
	}

	return c.planWith(ctx, p, attributes)
}

// planWith plans with a provider that is running.
func (c *core) planWith(ctx context.Context, p *process, attributes map[string]tftypes.Value) *planned {
	c.t.Helper()

	config := objectOf(c.t, p.typ, attributes)

	validated, err := p.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: c.typeName, Config: c.dynamic(p, config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: !c.old},
	})
	c.must(err)

	result := &planned{config: config, diagnostics: validated.Diagnostics}
	if result.diagnostics.failed() {
		return result
	}

	result.prior = tftypes.NewValue(p.typ, nil)
	if !c.absent() && !c.tainted {
		result.prior = c.state
	}

	c.ask(ctx, p, result)

	if result.replaces {
		c.replace(ctx, p, result)
	}

	return result
}

// replace makes the second call of a replacement, which has no prior state but
// the private data that the first one planned.
func (c *core) replace(ctx context.Context, p *process, result *planned) {
	c.t.Helper()

	result.prior = tftypes.NewValue(p.typ, nil)
	result.carried = result.private
	c.ask(ctx, p, result)
	result.carried = nil
}

// ask makes one PlanResourceChange.
func (c *core) ask(ctx context.Context, p *process, result *planned) {
	c.t.Helper()

	result.proposed = proposedNew(c.t, p, result.prior, result.config)

	var (
		private  = result.carried
		identity *tfprotov6.ResourceIdentityData
	)

	if !result.prior.IsNull() {
		private, identity = c.private, c.identity
	}

	answer, err := p.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.typeName, PriorState: c.dynamic(p, result.prior), ProposedNewState: c.dynamic(p, result.proposed),
		Config: c.dynamic(p, result.config), PriorPrivate: private, PriorIdentity: identity,
	})
	c.must(err)

	result.diagnostics = append(result.diagnostics, answer.Diagnostics...)
	result.value = c.decode(p, answer.PlannedState)
	result.private, result.identity = answer.PlannedPrivate, answer.PlannedIdentity
	result.replaces = len(answer.RequiresReplace) > 0 && !result.prior.IsNull()

	if at := invalid(c.t, p, result); at != "" && !result.diagnostics.failed() {
		result.diagnostics = append(result.diagnostics, &tfprotov6.Diagnostic{
			Severity: tfprotov6.DiagnosticSeverityError, Summary: "Provider produced invalid plan", Detail: at,
		})
	}
}

// invalid names an attribute of which the plan says something else than the
// configuration, unknown or not. Where the state has it already, it may stay.
func invalid(t tester, p *process, result *planned) string {
	t.Helper()

	if result.value.IsNull() {
		return ""
	}

	configured, value := attributesOf(t, result.config), attributesOf(t, result.value)

	prior := map[string]tftypes.Value{}
	if !result.prior.IsNull() {
		prior = attributesOf(t, result.prior)
	}

	for _, attribute := range p.schema.Block.Attributes {
		wanted, got := configured[attribute.Name], value[attribute.Name]
		free := wanted.IsNull() && attribute.Computed || attribute.WriteOnly

		if !free && !got.Equal(wanted) && (wanted.IsNull() || got.IsNull() || !got.Equal(prior[attribute.Name])) {
			return fmt.Sprintf("%s is %s in the plan, and %s in the configuration", attribute.Name, show(got), show(wanted))
		}
	}

	return ""
}

// empty says whether the plan changes nothing.
func (r *planned) empty() bool { return !r.prior.IsNull() && r.prior.Equal(r.value) }

// apply applies a plan with a provider of its own, as a saved plan is.
func (c *core) apply(ctx context.Context, saved *planned) diagnostics {
	c.t.Helper()

	p, diags := c.start(ctx)
	if diags.failed() {
		return diags
	}

	return c.applyWith(ctx, p, saved)
}

// applyWith applies a plan with a provider that is running.
func (c *core) applyWith(ctx context.Context, p *process, saved *planned) diagnostics {
	c.t.Helper()

	again := *saved
	again.diagnostics = nil

	c.ask(ctx, p, &again)

	if again.diagnostics.failed() {
		return again.diagnostics
	}

	if changed := broken(saved.value, again.value); changed != "" {
		return diagnostics{{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Provider produced inconsistent final plan", Detail: changed}}
	}

	return c.change(ctx, p, &again)
}

// change has the provider carry out a plan, as it stands.
func (c *core) change(ctx context.Context, p *process, final *planned) diagnostics {
	c.t.Helper()

	answer, err := p.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: c.typeName, PriorState: c.dynamic(p, final.prior), PlannedState: c.dynamic(p, final.value),
		Config: c.dynamic(p, final.config), PlannedPrivate: final.private, PlannedIdentity: final.identity,
	})
	c.must(err)

	diags := diagnostics(answer.Diagnostics)
	next := c.decode(p, answer.NewState)

	if final.prior.IsNull() && diags.failed() && !next.IsNull() {
		c.tainted = true
	}

	if !diags.failed() {
		if changed := broken(final.value, next); changed != "" {
			c.tainted = final.prior.IsNull()
			diags = append(diags, &tfprotov6.Diagnostic{
				Severity: tfprotov6.DiagnosticSeverityError, Summary: "Provider produced inconsistent result after apply", Detail: changed,
			})
		} else {
			c.tainted = false
		}
	}

	if !next.IsNull() || !final.prior.IsNull() {
		c.state, c.private, c.identity = next, answer.Private, answer.NewIdentity
	}

	return diags
}

// run plans and applies.
func (c *core) run(ctx context.Context, attributes map[string]tftypes.Value) diagnostics {
	c.t.Helper()

	plan := c.plan(ctx, attributes)
	if plan.diagnostics.failed() || plan.empty() {
		return plan.diagnostics
	}

	return append(plan.diagnostics, c.apply(ctx, plan)...)
}

// attribute is an attribute of the state.
func (c *core) attribute(name string) tftypes.Value {
	c.t.Helper()

	return attributeOf(c.t, c.state, name)
}

func attributeOf(t tester, object tftypes.Value, name string) tftypes.Value {
	t.Helper()

	value, ok := attributesOf(t, object)[name]
	if !ok {
		t.Fatalf("no attribute %s", name)
	}

	return value
}

// attributesOf is a copy of the attributes of an object, which As would share.
func attributesOf(t tester, object tftypes.Value) map[string]tftypes.Value {
	t.Helper()

	shared := map[string]tftypes.Value{}
	if err := object.As(&shared); err != nil {
		t.Fatal(err)
	}

	return maps.Clone(shared)
}

// show is a primitive value as a text; null and unknown by these words.
func show(value tftypes.Value) string {
	switch {
	case !value.IsKnown():
		return "unknown"
	case value.IsNull():
		return "null"
	}

	var text string
	if value.As(&text) == nil {
		return text
	}

	var truth bool
	if value.As(&truth) == nil {
		return strconv.FormatBool(truth)
	}

	number := &big.Float{}
	if value.As(number) == nil {
		return number.Text('f', -1)
	}

	var elements []tftypes.Value
	if value.As(&elements) == nil {
		var parts []string
		for _, element := range elements {
			parts = append(parts, show(element))
		}

		return "[" + strings.Join(parts, " ") + "]"
	}

	return value.String()
}

// broken names an attribute of which a promise was not kept: what was known
// has to stay as it was.
func broken(promised, actual tftypes.Value) string {
	differences, err := promised.Diff(actual)
	if err != nil {
		return err.Error()
	}

	for _, difference := range differences {
		if difference.Value1 == nil || !difference.Value1.IsFullyKnown() || len(difference.Path.Steps()) == 0 {
			continue
		}

		return difference.String()
	}

	return ""
}

// objectOf is an object of the type with these attributes, and null or empty
// for the rest.
func objectOf(t tester, typ tftypes.Type, attributes map[string]tftypes.Value) tftypes.Value {
	t.Helper()

	object, ok := typ.(tftypes.Object)
	if !ok {
		t.Fatalf("%s is no object", typ)
	}

	values := map[string]tftypes.Value{}
	for name, attributeType := range object.AttributeTypes {
		values[name] = tftypes.NewValue(attributeType, nil)
	}

	for name, value := range attributes {
		if _, known := values[name]; !known {
			t.Fatalf("no attribute %s", name)
		}

		values[name] = value
	}

	return tftypes.NewValue(object, values)
}

// proposedNew merges the configuration with what only the state knows, as
// Terraform does before it asks for a plan.
func proposedNew(t tester, p *process, prior, config tftypes.Value) tftypes.Value {
	t.Helper()

	values := attributesOf(t, config)

	for _, attribute := range p.schema.Block.Attributes {
		switch {
		case attribute.WriteOnly:
			values[attribute.Name] = tftypes.NewValue(attribute.Type, nil)
		case !prior.IsNull() && attribute.Computed && values[attribute.Name].IsNull():
			values[attribute.Name] = attributesOf(t, prior)[attribute.Name]
		}
	}

	return tftypes.NewValue(p.typ, values)
}

// The values of a configuration.

func str(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

func num(t tester, value string) tftypes.Value {
	t.Helper()

	number, _, err := big.ParseFloat(value, 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}

	return tftypes.NewValue(tftypes.Number, number)
}

func strs(values ...string) tftypes.Value {
	elements := make([]tftypes.Value, len(values))
	for i, value := range values {
		elements[i] = str(value)
	}

	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, elements)
}

// plansNothing fails the test unless the plan of these arguments is empty.
func (c *core) plansNothing(ctx context.Context, arguments map[string]tftypes.Value) {
	c.t.Helper()

	if plan := c.plan(ctx, arguments); plan.diagnostics.failed() || !plan.empty() {
		c.t.Errorf("the plan after is not empty: %s\n%s", plan.value, plan.diagnostics)
	}
}

// importState imports the payment of an order into an empty state, and reads it.
func (c *core) importState(ctx context.Context, by, id string) diagnostics {
	c.t.Helper()

	return c.importBy(ctx, by, id, "order_id")
}

// importPolicy imports what happens to a resource at its expiry.
func (c *core) importPolicy(ctx context.Context, by, id string) diagnostics {
	c.t.Helper()

	return c.importBy(ctx, by, id, "resource_id")
}

func (c *core) importBy(ctx context.Context, by, id, key string) diagnostics {
	c.t.Helper()

	p, diags := c.start(ctx)
	if diags.failed() {
		return diags
	}

	request := &tfprotov6.ImportResourceStateRequest{TypeName: c.typeName, ID: id}
	if by == "identity" {
		request.ID = ""
		request.Identity = &tfprotov6.ResourceIdentityData{IdentityData: identityBy(c, key, id, tftypes.NewValue(tftypes.String, nil))}
	}

	imported, err := p.server.ImportResourceState(ctx, request)
	c.must(err)

	if diags := diagnostics(imported.Diagnostics); diags.failed() {
		return diags
	}

	if len(imported.ImportedResources) != 1 {
		c.t.Fatalf("%d objects were imported", len(imported.ImportedResources))
	}

	one := imported.ImportedResources[0]
	c.state, c.private, c.identity = c.decode(p, one.State), one.Private, one.Identity

	return c.refresh(ctx)
}

// identityBy is an identity of an id and an account.
func identityBy(c *core, key, id string, account tftypes.Value) *tfprotov6.DynamicValue {
	c.t.Helper()

	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{key: tftypes.String, "account_id": tftypes.String}}

	value, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, map[string]tftypes.Value{key: str(id), "account_id": account}))
	c.must(err)

	return &value
}

// destroy plans and applies the end of the resource.
func (c *core) destroy(ctx context.Context) diagnostics {
	c.t.Helper()

	p, diags := c.start(ctx)
	if diags.failed() {
		return diags
	}

	plan := c.planEnd(ctx, p)
	if diags := diagnostics(plan.Diagnostics); diags.failed() {
		return diags
	}

	return append(plan.Diagnostics, c.end(ctx, p, plan.PlannedPrivate)...)
}

// planEnd plans to destroy the object, with a provider that is running.
func (c *core) planEnd(ctx context.Context, p *process) *tfprotov6.PlanResourceChangeResponse {
	c.t.Helper()

	gone := tftypes.NewValue(p.typ, nil)

	plan, err := p.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.typeName, PriorState: c.dynamic(p, c.state), ProposedNewState: c.dynamic(p, gone), Config: c.dynamic(p, gone),
		PriorPrivate: c.private, PriorIdentity: c.identity,
	})
	c.must(err)

	return plan
}

// end destroys the object, with a provider that is running.
func (c *core) end(ctx context.Context, p *process, private []byte) diagnostics {
	c.t.Helper()

	gone := tftypes.NewValue(p.typ, nil)

	applied, err := p.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: c.typeName, PriorState: c.dynamic(p, c.state), PlannedState: c.dynamic(p, gone), Config: c.dynamic(p, gone),
		PlannedPrivate: private, PlannedIdentity: c.identity,
	})
	c.must(err)

	c.state = c.decode(p, applied.NewState)

	return applied.Diagnostics
}

// invocation is one action, as a configuration has it.
type invocation struct {
	typeName         string
	provider, config attributes
}

// invoked is what came of an action: what it said on the way, and how it ended.
type invoked struct {
	progress    []string
	diagnostics diagnostics
}

// start is a provider process, and the configuration as it wants it.
func (i invocation) start(t *testing.T, w *world) (tfprotov6.ActionServer, *tfprotov6.DynamicValue, diagnostics) {
	t.Helper()
	w.serves(i.typeName)

	server, schemas, diags := configured(t, w, i.provider)
	if diags.failed() {
		return nil, nil, diags
	}

	schema := schemas.ActionSchemas[i.typeName]
	if schema == nil {
		t.Fatalf("no action %s", i.typeName)
	}

	actions, ok := server.(tfprotov6.ActionServer)
	if !ok {
		t.Fatal("the provider has no actions")
	}

	typ := schema.Schema.ValueType()

	return actions, dynamic(t, typ, objectOf(t, typ, i.config)), nil
}

// plan validates and plans, as every plan does with the actions that it holds.
func (i invocation) plan(t *testing.T, w *world) diagnostics {
	t.Helper()

	server, config, diags := i.start(t, w)
	if diags.failed() {
		return diags
	}

	validated, err := server.ValidateActionConfig(t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: i.typeName, Config: config})
	if err != nil {
		t.Fatal(err)
	}

	if diags := diagnostics(validated.Diagnostics); diags.failed() {
		return diags
	}

	planned, err := server.PlanAction(t.Context(), &tfprotov6.PlanActionRequest{ActionType: i.typeName, Config: config})
	if err != nil {
		t.Fatal(err)
	}

	if planned.Deferred != nil {
		t.Errorf("deferred, which Terraform did not allow: %v", planned.Deferred)
	}

	return append(diagnostics(validated.Diagnostics), planned.Diagnostics...)
}

// invoke runs an action that is planned, with a provider of its own.
func (i invocation) invoke(ctx context.Context, t *testing.T, w *world) invoked {
	t.Helper()

	server, config, diags := i.start(t, w) //nolint:contextcheck // only the invocation is interrupted
	if diags.failed() {
		return invoked{diagnostics: diags}
	}

	stream, err := server.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: i.typeName, Config: config})
	if err != nil {
		t.Fatal(err)
	}

	var (
		result    invoked
		completed int
	)

	for event := range stream.Events {
		switch one := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			result.progress = append(result.progress, one.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed++

			result.diagnostics = one.Diagnostics
		}
	}

	if completed != 1 {
		t.Fatalf("the action completed %d times", completed)
	}

	return result
}

// run plans, and invokes unless that failed.
func (i invocation) run(t *testing.T, w *world) invoked {
	t.Helper()

	planned := i.plan(t, w)
	if planned.failed() {
		return invoked{diagnostics: planned}
	}

	return i.invoke(t.Context(), t, w)
}

// said says whether a line of the progress holds the text.
func (i invoked) said(text string) bool {
	return slices.ContainsFunc(i.progress, func(line string) bool { return strings.Contains(line, text) })
}
