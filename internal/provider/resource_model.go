// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"iter"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// resourceItem is a yearly/monthly resource, as every data source shows it.
type resourceItem struct {
	ResourceID        *string            `tfsdk:"resource_id"`
	RecordID          *string            `tfsdk:"record_id"`
	ResourceName      *string            `tfsdk:"resource_name"`
	RegionCode        *string            `tfsdk:"region_code"`
	ServiceTypeCode   *string            `tfsdk:"service_type_code"`
	ServiceTypeName   *string            `tfsdk:"service_type_name"`
	ResourceTypeCode  *string            `tfsdk:"resource_type_code"`
	ResourceTypeName  *string            `tfsdk:"resource_type_name"`
	ResourceSpecCode  *string            `tfsdk:"resource_spec_code"`
	ProjectID         *string            `tfsdk:"project_id"`
	ProductID         *string            `tfsdk:"product_id"`
	Primary           *bool              `tfsdk:"primary"`
	ParentResourceID  *string            `tfsdk:"parent_resource_id"`
	Status            *string            `tfsdk:"status"`
	EffectiveTime     *string            `tfsdk:"effective_time"`
	ExpireTime        *string            `tfsdk:"expire_time"`
	ExpirePolicy      *string            `tfsdk:"expire_policy"`
	ProductSpecDesc   *string            `tfsdk:"product_spec_desc"`
	SpecSize          *big.Float         `tfsdk:"spec_size"`
	SpecSizeMeasureID *int64             `tfsdk:"spec_size_measure_id"`
	UpdateTime        *string            `tfsdk:"update_time"`
	EnterpriseProject *enterpriseProject `tfsdk:"enterprise_project"`
}

func resourceAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"resource_id": computedString("Id of the resource in its own service, for example the ECS server id."),
		"record_id": computedString(
			"Id of the billing record. No argument takes it. A resource that was subscribed again has several records."),
		"resource_name":      computedString("Name of the resource."),
		"region_code":        computedString("Region, such as `ap-southeast-3`."),
		"service_type_code":  computedString("Code of the service, such as `hws.service.type.ec2`."),
		"service_type_name":  computedString("Name of the service, in the language of the provider."),
		"resource_type_code": computedString("Code of the type of resource, such as `hws.resource.type.vm`."),
		"resource_type_name": computedString("Name of the type of resource, in the language of the provider."),
		"resource_spec_code": computedString("Code of the specification, such as `s6.large.2.linux`."),
		"project_id":         computedString("Id of the IAM project."),
		"product_id":         computedString("Id of the product."),
		"primary": computedBool("Whether the resource is a primary one. Attached resources are renewed with their primary and share its expiry " +
			"policy."),
		"parent_resource_id":   computedString("Id of the primary resource that the resource is attached to; null for a primary one."),
		"status":               computedString(wordsOf(bssapi.ResourceStatuses) + "."),
		"effective_time":       computedString("When the paid term began (UTC)."),
		"expire_time":          computedString("When the paid term ends (UTC)."),
		"expire_policy":        computedString("What happens then: " + wordsOf(bssapi.ExpirePolicies) + "."),
		"product_spec_desc":    computedString("Description of the specification."),
		"spec_size":            computedNumber("Size of what is sold by size, such as a disk."),
		"spec_size_measure_id": computedInt("Id of the unit of that size, such as 17 for gigabytes or 15 for Mbit/s."),
		"update_time":          computedString("When an order last changed the resource (UTC). Starting and stopping do not count."),
		"enterprise_project": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "Enterprise project of the resource; null if the API names none.",
			Attributes: map[string]schema.Attribute{
				"id":   computedString("Id; `0` is the default project."),
				"name": computedString("Name."),
			},
		},
	}
}

func flattenResource(found bssapi.Resource) resourceItem {
	item := resourceItem{
		ResourceID:        textPtr(found.ResourceID),
		RecordID:          textPtr(found.ID),
		ResourceName:      textPtr(found.ResourceName),
		RegionCode:        textPtr(found.RegionCode),
		ServiceTypeCode:   textPtr(found.ServiceTypeCode),
		ServiceTypeName:   textPtr(found.ServiceTypeName),
		ResourceTypeCode:  textPtr(found.ResourceTypeCode),
		ResourceTypeName:  textPtr(found.ResourceTypeName),
		ResourceSpecCode:  textPtr(found.ResourceSpecCode),
		ProjectID:         textPtr(found.ProjectID),
		ProductID:         textPtr(found.ProductID),
		ParentResourceID:  textPtr(found.ParentResourceID),
		EffectiveTime:     textPtr(found.EffectiveTime),
		ExpireTime:        textPtr(found.ExpireTime),
		Primary:           yesPtr(found.IsMainResource),
		Status:            wordPtr(bssapi.ResourceStatuses, found.Status),
		ExpirePolicy:      textPtr(expiry.PolicyWord(found)),
		ProductSpecDesc:   textPtr(found.ProductSpecDesc),
		SpecSize:          numberPtr(found.SpecSize),
		SpecSizeMeasureID: countPtr(found.SpecSizeMeasureID),
		UpdateTime:        textPtr(found.UpdateTime),
	}

	if project := found.EnterpriseProject; project != nil {
		item.EnterpriseProject = &enterpriseProject{ID: textPtr(project.ID), Name: textPtr(project.Name)}
	}

	return item
}

// resourceStatuses are the statuses that resources can be asked for.
var resourceStatuses = []bssapi.ResourceStatus{
	bssapi.ResourceStatusInUse, bssapi.ResourceStatusExpired, bssapi.ResourceStatusFrozen, bssapi.ResourceStatusClosed,
}

// openStatuses are those of a resource that is still to be seen.
var openStatuses = resourceStatuses[:3]

// resourceFilter selects resources: partly in the request, and where the API has
// no filter, in its answer.
type resourceFilter struct {
	request  bssapi.ListResourcesRequest
	region   string
	project  string
	policies []string
}

func (f resourceFilter) matches(found bssapi.Resource) bool {
	switch {
	// Asked for by id, an attached one is in the answer in spite of the flag.
	case f.request.OnlyMainResource && subscription.Attached(found):
		return false
	case f.region != "" && found.RegionCode != f.region:
		return false
	case f.project != "" && (found.EnterpriseProject == nil || found.EnterpriseProject.ID != f.project):
		return false
	default:
		return len(f.policies) == 0 || slices.Contains(f.policies, expiry.PolicyWord(found))
	}
}

// expiring sets the window of expiry.
func (f *resourceFilter) expiring(after, before types.String) diag.Diagnostics {
	var diags, more diag.Diagnostics

	f.request.ExpireTimeBegin, diags = timeOf(after)
	f.request.ExpireTimeEnd, more = timeOf(before)

	return append(diags, more...)
}

// list yields all matches of all pages. The last element may be an error.
func (f resourceFilter) list(ctx context.Context, client *bssapi.Client) iter.Seq2[bssapi.Resource, error] {
	f.request.Strict = true

	return func(yield func(bssapi.Resource, error) bool) {
		atLeast := 0

		// A row that leaves the list while its pages are read moves another one out
		// of sight, and the total agrees. Ids are so few that there is one page.
		if len(f.request.ResourceIDs) == 0 {
			var err error

			if atLeast, err = client.CountResources(ctx, f.request); err != nil {
				yield(bssapi.Resource{}, err)

				return
			}
		}

		rows := 0

		for found, err := range client.ListResources(ctx, f.request) {
			if err != nil {
				yield(found, err)

				return
			}

			rows++

			if f.matches(found) && !yield(found, nil) {
				return
			}
		}

		if rows < atLeast {
			yield(bssapi.Resource{}, fmt.Errorf("%w: %d resources came of %d, because the list changed meanwhile: try again",
				bssapi.ErrIncomplete, rows, atLeast))
		}
	}
}
