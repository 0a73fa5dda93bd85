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

	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

func newOrderPayAction() tfaction.Action {
	return &action[orderPayModel]{
		name: "order_pay",
		schema: schema.Schema{
			MarkdownDescription: "Pays an existing order, at most once, and never above `max_amount`.\n\n" +
				"- **No price in the plan:** an action cannot show it. `max_amount` alone limits what is paid.\n" +
				"- **Invoked again:** it reads the order first, so a paid order is charged nothing.\n" +
				"- **Nothing in state:** in a configuration that lasts, use `bss_order_payment`. It shows the price first, " +
				"and remembers what was paid.",
			Attributes: map[string]schema.Attribute{
				"order_id": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: "Id of the order to pay. For a part of a combined order, give the combined order.",
					Validators:          []validator.String{isID},
				},
				"max_amount": schema.NumberAttribute{
					Required: true,
					MarkdownDescription: "The most that the payment may charge, before coupons, in the currency of the order. " +
						"It has to cover the highest amount that the payment can cause.",
					Validators: []validator.Number{notNegative{}},
				},
				"currency": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Currency of `max_amount`, such as `USD`. If set, an order in another currency is an error.",
					Validators:          []validator.String{isCurrency},
				},
				"coupon_ids": schema.SetAttribute{
					Optional: true, ElementType: types.StringType,
					MarkdownDescription: "Coupons to use, at most three. `bss_order_coupons` lists them on the china site.",
					Validators:          areCoupons,
				},
				"discount_id": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Discount to use, one that `bss_order_discounts` lists. If unset, none is chosen.",
					Validators:          []validator.String{trimmed{maxNameLength}},
				},
				"api_version": schema.StringAttribute{
					Optional: true,
					MarkdownDescription: "The pay call to use: `v3` or `v1`. `v1` is the old call of the international site, and takes " +
						"neither coupons nor a discount. Default: `v3`.",
					Validators: []validator.String{oneOfTexts{payment.APIVersion3, payment.APIVersion1}},
				},
				"timeout": timeoutArgument("How long to wait until the paid order is carried out, a duration from `1s` to `24h`. " +
					"Default: `20m`. After that, the order stays paid, and a warning says that it is not carried out yet."),
			},
		},
		validate: func(model *orderPayModel) diag.Diagnostics { return model.payment().validate() },
		plan:     planPayOrder,
		buys:     "order_id",
		invoke:   payOrder,
	}
}

type orderPayModel struct {
	OrderID    types.String `tfsdk:"order_id"`
	MaxAmount  types.Number `tfsdk:"max_amount"`
	Currency   types.String `tfsdk:"currency"`
	CouponIDs  types.Set    `tfsdk:"coupon_ids"`
	DiscountID types.String `tfsdk:"discount_id"`
	APIVersion types.String `tfsdk:"api_version"`
	Timeout    types.String `tfsdk:"timeout"`
}

// payment is the same payment as a bss_order_payment.
func (m orderPayModel) payment() orderPaymentModel {
	return orderPaymentModel{
		OrderID: m.OrderID, MaxAmount: m.MaxAmount, Currency: m.Currency,
		CouponIDs: m.CouponIDs, DiscountID: m.DiscountID, APIVersion: m.APIVersion,
	}
}

// planPayOrder refuses early what the invocation would refuse. The plan of an
// action has no place for the price.
func planPayOrder(ctx context.Context, services *services, model *orderPayModel) diag.Diagnostics {
	_, diags := services.planPayment(ctx, model.payment())

	return diags
}

func payOrder(ctx context.Context, services *services, model *orderPayModel, say progress) diag.Diagnostics {
	request, diags := model.payment().request(ctx)
	if diags.HasError() {
		return diags
	}

	say("Reading order %s, to pay it unless it is paid.", request.OrderID)

	receipt, warnings, err := services.payer.Pay(ctx, request)
	if err != nil {
		return append(diags, actDiagnostic("pay order "+request.OrderID, err))
	}

	diags.Append(actWarnings(warnings)...)

	say("%s", paidText(receipt))

	// A delegated order waits for people.
	if receipt.Status == payment.StatusAwaitingPayer {
		return diags
	}

	wait, cancel := context.WithTimeout(ctx, timeoutOf(model.Timeout))
	defer cancel()

	before := receipt
	finished := services.waitFor(wait, say, func(turn context.Context) string {
		receipt, warnings, err = services.payer.Resume(turn, receipt)

		if !receipt.Unfinished() {
			return ""
		}

		return fmt.Sprintf("Order %s is still %s", receipt.OrderID, receipt.Status)
	})

	// An action leaves nothing in state that would keep the next one from paying.
	if err != nil {
		return append(diags, actDiagnostic("pay order "+request.OrderID, err))
	}

	if finished && before.Unfinished() {
		say("%s", paidText(receipt))
	}

	return append(diags, actWarnings(warnings)...)
}

// paidText tells what is certain about a payment.
func paidText(receipt payment.Receipt) string {
	switch {
	case receipt.Status == payment.StatusAwaitingPayer:
		return fmt.Sprintf("Order %s waits for the account that pays for this one.", receipt.OrderID)
	case receipt.Status == payment.StatusUnconfirmed:
		return fmt.Sprintf("The payment of order %s is accepted, and does not show yet.", receipt.OrderID)
	case receipt.AmountPaid.IsNull():
		return fmt.Sprintf("Order %s is paid, and %s.", receipt.OrderID, receipt.Status)
	default:
		return fmt.Sprintf("Order %s is paid (%s %s, at %s), and %s.",
			receipt.OrderID, receipt.AmountPaid, receipt.Currency, receipt.PaymentTime, receipt.Status)
	}
}
