// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const pathQuota = "/v2/accounts/customer-accounts/expenditure-quota"

func TestAccExpenditureQuota(t *testing.T) {
	t.Parallel()

	for site, currency := range map[string]string{"international": "USD", "europe": "EUR"} {
		w := newWorld(t, bsssim.Options{Site: site})
		w.console("set_quota", map[string]any{"amount": "100.10", "used": "200.20"})
		w.shows(t, `data "bss_expenditure_quota" "this" {}`, map[string]shown{"data.bss_expenditure_quota.this": {
			"granted_amount": amount("100.1"), "used_amount": amount("200.2"), "remaining_amount": amount("-100.1"),
			"used_percentage": amount("200"), "currency": currency,
		}})
		w.readOnly("get_expenditure_quota")
	}
}

func TestExpenditureQuotaShowsEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "get_expenditure_quota", 100, nil)
	w := answering(t, "international", map[string]any{pathQuota: document.body})
	read := mustRead(t, w, "bss_expenditure_quota", nil)
	read.shows(t, document.leaves, strings.NewReplacer(
		".granting_amount.",
		".granted_amount.",
		".granting_amount_used.",
		".used_amount.",
		".percentage_granting_amount_used.",
		".used_percentage.",
	))
	read.want(t, map[string]string{"remaining_amount": "-1"})
}

func TestExpenditureQuotaOfNothing(t *testing.T) {
	t.Parallel()

	for _, body := range []map[string]any{
		{"granting_amount": nil}, {"granting_amount": nil, "granting_amount_used": "1"}, {"granting_amount": "1", "currency": ""},
	} {
		read := mustRead(t, answering(t, "europe", map[string]any{pathQuota: body}), "bss_expenditure_quota", nil)
		read.want(t, map[string]string{"remaining_amount": "null", "used_percentage": "null", "currency": "null"})
	}

	_, diags := readData(t, answering(t, "europe", map[string]any{pathQuota: map[string]any{"granting_amount": 1, "measure_id": 3}}),
		"bss_expenditure_quota", nil, nil)
	diags.says(t, "", "the unit 3")
}
