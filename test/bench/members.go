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
	provider, stop, err := b.serve(ctx, w.environment(a))
	if err != nil {
		return nil, err
	}
	defer stop()
	w.reattach = provider.reattach
	calls := pages(b.n, 100)
	r := row{work: fmt.Sprintf("read %d members", b.n), floor: floor("list_sub_customers", calls)}
	if r.wall, err = w.run(ctx, a, "plan", "-no-color", "-input=false"); err != nil {
		return nil, err
	}
	if r.memory, err = provider.peakMemory(); err != nil {
		return nil, err
	}
	r.traffic = a.traffic()
	r.ratio, r.ratioOf = r.span.Seconds()/r.floor.Seconds(), "of floor"
	r.budgets = []budget{
		{"calls", float64(r.calls["list_sub_customers"]), float64(calls)},
		{"429s", float64(r.throttled), 0},
		{"first to last call / floor", r.ratio, 1.2},
	}

	return []row{r}, nil
}
