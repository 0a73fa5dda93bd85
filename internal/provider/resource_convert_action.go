// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	tfaction "github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/conversion"
)

func newResourceConvertAction() tfaction.Action {
	return &action[resourceConvertModel]{
		name: "resource_convert",
		schema: schema.Schema{
			MarkdownDescription: describe("Changes a yearly/monthly resource to pay-per-use (`postPaid`) at once, before its term is over. **This "+
				"cannot be undone.** From then on its use is charged, and the rest of its paid term is given up.\n\n"+
				"- **Invoked again:** it reads the resource and the orders of conversions first. What is pay-per-use "+
				"already, or may be under review, is left alone.\n"+
				"- **Nothing in state:** what was converted, and when, is not remembered. `bss_on_demand_conversion` "+
				"remembers it.\n"+
				"- **Limits:** it starts charges, so `spending { mode = \"deny\" }` of the provider refuses it.",
				[]string{"convert_to_on_demand_now"}, ""),
			Attributes: map[string]schema.Attribute{
				"resource_id": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: primaryID + "Attached resources are converted with it.",
					Validators:          []validator.String{isID},
				},
				"expire_time": schema.StringAttribute{
					Optional: true,
					MarkdownDescription: "When the resource ends now (UTC), such as `2027-01-31T15:59:59Z`, as `bss_resource` shows it. " +
						"A resource that ends at another time is left alone. If unset, it is converted whenever it ends.",
					Validators: []validator.String{dated{bssapi.TimeLayout, "a time in UTC", "2027-01-31T15:59:59Z"}},
				},
				"timeout": timeoutArgument(
					"How long to wait until an accepted conversion is decided and carried out, and before it for others under way, " +
						"a duration from `1s` to `24h`. Default: `20m`. If it ends after the conversion was accepted, " +
						"a warning says that it is not carried out yet.",
				),
			},
		},
		plans:  true,
		plan:   planConvert,
		invoke: convertResource,
	}
}

type resourceConvertModel struct {
	ResourceID types.String `tfsdk:"resource_id"`
	ExpireTime types.String `tfsdk:"expire_time"`
	Timeout    types.String `tfsdk:"timeout"`
}

func (m resourceConvertModel) request() conversion.Request {
	return conversion.Request{ResourceID: m.ResourceID.ValueString(), ExpireTime: m.ExpireTime.ValueString()}
}

// planConvert names what will be converted, and refuses early what the invocation
// would refuse.
func planConvert(ctx context.Context, services *services, model *resourceConvertModel) diag.Diagnostics {
	if diags := unnamedConversion(services, model.ResourceID); diags.HasError() {
		return diags
	}

	request := model.request()

	quote, err := services.conversions.Quote(ctx, request)
	if err != nil {
		return diag.Diagnostics{actDiagnostic("plan the conversion of resource "+request.ResourceID, err)}
	}

	return actWarnings(quote.Warnings)
}

func convertResource(ctx context.Context, services *services, model *resourceConvertModel, say progress) diag.Diagnostics {
	request := model.request()

	wait, cancel := context.WithTimeout(ctx, timeoutOf(model.Timeout))
	defer cancel()

	say("Reading resource %s, to convert it to pay-per-use unless that is done.", request.ResourceID)

	receipt, warnings, err := services.conversions.Convert(wait, request)
	if err != nil {
		return diag.Diagnostics{actDiagnostic("convert resource "+request.ResourceID, err)}
	}

	diags := actWarnings(warnings)

	say("%s", convertedText(receipt))

	if !receipt.Unfinished() {
		return diags
	}

	finished := services.waitFor(wait, say, func(turn context.Context) string {
		receipt, warnings = services.conversions.Finish(turn, receipt)

		if !receipt.Unfinished() {
			return ""
		}

		return fmt.Sprintf("The conversion of resource %s is still %s", receipt.ResourceID, receipt.Status)
	})

	if !finished {
		return append(diags, actWarnings([]act.Warning{stillConverting(receipt)})...)
	}

	say("%s", convertedText(receipt))

	return append(diags, actWarnings(warnings)...)
}

// convertedText tells what is certain about a conversion.
func convertedText(receipt conversion.Receipt) string {
	if receipt.OrderID == "" {
		return fmt.Sprintf("Resource %s: %s.", receipt.ResourceID, receipt.Status)
	}

	return fmt.Sprintf("Order %s converts resource %s to pay-per-use: %s.", receipt.OrderID, receipt.ResourceID, receipt.Status)
}

func stillConverting(receipt conversion.Receipt) act.Warning {
	return act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Conversion is accepted, but not carried out yet",
		Detail: fmt.Sprintf(
			"%s Nothing more was sent. Invoking the action again does not convert twice: it refuses while a conversion is not over "+
				"that may be of the resource.",
			convertedText(receipt),
		),
	}
}
