// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/numberplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

const orderPaymentTimeout = 20 * time.Minute

func newOrderPaymentResource() resource.Resource { return &orderPaymentResource{} }

type orderPaymentResource struct{ resourceBase }

var (
	_ resource.ResourceWithConfigure      = (*orderPaymentResource)(nil)
	_ resource.ResourceWithIdentity       = (*orderPaymentResource)(nil)
	_ resource.ResourceWithImportState    = (*orderPaymentResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*orderPaymentResource)(nil)
	_ resource.ResourceWithValidateConfig = (*orderPaymentResource)(nil)
)

func (r *orderPaymentResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_order_payment"
}

func (r *orderPaymentResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Pays an existing order, at most once, and never above `max_amount`.\n\n" +
			"The plan states the amount due. Before paying, the order is read again: one that is paid by then is adopted and " +
			"charged nothing. An apply that was cut off can be repeated: it finds out what happened from the API. Destroying " +
			"the resource stops managing the payment; nothing is refunded.",
		Attributes: map[string]schema.Attribute{
			"order_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Id of the order to pay: a pending one, or one that is paid and is to be recorded. A part of a combined order " +
					"is paid with the combined one.",
				Validators:    []validator.String{isID},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"max_amount": schema.NumberAttribute{
				Required: true,
				MarkdownDescription: "The most that the payment may charge, before coupons, in the currency of the order. It is held " +
					"against the highest amount that the payment can cause.",
				Validators: []validator.Number{notNegative{}},
			},
			"currency": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Currency of `max_amount`, such as `USD`. Where it is given, an order in another currency is an error.",
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
				MarkdownDescription: "Discount to use, of those that `bss_order_discounts` lists. Nothing is chosen where it is left out.",
				Validators:          []validator.String{trimmed{maxNameLength}},
			},
			"api_version": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The pay call to use: `v3`, which is meant where it is left out, or `v1`, the old one of the " +
					"international site, which takes neither coupons nor a discount and answers a trade number.",
				Validators: []validator.String{stringvalidator.OneOf(payment.APIVersion3, payment.APIVersion1)},
			},
			"amount_due": schema.NumberAttribute{
				Computed:            true,
				MarkdownDescription: "Price of the order after discounts and before coupons, as the plan stated it.",
				PlanModifiers:       []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "What became of the payment: `completed`, `processing` (paid, being carried out, or its resource " +
					"ids not known yet), `awaiting_payer` (a master account has to pay), `canceled`, `pending_refund`, another " +
					"status of an order, or `unknown(N)`.",
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
				MarkdownDescription: "Ids of the resources that the order made, sorted. Null for an order that makes none, such as a renewal.",
				PlanModifiers:       []planmodifier.List{listplanmodifier.UseStateForUnknown()},
			},
			"trade_number": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Trade number of a payment through the v1 call that this resource made itself.",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": timeoutsBlock(ctx, timeouts.Opts{
				Create: true,
				CreateDescription: "How long to wait until a paid order is carried out, 20 minutes (`20m`) where left out. When it ends, the " +
					"payment is kept and the rest is shown by the next plan.",
				Update:            true,
				UpdateDescription: "The same, for an apply that waits for an earlier payment.",
			}),
		},
	}
}

func (r *orderPaymentResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"order_id": identityschema.StringAttribute{
				RequiredForImport: true,
				Description:       "Id of the order.",
			},
			"account_id": identityschema.StringAttribute{
				OptionalForImport: true,
				Description:       "Id of the account that the order belongs to.",
			},
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

type orderPaymentIdentity struct {
	OrderID   types.String `tfsdk:"order_id"`
	AccountID types.String `tfsdk:"account_id"`
}

func (r *orderPaymentResource) ValidateConfig(
	ctx context.Context,
	req resource.ValidateConfigRequest,
	resp *resource.ValidateConfigResponse,
) {
	var config orderPaymentModel

	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(config.validate()...)
	}
}

func (r *orderPaymentResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(stopsManaging(ctx, req)...)

		return
	}

	var plan orderPaymentModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	if resp.Diagnostics.HasError() {
		return
	}

	if !req.State.Raw.IsNull() {
		var state orderPaymentModel

		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

		// A new order is planned in a call of its own, without state.
		if resp.Diagnostics.HasError() || !plan.OrderID.Equal(state.OrderID) {
			return
		}

		resp.Diagnostics.Append(planRecorded(&plan, state)...)
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)

		return
	}

	if r.services == nil {
		return
	}

	quote, diags := r.services.planPayment(ctx, plan)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() || plan.OrderID.IsUnknown() {
		return
	}

	if !quote.AmountDue.IsNull() {
		plan.AmountDue = number(quote.AmountDue)
	}

	if plan.Currency.IsUnknown() {
		plan.Currency = text(quote.Currency)
	}

	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planRecorded plans a payment that state knows: it is never made again, and
// what is unfinished about it is waited for.
func planRecorded(plan *orderPaymentModel, state orderPaymentModel) diag.Diagnostics {
	var diags diag.Diagnostics

	if payment.Unfinished(state.Status.ValueString()) {
		plan.Status = types.StringUnknown()
		plan.AmountPaid = types.NumberUnknown()
		plan.PaymentTime = types.StringUnknown()
		plan.ResourceIDs = types.ListUnknown(types.StringType)
	}

	if !plan.Currency.IsUnknown() && !state.Currency.IsNull() && !plan.Currency.Equal(state.Currency) {
		diags.AddAttributeError(
			path.Root("currency"),
			"Currency differs from the order's",
			fmt.Sprintf(
				"Order %s was paid in %s, but currency says %s.",
				state.OrderID.ValueString(),
				state.Currency.ValueString(),
				plan.Currency.ValueString(),
			),
		)
	}

	return diags
}

func stopsManaging(ctx context.Context, req resource.ModifyPlanRequest) diag.Diagnostics {
	var state orderPaymentModel

	diags := req.State.Get(ctx, &state)
	if diags.HasError() {
		return diags
	}

	return diag.Diagnostics{keepsPayment(state)}
}

func keepsPayment(state orderPaymentModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Payment is kept",
		fmt.Sprintf("Terraform stops managing the payment of order %s. Nothing is refunded and nothing is unsubscribed: what the "+
			"order bought stays, and ends or renews as it is set.", state.OrderID.ValueString()))
}

func (r *orderPaymentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan orderPaymentModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	if resp.Diagnostics.HasError() {
		return
	}

	if r.services == nil {
		resp.Diagnostics.Append(notConfigured("pay order " + plan.OrderID.ValueString()))

		return
	}

	timeout, diags := plan.Timeouts.Create(ctx, orderPaymentTimeout)
	resp.Diagnostics.Append(diags...)

	request, diags := plan.request(ctx)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	receipt, warnings, err := r.services.payer.Pay(ctx, request)
	if err != nil {
		// No state: the next apply looks again, and nothing is tainted.
		resp.Diagnostics.Append(paymentDiagnostic("pay order "+request.OrderID, err))

		return
	}

	resp.Diagnostics.Append(paymentWarnings(warnings)...)

	// A delegated order waits for people; the next plan shows it.
	if receipt.Status != payment.StatusAwaitingPayer {
		wait, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()

		receipt, warnings = r.services.payer.Finish(wait, receipt)
		resp.Diagnostics.Append(paymentWarnings(warnings)...)
	}

	plan.record(receipt)

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(receipt))...)
}

func (r *orderPaymentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state orderPaymentModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if resp.Diagnostics.HasError() {
		return
	}

	if r.services == nil {
		resp.Diagnostics.Append(notConfigured("read the payment of order " + state.OrderID.ValueString()))

		return
	}

	prior, diags := state.receipt(ctx)
	resp.Diagnostics.Append(diags...)

	receipt, diags := r.refresh(ctx, req, prior)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	state.record(receipt)

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(keepIdentity(ctx, req.Identity, resp.Identity, receipt)...)
}

// Update records changed arguments and waits for what is unfinished. It never
// pays.
func (r *orderPaymentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state orderPaymentModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if resp.Diagnostics.HasError() {
		return
	}

	receipt, diags := state.receipt(ctx)
	resp.Diagnostics.Append(diags...)

	if receipt.Unfinished() {
		if r.services == nil {
			resp.Diagnostics.Append(notConfigured("wait for the payment of order " + state.OrderID.ValueString()))

			return
		}

		timeout, diags := plan.Timeouts.Update(ctx, orderPaymentTimeout)
		resp.Diagnostics.Append(diags...)

		wait, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()

		var warnings []payment.Warning

		receipt, warnings = r.services.payer.Finish(wait, receipt)
		resp.Diagnostics.Append(paymentWarnings(warnings)...)
	}

	plan.record(receipt)

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(keepIdentity(ctx, req.Identity, resp.Identity, receipt)...)
}

func (r *orderPaymentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state orderPaymentModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(keepsPayment(state))
	}
}

// ImportState takes the id of an order that is paid. Arguments that the API
// does not know are recorded by the first apply, which pays nothing.
func (r *orderPaymentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	orderID, account := req.ID, ""

	if orderID == "" {
		var identity orderPaymentIdentity

		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)

		if resp.Diagnostics.HasError() {
			return
		}

		orderID, account = identity.OrderID.ValueString(), identity.AccountID.ValueString()
	}

	if diags := validateID(path.Root("order_id"), orderID); diags.HasError() {
		resp.Diagnostics.Append(diags...)

		return
	}

	if r.services == nil {
		resp.Diagnostics.Append(notConfigured("import the payment of order " + orderID))

		return
	}

	receipt, err := r.services.payer.Adopt(ctx, orderID)
	if err != nil {
		resp.Diagnostics.Append(paymentDiagnostic("import the payment of order "+orderID, err))

		return
	}

	if account != "" && account != receipt.AccountID {
		resp.Diagnostics.AddError("Order belongs to another account",
			fmt.Sprintf("Order %s belongs to account %s, and the import names %s.", orderID, receipt.AccountID, account))

		return
	}

	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("order_id"), orderID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(receipt))...)
}
