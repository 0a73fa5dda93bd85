// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

const (
	spendingAllow = "allow"
	spendingDeny  = "deny"
)

func spendingBlock() schema.Block {
	return schema.SingleNestedBlock{
		MarkdownDescription: "Limits what one run may spend, over all resources of this provider configuration, " +
			"including concurrent ones. Each alias counts separately.",
		Attributes: map[string]schema.Attribute{
			"mode": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "`allow`, or `deny`, which refuses everything that charges, turning automatic renewal on, changing a " +
					"resource to pay-per-use at once, and transferring money or coupons to members: at plan, and again before any call that " +
					"acts. What is already paid or on is still recorded. Default: `allow`.",
				Validators: []validator.String{oneOfTexts{spendingAllow, spendingDeny}},
			},
			"max_per_apply": schema.NumberAttribute{
				Optional: true,
				MarkdownDescription: "The most that one run may spend. Each payment counts with its maximum price before coupons, also if it is " +
					"in doubt; each transfer to a member with its amount. The limit is in the currency of the first payment; another " +
					"currency is refused. Later charges of automatic renewal do not count.",
				Validators: []validator.Number{notNegative{}},
			},
			"require_known_price": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to refuse a plan that cannot state what a payment costs, because its order or its discount " +
					"is known only after an apply, or because another argument of the provider is. If unset, only its own `max_amount` and " +
					"`max_per_apply` limit such a payment.",
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

// unpricedGuard is what stands in for services while the configuration of the provider
// is not known: it refuses plans without a price, if the configuration says that.
func unpricedGuard(ctx context.Context, config tfsdk.Config) (*spending.Guard, diag.Diagnostics) {
	var required types.Bool

	diags := config.GetAttribute(ctx, path.Root("spending").AtName("require_known_price"), &required)

	return spending.New(spending.Policy{RequireKnownPrice: required.ValueBool()}), diags
}

// guardFrom unpacks it. It is nil where the provider is configured, and where Terraform
// only asks for a schema.
func guardFrom(data any) *spending.Guard {
	guard, _ := data.(*spending.Guard)

	return guard
}

// unpriced refuses a plan that is to buy something while the provider is not
// configured, so that it can state no price.
func unpriced(guard *spending.Guard, doing, argument string) diag.Diagnostics {
	if guard.Planned("", bssapi.Decimal{}, "") == nil {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root(argument), "Price is not known", fmt.Sprintf(
		"Could not %s. An argument of the provider is known only after an apply, so that no price can be read, and the spending block of the "+
			"provider says require_known_price = true. Apply what gives that argument first, for example with -target.", doing))}
}
