// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	tfaction "github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func newOrderCancelAction() tfaction.Action {
	return &action[orderCancelModel]{
		name: "order_cancel",
		schema: schema.Schema{
			MarkdownDescription: "Cancels an unpaid order. A paid order is an error: what it bought can be unsubscribed, not canceled.\n\n" +
				"- **Invoked again:** a canceled order is left as it is.\n" +
				"- **Nothing in state:** on older Terraform, on OpenTofu, and to see the amount first, use " +
				"`bss_order_cancellation`.",
			Attributes: map[string]schema.Attribute{
				"order_id": schema.StringAttribute{
					Required: true,
					MarkdownDescription: "Id of the order to cancel. For a part of a combined order, give the combined order. It has to be " +
						"known in the plan.",
					Validators: []validator.String{isID},
				},
			},
		},
		plans:  true,
		plan:   planCancelOrder,
		invoke: cancelOrder,
	}
}

type orderCancelModel struct {
	OrderID types.String `tfsdk:"order_id"`
}

func planCancelOrder(ctx context.Context, services *services, model *orderCancelModel) diag.Diagnostics {
	if diags := unnamedOrder(services, model.OrderID); diags.HasError() {
		return diags
	}

	id := model.OrderID.ValueString()

	if _, err := services.payer.Cancelable(ctx, id); err != nil {
		return diag.Diagnostics{actDiagnostic("plan the cancellation of order "+id, err)}
	}

	return nil
}

func cancelOrder(ctx context.Context, services *services, model *orderCancelModel, say progress) diag.Diagnostics {
	id := model.OrderID.ValueString()

	order, err := services.payer.Cancelable(ctx, id)
	if err != nil {
		return diag.Diagnostics{actDiagnostic("cancel order "+id, err)}
	}

	if !order.Waits {
		say("Order %s is already canceled.", id)

		return nil
	}

	say("Order %s is unpaid. Canceling it.", id)

	if err := services.payer.Cancel(ctx, id); err != nil {
		return diag.Diagnostics{actDiagnostic("cancel order "+id, err)}
	}

	say("Order %s is canceled.", id)

	return nil
}
