// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"iter"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// movableAmounts is money that can be moved between a master account and a member.
type movableAmounts struct {
	AccountType     types.String    `tfsdk:"account_type"`
	AvailableAmount types.Number    `tfsdk:"available_amount"`
	Currency        types.String    `tfsdk:"currency"`
	Amounts         []movableAmount `tfsdk:"amounts"`
	TotalCount      types.Int64     `tfsdk:"total_count"`
}

type movableAmount struct {
	AvailableAmount *big.Float `tfsdk:"available_amount"`
	Amount          *big.Float `tfsdk:"amount"`
	CreditAmount    *big.Float `tfsdk:"credit_amount"`
	Currency        *string    `tfsdk:"currency"`
	ExpireTime      *string    `tfsdk:"expire_time"`
}

// movableAmountAttributes are those of movableAmounts. The doing is what can be done
// with the money.
func movableAmountAttributes(doing string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"account_type": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Account that the money is on: " + explained(bssapi.BalanceTypes, map[bssapi.BalanceType]string{
				bssapi.BalanceTypeDebit:  "cash",
				bssapi.BalanceTypeCredit: "the credit account",
			}) + ".",
			Validators: []validator.String{oneOf(bssapi.BalanceTypes)},
		},
		"available_amount": computedNumber("Exact sum of what can be " + doing + ". Null if it is not known of a row, or if currencies differ."),
		"currency":         computedString("Currency of the sum. Null if there is none, or if currencies differ."),
		"amounts": computedList("One row of cash, or a row for each day on which credit expires.", map[string]schema.Attribute{
			"available_amount": computedNumber("What can be " + doing + "."),
			"amount":           computedNumber("All that is there."),
			"credit_amount":    computedNumber("Credit limit; only credit has one."),
			"currency":         computedString("Currency of the amounts."),
			"expire_time":      computedString("When the credit ends (UTC). Null if it does not."),
		}),
		"total_count": computedInt("Number of rows."),
	}
}

// balanceType is the code of the account; the validators know the words.
func (m *movableAmounts) balanceType() bssapi.BalanceType {
	code, _ := bssapi.BalanceTypes.Code(m.AccountType.ValueString())

	return code
}

// movableRow is a row in the form that both calls have.
type movableRow struct {
	bssapi.Fund

	available bssapi.Decimal
}

// showMovable adds up the rows, which each call gives in its own form.
func showMovable[Row any](m *movableAmounts, doing string, rows iter.Seq2[Row, error], of func(Row) movableRow) diag.Diagnostics {
	var sum usableSum

	currencies := map[string]bool{}
	m.Amounts = []movableAmount{}

	for one, err := range rows {
		row := of(one)

		if err == nil {
			err = bssapi.CheckUnit(row.MeasureID)
		}

		if err != nil {
			return diag.Diagnostics{apiDiagnostic(doing, err)}
		}

		sum.add(row.available)
		currencies[row.Currency] = true
		m.Amounts = append(m.Amounts, movableAmount{
			AvailableAmount: numberPtr(row.available), Amount: numberPtr(row.Amount), CreditAmount: numberPtr(row.CreditAmount),
			Currency: textPtr(row.Currency), ExpireTime: textPtr(row.ExpireTime),
		})
	}

	m.AvailableAmount, m.TotalCount = sum.value(), types.Int64Value(int64(len(m.Amounts)))

	switch len(currencies) {
	case 0:
	case 1:
		for currency := range currencies {
			m.Currency = textValue(currency)
		}
	default:
		m.AvailableAmount = types.NumberNull()
	}

	return nil
}
