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

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

const (
	scopeAll      = string(unsubscription.ResourceAndRenewals)
	scopeRenewals = string(unsubscription.RenewalsOnly)

	unsubscriptionTimeout = 20 * time.Minute
)

func newUnsubscriptionResource() resource.Resource {
	return &managedResource[unsubscriptionModel]{
		name: "unsubscription", schema: unsubscriptionSchema, patience: unsubscriptionTimeout,
		subject: resourceSubject, manages: expiry.AspectEnd,
		plan: func(ctx context.Context, services *services, plan, state, _ *unsubscriptionModel) diag.Diagnostics {
			switch {
			case plan.acts(state):
				return services.planUnsubscription(ctx, plan)
			default:
				return plan.planRecorded(state)
			}
		},
		create: func(_, wait context.Context, services *services, plan *unsubscriptionModel) (sight, diag.Diagnostics) {
			return services.unsubscribe(wait, plan)
		},
		read:   readUnsubscription,
		update: updateUnsubscription,
		ends:   bringsNothingBack,
		adopt:  adoptUnsubscription,
	}
}

func unsubscriptionSchema(ctx context.Context) schema.Schema {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	return schema.Schema{
		MarkdownDescription: "Unsubscribes a yearly/monthly resource, or only its renewed terms that have not started, at most once. " +
			"**Applying this deletes. It cannot be undone.**\n\n" +
			"- **Plan:** names what will be deleted.\n" +
			"- **Apply:** reads the resource again, and unsubscribes it. A closed resource is only recorded. One that was " +
			"renewed in the meantime is left alone.\n" +
			"- **A run that was cut off:** apply again. It asks the API what happened.\n" +
			"- **Destroy:** removes only the record. Nothing comes back.\n" +
			"- **To rule it out:** use credentials without the permission `bss:unsubscribe:update`. `allowed_domain_ids` of " +
			"the provider rules it out in all other accounts. `spending { mode = \"deny\" }` does not: it spends nothing.",
		Attributes: map[string]schema.Attribute{
			"resource_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: primaryID + "Attached resources are unsubscribed with it. " +
					"A new id is a new unsubscription: the plan shows a replacement.",
				Validators:    []validator.String{isID},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"scope": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "What to unsubscribe. Changing `renewals_only` to `resource_and_renewals` unsubscribes the resource; the " +
					"reverse brings nothing back.\n" +
					"  - `resource_and_renewals`: the resource and all its terms.\n" +
					"  - `renewals_only`: renewed terms that have not started. The resource stays in use until its present " +
					"term ends.",
				Validators: []validator.String{oneOfTexts{scopeAll, scopeRenewals}},
			},
			"reason": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Reason to give to the vendor, at most 512 characters. It is sent with the unsubscription; " +
					"a later change is only recorded.",
				Validators: []validator.String{trimmed{unsubscription.MaxReason}},
			},
			"deletes": schema.ListAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "Ids of the resources that the apply deletes, sorted: the resource itself and what is attached to it. " +
					"The plan states it. If it changes before the apply, the apply is refused. Null with `renewals_only`, " +
					"and if the resource is closed.",
				PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
			},
			"planned_expire_time": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "End of the paid term (UTC), as the plan stated it. If it moves before the apply, " +
					"the apply is refused and nothing is unsubscribed.",
				PlanModifiers: keeps,
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Outcome. Known in a plan that unsubscribes nothing, as the resource is closed; if it is not closed at the " +
					"apply, the apply is refused.\n" +
					"  - `processing`: accepted, but its effect does not show yet.\n" +
					"  - `unsubscribed`: the resource is closed.\n" +
					"  - `completed`: the renewed terms are unsubscribed, or there were none.\n" +
					"  - `canceled`: the order was canceled, and nothing was unsubscribed.",
				PlanModifiers: keeps,
			},
			"order_id": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Order of the unsubscription. Null if the answer that names it was lost, " +
					"or if something else closed the resource: orders do not say which resource they unsubscribe.",
				PlanModifiers: keeps,
			},
			"refund_amount": schema.NumberAttribute{
				Computed: true,
				MarkdownDescription: "What that order refunds, less fees, in `currency`: positive or 0. " +
					"Null if the order is not known, and until it can be read.",
				PlanModifiers: []planmodifier.Number{numberplanmodifier.UseStateForUnknown()},
			},
			"currency": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Currency of `refund_amount`.",
				PlanModifiers:       keeps,
			},
			"expire_time": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the resource ends or ended (UTC), as the API shows it.",
				PlanModifiers:       keeps,
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": timeoutsBlock(ctx, timeouts.Opts{
				Create: true, CreateDescription: "How long to wait until an accepted unsubscription is carried out, and before it for " +
					"others under way. Default: `20m`. After that, what was accepted is kept, and the next plan shows the rest.",
				Update: true, UpdateDescription: "The same, for an apply that waits for an earlier unsubscription or widens its scope.",
			}),
		},
	}
}

type unsubscriptionModel struct {
	ResourceID        types.String   `tfsdk:"resource_id"`
	Scope             types.String   `tfsdk:"scope"`
	Reason            types.String   `tfsdk:"reason"`
	Deletes           types.List     `tfsdk:"deletes"`
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
		Deletes:    statedTexts(m.Deletes),
		Closed:     isKnown(m.Status),
	}
}

// receipt is the unsubscription as state records it.
func (m *unsubscriptionModel) receipt() unsubscription.Receipt {
	return unsubscription.Receipt{
		ResourceID:   m.ResourceID.ValueString(),
		Scope:        unsubscription.Scope(m.Scope.ValueString()),
		Status:       m.Status.ValueString(),
		OrderID:      m.OrderID.ValueString(),
		RefundAmount: decimalOf(m.RefundAmount),
		Currency:     m.Currency.ValueString(),
		Before:       m.PlannedExpireTime.ValueString(),
		ExpireTime:   m.ExpireTime.ValueString(),
	}
}

// record writes the receipt into the model. What the plan promised stays.
func (m *unsubscriptionModel) record(receipt unsubscription.Receipt) {
	if m.PlannedExpireTime.IsUnknown() {
		m.PlannedExpireTime = textValue(receipt.Before)
	}

	m.Status = textValue(receipt.Status)
	m.OrderID = textValue(receipt.OrderID)
	m.RefundAmount = numberValue(receipt.RefundAmount)
	m.Currency = textValue(receipt.Currency)
	m.ExpireTime = textValue(receipt.ExpireTime)
}

// acts says whether the plan unsubscribes. What state records is never done
// again; only a wider scope is. An imported record has no scope until its first
// apply writes one.
func (m *unsubscriptionModel) acts(state *unsubscriptionModel) bool {
	return state == nil || state.Scope.ValueString() == scopeRenewals && (m.Scope.IsUnknown() || m.Scope.ValueString() == scopeAll)
}

// planUnsubscription plans an unsubscription: the plan states the expiry that it
// is valid for, and names what will be deleted.
func (s *services) planUnsubscription(ctx context.Context, plan *unsubscriptionModel) diag.Diagnostics {
	if diags := unnamed(s, plan.ResourceID, plan.Scope); diags.HasError() {
		return diags
	}

	plan.PlannedExpireTime = types.StringUnknown()
	plan.Status, plan.OrderID, plan.Currency, plan.ExpireTime = types.StringUnknown(), types.StringUnknown(), types.StringUnknown(),
		types.StringUnknown()
	plan.RefundAmount = types.NumberUnknown()

	request := plan.request()

	quote, err := s.unsubscriptions.Quote(ctx, request)
	if err != nil {
		return diag.Diagnostics{actDiagnostic("plan the unsubscription of resource "+request.ResourceID, err)}
	}

	plan.PlannedExpireTime = textValue(quote.ExpireTime)
	plan.Deletes = textsValue(quote.Deletes)

	// A known status is a promise that core enforces: what is closed is only recorded.
	if quote.Done {
		plan.Status = types.StringValue(unsubscription.StatusUnsubscribed)
	}

	return actWarnings(quote.Warnings)
}

// unnamed refuses to plan an unsubscription of what the plan cannot name: nobody has
// agreed to that, and no cap bounds it.
func unnamed(services *services, id, scope types.String) diag.Diagnostics {
	const literal = "What is unsubscribed is deleted, so the plan has to name it. Write the id as a literal, or apply first, " +
		"for example with -target, what gives it. An unsubscription that is recorded under another id would be replaced by this one."

	var diags diag.Diagnostics

	switch {
	case id.IsUnknown():
		diags.AddAttributeError(path.Root("resource_id"), "Resource to unsubscribe is not known", literal)
	case scope.IsUnknown():
		diags.AddAttributeError(path.Root("scope"), "Scope of the unsubscription is not known", literal)
	case services == nil:
		diags.Append(notConfigured("plan the unsubscription of resource " + id.ValueString()))
	}

	return diags
}

// planRecorded plans an unsubscription that state knows: it is never made again,
// and what is unfinished about it is waited for.
func (m *unsubscriptionModel) planRecorded(state *unsubscriptionModel) diag.Diagnostics {
	m.PlannedExpireTime, m.Deletes = state.PlannedExpireTime, state.Deletes
	m.Status, m.OrderID, m.RefundAmount, m.Currency, m.ExpireTime = state.Status, state.OrderID, state.RefundAmount, state.Currency,
		state.ExpireTime

	if unsubscription.Unfinished(state.Status.ValueString()) {
		m.Status, m.ExpireTime, m.Currency, m.RefundAmount = types.StringUnknown(), types.StringUnknown(), types.StringUnknown(),
			types.NumberUnknown()
	}

	var diags diag.Diagnostics

	if state.Scope.ValueString() == scopeAll && m.Scope.ValueString() == scopeRenewals {
		diags.AddAttributeWarning(path.Root("scope"), "Nothing is brought back",
			fmt.Sprintf("Resource %s was unsubscribed with all its terms. Applying only records the narrower scope.",
				m.ResourceID.ValueString()))
	}

	return diags
}

func bringsNothingBack(state *unsubscriptionModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Unsubscription is not undone",
		fmt.Sprintf("Terraform stops managing the record of the unsubscription of resource %s. "+
			"Neither the resource nor any of its terms comes back.",
			state.ResourceID.ValueString()))
}

func (s *services) unsubscribe(wait context.Context, plan *unsubscriptionModel) (sight, diag.Diagnostics) {
	request := plan.request()

	receipt, warnings, err := s.unsubscriptions.Unsubscribe(wait, request)
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("unsubscribe resource "+request.ResourceID, err)}
	}

	receipt, more := s.unsubscriptions.Finish(wait, receipt)
	plan.record(receipt)

	return sight{seen: true}, actWarnings(append(warnings, more...))
}

// readUnsubscription keeps a closed resource in state, as unsubscribed.
func readUnsubscription(ctx context.Context, services *services, state *unsubscriptionModel) (sight, diag.Diagnostics) {
	receipt, warnings, err := services.unsubscriptions.Refresh(ctx, state.receipt())
	unknown := errors.Is(err, subscription.ErrUnknown)

	if err != nil && !unknown {
		return sight{}, diag.Diagnostics{actDiagnostic("read the unsubscription of resource "+state.ResourceID.ValueString(), err)}
	}

	state.record(receipt)

	return sight{absent: unknown}, actWarnings(warnings)
}

// updateUnsubscription records changed arguments and waits for an unfinished
// unsubscription. It unsubscribes only if the scope grew.
func updateUnsubscription(wait context.Context, services *services, plan, state *unsubscriptionModel) (sight, diag.Diagnostics) {
	if plan.acts(state) {
		return services.unsubscribe(wait, plan)
	}

	receipt := state.receipt()

	var warnings []act.Warning

	if receipt.Unfinished() {
		receipt, warnings = services.unsubscriptions.Finish(wait, receipt)
	}

	plan.record(receipt)

	return sight{}, actWarnings(warnings)
}

// adoptUnsubscription imports a closed resource. The API does not say which scope was
// sent; another one than the only one that closes is recorded by the first apply, which
// sends nothing.
func adoptUnsubscription(ctx context.Context, services *services, id string, state *unsubscriptionModel) (sight, diag.Diagnostics) {
	receipt, err := services.unsubscriptions.Adopt(ctx, id)
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("import the unsubscription of resource "+id, err)}
	}

	state.Status, state.ExpireTime = textValue(receipt.Status), textValue(receipt.ExpireTime)
	// Nothing else closes a resource by an unsubscription.
	state.Scope = types.StringValue(scopeAll)

	return sight{}, nil
}
