// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// mostTimeout is how long a timeout may be.
const mostTimeout = 7 * 24 * time.Hour

// timeoutsBlock is the block that everything has that waits. One that is over
// at once, or was over before, is a slip.
func timeoutsBlock(ctx context.Context, opts timeouts.Opts) schema.Block {
	whole := timeouts.Block(ctx, opts)

	block, ok := whole.(schema.SingleNestedBlock)
	if !ok {
		return whole
	}

	for name, attribute := range block.Attributes {
		if text, ok := attribute.(schema.StringAttribute); ok {
			text.Validators = []validator.String{durationBetween{time.Millisecond, mostTimeout}}
			block.Attributes[name] = text
		}
	}

	return block
}

// attributeGetter is a plan, a state or an identity.
type attributeGetter interface {
	GetAttribute(ctx context.Context, at path.Path, target any) diag.Diagnostics
}

// wait is ctx with the timeout that the plan or the state has, or else with the
// patience of the resource. One that does not wait has neither.
func (r *managedResource[M]) wait(
	ctx context.Context,
	from attributeGetter,
	of func(timeouts.Value, context.Context, time.Duration) (time.Duration, diag.Diagnostics),
	diags *diag.Diagnostics,
) (context.Context, context.CancelFunc) {
	if r.patience == 0 {
		return context.WithCancel(ctx)
	}

	var given timeouts.Value

	diags.Append(from.GetAttribute(ctx, path.Root("timeouts"), &given)...)

	patience, problems := of(given, ctx, r.patience)
	diags.Append(problems...)

	return context.WithTimeout(ctx, patience)
}
