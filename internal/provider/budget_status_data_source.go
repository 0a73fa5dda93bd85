// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	_ "embed" // for the page
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// mostThreshold is the highest percent of a budget that can be asked for.
const mostThreshold = 1000

// usualThresholds are those of consoles.
var usualThresholds = []int64{50, 80, 100}

func newBudgetStatusDataSource() datasource.DataSource {
	return &dataSource[budgetStatusModel]{
		name: "budget_status", calls: []string{"list_resource_records", "list_resources", "get_renewal_price"},
		schema: schema.Schema{
			MarkdownDescription: strings.TrimSpace(budgetStatusDescription),
			Attributes:          joined(budgetArguments(), renewalRuleArguments(), budgetAnswers()),
		},
		validate: func(_ context.Context, model *budgetStatusModel) diag.Diagnostics {
			return model.bill().validate(billsKept)
		},
		read: readBudgetStatus,
	}
}

//go:embed budget_status_description.md
var budgetStatusDescription string

func budgetArguments() map[string]schema.Attribute {
	whose := billArgumentAttributes(billResource, billsKept)

	return map[string]schema.Attribute{
		"month": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "The month (UTC+8), as `YYYY-MM`. Bills are kept for three years. Default: the month of `as_of`.",
			Validators:          []validator.String{isBillingMonth},
		},
		"budget": schema.NumberAttribute{
			Required: true, MarkdownDescription: "What the month may cost, in `currency`.", Validators: []validator.Number{notNegative{}},
		},
		"currency": schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: "Currency of the budget, such as `USD`. A bill in another one is an error. Default: that of the bill, or of " +
				"the renewals if there is no bill yet; null without both.",
			Validators: []validator.String{trimmed{maxNameLength}},
		},
		"enterprise_project_id": whose["enterprise_project_id"],
		"service_type_code":     codeArgument("Only this service, such as `hws.service.type.ec2`."),
		"scope":                 whose["scope"],
		"member_id":             idArgument("Customer id of the member account. Required with `scope = \"member\"`, and only used with it."),
		"tag": schema.SingleNestedAttribute{
			Optional: true,
			MarkdownDescription: "Only lines of resources with this tag. Lines whose tags cannot be read for certain are left out, and counted " +
				"in `unreadable_tag_count`.",
			Attributes: map[string]schema.Attribute{
				"key":   requiredText("Key of the tag.", trimmed{maxTagKeyLength}),
				"value": requiredText("Its value.", stringvalidator.LengthAtLeast(1)),
			},
		},
		"thresholds": schema.SetAttribute{
			Optional: true, ElementType: types.Int64Type,
			MarkdownDescription: fmt.Sprintf("Percents of the budget to watch, 1 to %d. Default: 50, 80 and 100.", mostThreshold),
			Validators: []validator.Set{
				setvalidator.NoNullValues(), setvalidator.ValueInt64sAre(int64validator.Between(1, mostThreshold)),
			},
		},
		"include_renewals": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Set to `false` to read the bill alone: `renewals_amount` is then null, and only the permission for the bill " +
				"is needed. Default: `true`.",
		},
		"as_of": asOfArgument(
			"The time that the answer is for, not later than now. Lines of later days do not count, and `renewals_amount` is null for another " +
				"day than today.",
		),
	}
}

func budgetAnswers() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"actual_amount":         computedNumber("Cost of the month so far, as billed; exact, with up to eight decimals."),
		"booked_amount":         computedNumber("Part of `actual_amount` that is not pay-per-use. It is not projected."),
		"pay_per_use_amount":    computedNumber("Part of `actual_amount` that is pay-per-use."),
		"days_counted":          computedInt("Number of days, from the first of the month on, that the projection counts."),
		"days_left":             computedInt("Number of days of the month that it does not count."),
		"counted_until":         computedString("Last day that counts, as `YYYY-MM-DD`; null if none does."),
		"counted_amount":        computedNumber("Pay-per-use of the days that count."),
		"run_amount":            computedNumber("Projected pay-per-use of the days that are left; null if no day counts."),
		"renewals_amount":       computedNumber("Automatic renewals until the month ends; 0 once it is over. Null in the cases above."),
		"expected_amount":       computedNumber("Expected cost of the whole month; null if a part of it is not known."),
		"known_expected_amount": computedNumber("`expected_amount`, where each part that is not known counts as 0. Never null."),
		"used_percent": computedNumber(
			"`actual_amount` in percent of the budget, rounded half away from zero to two decimals; null if the budget is 0.",
		),
		"expected_percent": computedNumber(
			"`expected_amount` in percent of the budget, rounded likewise; null if it is not known, or the budget is 0.",
		),
		"left_amount": computedNumber("The budget less `actual_amount`; negative if that is more."),
		"passed_thresholds": schema.ListAttribute{
			Computed: true, ElementType: types.Int64Type,
			MarkdownDescription: "Thresholds that `actual_amount` is above, ascending. Compared exactly, not by the rounded percent.",
		},
		"expected_thresholds": schema.ListAttribute{
			Computed: true, ElementType: types.Int64Type,
			MarkdownDescription: "Thresholds that `known_expected_amount` is above, ascending.",
		},
		"over_budget": computedBool("Whether `actual_amount` is more than the budget."),
		"expected_over_budget": computedBool(
			"Whether the expected cost is more than the budget. `true` as soon as `known_expected_amount` is more; otherwise null if a part " +
				"is not known.",
		),
		"unreadable_tag_count": computedInt("Number of lines whose tags cannot be read for certain; null without `tag`."),
		"final": computedBool(
			"Whether the bill does not change any more, as of `as_of`: from 12:00 (UTC+8) of the 4th of the next month.",
		),
		"complete":           computedBool("Whether everything is known."),
		"incomplete_reasons": computedStrings("What is not known, and why. Empty if `complete`."),
	}
}

func readBudgetStatus(ctx context.Context, services *services, model *budgetStatusModel) diag.Diagnostics {
	read, diags := readBudgetMonth(ctx, services.client, model)
	if diags.HasError() {
		return diags
	}

	renewals, diags := model.renewals(ctx, services.client, read)
	if diags.HasError() {
		return diags
	}

	diags.Append(model.show(ctx, read, renewals)...)

	return diags
}

// budgetMonth is a month of which the bill was read.
type budgetMonth struct {
	billingMonths

	// at is the time that the answer is for, and now the clock of the API.
	at, now time.Time
	lines   budgetLines
}

// over says whether the month was over.
func (m budgetMonth) over() bool { return !m.at.Before(m.ends()) }

// ends is when the month ends.
func (m budgetMonth) ends() time.Time {
	return time.Date(m.begin.Year(), m.begin.Month()+1, 1, 0, 0, 0, 0, bssapi.BillingZone)
}

func (m budgetMonth) days() int { return m.begin.AddDate(0, 1, -1).Day() }

// lateness is how late a line can be.
const lateness = 24 * time.Hour

// clockAhead is how far the clock of a machine that says as_of may be ahead.
const clockAhead = time.Hour

// counted is how many days had been over for so long that no line was missing.
func (m budgetMonth) counted() int {
	if m.over() {
		return m.days()
	}

	whole := m.at.Add(-lateness).In(bssapi.BillingZone)
	if whole.Format(bssapi.MonthLayout) != m.begin.Format(bssapi.MonthLayout) {
		return 0
	}

	return whole.Day() - 1
}

// check refuses a month that has not begun, or whose bill is gone.
func (m budgetMonth) check(slack int) diag.Diagnostics {
	var diags diag.Diagnostics

	at := path.Root("month")

	for _, found := range m.checkNow(m.now, slack, billsKept) {
		diags.Append(atArgument(at, found))
	}

	if latest := m.at.AddDate(0, slack, 0).In(bssapi.BillingZone); !diags.HasError() &&
		m.begin.Format(bssapi.MonthLayout) > latest.Format(bssapi.MonthLayout) {
		diags.Append(notBegun("month", "Month", bssapi.MonthLayout, m.begin, m.at))
	}

	return diags
}

// readBudgetMonth reads the bill of the month: of that of the clock, if none is
// said. Before the first answer of the API, its clock is that of this machine, and
// may show another month.
func readBudgetMonth(ctx context.Context, client *bssapi.Client, model *budgetStatusModel) (budgetMonth, diag.Diagnostics) {
	month, diags := model.month(client)
	if diags.HasError() {
		return month, diags
	}

	if diags := month.check(clockMonths); diags.HasError() {
		return month, diags
	}

	bill, err := model.ask(ctx, client, month)

	told, diags := model.month(client)
	if diags.HasError() {
		return month, diags
	}

	if diags := told.check(0); diags.HasError() {
		return month, diags
	}

	if told.at.After(told.now.Add(clockAhead)) {
		return month, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("as_of"), "Time is in the future",
			fmt.Sprintf("as_of is %s, and it is %s by the clock of the API. What later days cost is not known yet.",
				told.at.Format(time.RFC3339), told.now.Format(time.RFC3339)))}
	}

	if !told.begin.Equal(month.begin) {
		bill, err = model.ask(ctx, client, told)
	}

	if err == nil {
		told.lines, err = addUpBudgetLines(bill, model.tag(ctx), told)
	}

	if err != nil {
		return month, diag.Diagnostics{apiDiagnostic("list the resource records of "+told.begin.Format(bssapi.MonthLayout), err)}
	}

	_, diags = asOf(&model.AsOf, client)
	model.Month = types.StringValue(told.begin.Format(bssapi.MonthLayout))
	diags.Append(model.checkCurrency(bill.Currency, "the bill")...)

	return told, diags
}
