// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

const (
	// defaultParallelism is how many resources Terraform works on at a time.
	defaultParallelism = 10
	// queryIDs and policyIDs are how many ids a query, and a change to
	// pay-per-use, can name.
	queryIDs  = 50
	policyIDs = 100
)

// applyAutorenew turns automatic renewal on, which takes a call a resource.
func (b *bench) applyAutorenew(ctx context.Context) ([]row, error) {
	r, err := b.apply(ctx, fmt.Sprintf(`resource "bss_autorenew" "managed" {
  count       = %d
  resource_id = format("res-%%06d", count.index + 1)
  enabled     = true
}
`, b.n), defaultParallelism)
	if err != nil {
		return nil, err
	}
	r.work = fmt.Sprintf("apply %d bss_autorenew", b.n)
	r.floor = floor("enable_auto_renew", b.n)
	r.ratio = r.wall.Seconds() / r.floor.Seconds()
	r.budgets = []budget{
		{"enabling calls", float64(r.calls["enable_auto_renew"]), float64(b.n)},
		{"429s", float64(r.throttled), 0},
		{"wall / floor", r.ratio, 1.1},
	}

	return []row{r}, nil
}

// applyExpiryPolicy sets what one call can set for many resources, as many as
// Terraform works on at a time.
func (b *bench) applyExpiryPolicy(ctx context.Context) ([]row, error) {
	var rows []row
	for _, parallelism := range []int{defaultParallelism, policyIDs} {
		r, err := b.apply(ctx, fmt.Sprintf(`resource "bss_expiry_policy" "managed" {
  count       = %d
  resource_id = format("res-%%06d", count.index + 1)
  policy      = "pay_per_use"
}
`, b.n), parallelism)
		if err != nil {
			return nil, err
		}
		settings := pages(b.n, min(parallelism, policyIDs))
		// A resource is looked at before it is set, and after.
		looks := 2 * pages(b.n, min(parallelism, queryIDs))
		r.work = fmt.Sprintf("apply %d bss_expiry_policy, -parallelism=%d", b.n, parallelism)
		r.floor = max(floor("set_to_on_demand_on_expiry", settings), floor("list_resources", looks))
		r.ratio = r.wall.Seconds() / r.floor.Seconds()
		most := 2 * float64(settings)
		if parallelism > defaultParallelism {
			// Terraform hands over fewer at a time than it may, and nobody is kept
			// waiting for more.
			most = float64(settings) + r.wall.Seconds()/subscription.DefaultReadTiming().Gather.Seconds()
		}
		r.budgets = []budget{
			{"setting calls", float64(r.calls["set_to_on_demand_on_expiry"]), most},
			{"429s", float64(r.throttled), 0},
		}
		rows = append(rows, r)
	}

	return rows, nil
}

// apply sets something for n resources that have no setting yet, from a saved
// plan. What it has set is there if a plan then finds nothing to do.
func (b *bench) apply(ctx context.Context, configuration string, parallelism int) (row, error) {
	w, err := b.newWorkspace(configuration)
	if err != nil {
		return row{}, err
	}
	a, err := newAccount(ctx, b.limited(bsssim.Options{Generate: bsssim.Generate{Resources: b.n}}))
	if err != nil {
		return row{}, err
	}
	for i := range b.n {
		if _, err := a.Console("set_expire_policy", map[string]any{"resource_id": fmt.Sprintf("res-%06d", i+1), "policy": 0}); err != nil {
			return row{}, err
		}
	}
	if err := w.plan(ctx, a); err != nil {
		return row{}, err
	}
	a.ClearRequests()
	wall, err := w.apply(ctx, a, parallelism)
	if err != nil {
		return row{}, err
	}
	r := row{traffic: a.traffic(), wall: wall, ratioOf: "of floor"}
	_, err = w.unchanged(ctx, a)

	return r, err
}
