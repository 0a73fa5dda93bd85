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
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/conversion"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

const conversionTimeout = 20 * time.Minute

func newOnDemandConversionResource() resource.Resource {
	return &managedResource[onDemandConversionModel]{
		name: "on_demand_conversion", schema: onDemandConversionSchema, patience: conversionTimeout,
		subject: resourceSubject, manages: expiry.AspectEnd,
		plan: planOnDemandConversion,
		create: func(_, wait context.Context, services *services, plan *onDemandConversionModel) (sight, diag.Diagnostics) {
			return services.convertNow(wait, plan)
		},
		read:   readOnDemandConversion,
		update: updateOnDemandConversion,
		ends:   staysConverted,
		known:  func(services *services, state *onDemandConversionModel) { services.conversions.Know(state.receipt()) },
		adopt:  refuseConversionImport,
	}
}

func onDemandConversionSchema(ctx context.Context) schema.Schema {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	return schema.Schema{
		MarkdownDescription: describe(
			"Changes a yearly/monthly resource to pay-per-use (`postPaid`) at once, before its term is over, at most once. "+
				"**Applying this cannot be undone.** From then on its use is charged, and the rest of its paid term is given "+
				"up.\n\n"+
				"- **Plan:** names what is converted, and the end of its term.\n"+
				"- **Apply:** reads the resource and the orders of conversions again, and converts. What is converted or asked "+
				"for already is only recorded. A resource that was renewed in the meantime is left alone.\n"+
				"- **Review:** the vendor may review a conversion, and refuse it.\n"+
				"- **A run that was cut off:** apply again. It asks the API what happened.\n"+
				"- **Destroy:** removes only the record. The resource stays pay-per-use.\n"+
				"- **Limits:** `spending { mode = \"deny\" }` of the provider refuses it, since it starts charges. No call tells "+
				"beforehand what it will cost, so `max_per_apply` does not count it and `require_known_price` does not refuse "+
				"it. `bss_on_demand_price` has the price of an hour of use.\n\n"+
				"With Terraform 1.14 or newer, the action `bss_resource_convert` does the same and leaves nothing in state.",
			[]string{"convert_to_on_demand_now"},
			"",
		),
		Attributes: map[string]schema.Attribute{
			"resource_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: primaryID + "Attached resources are converted with it. " +
					"It has to be known in the plan, and cannot change after the apply.",
				Validators:    []validator.String{isID},
				PlanModifiers: []planmodifier.String{fixed{"conversion"}},
			},
			"converts": schema.ListAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "Ids of the resources that the apply converts, sorted: the resource itself and what is attached to it. " +
					"The plan states it. If it changes before the apply, the apply is refused. Null if nothing is left to " +
					"convert.",
				PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
			},
			"expire_time": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "End of the paid term (UTC), as the plan stated it. If it moves before the apply, the apply is refused and " +
					"nothing is converted.",
				PlanModifiers: keeps,
			},
			"status": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Outcome:\n" +
					"  - `under_review`: accepted, and the vendor still decides.\n" +
					"  - `processing`: accepted, but not carried out yet.\n" +
					"  - `converted`: the resource is pay-per-use.\n" +
					"  - `canceled`: the order was canceled, such as by a review, and nothing was converted.",
				PlanModifiers: keeps,
			},
			"order_id": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Order of the conversion. Null if the answer that names it was lost or had none: orders do not say which " +
					"resource they convert.",
				PlanModifiers: keeps,
			},
			"request_time": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "When the order was placed (UTC); if the order is not known, when the conversion was sent. Null if neither is " +
					"known.",
				PlanModifiers: keeps,
			},
		},
		Blocks: map[string]schema.Block{
			"timeouts": timeoutsBlock(ctx, timeouts.Opts{
				Create: true, CreateDescription: "How long to wait until an accepted conversion is decided and carried out, and before it for " +
					"others under way. Default: `20m`. After that, what was accepted is kept, and the next plan shows the rest. A review can " +
					"take longer than anybody wants to wait: set less where it is usual.",
				Update: true, UpdateDescription: "The same, for an apply that waits for an earlier conversion.",
			}),
		},
	}
}

type onDemandConversionModel struct {
	ResourceID  types.String   `tfsdk:"resource_id"`
	Converts    types.List     `tfsdk:"converts"`
	ExpireTime  types.String   `tfsdk:"expire_time"`
	Status      types.String   `tfsdk:"status"`
	OrderID     types.String   `tfsdk:"order_id"`
	RequestTime types.String   `tfsdk:"request_time"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

// request is what the plan asks to convert.
func (m *onDemandConversionModel) request() conversion.Request {
	return conversion.Request{
		ResourceID: m.ResourceID.ValueString(), ExpireTime: m.ExpireTime.ValueString(), Converts: statedTexts(m.Converts),
	}
}

// receipt is the conversion as state records it.
func (m *onDemandConversionModel) receipt() conversion.Receipt {
	return conversion.Receipt{
		ResourceID: m.ResourceID.ValueString(), Status: m.Status.ValueString(), OrderID: m.OrderID.ValueString(),
		RequestTime: m.RequestTime.ValueString(), ExpireTime: m.ExpireTime.ValueString(),
	}
}

// record writes the receipt into the model. What the plan promised stays.
func (m *onDemandConversionModel) record(receipt conversion.Receipt) {
	m.Status = textValue(receipt.Status)
	m.OrderID = textValue(receipt.OrderID)
	m.RequestTime = textValue(receipt.RequestTime)
}

// planOnDemandConversion plans a conversion: the plan states the term that it is
// valid for, and names what is converted. What state knows is never done again; what
// is unfinished about it is waited for.
func planOnDemandConversion(ctx context.Context, services *services, plan, state, _ *onDemandConversionModel) diag.Diagnostics {
	if state != nil {
		plan.Converts, plan.ExpireTime = state.Converts, state.ExpireTime
		plan.Status, plan.OrderID, plan.RequestTime = state.Status, state.OrderID, state.RequestTime

		if conversion.Unfinished(state.Status.ValueString()) {
			plan.Status, plan.OrderID, plan.RequestTime = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
		}

		return actWarnings(conversion.Unnamed(state.receipt()))
	}

	if diags := unnamedConversion(services, plan.ResourceID); diags.HasError() {
		return diags
	}

	plan.Status, plan.OrderID, plan.RequestTime = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()

	id := plan.ResourceID.ValueString()

	quote, err := services.conversions.Quote(ctx, conversion.Request{ResourceID: id})
	if err != nil {
		return diag.Diagnostics{actDiagnostic("plan the conversion of resource "+id, err)}
	}

	plan.ExpireTime = textValue(quote.ExpireTime)
	plan.Converts = textsValue(quote.Converts)

	return actWarnings(quote.Warnings)
}

// unnamedConversion refuses to plan a conversion of what the plan cannot name: nobody
// has agreed to that, and no cap bounds it.
func unnamedConversion(services *services, id types.String) diag.Diagnostics {
	switch {
	case id.IsUnknown():
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("resource_id"), "Resource to convert is not known",
			"A conversion to pay-per-use cannot be undone, so the plan has to name it. Write the id as a literal, or apply first, "+
				"for example with -target, what gives it.")}
	case services == nil:
		return diag.Diagnostics{notConfigured("plan the conversion of resource " + id.ValueString())}
	default:
		return nil
	}
}

func (s *services) convertNow(wait context.Context, plan *onDemandConversionModel) (sight, diag.Diagnostics) {
	request := plan.request()

	receipt, warnings, err := s.conversions.Convert(wait, request)
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("convert resource "+request.ResourceID, err)}
	}

	receipt, more := s.conversions.Finish(wait, receipt)
	plan.record(receipt)

	return sight{}, actWarnings(append(warnings, more...))
}

// readOnDemandConversion reads what is unfinished. A finished conversion stays as it
// is recorded: no call shows a pay-per-use resource.
func readOnDemandConversion(ctx context.Context, services *services, state *onDemandConversionModel) (sight, diag.Diagnostics) {
	receipt, err := services.conversions.Refresh(ctx, state.receipt())
	unknown := errors.Is(err, subscription.ErrUnknown)

	if err != nil && !unknown {
		return sight{}, diag.Diagnostics{actDiagnostic("read the conversion of resource "+state.ResourceID.ValueString(), err)}
	}

	state.record(receipt)

	return sight{absent: unknown}, nil
}

// updateOnDemandConversion waits for an unfinished conversion. It never converts.
func updateOnDemandConversion(wait context.Context, services *services, plan, state *onDemandConversionModel) (sight, diag.Diagnostics) {
	receipt := state.receipt()

	var warnings []act.Warning

	if receipt.Unfinished() {
		receipt, warnings = services.conversions.Finish(wait, receipt)
	}

	plan.record(receipt)

	return sight{}, actWarnings(warnings)
}

func staysConverted(state *onDemandConversionModel) diag.Diagnostic {
	id := state.ResourceID.ValueString()

	switch state.Status.ValueString() {
	case conversion.StatusConverted:
		return diag.NewWarningDiagnostic("Conversion is not undone",
			fmt.Sprintf("Terraform stops managing the record of the conversion of resource %s. The resource stays pay-per-use, and its use is "+
				"charged until it is deleted.", id))
	case conversion.StatusCanceled:
		return diag.NewWarningDiagnostic("Conversion was canceled",
			fmt.Sprintf("Terraform stops managing the record of the canceled conversion of resource %s. The resource stays as it is.", id))
	default:
		return diag.NewWarningDiagnostic("Conversion is not stopped",
			fmt.Sprintf("Terraform stops managing the record of the conversion of resource %s, which is not over yet. It goes on, and its use is "+
				"charged once it is carried out.", id))
	}
}

// refuseConversionImport refuses: no call shows a pay-per-use resource, and no order
// names the resource that it converted.
func refuseConversionImport(_ context.Context, _ *services, id string, _ *onDemandConversionModel) (sight, diag.Diagnostics) {
	return sight{}, diag.Diagnostics{diag.NewErrorDiagnostic("bss_on_demand_conversion cannot be imported",
		fmt.Sprintf("No order names the resource that it converted, so there is nothing to import for resource %s. Leave the import out: a plan "+
			"with this resource shows what would be converted, and one that is converted already is only recorded.", id))}
}
