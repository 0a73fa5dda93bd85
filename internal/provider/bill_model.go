// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// billResults are the results of every bill besides its rows.
type billResults struct {
	billFacts

	Total         *billTotal     `tfsdk:"total"`
	GroupedTotals []groupedTotal `tfsdk:"grouped_totals" nil:"null"`
}

// billFacts are the results that have no amounts.
type billFacts struct {
	Months     []string     `tfsdk:"months"`
	Currency   types.String `tfsdk:"currency"`
	TotalCount types.Int64  `tfsdk:"total_count"`
	Final      types.Bool   `tfsdk:"final"`
}

// billSchema is the schema of the bill of that name: what every bill has, and the attributes
// of this one.
func billSchema(bill, description string, own map[string]schema.Attribute) schema.Schema {
	attributes := joined(billArgumentAttributes(bill, billsKept), billFactAttributes(), map[string]schema.Attribute{
		"total":          totalAttribute(totalAttributes()),
		"grouped_totals": groupedTotalsAttribute(groupedTotalAttributes()),
	}, own)

	return schema.Schema{MarkdownDescription: description, Attributes: attributes}
}

func billFactAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"months":   computedStrings("The months that were read, ascending."),
		"currency": computedString("Currency of all amounts; null without rows."),
		"final": computedBool(
			"Whether none of the months changes any more, as of `as_of`: from 12:00 (UTC+8) of the 4th of the month after the last " +
				"of them.",
		),
		"total_count": computedInt("How many rows were read."),
	}
}

func totalAttribute(attributes map[string]schema.Attribute) schema.Attribute {
	return schema.SingleNestedAttribute{
		Computed: true,
		MarkdownDescription: "Exact sums of all rows of all months. A column that no row fills is null; the net cost is, too, if one row " +
			"names none. Without rows every sum is 0.",
		Attributes: attributes,
	}
}

func groupedTotalsAttribute(attributes map[string]schema.Attribute) schema.Attribute {
	return computedList("Exact sums per group, largest first. Null without `group_by`; columns you did not group by are null.", attributes)
}

// readBills is addUpBills for bills that are kept for three years.
func readBills[Row, Item any](ctx context.Context, client *bssapi.Client, doing string, arguments *billArguments,
	ask func(ctx context.Context, month string) (*bssapi.Bill[Row], error), line func(Row) billLine, show func(*billLine, Row) Item,
) ([]Item, billResults, tagResults, diag.Diagnostics) {
	items, sums, facts, diags := addUpBills(ctx, client, doing, arguments, billsKept, ask, line, show)
	if diags.HasError() {
		return nil, billResults{}, tagResults{}, diags
	}

	total := sums.all.total()
	results := billResults{billFacts: facts, Total: &total}

	if len(sums.keys) > 0 {
		results.GroupedTotals = sums.grouped()
	}

	return items, results, sums.tagResults(), diags
}

// addUpBills reads the bills of all months and adds up their rows. ask requests
// the bill of a month, line picks from a row what all bills have in common, and
// show makes the item of it. Without include_rows the items are nil. The result
// is complete, or an error.
func addUpBills[Row, Item any](ctx context.Context, client *bssapi.Client, doing string, arguments *billArguments, kept monthsKept,
	ask func(ctx context.Context, month string) (*bssapi.Bill[Row], error), line func(Row) billLine, show func(*billLine, Row) Item,
) ([]Item, *billSums, billFacts, diag.Diagnostics) {
	var keys []string

	diags := arguments.GroupBy.ElementsAs(ctx, &keys, false)
	months, _ := arguments.months()
	diags.Append(months.check(kept)...)
	diags.Append(months.checkNow(client.Now(), clockMonths, kept)...)

	if diags.HasError() {
		return nil, nil, billFacts{}, diags
	}

	sums := newBillSums(keys)
	results := billFacts{Months: months.cycles()}

	var items []Item
	if arguments.rows() {
		items = []Item{}
	}

	for _, month := range results.Months {
		bill, err := ask(ctx, month)

		// The answer told the time of the API, even if it was an error.
		if diags := months.checkNow(client.Now(), 0, kept); diags.HasError() {
			return nil, nil, billFacts{}, diags
		}

		if err != nil {
			return nil, nil, billFacts{}, diag.Diagnostics{apiDiagnostic(doing+" of "+month, err)}
		}

		for row, err := range bill.Rows {
			if err != nil {
				return nil, nil, billFacts{}, diag.Diagnostics{apiDiagnostic(doing+" of "+month, err)}
			}

			one := line(row)
			one.month = month

			if err := bssapi.CheckUnit(one.measureID); err != nil {
				return nil, nil, billFacts{}, diag.Diagnostics{apiDiagnostic(doing+" of "+month, err)}
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
			return nil, nil, billFacts{}, diag.Diagnostics{mixedCurrencies(doing, month, results.Currency, bill.Currency)}
		}

		results.TotalCount = types.Int64Value(sums.all.count)
	}

	results.TotalCount = types.Int64Value(sums.all.count)

	at, more := asOf(&arguments.AsOf, client)
	results.Final = types.BoolValue(months.final(at))

	arguments.Scope = types.StringValue(bssapi.BillMethods.Word(arguments.method()))

	return items, sums, results, more
}

// mixedCurrencies refuses to add up different currencies.
func mixedCurrencies(doing, month string, before types.String, currency string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(
		"Could not "+doing+" of "+month,
		fmt.Sprintf(
			"Its currency is %q, that of the months before it %q. Amounts in different currencies cannot be added up: read them separately.",
			currency,
			before.ValueString(),
		),
	)
}
