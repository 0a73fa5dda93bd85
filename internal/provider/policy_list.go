// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// bss_autorenew and bss_expiry_policy list the same: the primary resources of the
// account that are not closed.

type policyListModel struct {
	ServiceTypeCode     types.String `tfsdk:"service_type_code"`
	RegionCode          types.String `tfsdk:"region_code"`
	ExpiresBefore       types.String `tfsdk:"expires_before"`
	ExpirePolicy        types.List   `tfsdk:"expire_policy"`
	EnterpriseProjectID types.String `tfsdk:"enterprise_project_id"`
}

func policyListSchema(description string) schema.Schema {
	return schema.Schema{
		MarkdownDescription: description + "\n\nThese are the primary resources of the account that are not closed. `terraform query` needs " +
			"Terraform 1.14; with `-generate-config-out` it writes configuration and `import` blocks, whose first plan changes nothing.",
		Attributes: map[string]schema.Attribute{
			"service_type_code": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Only resources of this service, such as `hws.service.type.ec2`.",
				Validators: []validator.String{trimmed{maxNameLength}},
			},
			"region_code": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Only resources in this region, such as `ap-southeast-3`.",
				Validators: []validator.String{trimmed{maxNameLength}},
			},
			"expires_before": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only resources whose paid term ends at this time or earlier." + timeForm,
				Validators:          []validator.String{isTime},
			},
			"expire_policy": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Only resources with one of these policies for the end of their paid term: " +
					listOf(bssapi.ExpirePolicies.All()) + ".",
				Validators: []validator.List{
					listvalidator.SizeAtLeast(1),
					listvalidator.NoNullValues(),
					listvalidator.ValueStringsAre(oneOf(bssapi.ExpirePolicies)),
				},
			},
			"enterprise_project_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Only resources of this enterprise project; `0` is the default one.",
				Validators: []validator.String{isID},
			},
		},
	}
}

func policyListFilter(ctx context.Context, req list.ListRequest) (resourceFilter, diag.Diagnostics) {
	var model policyListModel

	// An unknown filter would not filter.
	if !req.Config.Raw.IsFullyKnown() {
		return resourceFilter{}, diag.Diagnostics{diag.NewErrorDiagnostic("Filter is not known",
			"All filters of a list have to be known before anything is applied.")}
	}

	diags := req.Config.Get(ctx, &model)
	if diags.HasError() {
		return resourceFilter{}, diags
	}

	filter := resourceFilter{
		request: bssapi.ListResourcesRequest{
			OnlyMainResource: true,
			StatusList:       openStatuses,
			ServiceTypeCode:  model.ServiceTypeCode.ValueString(),
		},
		region:  model.RegionCode.ValueString(),
		project: model.EnterpriseProjectID.ValueString(),
	}

	diags.Append(filter.expiring(types.StringNull(), model.ExpiresBefore)...)
	diags.Append(model.ExpirePolicy.ElementsAs(ctx, &filter.policies, false)...)

	return filter, diags
}

// policyList lists the resources that bss_autorenew or bss_expiry_policy can manage.
type policyList struct {
	name, description string
	// object is a listed resource as an import leaves it in state.
	object func(bssapi.Resource) (any, diag.Diagnostics)

	services *services
}

var _ list.ListResourceWithConfigure = (*policyList)(nil)

func (r *policyList) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.name
}

func (r *policyList) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = servicesFrom(req.ProviderData, &resp.Diagnostics)
}

func (r *policyList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = policyListSchema(r.description)
}

// List streams the resources that the configuration asks for.
func (r *policyList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	if r.services == nil {
		stream.Results = list.ListResultsStreamDiagnostics(diag.Diagnostics{notConfigured("list resources")})

		return
	}

	filter, diags := policyListFilter(ctx, req)
	if err := r.services.accounts.check(ctx, ""); err != nil && !diags.HasError() {
		diags.Append(accountNotAllowed(err))
	}

	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)

		return
	}

	stream.Results = func(push func(list.ListResult) bool) {
		// An id can have a record for each term, but is one object to Terraform.
		listed := map[string]bool{}

		for found, err := range filter.list(ctx, r.services.client) {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{apiDiagnostic("list resources", err)}})

				return
			}

			if listed[found.ResourceID] {
				continue
			}

			listed[found.ResourceID] = true

			// A limit of 0 means no limit.
			if !push(r.listed(ctx, req, found)) || int64(len(listed)) == req.Limit {
				return
			}
		}
	}
}

func (r *policyList) listed(ctx context.Context, req list.ListRequest, found bssapi.Resource) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = displayName(found)
	// An identity without an account is valid.
	account, _ := r.services.accounts.caller(ctx)

	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("resource_id"), found.ResourceID)...)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(identityAccount), textValue(account))...)

	if req.IncludeResource {
		model, diags := r.object(found)
		result.Diagnostics.Append(diags...)
		result.Diagnostics.Append(result.Resource.Set(ctx, model)...)
	}

	return result
}

// displayName tells people which resource it is.
func displayName(found bssapi.Resource) string {
	var about []string

	if service := cmp.Or(found.ServiceTypeName, found.ServiceTypeCode); service != "" {
		about = append(about, service)
	}

	if found.Status != bssapi.ResourceStatusInUse {
		about = append(about, bssapi.ResourceStatuses.Word(found.Status))
	}

	if expires, err := bssapi.ParseTime(found.ExpireTime); err == nil {
		about = append(about, "expires "+expires.Format(time.DateOnly))
	}

	name := cmp.Or(found.ResourceName, found.ResourceID)
	if len(about) == 0 {
		return name
	}

	return fmt.Sprintf("%s (%s)", name, strings.Join(about, ", "))
}

// noTimeouts are timeouts that are not configured.
func noTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
		"create": types.StringType, "update": types.StringType, "delete": types.StringType,
	})}
}
