// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type accountBalancesModel struct {
	Balances   []accountBalance `tfsdk:"balances"`
	DebtAmount types.Number     `tfsdk:"debt_amount"`
	Currency   types.String     `tfsdk:"currency"`
}

type accountBalance struct {
	AccountID        *string    `tfsdk:"account_id"`
	AccountType      *string    `tfsdk:"account_type"`
	Amount           *big.Float `tfsdk:"amount"`
	Currency         *string    `tfsdk:"currency"`
	DesignatedAmount *big.Float `tfsdk:"designated_amount"`
	CreditAmount     *big.Float `tfsdk:"credit_amount"`
}

func newAccountBalancesDataSource() datasource.DataSource {
	return &dataSource[accountBalancesModel]{
		name: "account_balances", calls: []string{"get_account_balances"},
		schema: schema.Schema{
			MarkdownDescription: "Balances of the account: cash, credit, bonus and deposit, and what is owed.",
			Attributes: map[string]schema.Attribute{
				"balances": computedList("One row for each kind of account.", map[string]schema.Attribute{
					"account_id":        computedString("Id of the balance account."),
					"account_type":      computedString(wordsOf(bssapi.AccountTypes) + "."),
					"amount":            computedNumber("What can be spent."),
					"currency":          computedString("Currency of the amounts."),
					"designated_amount": computedNumber("The part that is bound to a purpose."),
					"credit_amount":     computedNumber("Credit limit; only a credit account has one."),
				}),
				"debt_amount": computedNumber("What the account owes in all."),
				"currency":    computedString("Currency of the debt."),
			},
		},
		read: readAccountBalances,
	}
}

func readAccountBalances(ctx context.Context, services *services, model *accountBalancesModel) diag.Diagnostics {
	answer, err := services.client.GetAccountBalances(ctx)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("read the balances of the account", err)}
	}

	if err := bssapi.CheckUnit(answer.MeasureID); err != nil {
		return diag.Diagnostics{apiDiagnostic("read what the account owes", err)}
	}

	model.DebtAmount = numberValue(answer.DebtAmount)
	model.Currency = textValue(answer.Currency)
	model.Balances = []accountBalance{}

	for _, balance := range answer.AccountBalances {
		if err := bssapi.CheckUnit(balance.MeasureID); err != nil {
			return diag.Diagnostics{apiDiagnostic("read the balance of account "+balance.AccountID, err)}
		}

		model.Balances = append(model.Balances, accountBalance{
			AccountID:        textPtr(balance.AccountID),
			AccountType:      wordPtr(bssapi.AccountTypes, balance.AccountType),
			Amount:           numberPtr(balance.Amount),
			Currency:         textPtr(balance.Currency),
			DesignatedAmount: numberPtr(balance.DesignatedAmount),
			CreditAmount:     numberPtr(balance.CreditAmount),
		})
	}

	return nil
}
