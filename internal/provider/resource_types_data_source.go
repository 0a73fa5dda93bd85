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

type resourceTypesModel struct {
	ServiceTypeCode types.String   `tfsdk:"service_type_code"`
	NameContains    types.String   `tfsdk:"name_contains"`
	Codes           named          `tfsdk:"codes"`
	ResourceTypes   []resourceType `tfsdk:"resource_types"`
	TotalCount      types.Int64    `tfsdk:"total_count"`
}

type resourceType struct {
	ResourceTypeCode *string `tfsdk:"resource_type_code"`
	ResourceTypeName *string `tfsdk:"resource_type_name"`
	ResourceTypeDesc *string `tfsdk:"resource_type_desc"`
	ServiceTypeCode  *string `tfsdk:"service_type_code"`
}

func newResourceTypesDataSource() datasource.DataSource {
	return &dataSource[resourceTypesModel]{
		name: "resource_types", calls: []string{"list_resource_types"},
		schema: schema.Schema{
			MarkdownDescription: "Types of resources of all cloud services, with their codes." + dictionaryNote,
			Attributes: joined(map[string]schema.Attribute{
				"service_type_code": codeArgument("Only types of this service, such as `hws.service.type.ebs`. The provider compares, not the API."),
				"name_contains":     nameContains("resource_type_name"),
			}, dictionaryAttributes("resource_type_code", "resource_types", map[string]schema.Attribute{
				"resource_type_code": computedString(
					"Code of the type of resource, such as `hws.resource.type.volume`. Several services can have one code.",
				),
				"resource_type_name": computedString("Name of the type of resource."),
				"resource_type_desc": computedString("What it is."),
				"service_type_code":  computedString("Code of the service."),
			})),
		},
		read: readResourceTypes,
	}
}

func readResourceTypes(ctx context.Context, services *services, model *resourceTypesModel) diag.Diagnostics {
	known := services.dictionaries

	rows, err := known.resourceTypes.get(ctx, struct{}{}, known.readResourceTypes)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("list the types of resources", err)}
	}

	model.Codes, model.ResourceTypes = named{}, []resourceType{}

	for _, row := range rows {
		if !contains(row.ResourceTypeName, model.NameContains) ||
			!model.ServiceTypeCode.IsNull() && row.ServiceTypeCode != model.ServiceTypeCode.ValueString() {
			continue
		}

		model.Codes.add(row.ResourceTypeCode, row.ResourceTypeName)
		model.ResourceTypes = append(model.ResourceTypes, resourceType{
			ResourceTypeCode: textPtr(row.ResourceTypeCode), ResourceTypeName: textPtr(row.ResourceTypeName),
			ResourceTypeDesc: textPtr(row.ResourceTypeDesc), ServiceTypeCode: textPtr(row.ServiceTypeCode),
		})
	}

	model.TotalCount = types.Int64Value(int64(len(model.ResourceTypes)))

	return nil
}
