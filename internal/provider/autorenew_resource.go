// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

func newAutorenewResource() resource.Resource {
	return &managedResource[autorenewModel]{
		name: "autorenew", schema: autorenewSchema, patience: policyTimeout,
		subject: resourceSubject, manages: expiry.AspectExpiry,
		plan: planAutorenew,
		create: func(_, wait context.Context, services *services, plan *autorenewModel) (sight, diag.Diagnostics) {
			return createAutorenew(wait, services, plan)
		},
		read: readAutorenew,
		update: func(wait context.Context, services *services, plan, state *autorenewModel) (sight, diag.Diagnostics) {
			// What the plan did not announce is not done.
			if !plan.acts(state) || !plan.Status.IsUnknown() {
				return sight{}, nil
			}

			return setAutorenew(wait, services, plan, state)
		},
		ends: func(state *autorenewModel) diag.Diagnostic {
			return endsPolicy(state.ResourceID, state.ExpirePolicy, state.ExpireTime, state.OnDestroy, state.Status)
		},
		destroy: func(wait context.Context, services *services, state *autorenewModel) (sight, diag.Diagnostics) {
			return services.release(wait, state.OnDestroy, expiry.Setting{
				ResourceID: state.ResourceID.ValueString(), Want: expiry.WantNoAutoRenew, Times: state.times(),
				Closed: showsClosed(state.Status),
			})
		},
		keepsOn:  func(plan *autorenewModel) bool { return plan.Enabled.ValueBool() },
		turnsOff: func(state *autorenewModel) bool { return disables(state.OnDestroy) },
		known:    func(services *services, state *autorenewModel) { services.autorenewals.note(state) },
		leaves: func(services *services, state *autorenewModel) diag.Diagnostics {
			return services.autorenewals.ends(state)
		},
		imported:  func(state *autorenewModel) { state.fromImport = true },
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
			MarkdownDescription: "How many times to renew: 1 to 99, or 0 for no limit. It is sent when it changes, and cannot be read back. " +
				"If unset, the existing limit is kept; a new setting has none.",
			Validators: []validator.Int64{int64validator.Between(0, bssapi.MaxAutoRenewTimes)},
		},
		"period_unit": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Renew by the `month` or by the `year`. It is sent when it changes, and cannot be read back. " +
				"If unset, the platform uses the unit of the last order.",
			Validators: []validator.String{oneOfTexts{periodMonth, periodYear}},
		},
		"exhausted": schema.BoolAttribute{
			Computed: true,
			MarkdownDescription: "Whether automatic renewal ended because it has renewed `times` times. It is not turned on again until " +
				"`times` changes.",
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
		},
	})

	return schema.Schema{
		MarkdownDescription: "Turns the auto-renewal of a yearly/monthly resource on or off, whoever created the resource.\n\n" +
			"- **When it charges:** the platform first renews seven days before expiry, if the account has no other day. " +
			"Turned on later than that, it can charge at once. The plan warns from eight days before expiry on.\n" +
			"- **Changes at the console** show as drift.\n" +
			"- **Importing** changes nothing.\n" +
			"- **One block for one resource:** use either this or `bss_expiry_policy`. A run checks that only for what it " +
			"sees, not across states, provider aliases or `-target`.",
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

	// fromImport says that nothing was applied since an import.
	fromImport bool
}

func (m *autorenewModel) want() expiry.Want {
	if m.Enabled.ValueBool() {
		return expiry.WantAutoRenew
	}

	return expiry.WantNoAutoRenew
}

// imported says whether automatic renewal was found on by an import, and nothing was
// applied since: what is written then is recorded, and not sent.
func (m *autorenewModel) imported() bool {
	return m.Enabled.ValueBool() && m.fromImport
}

// newTimes says whether the number of renewals has to be sent: it is new. Removing
// it sends nothing.
func (m *autorenewModel) newTimes(state *autorenewModel) bool {
	return m.Enabled.ValueBool() && !m.Times.IsNull() && !m.Times.Equal(state.Times) && !state.imported()
}

// newUnit says whether the period has to be sent. One that is exhausted is turned on
// again by a new number of renewals alone.
func (m *autorenewModel) newUnit(state *autorenewModel) bool {
	return m.Enabled.ValueBool() && !m.PeriodUnit.IsNull() && !m.PeriodUnit.Equal(state.PeriodUnit) && !state.Exhausted.ValueBool() &&
		!state.imported()
}

// acts says whether the plan changes anything that state records.
func (m *autorenewModel) acts(state *autorenewModel) bool {
	return state == nil || !m.Enabled.Equal(state.Enabled) || m.newTimes(state) || m.newUnit(state) || m.settles(state)
}

// settles says whether the plan is to find out what became of a setting in doubt.
func (m *autorenewModel) settles(state *autorenewModel) bool {
	return state != nil && inDoubt(state.Status) && m.Enabled.ValueBool() && !m.newTimes(state)
}

// termsInDoubt says whether automatic renewal was on, and only its terms may not
// have been taken.
func (m *autorenewModel) termsInDoubt() bool {
	return inDoubt(m.Status) && m.ExpirePolicy.ValueString() == policyAutoRenew
}

// times is how often to renew, nil for what was set before.
func (m *autorenewModel) times() *int {
	if !isKnown(m.Times) {
		return nil
	}

	times := int(m.Times.ValueInt64())

	return &times
}

func (m *autorenewModel) setting(state *autorenewModel) expiry.Setting {
	setting := expiry.Setting{ResourceID: m.ResourceID.ValueString(), Want: m.want()}
	if !m.Enabled.ValueBool() {
		return setting
	}

	if state == nil {
		state = &autorenewModel{}
	}

	// What is turned on is given all its terms; what is on, those that are new.
	all := !state.Enabled.ValueBool() || state.Exhausted.ValueBool() || m.settles(state)

	setting.SendTerms = m.newTimes(state) || m.newUnit(state) || state.termsInDoubt()
	setting.ExpireTime = m.ExpiresAtEnabling.ValueString()
	setting.InDoubt = m.settles(state)

	if setting.InDoubt {
		setting.ExpireTime = state.ExpiresAtEnabling.ValueString()
	}

	if all || m.newTimes(state) {
		setting.Times = m.times()
	}

	if unit := m.PeriodUnit.ValueString(); all || m.newUnit(state) {
		setting.Period = map[string]bssapi.AutoRenewPeriod{
			periodMonth: bssapi.AutoRenewMonthly, periodYear: bssapi.AutoRenewYearly,
		}[unit]
	}

	return setting
}

// show writes what the API shows, beside what was planned.
func (m *autorenewModel) show(outcome expiry.Outcome) {
	found := outcome.Resource

	m.Status = statusOf(outcome)
	m.ExpireTime = textValue(found.ExpireTime)
	m.ExpirePolicy = textValue(expiry.PolicyWord(found))

	if m.ExpiresAtEnabling.IsUnknown() {
		m.ExpiresAtEnabling = types.StringNull()
		if m.Enabled.ValueBool() {
			m.ExpiresAtEnabling = m.ExpireTime
		}
	}

	m.Exhausted = types.BoolValue(!outcome.InDoubt && m.exhaustedIn(found))
}

// drift takes over what the API shows as the setting. A lapsed resource keeps
// what was set: every plan would otherwise propose what can only fail. What is on
// can be turned off, so that shows. One that has renewed as often as it should is
// exhausted, not turned off; one in doubt stays so until it shows on.
func (m *autorenewModel) drift(found bssapi.Resource) {
	on := expiry.PolicyWord(found) == policyAutoRenew
	lapsed := expiry.Lapsed(found) && !m.Enabled.IsNull()

	switch {
	case inDoubt(m.Status), expiry.PolicyWord(found) == "" && !m.Enabled.IsNull():
	case lapsed && (!on || subscription.Closed(found)), m.exhaustedIn(found):
	default:
		// Turned on by somebody, and not found on by an import.
		if on && !m.Enabled.IsNull() && !m.Enabled.ValueBool() {
			m.ExpiresAtEnabling = textValue(found.ExpireTime)
		}

		m.Enabled = renewing(expiry.PolicyWord(found))
	}
}

// renewing says whether a policy renews automatically; null for one that nobody
// knows, and for none.
func renewing(policy string) types.Bool {
	if _, known := bssapi.ExpirePolicies.Code(policy); !known {
		return types.BoolNull()
	}

	return types.BoolValue(policy == policyAutoRenew)
}

// exhaustedIn says whether automatic renewal ended by itself. It stays so, whatever
// times says, until it is on again.
func (m *autorenewModel) exhaustedIn(found bssapi.Resource) bool {
	ended := expiry.Exhausted(found, int(m.Times.ValueInt64()), m.ExpiresAtEnabling.ValueString())

	return m.Enabled.ValueBool() && (ended || m.Exhausted.ValueBool() && !expiry.WantAutoRenew.Met(found))
}

// read writes what a later look shows. A doubt is over where what was in doubt shows.
func (m *autorenewModel) read(found bssapi.Resource) {
	doubt := inDoubt(m.Status) && (m.termsInDoubt() || expiry.PolicyWord(found) != policyAutoRenew)
	before := m.ExpirePolicy

	m.drift(found)
	m.show(expiry.Outcome{Resource: found, InDoubt: doubt})

	if doubt {
		// It tells which doubt this is.
		m.ExpirePolicy = before
	}
}

func planAutorenew(ctx context.Context, services *services, plan, state, _ *autorenewModel) diag.Diagnostics {
	if state != nil && state.imported() && plan.Enabled.ValueBool() && (!plan.Times.IsNull() || !plan.PeriodUnit.IsNull()) {
		plan.ExpiresAtEnabling = state.ExpireTime

		return diag.Diagnostics{
			diag.NewAttributeWarningDiagnostic(
				path.Root("times"),
				"Terms are recorded, not sent",
				fmt.Sprintf(
					"Automatic renewal of resource %s was imported as it is. What times and period_unit say is recorded, and nothing is sent: how "+
						"often it renews cannot be read back. To send them, change them in a later apply.",
					plan.ResourceID.ValueString(),
				),
			),
		}
	}

	if state != nil && (services == nil || plan.Enabled.IsUnknown()) && plan.acts(state) {
		// Whatever the apply's own plan finds then is no change of this one.
		plan.unknownOutcome()
		plan.ExpiresAtEnabling = types.StringUnknown()
	}

	if services == nil || plan.ResourceID.IsUnknown() || plan.Enabled.IsUnknown() || !plan.acts(state) {
		return nil
	}

	// What is created may replace something that this run knows.
	before := state

	if state == nil {
		before = services.autorenewals.replaced(plan.ResourceID.ValueString())

		if diags := services.autorenewals.creates(plan); diags.HasError() {
			return diags
		}
	}

	settles, want := plan.settles(state), plan.want()
	if settles || plan.settles(before) || before.Exhausted.ValueBool() && !plan.newTimes(before) {
		// What is out of use is no reason to refuse what may have been done.
		want = expiry.WantNoAutoRenew
	}

	found, diags := services.quotePolicy(ctx, plan.ResourceID.ValueString(), want)
	if diags.HasError() {
		return diags
	}

	if settles && found != nil && !expiry.Settles(*found, state.ExpiresAtEnabling.ValueString()) {
		return append(diags, actWarnings([]act.Warning{expiry.Doubtful(*found, state.ExpiresAtEnabling.ValueString())})...)
	}

	if settles && found != nil && !expiry.WantAutoRenew.Met(*found) {
		if err := services.policies.Allowed(ctx); err != nil {
			return append(diags, actDiagnostic("plan what happens to resource "+found.ResourceID, err))
		}
	}

	if state == nil && found != nil && plan.staysOff(before, *found) {
		plan.unknownOutcome()
		plan.Exhausted, plan.ExpiresAtEnabling = types.BoolValue(true), textValue(found.ExpireTime)

		return append(diags, offAgain(found.ResourceID))
	}

	if plan.Enabled.ValueBool() {
		diags.Append(changing(found, expiry.WantAutoRenew, policyAutoRenew, "it renews and charges without asking; only times bounds that")...)
	} else {
		diags.Append(changing(found, want, "no automatic renewal", "it lapses unless somebody renews it")...)
	}

	if state == nil && found != nil && expiry.WantAutoRenew.Met(*found) && plan.newTimes(before) {
		diags.AddAttributeWarning(path.Root("times"), "The number of renewals starts again",
			fmt.Sprintf("Automatic renewal of resource %s is on. Applying sends times, so that it renews so often from now on, whatever it has "+
				"renewed before.", found.ResourceID))
	}

	plan.unknownOutcome()
	plan.ExpiresAtEnabling = types.StringNull()

	if plan.Enabled.ValueBool() {
		var more diag.Diagnostics

		plan.ExpiresAtEnabling, more = services.enabling(found, path.Root("enabled"), plan.setting(before).SendTerms)
		diags.Append(more...)
	}

	if settles {
		plan.ExpiresAtEnabling = state.ExpiresAtEnabling
	}

	// A promise that only an apply keeps which has seen what is replaced go: one that
	// creates before it destroys does not know of a number to keep, and core refuses it.
	if state == nil && before.used() && !inDoubt(before.Status) && plan.Enabled.ValueBool() && !plan.newTimes(before) {
		plan.Exhausted = types.BoolValue(false)
	}

	if state != nil {
		diags.Append(plan.unknownTerms(state)...)
	}

	return diags
}

// unknownTerms warns of a plan that does not know a term of what is on. Should the term
// be the recorded one, the record stays, which core takes for a broken promise. The
// promise is made all the same: a renewal before the apply may have used the number up.
func (m *autorenewModel) unknownTerms(state *autorenewModel) diag.Diagnostics {
	asRecorded, argument := *m, "times"

	if m.PeriodUnit.IsUnknown() {
		asRecorded.PeriodUnit, argument = state.PeriodUnit, "period_unit"
	}

	if m.Times.IsUnknown() {
		asRecorded.Times, argument = state.Times, "times"
	}

	if asRecorded.acts(state) || m.ExpiresAtEnabling.Equal(state.ExpiresAtEnabling) {
		return nil
	}

	return diag.Diagnostics{
		diag.NewAttributeWarningDiagnostic(
			path.Root(argument),
			argument+" is known only after apply",
			fmt.Sprintf(
				"If nothing turns out to be new about how resource %s renews, the apply ends with \"Provider produced inconsistent final plan\" "+
					"for expires_at_enabling, and nothing is sent. Plan again then: %s is known. A value that no plan ever knows has to be "+
					"written as a literal or a variable.",
				m.ResourceID.ValueString(),
				argument,
			),
		),
	}
}

// unknownOutcome says that the plan acts: what comes of it is not known.
func (m *autorenewModel) unknownOutcome() {
	m.Status, m.ExpireTime, m.ExpirePolicy = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	m.Exhausted = types.BoolUnknown()
}

// createAutorenew sets what a new object says, as a change of what it replaces.
func createAutorenew(wait context.Context, services *services, plan *autorenewModel) (sight, diag.Diagnostics) {
	before, promised := services.autorenewals.replaced(plan.ResourceID.ValueString()), plan.Exhausted

	if before.Exhausted.ValueBool() || inDoubt(before.Status) {
		found, err := services.reader.Fresh(wait, plan.ResourceID.ValueString())
		if err != nil {
			return sight{}, diag.Diagnostics{apiDiagnostic("read resource "+plan.ResourceID.ValueString(), err)}
		}

		if promised.ValueBool() || plan.staysOff(before, found) {
			plan.show(expiry.Outcome{Resource: found})
			plan.Exhausted = types.BoolValue(true)

			return sight{seen: true}, nil
		}
	}

	saw, diags := setAutorenew(wait, services, plan, before)

	if isKnown(promised) {
		plan.Exhausted = promised
	}

	return saw, diags
}

func setAutorenew(wait context.Context, services *services, plan, state *autorenewModel) (sight, diag.Diagnostics) {
	outcome, warnings, err := services.policies.Set(wait, plan.setting(state))
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("set whether resource "+plan.ResourceID.ValueString()+" renews", err)}
	}

	plan.show(outcome)

	return sight{seen: true}, actWarnings(warnings)
}

func readAutorenew(ctx context.Context, services *services, state *autorenewModel) (sight, diag.Diagnostics) {
	return services.readPolicy(ctx, state.ResourceID.ValueString(), state.read)
}

func autorenewFromExpiryPolicy(ctx context.Context, from, to *tfsdk.State) diag.Diagnostics {
	var source expiryPolicyModel

	diags := from.Get(ctx, &source)
	if diags.HasError() {
		return diags
	}

	enabled := types.BoolValue(source.Policy.ValueString() == policyAutoRenew)
	if !isSetting(source.Policy) {
		enabled = types.BoolNull()
	}

	return to.Set(ctx, &autorenewModel{
		ResourceID:        source.ResourceID,
		Enabled:           enabled,
		OnDestroy:         source.OnDestroy,
		Status:            source.Status,
		ExpireTime:        source.ExpireTime,
		ExpirePolicy:      source.ExpirePolicy,
		ExpiresAtEnabling: source.ExpiresAtEnabling,
		Exhausted:         types.BoolValue(false),
		Timeouts:          source.Timeouts,
	})
}
