// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	tfaction "github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

func newResourceUnsubscribeAction() tfaction.Action {
	return &action[resourceUnsubscribeModel]{
		name: "resource_unsubscribe",
		schema: schema.Schema{
			MarkdownDescription: "Unsubscribes a yearly/monthly resource, or only its renewed terms that have not started. **This deletes. It " +
				"cannot be undone.**\n\n" +
				"- **Invoked again:** it reads the resource first, and leaves a closed one alone.\n" +
				"- **Nothing in state:** what was unsubscribed, and when, is not remembered. `bss_unsubscription` remembers " +
				"it, and shows in the plan what will be deleted.",
			Attributes: map[string]schema.Attribute{
				"resource_id": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: primaryID + "Attached resources are unsubscribed with it.",
					Validators:          []validator.String{isID},
				},
				"scope": schema.StringAttribute{
					Required: true,
					MarkdownDescription: "What to unsubscribe:\n" +
						"  - `resource_and_renewals`: the resource and all its terms.\n" +
						"  - `renewals_only`: renewed terms that have not started. The resource stays in use until its " +
						"present term ends.",
					Validators: []validator.String{oneOfTexts{string(unsubscription.ResourceAndRenewals), string(unsubscription.RenewalsOnly)}},
				},
				"expire_time": schema.StringAttribute{
					Optional: true,
					MarkdownDescription: "When the resource ends now (UTC), such as `2027-01-31T15:59:59Z`, as `bss_resource` shows it. A " +
						"resource that ends at another time is left alone. Required with `renewals_only`, so that invoking " +
						"it again does not give back a later renewal. Write the time itself: a reference to a data source " +
						"would follow that renewal.",
					Validators: []validator.String{dated{bssapi.TimeLayout, "a time in UTC", "2027-01-31T15:59:59Z"}},
				},
				"reason": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Reason to give to the vendor, at most 512 characters.",
					Validators:          []validator.String{trimmed{unsubscription.MaxReason}},
				},
				"timeout": timeoutArgument(
					"How long to wait until an accepted unsubscription is carried out, and before it for others under way, " +
						"a duration from `1s` to `24h`. Default: `20m`. If it ends after the unsubscription was accepted, " +
						"a warning says that it is not carried out yet.",
				),
			},
		},
		validate: validateUnsubscribe,
		plans:    true,
		plan:     planUnsubscribe,
		invoke:   unsubscribeResource,
	}
}

type resourceUnsubscribeModel struct {
	ResourceID types.String `tfsdk:"resource_id"`
	Scope      types.String `tfsdk:"scope"`
	ExpireTime types.String `tfsdk:"expire_time"`
	Reason     types.String `tfsdk:"reason"`
	Timeout    types.String `tfsdk:"timeout"`
}

func (m resourceUnsubscribeModel) request() unsubscription.Request {
	return unsubscription.Request{
		ResourceID: m.ResourceID.ValueString(),
		Scope:      unsubscription.Scope(m.Scope.ValueString()),
		ExpireTime: m.ExpireTime.ValueString(),
		Reason:     m.Reason.ValueString(),
	}
}

func validateUnsubscribe(model *resourceUnsubscribeModel) diag.Diagnostics {
	if model.Scope.ValueString() != string(unsubscription.RenewalsOnly) || !model.ExpireTime.IsNull() {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("expire_time"), "Expiry is required with renewals_only",
		"An action remembers nothing: invoked again after a later renewal, it would unsubscribe that too. "+
			"Set expire_time to when the resource ends now; a resource that ends at another time is left alone.")}
}

// planUnsubscribe names what will be deleted, and refuses early what the
// invocation would refuse.
func planUnsubscribe(ctx context.Context, services *services, model *resourceUnsubscribeModel) diag.Diagnostics {
	if diags := unnamed(services, model.ResourceID, model.Scope); diags.HasError() {
		return diags
	}

	request := model.request()

	quote, err := services.unsubscriptions.Quote(ctx, request)
	if err != nil {
		return diag.Diagnostics{actDiagnostic("plan the unsubscription of resource "+request.ResourceID, err)}
	}

	return actWarnings(quote.Warnings)
}

func unsubscribeResource(ctx context.Context, services *services, model *resourceUnsubscribeModel, say progress) diag.Diagnostics {
	request := model.request()

	if diags := validateUnsubscribe(model); diags.HasError() {
		return diags
	}

	wait, cancel := context.WithTimeout(ctx, timeoutOf(model.Timeout))
	defer cancel()

	say("Reading resource %s, to unsubscribe it (%s) unless that is done.", request.ResourceID, request.Scope)

	receipt, warnings, err := services.unsubscriptions.Unsubscribe(wait, request)
	if err != nil {
		return diag.Diagnostics{actDiagnostic("unsubscribe resource "+request.ResourceID, err)}
	}

	diags := actWarnings(warnings)

	say("%s", unsubscribedText(receipt))

	if !receipt.Unfinished() {
		return diags
	}

	finished := services.waitFor(wait, say, func(turn context.Context) string {
		receipt, warnings = services.unsubscriptions.Finish(turn, receipt)

		if !receipt.Unfinished() {
			return ""
		}

		return fmt.Sprintf("The unsubscription of resource %s is still %s", receipt.ResourceID, receipt.Status)
	})

	if !finished {
		return append(diags, actWarnings([]act.Warning{stillUnsubscribing(receipt)})...)
	}

	say("%s", unsubscribedText(receipt))

	return append(diags, actWarnings(warnings)...)
}

// unsubscribedText tells what is certain about an unsubscription.
func unsubscribedText(receipt unsubscription.Receipt) string {
	what := fmt.Sprintf("Resource %s: %s.", receipt.ResourceID, receipt.Status)

	if receipt.OrderID != "" {
		what = fmt.Sprintf("Order %s unsubscribes resource %s (%s): %s.", receipt.OrderID, receipt.ResourceID, receipt.Scope, receipt.Status)
	}

	if !receipt.RefundAmount.IsNull() {
		what += fmt.Sprintf(" It refunds %s %s.", receipt.RefundAmount, receipt.Currency)
	}

	return what
}

func stillUnsubscribing(receipt unsubscription.Receipt) act.Warning {
	return act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Unsubscription is accepted, but not carried out yet",
		Detail: fmt.Sprintf(
			"Order %s of resource %s is accepted, but its effect does not show yet. Nothing more was sent. "+
				"Look at the resource before invoking the action again: the action waits for an unsubscription that is under way.",
			receipt.OrderID,
			receipt.ResourceID,
		),
	}
}
