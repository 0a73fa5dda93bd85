// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource"
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

// resourceBase is what every resource embeds: the services, and how they come.
type resourceBase struct {
	services *services
}

func (r *resourceBase) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = servicesFrom(req.ProviderData, &resp.Diagnostics)
}
