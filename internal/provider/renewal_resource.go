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
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/numberplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

const renewalTimeout = 20 * time.Minute

func newRenewalResource() resource.Resource {
	return &renewalResource{policyResource{typeName: typeRenewal}}
}

type renewalResource struct{ policyResource }

var (
	_ resource.ResourceWithConfigure   = (*renewalResource)(nil)
	_ resource.ResourceWithIdentity    = (*renewalResource)(nil)
	_ resource.ResourceWithImportState = (*renewalResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*renewalResource)(nil)
)

func (r *renewalResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	resp.Schema = schema.Schema{
		MarkdownDescription: "Keeps a yearly/monthly resource paid through a day: a goal, which is reached by at most one renewal and never " +
			"above `max_amount`.\n\n" +
			"The plan states the price. Where the day is reached already, nothing is bought, now or later. To buy more, set a later day. An " +
			"apply that was cut off can be repeated: it finds out what happened from the API. Destroying the resource stops managing the " +
			"renewal; nothing is refunded.",
		Attributes: map[string]schema.Attribute{
			"resource_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Id of a yearly/monthly resource, as its cloud service knows it; of a primary one, with which those attached " +
					"to it are renewed.",
				Validators:    []validator.String{isID},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"paid_through": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The last day that is to be paid, such as `2027-12-31`, in the billing calendar (UTC+8). It is reached when the " +
					"term of the resource ends on that day or later. The least number of periods that reaches it is bought.",
				Validators: []validator.String{dayText{}},
			},
			"period_unit": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "What is bought: `month` (1 to 11 in one order) or `year` (1 to 3).",
				Validators:          []validator.String{stringvalidator.OneOf(string(renewal.Month), string(renewal.Year))},
			},
			"max_amount": schema.NumberAttribute{
				Required: true,
				MarkdownDescription: "The most that reaching the day may charge, before coupons, in the currency of the order. It is held against " +
					"the highest amount that the payment can cause.",
				Validators: []validator.Number{notNegative{}},
			},
			"currency": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Currency of `max_amount`, such as `USD`. Where it is given, a price in another currency is an error.",
				Validators:          []validator.String{isCurrency},
				PlanModifiers:       keeps,
			},
			"discount": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "`best` uses the discount that saves most, of those that the order offers. `none`, which is meant where it is " +
					"left " +
					"out, names no discount; `max_amount` has to cover the official price then.",
				Validators: []validator.String{stringvalidator.OneOf(string(renewal.DiscountNone), string(renewal.DiscountBest))},
			},
			"coupon_ids": schema.SetAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Coupons to pay with, at most three. Coupons never lower what `max_amount` is held against.",
				Validators:          areCoupons,
			},
			"starts_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "When the term that is bought starts (UTC): the end of the present one, as the plan stated it. Where it moves " +
					"before " +
					"the apply, nothing is bought. Null where nothing was to be bought.",
				PlanModifiers: keeps,
			},
			"quoted_periods": schema.Int64Attribute{
				Computed:            true,
				MarkdownDescription: "How many periods are bought, as the plan stated it; 0 where the day was reached.",
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			},
			"quoted_amount": schema.NumberAttribute{
				Computed: true,
				MarkdownDescription: "Price of these periods before coupons, with what is attached, as the plan stated it; 0 where the day was " +
					"reached.",
				PlanModifiers: []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"estimated_end": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "When the term that is bought ends by the calendar (UTC), as the plan stated it. A unified expiry day of the " +
					"account, " +
					"which cannot be read, makes it later and the price higher.",
				PlanModifiers: keeps,
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "What became of the goal: `reached`, `processing` (paid, being carried out), `awaiting_payer` (a master " +
					"account has " +
					"to pay), `short` (a renewal was carried out and the resource ends earlier all the same), `canceled`, `pending` (recorded " +
					"after an import, nothing ordered yet), or `imported`.",
				PlanModifiers: keeps,
			},
			"order_ids": schema.ListAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "Orders that were paid for the goal. Null where the day was reached anyway.",
				PlanModifiers:       []planmodifier.List{listplanmodifier.UseStateForUnknown()},
			},
			"amount_paid": schema.NumberAttribute{
				Computed:            true,
				MarkdownDescription: "What was charged for them: the price less what coupons and cards covered.",
				PlanModifiers:       []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"payment_time": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When they were paid (UTC).",
				PlanModifiers:       keeps,
			},
			"expire_time": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the resource ends (UTC).",
				PlanModifiers:       keeps,
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": timeoutsBlock(ctx, timeouts.Opts{
				Create: true,
				CreateDescription: "How long to wait until billing knows the resource and a paid renewal is carried out, 20 minutes (`20m`) where " +
					"left out. When it ends, the payment is kept and the rest is shown by the next plan.",
				Update:            true,
				UpdateDescription: "The same, for a later day and for an apply that waits for an earlier payment.",
			}),
		},
	}
}

func (r *renewalResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state, config renewalModel

	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(keepsTerm(state))

		return
	}

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if resp.Diagnostics.HasError() {
		return
	}

	switch {
	case req.State.Raw.IsNull():
		resp.Diagnostics.Append(r.planBuying(ctx, &plan, config)...)
	case !plan.ResourceID.Equal(state.ResourceID):
		// A new resource is planned in a call of its own, without state.
		return
	case state.PaidThrough.IsNull():
		receipt, diags := state.recorded(ctx, plan)
		resp.Diagnostics.Append(diags...)
		plan.record(receipt)
	case plan.buysMore(state):
		resp.Diagnostics.Append(stillRunning(state)...)

		if !resp.Diagnostics.HasError() {
			plan.unknownReceipt()
			resp.Diagnostics.Append(r.planBuying(ctx, &plan, config)...)
		}
	default:
		resp.Diagnostics.Append(plan.keepBought(state)...)
	}

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
	}
}

// planBuying states what reaching the day costs.
func (r *renewalResource) planBuying(ctx context.Context, plan *renewalModel, config renewalModel) diag.Diagnostics {
	if r.services == nil {
		return nil
	}

	quote, diags := r.services.planRenewal(ctx, *plan)
	if !diags.HasError() && plan.unpriced() == "" {
		plan.quote(quote, config)
	}

	return diags
}

// planRenewal asks what a renewal would cost, and holds that against what the
// run may spend. Where the price is not known yet there is nothing to ask, and
// the quote is empty.
func (s *services) planRenewal(ctx context.Context, arguments renewalModel) (renewal.Quote, diag.Diagnostics) {
	if at := arguments.unpriced(); at != "" {
		return renewal.Quote{}, spendingDiagnostics("plan the renewal", path.Root(at), s.spending.Planned("", bssapi.Decimal{}, ""))
	}

	goal, diags := arguments.goal(ctx)
	if diags.HasError() {
		return renewal.Quote{}, diags
	}

	quote, err := s.renewals.Quote(ctx, goal)
	if err != nil {
		return quote, append(diags, paymentDiagnostic("plan the renewal of resource "+goal.ResourceID, err))
	}

	diags.Append(paymentWarnings(quote.Warnings)...)

	if !quote.Reached {
		diags.Append(spendingDiagnostics("plan the renewal of resource "+goal.ResourceID, path.Root("resource_id"),
			s.spending.Planned("renewal "+goal.ResourceID, quote.Bound, quote.Currency))...)
	}

	return quote, diags
}

func (r *renewalResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan renewalModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	if resp.Diagnostics.HasError() {
		return
	}

	timeout, diags := plan.Timeouts.Create(ctx, renewalTimeout)
	resp.Diagnostics.Append(diags...)

	receipt, diags := r.renew(ctx, plan, timeout)
	resp.Diagnostics.Append(diags...)

	// No state: the next apply looks again, and nothing is tainted.
	if resp.Diagnostics.HasError() {
		return
	}

	plan.record(receipt)

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, policyIdentity{ResourceID: plan.ResourceID, AccountID: r.accountOf(ctx, receipt)})...)
}

// renew acts, and waits for what it did.
func (r *renewalResource) renew(ctx context.Context, plan renewalModel, timeout time.Duration) (renewal.Receipt, diag.Diagnostics) {
	id := plan.ResourceID.ValueString()

	if r.services == nil {
		return renewal.Receipt{}, diag.Diagnostics{notConfigured("renew resource " + id)}
	}

	goal, diags := plan.goal(ctx)
	if diags.HasError() {
		return renewal.Receipt{}, diags
	}

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	receipt, warnings, err := r.services.renewals.Renew(ctx, goal)
	if err != nil {
		return receipt, append(diags, paymentDiagnostic("renew resource "+id, err))
	}

	diags.Append(paymentWarnings(warnings)...)

	receipt, warnings = r.services.renewals.Finish(ctx, goal, receipt)

	return receipt, append(diags, paymentWarnings(warnings)...)
}

func (r *renewalResource) accountOf(ctx context.Context, receipt renewal.Receipt) types.String {
	if receipt.AccountID != "" {
		return text(receipt.AccountID)
	}

	return text(r.services.account(ctx))
}

func (r *renewalResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state renewalModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if resp.Diagnostics.HasError() {
		return
	}

	id := state.ResourceID.ValueString()

	if r.services == nil {
		resp.Diagnostics.Append(notConfigured("read resource " + id))

		return
	}

	if state.PaidThrough.IsNull() {
		r.readImported(ctx, req, resp, state)

		return
	}

	goal, diags := state.goal(ctx)
	resp.Diagnostics.Append(diags...)

	prior, diags := state.receipt(ctx)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	receipt, gone, err := r.services.renewals.Refresh(ctx, goal, prior)
	if err != nil {
		resp.Diagnostics.Append(paymentDiagnostic("read the renewal of resource "+id, err))

		return
	}

	if gone {
		resp.Diagnostics.Append(r.sameAccount(ctx, id, req.Identity)...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	if gone {
		resp.Diagnostics.AddWarning("Resource is not known any more",
			fmt.Sprintf("Billing does not know resource %s now. Its renewal stays in state as it was last read.", id))
	}

	state.record(receipt)

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(r.identify(ctx, state.ResourceID, req.Identity, resp.Identity)...)
}

// readImported reads a resource of which no day is recorded yet.
func (r *renewalResource) readImported(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse, state renewalModel) {
	id := state.ResourceID.ValueString()

	found, gone, diags := r.read(ctx, id, req.Identity)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	if gone {
		resp.State.RemoveResource(ctx)

		return
	}

	if subscription.Attached(found) {
		resp.Diagnostics.AddError("Resource is attached to another",
			fmt.Sprintf("Resource %s belongs to %s and is renewed with it. Import %s.", id, found.ParentResourceID, found.ParentResourceID))

		return
	}

	state.Status = types.StringValue(renewal.StatusImported)
	state.ExpireTime = text(found.ExpireTime)

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(r.identify(ctx, state.ResourceID, req.Identity, resp.Identity)...)
}

// Update buys where the plan says so: for a later day, or for the day that was
// recorded after an import. Otherwise it records arguments and waits for what is
// unfinished.
func (r *renewalResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state renewalModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	timeout, diags := plan.Timeouts.Update(ctx, renewalTimeout)
	resp.Diagnostics.Append(diags...)

	receipt, diags := state.recorded(ctx, plan)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	switch {
	case state.PaidThrough.IsNull():
	case plan.buysMore(state):
		resp.Diagnostics.Append(stillRunning(state)...)

		if resp.Diagnostics.HasError() {
			return
		}

		receipt, diags = r.renew(ctx, plan, timeout)
		resp.Diagnostics.Append(diags...)
	case receipt.Unfinished():
		receipt, diags = r.finish(ctx, plan, receipt, timeout)
		resp.Diagnostics.Append(diags...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	plan.record(receipt)

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.identify(ctx, plan.ResourceID, req.Identity, resp.Identity)...)
}

func (r *renewalResource) finish(
	ctx context.Context,
	plan renewalModel,
	receipt renewal.Receipt,
	timeout time.Duration,
) (renewal.Receipt, diag.Diagnostics) {
	if r.services == nil {
		return receipt, diag.Diagnostics{notConfigured("wait for the renewal of resource " + receipt.ResourceID)}
	}

	goal, diags := plan.goal(ctx)
	if diags.HasError() {
		return receipt, diags
	}

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	receipt, warnings := r.services.renewals.Finish(ctx, goal, receipt)

	return receipt, append(diags, paymentWarnings(warnings)...)
}

func (r *renewalResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state renewalModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(keepsTerm(state))
	}
}

func keepsTerm(state renewalModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Paid term is kept",
		fmt.Sprintf("Terraform stops managing how long resource %s is paid. Nothing is refunded and nothing is unsubscribed: the resource stays "+
			"until %s, and ends or renews then as it is set.", state.ResourceID.ValueString(), state.ExpireTime.ValueString()))
}
