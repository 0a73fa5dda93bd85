// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/numberplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

func newOrderCancellationResource() resource.Resource {
	return &managedResource[orderCancellationModel]{
		name: "order_cancellation", schema: orderCancellationSchema,
		subject: orderSubject, manages: expiry.AspectPayment,
		plan:   planOrderCancellation,
		create: createOrderCancellation,
		read:   readOrderCancellation,
		update: keepOrderCancellation,
		ends:   keepsCancellation,
		adopt:  adoptOrderCancellation,
	}
}

func orderCancellationSchema(context.Context) schema.Schema {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	return schema.Schema{
		MarkdownDescription: "Cancels an unpaid order, once. **Applying this cannot be undone:** to buy after all, place a new order.\n\n" +
			"- **Plan:** states the amount and the payment deadline.\n" +
			"- **Apply:** reads the order again, and cancels it. If it is canceled by then, that is only recorded. If it is " +
			"paid by then, that is an error; it is never refunded. If the plan said that it is canceled already, nothing is canceled.\n" +
			"- **A run that was cut off:** apply again. It asks the API what happened.\n" +
			"- **Destroy:** removes only the record.\n" +
			"- **Limits:** it spends nothing, so `spending { mode = \"deny\" }` of the provider does not refuse it.\n\n" +
			"With Terraform 1.14 or newer, the action `bss_order_cancel` does the same and leaves nothing in state.",
		Attributes: map[string]schema.Attribute{
			"order_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Id of the order to cancel. For a part of a combined order, give the combined order. It has to be known in " +
					"the plan, and cannot change after the apply.",
				Validators:    []validator.String{isID},
				PlanModifiers: []planmodifier.String{fixed{"cancellation"}},
			},
			"amount": schema.NumberAttribute{
				Computed: true,
				MarkdownDescription: "Price of the order after discounts, before coupons, as the plan stated it. If it moves before the " +
					"apply, nothing is canceled, and the apply ends with \"Provider produced inconsistent final plan\". Make " +
					"a new plan.",
				PlanModifiers: []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"currency": schema.StringAttribute{
				Computed: true, MarkdownDescription: "Currency of the amount.", PlanModifiers: keeps,
			},
			"deadline": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "When the order would have ended by itself (UTC), as the plan stated it. If it moves before the apply, the " +
					"apply is refused and nothing is canceled. Null if the API does not say it.",
				PlanModifiers: keeps,
			},
			"status": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Status of the order: `canceled`, or a later one.",
				PlanModifiers:       keeps,
			},
		},
	}
}

type orderCancellationModel struct {
	OrderID  types.String `tfsdk:"order_id"`
	Amount   types.Number `tfsdk:"amount"`
	Currency types.String `tfsdk:"currency"`
	Deadline types.String `tfsdk:"deadline"`
	Status   types.String `tfsdk:"status"`
}

// state writes what was seen of the order.
func (m *orderCancellationModel) state(seen payment.Cancellation) {
	m.Amount, m.Currency, m.Deadline = numberValue(seen.Amount), textValue(seen.Currency), textValue(seen.Deadline)
}

// planOrderCancellation states which order is canceled, of which amount and until
// when it could have been paid.
func planOrderCancellation(ctx context.Context, services *services, plan, state, _ *orderCancellationModel) diag.Diagnostics {
	if state != nil {
		return nil
	}

	if diags := unnamedOrder(services, plan.OrderID); diags.HasError() {
		return diags
	}

	id := plan.OrderID.ValueString()

	seen, err := services.payer.Cancelable(ctx, id)
	if err != nil {
		return diag.Diagnostics{actDiagnostic("plan the cancellation of order "+id, err)}
	}

	plan.state(seen)

	if !seen.Waits {
		plan.Status = types.StringValue(seen.Status)
	}

	return nil
}

// unnamedOrder refuses to plan a cancellation of what the plan cannot name: nobody has
// agreed to that.
func unnamedOrder(services *services, id types.String) diag.Diagnostics {
	switch {
	case id.IsUnknown():
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("order_id"), "Order to cancel is not known",
			"A canceled order does not come back, so the plan has to name it. Write the id as a literal, or apply first, for example with "+
				"-target, what gives it.")}
	case services == nil:
		return diag.Diagnostics{notConfigured("plan the cancellation of order " + id.ValueString())}
	default:
		return nil
	}
}

func createOrderCancellation(ctx, _ context.Context, services *services, plan *orderCancellationModel) (sight, diag.Diagnostics) {
	id := plan.OrderID.ValueString()

	// The plan stated that it is canceled already: that is recorded, and nothing is canceled.
	if isKnown(plan.Status) {
		return recordCancellation(ctx, services, id)
	}

	if err := services.payer.Cancel(ctx, id); err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("cancel order "+id, err)}
	}

	plan.Status = types.StringValue(bssapi.OrderStatuses.Word(bssapi.OrderStatusCanceled))

	return sight{}, nil
}

// recordCancellation refuses an order that is to be canceled after all.
func recordCancellation(ctx context.Context, services *services, id string) (sight, diag.Diagnostics) {
	seen, err := services.payer.Cancelable(ctx, id)

	switch {
	case err != nil:
		return sight{}, diag.Diagnostics{actDiagnostic("record the cancellation of order "+id, err)}
	case seen.Waits:
		return sight{}, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("order_id"), "Order is not canceled after all",
			fmt.Sprintf("The plan said that order %s is canceled already and would only be recorded. It is in status %s now. Nothing was canceled. "+
				"Plan again: the plan states what is canceled.", id, seen.Status))}
	default:
		return sight{account: seen.AccountID}, nil
	}
}

// readOrderCancellation reads the status. What the plan stated stays.
func readOrderCancellation(ctx context.Context, services *services, state *orderCancellationModel) (sight, diag.Diagnostics) {
	seen, err := services.payer.Canceled(ctx, state.OrderID.ValueString())

	switch {
	case errors.Is(err, bssapi.ErrNoOrder):
		return sight{absent: true}, nil
	case err != nil:
		return sight{}, diag.Diagnostics{actDiagnostic("read the cancellation of order "+seen.OrderID, err)}
	}

	state.Status = types.StringValue(seen.Status)

	return sight{account: seen.AccountID}, nil
}

// keepOrderCancellation has nothing to do: nothing of it can change.
func keepOrderCancellation(context.Context, *services, *orderCancellationModel, *orderCancellationModel) (sight, diag.Diagnostics) {
	return sight{}, nil
}

func keepsCancellation(state *orderCancellationModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic(
		"Cancellation is not undone",
		fmt.Sprintf(
			"Terraform stops managing the record of the cancellation of order %s. The order stays canceled.",
			state.OrderID.ValueString(),
		),
	)
}

// adoptOrderCancellation imports a canceled order, and refuses any other: an import
// never cancels.
func adoptOrderCancellation(ctx context.Context, services *services, id string, state *orderCancellationModel) (sight, diag.Diagnostics) {
	seen, err := services.payer.Cancelable(ctx, id)
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("import the cancellation of order "+id, err)}
	}

	if seen.Waits {
		return sight{}, diag.Diagnostics{
			diag.NewErrorDiagnostic("Order is not canceled", fmt.Sprintf("Order %s is in status %s, and an import never "+
				"cancels. Leave the import out: a plan with this resource shows what is canceled, and its apply cancels.", id, seen.Status)),
		}
	}

	state.state(seen)
	state.Status = types.StringValue(seen.Status)

	return sight{account: seen.AccountID}, nil
}
