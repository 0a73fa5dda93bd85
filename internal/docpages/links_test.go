// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"strings"
	"testing"
)

// TestLinked: links become those of the registry, mentions become links once, and what
// is not there is an error.
func TestLinked(t *testing.T) {
	t.Parallel()

	site := siteOf(map[string]string{
		"index.md":                "# Index\n",
		"guides/paying-orders.md": "---\npage_title: \"Paying orders\"\n---\n\n# Paying orders\n\n## A lost answer\n",
		"data-sources/orders.md":  "---\ndescription: |-\n  Orders of the account. More.\n---\n# bss_orders\n",
		"resources/renewal.md":    "# bss_renewal\n",
	})

	for text, want := range map[string]string{
		"[a](../index.md)":                                "[a](" + registry + ")",
		"[a](../guides/paying-orders.md)":                 "[a](" + registry + "/guides/paying-orders)",
		"[(title)](../guides/paying-orders.md)":           "[Paying orders](" + registry + "/guides/paying-orders)",
		"[a](../guides/paying-orders.md#a-lost-answer)":   "[a](" + registry + "/guides/paying-orders#a-lost-answer)",
		"[a](https://example.com/x)":                      "[a](https://example.com/x)",
		"`bss_orders` and `bss_orders`":                   "[`bss_orders`](" + registry + "/data-sources/orders) and `bss_orders`",
		"`bss_renewal` is this page":                      "`bss_renewal` is this page",
		"`bss_orders = 1`, `unknown`":                     "`bss_orders = 1`, `unknown`",
		"[`bss_orders`](https://example.com/x)":           "[`bss_orders`](https://example.com/x)",
		"```\n`bss_orders`\n```":                          "```\n`bss_orders`\n```",
		"# `bss_orders`":                                  "# `bss_orders`",
		"---\ndescription: `bss_orders`\n---":             "---\ndescription: `bss_orders`\n---",
		"`bss_orders`\n\n## See also\n\n- `bss_orders`":   "[`bss_orders`](" + registry + "/data-sources/orders)\n\n## See also\n\n- [`bss_orders`](" + registry + "/data-sources/orders): orders of the account",
		"| [a](https://example.com) | `bss_orders` | b |": "| [a](https://example.com) | [`bss_orders`](" + registry + "/data-sources/orders) | b |",
	} {
		got, err := site.linked("resources/renewal.md", text)
		if err != nil || got != want {
			t.Errorf("%q became %q, %v, want %q", text, got, err, want)
		}
	}

	for _, text := range []string{
		"[a](../guides/nothing.md)", "[a](../guides/paying-orders.md#nothing)", "[a](#nothing)", "[a](../../nothing.md)", "[a](paying-orders)",
	} {
		if got, err := site.linked("resources/renewal.md", text); !errors.Is(err, errBroken) || strings.Contains(got, registry) {
			t.Errorf("%q became %q, %v", text, got, err)
		}
	}
}

// TestCompleted refuses what it cannot complete.
func TestCompleted(t *testing.T) {
	t.Parallel()

	if _, err := completed("resources/nothing.md", ""); !errors.Is(err, errNoPage) {
		t.Error(err)
	}

	if _, err := completed("resources/renewal.md", "# bss_renewal\n"); !errors.Is(err, errNotRendered) {
		t.Error(err)
	}
}
