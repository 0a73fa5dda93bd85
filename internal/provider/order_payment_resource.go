// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/numberplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

const orderPaymentTimeout = 20 * time.Minute

func newOrderPaymentResource() resource.Resource {
	return &managedResource[orderPaymentModel]{
		name: "order_payment", schema: orderPaymentSchema, patience: orderPaymentTimeout,
		subject: orderSubject, manages: expiry.AspectPayment,
		validate: func(config *orderPaymentModel) diag.Diagnostics { return config.validate() },
		plan:     planOrderPayment,
		buys:     func(_, state *orderPaymentModel) bool { return state == nil },
		create:   createOrderPayment,
		read:     readOrderPayment,
		update:   updateOrderPayment,
		ends:     keepsPayment,
		adopt:    adoptOrderPayment,
	}
}

func orderPaymentSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Pays an existing order, at most once, and never above `max_amount`.\n\n" +
			"- **Plan:** states the amount due.\n" +
			"- **Apply:** reads the order again, and pays. If somebody has paid it by then, it is adopted and nothing is " +
			"charged. If it became dearer, the apply is refused, whatever `max_amount` allows.\n" +
			"- **A run that was cut off:** apply again. It asks the API what happened.\n" +
			"- **Destroy:** stops managing the payment. Nothing is refunded.",
		Attributes: map[string]schema.Attribute{
			"order_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Id of a pending order to pay, or of a paid one to record. " +
					"For a part of a combined order, give the combined order.",
				Validators:    []validator.String{isID},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"max_amount": schema.NumberAttribute{
				Required: true,
				MarkdownDescription: "The most that the payment may charge, before coupons, in the currency of the order. " +
					"It has to cover the highest amount that the payment can cause.",
				Validators: []validator.Number{notNegative{}},
			},
			"currency": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Currency of `max_amount`, such as `USD`. If set, an order in another currency is an error.",
				Validators:          []validator.String{isCurrency},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
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
				MarkdownDescription: "The pay call to use: `v3` or `v1`. `v1` is the old call of the international site. It takes neither " +
					"coupons nor a discount, and returns a trade number. Default: `v3`.",
				Validators: []validator.String{oneOfTexts{payment.APIVersion3, payment.APIVersion1}},
			},
			"amount_due": schema.NumberAttribute{
				Computed:            true,
				MarkdownDescription: "Price of the order after discounts and before coupons, as the plan stated it.",
				PlanModifiers:       []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Outcome of the payment; another status of an order, or `unknown(N)`, is possible:\n" +
					"  - `completed`: paid and carried out.\n" +
					"  - `processing`: paid, but still being carried out, or its resource ids are not known yet.\n" +
					"  - `unconfirmed`: the API accepted the payment, and the order does not show it.\n" +
					"  - `awaiting_payer`: a master account has to pay.\n" +
					"  - `canceled`, `pending_refund`: what became of the order.",
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"amount_paid": schema.NumberAttribute{
				Computed:            true,
				MarkdownDescription: "What was charged: the price less what coupons and cards covered.",
				PlanModifiers:       []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"payment_time": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the order was paid (UTC).",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"resource_ids": schema.ListAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "Ids of the resources that the order created, sorted. " +
					"Null for an order that creates none, such as a renewal.",
				PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
			},
			"trade_number": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Trade number of a payment that this resource made itself with the v1 call. Null in a plan that " +
					"charges nothing, as the order is paid or a master account pays it: if it has to be paid at the apply after all, the apply is " +
					"refused.",
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": timeoutsBlock(ctx, timeouts.Opts{
				Create: true, CreateDescription: "How long to wait until a paid order is carried out. Default: `20m`. " +
					"After that, the payment is kept, and the next plan shows the rest.",
				Update: true, UpdateDescription: "The same, for an apply that waits for an earlier payment.",
			}),
		},
	}
}

type orderPaymentModel struct {
	OrderID     types.String   `tfsdk:"order_id"`
	MaxAmount   types.Number   `tfsdk:"max_amount"`
	Currency    types.String   `tfsdk:"currency"`
	CouponIDs   types.Set      `tfsdk:"coupon_ids"`
	DiscountID  types.String   `tfsdk:"discount_id"`
	APIVersion  types.String   `tfsdk:"api_version"`
	AmountDue   types.Number   `tfsdk:"amount_due"`
	Status      types.String   `tfsdk:"status"`
	AmountPaid  types.Number   `tfsdk:"amount_paid"`
	PaymentTime types.String   `tfsdk:"payment_time"`
	ResourceIDs types.List     `tfsdk:"resource_ids"`
	TradeNumber types.String   `tfsdk:"trade_number"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

func planOrderPayment(ctx context.Context, services *services, plan, state, config *orderPaymentModel) diag.Diagnostics {
	if state != nil {
		return planRecorded(plan, *state)
	}

	if services == nil {
		return nil
	}

	quote, diags := services.planPayment(ctx, *plan)
	if diags.HasError() || plan.OrderID.IsUnknown() {
		return diags
	}

	if !quote.AmountDue.IsNull() {
		plan.AmountDue = numberValue(quote.AmountDue)
	}

	// An argument that is not known yet has to stay so; one that is left out takes
	// the order's, which may show later.
	if config.Currency.IsNull() && quote.Currency != "" {
		plan.Currency = textValue(quote.Currency)
	}

	// Null is a promise that core enforces: what is not paid here has no trade number.
	if !diags.HasError() && !quote.Pays {
		plan.TradeNumber = types.StringNull()
	}

	return diags
}

// planRecorded plans for a payment in state: it is never made again, and an
// unfinished one is waited for.
func planRecorded(plan *orderPaymentModel, state orderPaymentModel) diag.Diagnostics {
	var diags diag.Diagnostics

	if payment.Unfinished(state.Status.ValueString()) {
		plan.Status = types.StringUnknown()
		plan.AmountPaid = types.NumberUnknown()
		plan.PaymentTime = types.StringUnknown()
		plan.ResourceIDs = types.ListUnknown(types.StringType)

		// What the API has not told yet may come with the rest.
		if plan.Currency.IsNull() {
			plan.Currency = types.StringUnknown()
		}

		if plan.AmountDue.IsNull() {
			plan.AmountDue = types.NumberUnknown()
		}
	}

	if !plan.Currency.IsUnknown() && !state.Currency.IsNull() && !plan.Currency.Equal(state.Currency) {
		diags.AddAttributeError(path.Root("currency"), "Currency differs from the order's",
			fmt.Sprintf("Order %s was paid in %s, but currency says %s.",
				state.OrderID.ValueString(), state.Currency.ValueString(), plan.Currency.ValueString()))
	}

	return diags
}

func keepsPayment(state *orderPaymentModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Payment is kept",
		fmt.Sprintf("Terraform stops managing the payment of order %s. Nothing is refunded and nothing is unsubscribed: "+
			"what the order bought stays, and expires or renews as set.", state.OrderID.ValueString()))
}

func createOrderPayment(ctx, wait context.Context, services *services, plan *orderPaymentModel) (sight, diag.Diagnostics) {
	request, diags := plan.request(ctx)
	if diags.HasError() {
		return sight{}, diags
	}

	// The plan stated that nothing is charged.
	request.Free = plan.TradeNumber.IsNull()

	receipt, warnings, err := services.payer.Pay(ctx, request)
	if err != nil {
		return sight{}, append(diags, actDiagnostic("pay order "+request.OrderID, err))
	}

	diags.Append(actWarnings(warnings)...)

	// A delegated order waits for people; the next plan shows it.
	if receipt.Status != payment.StatusAwaitingPayer {
		receipt, warnings = services.payer.Finish(wait, receipt)
		diags.Append(actWarnings(warnings)...)
	}

	plan.record(receipt)

	return sight{account: receipt.AccountID}, diags
}

// updateOrderPayment records changed arguments and waits for what is
// unfinished. It never pays. A payment that was accepted and still does not show
// is an error, so that people look at it.
func updateOrderPayment(wait context.Context, services *services, plan, state *orderPaymentModel) (sight, diag.Diagnostics) {
	receipt, diags := state.receipt(wait)

	receipt, warnings, err := services.payer.Resume(wait, receipt)
	if err != nil {
		return sight{}, append(diags, actDiagnostic("wait for the payment of order "+receipt.OrderID, err))
	}

	diags.Append(actWarnings(warnings)...)

	plan.record(receipt)

	return sight{account: receipt.AccountID}, diags
}

// readOrderPayment reads the payment. One that the account does not know stays
// in state, unless the credentials are another account's.
func readOrderPayment(ctx context.Context, services *services, state *orderPaymentModel) (sight, diag.Diagnostics) {
	prior, diags := state.receipt(ctx)

	receipt, err := services.payer.Refresh(ctx, prior)

	switch {
	case errors.Is(err, bssapi.ErrNoOrder):
		return sight{absent: true}, diags
	case err != nil:
		return sight{}, append(diags, actDiagnostic("read the payment of order "+prior.OrderID, err))
	}

	// The next plan has nothing to do about an end, so that it is said here.
	if prior.Unfinished() {
		diags.Append(actWarnings(payment.Outcome(receipt))...)
	}

	state.record(receipt)

	return sight{account: receipt.AccountID}, diags
}

// adoptOrderPayment imports a paid order. The first apply records the arguments
// that the API does not know, and pays nothing.
func adoptOrderPayment(ctx context.Context, services *services, id string, state *orderPaymentModel) (sight, diag.Diagnostics) {
	receipt, err := services.payer.Adopt(ctx, id)
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("import the payment of order "+id, err)}
	}

	// What it cost is the least that a cap could have been; a configuration that is
	// generated from the state has it.
	if !receipt.AmountPaid.IsNull() {
		state.MaxAmount = numberValue(receipt.AmountPaid)
	}

	return sight{account: receipt.AccountID}, nil
}
