// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

func newExpiryPolicyResource() resource.Resource {
	return &expiryPolicyResource{policyResource{typeName: typeExpiryPolicy}}
}

type expiryPolicyResource struct{ policyResource }

var (
	_ resource.ResourceWithConfigure   = (*expiryPolicyResource)(nil)
	_ resource.ResourceWithIdentity    = (*expiryPolicyResource)(nil)
	_ resource.ResourceWithImportState = (*expiryPolicyResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*expiryPolicyResource)(nil)
	_ resource.ResourceWithMoveState   = (*expiryPolicyResource)(nil)
)

const (
	policyAutoRenew = "auto_renew"
	policyPayPerUse = "pay_per_use"
	policyManual    = "manual"
)

func (r *expiryPolicyResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = expiryPolicySchema(ctx)
}

func expiryPolicySchema(ctx context.Context) schema.Schema {
	attributes := policyAttributes()

	maps.Copy(attributes, map[string]schema.Attribute{
		"policy": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "What is to happen when the paid term ends: `auto_renew` renews and charges without asking, `pay_per_use` goes " +
				"on and " +
				"charges by use, and `manual` is neither: it lapses unless somebody renews it, in the way that `expire_policy` says.",
			Validators: []validator.String{stringvalidator.OneOf(policyAutoRenew, policyPayPerUse, policyManual)},
		},
	})

	return schema.Schema{
		MarkdownDescription: "What happens to a yearly/monthly resource when its paid term ends, whoever made the resource.\n\n" +
			"A change at the console shows as drift. Importing changes nothing. A change sets the new policy first and takes the old one off only " +
			"where that did not replace it, so that the resource never lapses in between.\n\nUse either this or `bss_autorenew` for one resource. " +
			"What one run does not see (other states, provider aliases, `-target`) is not checked.",
		Attributes: attributes,
		Blocks:     policyTimeouts(ctx),
	}
}

type expiryPolicyModel struct {
	ResourceID        types.String   `tfsdk:"resource_id"`
	Policy            types.String   `tfsdk:"policy"`
	OnDestroy         types.String   `tfsdk:"on_destroy"`
	Status            types.String   `tfsdk:"status"`
	ExpireTime        types.String   `tfsdk:"expire_time"`
	ExpirePolicy      types.String   `tfsdk:"expire_policy"`
	ExpiresAtEnabling types.String   `tfsdk:"expires_at_enabling"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`
}

func (m *expiryPolicyModel) want() subscription.Want {
	switch m.Policy.ValueString() {
	case policyAutoRenew:
		return subscription.WantAutoRenew
	case policyPayPerUse:
		return subscription.WantPayPerUse
	default:
		return subscription.WantManual
	}
}

// show writes what the API shows, beside what was planned.
func (m *expiryPolicyModel) show(found bssapi.Resource) {
	m.Status = text(subscription.StatusWord(found.Status))
	m.ExpireTime = text(found.ExpireTime)
	m.ExpirePolicy = text(subscription.PolicyWord(found))

	if m.ExpiresAtEnabling.IsUnknown() {
		m.ExpiresAtEnabling = types.StringNull()
		if m.Policy.ValueString() == policyAutoRenew {
			m.ExpiresAtEnabling = m.ExpireTime
		}
	}
}

// drift takes over what the API shows as the setting. A lapsed resource keeps
// what was set: every plan would otherwise propose what can only fail.
func (m *expiryPolicyModel) drift(found bssapi.Resource) {
	if !subscription.Lapsed(found) || m.Policy.IsNull() {
		m.Policy = text(settingWord(found))
	}
}

// settingWord is the setting that the policy of a resource satisfies.
func settingWord(found bssapi.Resource) string {
	switch word := subscription.PolicyWord(found); {
	case word == policyAutoRenew, word == policyPayPerUse, strings.HasPrefix(word, "unknown("):
		return word
	case word == "":
		return ""
	default:
		return policyManual
	}
}

func (r *expiryPolicyResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state *expiryPolicyModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	switch {
	case resp.Diagnostics.HasError():
		return
	case plan == nil:
		resp.Diagnostics.Append(ends(state.ResourceID, state.ExpirePolicy, state.ExpireTime, state.OnDestroy))

		return
	case plan.ResourceID.IsUnknown():
		return
	}

	resp.Diagnostics.Append(r.claim(plan.ResourceID.ValueString())...)

	// Another resource is planned in a call of its own, without state.
	replaced := state != nil && !plan.ResourceID.Equal(state.ResourceID)
	same := state != nil && plan.Policy.Equal(state.Policy)

	if resp.Diagnostics.HasError() || replaced || same || r.services == nil || plan.Policy.IsUnknown() {
		return
	}

	found, diags := r.quote(ctx, plan.ResourceID.ValueString(), plan.want())
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	plan.Status, plan.ExpireTime, plan.ExpirePolicy = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	plan.ExpiresAtEnabling = types.StringNull()

	if plan.Policy.ValueString() == policyAutoRenew {
		plan.ExpiresAtEnabling, diags = r.enabling(found, path.Root("policy"), false)
		resp.Diagnostics.Append(diags...)
	}

	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

func (r *expiryPolicyResource) set(ctx context.Context, plan *expiryPolicyModel) diag.Diagnostics {
	id := plan.ResourceID.ValueString()
	if r.services == nil {
		return diag.Diagnostics{notConfigured("set what happens to resource " + id)}
	}

	// An id that was not known at plan is claimed now.
	if diags := r.claim(id); diags.HasError() {
		return diags
	}

	setting := subscription.Setting{ResourceID: id, Want: plan.want()}
	if plan.Policy.ValueString() == policyAutoRenew {
		setting.ExpireTime = plan.ExpiresAtEnabling.ValueString()
	}

	found, warnings, err := r.services.policies.Set(ctx, setting)
	if err != nil {
		return diag.Diagnostics{policyDiagnostic("set what happens to resource "+id, err)}
	}

	plan.show(found)

	return policyWarnings(warnings)
}

func (r *expiryPolicyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan expiryPolicyModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	timeout, diags := plan.Timeouts.Create(ctx, policyTimeout)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	wait, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	resp.Diagnostics.Append(r.set(wait, &plan)...)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.identifyNew(ctx, plan.ResourceID, resp.Identity)...)
}

func (r *expiryPolicyResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state expiryPolicyModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if resp.Diagnostics.HasError() {
		return
	}

	found, gone, diags := r.read(ctx, state.ResourceID.ValueString(), req.Identity)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	if gone {
		resp.State.RemoveResource(ctx)

		return
	}

	state.drift(found)
	state.show(found)

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(r.identify(ctx, state.ResourceID, req.Identity, resp.Identity)...)
}

func (r *expiryPolicyResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state expiryPolicyModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	timeout, diags := plan.Timeouts.Update(ctx, policyTimeout)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	if !plan.Policy.Equal(state.Policy) {
		wait, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()

		resp.Diagnostics.Append(r.set(wait, &plan)...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.identify(ctx, plan.ResourceID, req.Identity, resp.Identity)...)
}

func (r *expiryPolicyResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state expiryPolicyModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	timeout, diags := state.Timeouts.Delete(ctx, policyTimeout)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.release(ctx, state.ResourceID.ValueString(), state.OnDestroy, subscription.WantManual, timeout)...)
}

// MoveState takes over a bss_autorenew.
func (r *expiryPolicyResource) MoveState(ctx context.Context) []resource.StateMover {
	var source resource.SchemaResponse

	(&autorenewResource{}).Schema(ctx, resource.SchemaRequest{}, &source)

	return []resource.StateMover{{
		SourceSchema: &source.Schema,
		StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
			if req.SourceTypeName != typeAutorenew || !ours(req) {
				return
			}

			var from autorenewModel

			resp.Diagnostics.Append(req.SourceState.Get(ctx, &from)...)

			if resp.Diagnostics.HasError() {
				return
			}

			resp.Diagnostics.Append(resp.TargetState.Set(ctx, &expiryPolicyModel{
				ResourceID:        from.ResourceID,
				Policy:            movedPolicy(from),
				OnDestroy:         from.OnDestroy,
				Status:            from.Status,
				ExpireTime:        from.ExpireTime,
				ExpirePolicy:      from.ExpirePolicy,
				ExpiresAtEnabling: from.ExpiresAtEnabling,
				Timeouts:          from.Timeouts,
			})...)
			resp.Diagnostics.Append(moveIdentity(ctx, from.ResourceID, resp)...)
		},
	}}
}

// movedPolicy is the policy that a bss_autorenew stood for.
func movedPolicy(from autorenewModel) types.String {
	switch {
	case from.Enabled.ValueBool():
		return types.StringValue(policyAutoRenew)
	case from.ExpirePolicy.ValueString() == policyPayPerUse:
		return types.StringValue(policyPayPerUse)
	default:
		return types.StringValue(policyManual)
	}
}

// ours says whether the state comes from this provider, wherever it was
// installed from.
func ours(req resource.MoveStateRequest) bool {
	return strings.HasSuffix(req.SourceProviderAddress, "/bss-community/bss")
}

func moveIdentity(ctx context.Context, id types.String, resp *resource.MoveStateResponse) diag.Diagnostics {
	if resp.TargetIdentity == nil {
		return nil
	}

	return resp.TargetIdentity.Set(ctx, policyIdentity{ResourceID: id, AccountID: types.StringNull()})
}
