// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

// recordedResource is every resource that records what was sent, and that no call of
// the API shows: a name, a schema, and functions over its model M. Its state is what
// the last apply sent to the account in domain_id, and a refresh changes nothing. It
// cannot be imported. An error of a create leaves no state, and one of an update the
// state before, as send left it.
type recordedResource[M any] struct {
	name   string
	schema schema.Schema
	// manages is what one block of a run may manage, of the whole account, and title
	// names it in errors.
	manages expiry.Aspect
	title   string
	// plan works on the plan. state is nil for a create, services are nil while the
	// provider is not configured.
	plan func(services *services, plan, state *M) diag.Diagnostics
	// send makes the calls. What state has was sent before; it is nil for a create. An
	// update that fails writes into it what was sent all the same.
	send func(ctx context.Context, services *services, plan, state *M) diag.Diagnostics
	// ends warns of what destroying means: nothing is taken back.
	ends func(state *M) diag.Diagnostic

	services *services
	// guard stands in for services while the provider is not configured.
	guard *spending.Guard
}

// recordedDomain is the argument of every such resource that says whose it is.
const recordedDomain = "domain_id"

var (
	_ resource.ResourceWithConfigure   = (*recordedResource[struct{}])(nil)
	_ resource.ResourceWithModifyPlan  = (*recordedResource[struct{}])(nil)
	_ resource.ResourceWithImportState = (*recordedResource[struct{}])(nil)
)

func (r *recordedResource[M]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.name
}

func (r *recordedResource[M]) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.schema
}

func (r *recordedResource[M]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services, r.guard = servicesFrom(req.ProviderData, &resp.Diagnostics), guardFrom(req.ProviderData)
}

func (r *recordedResource[M]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state *M

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	switch {
	case resp.Diagnostics.HasError():
		return
	case plan == nil:
		resp.Diagnostics.Append(r.ends(state))

		return
	}

	resp.Diagnostics.Append(r.elsewhere(ctx, req.State)...)
	resp.Diagnostics.Append(r.claim(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.plan(r.services, plan, state)...)

	if r.services == nil || state != nil {
		return
	}

	// A known account is a promise that core enforces: nothing names another one.
	if account, err := r.services.accounts.caller(ctx); err == nil {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(recordedDomain), account)...)
	}
}

// elsewhere refuses a plan for what another account was sent: a refresh does not see
// it, and "no changes" would be said of an account that got nothing. Where the account
// cannot be found out, an apply that sends finds that out.
func (r *recordedResource[M]) elsewhere(ctx context.Context, state tfsdk.State) diag.Diagnostics {
	if r.services == nil || state.Raw.IsNull() {
		return nil
	}

	var recorded types.String

	diags := state.GetAttribute(ctx, path.Root(recordedDomain), &recorded)

	if account, err := r.services.accounts.caller(ctx); err == nil && recorded.ValueString() != account {
		diags.Append(r.ofAnother(recorded.ValueString(), account))
	}

	return diags
}

func (r *recordedResource[M]) ofAnother(recorded, account string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(
		"Credentials belong to another account",
		fmt.Sprintf("bss_%s is for account %s, as its plan or state says, but the credentials belong "+
			"to account %s. Nothing was sent. Use the credentials of account %s.", r.name, recorded, account, recorded),
	)
}

// claim refuses a second block in a run: each would undo what the other sends.
func (r *recordedResource[M]) claim(ctx context.Context, private privateData) diag.Diagnostics {
	mark, diags := plannedMark(ctx, private)

	if r.services == nil {
		return diags
	}

	if _, taken := r.services.claims.Claim(expiry.Claim{Aspect: r.manages, Type: "bss_" + r.name, Mark: mark}); taken {
		diags.AddError(r.title+" are managed twice", fmt.Sprintf("Two bss_%s blocks are for the account of one provider configuration, and each "+
			"would undo what the other sends. Keep one of them. If both are in state, take one out with a removed block that has "+
			"lifecycle { destroy = false }, or with terraform state rm.", r.name))
	}

	return diags
}

func (r *recordedResource[M]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var (
		plan    M
		planned types.String
	)

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root(recordedDomain), &planned)...)

	account := r.account(ctx, planned, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.send(ctx, r.services, &plan, nil)...)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(recordedDomain), account)...)
	resp.Diagnostics.Append(remember(ctx, resp.Private, privateMark, newMark())...)
}

// Read leaves the state as it is: no call shows what was sent.
func (r *recordedResource[M]) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (r *recordedResource[M]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var (
		plan, state M
		recorded    types.String
	)

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root(recordedDomain), &recorded)...)

	r.account(ctx, recorded, &resp.Diagnostics)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.send(ctx, r.services, &plan, &state)...)

	stands := &plan
	if resp.Diagnostics.HasError() {
		stands = &state
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, stands)...)
}

func (r *recordedResource[M]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state M

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.ends(&state))
	}
}

// ImportState refuses: there is nothing to look at.
func (r *recordedResource[M]) ImportState(_ context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resp.Diagnostics.AddError(
		fmt.Sprintf("bss_%s cannot be imported", r.name),
		"No call of the API shows what was sent, so there is nothing to import. Leave the import out: an apply sends what is written, and "+
			"records it.",
	)
}

// account is the account behind the credentials. If one is planned or recorded, it has
// to be that one.
func (r *recordedResource[M]) account(ctx context.Context, recorded types.String, diags *diag.Diagnostics) types.String {
	switch {
	case diags.HasError():
		return types.StringNull()
	case r.services == nil:
		diags.Append(notConfigured("apply bss_" + r.name))

		return types.StringNull()
	}

	account, err := r.services.accounts.caller(ctx)

	switch {
	case err != nil:
		diags.AddError(
			"Account could not be found out",
			fmt.Sprintf("bss_%s is about the whole account behind the credentials. Which one that is "+
				"could not be found out, so nothing was sent. %s%s", r.name, answer(err), nextStep(err)),
		)
	case recorded.ValueString() != "" && recorded.ValueString() != account:
		diags.Append(r.ofAnother(recorded.ValueString(), account))
	}

	return types.StringValue(account)
}
