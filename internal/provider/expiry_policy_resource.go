// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

func newExpiryPolicyResource() resource.Resource {
	return &managedResource[expiryPolicyModel]{
		name: "expiry_policy", schema: expiryPolicySchema, patience: policyTimeout,
		subject: resourceSubject, manages: expiry.AspectExpiry,
		plan: planExpiryPolicy,
		create: func(_, wait context.Context, services *services, plan *expiryPolicyModel) (sight, diag.Diagnostics) {
			return setExpiryPolicy(wait, services, plan)
		},
		read: readExpiryPolicy,
		update: func(wait context.Context, services *services, plan, state *expiryPolicyModel) (sight, diag.Diagnostics) {
			// What the plan did not announce is not done.
			if !plan.acts(state) || !plan.Status.IsUnknown() {
				return sight{}, nil
			}

			return setExpiryPolicy(wait, services, plan)
		},
		ends: func(state *expiryPolicyModel) diag.Diagnostic {
			return endsPolicy(state.ResourceID, state.ExpirePolicy, state.ExpireTime, state.OnDestroy, state.Status)
		},
		destroy: func(wait context.Context, services *services, state *expiryPolicyModel) (sight, diag.Diagnostics) {
			return services.release(wait, state.OnDestroy, expiry.Setting{
				ResourceID: state.ResourceID.ValueString(), Want: expiry.WantManual, Closed: showsClosed(state.Status),
			})
		},
		keepsOn:   func(plan *expiryPolicyModel) bool { return plan.Policy.ValueString() != policyManual },
		turnsOff:  func(state *expiryPolicyModel) bool { return disables(state.OnDestroy) },
		adopt:     adoptResource[expiryPolicyModel],
		takesOver: []takeOver{{from: "autorenew", schema: autorenewSchema, state: expiryPolicyFromAutorenew}},
	}
}

const (
	policyAutoRenew = "auto_renew"
	policyPayPerUse = "pay_per_use"
	policyManual    = "manual"
)

func expiryPolicySchema(ctx context.Context) schema.Schema {
	attributes := policyAttributes()

	maps.Copy(attributes, map[string]schema.Attribute{
		"policy": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "What to do when the paid term ends:\n" +
				"  - `auto_renew`: renew, and charge without asking.\n" +
				"  - `pay_per_use`: go on pay-per-use (`postPaid`).\n" +
				"  - `manual`: neither. Unless somebody renews the resource, it lapses, in the way that `expire_policy` says.",
			Validators: []validator.String{oneOfTexts{policyAutoRenew, policyPayPerUse, policyManual}},
		},
	})

	return schema.Schema{
		MarkdownDescription: "Sets what happens to a yearly/monthly resource when its paid term ends: auto-renewal, pay-per-use or neither, " +
			"whoever created the resource.\n\n" +
			"- **When it charges:** with `auto_renew`, the platform first renews seven days before expiry, if the account " +
			"has no other day. Turned on later than that, it can charge at once. The plan warns from eight days before " +
			"expiry on.\n" +
			"- **A change** sets the new policy first, and removes the old one only if it is still there. The resource never " +
			"lapses in between.\n" +
			"- **Changes at the console** show as drift.\n" +
			"- **Importing** changes nothing.\n" +
			"- **One block for one resource:** use either this or `bss_autorenew`. A run checks that only for what it sees, " +
			"not across states, provider aliases or `-target`.",
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

func (m *expiryPolicyModel) want() expiry.Want {
	switch m.Policy.ValueString() {
	case policyAutoRenew:
		return expiry.WantAutoRenew
	case policyPayPerUse:
		return expiry.WantPayPerUse
	default:
		return expiry.WantManual
	}
}

// acts says whether the plan makes calls, given what state knows.
func (m *expiryPolicyModel) acts(state *expiryPolicyModel) bool {
	return state == nil || !m.Policy.Equal(state.Policy) || m.settles(state)
}

// settles says whether the plan is to find out what became of a setting in doubt.
func (m *expiryPolicyModel) settles(state *expiryPolicyModel) bool {
	return state != nil && inDoubt(state.Status) && m.Policy.Equal(state.Policy)
}

// show writes what the API shows, beside what was planned.
func (m *expiryPolicyModel) show(outcome expiry.Outcome) {
	found := outcome.Resource

	m.Status = statusOf(outcome)
	m.ExpireTime = textValue(found.ExpireTime)
	m.ExpirePolicy = textValue(expiry.PolicyWord(found))

	if m.ExpiresAtEnabling.IsUnknown() {
		m.ExpiresAtEnabling = types.StringNull()
		if m.Policy.ValueString() == policyAutoRenew {
			m.ExpiresAtEnabling = m.ExpireTime
		}
	}
}

// drift takes over what the API shows as the setting. A lapsed resource keeps
// what was set: every plan would otherwise propose what can only fail. What is on
// can be turned off, so that shows. An answer without a policy says nothing.
func (m *expiryPolicyModel) drift(found bssapi.Resource) {
	word := settingWord(found)
	if word == "" && !m.Policy.IsNull() {
		return
	}

	turnsOff := m.Policy.ValueString() == policyManual && word != policyManual && !subscription.Closed(found)

	if !expiry.Lapsed(found) || m.Policy.IsNull() || turnsOff {
		m.Policy = textValue(word)
	}
}

// read writes what a later look shows. A doubt is over where what was in doubt shows.
func (m *expiryPolicyModel) read(found bssapi.Resource) {
	doubt := inDoubt(m.Status) && expiry.PolicyWord(found) != policyAutoRenew
	if !doubt {
		m.drift(found)
	}

	m.show(expiry.Outcome{Resource: found, InDoubt: doubt})
}

// settingWord is the setting that the policy of a resource satisfies.
func settingWord(found bssapi.Resource) string {
	switch word := expiry.PolicyWord(found); {
	case word == policyAutoRenew, word == policyPayPerUse, strings.HasPrefix(word, "unknown("):
		return word
	case word == "":
		return ""
	default:
		return policyManual
	}
}

func planExpiryPolicy(ctx context.Context, services *services, plan, state, _ *expiryPolicyModel) diag.Diagnostics {
	if state != nil && (services == nil || plan.Policy.IsUnknown()) && plan.acts(state) {
		// Whatever the apply's own plan finds then is no change of this one.
		plan.unknownOutcome()
		plan.ExpiresAtEnabling = types.StringUnknown()
	}

	if services == nil || plan.ResourceID.IsUnknown() || plan.Policy.IsUnknown() || !plan.acts(state) {
		return nil
	}

	want := plan.want()
	if plan.settles(state) {
		// What is out of use is no reason to refuse what may have been done.
		want = expiry.WantNoAutoRenew
	}

	found, diags := services.quotePolicy(ctx, plan.ResourceID.ValueString(), want)
	if diags.HasError() {
		return diags
	}

	if plan.settles(state) && found != nil && expiry.Lapsed(*found) && !expiry.WantAutoRenew.Met(*found) {
		return append(diags, actWarnings([]act.Warning{expiry.Doubtful(*found, state.ExpiresAtEnabling.ValueString())})...)
	}

	diags.Append(changing(found, plan.want(), plan.Policy.ValueString(), map[string]string{
		policyAutoRenew: "it renews and charges without asking, time and again",
		policyPayPerUse: "it goes on and is charged by use",
		policyManual:    "it lapses unless somebody renews it",
	}[plan.Policy.ValueString()])...)

	plan.unknownOutcome()
	plan.ExpiresAtEnabling = types.StringNull()

	if plan.Policy.ValueString() == policyAutoRenew {
		var more diag.Diagnostics

		plan.ExpiresAtEnabling, more = services.enabling(found, path.Root("policy"), false)
		diags.Append(more...)
	}

	return diags
}

// unknownOutcome says that the plan acts: what comes of it is not known.
func (m *expiryPolicyModel) unknownOutcome() {
	m.Status, m.ExpireTime, m.ExpirePolicy = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
}

// setExpiryPolicy sets the policy. Automatic renewal without a number of renewals can
// be turned on again where that is in doubt: it is on once.
func setExpiryPolicy(wait context.Context, services *services, plan *expiryPolicyModel) (sight, diag.Diagnostics) {
	setting := expiry.Setting{ResourceID: plan.ResourceID.ValueString(), Want: plan.want()}
	if plan.Policy.ValueString() == policyAutoRenew {
		setting.ExpireTime = plan.ExpiresAtEnabling.ValueString()
	}

	outcome, warnings, err := services.policies.Set(wait, setting)
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("set what happens to resource "+setting.ResourceID, err)}
	}

	plan.show(outcome)

	return sight{seen: true}, actWarnings(warnings)
}

func readExpiryPolicy(ctx context.Context, services *services, state *expiryPolicyModel) (sight, diag.Diagnostics) {
	return services.readPolicy(ctx, state.ResourceID.ValueString(), state.read)
}

func expiryPolicyFromAutorenew(ctx context.Context, from, to *tfsdk.State) diag.Diagnostics {
	var source autorenewModel

	diags := from.Get(ctx, &source)
	if diags.HasError() {
		return diags
	}

	return to.Set(ctx, &expiryPolicyModel{
		ResourceID:        source.ResourceID,
		Policy:            movedPolicy(source),
		OnDestroy:         source.OnDestroy,
		Status:            source.Status,
		ExpireTime:        source.ExpireTime,
		ExpirePolicy:      source.ExpirePolicy,
		ExpiresAtEnabling: source.ExpiresAtEnabling,
		Timeouts:          source.Timeouts,
	})
}

// movedPolicy is the policy that corresponds to a bss_autorenew.
func movedPolicy(from autorenewModel) types.String {
	switch {
	case from.Enabled.ValueBool():
		return types.StringValue(policyAutoRenew)
	case from.ExpirePolicy.ValueString() == policyPayPerUse:
		return types.StringValue(policyPayPerUse)
	case renewing(from.ExpirePolicy.ValueString()).IsNull():
		return from.ExpirePolicy
	default:
		return types.StringValue(policyManual)
	}
}
