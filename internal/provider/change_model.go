// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// changeArguments are those of both lists of changes.
type changeArguments struct {
	DateBegin types.String `tfsdk:"date_begin"`
	DateEnd   types.String `tfsdk:"date_end"`
	AsOf      types.String `tfsdk:"as_of"`
	Direction types.String `tfsdk:"direction"`
	TradeType types.String `tfsdk:"trade_type"`
	TradeID   types.String `tfsdk:"trade_id"`
}

func changeArgumentAttributes(tradeTypes bssapi.Words[bssapi.TradeType]) map[string]schema.Attribute {
	day := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			Optional: true, Computed: true, MarkdownDescription: description, Validators: []validator.String{isBillingDay},
		}
	}

	return map[string]schema.Attribute{
		"date_begin": day("First day, as `YYYY-MM-DD` in UTC+8. Default: one year before `date_end`."),
		"date_end":   day("Last day, inclusive, as `YYYY-MM-DD` in UTC+8. Default: the day of `as_of`."),
		"as_of":      asOfArgument("When it is today, for the default of `date_end`."),
		"direction":  wordArgument("Only what came in or went out: %s.", bssapi.Directions),
		"trade_type": wordArgument("Only changes of this kind: %s.", tradeTypes),
		"trade_id":   idArgument("Only changes by this order or charge."),
	}
}

func (a changeArguments) validate() diag.Diagnostics {
	var diags diag.Diagnostics

	if isKnown(a.DateBegin) && isKnown(a.DateEnd) && a.DateEnd.ValueString() < a.DateBegin.ValueString() {
		diags.AddAttributeError(path.Root("date_end"), "Range ends before it begins",
			fmt.Sprintf("The last day, %s, is before the first, %s.", a.DateEnd.ValueString(), a.DateBegin.ValueString()))
	}

	if isKnown(a.AsOf) && isKnown(a.DateEnd) {
		diags.AddAttributeError(path.Root("as_of"), "Time without effect", "as_of is only used without date_end. Leave one of the two out.")
	}

	return diags
}

// filter is what the API is asked for. It writes the days that it asks for to
// the arguments.
func (a *changeArguments) filter(client *bssapi.Client, tradeTypes bssapi.Words[bssapi.TradeType]) (bssapi.ChangeFilter, diag.Diagnostics) {
	if a.DateEnd.IsNull() {
		now, diags := asOf(&a.AsOf, client)
		if diags.HasError() {
			return bssapi.ChangeFilter{}, diags
		}

		a.DateEnd = types.StringValue(now.In(bssapi.BillingZone).Format(time.DateOnly))
	}

	if a.DateBegin.IsNull() {
		end, err := time.Parse(time.DateOnly, a.DateEnd.ValueString())
		if err != nil {
			return bssapi.ChangeFilter{}, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("date_end"), "Invalid date",
				sentence(err.Error()))}
		}

		a.DateBegin = types.StringValue(end.AddDate(-1, 0, 0).Format(time.DateOnly))
	}

	var diags diag.Diagnostics

	if a.DateEnd.ValueString() < a.DateBegin.ValueString() {
		diags.AddAttributeError(path.Root("date_begin"), "Range ends before it begins",
			fmt.Sprintf("The first day, %s, is after the last, %s.", a.DateBegin.ValueString(), a.DateEnd.ValueString()))
	}

	// The validators know the words.
	direction, _ := bssapi.Directions.Code(a.Direction.ValueString())
	tradeType, _ := tradeTypes.Code(a.TradeType.ValueString())

	return bssapi.ChangeFilter{
		Direction: direction, TradeType: tradeType, TradeID: a.TradeID.ValueString(),
		TradeTimeBegin: a.DateBegin.ValueString(), TradeTimeEnd: a.DateEnd.ValueString(), Strict: true,
	}, diags
}

// changeItem is what both lists say of a change.
type changeItem struct {
	TradeDetailType      *string    `tfsdk:"trade_detail_type"`
	TradeTime            *string    `tfsdk:"trade_time"`
	TradeID              *string    `tfsdk:"trade_id"`
	ChangeAmount         *big.Float `tfsdk:"change_amount"`
	BalanceAfterChange   *big.Float `tfsdk:"balance_after_change"`
	Direction            *string    `tfsdk:"direction"`
	BillCycle            *string    `tfsdk:"bill_cycle"`
	AccountName          *string    `tfsdk:"account_name"`
	CloudServiceTypeName *string    `tfsdk:"cloud_service_type_name"`
	ResourceTypeName     *string    `tfsdk:"resource_type_name"`
}

func changeItemAttributes(details string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"trade_detail_type": computedString("Kind of the change: " + details + "."),
		"trade_time":        computedString("When it was booked (UTC)."),
		"trade_id":          computedString("Id of the order or charge."),
		"change_amount": computedNumber("The amount as the API writes it. Whether what goes out is negative is not documented: " +
			"`direction` says what it is, and the sums count it by that."),
		"balance_after_change":    computedNumber("What is left after it."),
		"direction":               computedString(wordsOf(bssapi.Directions) + "."),
		"bill_cycle":              computedString("Month of the bill, as `YYYY-MM`."),
		"account_name":            computedString("Name of the account."),
		"cloud_service_type_name": computedString("Name of the service."),
		"resource_type_name":      computedString("Name of the type of resource."),
	}
}

func flattenChange(record bssapi.ChangeRecord, detail string) changeItem {
	return changeItem{
		TradeDetailType:      textPtr(detail),
		TradeTime:            textPtr(record.TradeTime),
		TradeID:              textPtr(record.TradeID),
		ChangeAmount:         numberPtr(record.ChangeAmount),
		BalanceAfterChange:   numberPtr(record.BalanceAfterChange),
		Direction:            wordPtr(bssapi.Directions, record.Direction),
		BillCycle:            textPtr(record.BillCycle),
		AccountName:          textPtr(record.AccountName),
		CloudServiceTypeName: textPtr(record.CloudServiceTypeName),
		ResourceTypeName:     textPtr(record.ResourceTypeName),
	}
}

// changeResults are the sums of both lists.
type changeResults struct {
	Currency       types.String  `tfsdk:"currency"`
	TotalCount     types.Int64   `tfsdk:"total_count"`
	IncomeAmount   types.Number  `tfsdk:"income_amount"`
	ExpenseAmount  types.Number  `tfsdk:"expense_amount"`
	UncountedCount types.Int64   `tfsdk:"uncounted_count"`
	Totals         []changeTotal `tfsdk:"totals"`
}

type changeTotal struct {
	TradeDetailType *string    `tfsdk:"trade_detail_type"`
	RecordCount     int64      `tfsdk:"record_count"`
	IncomeAmount    *big.Float `tfsdk:"income_amount"`
	ExpenseAmount   *big.Float `tfsdk:"expense_amount"`
}

func changeResultAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"currency":       computedString("Currency of the amounts; null if the API names none."),
		"total_count":    computedInt("How many changes were read."),
		"income_amount":  computedNumber("Exact sum of what came in. Never negative."),
		"expense_amount": computedNumber("Exact sum of what went out, as a positive number."),
		"uncounted_count": computedInt("How many changes are in no sum, because their direction is unknown, their amount is missing, or both " +
			"contradict each other."),
		"totals": computedList("Exact sums by kind of change.", map[string]schema.Attribute{
			"trade_detail_type": computedString("Kind of the changes, as in the records."),
			"record_count":      computedInt("How many changes, with those that are in no sum."),
			"income_amount":     computedNumber("What came in."),
			"expense_amount":    computedNumber("What went out, as a positive number."),
		}),
	}
}

// changeSums add up changes, over all and by kind.
type changeSums struct {
	all       changeSum
	uncounted int64
	kinds     map[string]*changeSum
}

type changeSum struct {
	count           int64
	income, expense bssapi.Decimal
}

func (s *changeSums) add(kind string, record bssapi.ChangeRecord) {
	if s.kinds[kind] == nil {
		s.kinds[kind] = &changeSum{}
	}

	amount, counts := record.Size()
	if !counts {
		s.uncounted++
	}

	for _, sum := range []*changeSum{&s.all, s.kinds[kind]} {
		sum.count++

		switch {
		case !counts:
		case record.Direction == bssapi.DirectionIncome:
			sum.income = sum.income.Add(amount)
		default:
			sum.expense = sum.expense.Add(amount)
		}
	}
}

// amountOrZero is a sum, 0 if nothing was added.
func amountOrZero(sum bssapi.Decimal) *big.Float {
	if sum.IsNull() {
		return new(big.Float)
	}

	return sum.BigFloat()
}

func (s *changeSums) results(currency string) changeResults {
	results := changeResults{
		Currency:       textValue(currency),
		TotalCount:     types.Int64Value(s.all.count),
		IncomeAmount:   types.NumberValue(amountOrZero(s.all.income)),
		ExpenseAmount:  types.NumberValue(amountOrZero(s.all.expense)),
		UncountedCount: types.Int64Value(s.uncounted),
		Totals:         []changeTotal{},
	}

	for kind, sum := range s.kinds {
		results.Totals = append(results.Totals, changeTotal{
			TradeDetailType: textPtr(kind),
			RecordCount:     sum.count,
			IncomeAmount:    amountOrZero(sum.income),
			ExpenseAmount:   amountOrZero(sum.expense),
		})
	}

	slices.SortFunc(results.Totals, func(a, b changeTotal) int {
		return comparePtr(a.TradeDetailType, b.TradeDetailType)
	})

	return results
}
