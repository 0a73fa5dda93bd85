// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
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

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
)

const renewalTimeout = 20 * time.Minute

func newRenewalResource() resource.Resource {
	return &managedResource[renewalModel]{
		name: "renewal", schema: renewalSchema, patience: renewalTimeout,
		subject: resourceSubject, manages: expiry.AspectTerm,
		plan: planRenewal,
		buys: func(plan, state *renewalModel) bool {
			return state == nil || !state.PaidThrough.IsNull() && plan.buysMore(*state)
		},
		create: func(_, wait context.Context, services *services, plan *renewalModel) (sight, diag.Diagnostics) {
			receipt, diags := services.renew(wait, *plan)
			plan.record(receipt)

			return sight{account: receipt.AccountID}, diags
		},
		read:   readRenewal,
		update: updateRenewal,
		ends:   keepsTerm,
		adopt:  adoptResource[renewalModel],
	}
}

func renewalSchema(ctx context.Context) schema.Schema {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	return schema.Schema{
		MarkdownDescription: "Keeps a yearly/monthly resource paid through a day, by at most one renewal for each day and never above " +
			"`max_amount`.\n\n" +
			"- **Plan:** states the price. If the day is already reached, nothing is bought, now or later. An unpaid order " +
			"of somebody else that may renew the resource is a warning of every plan.\n" +
			"- **Apply:** renews, if the price and the end of the term are still those of the plan.\n" +
			"- **To buy more:** set a later day.\n" +
			"- **A run that was cut off:** apply again. It asks the API what happened.\n" +
			"- **Destroy:** stops managing the renewal. Nothing is refunded.",
		Attributes: map[string]schema.Attribute{
			"resource_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: primaryID + "Attached resources are renewed with it.",
				Validators:          []validator.String{isID},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
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
				Optional: true, Computed: true,
				MarkdownDescription: "Currency of `max_amount`, such as `USD`. If set, a price in another currency is an error.",
				Validators:          []validator.String{isCurrency},
				PlanModifiers:       keeps,
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
			"starts_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "When the new term starts (UTC): the end of the present one, as the plan stated it. " +
					"If it moves before the apply, nothing is bought. Null if there was nothing to buy.",
				PlanModifiers: keeps,
			},
			"quoted_periods": schema.Int64Attribute{
				Computed:            true,
				MarkdownDescription: "How many periods to buy, as the plan stated it; 0 if the day was already reached.",
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			},
			"quoted_amount": schema.NumberAttribute{
				Computed: true,
				MarkdownDescription: "Price of these periods before coupons, with attached resources, as the plan stated it; " +
					"0 if the day was already reached.",
				PlanModifiers: []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"estimated_end": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "When the new term ends by the calendar (UTC), as the plan stated it. " +
					"If the account has a unified expiry day, the term ends later and costs more. The API does not show that day.",
				PlanModifiers: keeps,
			},
			"continues_order_id": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Unpaid order that renews the resource already, and is paid instead of a new one. The plan always states " +
					"it: null means that no open order will be paid. An order that shows after the plan is neither paid nor " +
					"canceled.",
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Outcome:\n" +
					"  - `reached`: the resource is paid through the day.\n" +
					"  - `processing`: paid, and being carried out.\n" +
					"  - `unconfirmed`: the API accepted the payment, and the order does not show it.\n" +
					"  - `awaiting_payer`: a master account has to pay.\n" +
					"  - `short`: renewed, but the resource still ends before the day.\n" +
					"  - `canceled`: the order was canceled.\n" +
					"  - `pending`: recorded after an import, nothing is ordered yet.\n" +
					"  - `imported`: imported, no day is recorded yet.",
				PlanModifiers: keeps,
			},
			"order_ids": schema.ListAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "Orders that were paid to reach the day. Null if it was reached without any.",
				PlanModifiers:       []planmodifier.List{listplanmodifier.UseStateForUnknown()},
			},
			"amount_paid": schema.NumberAttribute{
				Computed:            true,
				MarkdownDescription: "What was charged for these orders: the price less what coupons and cards covered.",
				PlanModifiers:       []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"payment_time": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When these orders were paid (UTC).",
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
				Create: true, CreateDescription: "How long to wait until billing knows the resource and a paid renewal is carried out. " +
					"Default: `20m`. After that, the payment is kept, and the next plan shows the rest.",
				Update: true, UpdateDescription: "The same, for a later day and for an apply that waits for an earlier payment.",
			}),
		},
	}
}

func planRenewal(ctx context.Context, services *services, plan, state, config *renewalModel) diag.Diagnostics {
	// Always known: an unknown value would let the apply's own plan fill in what
	// nobody has approved. Of another day nothing is recorded, so that a plan which
	// does not know the day keeps its promise whichever it is.
	plan.Continues = types.StringNull()
	if state != nil && plan.PaidThrough.Equal(state.PaidThrough) {
		plan.Continues = state.Continues
	}

	switch {
	case state == nil:
		return services.planBuying(ctx, plan, *config)
	case state.PaidThrough.IsNull():
		receipt, diags := state.recorded(ctx, *plan)
		plan.record(receipt)

		if plan.PaidThrough.IsUnknown() {
			plan.Status = types.StringUnknown()
		}

		// An argument that is not known yet has to stay so.
		if config.Currency.IsUnknown() {
			plan.Currency = config.Currency
		}

		return diags
	case plan.buysMore(*state):
		if diags := stillRunning(*state); diags.HasError() {
			return diags
		}

		plan.unknownReceipt()

		return append(services.planBuying(ctx, plan, *config), plan.unknownDay(*state)...)
	default:
		return plan.keepBought(*state)
	}
}

// planBuying writes into the plan what reaching the day costs.
func (s *services) planBuying(ctx context.Context, plan *renewalModel, config renewalModel) diag.Diagnostics {
	if s == nil {
		return nil
	}

	quote, diags := s.planRenewal(ctx, *plan)
	if !diags.HasError() && plan.unpriced() == "" {
		plan.quote(quote, config)
	}

	return diags
}

// planRenewal asks what a renewal would cost, and checks it against what the run
// may spend. The quote is empty if an argument that the price depends on is
// unknown.
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
		return quote, append(diags, actDiagnostic("plan the renewal of resource "+goal.ResourceID, err))
	}

	diags.Append(actWarnings(quote.Warnings)...)

	if !quote.Reached {
		diags.Append(spendingDiagnostics("plan the renewal of resource "+goal.ResourceID, path.Root("resource_id"),
			s.spending.Planned("renewal "+goal.ResourceID, quote.Bound, quote.Currency))...)
	}

	return quote, diags
}

// renew renews, and waits until that is carried out.
func (s *services) renew(wait context.Context, plan renewalModel) (renewal.Receipt, diag.Diagnostics) {
	goal, diags := plan.goal(wait)
	if diags.HasError() {
		return renewal.Receipt{}, diags
	}

	receipt, warnings, err := s.renewals.Renew(wait, goal)
	if err != nil {
		return receipt, append(diags, actDiagnostic("renew resource "+goal.ResourceID, err))
	}

	diags.Append(actWarnings(warnings)...)

	receipt, warnings = s.renewals.Finish(wait, goal, receipt)

	return receipt, append(diags, actWarnings(warnings)...)
}

func readRenewal(ctx context.Context, services *services, state *renewalModel) (sight, diag.Diagnostics) {
	if state.PaidThrough.IsNull() {
		return readImportedRenewal(ctx, services, state)
	}

	goal, diags := state.goal(ctx)
	prior, more := state.receipt(ctx)
	diags.Append(more...)

	if diags.HasError() {
		return sight{}, diags
	}

	receipt, gone, err := services.renewals.Refresh(ctx, goal, prior)
	if err != nil {
		return sight{}, append(diags, actDiagnostic("read the renewal of resource "+goal.ResourceID, err))
	}

	state.record(receipt)

	if !gone {
		diags.Append(actWarnings(services.renewals.LeftUnpaid(ctx, receipt))...)
	}

	return sight{absent: gone}, diags
}

// readImportedRenewal reads an imported resource, for which no day is recorded yet.
func readImportedRenewal(ctx context.Context, services *services, state *renewalModel) (sight, diag.Diagnostics) {
	return services.readPolicy(ctx, state.ResourceID.ValueString(), func(found bssapi.Resource) {
		state.Status = types.StringValue(renewal.StatusImported)
		state.ExpireTime = textValue(found.ExpireTime)
	})
}

// updateRenewal buys if the plan says so: for a later day, or for the day
// recorded after an import. Otherwise it records arguments and waits for an
// unfinished renewal.
func updateRenewal(wait context.Context, services *services, plan, state *renewalModel) (sight, diag.Diagnostics) {
	receipt, diags := state.recorded(wait, *plan)
	saw := sight{}

	switch {
	case diags.HasError(), state.PaidThrough.IsNull():
	case plan.buysMore(*state):
		if diags.Append(stillRunning(*state)...); diags.HasError() {
			return sight{}, diags
		}

		var more diag.Diagnostics

		receipt, more = services.renew(wait, *plan)
		diags.Append(more...)

		saw = sight{account: receipt.AccountID, seen: true}
	case receipt.Unfinished():
		goal, more := plan.goal(wait)
		diags.Append(more...)

		if diags.HasError() {
			return sight{}, diags
		}

		var (
			warnings []act.Warning
			err      error
		)

		receipt, warnings, err = services.renewals.Resume(wait, goal, receipt)
		if err != nil {
			return sight{}, append(diags, actDiagnostic("wait for the renewal of resource "+goal.ResourceID, err))
		}

		diags.Append(actWarnings(warnings)...)
	}

	plan.record(receipt)

	return saw, diags
}

func keepsTerm(state *renewalModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Paid term is kept",
		fmt.Sprintf("Terraform stops managing how long resource %s is paid. Nothing is refunded and nothing is unsubscribed: the "+
			"resource stays until %s, and then expires or renews as set.", state.ResourceID.ValueString(), state.ExpireTime.ValueString()))
}
