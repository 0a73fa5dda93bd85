// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	tfaction "github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
)

func newResourceRenewAction() tfaction.Action {
	return &action[resourceRenewModel]{
		name: "resource_renew",
		schema: schema.Schema{
			MarkdownDescription: "Renews a yearly/monthly resource until it is paid through a day, never above `max_amount`.\n\n" +
				"- **No price in the plan:** an action cannot show it. `max_amount` alone limits what is paid.\n" +
				"- **Invoked again:** a resource that is paid through the day is left alone, and nothing is charged.\n" +
				"- **Nothing in state:** in a configuration that lasts, use `bss_renewal`. It shows the price first, and " +
				"remembers what was paid. If somebody takes the renewal back, `bss_renewal` buys nothing more for the same " +
				"day; this action cannot know, and buys again.",
			Attributes: map[string]schema.Attribute{
				"resource_id": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: primaryID + "Attached resources are renewed with it.",
					Validators:          []validator.String{isID},
				},
				"paid_through": schema.StringAttribute{
					Required: true,
					MarkdownDescription: "Last day to pay for, such as `2027-12-31`, in the billing calendar (UTC+8). " +
						"It is reached if the paid term ends on that day or later. The fewest periods that reach it are bought.",
					Validators: []validator.String{dayText{}},
				},
				"period_unit": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: "Unit to renew by: `month` (1 to 11 in one order) or `year` (1 to 3).",
					Validators:          []validator.String{oneOfTexts{string(renewal.Month), string(renewal.Year)}},
				},
				"max_amount": schema.NumberAttribute{
					Required: true,
					MarkdownDescription: "The most that reaching the day may charge, before coupons, in the currency of the order. " +
						"It has to cover the highest amount that the payment can cause.",
					Validators: []validator.Number{notNegative{}},
				},
				"currency": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Currency of `max_amount`, such as `USD`. If set, a price in another currency is an error.",
					Validators:          []validator.String{isCurrency},
				},
				"discount": schema.StringAttribute{
					Optional: true,
					MarkdownDescription: "`best` uses the discount of the order that saves most. `none` names no discount, " +
						"so `max_amount` has to cover the official price. Default: `none`.",
					Validators: []validator.String{oneOfTexts{string(renewal.DiscountNone), string(renewal.DiscountBest)}},
				},
				"coupon_ids": schema.SetAttribute{
					Optional: true, ElementType: types.StringType,
					MarkdownDescription: "Coupons to pay with, at most three. They do not lower the amount that `max_amount` has to cover.",
					Validators:          areCoupons,
				},
				"timeout": timeoutArgument(
					"How long to wait until billing knows the resource and the paid renewal is carried out, a duration from `1s` " +
						"to `24h`. Default: `20m`. If it ends after the payment, a warning says that the renewal is not carried out yet.",
				),
			},
		},
		plan:   planRenewResource,
		buys:   "resource_id",
		invoke: renewResource,
	}
}

type resourceRenewModel struct {
	ResourceID  types.String `tfsdk:"resource_id"`
	PaidThrough types.String `tfsdk:"paid_through"`
	PeriodUnit  types.String `tfsdk:"period_unit"`
	MaxAmount   types.Number `tfsdk:"max_amount"`
	Currency    types.String `tfsdk:"currency"`
	Discount    types.String `tfsdk:"discount"`
	CouponIDs   types.Set    `tfsdk:"coupon_ids"`
	Timeout     types.String `tfsdk:"timeout"`
}

// renewal is the same renewal as a bss_renewal.
func (m resourceRenewModel) renewal() renewalModel {
	return renewalModel{
		ResourceID: m.ResourceID, PaidThrough: m.PaidThrough, PeriodUnit: m.PeriodUnit, MaxAmount: m.MaxAmount,
		Currency: m.Currency, Discount: m.Discount, CouponIDs: m.CouponIDs,
	}
}

// planRenewResource refuses early what the invocation would refuse. The plan of
// an action has no place for the price.
func planRenewResource(ctx context.Context, services *services, model *resourceRenewModel) diag.Diagnostics {
	quote, diags := services.planRenewal(ctx, model.renewal())

	if quote.OrderID != "" {
		diags.AddAttributeError(path.Root("resource_id"), "An unpaid order renews the resource",
			fmt.Sprintf("Order %s renews resource %s already, at %s %s, and waits for its payment. An action states no order in a plan, so it pays "+
				"none that it has not placed. Pay it with bss_order_payment, the bss_order_pay action or a bss_renewal, or cancel it with "+
				"bss_order_cancellation.", quote.OrderID, model.ResourceID.ValueString(), quote.Amount, quote.Currency))
	}

	return diags
}

func renewResource(ctx context.Context, services *services, model *resourceRenewModel, say progress) diag.Diagnostics {
	goal, diags := model.renewal().goal(ctx)
	if diags.HasError() {
		return diags
	}

	wait, cancel := context.WithTimeout(ctx, timeoutOf(model.Timeout))
	defer cancel()

	say("Reading resource %s, to renew it unless it is paid through %s.", goal.ResourceID, goal.PaidThrough)

	receipt, warnings, err := services.renewals.Renew(wait, goal)
	if err != nil {
		return append(diags, actDiagnostic("renew resource "+goal.ResourceID, err))
	}

	diags.Append(actWarnings(warnings)...)

	say("%s", renewedText(receipt))

	if !receipt.Unfinished() {
		if receipt.Status == renewal.StatusCanceled || receipt.Status == renewal.StatusShort {
			diags.Append(actWarnings([]act.Warning{unreached(goal, receipt)})...)
		}

		return diags
	}

	finished := services.waitFor(wait, say, func(turn context.Context) string {
		receipt, warnings = services.renewals.Finish(turn, goal, receipt)

		if receipt.Status != renewal.StatusProcessing && receipt.Status != renewal.StatusUnconfirmed {
			return ""
		}

		return fmt.Sprintf("The renewal of resource %s is still %s", goal.ResourceID, receipt.Status)
	})

	if finished {
		say("%s", renewedText(receipt))
	}

	// No state remembers it.
	if err := receipt.Unconfirmed(); err != nil {
		return append(diags, actDiagnostic("renew resource "+goal.ResourceID, err))
	}

	switch receipt.Status {
	case renewal.StatusReached:
		return append(diags, actWarnings(warnings)...)
	case renewal.StatusAwaitingPayer:
		// The payment has warned of it.
		return diags
	default:
		return append(diags, actWarnings([]act.Warning{unreached(goal, receipt)})...)
	}
}

// renewedText tells what is certain about a renewal.
func renewedText(receipt renewal.Receipt) string {
	if len(receipt.OrderIDs) == 0 {
		return fmt.Sprintf("Resource %s is already paid until %s. Nothing is bought.", receipt.ResourceID, receipt.ExpireTime)
	}

	orders := strings.Join(receipt.OrderIDs, ", ")

	if receipt.AmountPaid.IsNull() {
		return fmt.Sprintf("Order %s renews resource %s: %s.", orders, receipt.ResourceID, receipt.Status)
	}

	return fmt.Sprintf("Order %s renews resource %s: paid (%s %s, at %s), and %s. The resource ends at %s.",
		orders, receipt.ResourceID, receipt.AmountPaid, receipt.Currency, receipt.PaymentTime, receipt.Status, receipt.ExpireTime)
}

// unreached warns of a renewal that was paid or accepted and has not reached its
// day. An action has no memory, so the warning says what invoking it again would
// do.
func unreached(goal renewal.Goal, receipt renewal.Receipt) act.Warning {
	orders := strings.Join(receipt.OrderIDs, ", ")
	warning := act.Warning{Field: act.FieldResourceID}

	switch receipt.Status {
	case renewal.StatusProcessing:
		warning.Summary = "Renewal is paid, but not carried out yet"
		warning.Detail = fmt.Sprintf(
			"Order %s, which renews resource %s, is paid and still being carried out. Look at the resource before invoking the action "+
				"again: until the new term shows, the action is refused or finds the day not reached.",
			orders,
			goal.ResourceID,
		)
	case renewal.StatusCanceled:
		warning.Summary = "Order was canceled"
		warning.Detail = fmt.Sprintf(
			"Order %s, which was to renew resource %s, is canceled. Look at it, and at its refund if it was paid, in the console. "+
				"Invoking the action again orders anew.",
			orders,
			goal.ResourceID,
		)
	default:
		warning.Field = act.FieldPaidThrough
		warning.Summary = "Resource ends before the day"
		warning.Detail = fmt.Sprintf(
			"Order %s, which renews resource %s, is carried out, but the resource still ends at %s, before %s. "+
				"Invoking the action again would buy one more term. bss_renewal would not: it remembers the order.",
			orders,
			goal.ResourceID,
			receipt.ExpireTime,
			goal.PaidThrough,
		)
	}

	return warning
}
