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

type usage95SummaryModel struct {
	usage95Arguments

	ResourceIDs []*string     `tfsdk:"resource_ids"`
	Resources   []usage95Item `tfsdk:"resources"`
	TotalCount  types.Int64   `tfsdk:"total_count"`
}

type usage95Item struct {
	usage95Figures

	ResourceID *string `tfsdk:"resource_id"`
}

func newUsage95SummaryDataSource() datasource.DataSource {
	return &dataSource[usage95SummaryModel]{
		name: "usage95_summary", calls: []string{"list_usage95_summary"},
		schema: schema.Schema{
			MarkdownDescription: "Bandwidth that is billed by the 95th percentile, in a month, for each resource. " +
				"`bss_usage95_details` has the data points of one of them.",
			Attributes: joined(usage95ArgumentAttributes(), map[string]schema.Attribute{
				"resource_ids": computedStrings("Ids of the resources."),
				"resources": computedList("The resources, in the order of the API.",
					joined(usage95FigureAttributes(), map[string]schema.Attribute{"resource_id": computedString("Id of the resource.")})),
				"total_count": computedInt("Number of resources."),
			}),
		},
		read: readUsage95Summary,
	}
}

func readUsage95Summary(ctx context.Context, services *services, model *usage95SummaryModel) diag.Diagnostics {
	if diags := model.begun(services.client.Now(), clockMonths); diags.HasError() {
		return diags
	}

	model.ResourceIDs, model.Resources = []*string{}, []usage95Item{}

	for usage, err := range services.client.ListUsage95Summary(ctx, model.request()) {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("read the 95th-percentile usage", err)}
		}

		model.ResourceIDs = append(model.ResourceIDs, textPtr(usage.ResourceID))
		model.Resources = append(
			model.Resources,
			usage95Item{ResourceID: textPtr(usage.ResourceID), usage95Figures: flattenUsage95(usage.Usage95)},
		)
	}

	if diags := model.begun(services.client.Now(), 0); diags.HasError() {
		return diags
	}

	model.TotalCount = types.Int64Value(int64(len(model.Resources)))

	return model.finish(services.client)
}
