// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/outlook"
)

// renewalRules are the arguments that say how renewals go, which no call of the API
// shows.
type renewalRules struct {
	DeductionDaysBefore types.Int64  `tfsdk:"deduction_days_before"`
	ExpiryDay           types.String `tfsdk:"expiry_day"`
	DefaultPeriodUnit   types.String `tfsdk:"default_period_unit"`
	PeriodUnits         types.Map    `tfsdk:"period_units"`
}

// renewalRuleArguments are those of renewalRules.
func renewalRuleArguments() map[string]schema.Attribute {
	days := []string{lastDay}
	for day := 1; day <= bssapi.MaxExpiryDay; day++ {
		days = append(days, strconv.Itoa(day))
	}

	units := bssapi.RenewalPeriodTypes.All()

	return map[string]schema.Attribute{
		"deduction_days_before": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("How many days before the day of expiry a renewal is charged, as "+
				"`bss_renewal_settings` or the console "+
				"set it: %d to %d. Default: `%d`, as the platform's.", bssapi.MinDeductionDays, bssapi.MaxDeductionDays, bssapi.MaxDeductionDays),
			Validators: []validator.Int64{int64validator.Between(bssapi.MinDeductionDays, bssapi.MaxDeductionDays)},
		},
		"expiry_day": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Day of the month on which all renewed terms end, as `bss_renewal_settings` or the "+
				"console set it: `1` to "+
				"`%d`, or `%s`. If unset, each term ends on its own day.", bssapi.MaxExpiryDay, lastDay),
			Validators: []validator.String{oneOfTexts(days)},
		},
		"default_period_unit": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Unit of the one period that an automatic renewal is for: " + listOf(units) + ". If it was not set " +
				"at the purchase or " +
				"with automatic renewal, it is the unit of the resource's last order. Default: `month`.",
			Validators: []validator.String{oneOf(bssapi.RenewalPeriodTypes)},
		},
		"period_units": schema.MapAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "The same for single resources, by their ids.",
			Validators: []validator.Map{
				mapvalidator.NoNullValues(), mapvalidator.KeysAre(isID), mapvalidator.ValueStringsAre(oneOf(bssapi.RenewalPeriodTypes)),
			},
		},
	}
}

// rules are what the arguments say. The validators know the words.
func (m renewalRules) rules(ctx context.Context) (outlook.Rules, diag.Diagnostics) {
	rules := outlook.Rules{
		DeductionDays: bssapi.MaxDeductionDays, PeriodType: bssapi.PeriodTypeMonth, PeriodTypes: map[string]int{},
	}

	if !m.DeductionDaysBefore.IsNull() {
		rules.DeductionDays = int(m.DeductionDaysBefore.ValueInt64())
	}

	if !m.ExpiryDay.IsNull() {
		rules.ExpiryDay = expiryDay(m.ExpiryDay)
	}

	if unit, known := bssapi.RenewalPeriodTypes.Code(m.DefaultPeriodUnit.ValueString()); known {
		rules.PeriodType = unit
	}

	var units map[string]string

	diags := m.PeriodUnits.ElementsAs(ctx, &units, false)
	for id, word := range units {
		rules.PeriodTypes[id], _ = bssapi.RenewalPeriodTypes.Code(word)
	}

	return rules, diags
}
