// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// asGenerated manages the first n resources of an account as they are: of ten,
// the 2nd, 5th and 9th renew.
func asGenerated(n int) string {
	return fmt.Sprintf(`resource "bss_autorenew" "managed" {
  count       = %d
  resource_id = format("res-%%06d", count.index + 1)
  enabled     = contains([1, 4, 8], count.index %% 10)
}
`, n)
}

// refreshAll is the refresh of everything in an account.
func (b *bench) refreshAll(ctx context.Context) ([]row, error) {
	r, err := b.refresh(ctx, b.n, b.n)
	r.work = fmt.Sprintf("refresh %d bss_autorenew", b.n)
	r.budgets = []budget{
		{"calls", float64(r.total()), 5},
		{"429s", float64(r.throttled), 0},
		{"wall / base", r.ratio, 1.5},
	}

	return []row{r}, err
}

// refreshFew is the refresh of three resources in a large account.
func (b *bench) refreshFew(ctx context.Context) ([]row, error) {
	r, err := b.refresh(ctx, 3, 50*b.n)
	r.work = fmt.Sprintf("refresh 3 bss_autorenew in an account of %d resources", 50*b.n)
	r.budgets = []budget{
		{"queries", float64(r.calls["list_resources"]), 1},
		{"429s", float64(r.throttled), 0},
	}

	return []row{r}, err
}

// refresh reads managed resources of an account that holds more, in a plan that
// finds nothing to do.
func (b *bench) refresh(ctx context.Context, managed, held int) (row, error) {
	w, err := b.newWorkspace(asGenerated(managed))
	if err != nil {
		return row{}, err
	}
	options := bsssim.Options{Generate: bsssim.Generate{Resources: held}}
	fast, err := newAccount(ctx, options)
	if err != nil {
		return row{}, err
	}
	slow, err := newAccount(ctx, b.limited(options))
	if err != nil {
		return row{}, err
	}
	if _, err = w.run(ctx, fast, "apply", "-no-color", "-input=false", "-auto-approve"); err != nil {
		return row{}, err
	}
	r := row{floor: floor("list_resources", pages(managed, 500)), ratioOf: "of base"}
	// In turns, so that whatever else the machine does hits neither side alone.
	for i := range b.repeat {
		base, err := w.unchanged(ctx, fast)
		if err != nil {
			return row{}, err
		}
		wall, err := w.unchanged(ctx, slow)
		if err != nil {
			return row{}, err
		}
		// The fastest counts, and the most calls.
		if seen := slow.traffic(); i == 0 || seen.total() > r.total() {
			r.traffic = seen
		}
		if i == 0 || base < r.base {
			r.base = base
		}
		if i == 0 || wall < r.wall {
			r.wall = wall
		}
	}
	r.ratio = r.wall.Seconds() / r.base.Seconds()

	return r, nil
}

// readSingly reads the same resources as a client does that asks for one in
// each call, ten at a time as Terraform does.
func (b *bench) readSingly(ctx context.Context) ([]row, error) {
	a, err := newAccount(ctx, b.limited(bsssim.Options{Generate: bsssim.Generate{Resources: b.n}}))
	if err != nil {
		return nil, err
	}
	keys := a.Credentials()
	client, err := bssapi.New(
		bssapi.WithEndpoint(a.URL()), bssapi.WithSite(bssapi.SiteInternational), bssapi.WithMaxRetries(5),
		bssapi.WithCredentials(bssapi.StaticCredentials(bssapi.Keys{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey})),
	)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	clock := bssapi.SystemClock()
	start := clock.Now()
	ids := make(chan string)
	var readers sync.WaitGroup
	for range defaultParallelism {
		readers.Go(func() {
			for id := range ids {
				if err := readOne(ctx, client, id); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := range b.n {
		ids <- fmt.Sprintf("res-%06d", i+1)
	}
	close(ids)
	readers.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	r := row{
		work: fmt.Sprintf("read %d resources, one a call, without Terraform", b.n), traffic: a.traffic(),
		floor: floor("list_resources", b.n), wall: clock.Now().Sub(start), ratioOf: "of floor",
	}
	r.ratio = r.wall.Seconds() / r.floor.Seconds()

	return []row{r}, nil
}

func readOne(ctx context.Context, client *bssapi.Client, id string) error {
	found := 0
	for _, err := range client.ListResources(ctx, bssapi.ListResourcesRequest{ResourceIDs: []string{id}, OnlyMainResource: true}) {
		if err != nil {
			return err
		}
		found++
	}
	if found != 1 {
		return fmt.Errorf("%d resources have the id %s", found, id)
	}

	return nil
}
