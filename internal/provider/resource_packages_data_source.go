// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type resourcePackagesModel struct {
	packageArguments

	FreeResourceIDs []string         `tfsdk:"free_resource_ids"`
	Packages        []packageItem    `tfsdk:"packages"`
	CountsByStatus  map[string]int64 `tfsdk:"counts_by_status"`
	TotalCount      types.Int64      `tfsdk:"total_count"`
}

type packageItem struct {
	packageTerms

	EnterpriseProjectScope *string               `tfsdk:"enterprise_project_scope"`
	SourceType             *string               `tfsdk:"source_type"`
	BundleType             *string               `tfsdk:"bundle_type"`
	FreeResources          []packageResourceItem `tfsdk:"free_resources"`
}

type packageResourceItem struct {
	packageAmounts

	FreeResourceID *string `tfsdk:"free_resource_id"`
	UsageTypeName  *string `tfsdk:"usage_type_name"`
}

func newResourcePackagesDataSource() datasource.DataSource {
	return &dataSource[resourcePackagesModel]{
		name: "resource_packages", calls: []string{"list_packages"},
		schema: schema.Schema{
			MarkdownDescription: "Resource packages of the account, and what is left of them. Packages that expired more than 18 months ago are " +
				"not among them.",
			Attributes: joined(packageArgumentAttributes(), map[string]schema.Attribute{
				"free_resource_ids": computedStrings("Ids of the free resources of all packages, in the order of `packages`; " +
					"`bss_resource_package_usages` takes them."),
				"packages": computedList("The packages, in the order of the API.", joined(packageTermAttributes(), map[string]schema.Attribute{
					"enterprise_project_scope": computedString("Which enterprise projects it is for: " + wordsOf(bssapi.PackageScopes) + "."),
					"source_type":              computedString("Where it came from: " + wordsOf(bssapi.PackageSources) + "."),
					"bundle_type":              computedString("What it is made of: " + wordsOf(bssapi.PackageBundleTypes) + "."),
					"free_resources": computedList("What it has, one for each type of usage.", joined(packageAmountAttributes(),
						map[string]schema.Attribute{
							"free_resource_id": computedString("Id of the free resource."),
							"usage_type_name":  computedString("Name of what is metered."),
						})),
				})),
				"counts_by_status": computedCounts("Number of packages by status."),
				"total_count":      computedInt("Number of packages."),
			}),
		},
		read: readResourcePackages,
	}
}

func readResourcePackages(ctx context.Context, services *services, model *resourcePackagesModel) diag.Diagnostics {
	packages, diags := model.packages(ctx, services.client)
	if diags.HasError() {
		return diags
	}

	model.FreeResourceIDs, model.Packages, model.CountsByStatus = []string{}, []packageItem{}, map[string]int64{}

	for _, found := range packages {
		item := flattenPackage(found)
		model.Packages = append(model.Packages, item)

		if item.Status != nil {
			model.CountsByStatus[*item.Status]++
		}

		for _, resource := range found.FreeResources {
			if resource.FreeResourceID != "" {
				model.FreeResourceIDs = append(model.FreeResourceIDs, resource.FreeResourceID)
			}
		}
	}

	model.TotalCount = types.Int64Value(int64(len(model.Packages)))

	return diags
}

func flattenPackage(found bssapi.Package) packageItem {
	item := packageItem{
		packageTerms:           newPackageTerms(found),
		EnterpriseProjectScope: optionalWordPtr(bssapi.PackageScopes, found.EnterpriseProjectScope),
		SourceType:             optionalWordPtr(bssapi.PackageSources, found.SourceType),
		BundleType:             wordPtr(bssapi.PackageBundleTypes, found.BundleType),
		FreeResources:          []packageResourceItem{},
	}

	for _, resource := range found.FreeResources {
		item.FreeResources = append(item.FreeResources, packageResourceItem{
			packageAmounts: newPackageAmounts(resource.OriginalAmount, resource.Amount, resource.MeasureID),
			FreeResourceID: textPtr(resource.FreeResourceID), UsageTypeName: textPtr(resource.UsageTypeName),
		})
	}

	return item
}
