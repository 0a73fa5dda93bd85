// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type packageUsagesModel struct {
	packageArguments

	FreeResourceIDs types.Set          `tfsdk:"free_resource_ids"`
	Usages          []packageUsageItem `tfsdk:"usages"`
	UnansweredIDs   []string           `tfsdk:"unanswered_ids"`
	TotalCount      types.Int64        `tfsdk:"total_count"`
}

type packageUsageItem struct {
	packageTerms
	packageAmounts

	FreeResourceID       *string `tfsdk:"free_resource_id"`
	FreeResourceTypeName *string `tfsdk:"free_resource_type_name"`
	UsageTypeName        *string `tfsdk:"usage_type_name"`
	QuotaReuseCycle      *string `tfsdk:"quota_reuse_cycle"`
	QuotaReuseCycleType  *string `tfsdk:"quota_reuse_cycle_type"`
	StartTime            *string `tfsdk:"start_time"`
	EndTime              *string `tfsdk:"end_time"`
}

func newResourcePackageUsagesDataSource() datasource.DataSource {
	return &dataSource[packageUsagesModel]{
		name: "resource_package_usages", calls: []string{"list_packages", "list_package_usages"},
		schema: schema.Schema{
			MarkdownDescription: "How much of resource packages is used, in their current cycles, each beside its package. This takes one call " +
				"for 1,000 packages, and one for 50 of their free resources. Packages that expired more than 18 months ago are not among them.",
			Attributes: joined(packageArgumentAttributes(), map[string]schema.Attribute{
				"free_resource_ids": schema.SetAttribute{
					Optional: true, ElementType: types.StringType,
					MarkdownDescription: "Only these free resources of the packages. If unset, all of them.",
					Validators: []validator.Set{
						setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(isID),
					},
				},
				"usages": computedList("One for each free resource, in the order of the packages.",
					joined(packageTermAttributes(), packageAmountAttributes(), map[string]schema.Attribute{
						"free_resource_id":        computedString("Id of the free resource."),
						"free_resource_type_name": computedString("Name of the type of the free resource."),
						"usage_type_name":         computedString("Name of what is metered."),
						"quota_reuse_cycle": computedString("After how long it is filled up: " + wordsOf(bssapi.PackageReuseCycles) +
							"; null if it never is."),
						"quota_reuse_cycle_type": computedString("When its cycles begin: " + wordsOf(bssapi.PackageCycleTypes) + "."),
						"start_time":             computedString("Start of the cycle, or of the package (UTC)."),
						"end_time":               computedString("End of the cycle, or of the package (UTC)."),
					})),
				"unanswered_ids": computedStrings("Free resources of the packages whose usage the API did not give, in the order of the packages."),
				"total_count":    computedInt("Number of `usages`."),
			}),
		},
		read: readPackageUsages,
	}
}

func readPackageUsages(ctx context.Context, services *services, model *packageUsagesModel) diag.Diagnostics {
	packages, diags := model.packages(ctx, services.client)

	var only []string

	diags.Append(model.FreeResourceIDs.ElementsAs(ctx, &only, false)...)

	if diags.HasError() {
		return diags
	}

	ids, packageOf := freeResources(packages, only)

	for _, id := range only {
		if _, there := packageOf[id]; !there {
			diags.AddAttributeError(path.Root("free_resource_ids"), "Free resource is in no package",
				fmt.Sprintf("None of the packages that were read has the free resource %s. Other arguments may leave its package out, or it "+
					"expired more than 18 months ago.", id))
		}
	}

	if diags.HasError() {
		return diags
	}

	usages, err := services.client.ListPackageUsages(ctx, ids)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("read the usage of resource packages", err)}
	}

	byID := map[string][]bssapi.PackageUsage{}
	for _, usage := range usages {
		byID[usage.FreeResourceID] = append(byID[usage.FreeResourceID], usage)
	}

	model.Usages, model.UnansweredIDs = []packageUsageItem{}, []string{}

	for _, id := range ids {
		if len(byID[id]) == 0 {
			model.UnansweredIDs = append(model.UnansweredIDs, id)
		}

		for _, usage := range byID[id] {
			model.Usages = append(model.Usages, flattenPackageUsage(packageOf[id], usage))
		}
	}

	model.TotalCount = types.Int64Value(int64(len(model.Usages)))

	return diags
}

// freeResources are the ids of the free resources of packages, in their order,
// and the package of each. If only is not empty, others are left out.
func freeResources(packages []bssapi.Package, only []string) (ids []string, packageOf map[string]bssapi.Package) {
	packageOf = map[string]bssapi.Package{}

	for _, found := range packages {
		for _, resource := range found.FreeResources {
			id := resource.FreeResourceID
			if _, twice := packageOf[id]; twice || id == "" || len(only) > 0 && !slices.Contains(only, id) {
				continue
			}

			ids, packageOf[id] = append(ids, id), found
		}
	}

	return ids, packageOf
}

func flattenPackageUsage(of bssapi.Package, usage bssapi.PackageUsage) packageUsageItem {
	return packageUsageItem{
		packageTerms:         newPackageTerms(of),
		packageAmounts:       newPackageAmounts(usage.OriginalAmount, usage.Amount, usage.MeasureID),
		FreeResourceID:       textPtr(usage.FreeResourceID),
		FreeResourceTypeName: textPtr(usage.FreeResourceTypeName),
		UsageTypeName:        textPtr(usage.UsageTypeName),
		QuotaReuseCycle:      wordPtr(bssapi.PackageReuseCycles, usage.QuotaReuseCycle),
		QuotaReuseCycleType:  wordPtr(bssapi.PackageCycleTypes, usage.QuotaReuseCycleType),
		StartTime:            textPtr(usage.StartTime),
		EndTime:              textPtr(usage.EndTime),
	}
}
