// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type serviceTypesModel struct {
	ServiceTypeName types.String  `tfsdk:"service_type_name"`
	Codes           named         `tfsdk:"codes"`
	ServiceTypes    []serviceType `tfsdk:"service_types"`
	TotalCount      types.Int64   `tfsdk:"total_count"`
}

type serviceType struct {
	ServiceTypeCode *string `tfsdk:"service_type_code"`
	ServiceTypeName *string `tfsdk:"service_type_name"`
	Abbreviation    *string `tfsdk:"abbreviation"`
}

// maxServiceName is the longest part of a name that the API takes.
const maxServiceName = 128

func newServiceTypesDataSource() datasource.DataSource {
	return &dataSource[serviceTypesModel]{
		name: "service_types", calls: []string{"list_service_types"},
		schema: schema.Schema{
			MarkdownDescription: "Cloud services with their codes, as prices, orders and bills use them. Services of the marketplace are not " +
				"among them." + dictionaryNote,
			Attributes: joined(map[string]schema.Attribute{
				"service_type_name": schema.StringAttribute{
					Optional: true, Validators: []validator.String{trimmed{maxServiceName}},
					MarkdownDescription: "Only services with this in their name, as the API compares it.",
				},
			}, dictionaryAttributes("service_type_code", "service_types", map[string]schema.Attribute{
				"service_type_code": computedString("Code of the service, such as `hws.service.type.ebs`."),
				"service_type_name": computedString("Name of the service."),
				"abbreviation":      computedString("Short name of the service, such as `EVS`."),
			})),
		},
		read: readServiceTypes,
	}
}

func readServiceTypes(ctx context.Context, services *services, model *serviceTypesModel) diag.Diagnostics {
	known := services.dictionaries

	rows, err := known.serviceTypes.get(ctx, model.ServiceTypeName.ValueString(), known.readServiceTypes)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("list the cloud services", err)}
	}

	model.Codes, model.ServiceTypes = named{}, []serviceType{}

	for _, row := range rows {
		model.Codes.add(row.ServiceTypeCode, row.ServiceTypeName)
		model.ServiceTypes = append(model.ServiceTypes, serviceType{
			ServiceTypeCode: textPtr(row.ServiceTypeCode), ServiceTypeName: textPtr(row.ServiceTypeName), Abbreviation: textPtr(row.Abbreviation),
		})
	}

	model.TotalCount = types.Int64Value(int64(len(model.ServiceTypes)))

	return nil
}
