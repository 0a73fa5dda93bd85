// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"context"
	"maps"
	"math/big"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/provider"
)

// timing keeps histories short: three looks until an act is settled, and one
// attempt after a throttled one.
func timing() act.Timing {
	return act.Timing{Act: time.Minute, Settle: 2 * time.Second, PollMin: time.Second, PollMax: time.Second, Attempts: 2}
}

// patience is the timeout that each resource is given: enough for a second attempt.
const patience = "6s"

// attributes are those of a configuration.
type attributes map[string]tftypes.Value

func text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

func truth(value bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value) }

func number(value string) tftypes.Value {
	parsed, _, err := big.ParseFloat(value, 10, 512, big.ToNearestEven)
	must(err)

	return tftypes.NewValue(tftypes.Number, parsed)
}

// must stops on what is a mistake of the exploration itself.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// object is a resource as Terraform keeps it.
type object struct {
	value    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

func (o object) absent() bool { return o.value.Type() == nil || o.value.IsNull() }

func (o object) equal(other object) bool {
	return o.absent() && other.absent() || !o.absent() && !other.absent() && o.value.Equal(other.value)
}

// show is an attribute as a text; null and unknown by these words.
func (o object) show(name string) string { return show(o.value, name) }

func show(value tftypes.Value, name string) string {
	if value.Type() == nil || value.IsNull() {
		return "null"
	}

	fields := map[string]tftypes.Value{}
	must(value.As(&fields))

	field, ok := fields[name]

	switch {
	case !ok:
		panic("no attribute " + name)
	case !field.IsKnown():
		return "unknown"
	case field.IsNull():
		return "null"
	}

	var (
		words  string
		figure big.Float
	)

	switch {
	case field.As(&words) == nil:
		return words
	case field.As(&figure) == nil:
		return figure.Text('f', -1)
	default:
		return field.String()
	}
}

// plan is a saved plan: what it was made for, and what it promises.
type plan struct {
	prior    object
	config   tftypes.Value
	value    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// empty says whether the plan changes nothing.
func (p *plan) empty() bool { return !p.prior.absent() && p.prior.value.Equal(p.value) }

// String is all of the plan that can matter, "" for none.
func (p *plan) String() string {
	if p == nil {
		return ""
	}

	return p.value.String() + p.prior.value.String()
}

type diagnostics []*tfprotov6.Diagnostic

func (d diagnostics) failed() bool { return d.firstError() != nil }

func (d diagnostics) firstError() *tfprotov6.Diagnostic {
	for _, one := range d {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			return one
		}
	}

	return nil
}

func (d diagnostics) String() string {
	var b strings.Builder

	for _, one := range d {
		b.WriteString(one.Summary + ": " + one.Detail + "\n")
	}

	return b.String()
}

// process is a provider process: configured, and gone after its use.
type process struct {
	tfprotov6.ProviderServer

	typeName string
	schema   *tfprotov6.Schema
	typ      tftypes.Type
}

// schemas are the same for all processes.
var schemas = func() *tfprotov6.GetProviderSchemaResponse {
	server := providerserver.NewProtocol6(provider.New("test")())()

	answer, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	must(err)

	return answer
}()

// start starts a provider whose calls go over the transport.
func start(ctx context.Context, typeName string, env map[string]string, transport http.RoundTripper) *process {
	server := providerserver.NewProtocol6(provider.NewWithin(provider.Surroundings{
		Getenv: func(name string) string { return env[name] }, Transport: transport, Timing: timing(), PolicyTiming: timing(),
	})())()

	typ := schemas.Provider.ValueType()
	config := dynamic(typ, objectOf(typ, nil))

	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: config})
	must(err)

	if diags := diagnostics(configured.Diagnostics); diags.failed() {
		panic(diags.String())
	}

	p := &process{ProviderServer: server, typeName: typeName, schema: schemas.ResourceSchemas[typeName]}
	if p.schema == nil {
		p.schema = schemas.ActionSchemas[typeName].Schema
	}

	p.typ = p.schema.ValueType()

	return p
}

func dynamic(typ tftypes.Type, value tftypes.Value) *tfprotov6.DynamicValue {
	encoded, err := tfprotov6.NewDynamicValue(typ, value)
	must(err)

	return &encoded
}

func (p *process) decode(value *tfprotov6.DynamicValue) tftypes.Value {
	decoded, err := value.Unmarshal(p.typ)
	must(err)

	return decoded
}

func (p *process) none() tftypes.Value { return tftypes.NewValue(p.typ, nil) }

// objectOf is an object of the type with these attributes, and null for the rest.
func objectOf(typ tftypes.Type, given attributes) tftypes.Value {
	values := map[string]tftypes.Value{}

	if whole, ok := typ.(tftypes.Object); ok {
		for name, attribute := range whole.AttributeTypes {
			values[name] = tftypes.NewValue(attribute, nil)
		}
	}

	maps.Copy(values, given)

	return tftypes.NewValue(typ, values)
}

// refresh reads the resource, as every plan does first.
func (p *process) refresh(ctx context.Context, prior object) (object, diagnostics) {
	if prior.absent() {
		return object{value: p.none()}, nil
	}

	read, err := p.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: p.typeName, CurrentState: dynamic(p.typ, prior.value), Private: prior.private, CurrentIdentity: prior.identity,
	})
	must(err)

	if diags := diagnostics(read.Diagnostics); diags.failed() {
		return prior, diags
	}

	return object{p.decode(read.NewState), read.Private, read.NewIdentity}, read.Diagnostics
}

// plan asks what a plan of the configuration would do.
func (p *process) plan(ctx context.Context, prior object, config tftypes.Value) (*plan, diagnostics) {
	made := &plan{prior: prior, config: config}

	answer, err := p.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: p.typeName, PriorState: dynamic(p.typ, prior.value), ProposedNewState: dynamic(p.typ, p.proposed(prior, config)),
		Config: dynamic(p.typ, config), PriorPrivate: prior.private, PriorIdentity: prior.identity,
	})
	must(err)

	if diags := diagnostics(answer.Diagnostics); diags.failed() {
		return nil, diags
	}

	if len(answer.RequiresReplace) > 0 && !prior.absent() {
		panic("a plan without a new id replaces")
	}

	made.value, made.private, made.identity = p.decode(answer.PlannedState), answer.PlannedPrivate, answer.PlannedIdentity

	return made, answer.Diagnostics
}

// proposed merges the configuration with what only the state knows, as Terraform
// does before it asks for a plan.
func (p *process) proposed(prior object, config tftypes.Value) tftypes.Value {
	if prior.absent() {
		return config
	}

	before, shared := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	must(prior.value.As(&before))
	must(config.As(&shared))

	values := maps.Clone(shared)

	for _, attribute := range p.schema.Block.Attributes {
		if attribute.Computed && values[attribute.Name].IsNull() {
			values[attribute.Name] = before[attribute.Name]
		}
	}

	return tftypes.NewValue(p.typ, values)
}

// change carries out a plan as it stands.
func (p *process) change(ctx context.Context, final *plan) (object, diagnostics) {
	answer, err := p.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: p.typeName, PriorState: dynamic(p.typ, final.prior.value), PlannedState: dynamic(p.typ, final.value),
		Config: dynamic(p.typ, final.config), PlannedPrivate: final.private, PlannedIdentity: final.identity,
	})
	must(err)

	return object{p.decode(answer.NewState), answer.Private, answer.NewIdentity}, answer.Diagnostics
}

// broken names an attribute of which a promise was not kept: what was known has to
// stay as it was.
func broken(promised, actual tftypes.Value) string {
	differences, err := promised.Diff(actual)
	must(err)

	for _, difference := range differences {
		if difference.Value1 != nil && difference.Value1.IsFullyKnown() && len(difference.Path.Steps()) > 0 {
			return difference.String()
		}
	}

	return ""
}

// planAction asks whether the action can be invoked.
func (p *process) planAction(ctx context.Context, config tftypes.Value) diagnostics {
	answer, err := p.actions().PlanAction(ctx, &tfprotov6.PlanActionRequest{ActionType: p.typeName, Config: dynamic(p.typ, config)})
	must(err)

	return answer.Diagnostics
}

// invoke runs the action.
func (p *process) invoke(ctx context.Context, config tftypes.Value) diagnostics {
	stream, err := p.actions().InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: p.typeName, Config: dynamic(p.typ, config)})
	must(err)

	var diags diagnostics

	for event := range stream.Events {
		if completed, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
			diags = completed.Diagnostics
		}
	}

	return diags
}

func (p *process) actions() tfprotov6.ActionServer {
	server, ok := p.ProviderServer.(tfprotov6.ActionServer)
	if !ok {
		panic("the provider has no actions")
	}

	return server
}
