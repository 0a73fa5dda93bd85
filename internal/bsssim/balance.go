// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "net/http"

// getAccountBalances answers one row for each account.
func getAccountBalances(w *world, _ *call) (answer, error) {
	rows := []map[string]any{}
	for _, b := range w.shownBalances(w.Balances, "") {
		row := map[string]any{
			"account_id": b.AccountID, "account_type": b.Type, "amount": b.Amount.number(),
			"currency": w.currency(), "designated_amount": Amount("0.00").number(), "measure_id": 1,
		}
		if b.Type == accountCredit {
			row["credit_amount"] = b.CreditLimit.number()
		}
		rows = append(rows, row)
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"account_balances": rows, "debt_amount": Amount("0.00").number(), "measure_id": 1, "currency": w.currency(),
	}}, nil
}
