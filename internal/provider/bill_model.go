// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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
}

// lineArguments are those of the bills whose rows are single lines.
type lineArguments struct {
	RegionCode         types.String `tfsdk:"region_code"`
	ChargeMode         types.String `tfsdk:"charge_mode"`
	BillType           types.String `tfsdk:"bill_type"`
	IncludeZeroRecords types.Bool   `tfsdk:"include_zero_records"`
	BillDateBegin      types.String `tfsdk:"bill_date_begin"`
	BillDateEnd        types.String `tfsdk:"bill_date_end"`
}

// billResults are what every bill tells beside its rows.
type billResults struct {
	Months        []string       `tfsdk:"months"`
	Currency      types.String   `tfsdk:"currency"`
	TotalCount    types.Int64    `tfsdk:"total_count"`
	Total         *billTotal     `tfsdk:"total"`
	GroupedTotals []groupedTotal `tfsdk:"grouped_totals"`
}

// notAllocated is what belongs to no enterprise project.
const notAllocated = "not_allocated"

// billSchema is the schema of a bill: what every bill has, and the attributes
// of this one.
func billSchema(description string, groupKeys []string, own ...map[string]schema.Attribute) schema.Schema {
	attributes := map[string]schema.Attribute{
		"month_begin": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "The first month to read, as `YYYY-MM`. Months and days of bills are those of UTC+8. Bills are kept " +
				"for three years.",
			Validators: []validator.String{isBillingMonth},
		},
		"month_end": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "The last month to read, which is in the range; `month_begin` where it is left out.",
			Validators:          []validator.String{isBillingMonth},
		},
		"service_type_code": schema.StringAttribute{
			Optional: true, MarkdownDescription: "Only this service, such as `hws.service.type.ec2`.",
			Validators: []validator.String{trimmed{maxNameLength}},
		},
		"enterprise_project_id": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Only this enterprise project; `0` is the default one, and `" + notAllocated + "` is what belongs to none.",
			Validators:          []validator.String{isID, stringvalidator.NoneOf("null")},
		},
		"scope": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Whose bill: that of the account and, if it is a master, of its members (`all`, where it is left out), of " +
				"the account alone (`own`), or of one member (`member`).",
			Validators: []validator.String{oneOf(bssapi.BillMethods)},
		},
		"member_id": schema.StringAttribute{
			Optional: true, MarkdownDescription: "The member account (customer id) that `scope = \"member\"` is about.",
			Validators: []validator.String{isID},
		},
		"group_by": schema.SetAttribute{
			Optional:            true,
			ElementType:         types.StringType,
			MarkdownDescription: "What `grouped_totals` are grouped by, any of " + listOf(groupKeys) + ".",
			Validators: []validator.Set{
				setvalidator.SizeAtLeast(1),
				setvalidator.NoNullValues(),
				setvalidator.ValueStringsAre(stringvalidator.OneOf(groupKeys...)),
			},
		},
		"include_rows": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "`false` leaves the rows out, for the totals of many: the state of thousands of rows costs Terraform more " +
				"time and memory than reading them does.",
		},
		"months":      computedStrings("The months that were read, in ascending order."),
		"currency":    computedString("Currency of all amounts; null where there are no rows."),
		"total_count": computedInt("How many rows were read."),
		"total": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "Exact sums of all rows of all months. What no row has is null; where there are no rows, the sums are 0.",
			Attributes:          totalAttributes(),
		},
		"grouped_totals": computedList("Exact sums by what `group_by` says, null without it. What costs most comes first. What the totals "+
			"are not grouped by is null.", groupedTotalAttributes()),
	}

	for _, more := range own {
		maps.Copy(attributes, more)
	}

	return schema.Schema{MarkdownDescription: description, Attributes: attributes}
}

// lineArgumentAttributes are those of lineArguments.
func lineArgumentAttributes() map[string]schema.Attribute {
	day := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: []validator.String{isBillingDay}}
	}

	return map[string]schema.Attribute{
		"region_code": schema.StringAttribute{
			Optional: true, MarkdownDescription: "Only this region, such as `ap-southeast-1`.",
			Validators: []validator.String{trimmed{maxNameLength}},
		},
		"charge_mode": wordArgument("Only what is paid for in this way: %s.", bssapi.ChargeModes),
		"bill_type":   wordArgument("Only rows of this type: %s. Not every site has each of them.", bssapi.BillTypes),
		"include_zero_records": schema.BoolAttribute{
			Optional: true, MarkdownDescription: "Whether rows with nothing to pay come too.",
		},
		"bill_date_begin": day("The first day to read, as `YYYY-MM-DD`. Days go together, and with a single month, which they are in."),
		"bill_date_end":   day("The last day to read, which is in the range."),
	}
}

func totalAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"row_count": computedInt("How many rows."),
		"consume_amount": computedNumber("What there is to pay, refunds taken off: the list price less discounts and truncation, whether " +
			"it is paid in cash, by credit, by coupons or cards, or still owed."),
		"official_amount":             computedNumber("List price."),
		"discount_amount":             computedNumber("What discounts take off the list price."),
		"truncated_amount":            computedNumber("What rounding takes off."),
		"cash_amount":                 computedNumber("Paid in cash."),
		"credit_amount":               computedNumber("Paid by credit."),
		"coupon_amount":               computedNumber("Paid by cash coupons."),
		"flexipurchase_coupon_amount": computedNumber("Paid by flexi-purchase coupons."),
		"stored_value_card_amount":    computedNumber("Paid by stored-value cards."),
		"bonus_amount":                computedNumber("Paid from bonus money."),
		"debt_amount":                 computedNumber("Owed; with monthly settlement, what is to be settled."),
		"writeoff_amount":             computedNumber("Owed once and written off."),
	}
}

func groupedTotalAttributes() map[string]schema.Attribute {
	attributes := totalAttributes()

	maps.Copy(attributes, map[string]schema.Attribute{
		"month":                   computedString("Month, as `YYYY-MM`."),
		"service_type_code":       computedString("Code of the service."),
		"service_type_name":       computedString("Name of the service."),
		"region_code":             computedString("Code of the region."),
		"region_name":             computedString("Name of the region."),
		"enterprise_project_id":   computedString("Id of the enterprise project; `0` is the default one, null is none."),
		"enterprise_project_name": computedString("Name of the enterprise project."),
		"resource_id":             computedString("Id of the resource, that of the cloud service itself; null for what is no resource's."),
		"resource_name":           computedString("Name of the resource, the last one that it had."),
		"charge_mode":             computedString("How it is paid for, as in `charge_mode` of the rows."),
		"bill_type":               computedString("What it is for, as in `bill_type` of the rows."),
	})

	return attributes
}

// withAmounts adds the amounts that a row has.
func withAmounts(attributes map[string]schema.Attribute, names ...string) map[string]schema.Attribute {
	for name, attribute := range totalAttributes() {
		if slices.Contains(names, name) {
			attributes[name] = attribute
		}
	}

	return attributes
}

// months are the months to read; false where they are not known or malformed,
// of which the schema says more.
func (a billArguments) months() (billingMonths, bool) {
	begin, err := time.Parse(billingMonthLayout, a.MonthBegin.ValueString())
	if err != nil {
		return billingMonths{}, false
	}

	if a.MonthEnd.IsNull() {
		return billingMonths{begin, begin}, true
	}

	end, err := time.Parse(billingMonthLayout, a.MonthEnd.ValueString())

	return billingMonths{begin, end}, err == nil
}

func (a billArguments) validate() diag.Diagnostics {
	var diags diag.Diagnostics

	if months, known := a.months(); known {
		diags.Append(months.check()...)
	}

	if a.Scope.IsUnknown() || a.MemberID.IsUnknown() {
		return diags
	}

	switch member := a.Scope.ValueString() == bssapi.BillMethods[bssapi.BillMethodSubCustomer]; {
	case member && a.MemberID.IsNull():
		diags.AddAttributeError(path.Root("member_id"), "No member account", "scope is member, which takes a member_id.")
	case !member && !a.MemberID.IsNull():
		diags.AddAttributeError(path.Root("member_id"), "Member account without effect", "member_id goes with scope = \"member\" alone.")
	}

	return diags
}

// validate checks the days, which go with any statistic but that by cycle.
func (a lineArguments) validate(bill billArguments, statistic types.String) diag.Diagnostics {
	var diags diag.Diagnostics

	begin, end := path.Root("bill_date_begin"), path.Root("bill_date_end")

	switch {
	case a.BillDateBegin.IsUnknown() || a.BillDateEnd.IsUnknown(), a.BillDateBegin.IsNull() && a.BillDateEnd.IsNull():
		return diags
	case a.BillDateBegin.IsNull():
		diags.AddAttributeError(begin, "No first day", "The API leaves one day out of account without the other.")

		return diags
	case a.BillDateEnd.IsNull():
		diags.AddAttributeError(end, "No last day", "The API leaves one day out of account without the other.")

		return diags
	case statistic.ValueString() == bssapi.StatisticTypes.Word(bssapi.StatisticTypeCycle):
		diags.AddAttributeError(
			begin,
			"Days of a bill by cycle",
			"With statistic_type = \"cycle\" a row sums up a whole month, so that days have no effect.",
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
		diags.AddAttributeError(begin, "Days of several months", "Days go with a single month. Leave month_end out, or the days.")

		return diags
	}

	for at, day := range map[string]types.String{"bill_date_begin": a.BillDateBegin, "bill_date_end": a.BillDateEnd} {
		date, err := time.Parse(time.DateOnly, day.ValueString())
		if err == nil && date.Format(billingMonthLayout) != bill.MonthBegin.ValueString() {
			diags.AddAttributeError(path.Root(at), "Day of another month",
				fmt.Sprintf("%s is not in the month %s.", day.ValueString(), bill.MonthBegin.ValueString()))
		}
	}

	return diags
}

// mode is the charge mode as the API calls it, 0 for all; the validator knows
// the words.
func (a lineArguments) mode() bssapi.ChargeMode {
	mode, _ := bssapi.ChargeModes.Code(a.ChargeMode.ValueString())

	return mode
}

// kind is the bill type as the API calls it, 0 for all.
func (a lineArguments) kind() bssapi.BillType {
	kind, _ := bssapi.BillTypes.Code(a.BillType.ValueString())

	return kind
}

// method is the scope as the API calls it, for a request.
func (a billArguments) method() string {
	method, known := bssapi.BillMethods.Code(a.Scope.ValueString())
	if !known {
		return bssapi.BillMethodAll
	}

	return method
}

// project is the filter of enterprise projects, in which none is written in
// different ways.
func (a billArguments) project(none string) string {
	if id := a.EnterpriseProjectID.ValueString(); id != notAllocated {
		return id
	}

	return none
}

// noProject is how all bills but the monthly sums write that something belongs
// to no enterprise project.
const noProject = "null"

// allocated is an enterprise project of a row.
func allocated(id, name string) coded {
	if id == noProject || id == "" {
		return coded{}
	}

	return coded{id, name}
}

// rows says whether the rows are wanted.
func (a billArguments) rows() bool { return a.IncludeRows.IsNull() || a.IncludeRows.ValueBool() }

// readBills reads the bills of all months, and adds up their rows. The
// functions ask for the bill of a month, tell what a row of it has in common
// with those of all bills, and what it shows; nil items are not wanted. What it
// answers is whole, or an error.
func readBills[Row, Item any](ctx context.Context, client *bssapi.Client, doing string, arguments *billArguments,
	ask func(ctx context.Context, month string) (*bssapi.Bill[Row], error), line func(Row) billLine, show func(*billLine, Row) Item,
) ([]Item, billResults, diag.Diagnostics) {
	var keys []string

	diags := arguments.GroupBy.ElementsAs(ctx, &keys, false)
	months, _ := arguments.months()
	diags.Append(months.check()...)
	diags.Append(months.checkNow(client.Now(), clockMonths)...)

	if diags.HasError() {
		return nil, billResults{}, diags
	}

	sums := newBillSums(keys)
	results := billResults{Months: months.cycles()}

	var items []Item
	if arguments.rows() {
		items = []Item{}
	}

	for _, month := range results.Months {
		bill, err := ask(ctx, month)

		// The answer, of whichever kind, has told the time of the API.
		if diags := months.checkNow(client.Now(), 0); diags.HasError() {
			return nil, billResults{}, diags
		}

		if err != nil {
			return nil, billResults{}, diag.Diagnostics{apiDiagnostic(doing+" of "+month, err)}
		}

		for row, err := range bill.Rows {
			if err != nil {
				return nil, billResults{}, diag.Diagnostics{apiDiagnostic(doing+" of "+month, err)}
			}

			one := line(row)
			one.month = month

			if one.measureID != 0 && one.measureID != 1 {
				return nil, billResults{}, diag.Diagnostics{unknownMeasure(doing, month, one.measureID)}
			}

			sums.add(one)

			if items != nil {
				items = append(items, show(&one, row))
			}
		}

		if bill.TotalCount == 0 {
			continue
		}

		if results.TotalCount.IsNull() {
			results.Currency = textValue(bill.Currency)
		} else if results.Currency != textValue(bill.Currency) {
			return nil, billResults{}, diag.Diagnostics{mixedCurrencies(doing, month, results.Currency, bill.Currency)}
		}

		results.TotalCount = types.Int64Value(sums.all.count)
	}

	results.TotalCount = types.Int64Value(sums.all.count)

	total := sums.all.total()
	results.Total = &total

	if len(keys) > 0 {
		results.GroupedTotals = sums.grouped()
	}

	arguments.Scope = types.StringValue(bssapi.BillMethods.Word(arguments.method()))

	return items, results, nil
}

// unknownMeasure refuses amounts that are not in the base unit of a currency.
func unknownMeasure(doing, month string, measure int) diag.Diagnostic {
	return diag.NewErrorDiagnostic(
		"Could not "+doing+" of "+month,
		fmt.Sprintf(
			"The amounts of a row are in the unit %d. Only unit 1, that of the currency itself, is known, so that no sum would be sure.",
			measure,
		),
	)
}

// mixedCurrencies refuses to add up different currencies.
func mixedCurrencies(doing, month string, before types.String, currency string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(
		"Could not "+doing+" of "+month,
		fmt.Sprintf(
			"Its currency is %q, and that of the months before it %q. Amounts of different currencies have no sum: read these months apart.",
			currency,
			before.ValueString(),
		),
	)
}
