// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"time"
)

// reading runs Terraform once in a workspace that only reads: how long it took, the
// memory of the provider, its calls, and how near they come to the least time that
// the quota leaves. Terraform's own work with the answer is not the client's.
func (b *bench) reading(ctx context.Context, a account, w workspace, work string, least time.Duration, args ...string) (row, error) {
	provider, stop, err := b.serve(ctx, w.environment(a))
	if err != nil {
		return row{}, err
	}
	defer stop()
	w.reattach = provider.reattach
	r := row{work: work, floor: least}
	if r.wall, err = w.run(ctx, a, append(args, "-no-color", "-input=false")...); err != nil {
		return row{}, err
	}
	if r.memory, err = provider.peakMemory(); err != nil {
		return row{}, err
	}
	r.traffic = a.traffic()
	r.ratio, r.ratioOf = r.span.Seconds()/r.floor.Seconds(), "of floor"

	return r, nil
}
