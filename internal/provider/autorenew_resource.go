// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

func newAutorenewResource() resource.Resource {
	return &autorenewResource{policyResource{typeName: typeAutorenew}}
}

type autorenewResource struct{ policyResource }

var (
	_ resource.ResourceWithConfigure   = (*autorenewResource)(nil)
	_ resource.ResourceWithIdentity    = (*autorenewResource)(nil)
	_ resource.ResourceWithImportState = (*autorenewResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*autorenewResource)(nil)
	_ resource.ResourceWithMoveState   = (*autorenewResource)(nil)
)

const (
	periodMonth = "month"
	periodYear  = "year"
)

func (r *autorenewResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := policyAttributes()

	maps.Copy(attributes, map[string]schema.Attribute{
		"enabled": schema.BoolAttribute{
			Required: true,
			MarkdownDescription: "Whether the resource renews automatically. Renewals are charged to the account without asking; only `times` " +
				"bounds them.",
		},
		"times": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: "How often to renew, 1 to 99, or 0 for without end. It is sent when it changes, and cannot be read back. Where " +
				"it " +
				"is left out, nothing is sent: without end at first, and then what was set before.",
			Validators: []validator.Int64{int64validator.Between(0, bssapi.MaxAutoRenewTimes)},
		},
		"period_unit": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Renew by the `month` or by the `year`. It is sent when it changes, and cannot be read back. Where it is left " +
				"out, " +
				"the platform takes the unit of the last order.",
			Validators: []validator.String{stringvalidator.OneOf(periodMonth, periodYear)},
		},
		"exhausted": schema.BoolAttribute{
			Computed: true,
			MarkdownDescription: "Whether automatic renewal ended because it has renewed `times` times. It is not turned on again until `times` " +
				"changes.",
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
		},
	})

	resp.Schema = schema.Schema{
		MarkdownDescription: "Whether a yearly/monthly resource renews automatically, whoever made the resource.\n\n" +
			"A change at the console shows as drift. Importing changes nothing. Turning automatic renewal on within about eight days of expiry " +
			"can charge at once; the plan says so.\n\nUse either this or `bss_expiry_policy` for one resource. What one run does not see (other " +
			"states, provider aliases, `-target`) is not checked.",
		Attributes: attributes,
		Blocks:     policyTimeouts(ctx),
	}
}

type autorenewModel struct {
	ResourceID        types.String   `tfsdk:"resource_id"`
	Enabled           types.Bool     `tfsdk:"enabled"`
	Times             types.Int64    `tfsdk:"times"`
	PeriodUnit        types.String   `tfsdk:"period_unit"`
	OnDestroy         types.String   `tfsdk:"on_destroy"`
	Status            types.String   `tfsdk:"status"`
	ExpireTime        types.String   `tfsdk:"expire_time"`
	ExpirePolicy      types.String   `tfsdk:"expire_policy"`
	ExpiresAtEnabling types.String   `tfsdk:"expires_at_enabling"`
	Exhausted         types.Bool     `tfsdk:"exhausted"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`
}

// want is what the configuration asks for.
func (m *autorenewModel) want() subscription.Want {
	if m.Enabled.ValueBool() {
		return subscription.WantAutoRenew
	}

	return subscription.WantNoAutoRenew
}

// newTerms says whether the terms of automatic renewal have to be sent: they
// are new. Removing one sends nothing.
func (m *autorenewModel) newTerms(state *autorenewModel) bool {
	times := !m.Times.IsNull() && !m.Times.Equal(state.Times)
	unit := !m.PeriodUnit.IsNull() && !m.PeriodUnit.Equal(state.PeriodUnit)

	return m.Enabled.ValueBool() && (times || unit)
}

// acts says whether the plan makes calls, given what state knows.
func (m *autorenewModel) acts(state *autorenewModel) bool {
	return state == nil || !m.Enabled.Equal(state.Enabled) || m.newTerms(state)
}

func (m *autorenewModel) setting(state *autorenewModel) subscription.Setting {
	setting := subscription.Setting{ResourceID: m.ResourceID.ValueString(), Want: m.want()}
	if !m.Enabled.ValueBool() {
		return setting
	}

	if state == nil {
		state = &autorenewModel{}
	}

	setting.SendTerms = m.newTerms(state)
	setting.ExpireTime = m.ExpiresAtEnabling.ValueString()

	if !m.Times.IsNull() {
		times := int(m.Times.ValueInt64())
		setting.Times = &times
	}

	switch m.PeriodUnit.ValueString() {
	case periodMonth:
		setting.Period = bssapi.AutoRenewMonthly
	case periodYear:
		setting.Period = bssapi.AutoRenewYearly
	}

	return setting
}

// show writes what the API shows, beside what was planned.
func (m *autorenewModel) show(found bssapi.Resource) {
	m.Status = text(subscription.StatusWord(found.Status))
	m.ExpireTime = text(found.ExpireTime)
	m.ExpirePolicy = text(subscription.PolicyWord(found))

	if m.ExpiresAtEnabling.IsUnknown() {
		m.ExpiresAtEnabling = types.StringNull()
		if m.Enabled.ValueBool() {
			m.ExpiresAtEnabling = m.ExpireTime
		}
	}

	m.Exhausted = types.BoolValue(m.Enabled.ValueBool() &&
		subscription.Exhausted(found, int(m.Times.ValueInt64()), m.ExpiresAtEnabling.ValueString()))
}

// drift takes over what the API shows as the setting. A lapsed resource keeps
// what was set: every plan would otherwise propose what can only fail. One
// that has renewed as often as it should is exhausted, not turned off.
func (m *autorenewModel) drift(found bssapi.Resource) {
	lapsed := subscription.Lapsed(found) && !m.Enabled.IsNull()
	exhausted := m.Enabled.ValueBool() && subscription.Exhausted(found, int(m.Times.ValueInt64()), m.ExpiresAtEnabling.ValueString())

	if !lapsed && !exhausted {
		m.Enabled = types.BoolValue(subscription.PolicyWord(found) == policyAutoRenew)
	}
}

func (r *autorenewResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state *autorenewModel

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
	if resp.Diagnostics.HasError() || replaced || r.services == nil || plan.Enabled.IsUnknown() || !plan.acts(state) {
		return
	}

	found, diags := r.quote(ctx, plan.ResourceID.ValueString(), plan.want())
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	plan.Status, plan.ExpireTime, plan.ExpirePolicy = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	plan.Exhausted = types.BoolUnknown()
	plan.ExpiresAtEnabling = types.StringNull()

	if plan.Enabled.ValueBool() {
		plan.ExpiresAtEnabling, diags = r.enabling(found, path.Root("enabled"), plan.setting(state).SendTerms)
		resp.Diagnostics.Append(diags...)
	}

	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

func (r *autorenewResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan autorenewModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	timeout, diags := plan.Timeouts.Create(ctx, policyTimeout)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	wait, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	resp.Diagnostics.Append(r.set(wait, &plan, nil)...)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.identifyNew(ctx, plan.ResourceID, resp.Identity)...)
}

func (r *autorenewResource) set(ctx context.Context, plan, state *autorenewModel) diag.Diagnostics {
	id := plan.ResourceID.ValueString()
	if r.services == nil {
		return diag.Diagnostics{notConfigured("set whether resource " + id + " renews")}
	}

	// An id that was not known at plan is claimed now.
	if diags := r.claim(id); diags.HasError() {
		return diags
	}

	found, warnings, err := r.services.policies.Set(ctx, plan.setting(state))
	if err != nil {
		return diag.Diagnostics{policyDiagnostic("set whether resource "+id+" renews", err)}
	}

	plan.show(found)

	return policyWarnings(warnings)
}

func (r *autorenewResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state autorenewModel

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

func (r *autorenewResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state autorenewModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	timeout, diags := plan.Timeouts.Update(ctx, policyTimeout)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	if plan.acts(&state) {
		wait, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()

		resp.Diagnostics.Append(r.set(wait, &plan, &state)...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.identify(ctx, plan.ResourceID, req.Identity, resp.Identity)...)
}

func (r *autorenewResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state autorenewModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	timeout, diags := state.Timeouts.Delete(ctx, policyTimeout)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.release(ctx, state.ResourceID.ValueString(), state.OnDestroy, subscription.WantNoAutoRenew, timeout)...)
}

// MoveState takes over a bss_expiry_policy.
func (r *autorenewResource) MoveState(ctx context.Context) []resource.StateMover {
	source := expiryPolicySchema(ctx)

	return []resource.StateMover{{
		SourceSchema: &source,
		StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
			if req.SourceTypeName != typeExpiryPolicy || !ours(req) {
				return
			}

			var from expiryPolicyModel

			resp.Diagnostics.Append(req.SourceState.Get(ctx, &from)...)

			if resp.Diagnostics.HasError() {
				return
			}

			resp.Diagnostics.Append(resp.TargetState.Set(ctx, &autorenewModel{
				ResourceID:        from.ResourceID,
				Enabled:           types.BoolValue(from.Policy.ValueString() == policyAutoRenew),
				OnDestroy:         from.OnDestroy,
				Status:            from.Status,
				ExpireTime:        from.ExpireTime,
				ExpirePolicy:      from.ExpirePolicy,
				ExpiresAtEnabling: from.ExpiresAtEnabling,
				Exhausted:         types.BoolValue(false),
				Timeouts:          from.Timeouts,
			})...)
			resp.Diagnostics.Append(moveIdentity(ctx, from.ResourceID, resp)...)
		},
	}}
}
