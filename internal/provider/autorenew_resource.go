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
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

func newAutorenewResource() resource.Resource {
	return &managedResource[autorenewModel]{
		name: "autorenew", schema: autorenewSchema, patience: policyTimeout,
		subject: resourceSubject, manages: expiry.AspectExpiry,
		plan: planAutorenew,
		create: func(_, wait context.Context, services *services, plan *autorenewModel) (sight, diag.Diagnostics) {
			return setAutorenew(wait, services, plan, nil)
		},
		read: readAutorenew,
		update: func(wait context.Context, services *services, plan, state *autorenewModel) (sight, diag.Diagnostics) {
			if !plan.acts(state) {
				return sight{}, nil
			}

			return setAutorenew(wait, services, plan, state)
		},
		ends: func(state *autorenewModel) diag.Diagnostic {
			return endsPolicy(state.ResourceID, state.ExpirePolicy, state.ExpireTime, state.OnDestroy)
		},
		destroy: func(wait context.Context, services *services, state *autorenewModel) (sight, diag.Diagnostics) {
			return services.release(wait, state.ResourceID.ValueString(), state.OnDestroy, expiry.WantNoAutoRenew)
		},
		adopt:     adoptResource[autorenewModel],
		takesOver: []takeOver{{from: "expiry_policy", schema: expiryPolicySchema, state: autorenewFromExpiryPolicy}},
	}
}

const (
	periodMonth = "month"
	periodYear  = "year"
)

func autorenewSchema(ctx context.Context) schema.Schema {
	attributes := policyAttributes()

	maps.Copy(attributes, map[string]schema.Attribute{
		"enabled": schema.BoolAttribute{
			Required: true,
			MarkdownDescription: "Whether the resource renews automatically. Renewals charge the account without asking; " +
				"only `times` limits them.",
		},
		"times": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: "How many times to renew, 1 to 99; 0 is unlimited. It is sent when it changes, and cannot be read back. " +
				"If unset, nothing is sent: unlimited at first, later what was set before.",
			Validators: []validator.Int64{int64validator.Between(0, bssapi.MaxAutoRenewTimes)},
		},
		"period_unit": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Renew by the `month` or by the `year`. It is sent when it changes, and cannot be read back. " +
				"If unset, the platform uses the unit of the last order.",
			Validators: []validator.String{stringvalidator.OneOf(periodMonth, periodYear)},
		},
		"exhausted": schema.BoolAttribute{
			Computed: true,
			MarkdownDescription: "Whether automatic renewal ended because it has renewed `times` times. It is not turned on again until `times` " +
				"changes.",
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
		},
	})

	return schema.Schema{
		MarkdownDescription: "Turns the auto-renewal of a yearly/monthly resource on or off, whoever created the resource.\n\n" +
			"A change in the console shows as drift. Importing changes nothing. Turning automatic renewal on within about eight days " +
			"of expiry can charge at once; the plan warns of it.\n\n" +
			"Use either this or `bss_expiry_policy` for one resource. A run checks that only for what it sees, not across states, " +
			"provider aliases or `-target`.",
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

func (m *autorenewModel) want() expiry.Want {
	if m.Enabled.ValueBool() {
		return expiry.WantAutoRenew
	}

	return expiry.WantNoAutoRenew
}

// newTerms says whether times or period_unit is new and has to be sent. Removing
// one sends nothing.
func (m *autorenewModel) newTerms(state *autorenewModel) bool {
	times := !m.Times.IsNull() && !m.Times.Equal(state.Times)
	unit := !m.PeriodUnit.IsNull() && !m.PeriodUnit.Equal(state.PeriodUnit)

	return m.Enabled.ValueBool() && (times || unit)
}

// acts says whether the plan changes anything that state records.
func (m *autorenewModel) acts(state *autorenewModel) bool {
	return state == nil || !m.Enabled.Equal(state.Enabled) || m.newTerms(state)
}

func (m *autorenewModel) setting(state *autorenewModel) expiry.Setting {
	setting := expiry.Setting{ResourceID: m.ResourceID.ValueString(), Want: m.want()}
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
	m.Status = textValue(bssapi.ResourceStatuses.Word(found.Status))
	m.ExpireTime = textValue(found.ExpireTime)
	m.ExpirePolicy = textValue(expiry.PolicyWord(found))

	if m.ExpiresAtEnabling.IsUnknown() {
		m.ExpiresAtEnabling = types.StringNull()
		if m.Enabled.ValueBool() {
			m.ExpiresAtEnabling = m.ExpireTime
		}
	}

	m.Exhausted = types.BoolValue(m.Enabled.ValueBool() &&
		expiry.Exhausted(found, int(m.Times.ValueInt64()), m.ExpiresAtEnabling.ValueString()))
}

// drift takes over what the API shows as the setting. A lapsed resource keeps
// what was set: otherwise every plan would propose a change that must fail. A
// resource that has renewed as often as it should is exhausted, not turned off.
func (m *autorenewModel) drift(found bssapi.Resource) {
	lapsed := expiry.Lapsed(found) && !m.Enabled.IsNull()
	exhausted := m.Enabled.ValueBool() && expiry.Exhausted(found, int(m.Times.ValueInt64()), m.ExpiresAtEnabling.ValueString())

	if !lapsed && !exhausted {
		m.Enabled = types.BoolValue(expiry.PolicyWord(found) == policyAutoRenew)
	}
}

func planAutorenew(ctx context.Context, services *services, plan, state, _ *autorenewModel) diag.Diagnostics {
	if services == nil || plan.ResourceID.IsUnknown() || plan.Enabled.IsUnknown() || !plan.acts(state) {
		return nil
	}

	found, diags := services.quotePolicy(ctx, plan.ResourceID.ValueString(), plan.want())
	if diags.HasError() {
		return diags
	}

	plan.Status, plan.ExpireTime, plan.ExpirePolicy = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	plan.Exhausted = types.BoolUnknown()
	plan.ExpiresAtEnabling = types.StringNull()

	if plan.Enabled.ValueBool() {
		var more diag.Diagnostics

		plan.ExpiresAtEnabling, more = services.enabling(found, path.Root("enabled"), plan.setting(state).SendTerms)
		diags.Append(more...)
	}

	return diags
}

func setAutorenew(wait context.Context, services *services, plan, state *autorenewModel) (sight, diag.Diagnostics) {
	found, warnings, err := services.policies.Set(wait, plan.setting(state))
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("set whether resource "+plan.ResourceID.ValueString()+" renews", err)}
	}

	plan.show(found)

	return sight{seen: true}, actWarnings(warnings)
}

func readAutorenew(ctx context.Context, services *services, state *autorenewModel) (sight, diag.Diagnostics) {
	return services.readPolicy(ctx, state.ResourceID.ValueString(), func(found bssapi.Resource) {
		state.drift(found)
		state.show(found)
	})
}

func autorenewFromExpiryPolicy(ctx context.Context, from, to *tfsdk.State) diag.Diagnostics {
	var source expiryPolicyModel

	diags := from.Get(ctx, &source)
	if diags.HasError() {
		return diags
	}

	return to.Set(ctx, &autorenewModel{
		ResourceID:        source.ResourceID,
		Enabled:           types.BoolValue(source.Policy.ValueString() == policyAutoRenew),
		OnDestroy:         source.OnDestroy,
		Status:            source.Status,
		ExpireTime:        source.ExpireTime,
		ExpirePolicy:      source.ExpirePolicy,
		ExpiresAtEnabling: source.ExpiresAtEnabling,
		Exhausted:         types.BoolValue(false),
		Timeouts:          source.Timeouts,
	})
}
