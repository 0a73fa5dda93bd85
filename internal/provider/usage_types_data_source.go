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

type usageTypesModel struct {
	ResourceTypeCode types.String `tfsdk:"resource_type_code"`
	NameContains     types.String `tfsdk:"name_contains"`
	Codes            named        `tfsdk:"codes"`
	UsageTypes       []usageType  `tfsdk:"usage_types"`
	TotalCount       types.Int64  `tfsdk:"total_count"`
}

type usageType struct {
	UsageTypeCode    *string `tfsdk:"usage_type_code"`
	UsageTypeName    *string `tfsdk:"usage_type_name"`
	ResourceTypeCode *string `tfsdk:"resource_type_code"`
	ResourceTypeName *string `tfsdk:"resource_type_name"`
	ServiceTypeCode  *string `tfsdk:"service_type_code"`
	ServiceTypeName  *string `tfsdk:"service_type_name"`
}

func newUsageTypesDataSource() datasource.DataSource {
	return &dataSource[usageTypesModel]{
		name: "usage_types", calls: []string{"list_usage_types"},
		schema: schema.Schema{
			MarkdownDescription: "What is metered of pay-per-use (`postPaid`) resources, such as `Duration`, with its codes." + dictionaryNote,
			Attributes: joined(map[string]schema.Attribute{
				"resource_type_code": codeArgument("Only what is metered of this type of resource, such as `hws.resource.type.bandwidth`."),
				"name_contains":      nameContains("usage_type_name"),
			}, dictionaryAttributes("usage_type_code", "usage_types", map[string]schema.Attribute{
				"usage_type_code":    computedString("Code of what is metered, such as `upflow`. Several types of resources can have one code."),
				"usage_type_name":    computedString("Name of what is metered."),
				"resource_type_code": computedString("Code of the type of resource."),
				"resource_type_name": computedString("Name of the type of resource."),
				"service_type_code":  computedString("Code of the service."),
				"service_type_name":  computedString("Name of the service."),
			})),
		},
		read: readUsageTypes,
	}
}

func readUsageTypes(ctx context.Context, services *services, model *usageTypesModel) diag.Diagnostics {
	known := services.dictionaries

	rows, err := known.usageTypes.get(ctx, model.ResourceTypeCode.ValueString(), known.readUsageTypes)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("list what is metered", err)}
	}

	model.Codes, model.UsageTypes = named{}, []usageType{}

	for _, row := range rows {
		if !contains(row.Name, model.NameContains) {
			continue
		}

		model.Codes.add(row.Code, row.Name)
		model.UsageTypes = append(model.UsageTypes, usageType{
			UsageTypeCode: textPtr(row.Code), UsageTypeName: textPtr(row.Name),
			ResourceTypeCode: textPtr(row.ResourceTypeCode), ResourceTypeName: textPtr(row.ResourceTypeName),
			ServiceTypeCode: textPtr(row.ServiceTypeCode), ServiceTypeName: textPtr(row.ServiceTypeName),
		})
	}

	model.TotalCount = types.Int64Value(int64(len(model.UsageTypes)))

	return nil
}
