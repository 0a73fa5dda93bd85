// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// costArguments are those of costs.
type costArguments struct {
	Granularity types.String `tfsdk:"granularity"`
	Begin       types.String `tfsdk:"begin"`
	End         types.String `tfsdk:"end"`
	GroupBy     types.Set    `tfsdk:"group_by"`
	Filters     types.List   `tfsdk:"filter"`
	CostType    types.String `tfsdk:"cost_type"`
	AmountType  types.String `tfsdk:"amount_type"`
	IncludeRows types.Bool   `tfsdk:"include_rows"`
	AsOf        types.String `tfsdk:"as_of"`
}

// costFilterModel is a filter block.
type costFilterModel struct {
	By      types.String `tfsdk:"by"`
	Values  types.Set    `tfsdk:"values"`
	Exclude types.Bool   `tfsdk:"exclude"`
}

func costArgumentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"granularity": requiredText("Length of the periods: "+listOf(bssapi.CostGranularities.All())+".", oneOf(bssapi.CostGranularities)),
		"begin": requiredText(
			"First period, in UTC+8: `YYYY-MM-DD` with `granularity = \"day\"`, `YYYY-MM` with `granularity = \"month\"`.",
		),
		"end": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Last period, inclusive, in the same form. Default: `begin`.",
		},
		"group_by": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: fmt.Sprintf("What to group by: at most %d of %s. At most one tag and one cost unit. If unset, there is one "+
				"group of all costs.", bssapi.MostCostGroups, costGroupWords()),
			Validators: []validator.Set{
				setvalidator.NoNullValues(), setvalidator.ValueStringsAre(costGroupWord{}),
			},
		},
		"cost_type": schema.StringAttribute{
			Optional: true, Computed: true, Validators: []validator.String{oneOf(bssapi.CostTypes)},
			MarkdownDescription: "When a charge counts as a cost: " + explained(bssapi.CostTypes, map[bssapi.CostType]string{
				bssapi.CostOriginal:  "on the day of its bill; the default",
				bssapi.CostAmortized: "spread over the term that was paid for",
			}) + ".",
		},
		"amount_type": schema.StringAttribute{
			Optional: true, Computed: true, Validators: []validator.String{oneOf(bssapi.CostAmountTypes)},
			MarkdownDescription: "Which part of a charge counts: " + explained(bssapi.CostAmountTypes, map[bssapi.CostAmountType]string{
				bssapi.CostPayable: "the net cost, as `consume_amount` of `bss_resource_records`; the default",
				bssapi.CostPaid:    "the net cost less coupons",
			}) + ".",
		},
		"include_rows": rowsArgument(),
		"as_of":        asOfArgument("When `final` is judged. It does not affect what is read."),
	}
}

func costFilterBlocks() map[string]schema.Block {
	return map[string]schema.Block{
		"filter": schema.ListNestedBlock{
			MarkdownDescription: fmt.Sprintf(
				"Only costs that pass all filters. At most %d. A filter by a tag or cost unit counts as a group of `group_by`, unless it is one "+
					"of them.",
				bssapi.MostCostFilters,
			),
			Validators: []validator.List{listvalidator.SizeAtMost(bssapi.MostCostFilters)},
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"by": requiredText("What to filter by: one of "+costGroupWords()+".", costGroupWord{}),
				"values": schema.SetAttribute{
					Required: true, ElementType: types.StringType,
					MarkdownDescription: "Values, as `dimensions` shows them. For a tag or cost unit, the value without its key. A value that no " +
						"cost has is no error.",
					Validators: []validator.Set{
						setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(trimmed{maxNameLength}),
					},
				},
				"exclude": schema.BoolAttribute{
					Optional: true,
					MarkdownDescription: "Set to `true` to leave these values out. Costs without the tag or cost unit stay. " +
						"Default: `false`, only these values.",
				},
			}},
		},
	}
}

// costQuestion is what arguments ask the API for.
type costQuestion struct {
	granularity bssapi.CostGranularity
	begin, end  time.Time
	// words are those of group_by, ascending. groups begin with what they stand for,
	// and end with what is asked for to filter by it, or to have anything to ask for.
	words        []string
	groups       []bssapi.CostGroup
	filters      []bssapi.CostFilter
	labelFilters []costLabelFilter
}

// costLabelFilter is a filter of a tag or cost unit.
type costLabelFilter struct {
	group   bssapi.CostGroup
	values  []string
	exclude bool
}

// question is what the arguments ask for, as far as they are known.
func (a *costArguments) question(ctx context.Context) (*costQuestion, diag.Diagnostics) {
	q := &costQuestion{}
	diags := q.setTime(a)

	words, more := knownTexts(ctx, a.GroupBy)
	diags.Append(more...)
	slices.Sort(words)

	for _, word := range words {
		if group, known := costGroupOf(word); known {
			q.words, q.groups = append(q.words, word), append(q.groups, group)
		}
	}

	if isKnown(a.Filters) {
		var blocks []costFilterModel

		diags.Append(a.Filters.ElementsAs(ctx, &blocks, false)...)

		for i, block := range blocks {
			diags.Append(q.addFilter(ctx, block, path.Root("filter").AtListIndex(i))...)
		}
	}

	diags.Append(q.checkGroups()...)

	if len(q.groups) == 0 {
		q.groups = []bssapi.CostGroup{{Type: bssapi.CostGroupDimension, Key: string(bssapi.CostServiceType)}}
	}

	return q, diags
}

// setTime reads the periods, which have to be of the form of the granularity.
func (q *costQuestion) setTime(a *costArguments) diag.Diagnostics {
	var diags diag.Diagnostics

	granularity, known := bssapi.CostGranularities.Code(a.Granularity.ValueString())
	if !known {
		return diags
	}

	q.granularity = granularity

	read := func(name string, argument types.String) time.Time {
		if !isKnown(argument) {
			return time.Time{}
		}

		at, err := time.Parse(granularity.Layout(), argument.ValueString())
		if err != nil {
			form := "YYYY-MM-DD"
			if granularity == bssapi.CostByMonth {
				form = "YYYY-MM"
			}

			diags.AddAttributeError(path.Root(name), "Invalid period",
				fmt.Sprintf("With granularity = %s, %s has the form %s, but is %s.", a.Granularity, name, form, argument))
		}

		return at
	}

	q.begin, q.end = read("begin", a.Begin), read("end", a.End)

	if a.End.IsNull() {
		q.end = q.begin
	}

	if !q.end.IsZero() && q.end.Before(q.begin) {
		diags.AddAttributeError(path.Root("end"), "Range ends before it begins",
			fmt.Sprintf("The last period, %s, is before the first, %s.", a.End.ValueString(), a.Begin.ValueString()))
	}

	return diags
}

func (q *costQuestion) addFilter(ctx context.Context, block costFilterModel, at path.Path) diag.Diagnostics {
	group, known := costGroupOf(block.By.ValueString())
	if !known || !isKnown(block.By) {
		return nil
	}

	values, diags := knownTexts(ctx, block.Values)
	slices.Sort(values)

	if isLabel(group) {
		q.labelFilters = append(q.labelFilters, costLabelFilter{group, values, block.Exclude.ValueBool()})

		if !slices.Contains(q.groups, group) {
			q.groups = append(q.groups, group)
		}

		return diags
	}

	filter := bssapi.CostFilter{Key: bssapi.CostDimension(group.Key), Exclude: block.Exclude.ValueBool()}

	for _, value := range values {
		code, err := costCode(filter.Key, value)
		if err != nil {
			diags.AddAttributeError(at.AtName("values"), "Invalid value of a filter", sentence(err.Error()))
		}

		filter.Values = append(filter.Values, code)
	}

	q.filters = append(q.filters, filter)

	return diags
}

// checkGroups refuses groups that the API does not take together.
func (q *costQuestion) checkGroups() diag.Diagnostics {
	counts := map[string]int{}
	for _, group := range q.groups {
		counts[group.Type]++
	}

	at, also := path.Root("group_by"), ""

	if len(q.groups) > len(q.words) {
		at, also = path.Root("filter"), " Tags and cost units that you filter by count."
	}

	var problem string

	switch {
	case counts[bssapi.CostGroupTag] > 1:
		problem = "The API groups by one tag at most."
	case counts[bssapi.CostGroupUnit] > 1:
		problem = "The API groups by one cost unit at most."
	case len(q.groups) > bssapi.MostCostGroups:
		problem = fmt.Sprintf("The API groups by %d at most.", bssapi.MostCostGroups)
	default:
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Too many groups", problem+also)}
}

// checkNow refuses periods that have not begun. The clock may be off by slack.
func (q *costQuestion) checkNow(now time.Time, slack time.Duration) diag.Diagnostics {
	name, period := "end", q.end
	if latest := now.Add(slack).In(bssapi.BillingZone).Format(q.granularity.Layout()); period.Format(q.granularity.Layout()) <= latest {
		return nil
	}

	if q.begin.Equal(q.end) {
		name = "begin"
	}

	return diag.Diagnostics{notBegun(name, "Period", q.granularity.Layout(), period, now)}
}

// final says whether the costs do not change any more.
func (q *costQuestion) final(at time.Time) bool { return billingMonths{q.begin, q.end}.final(at) }
