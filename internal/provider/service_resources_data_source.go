// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type serviceResourcesModel struct {
	ServiceTypeCode types.String      `tfsdk:"service_type_code"`
	NameContains    types.String      `tfsdk:"name_contains"`
	Codes           named             `tfsdk:"codes"`
	Resources       []serviceResource `tfsdk:"service_resources"`
	TotalCount      types.Int64       `tfsdk:"total_count"`
}

type serviceResource struct {
	ResourceTypeCode    *string `tfsdk:"resource_type_code"`
	ProductOwnerService *string `tfsdk:"product_owner_service"`
	Name                *string `tfsdk:"name"`
	Description         *string `tfsdk:"description"`
}

func newServiceResourcesDataSource() datasource.DataSource {
	return &dataSource[serviceResourcesModel]{
		name: "service_resources", calls: []string{"list_service_resources"},
		schema: schema.Schema{
			MarkdownDescription: "Types of resources that belong to one cloud service, with their codes." + dictionaryNote,
			Attributes: joined(map[string]schema.Attribute{
				"service_type_code": requiredText("Code of the service, such as `hws.service.type.vpc`.", trimmed{maxCodeLength}),
				"name_contains":     nameContains("name"),
			}, dictionaryAttributes("resource_type_code", "service_resources", map[string]schema.Attribute{
				"resource_type_code":    computedString("Code of the type of resource, such as `hws.resource.type.ip`."),
				"product_owner_service": computedString("Code of the service that provides it. It can be another one."),
				"name":                  computedString("Name of the type of resource."),
				"description":           computedString("What it is."),
			})),
		},
		read: readServiceResources,
	}
}

func readServiceResources(ctx context.Context, services *services, model *serviceResourcesModel) diag.Diagnostics {
	known := services.dictionaries

	rows, err := known.serviceResources.get(ctx, model.ServiceTypeCode.ValueString(), known.readServiceResources)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("list the resources of "+model.ServiceTypeCode.ValueString(), err)}
	}

	model.Codes, model.Resources = named{}, []serviceResource{}

	for _, row := range rows {
		if !contains(row.Name, model.NameContains) {
			continue
		}

		model.Codes.add(row.ResourceTypeCode, row.Name)
		model.Resources = append(model.Resources, serviceResource{
			ResourceTypeCode: textPtr(row.ResourceTypeCode), ProductOwnerService: textPtr(row.ProductOwnerService),
			Name: textPtr(row.Name), Description: textPtr(row.Description),
		})
	}

	model.TotalCount = types.Int64Value(int64(len(model.Resources)))

	return nil
}
