// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
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
			MarkdownDescription: budgetStatusDescription,
			Attributes:          joined(budgetArguments(), renewalRuleArguments(), budgetAnswers()),
		},
		validate: func(_ context.Context, model *budgetStatusModel) diag.Diagnostics {
			return model.bill().validate(billsKept)
		},
		read: readBudgetStatus,
	}
}

const budgetStatusDescription = "How much of a budget a month has used, and how much it is expected to use: for a " +
	"`check` that warns, or " +
	"a `postcondition` that fails. No call of the API answers that; this is computed from the daily lines of the bill, as " +
	"`bss_resource_records` has them, and from the renewals that are still to come.\n\n" +
	"**The rule.** `actual_amount` is `booked_amount` and `pay_per_use_amount`, by `charge_mode`: pay-per-use is what the bill calls " +
	"`pay_per_use`, its refunds included, and everything else is booked, such as yearly/monthly orders and renewals, " +
	"reserved instances, " +
	"savings plans, and modes that nobody knows yet. Only pay-per-use goes on as it did:\n\n" +
	"- A day counts once it has been over for 24 hours, as lines can be that late: on the 15th, the 13 days up to " +
	"the 13th. `days_counted` is how " +
	"many, `days_left` the rest of the month, and `counted_amount` the pay-per-use of the days that count.\n" +
	"- `run_amount` = `counted_amount` × `days_left` ÷ `days_counted`, rounded half away from zero to eight " +
	"decimals. On the first two days of a month " +
	"no day counts, and it is null: the month before says nothing of this one.\n" +
	"- `expected_amount` = `booked_amount` + `renewals_amount` + `counted_amount` + `run_amount`. What the bill " +
	"already has of the days " +
	"that are left is within `run_amount`, or in its place if it is more, so that `expected_amount` is never less " +
	"than what is billed and to be " +
	"renewed.\n" +
	"- Once the month is over, each day counts, and `expected_amount` is `actual_amount`. `final` says whether lines " +
	"can still come in.\n\n" +
	"**By hand.** On 15 November, the bill has 100 booked, and 130 of pay-per-use up to the 13th: `days_counted` is 13, `days_left` 17, " +
	"and `run_amount` 130 × 17 ÷ 13 = 170. The 14th has 8 more already, which are part of the 170. A renewal of 125 is still to come: " +
	"`actual_amount` is 238, and `expected_amount` 100 + 125 + 130 + 170 = 525.\n\n" +
	"**Renewals.** `renewals_amount` is what automatic renewals will be charged from `as_of` until the month ends, " +
	"by these rules: at 03:00 (UTC+8), " +
	"`deduction_days_before` days before the day of expiry, for one period of the price that `bss_renewal_price` says, with what " +
	"is attached to a resource, without coupons. A renewal of the last 24 hours may be in neither, as its line can " +
	"be that late. What an expiry turns pay-per-use, " +
	"what is bought and what is unsubscribed later is in no number.\n\n" +
	"**What is not known is null**, and `incomplete_reasons` says why. `known_expected_amount` counts what is known, " +
	"and always has a value: the " +
	"month will cost that much by what is seen now, or more.\n\n" +
	"**What it takes.** A call for each 1,000 lines, which are one for each resource and day, and one for the prices " +
	"of each 10 resources that renew."

func budgetArguments() map[string]schema.Attribute {
	whose := billArgumentAttributes(billResource, billsKept)

	return map[string]schema.Attribute{
		"month": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "The month, as `YYYY-MM`. Months and days of bills are in UTC+8. Bills are kept for three " +
				"years. Default: the " +
				"month of `as_of`.",
			Validators: []validator.String{isBillingMonth},
		},
		"budget": schema.NumberAttribute{
			Required: true, MarkdownDescription: "What the month may cost.", Validators: []validator.Number{notNegative{}},
		},
		"currency": schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: "Currency of the budget, such as `USD`: a bill in another one is an error. If unset, it " +
				"is that of the bill, or of " +
				"the renewals if there is none yet; null without both.",
			Validators: []validator.String{trimmed{maxNameLength}},
		},
		"enterprise_project_id": whose["enterprise_project_id"],
		"service_type_code":     codeArgument("Only this service, such as `hws.service.type.ec2`."),
		"scope":                 whose["scope"],
		"member_id": idArgument("Customer id of the member account. Required with `scope = \"member\"`, and " +
			"only used with it."),
		"tag": schema.SingleNestedAttribute{
			Optional: true,
			MarkdownDescription: "Only lines of resources with this tag. The vendor does not document how lines write " +
				"tags: what cannot be read without a " +
				"guess is left out and counted in `unreadable_tag_count`.",
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
			MarkdownDescription: "Set to `false` not to ask for resources and prices, which needs the permission for the " +
				"bill alone. `renewals_amount` is then " +
				"null. Default: `true`.",
		},
		"as_of": asOfArgument(
			"The time that the answer is for, not a later one than now: lines of later days do not count. Which resources renew is known as " +
				"of today only, " +
				"so that `renewals_amount` is null on another day of a month that was not over.",
		),
	}
}

func budgetAnswers() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"actual_amount":      computedNumber("What the bill of the month has so far; exact, with up to eight decimals."),
		"booked_amount":      computedNumber("What of it is not pay-per-use, and does not go on."),
		"pay_per_use_amount": computedNumber("What of it is pay-per-use."),
		"days_counted":       computedInt("How many days count for the run of pay-per-use, from the first of the month on."),
		"days_left":          computedInt("How many days of the month do not count."),
		"counted_until":      computedString("The last day that counts, as `YYYY-MM-DD`; null if none does."),
		"counted_amount":     computedNumber("Pay-per-use of the days that count."),
		"run_amount": computedNumber("Pay-per-use of the days that are left, if they are like those that count; " +
			"null if none does."),
		"renewals_amount": computedNumber(
			"What automatic renewals will be charged until the month ends; 0 once it is over. Null if a price is missing, with " +
				"`include_renewals = false`, with a tag, a member or `not_allocated`, and if the bill has lines of several accounts: " +
				"the API shows resources of the account alone, and no tags.",
		),
		"expected_amount":       computedNumber("What the whole month is expected to cost; null if a part of it is not known."),
		"known_expected_amount": computedNumber("The same by what is known: a part that is not counts as nothing."),
		"used_percent": computedNumber(
			"`actual_amount` in percent of the budget, rounded half away from zero to two decimals; null if the budget is 0.",
		),
		"expected_percent": computedNumber("`expected_amount` in percent of the budget, likewise; null if it is not known."),
		"left_amount":      computedNumber("The budget less `actual_amount`; negative if that is more."),
		"passed_thresholds": schema.ListAttribute{
			Computed:    true,
			ElementType: types.Int64Type,
			MarkdownDescription: "Those of `thresholds` that `actual_amount` is above, in ascending order. It is compared " +
				"exactly, not by the rounded percent.",
		},
		"expected_thresholds": schema.ListAttribute{
			Computed: true, ElementType: types.Int64Type,
			MarkdownDescription: "Those that `known_expected_amount` is above, in ascending order.",
		},
		"over_budget": computedBool("Whether `actual_amount` is more than the budget."),
		"expected_over_budget": computedBool(
			"Whether the month is expected to cost more than the budget. Null if that is not known; it is `true` as soon as " +
				"what is known is too much.",
		),
		"unreadable_tag_count": computedInt("How many lines have tags that cannot be read without a guess; null without `tag`."),
		"final": computedBool(
			"Whether the bill does not change any more, as of `as_of`: from 12:00 (UTC+8) of the 4th of the next month.",
		),
		"complete":           computedBool("Whether everything is known."),
		"incomplete_reasons": computedStrings("What is not known, and why. Empty if the answer is complete."),
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
