// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// billArguments are those of every bill.
type billArguments struct {
	MonthBegin          types.String `tfsdk:"month_begin"`
	MonthEnd            types.String `tfsdk:"month_end"`
	ServiceTypeCode     types.String `tfsdk:"service_type_code"`
	EnterpriseProjectID types.String `tfsdk:"enterprise_project_id"`
	Scope               types.String `tfsdk:"scope"`
	MemberID            types.String `tfsdk:"member_id"`
	GroupBy             types.Set    `tfsdk:"group_by"`
	IncludeRows         types.Bool   `tfsdk:"include_rows"`
	AsOf                types.String `tfsdk:"as_of"`
}

// lineArguments are those of the bills that list single lines.
type lineArguments struct {
	RegionCode         types.String `tfsdk:"region_code"`
	ChargeMode         types.String `tfsdk:"charge_mode"`
	BillType           types.String `tfsdk:"bill_type"`
	IncludeZeroRecords types.Bool   `tfsdk:"include_zero_records"`
	BillDateBegin      types.String `tfsdk:"bill_date_begin"`
	BillDateEnd        types.String `tfsdk:"bill_date_end"`
}

// notAllocated stands for no enterprise project.
const notAllocated = "not_allocated"

// resourceArguments are those of the bills whose rows are about resources.
type resourceArguments struct {
	StatisticType types.String `tfsdk:"statistic_type"`
	ResourceID    types.String `tfsdk:"resource_id"`
}

// billArgumentAttributes are those of billArguments; what the totals of a bill can
// be grouped by differs.
func billArgumentAttributes(bill string, kept monthsKept) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"month_begin": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "First month, as `YYYY-MM`. Months and days of bills are in UTC+8. " + kept.of + ".",
			Validators:          []validator.String{isBillingMonth},
		},
		"month_end": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Last month, inclusive. Default: `month_begin`.",
			Validators:          []validator.String{isBillingMonth},
		},
		"service_type_code": codeArgument("Only this service, such as `hws.service.type.ec2`."),
		"enterprise_project_id": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Only this enterprise project. `0` is the default one; `" + notAllocated + "` is what belongs to none.",
			Validators:          []validator.String{isID, stringvalidator.NoneOf("null")},
		},
		"scope": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Whose bill: " + explained(bssapi.BillMethods, map[string]string{
				bssapi.BillMethodAll:         "the account and, for a master account, its members; the default",
				bssapi.BillMethodOneself:     "the account alone",
				bssapi.BillMethodSubCustomer: "the member account in `member_id`",
			}) + ".",
			Validators: []validator.String{oneOf(bssapi.BillMethods)},
		},
		"member_id": idArgument("Customer id of the member account, as `bss_enterprise_members` lists them. Required with " +
			"`scope = \"member\"`, and only used with it. What all members spent takes one bill, with `group_by = [\"account\"]`."),
		"group_by": schema.SetAttribute{
			Optional:            true,
			ElementType:         types.StringType,
			MarkdownDescription: "Keys to group `grouped_totals` by: any of " + groupKeysOf(bill) + ". An empty set is the same as none.",
			Validators: []validator.Set{
				setvalidator.NoNullValues(),
				setvalidator.ValueStringsAre(groupKey{bill}),
			},
		},
		"as_of":        asOfArgument("When `final` is judged. It does not affect what is read."),
		"include_rows": rowsArgument(),
	}
}

// lineArgumentAttributes are those of lineArguments.
func lineArgumentAttributes() map[string]schema.Attribute {
	day := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: []validator.String{isBillingDay}}
	}

	return map[string]schema.Attribute{
		"region_code": codeArgument("Only this region, such as `ap-southeast-1`."),
		"charge_mode": wordArgument("Only this charge mode: %s.", bssapi.ChargeModes),
		"bill_type":   wordArgument("Only rows of this type: %s. Not every site has each of them.", bssapi.BillTypes),
		"include_zero_records": schema.BoolAttribute{
			Optional: true, MarkdownDescription: "Whether to include rows with nothing to pay.",
		},
		"bill_date_begin": day("First day, as `YYYY-MM-DD`. Set both days, within one month."),
		"bill_date_end":   day("Last day, inclusive. Set both days, within one month."),
	}
}

// resourceArgumentAttributes are those of resourceArguments; what a row can sum
// up differs.
func resourceArgumentAttributes(statistics bssapi.Words[bssapi.StatisticType]) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"statistic_type": requiredText("What one row sums up: "+explained(statistics, map[bssapi.StatisticType]string{
			bssapi.StatisticTypeCycle:  "a resource in a month",
			bssapi.StatisticTypeDay:    "a resource in a day",
			bssapi.StatisticTypeDetail: "a single charge",
		})+".", oneOf(statistics)),
		"resource_id": idArgument("Only this resource, by its id in its own service."),
	}
}

func resourceTypeArgument() schema.StringAttribute {
	return codeArgument("Only this type of resource, such as `hws.resource.type.vm`.")
}

func tradeArgument() schema.StringAttribute { return idArgument("Only this order or charge.") }

// statistic is the code of what a row sums up.
func (a resourceArguments) statistic() bssapi.StatisticType {
	statistic, _ := bssapi.StatisticTypes.Code(a.StatisticType.ValueString())

	return statistic
}

// months are the months to read; false if they are unknown or malformed. The
// schema's validators report malformed ones.
func (a billArguments) months() (billingMonths, bool) {
	begin, err := time.Parse(bssapi.MonthLayout, a.MonthBegin.ValueString())
	if err != nil {
		return billingMonths{}, false
	}

	if a.MonthEnd.IsNull() {
		return billingMonths{begin, begin}, true
	}

	end, err := time.Parse(bssapi.MonthLayout, a.MonthEnd.ValueString())

	return billingMonths{begin, end}, err == nil
}

// validate checks the arguments against each other, and against how long the bill
// is kept.
func (a billArguments) validate(kept monthsKept) diag.Diagnostics {
	var diags diag.Diagnostics

	if months, known := a.months(); known {
		diags.Append(months.check(kept)...)
	}

	if a.Scope.IsUnknown() || a.MemberID.IsUnknown() {
		return diags
	}

	switch member := a.Scope.ValueString() == bssapi.BillMethods[bssapi.BillMethodSubCustomer]; {
	case member && a.MemberID.IsNull():
		diags.AddAttributeError(path.Root("member_id"), "Member account is missing", "With scope = \"member\", member_id is required.")
	case !member && !a.MemberID.IsNull():
		diags.AddAttributeError(path.Root("member_id"), "Member account without effect",
			"member_id is only used with scope = \"member\". Leave it out, or set the scope.")
	}

	return diags
}

// validate refuses groups by day of rows that sum up a whole month.
func (a resourceArguments) validate(bill billArguments) diag.Diagnostics {
	if a.StatisticType.ValueString() != bssapi.StatisticTypes.Word(bssapi.StatisticTypeCycle) ||
		!slices.Contains(bill.GroupBy.Elements(), attr.Value(types.StringValue(groupByDay))) {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("group_by"), "Days of a bill by cycle",
		"With statistic_type = \"cycle\" a row sums up a whole month, and belongs to no day.")}
}

// validate checks the days. They have no effect on a bill by cycle.
func (a lineArguments) validate(bill billArguments, statistic types.String) diag.Diagnostics {
	var diags diag.Diagnostics

	begin, end := path.Root("bill_date_begin"), path.Root("bill_date_end")

	switch {
	case a.BillDateBegin.IsUnknown() || a.BillDateEnd.IsUnknown(), a.BillDateBegin.IsNull() && a.BillDateEnd.IsNull():
		return diags
	case a.BillDateBegin.IsNull():
		diags.AddAttributeError(begin, "First day is missing", "bill_date_end needs bill_date_begin. Set both, or neither.")

		return diags
	case a.BillDateEnd.IsNull():
		diags.AddAttributeError(end, "Last day is missing", "bill_date_begin needs bill_date_end. Set both, or neither.")

		return diags
	case statistic.ValueString() == bssapi.StatisticTypes.Word(bssapi.StatisticTypeCycle):
		diags.AddAttributeError(
			begin,
			"Days of a bill by cycle",
			"With statistic_type = \"cycle\" a row sums up a whole month, and days have no effect.",
		)
	case a.BillDateEnd.ValueString() < a.BillDateBegin.ValueString():
		diags.AddAttributeError(end, "Range ends before it begins",
			fmt.Sprintf("The last day, %s, is before the first, %s.", a.BillDateEnd.ValueString(), a.BillDateBegin.ValueString()))
	}

	months, known := bill.months()
	if !known {
		return diags
	}

	if len(months.cycles()) > 1 {
		diags.AddAttributeError(begin, "Days of several months", "Days require a single month. Remove month_end, or the days.")

		return diags
	}

	for at, day := range map[string]types.String{"bill_date_begin": a.BillDateBegin, "bill_date_end": a.BillDateEnd} {
		date, err := time.Parse(time.DateOnly, day.ValueString())
		if err == nil && date.Format(bssapi.MonthLayout) != bill.MonthBegin.ValueString() {
			diags.AddAttributeError(path.Root(at), "Day of another month",
				fmt.Sprintf("%s is not in the month %s.", day.ValueString(), bill.MonthBegin.ValueString()))
		}
	}

	return diags
}

// mode is the code of the charge mode, 0 for all.
func (a lineArguments) mode() bssapi.ChargeMode {
	mode, _ := bssapi.ChargeModes.Code(a.ChargeMode.ValueString())

	return mode
}

// kind is the code of the bill type, 0 for all.
func (a lineArguments) kind() bssapi.BillType {
	kind, _ := bssapi.BillTypes.Code(a.BillType.ValueString())

	return kind
}

// method is the scope in the words of the API.
func (a billArguments) method() string {
	method, known := bssapi.BillMethods.Code(a.Scope.ValueString())
	if !known {
		return bssapi.BillMethodAll
	}

	return method
}

// project is the filter of enterprise projects. The bills write "none" in
// different ways.
func (a billArguments) project(none string) string {
	if id := a.EnterpriseProjectID.ValueString(); id != notAllocated {
		return id
	}

	return none
}

// rows says whether the rows are wanted.
func (a billArguments) rows() bool { return unlessFalse(a.IncludeRows) }
