// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// TestTimeProblem shows that whatever is nearly a time is told what to write.
func TestTimeProblem(t *testing.T) {
	t.Parallel()

	for text, want := range map[string]string{
		"2026-11-01":                    "write 2026-11-01T00:00:00+08:00, or another zone.",
		"2026-11":                       "write 2026-11-01T00:00:00+08:00, or another zone.",
		"2026/11/01":                    "write 2026-11-01T00:00:00+08:00, or another zone.",
		"2026-11-01T12:30:00":           "write 2026-11-01T12:30:00+08:00, or another zone.",
		"2026-11-01 12:30:00":           "write 2026-11-01T12:30:00+08:00, or another zone.",
		"2026-11-01T12:30":              "write 2026-11-01T12:30:00+08:00, or another zone.",
		"2026-11-01T12:30Z":             "write 2026-11-01T12:30:00Z.",
		"2026-11-01 12:30:00Z":          "write 2026-11-01T12:30:00Z.",
		"2026-11-01T12:30:00+0800":      "write 2026-11-01T12:30:00+08:00.",
		"2026-11-01T12:30:00+08":        "write 2026-11-01T12:30:00+08:00.",
		"2026-11-01T12:30:00.5":         "write 2026-11-01T12:30:00+08:00, or another zone.",
		"Sun, 01 Nov 2026 12:30:00 GMT": "write 2026-11-01T12:30:00Z.",
		"2026-02-30T00:00:00Z":          "write one such as 2026-01-31T00:00:00+08:00.",
		"":                              "write one such as 2026-01-31T00:00:00+08:00.",
		"now":                           "write one such as 2026-01-31T00:00:00+08:00.",
	} {
		_, diags := timeOf(types.StringValue(text))
		if !diags.HasError() || !strings.HasSuffix(diags[0].Detail(), ": "+want) {
			t.Errorf("%q: %v, want %q", text, diags, want)
		}
	}

	for _, text := range []string{"2026-11-01T00:00:00Z", "2026-11-01T00:00:00.5+08:00"} {
		if _, diags := timeOf(types.StringValue(text)); diags.HasError() {
			t.Errorf("%q: %v", text, diags)
		}
	}
}
