// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

// lastDay is the word for the last day of each month.
const lastDay = "last"

type renewalSettingsModel struct {
	DeductionDaysBefore types.Int64  `tfsdk:"deduction_days_before"`
	ExpiryDay           types.String `tfsdk:"expiry_day"`
	DomainID            types.String `tfsdk:"domain_id"`
}

func newRenewalSettingsResource() resource.Resource {
	days := []string{lastDay}
	for day := 1; day <= bssapi.MaxExpiryDay; day++ {
		days = append(days, strconv.Itoa(day))
	}

	return &recordedResource[renewalSettingsModel]{
		name: "renewal_settings", manages: expiry.AspectRenewalSettings, title: "Settings of renewals",
		schema: schema.Schema{
			MarkdownDescription: "Settings of all renewals of the account: when automatic renewals are deducted, and on which day of the " +
				"month renewed terms end. **They are of the whole account**, and hold for what is renewed from then on.\n\n" +
				"- **When it charges:** an earlier deduction can charge at once for what expires soon and renews " +
				"automatically. A common day makes renewals longer and dearer. So the plan warns, and `spending { mode = " +
				"\"deny\" }` of the provider refuses it.\n" +
				"- **Only recorded:** no call of the API reads these settings. The resource records what it sent last, sees " +
				"no change at the console, and cannot be imported. A change whose answer was lost is recorded as null, so that the " +
				"next apply sends what is written then.\n" +
				"- **Destroy:** leaves the settings as they are. No call takes them back.\n" +
				"- **One block** for a provider configuration.",
			Attributes: map[string]schema.Attribute{
				"deduction_days_before": schema.Int64Attribute{
					Optional: true,
					MarkdownDescription: fmt.Sprintf("How many days before its expiry the automatic renewal of a resource is first deducted, at 03:00 "+
						"(UTC+8): %d to %d. If unset, nothing is sent; the platform's own default is %d.",
						bssapi.MinDeductionDays, bssapi.MaxDeductionDays, bssapi.MaxDeductionDays),
					Validators: []validator.Int64{
						int64validator.Between(bssapi.MinDeductionDays, bssapi.MaxDeductionDays),
						int64validator.AtLeastOneOf(path.MatchRoot("deduction_days_before"), path.MatchRoot("expiry_day")),
					},
				},
				"expiry_day": schema.StringAttribute{
					Optional: true,
					MarkdownDescription: fmt.Sprintf(
						"Day of the month on which every renewed term ends: `1` to `%d`, or `%s` for the last one. Terms are "+
							"lengthened to it, and the added days are paid for. If unset, nothing is sent.",
						bssapi.MaxExpiryDay,
						lastDay,
					),
					Validators: []validator.String{oneOfTexts(days)},
				},
				recordedDomain: schema.StringAttribute{
					Computed: true,
					MarkdownDescription: "Id of the account that they are sent to. The plan states it if it can be found out, and nothing is " +
						"sent to another one.",
					PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				},
			},
		},
		plan: planRenewalSettings,
		send: sendRenewalSettings,
		ends: keepsRenewalSettings,
	}
}

// settings are those that an apply sends: what is set, unless the state has it.
func (m *renewalSettingsModel) settings(state *renewalSettingsModel) expiry.RenewalSettings {
	var settings expiry.RenewalSettings

	if isKnown(m.DeductionDaysBefore) && (state == nil || !m.DeductionDaysBefore.Equal(state.DeductionDaysBefore)) {
		settings.DeductionDaysBefore = int(m.DeductionDaysBefore.ValueInt64())
	}

	if isKnown(m.ExpiryDay) && (state == nil || !m.ExpiryDay.Equal(state.ExpiryDay)) {
		settings.ExpiryDay = expiryDay(m.ExpiryDay)
	}

	return settings
}

// expiryDay is the day as the API takes it. The validators know the words.
func expiryDay(day types.String) int {
	number, err := strconv.Atoi(day.ValueString())
	if err != nil {
		return bssapi.LastExpiryDay
	}

	return number
}

func planRenewalSettings(services *services, plan, state *renewalSettingsModel) diag.Diagnostics {
	var diags diag.Diagnostics

	settings := plan.settings(state)
	unknown := plan.DeductionDaysBefore.IsUnknown() || plan.ExpiryDay.IsUnknown()

	if services != nil && (settings != (expiry.RenewalSettings{}) || unknown) {
		diags.Append(spendingDiagnostics("plan the settings of renewals", path.Empty(), services.spending.Denied())...)
	}

	diags.Append(renewalSettingsWarnings(plan, settings)...)

	if state != nil {
		diags.Append(leftAsSet(path.Root("deduction_days_before"), plan.DeductionDaysBefore.IsNull() && !state.DeductionDaysBefore.IsNull())...)
		diags.Append(leftAsSet(path.Root("expiry_day"), plan.ExpiryDay.IsNull() && !state.ExpiryDay.IsNull())...)
	}

	return diags
}

// renewalSettingsWarnings say what may become dearer by what is sent. A value that is
// not known yet may be any.
func renewalSettingsWarnings(plan *renewalSettingsModel, settings expiry.RenewalSettings) diag.Diagnostics {
	var diags diag.Diagnostics

	if unknown := plan.DeductionDaysBefore.IsUnknown(); unknown || settings.DeductionDaysBefore != 0 {
		days := fmt.Sprintf("%d days", settings.DeductionDaysBefore)
		if unknown {
			days = "a number of days, which is not known yet,"
		}

		diags.AddAttributeWarning(path.Root("deduction_days_before"), "Renewals can be charged at once", fmt.Sprintf(
			"The apply sets that automatic renewals of the whole account are first deducted %s before they are due. What expires sooner than "+
				"that, and renews automatically, can be charged as soon as it is set.", days))
	}

	if unknown := plan.ExpiryDay.IsUnknown(); unknown || settings.ExpiryDay != 0 {
		day := fmt.Sprintf("the day %q of a month", plan.ExpiryDay.ValueString())
		if unknown {
			day = "a day of a month, which is not known yet"
		}

		diags.AddAttributeWarning(path.Root("expiry_day"), "Renewals get longer and dearer", fmt.Sprintf(
			"The apply sets that all renewed terms of the account end on %s. Each renewal from then on is lengthened to it, "+
				"and its price has the added days. A saved plan of a renewal may no longer hold.", day))
	}

	return diags
}

// leftAsSet warns where an argument is removed: nothing takes a setting back.
func leftAsSet(at path.Path, removed bool) diag.Diagnostics {
	if !removed {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "Setting is kept",
		fmt.Sprintf("Nothing is sent for %s: the account keeps it as it was last set. No call takes it back.", at))}
}

func sendRenewalSettings(ctx context.Context, services *services, plan, state *renewalSettingsModel) diag.Diagnostics {
	settings := plan.settings(state)
	if settings == (expiry.RenewalSettings{}) {
		return nil
	}

	sent, err := services.policies.SetRenewalSettings(ctx, settings)
	if err != nil {
		plan.recordSent(state, sent)

		return diag.Diagnostics{actDiagnostic("set the settings of renewals", err)}
	}

	return nil
}

// recordSent writes into a state what of the plan was made, and takes out what may have
// been: else setting an argument back would send nothing, and leave the account with
// what was sent last.
func (m *renewalSettingsModel) recordSent(state *renewalSettingsModel, sent expiry.SentSettings) {
	if state == nil {
		return
	}

	for _, name := range sent.Made {
		switch name {
		case bssapi.RenewConfigExpiry:
			state.ExpiryDay = m.ExpiryDay
		case bssapi.RenewConfigDeduction:
			state.DeductionDaysBefore = m.DeductionDaysBefore
		}
	}

	for _, name := range sent.Doubtful {
		switch name {
		case bssapi.RenewConfigExpiry:
			state.ExpiryDay = types.StringNull()
		case bssapi.RenewConfigDeduction:
			state.DeductionDaysBefore = types.Int64Null()
		}
	}
}

func keepsRenewalSettings(state *renewalSettingsModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Settings of renewals are kept",
		fmt.Sprintf("Terraform stops recording the settings of renewals of account %s. They stay as they are, for all renewals of the account.",
			state.DomainID.ValueString()))
}
