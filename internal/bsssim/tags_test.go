// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "testing"

// Both bills of resources write the tags in the form of the setting.
func TestFormsOfTags(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina})
	c.act(t, "add_usage", map[string]any{
		"resource_id": "r1", "hourly_price": "1.00", "since": "-2h", "until": "-1h", "tags": map[string]string{"team": "a", "env": "prod"},
	})
	c.act(t, "add_usage", map[string]any{"resource_id": "r2", "hourly_price": "1.00", "since": "-2h", "until": "-1h"})
	for form, want := range map[string]string{
		"equals": "env=prod;team=a", "colons": "env:prod,team:a", "json": `{"env":"prod","team":"a"}`,
		"json_list": `[{"key":"env","value":"prod"},{"key":"team","value":"a"}]`, "opaque": "tags of r1",
	} {
		c.set(t, "resource_tag_form", form)
		same(t, form, resourceRecords.page(t, c, "2026-11", 0, 10).column("monthly_records", "resource_tag"), []string{want, ""})
		same(t, form, resourceFeeRecords.page(t, c, "2026-11", 0, 10).column("fee_records", "resource_tag"), []string{want, ""})
	}
	entries, err := c.Ledger("tag:team", "day")
	if err != nil || len(entries) != 2 || entries[1].Tag != "a" || entries[1].Day != "2026-11-22" {
		t.Errorf("ledger: %+v, %v", entries, err)
	}
}
