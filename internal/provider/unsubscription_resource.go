// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/numberplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

const (
	typeUnsubscription = "bss_unsubscription"

	scopeAll      = string(unsubscription.ResourceAndRenewals)
	scopeRenewals = string(unsubscription.RenewalsOnly)

	unsubscriptionTimeout = 20 * time.Minute
)

func newUnsubscriptionResource() resource.Resource {
	return &unsubscriptionResource{policyResource{typeName: typeUnsubscription}}
}

// unsubscriptionResource shares with the settings of a resource's expiry how it
// is identified.
type unsubscriptionResource struct{ policyResource }

var (
	_ resource.ResourceWithConfigure   = (*unsubscriptionResource)(nil)
	_ resource.ResourceWithIdentity    = (*unsubscriptionResource)(nil)
	_ resource.ResourceWithImportState = (*unsubscriptionResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*unsubscriptionResource)(nil)
)

func (r *unsubscriptionResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	resp.Schema = schema.Schema{
		MarkdownDescription: "Gives a yearly/monthly resource back, or its renewed terms that have not started, at most once. **Applying " +
			"this deletes: it " +
			"cannot be undone.**\n\n" +
			"The plan says what will be deleted. Before anything is sent the resource is read again: one that is closed by then is recorded, " +
			"and one " +
			"that was renewed meanwhile is left alone. An apply that was cut off can be repeated: it finds out what happened from the API. " +
			"Destroying " +
			"this resource stops managing the record; nothing comes back.\n\n" +
			"It spends nothing, so `spending { mode = \"deny\" }` of the provider does not refuse it; what does is a user without the permission " +
			"`bss:unsubscribe:update`, and `allowed_domain_ids` of the provider for every other account.",
		Attributes: map[string]schema.Attribute{
			"resource_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Id of a yearly/monthly resource, as its cloud service knows it; of a primary one, which takes those attached " +
					"to it " +
					"along. Another id is another unsubscription, and the plan shows it as a replacement.",
				Validators:    []validator.String{isID},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"scope": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "What to give back: `resource_and_renewals`, the resource and every term of it, or `renewals_only`, renewed " +
					"terms that " +
					"have not started, which leaves the resource in use until its present term ends. Changing `renewals_only` to " +
					"`resource_and_renewals` " +
					"unsubscribes the resource; the other way round nothing is brought back.",
				Validators: []validator.String{stringvalidator.OneOf(scopeAll, scopeRenewals)},
			},
			"reason": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Reason in words, which the vendor is told, at most 512 characters. It goes along with the unsubscription; a " +
					"later change is only recorded.",
				Validators: []validator.String{trimmed{unsubscription.MaxReason}},
			},
			"planned_expire_time": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "When the paid term ended as this was planned (UTC). The plan states it; where it moves before the apply, the " +
					"apply is " +
					"refused and nothing is given back.",
				PlanModifiers: keeps,
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "What became of it: `processing` (accepted, and its effect does not show yet), `unsubscribed` (the resource " +
					"is closed), " +
					"`completed` (the renewed terms are given back, or there were none) or `canceled` (the order was canceled, and nothing was given " +
					"back).",
				PlanModifiers: keeps,
			},
			"order_id": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Order of the unsubscription. Null where the answer that names it was lost, and where the resource was closed " +
					"without " +
					"this resource: no order says which resource it is about.",
				PlanModifiers: keeps,
			},
			"refund_amount": schema.NumberAttribute{
				Computed: true,
				MarkdownDescription: "What that order gives back, less the fees that it keeps, in `currency`: a positive number, or 0. Null where " +
					"the order is " +
					"not known, and until it can be read.",
				PlanModifiers: []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"currency": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Currency of `refund_amount`.",
				PlanModifiers:       keeps,
			},
			"expire_time": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the resource ends, or ended, as the API shows it (UTC).",
				PlanModifiers:       keeps,
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": timeoutsBlock(ctx, timeouts.Opts{
				Create: true,
				CreateDescription: "How long to wait until an accepted unsubscription is carried out, and before it for others that are under way, " +
					"20 minutes (`20m`) where left out. When it ends, what was accepted is kept and the rest is shown by the next plan.",
				Update:            true,
				UpdateDescription: "The same, for an apply that waits for an earlier unsubscription, or widens its scope.",
			}),
		},
	}
}

type unsubscriptionModel struct {
	ResourceID        types.String   `tfsdk:"resource_id"`
	Scope             types.String   `tfsdk:"scope"`
	Reason            types.String   `tfsdk:"reason"`
	PlannedExpireTime types.String   `tfsdk:"planned_expire_time"`
	Status            types.String   `tfsdk:"status"`
	OrderID           types.String   `tfsdk:"order_id"`
	RefundAmount      types.Number   `tfsdk:"refund_amount"`
	Currency          types.String   `tfsdk:"currency"`
	ExpireTime        types.String   `tfsdk:"expire_time"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`
}

// request is what the plan asks to give back.
func (m *unsubscriptionModel) request() unsubscription.Request {
	return unsubscription.Request{
		ResourceID: m.ResourceID.ValueString(),
		Scope:      unsubscription.Scope(m.Scope.ValueString()),
		Reason:     m.Reason.ValueString(),
		ExpireTime: m.PlannedExpireTime.ValueString(),
	}
}

// receipt is what state knows of the unsubscription.
func (m *unsubscriptionModel) receipt() unsubscription.Receipt {
	return unsubscription.Receipt{
		ResourceID:   m.ResourceID.ValueString(),
		Scope:        unsubscription.Scope(m.Scope.ValueString()),
		Status:       m.Status.ValueString(),
		OrderID:      m.OrderID.ValueString(),
		RefundAmount: decimal(m.RefundAmount),
		Currency:     m.Currency.ValueString(),
		Before:       m.PlannedExpireTime.ValueString(),
		ExpireTime:   m.ExpireTime.ValueString(),
	}
}

// record writes the receipt into the model. What the plan has promised stays as
// it was promised.
func (m *unsubscriptionModel) record(receipt unsubscription.Receipt) {
	if m.PlannedExpireTime.IsUnknown() {
		m.PlannedExpireTime = text(receipt.Before)
	}

	m.Status = text(receipt.Status)
	m.OrderID = text(receipt.OrderID)
	m.RefundAmount = number(receipt.RefundAmount)
	m.Currency = text(receipt.Currency)
	m.ExpireTime = text(receipt.ExpireTime)
}

// acts says whether the plan unsubscribes, given what state knows: what is
// recorded is never done again, and only more than that is an act. An imported
// record has no scope until its first apply writes one.
func (m *unsubscriptionModel) acts(state *unsubscriptionModel) bool {
	return state == nil || state.Scope.ValueString() == scopeRenewals && (m.Scope.IsUnknown() || m.Scope.ValueString() == scopeAll)
}

func (r *unsubscriptionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state *unsubscriptionModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	switch {
	case resp.Diagnostics.HasError():
		return
	case plan == nil:
		resp.Diagnostics.Append(bringsNothingBack(state))

		return
	case plan.ResourceID.IsUnknown(), state != nil && !plan.ResourceID.Equal(state.ResourceID):
		// Another resource is planned in a call of its own, without state.
		return
	case plan.acts(state):
		resp.Diagnostics.Append(r.planAct(ctx, plan)...)
	default:
		resp.Diagnostics.Append(plan.planRecorded(state)...)
	}

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// planAct plans an unsubscription: the plan states the expiry that it was agreed
// for, and says what will be gone.
func (r *unsubscriptionResource) planAct(ctx context.Context, plan *unsubscriptionModel) diag.Diagnostics {
	plan.PlannedExpireTime = types.StringUnknown()
	plan.Status, plan.OrderID, plan.Currency, plan.ExpireTime = types.StringUnknown(), types.StringUnknown(), types.StringUnknown(),
		types.StringUnknown()
	plan.RefundAmount = types.NumberUnknown()

	if r.services == nil {
		return nil
	}

	request := plan.request()
	if plan.Scope.IsUnknown() {
		// The worst that it can be.
		request.Scope = unsubscription.ResourceAndRenewals
	}

	quote, err := r.services.unsubscriptions.Quote(ctx, request)
	if err != nil {
		return diag.Diagnostics{unsubscriptionDiagnostic("plan the unsubscription of resource "+request.ResourceID, err)}
	}

	plan.PlannedExpireTime = text(quote.ExpireTime)

	return paymentWarnings(quote.Warnings)
}

// planRecorded plans an unsubscription that state knows: it is never made again,
// and what is unfinished about it is waited for.
func (m *unsubscriptionModel) planRecorded(state *unsubscriptionModel) diag.Diagnostics {
	m.PlannedExpireTime = state.PlannedExpireTime
	m.Status, m.OrderID, m.RefundAmount, m.Currency, m.ExpireTime = state.Status, state.OrderID, state.RefundAmount, state.Currency,
		state.ExpireTime

	if unsubscription.Unfinished(state.Status.ValueString()) {
		m.Status, m.ExpireTime, m.Currency, m.RefundAmount = types.StringUnknown(), types.StringUnknown(), types.StringUnknown(),
			types.NumberUnknown()
	}

	var diags diag.Diagnostics

	if state.Scope.ValueString() == scopeAll && m.Scope.ValueString() == scopeRenewals {
		diags.AddAttributeWarning(
			path.Root("scope"),
			"Nothing is brought back",
			fmt.Sprintf(
				"Resource %s was unsubscribed with everything. Applying records the narrower scope, and does nothing else.",
				m.ResourceID.ValueString(),
			),
		)
	}

	return diags
}

func bringsNothingBack(state *unsubscriptionModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic(
		"Unsubscription stays made",
		fmt.Sprintf(
			"Terraform stops managing the record of the unsubscription of resource %s. Nothing comes back, neither the resource nor a term of it.",
			state.ResourceID.ValueString(),
		),
	)
}

func (r *unsubscriptionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan unsubscriptionModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	timeout, diags := plan.Timeouts.Create(ctx, unsubscriptionTimeout)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	wait, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	// After an error there is no state: the next apply looks again, and nothing
	// is tainted.
	resp.Diagnostics.Append(r.unsubscribe(wait, &plan)...)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.identifyNew(ctx, plan.ResourceID, resp.Identity)...)
}

func (r *unsubscriptionResource) unsubscribe(ctx context.Context, plan *unsubscriptionModel) diag.Diagnostics {
	request := plan.request()
	doing := "unsubscribe resource " + request.ResourceID

	if r.services == nil {
		return diag.Diagnostics{notConfigured(doing)}
	}

	receipt, warnings, err := r.services.unsubscriptions.Unsubscribe(ctx, request)
	if err != nil {
		return diag.Diagnostics{unsubscriptionDiagnostic(doing, err)}
	}

	receipt, more := r.services.unsubscriptions.Finish(ctx, receipt)
	plan.record(receipt)

	return paymentWarnings(append(warnings, more...))
}

func (r *unsubscriptionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state unsubscriptionModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if resp.Diagnostics.HasError() {
		return
	}

	id := state.ResourceID.ValueString()

	if r.services == nil {
		resp.Diagnostics.Append(notConfigured("read the unsubscription of resource " + id))

		return
	}

	receipt, warnings, err := r.services.unsubscriptions.Refresh(ctx, state.receipt())

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		// What is gone stays unsubscribed; what another account does not see may
		// well exist.
		resp.Diagnostics.Append(r.sameAccount(ctx, id, req.Identity)...)
	case err != nil:
		resp.Diagnostics.Append(unsubscriptionDiagnostic("read the unsubscription of resource "+id, err))
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(paymentWarnings(warnings)...)
	state.record(receipt)

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(r.identify(ctx, state.ResourceID, req.Identity, resp.Identity)...)
}

// Update records changed arguments and waits for what is unfinished. It
// unsubscribes only where the scope grew from renewed terms to everything.
func (r *unsubscriptionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state unsubscriptionModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	timeout, diags := plan.Timeouts.Update(ctx, unsubscriptionTimeout)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	wait, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	receipt := state.receipt()

	switch {
	case plan.acts(&state):
		resp.Diagnostics.Append(r.unsubscribe(wait, &plan)...)
	case !receipt.Unfinished():
		plan.record(receipt)
	case r.services == nil:
		resp.Diagnostics.Append(notConfigured("wait for the unsubscription of resource " + receipt.ResourceID))
	default:
		var warnings []payment.Warning

		receipt, warnings = r.services.unsubscriptions.Finish(wait, receipt)
		resp.Diagnostics.Append(paymentWarnings(warnings)...)
		plan.record(receipt)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(r.identify(ctx, plan.ResourceID, req.Identity, resp.Identity)...)
}

func (r *unsubscriptionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state unsubscriptionModel

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(bringsNothingBack(&state))
	}
}

// ImportState takes the id of a resource that is closed. The scope, which the
// API does not know, is recorded by the first apply, which sends nothing.
func (r *unsubscriptionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.policyResource.ImportState(ctx, req, resp)

	if resp.Diagnostics.HasError() {
		return
	}

	var id types.String

	resp.Diagnostics.Append(resp.State.GetAttribute(ctx, path.Root("resource_id"), &id)...)

	receipt, err := r.services.unsubscriptions.Adopt(ctx, id.ValueString())
	if err != nil {
		resp.Diagnostics.Append(unsubscriptionDiagnostic("import the unsubscription of resource "+id.ValueString(), err))

		return
	}

	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("status"), receipt.Status)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("expire_time"), receipt.ExpireTime)...)
}
