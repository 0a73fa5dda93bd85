// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// members reads the members of a large enterprise in a plan.
func (b *bench) members(ctx context.Context) ([]row, error) {
	a, err := newAccount(ctx, b.limited(bsssim.Options{Generate: bsssim.Generate{Members: b.n}}))
	if err != nil {
		return nil, err
	}
	w, err := b.newWorkspace(fmt.Sprintf(`provider "bss" {
  site = "international"
}

data "bss_enterprise_members" "all" {}

output "total_count" {
  value = data.bss_enterprise_members.all.total_count

  precondition {
    condition     = length(data.bss_enterprise_members.all.ids_by_name) == %d
    error_message = "Members are missing."
  }
}
`, b.n))
	if err != nil {
		return nil, err
	}
	calls := pages(b.n, 100)
	r, err := b.reading(ctx, a, w, fmt.Sprintf("read %d members", b.n), floor("list_sub_customers", calls), "plan")
	if err != nil {
		return nil, err
	}
	r.budgets = []budget{
		{"calls", float64(r.calls["list_sub_customers"]), float64(calls)},
		{"429s", float64(r.throttled), 0},
		{"first to last call / floor", r.ratio, 1.2},
	}

	return []row{r}, nil
}
