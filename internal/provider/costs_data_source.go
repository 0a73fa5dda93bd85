// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"errors"
	"math/big"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type costsModel struct {
	costArguments

	Currency            types.String     `tfsdk:"currency"`
	Final               types.Bool       `tfsdk:"final"`
	TotalCount          types.Int64      `tfsdk:"total_count"`
	TotalAmount         types.Number     `tfsdk:"total_amount"`
	TotalOfficialAmount types.Number     `tfsdk:"total_official_amount"`
	UntaggedAmount      types.Number     `tfsdk:"untagged_amount"`
	UnreadableCount     types.Int64      `tfsdk:"unreadable_count"`
	Periods             []costPeriodItem `tfsdk:"periods"`
	Groups              []costGroupItem  `tfsdk:"groups"`
	Rows                []costRowItem    `tfsdk:"rows" nil:"null"`
}

// costAmounts are what something costs.
type costAmounts struct {
	Amount         *big.Float `tfsdk:"amount"`
	OfficialAmount *big.Float `tfsdk:"official_amount"`
	Share          *big.Float `tfsdk:"share"`
}

type costPeriodItem struct {
	costAmounts

	Period *string `tfsdk:"period"`
}

type costGroupItem struct {
	costAmounts

	Dimensions map[string]*string `tfsdk:"dimensions"`
	Untagged   *bool              `tfsdk:"untagged"`
}

type costRowItem struct {
	costAmounts

	Period     *string            `tfsdk:"period"`
	Dimensions map[string]*string `tfsdk:"dimensions"`
}

func costAmountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"amount":          computedNumber("Cost. Negative if refunds are more."),
		"official_amount": computedNumber("List price."),
		"share":           computedNumber("`amount` divided by `total_amount`, cut to six decimals; null if that is 0."),
	}
}

func newCostsDataSource() datasource.DataSource {
	dimensions := schema.MapAttribute{
		Computed:            true,
		ElementType:         types.StringType,
		MarkdownDescription: "Values by the words of `group_by`. Null for costs without a value, and for a value that cannot be read.",
	}

	return &dataSource[costsModel]{
		name: "costs", calls: []string{"list_costs"},
		schema: schema.Schema{
			MarkdownDescription: "Costs of days or months by service, resource, tag and more, with exact totals. Needs Cost Center, which is " +
				"enabled once for an account: " + bssapi.CostCenterPage + ".\n\n" +
				"- **Delay.** Original costs are about an hour late, and final from 12:00 (UTC+8) of the 4th of the next month. Amortized " +
				"costs are one to two days late. The costs of the previous month show after it is billed.\n" +
				"- **Last period.** The vendor does not document whether it is inclusive. Clients in use take it so, and `periods` shows for " +
				"which periods costs came.\n" +
				"- **Decimals.** Costs have up to eight. `bss_monthly_bills` has what accounts are charged, with two, so its sums can differ in " +
				"the last digits.\n" +
				"- **Limit.** At most about 201,000 groups can be read. A larger answer is an error, after one call.\n" +
				"- **Words.** Charge modes and bill types have the words of the bills. The vendor does not list the codes of the coarser bill " +
				"types of costs.\n" +
				"- **Tags and cost units.** The vendor does not document how the API writes their values. `KEY:VALUE`, `KEY=VALUE` and `VALUE` " +
				"are read. A value that could be two of them is null in `dimensions`, and counted in `unreadable_count`.\n" +
				"- **Filters by tag or cost unit** are applied by the provider: it asks the API to group by them. So each counts as a group of " +
				"`group_by`, unless it is one of them.",
			Attributes: joined(costArgumentAttributes(), map[string]schema.Attribute{
				"currency": computedString("Currency of all amounts; null without costs."),
				"final": computedBool("Whether the costs do not change any more, as of `as_of`: from 12:00 (UTC+8) of the 4th of the month after " +
					"the last period. Null without costs."),
				"total_count":           computedInt("Number of costs that the API gave: one for each period and combination of values."),
				"total_amount":          computedNumber("Exact sum of all costs; 0 without any, null if one has no amount."),
				"total_official_amount": computedNumber("Exact sum of all list prices; 0 without costs, null if one is not known."),
				"untagged_amount": computedNumber(
					"Exact sum of costs without the tag or cost unit of `group_by`, or with an empty value of it. Null unless you group by one.",
				),
				"unreadable_count": computedInt(
					"Number of combinations with a tag or cost unit that cannot be read. They are in the totals, and not in `untagged_amount`. " +
						"Null unless you group by a tag or cost unit.",
				),
				"periods": computedList("Totals of the periods, ascending. A period without costs may be missing.",
					joined(costAmountAttributes(), map[string]schema.Attribute{
						"period": computedString("Day or month, as `begin` writes it."),
					})),
				"groups": computedList("Totals of the groups over all periods, largest first. One group if `group_by` is unset.",
					joined(costAmountAttributes(), map[string]schema.Attribute{
						"dimensions": dimensions,
						"untagged":   computedBool("Whether the group is without the tag or cost unit. Null unless you group by one."),
					})),
				"rows": computedList("Costs of each group in each period, in the order of periods and values. Null with `include_rows = false`.",
					joined(costAmountAttributes(), map[string]schema.Attribute{
						"period":     computedString("Day or month, as `begin` writes it."),
						"dimensions": dimensions,
					})),
			}),
			Blocks: costFilterBlocks(),
		},
		validate: func(ctx context.Context, model *costsModel) diag.Diagnostics {
			_, diags := model.question(ctx)

			return diags
		},
		read: readCosts,
	}
}

func readCosts(ctx context.Context, services *services, model *costsModel) diag.Diagnostics {
	const doing = "read the costs"

	question, diags := model.question(ctx)
	diags.Append(question.checkNow(services.client.Now(), clockMonths*31*24*time.Hour)...)

	if diags.HasError() {
		return diags
	}

	costType, known := bssapi.CostTypes.Code(model.CostType.ValueString())
	if !known {
		costType = bssapi.CostOriginal
	}

	amountType, known := bssapi.CostAmountTypes.Code(model.AmountType.ValueString())
	if !known {
		amountType = bssapi.CostPayable
	}

	layout := question.granularity.Layout()
	model.End = types.StringValue(question.end.Format(layout))
	model.CostType = types.StringValue(bssapi.CostTypes.Word(costType))
	model.AmountType = types.StringValue(bssapi.CostAmountTypes.Word(amountType))

	bill, err := services.client.ListCosts(ctx, bssapi.ListCostsRequest{
		Granularity: question.granularity, Begin: question.begin.Format(layout), End: question.end.Format(layout),
		GroupBy: question.groups, Filters: question.filters, CostType: costType, AmountType: amountType,
	})

	// The answer told the time of the API, even if it was an error.
	if diags := question.checkNow(services.client.Now(), 0); diags.HasError() {
		return diags
	}

	if err != nil {
		return diag.Diagnostics{apiDiagnostic(doing, err)}
	}

	sums := newCostSums(question, unlessFalse(model.IncludeRows))

	for row, err := range bill.Rows {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic(doing, err)}
		}

		sums.add(row)
	}

	model.Currency = types.StringNull()
	if bill.TotalCount > 0 {
		model.Currency = textValue(bill.Currency)
	}

	if err := model.fill(sums); err != nil {
		return diag.Diagnostics{unreadableLabels(err)}
	}

	at, more := asOf(&model.AsOf, services.client)
	model.Final = types.BoolNull()

	// What is not kept any more cannot be told from what cost nothing.
	if bill.TotalCount > 0 {
		model.Final = types.BoolValue(question.final(at))
	}

	return append(diags, more...)
}

// unreadableLabels words that filters cannot be applied.
func unreadableLabels(err error) diag.Diagnostic {
	detail := sentence(err.Error())
	if errors.Is(err, errUnreadableLabel) {
		detail = "A value of a tag or cost unit that you filter by could be read in two ways, so whether it passes is not known. " +
			"Group by it without the filter: the values that cannot be read are null, and counted."
	}

	return diag.NewErrorDiagnostic("Could not filter the costs", detail)
}

// fill writes the results.
func (m *costsModel) fill(sums *costSums) error {
	groups, err := sums.combine(sums.all)
	if err != nil {
		return err
	}

	cells, err := sums.combine(sums.cells)
	if err != nil {
		return err
	}

	q := sums.question
	labelled := slices.ContainsFunc(q.groups[:len(q.words)], isLabel)

	var total, untagged costSum

	none, _ := bssapi.ParseDecimal("0")
	total.add(none, none)
	untagged.add(none, none)

	for group, sum := range groups {
		total.add(sum.amount.Value(), sum.official.Value())

		if group.untagged {
			untagged.add(sum.amount.Value(), sum.official.Value())
		}

	}

	whole := total.amount.Value()
	m.TotalAmount, m.TotalOfficialAmount = numberValue(whole), numberValue(total.official.Value())
	m.TotalCount = types.Int64Value(sums.count)
	m.UntaggedAmount, m.UnreadableCount = types.NumberNull(), types.Int64Null()

	if labelled {
		m.UntaggedAmount, m.UnreadableCount = numberValue(untagged.amount.Value()), types.Int64Value(sums.unreadable())
	}

	m.fillGroups(q, groups, whole, labelled)
	m.fillPeriods(cells, whole)
	m.fillRows(q, cells, whole, sums.rows)

	return nil
}

// amounts are those of a sum. What has no amount has no share. A part of refunds is
// what it is of as much cost.
func (s *costSum) amounts(whole bssapi.Decimal) costAmounts {
	amount := s.amount.Value()
	shown := costAmounts{Amount: numberPtr(amount), OfficialAmount: numberPtr(s.official.Value())}

	switch {
	case amount.IsNull():
	case whole.Sign() < 0:
		shown.Share = shareOf(bssapi.Decimal{}.Sub(amount), bssapi.Decimal{}.Sub(whole))
	default:
		shown.Share = shareOf(amount, whole)
	}

	return shown
}

func (m *costsModel) fillGroups(q *costQuestion, groups map[costCombination]*costSum, whole bssapi.Decimal, labelled bool) {
	m.Groups = []costGroupItem{}

	for _, group := range sortedCosts(groups) {
		item := costGroupItem{costAmounts: groups[group].amounts(whole), Dimensions: q.dimensions(group)}
		if labelled {
			item.Untagged = &group.untagged
		}

		m.Groups = append(m.Groups, item)
	}

	slices.SortStableFunc(m.Groups, func(a, b costGroupItem) int { return compareAmounts(b.Amount, a.Amount) })
}

func sortedCosts(costs map[costCombination]*costSum) []costCombination {
	keys := make([]costCombination, 0, len(costs))
	for key := range costs {
		keys = append(keys, key)
	}

	slices.SortFunc(keys, func(a, b costCombination) int {
		return cmp.Or(cmp.Compare(a.values[bssapi.MostCostGroups], b.values[bssapi.MostCostGroups]), compareCosts(a, b))
	})

	return keys
}

func (m *costsModel) fillPeriods(cells map[costCombination]*costSum, whole bssapi.Decimal) {
	periods := map[costCombination]*costSum{}

	for cell, sum := range cells {
		var period costCombination
		period.values[bssapi.MostCostGroups] = cell.values[bssapi.MostCostGroups]

		if periods[period] == nil {
			periods[period] = &costSum{}
		}

		periods[period].add(sum.amount.Value(), sum.official.Value())
	}

	m.Periods = []costPeriodItem{}

	for _, period := range sortedCosts(periods) {
		m.Periods = append(m.Periods, costPeriodItem{periods[period].amounts(whole), textPtr(period.values[bssapi.MostCostGroups])})
	}
}

func (m *costsModel) fillRows(q *costQuestion, cells map[costCombination]*costSum, whole bssapi.Decimal, wanted bool) {
	m.Rows = nil

	if !wanted {
		return
	}

	m.Rows = []costRowItem{}

	for _, cell := range sortedCosts(cells) {
		m.Rows = append(m.Rows, costRowItem{cells[cell].amounts(whole), textPtr(cell.values[bssapi.MostCostGroups]), q.dimensions(cell)})
	}

}
