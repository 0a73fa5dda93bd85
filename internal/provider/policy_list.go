// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
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
		MarkdownDescription: description + "\n\nThese are the primary resources of the account that are not closed. " + mustQuery +
			", whose first plan changes nothing.",
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

// newPolicyList lists the resources that bss_autorenew or bss_expiry_policy can manage.
// object is one as an import leaves it in state.
func newPolicyList(name, description string, object func(bssapi.Resource) (any, diag.Diagnostics)) list.ListResource {
	return &listResource[policyListModel]{
		name: name, schema: policyListSchema(description), subject: resourceSubject, doing: "list resources",
		list: func(ctx context.Context, services *services, config *policyListModel) (iter.Seq2[listed, error], diag.Diagnostics) {
			filter, diags := config.filter(ctx)

			return func(yield func(listed, error) bool) {
				// An id can have a record for each term, but is one object to Terraform.
				for found, err := range filter.list(ctx, services.client) {
					one := listed{
						id: found.ResourceID, displayName: displayName(found),
						object: func() (any, diag.Diagnostics) { return object(found) },
					}
					if !yield(one, err) {
						return
					}
				}
			}, diags
		},
	}
}

func (m *policyListModel) filter(ctx context.Context) (resourceFilter, diag.Diagnostics) {
	filter := resourceFilter{
		request: bssapi.ListResourcesRequest{
			OnlyMainResource: true,
			StatusList:       openStatuses,
			ServiceTypeCode:  m.ServiceTypeCode.ValueString(),
		},
		region:  m.RegionCode.ValueString(),
		project: m.EnterpriseProjectID.ValueString(),
	}

	diags := filter.expiring(types.StringNull(), m.ExpiresBefore)
	diags.Append(m.ExpirePolicy.ElementsAs(ctx, &filter.policies, false)...)

	return filter, diags
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

// noTimeouts are timeouts of these operations that are not configured.
func noTimeouts(operations ...string) timeouts.Value {
	kinds := map[string]attr.Type{}
	for _, operation := range operations {
		kinds[operation] = types.StringType
	}

	return timeouts.Value{Object: types.ObjectNull(kinds)}
}
