// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/outlook"
)

type budgetStatusModel struct {
	renewalRules

	Month               types.String `tfsdk:"month"`
	Budget              types.Number `tfsdk:"budget"`
	Currency            types.String `tfsdk:"currency"`
	EnterpriseProjectID types.String `tfsdk:"enterprise_project_id"`
	ServiceTypeCode     types.String `tfsdk:"service_type_code"`
	Scope               types.String `tfsdk:"scope"`
	MemberID            types.String `tfsdk:"member_id"`
	Tag                 types.Object `tfsdk:"tag"`
	Thresholds          types.Set    `tfsdk:"thresholds"`
	IncludeRenewals     types.Bool   `tfsdk:"include_renewals"`
	AsOf                types.String `tfsdk:"as_of"`

	ActualAmount        *big.Float  `tfsdk:"actual_amount"`
	BookedAmount        *big.Float  `tfsdk:"booked_amount"`
	PayPerUseAmount     *big.Float  `tfsdk:"pay_per_use_amount"`
	DaysCounted         *int64      `tfsdk:"days_counted"`
	DaysLeft            *int64      `tfsdk:"days_left"`
	CountedUntil        *string     `tfsdk:"counted_until"`
	CountedAmount       *big.Float  `tfsdk:"counted_amount"`
	RunAmount           *big.Float  `tfsdk:"run_amount"`
	RenewalsAmount      *big.Float  `tfsdk:"renewals_amount"`
	ExpectedAmount      *big.Float  `tfsdk:"expected_amount"`
	KnownExpectedAmount *big.Float  `tfsdk:"known_expected_amount"`
	UsedPercent         *big.Float  `tfsdk:"used_percent"`
	ExpectedPercent     *big.Float  `tfsdk:"expected_percent"`
	LeftAmount          *big.Float  `tfsdk:"left_amount"`
	PassedThresholds    []int64     `tfsdk:"passed_thresholds"`
	ExpectedThresholds  []int64     `tfsdk:"expected_thresholds"`
	OverBudget          *bool       `tfsdk:"over_budget"`
	ExpectedOverBudget  *bool       `tfsdk:"expected_over_budget"`
	UnreadableTagCount  types.Int64 `tfsdk:"unreadable_tag_count"`
	Final               *bool       `tfsdk:"final"`
	Complete            *bool       `tfsdk:"complete"`
	IncompleteReasons   []*string   `tfsdk:"incomplete_reasons"`
}

// budgetTag is the tag of a budget.
type budgetTag struct {
	Key   string `tfsdk:"key"`
	Value string `tfsdk:"value"`
}

// bill are the arguments that the bill takes, as every bill has them.
func (m *budgetStatusModel) bill() billArguments {
	return billArguments{
		MonthBegin: m.Month, EnterpriseProjectID: m.EnterpriseProjectID, ServiceTypeCode: m.ServiceTypeCode, Scope: m.Scope, MemberID: m.MemberID,
	}
}

// tag is the tag of the budget, nil if it has none. Its form is checked.
func (m *budgetStatusModel) tag(ctx context.Context) *budgetTag {
	var (
		diags diag.Diagnostics
		tag   = objectAs[budgetTag](ctx, m.Tag, &diags)
	)

	if tag.Key == "" {
		return nil
	}

	return &tag
}

// month is the month that the arguments and the clock of the API say.
func (m *budgetStatusModel) month(client *bssapi.Client) (budgetMonth, diag.Diagnostics) {
	now := client.Now().UTC().Truncate(time.Second)
	month := budgetMonth{at: now, now: now}

	if !m.AsOf.IsNull() {
		var diags diag.Diagnostics
		if month.at, diags = timeOf(m.AsOf); diags.HasError() {
			return month, diags
		}
	}

	months, said := m.bill().months()
	if !said {
		at := month.at.In(bssapi.BillingZone)
		months.begin = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
		months.end = months.begin
	}

	month.billingMonths = months

	return month, nil
}

func (m *budgetStatusModel) ask(
	ctx context.Context,
	client *bssapi.Client,
	month budgetMonth,
) (*bssapi.Bill[bssapi.ResourceRecord], error) {
	bill := m.bill()
	m.Scope = types.StringValue(bssapi.BillMethods.Word(bill.method()))

	return client.ListResourceRecords(ctx, bssapi.ListResourceRecordsRequest{
		Cycle:               month.begin.Format(bssapi.MonthLayout),
		CloudServiceType:    m.ServiceTypeCode.ValueString(),
		EnterpriseProjectID: bill.project(noProject),
		Method:              bill.method(),
		SubCustomerID:       m.MemberID.ValueString(),
		StatisticType:       bssapi.StatisticTypeDay,
	})
}

// checkCurrency refuses amounts in another currency than the budget, and writes
// theirs if it has none.
func (m *budgetStatusModel) checkCurrency(currency, of string) diag.Diagnostics {
	switch {
	case currency == "" || currency == m.Currency.ValueString():
		return nil
	case m.Currency.IsNull():
		m.Currency = types.StringValue(currency)

		return nil
	default:
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("currency"), "Budget in another currency",
			fmt.Sprintf("The budget is in %s, and %s is in %s. Give the budget in that currency.",
				m.Currency.ValueString(), of, currency))}
	}
}

// budgetLines are the sums of a bill.
type budgetLines struct {
	booked, used, later bssapi.Sum
	accounts            map[string]bool
	// undated are lines of pay-per-use without a day, and unreadable those whose tags
	// cannot be read.
	undated, unreadable int64
	// unpriced are lines that name no amount.
	unpriced int64
}

func addUpBudgetLines(bill *bssapi.Bill[bssapi.ResourceRecord], tag *budgetTag, month budgetMonth) (budgetLines, error) {
	lines := budgetLines{accounts: map[string]bool{}}
	tags := tagReader{}
	last, whole := billingDayOf(month.at), month.begin.AddDate(0, 0, month.counted()-1).Format(time.DateOnly)

	for row, err := range bill.Rows {
		if err != nil {
			return lines, err
		}

		line := resourceRecordLine(row)
		if err := bssapi.CheckUnit(line.measureID); err != nil {
			return lines, err
		}

		day := line.day()
		if day > last {
			continue
		}

		if tag != nil {
			found := tags.read(line.tags)
			if !found.readable {
				lines.unreadable++
			}

			if found.values[tag.Key] != tag.Value {
				continue
			}
		}

		lines.accounts[line.account.code] = true

		amount := line.amounts[consumeAmount]
		if amount.IsNull() {
			lines.unpriced++
		}

		switch {
		case row.ChargeMode != bssapi.ChargeModeOnDemand:
			lines.booked.Add(amount)
		case day == "":
			lines.undated++
			lines.later.Add(amount)
		case day <= whole:
			lines.used.Add(amount)
		default:
			lines.later.Add(amount)
		}
	}

	return lines, nil
}

// missing is why the lines do not say all.
func (l budgetLines) missing(run bssapi.Decimal) []string {
	var reasons []string

	if run.IsNull() {
		reasons = append(reasons, "pay-per-use: no day of the month has been over for 24 hours, so that there is no run")
	}

	if l.undated > 0 {
		reasons = append(reasons, fmt.Sprintf("pay-per-use: %d lines have no day, and are not in the run", l.undated))
	}

	if l.unreadable > 0 {
		reasons = append(reasons, fmt.Sprintf("tags: those of %d lines cannot be read, and what they cost is in no amount", l.unreadable))
	}

	if l.unpriced > 0 {
		reasons = append(reasons, fmt.Sprintf("amounts: %d lines name no amount, and are in none", l.unpriced))
	}

	return reasons
}

// billingDayOf is the day of a time in the calendar of bills.
func billingDayOf(at time.Time) string { return at.In(bssapi.BillingZone).Format(time.DateOnly) }

// budgetRenewals are the renewals that are still to come, or why they are not known.
type budgetRenewals struct {
	amount  bssapi.Decimal
	known   bssapi.Decimal
	reasons []string
}

// untold is why renewals cannot be told, empty if they can.
func (m *budgetStatusModel) untold(month budgetMonth) string {
	switch {
	case !unlessFalse(m.IncludeRenewals):
		return "renewals were not asked for"
	case !m.Tag.IsNull():
		return "renewals: the API does not show the tags of resources"
	case m.bill().method() == bssapi.BillMethodSubCustomer:
		return "renewals: the API does not show the resources of a member account"
	case m.EnterpriseProjectID.ValueString() == notAllocated:
		return "renewals: the API does not show which resources belong to no enterprise project"
	case len(month.lines.accounts) > 1:
		return "renewals: the bill has lines of several accounts, and the API shows the resources of the account alone"
	case billingDayOf(month.at) != billingDayOf(month.now):
		return "renewals: as_of is not today, and what renews is known as of today only"
	default:
		return ""
	}
}

// renewals are what renews from the time of the answer until the month ends.
func (m *budgetStatusModel) renewals(ctx context.Context, client *bssapi.Client, month budgetMonth) (budgetRenewals, diag.Diagnostics) {
	none, _ := outlook.Sum(nil)
	if month.over() {
		return budgetRenewals{amount: none, known: none}, nil
	}

	if reason := m.untold(month); reason != "" {
		return budgetRenewals{known: none, reasons: []string{reason}}, nil
	}

	rules, diags := m.rules(ctx)
	forecast := renewalForecastModel{AsOf: m.AsOf, ServiceTypeCode: m.ServiceTypeCode, EnterpriseProjectID: m.EnterpriseProjectID}
	left := month.days() - month.at.In(bssapi.BillingZone).Day() + 1

	resources, _, more := forecast.resources(ctx, client, rules, left)
	diags.Append(more...)

	if diags.HasError() {
		return budgetRenewals{}, diags
	}

	events := rules.Events(resources, earlier(month.at, month.now), month.ends().Add(-time.Second))
	// What is not known may renew.
	events = slices.DeleteFunc(events, func(event outlook.Event) bool {
		return event.Fate != outlook.Renews && event.Fate != outlook.Unknown
	})

	quotes, diags := forecast.quotes(ctx, client, events)
	diags.Append(m.checkCurrency(forecast.Currency.ValueString(), "the price of a renewal")...)

	if diags.HasError() {
		return budgetRenewals{}, diags
	}

	outlook.Price(events, quotes)

	renewals := budgetRenewals{reasons: outlook.Missing(events)}

	renewals.known, _ = outlook.Sum(events)
	if len(renewals.reasons) == 0 {
		renewals.amount = renewals.known
	}

	return renewals, nil
}

// show writes the answer.
func (m *budgetStatusModel) show(ctx context.Context, month budgetMonth, renewals budgetRenewals) diag.Diagnostics {
	lines, budget := month.lines, decimalOf(m.Budget)
	spent := outlook.Spent{
		Days: month.days(), Counted: month.counted(), Booked: lines.booked.Value(), Used: lines.used.Value(), Later: lines.later.Value(),
	}
	actual, run, known := spent.Actual(), spent.Run(), spent.Expected(renewals.known)

	m.ActualAmount, m.PayPerUseAmount = actual.BigFloat(), spent.PayPerUse().BigFloat()
	m.BookedAmount = actual.Sub(spent.PayPerUse()).BigFloat()
	m.CountedAmount = spent.PayPerUse().Sub(spent.Later).BigFloat()
	m.RunAmount, m.RenewalsAmount, m.KnownExpectedAmount = run.BigFloat(), renewals.amount.BigFloat(), known.BigFloat()
	m.LeftAmount, m.UsedPercent = budget.Sub(actual).BigFloat(), outlook.Percent(actual, budget).BigFloat()

	counted, left := int64(spent.Counted), int64(spent.Days-spent.Counted)
	m.DaysCounted, m.DaysLeft = &counted, &left

	if counted > 0 {
		m.CountedUntil = textPtr(month.begin.AddDate(0, 0, spent.Counted-1).Format(time.DateOnly))
	}

	if !m.Tag.IsNull() {
		m.UnreadableTagCount = types.Int64Value(lines.unreadable)
	}

	reasons := append(renewals.reasons, lines.missing(run)...)
	complete, final := len(reasons) == 0, month.final(month.at)
	m.IncompleteReasons, m.Complete, m.Final = textPtrs(reasons), &complete, &final

	over, later := outlook.Passes(actual, budget, wholeBudget), outlook.Passes(known, budget, wholeBudget)
	m.OverBudget = &over

	if complete {
		m.ExpectedAmount, m.ExpectedPercent = m.KnownExpectedAmount, outlook.Percent(known, budget).BigFloat()
	}

	if complete || later {
		m.ExpectedOverBudget = &later
	}

	return m.showThresholds(ctx, actual, known, budget)
}

// showThresholds writes which thresholds are passed.
func (m *budgetStatusModel) showThresholds(ctx context.Context, actual, expected, budget bssapi.Decimal) diag.Diagnostics {
	var diags diag.Diagnostics

	thresholds := usualThresholds
	if !m.Thresholds.IsNull() {
		thresholds = nil
		diags = m.Thresholds.ElementsAs(ctx, &thresholds, false)
	}

	m.PassedThresholds, m.ExpectedThresholds = []int64{}, []int64{}

	for _, percent := range slices.Sorted(slices.Values(thresholds)) {
		if outlook.Passes(actual, budget, percent) {
			m.PassedThresholds = append(m.PassedThresholds, percent)
		}

		if outlook.Passes(expected, budget, percent) {
			m.ExpectedThresholds = append(m.ExpectedThresholds, percent)
		}
	}

	return diags
}

// wholeBudget is all of a budget, in percent.
const wholeBudget = 100
