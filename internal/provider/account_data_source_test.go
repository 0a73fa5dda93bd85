// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccAccount(t *testing.T) {
	t.Parallel()

	for site, currency := range map[string]string{"china": "CNY", "international": "USD", "europe": "EUR"} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: site})
			w.shows(t, `data "bss_account" "me" {}`, map[string]shown{"data.bss_account.me": {
				"domain_id": w.Credentials().DomainID, "name": "demo-customer", "site": site, "currency": currency,
			}})
			w.readOnly("list_auth_domains", "get_account_balances")
		})
	}
}

// TestAccountWithoutPermission shows who the caller is without the right to see
// balances.
func TestAccountWithoutPermission(t *testing.T) {
	t.Parallel()

	for _, code := range []string{"CBC.0151", "CBC.0155"} {
		w := newWorld(t, bsssim.Options{})
		addFault(t, w, bsssim.Fault{
			Operation: "get_account_balances", Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: code, Times: -1,
		})
		mustRead(t, w, "bss_account", nil).want(t, map[string]string{
			"domain_id": w.Credentials().DomainID, "name": "demo-customer", "site": "international", "currency": "null",
		})
	}
}

// TestAccountOfAnEndpoint shows the site of an endpoint of its own, which the
// currency tells, and what is left out as null.
func TestAccountOfAnEndpoint(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "europe"})
	delete(w.env, "BSS_SITE")
	mustRead(t, w, "bss_account", nil).want(t, map[string]string{"site": "europe", "currency": "EUR"})

	if diff := cmp.Diff(
		[]string{"get_account_balances", "list_auth_domains"},
		slices.Compact(slices.Sorted(slices.Values(w.calls()))),
	); diff != "" {
		t.Error(diff)
	}

	nameless := answering(t, "china", map[string]any{
		"/v3/auth/domains": map[string]any{
			"domains": []any{map[string]any{"id": "d1", "name": ""}},
		},
		pathBalances: map[string]any{"debt_amount": nil},
	})
	mustRead(
		t,
		nameless,
		"bss_account",
		nil,
	).want(t, map[string]string{"domain_id": "d1", "name": "null", "site": "china", "currency": "null"})
}
