// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// managedResource is every resource of this provider: a name, a schema, and
// functions over its model M. It is the only place that reads plans, writes
// states, identities and private data, applies timeouts, asks whose credentials
// the run has, and counts who manages an id. An error leaves no state.
type managedResource[M any] struct {
	name   string
	schema func(context.Context) schema.Schema
	// subject is what is managed; the identity has its id beside account_id.
	subject subject
	// manages is what of the subject one resource of a run may manage.
	manages expiry.Aspect
	// patience is how long an apply waits if no timeout is given; 0 for what does not
	// wait, which has no block of timeouts.
	patience time.Duration

	// validate checks the arguments against each other; nil if the schema's own
	// validators say it all.
	validate func(config *M) diag.Diagnostics
	// plan works on the plan. state is nil for a create, services are nil while
	// the provider is not configured. What is replaced is not planned here.
	plan func(ctx context.Context, services *services, plan, state, config *M) diag.Diagnostics
	// create acts. ctx is the apply's own, wait ends with the timeout.
	create func(ctx, wait context.Context, services *services, plan *M) (sight, diag.Diagnostics)
	// writeOnly hands the write-only arguments over, which a configuration alone has: a
	// create gets them, and no state does. Nil if there are none.
	writeOnly func(into, from *M)
	read      func(ctx context.Context, services *services, state *M) (sight, diag.Diagnostics)
	update    func(wait context.Context, services *services, plan, state *M) (sight, diag.Diagnostics)
	// buys says whether a plan buys something, so that it states a price; nil for what
	// never does.
	buys func(plan, state *M) bool
	// ends warns, at plan, of what destroying means. Without destroy it is all
	// that destroying does.
	ends func(state *M) diag.Diagnostic
	// destroy is nil if destroying only stops managing.
	destroy func(wait context.Context, services *services, state *M) (sight, diag.Diagnostics)
	// keepsOn says whether a plan keeps something on that the destruction of another
	// object of the same subject could turn off, and turnsOff whether destroying
	// does. Both are nil where destroying turns nothing off.
	keepsOn  func(plan *M) bool
	turnsOff func(state *M) bool
	// known is called with the state of what the run plans to change, or is about to
	// destroy: what creates the same subject anew in this run can go by it. leaves is
	// called where a destruction is planned without that. Both are nil where nothing of
	// that counts.
	known  func(services *services, state *M)
	leaves func(services *services, state *M) diag.Diagnostics
	// imported tells a state that nothing was applied since its import; nil where that
	// makes no difference.
	imported func(state *M)
	// adopt looks at what is imported, and writes what reading cannot find out.
	adopt func(ctx context.Context, services *services, id string, state *M) (sight, diag.Diagnostics)
	// takesOver are the types that can be moved here.
	takesOver []takeOver

	services *services
	// guard stands in for services while the provider is not configured.
	guard *spending.Guard
}

// subject is what resources of a type manage.
type subject struct {
	argument, title, description string
	// known is what the argument is of it: "Id", unless something else is said.
	known string
	// valid checks an imported one; nil for an id.
	valid func(at path.Path, value string) diag.Diagnostics
}

var (
	orderSubject    = subject{argument: "order_id", title: "Order", description: "order"}
	resourceSubject = subject{argument: "resource_id", title: "Resource", description: "yearly/monthly resource"}
)

// sight is what a call saw of the subject.
type sight struct {
	// account is that of what was seen, "" if the answers do not name it.
	account string
	// seen says that an update saw the subject. Every create, read and import
	// does, unless it is absent.
	seen bool
	// absent says that these credentials do not show the subject (any more).
	absent bool
	// forget says that what is absent leaves the state.
	forget bool
}

var (
	_ resource.ResourceWithConfigure      = (*managedResource[struct{}])(nil)
	_ resource.ResourceWithIdentity       = (*managedResource[struct{}])(nil)
	_ resource.ResourceWithImportState    = (*managedResource[struct{}])(nil)
	_ resource.ResourceWithModifyPlan     = (*managedResource[struct{}])(nil)
	_ resource.ResourceWithMoveState      = (*managedResource[struct{}])(nil)
	_ resource.ResourceWithValidateConfig = (*managedResource[struct{}])(nil)
)

func (r *managedResource[M]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.name
}

func (r *managedResource[M]) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.schema(ctx)
}

func (r *managedResource[M]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services, r.guard = servicesFrom(req.ProviderData, &resp.Diagnostics), guardFrom(req.ProviderData)
}

func (r *managedResource[M]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		r.subject.argument: identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       cmp.Or(r.subject.known, "Id") + " of the " + r.subject.description + ".",
		},
		identityAccount: identityschema.StringAttribute{
			OptionalForImport: true,
			Description:       "Id of the account that the " + r.subject.noun() + " belongs to.",
		},
	}}
}

func (r *managedResource[M]) ValidateConfig(
	ctx context.Context,
	req resource.ValidateConfigRequest,
	resp *resource.ValidateConfigResponse,
) {
	if r.validate == nil {
		return
	}

	var config M

	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.validate(&config)...)
	}
}

func (r *managedResource[M]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state, config *M

	defer func() { resp.Diagnostics = r.named(ctx, req.Plan, req.State, resp.Diagnostics) }()

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if resp.Diagnostics.HasError() {
		return
	}

	if plan == nil {
		resp.Diagnostics.Append(r.ends(state))
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, privatePlanned, nil)...)
		resp.Diagnostics.Append(r.ending(ctx, r.id(ctx, req.State, &resp.Diagnostics), state, resp.Private)...)

		return
	}

	id, prior := r.id(ctx, req.Plan, &resp.Diagnostics), types.StringNull()
	if state != nil {
		resp.Diagnostics.Append(r.tellImported(ctx, state, req.Private)...)

		prior = r.id(ctx, req.State, &resp.Diagnostics)
	}

	resp.Diagnostics.Append(r.claim(ctx, id, resp.Private)...)
	resp.Diagnostics.Append(r.keepPlanned(ctx, id, state == nil, resp.Private)...)

	switch {
	case state == nil:
	case id.Equal(prior):
		r.note(state)
		resp.Diagnostics.Append(r.keeping(ctx, id, plan, resp.Private)...)
	default:
		resp.Diagnostics.Append(r.ending(ctx, prior, state, resp.Private)...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	// What is replaced is planned in a second call, without state; but Terraform shows
	// the warnings of the first one only.
	if state != nil && !id.Equal(prior) {
		if r.services != nil && !id.IsUnknown() {
			resp.Diagnostics.Append(r.plan(ctx, r.services, plan, nil, config).Warnings()...)
		}

		return
	}

	if r.services == nil && r.buys != nil && r.buys(plan, state) {
		resp.Diagnostics.Append(unpriced(r.guard, "plan bss_"+r.name, r.subject.argument)...)
	}

	resp.Diagnostics.Append(r.plan(ctx, r.services, plan, state, config)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

func (r *managedResource[M]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan M

	defer func() { resp.Diagnostics = r.named(ctx, req.Plan, nil, resp.Diagnostics) }()

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	id := r.id(ctx, req.Plan, &resp.Diagnostics)

	wait, cancel := r.wait(ctx, req.Plan, timeouts.Value.Create, &resp.Diagnostics)
	defer cancel()

	if r.writeOnly != nil {
		var config M

		resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
		r.writeOnly(&plan, &config)
	}

	if !r.ready("create", id, &resp.Diagnostics) {
		return
	}

	saw, diags := r.create(ctx, wait, r.services, &plan)
	resp.Diagnostics.Append(diags...)

	if r.writeOnly != nil {
		r.writeOnly(&plan, new(M))
	}

	// No state: the next apply looks again, and nothing is tainted.
	if resp.Diagnostics.HasError() {
		return
	}

	// If nobody can tell the account, it is not recorded, and absence is never
	// believed later.
	account, _ := r.accountOf(ctx, saw)

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.record(ctx, newMark(), id, account, resp.Identity, resp.Private)...)
}

func (r *managedResource[M]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state M

	defer func() { resp.Diagnostics = r.named(ctx, req.State, nil, resp.Diagnostics) }()

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	id := r.id(ctx, req.State, &resp.Diagnostics)

	if !r.ready("read", id, &resp.Diagnostics) {
		return
	}

	saw, diags := r.read(ctx, r.services, &state)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	// Before anything else: a removal without an identity is refused by the
	// framework.
	resp.Diagnostics.Append(r.keepIdentity(ctx, id, saw.account, req.Identity, resp.Identity)...)

	if saw.absent {
		believed, diags := r.believed(ctx, id, req.Identity, req.Private)
		resp.Diagnostics.Append(diags...)

		switch {
		case resp.Diagnostics.HasError():
			return
		case !believed:
			resp.Diagnostics.Append(r.unbelieved(id))

			return
		case saw.forget:
			resp.State.RemoveResource(ctx)

			return
		}

		resp.Diagnostics.Append(r.unknown(id))
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)

	// Private data alone would make a refresh without any change show one.
	if !resp.State.Raw.Equal(req.State.Raw) {
		resp.Diagnostics.Append(r.keepRecord(ctx, saw.account, req.Identity, resp.Private)...)
	}
}

func (r *managedResource[M]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state M

	defer func() { resp.Diagnostics = r.named(ctx, req.Plan, nil, resp.Diagnostics) }()

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	id := r.id(ctx, req.Plan, &resp.Diagnostics)

	resp.Diagnostics.Append(r.tellImported(ctx, &state, req.Private)...)

	wait, cancel := r.wait(ctx, req.Plan, timeouts.Value.Update, &resp.Diagnostics)
	defer cancel()

	if !r.ready("update", id, &resp.Diagnostics) {
		return
	}

	saw, diags := r.update(wait, r.services, &plan, &state)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	account := saw.account
	if saw.seen && r.recordedAccount(ctx, req.Identity, req.Private, &resp.Diagnostics) == "" {
		account, _ = r.accountOf(ctx, saw)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.keepIdentity(ctx, id, account, req.Identity, resp.Identity)...)
	resp.Diagnostics.Append(r.keepRecord(ctx, account, req.Identity, resp.Private)...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, privateImported, nil)...)
}

func (r *managedResource[M]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state M

	defer func() { resp.Diagnostics = r.named(ctx, req.State, nil, resp.Diagnostics) }()

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	resp.Diagnostics.Append(r.tellImported(ctx, &state, req.Private)...)

	if resp.Diagnostics.HasError() {
		return
	}

	r.note(&state)

	if r.destroy == nil {
		resp.Diagnostics.Append(r.ends(&state))

		return
	}

	id := r.id(ctx, req.State, &resp.Diagnostics)

	// What replaces it manages the same subject.
	if replaced := recalled(ctx, req.Private, privatePlanned, &resp.Diagnostics); replaced != "" && replaced == id.ValueString() {
		return
	}

	wait, cancel := r.wait(ctx, req.State, timeouts.Value.Delete, &resp.Diagnostics)
	defer cancel()

	if !r.ready("destroy", id, &resp.Diagnostics) {
		return
	}

	saw, diags := r.destroy(wait, r.services, &state)
	resp.Diagnostics.Append(diags...)

	if !saw.absent {
		return
	}

	_, diags = r.believed(ctx, id, req.Identity, req.Private)
	resp.Diagnostics.Append(diags...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.AddWarning(fmt.Sprintf("%s %s was not found", r.subject.title, id.ValueString()),
			fmt.Sprintf("Billing does not show %s %s with these credentials, so there was nothing to change at its destruction.",
				r.subject.noun(), id.ValueString()))
	}
}

// ImportState takes the id of the subject, or an identity.
func (r *managedResource[M]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var state *M

	id, named := types.StringValue(req.ID), types.StringNull()

	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsFullyNull() {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(r.subject.argument), &id)...)
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(identityAccount), &named)...)
	}

	if !resp.Diagnostics.HasError() {
		valid := r.subject.valid
		if valid == nil {
			valid = validateID
		}

		resp.Diagnostics.Append(valid(path.Root(r.subject.argument), id.ValueString())...)
	}

	if !r.ready("import", id, &resp.Diagnostics) {
		return
	}

	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(r.subject.argument), id)...)
	resp.Diagnostics.Append(resp.State.Get(ctx, &state)...)

	if resp.Diagnostics.HasError() {
		return
	}

	saw, diags := r.adopt(ctx, r.services, id.ValueString(), state)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	account, err := r.accountOf(ctx, saw)

	switch home := named.ValueString(); {
	case home == "":
	case err != nil:
		resp.Diagnostics.Append(r.accountUnknown(id, home, err))
	case account != home:
		resp.Diagnostics.AddError(r.subject.title+" belongs to another account",
			fmt.Sprintf("The import names account %s, but %s %s belongs to account %s.", home, r.subject.noun(), id.ValueString(), account))
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(r.record(ctx, newMark(), id, account, resp.Identity, resp.Private)...)

	if r.imported != nil {
		resp.Diagnostics.Append(remember(ctx, resp.Private, privateImported, "true")...)
	}
}

// id is the id of the subject in a plan or a state.
func (r *managedResource[M]) id(ctx context.Context, from attributeGetter, diags *diag.Diagnostics) types.String {
	var id types.String

	diags.Append(from.GetAttribute(ctx, path.Root(r.subject.argument), &id)...)

	return id
}

// note remembers a state for what replaces its object.
func (r *managedResource[M]) note(state *M) {
	if r.services != nil && r.known != nil {
		r.known(r.services, state)
	}
}

// named puts the subject into the summary of each warning: Terraform shows one warning
// for all that have the same summary, and folds the others away.
func (r *managedResource[M]) named(ctx context.Context, from, or attributeGetter, diags diag.Diagnostics) diag.Diagnostics {
	var none diag.Diagnostics

	id := r.id(ctx, from, &none).ValueString()
	if id == "" && or != nil {
		id = r.id(ctx, or, &none).ValueString()
	}

	return nameWarnings(diags, r.subject, id)
}

// ready says whether nothing is wrong yet, and there is an API to ask.
func (r *managedResource[M]) ready(doing string, id types.String, diags *diag.Diagnostics) bool {
	if r.services == nil && !diags.HasError() {
		diags.Append(notConfigured(doing + " bss_" + r.name + " " + id.ValueString()))
	}

	return !diags.HasError()
}
