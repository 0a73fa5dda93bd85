// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccAccountBalances(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "europe"})
	w.console("set_balance", map[string]any{"amount": "-12345678901234567890.12345678901234567890", "credit": "500.00"})

	w.shows(t, `data "bss_account_balances" "this" {}`, map[string]shown{"data.bss_account_balances.this": {
		"balances":    elements(2),
		"debt_amount": amount("0"),
		"currency":    "EUR",
		"balances.0": shown{
			"account_id": "BA0000000001", "account_type": "balance", "amount": amount("-12345678901234567890.12345678901234567890"),
			"currency": "EUR", "designated_amount": amount("0"), "credit_amount": nil,
		},
		"balances.1.account_type":  "credit",
		"balances.1.credit_amount": amount("500"),
	}})

	w.readOnly("get_account_balances")
}

func TestAccountBalancesShowEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "get_account_balances", 100, nil)
	w := answering(t, "international", map[string]any{pathBalances: document.body})

	mustRead(t, w, "bss_account_balances", nil).shows(t, document.leaves, strings.NewReplacer(".account_balances.", ".balances."))
}

func TestAccountBalancesAbsentFieldsAreNull(t *testing.T) {
	t.Parallel()

	for name, document := range map[string]map[string]any{
		"of no account": {"account_balances": []any{}, "debt_amount": nil, "currency": ""},
		"of an account": {"account_balances": []any{map[string]any{"account_id": "", "amount": nil}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := answering(t, "international", map[string]any{pathBalances: document})
			read := mustRead(t, w, "bss_account_balances", nil)

			for _, path := range slices.Sorted(maps.Keys(read)) {
				if path != "balances" && read[path] != "null" {
					t.Errorf("%s = %s, want null", path, read[path])
				}
			}

			if read["balances"] == "null" {
				t.Error("balances is null, want a list")
			}
		})
	}
}

func TestAccountBalancesCodes(t *testing.T) {
	t.Parallel()

	var rows []any
	for _, code := range []int{1, 2, 5, 7, 3} {
		rows = append(rows, map[string]any{"account_type": code, "amount": "1.50"})
	}

	w := answering(t, "international", map[string]any{pathBalances: map[string]any{
		"account_balances": rows, "debt_amount": json.Number("-1e-20"), "currency": "USD",
	}})

	mustRead(t, w, "bss_account_balances", nil).want(t, map[string]string{
		"balances.0.account_type": "balance", "balances.1.account_type": "credit", "balances.2.account_type": "bonus",
		"balances.3.account_type": "deposit", "balances.4.account_type": "unknown(3)", "balances.4.amount": "1.5",
		"debt_amount": "-0.00000000000000000001",
	})
}

func TestAccountBalancesAreOneCall(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	mustRead(t, w, "bss_account_balances", nil).want(t, map[string]string{"balances": "2 elements"})

	if diff := cmp.Diff([]string{"get_account_balances"}, w.calls()); diff != "" {
		t.Error(diff)
	}
}
