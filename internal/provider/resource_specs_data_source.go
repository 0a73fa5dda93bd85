// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type resourceSpecsModel struct {
	ServiceTypeCode  types.String   `tfsdk:"service_type_code"`
	ResourceTypeCode types.String   `tfsdk:"resource_type_code"`
	RegionCode       types.String   `tfsdk:"region_code"`
	ChargeMode       types.String   `tfsdk:"charge_mode"`
	ResourceSpecCode types.String   `tfsdk:"resource_spec_code"`
	NameContains     types.String   `tfsdk:"name_contains"`
	Codes            named          `tfsdk:"codes"`
	Specs            []resourceSpec `tfsdk:"resource_specs"`
	TotalCount       types.Int64    `tfsdk:"total_count"`
}

type resourceSpec struct {
	ServiceTypeCode  *string `tfsdk:"service_type_code"`
	ServiceTypeName  *string `tfsdk:"service_type_name"`
	ResourceTypeCode *string `tfsdk:"resource_type_code"`
	ResourceTypeName *string `tfsdk:"resource_type_name"`
	ResourceSpecCode *string `tfsdk:"resource_spec_code"`
	ResourceSpecName *string `tfsdk:"resource_spec_name"`
	ChargeMode       *string `tfsdk:"charge_mode"`
	RegionCode       *string `tfsdk:"region_code"`
}

// maxSpecArgument is how long the codes may be that specifications are listed by.
const maxSpecArgument = 64

// maxSpecCode is the longest code of a specification that the API takes.
const maxSpecCode = 128

func newResourceSpecsDataSource() datasource.DataSource {
	return &dataSource[resourceSpecsModel]{
		name: "resource_specs", calls: []string{"list_resource_specs", "list_service_resources"},
		schema: schema.Schema{
			MarkdownDescription: "Specifications of a type of resource that are sold in a region, with the codes that `codes` of " +
				"`bss_period_price` and `bss_on_demand_price` takes.\n\nThe API answers nothing for codes that do not go together. Without any " +
				"answer, one more call reads which resources the service has, and a warning says so." + dictionaryNote,
			Attributes: joined(map[string]schema.Attribute{
				"service_type_code":  requiredText("Code of the service, such as `hws.service.type.ebs`.", trimmed{maxSpecArgument}),
				"resource_type_code": requiredText("Code of the type of resource, such as `hws.resource.type.volume`.", trimmed{maxSpecArgument}),
				"region_code":        requiredText("Code of the region, such as `ap-southeast-3`.", trimmed{maxSpecArgument}),
				"charge_mode": requiredText("How it is paid for: "+listOf(bssapi.SpecChargeModes.All())+". Not everything is sold in both ways.",
					oneOf(bssapi.SpecChargeModes)),
				"resource_spec_code": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only this specification, by its code, such as `SSD`. Its name may not have the code in it.",
					Validators: []validator.String{trimmed{maxSpecCode}},
				},
				"name_contains": nameContains("resource_spec_name"),
			}, dictionaryAttributes("resource_spec_code", "resource_specs", map[string]schema.Attribute{
				"service_type_code":  computedString("Code of the service."),
				"service_type_name":  computedString("Name of the service."),
				"resource_type_code": computedString("Code of the type of resource."),
				"resource_type_name": computedString("Name of the type of resource."),
				"resource_spec_code": computedString("Code of the specification, such as `SSD`."),
				"resource_spec_name": computedString("Name of the specification."),
				"charge_mode":        computedString("How it is paid for: " + wordsOf(bssapi.SpecChargeModes) + "."),
				"region_code":        computedString("Code of the region."),
			})),
		},
		read: readResourceSpecs,
	}
}

func readResourceSpecs(ctx context.Context, services *services, model *resourceSpecsModel) diag.Diagnostics {
	// The validator knows the words.
	mode, _ := bssapi.SpecChargeModes.Code(model.ChargeMode.ValueString())

	rows, err := services.dictionaries.specs.get(ctx, bssapi.ListResourceSpecsRequest{
		CloudServiceType: model.ServiceTypeCode.ValueString(), ResourceType: model.ResourceTypeCode.ValueString(),
		RegionCode: model.RegionCode.ValueString(), ChargeMode: mode, ResourceSpec: model.ResourceSpecCode.ValueString(),
	}, services.client.ListResourceSpecs)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("list the specifications of "+model.ResourceTypeCode.ValueString(), err)}
	}

	model.Codes, model.Specs = named{}, []resourceSpec{}

	for _, row := range rows {
		if !contains(row.ResourceSpecName, model.NameContains) {
			continue
		}

		model.Codes.add(row.ResourceSpec, row.ResourceSpecName)
		model.Specs = append(model.Specs, resourceSpec{
			ServiceTypeCode: textPtr(row.CloudServiceType), ServiceTypeName: textPtr(row.CloudServiceTypeName),
			ResourceTypeCode: textPtr(row.ResourceType), ResourceTypeName: textPtr(row.ResourceTypeName),
			ResourceSpecCode: textPtr(row.ResourceSpec), ResourceSpecName: textPtr(row.ResourceSpecName),
			ChargeMode: textPtr(wordOfText(bssapi.SpecChargeModes, row.ChargeMode)), RegionCode: textPtr(row.RegionCode),
		})
	}

	model.TotalCount = types.Int64Value(int64(len(model.Specs)))

	if len(rows) > 0 {
		return nil
	}

	return model.strangers(ctx, services.dictionaries)
}

// strangers warns of a type of resource that the service does not have, as the API
// answers nothing for it. It is no error: whether the dictionary has all is not documented.
func (m *resourceSpecsModel) strangers(ctx context.Context, known *dictionaries) diag.Diagnostics {
	service, resource := m.ServiceTypeCode.ValueString(), m.ResourceTypeCode.ValueString()

	rows, err := known.serviceResources.get(ctx, service, known.readServiceResources)
	if err != nil || slices.ContainsFunc(rows, func(row bssapi.ServiceResource) bool { return row.ResourceTypeCode == resource }) {
		return nil
	}

	var codes []string
	for _, row := range rows {
		codes = append(codes, row.ResourceTypeCode)
	}

	at := path.Root("resource_type_code")
	detail := fmt.Sprintf("The service %s has no resource %s, so that there are no specifications. It has %s.",
		service, resource, strings.Join(codes, ", "))

	if len(codes) == 0 {
		at = path.Root("service_type_code")
		detail = fmt.Sprintf("No service has the code %s, or it has no resources, so that there are no specifications. "+
			"bss_service_types lists the codes.", service)
	}

	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "Codes do not go together", detail)}
}
