// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

const (
	spendingAllow = "allow"
	spendingDeny  = "deny"
)

func spendingBlock() schema.Block {
	return schema.SingleNestedBlock{
		MarkdownDescription: "What one run may spend, over all resources of this provider configuration, also those that run at the same time. " +
			"Each alias counts for itself.",
		Attributes: map[string]schema.Attribute{
			"mode": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "`allow`, which is meant where it is left out, or `deny`, which refuses everything that charges, and turning " +
					"automatic renewal on: at plan, and again before any call that acts. What is paid or on already is recorded as ever.",
				Validators: []validator.String{stringvalidator.OneOf(spendingAllow, spendingDeny)},
			},
			"max_per_apply": schema.NumberAttribute{
				Optional: true,
				MarkdownDescription: "The most that one run may spend: the sum, before coupons, of the highest amounts that its payments can cause. " +
					"It has no currency of its own: the first payment fixes it, and another currency is refused. A payment in doubt stays counted. " +
					"What automatic renewal charges later is not counted.",
				Validators: []validator.Number{notNegative{}},
			},
			"require_known_price": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether a plan is refused that cannot state what a payment costs, because its order or its discount is known " +
					"only after an apply. Where it is left out, such a payment is bounded by its own `max_amount` and by `max_per_apply`.",
			},
		},
	}
}

type spendingModel struct {
	Mode              types.String `tfsdk:"mode"`
	MaxPerApply       types.Number `tfsdk:"max_per_apply"`
	RequireKnownPrice types.Bool   `tfsdk:"require_known_price"`
}

// guard is a guard that has counted nothing yet, nil without a block.
func (m *spendingModel) guard() (*spending.Guard, diag.Diagnostics) {
	if m == nil {
		return nil, nil
	}

	most := decimalOf(m.MaxPerApply)
	if most.IsNull() && !m.MaxPerApply.IsNull() {
		// The validator has seen it before.
		return nil, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("spending").AtName("max_per_apply"),
			"Invalid amount", "max_per_apply cannot be held exactly, so it would bound nothing.")}
	}

	return spending.New(spending.Policy{
		Deny:              m.Mode.ValueString() == spendingDeny,
		MaxPerApply:       most,
		RequireKnownPrice: m.RequireKnownPrice.ValueBool(),
	}), nil
}
