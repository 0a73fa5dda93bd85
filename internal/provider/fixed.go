// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
)

// fixed refuses another value of an argument of what was done and is recorded: there
// is no call that would change it, and a replacement would do something else, which
// deserves a block of its own.
type fixed struct {
	// done is what is recorded, such as "cancellation".
	done string
}

var _ planmodifier.String = fixed{}

func (f fixed) Description(context.Context) string { return "cannot change" }

func (f fixed) MarkdownDescription(ctx context.Context) string { return f.Description(ctx) }

func (f fixed) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || req.PlanValue.Equal(req.StateValue) {
		return
	}

	resp.Diagnostics.AddAttributeError(req.Path, fmt.Sprintf("%s cannot change", req.Path),
		fmt.Sprintf("The %s that is recorded here was of %s, is done, and stays done. Write a block of its own for another one. To stop "+
			"recording this one, use a removed block, or terraform state rm.", f.done, req.StateValue))
}
