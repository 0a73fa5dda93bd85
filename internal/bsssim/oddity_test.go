// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"strings"
	"testing"
)

// TestOddPages asks for rows of which there are more than a page.
func TestOddPages(t *testing.T) {
	t.Parallel()
	const orders = "/v2/orders/customer-orders"
	for name, test := range map[string]struct {
		settings map[string]string
		query    string
		rows     int
		total    string
	}{
		"usual":                {nil, "?limit=5&offset=2", 5, "10"},
		"at most two":          {map[string]string{"page_most": "2"}, "?limit=5&offset=2", 2, "10"},
		"at most two, unasked": {map[string]string{"page_most": "2"}, "", 2, "10"},
		"at most many":         {map[string]string{"page_most": "50"}, "?limit=5", 5, "10"},
		"offset ignored":       {map[string]string{"page_offset": "ignored"}, "?limit=5&offset=8", 5, "10"},
		"total of the page":    {map[string]string{"page_total": "page"}, "?limit=5&offset=8", 2, "2"},
	} {
		c := start(t, Options{Seed: "demo", Settings: test.settings})
		answer := c.get(t, orders+test.query)
		rows, _ := answer.body["order_infos"].([]any)
		if !strings.Contains(answer.raw, `"total_count":`+test.total) || len(rows) != test.rows {
			t.Errorf("%s: %d rows, want %d of %s: %s", name, len(rows), test.rows, test.total, answer.raw)
		}
	}
}

func TestNumbersAsTexts(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo", Settings: map[string]string{"numbers": "texts"}})
	answer := c.get(t, "/v2/accounts/customer-accounts/balances")
	for _, part := range []string{`"account_type":"1"`, `"amount":"1000`, `"measure_id":"1"`} {
		if !strings.Contains(answer.raw, part) {
			t.Errorf("no %s in %s", part, answer.raw)
		}
	}
	// What has no body stays without.
	const cancel = "/v2/orders/customer-orders/cancel"
	if got := c.must(t, http.MethodPut, cancel, `{"order_id":"CS2611220000002"}`); got.status != http.StatusNoContent || got.raw != "" {
		t.Errorf("canceled with %d %q", got.status, got.raw)
	}
}

func TestOddSettingsAreChecked(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for name, value := range map[string]string{"page_most": "-1", "page_offset": "lost", "page_total": "none", "numbers": "words"} {
		if err := c.Set(name, value); err == nil {
			t.Errorf("%s = %s is accepted", name, value)
		}
	}
}
