// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type usage95DetailsModel struct {
	usage95Arguments
	usage95Figures

	ResourceID    types.String  `tfsdk:"resource_id"`
	IncludePoints types.Bool    `tfsdk:"include_points"`
	HighestUsage  types.Number  `tfsdk:"highest_usage"`
	HighestTime   types.String  `tfsdk:"highest_time"`
	Points        []point95Item `tfsdk:"points" nil:"null"`
	PointCount    types.Int64   `tfsdk:"point_count"`
}

type point95Item struct {
	StatTime            *string    `tfsdk:"stat_time"`
	Usage               *big.Float `tfsdk:"usage"`
	GuaranteedBandwidth *big.Float `tfsdk:"guaranteed_bandwidth"`
	MeasureID           *int64     `tfsdk:"measure_id"`
}

func newUsage95DetailsDataSource() datasource.DataSource {
	return &dataSource[usage95DetailsModel]{
		name: "usage95_details", calls: []string{"list_usage95_details"},
		schema: schema.Schema{
			MarkdownDescription: "Data points of one resource that is billed by the 95th percentile, in a month: one for five minutes, " +
				"up to 8,928. `bss_usage95_summary` has the figures of all resources.",
			Attributes: joined(usage95ArgumentAttributes(), usage95FigureAttributes(), map[string]schema.Attribute{
				"resource_id": requiredText("The resource, such as one of `resource_ids` of `bss_usage95_summary`.", isID),
				"include_points": schema.BoolAttribute{
					Optional:            true,
					MarkdownDescription: "Set to `true` to keep the data points. All of them are stored in state. Default: `false`.",
				},
				"highest_usage": computedNumber("The highest of the data points. Null if there are none, or if they have different units."),
				"highest_time":  computedString("When the highest of the data points was measured (UTC)."),
				"points": computedList("The data points, in the order of the API. Null without `include_points`.", map[string]schema.Attribute{
					"stat_time": computedString("When it was measured (UTC)."),
					"usage":     computedNumber("What was used."),
					"guaranteed_bandwidth": computedNumber("The bandwidth that is paid for in any case, in the unit of the usage. " +
						"Null for all but `95peak_plus`."),
					"measure_id": computedInt("Id of the unit of both, such as 15 for Mbit/s; `bss_measure_units` has its name."),
				}),
				"point_count": computedInt("Number of data points."),
			}),
		},
		read: readUsage95Details,
	}
}

func readUsage95Details(ctx context.Context, services *services, model *usage95DetailsModel) diag.Diagnostics {
	const doing = "read the data points of 95th-percentile usage"

	if diags := model.begun(services.client.Now(), clockMonths); diags.HasError() {
		return diags
	}

	details, err := services.client.ListUsage95Details(ctx, model.request(), model.ResourceID.ValueString())
	if err != nil {
		return diag.Diagnostics{apiDiagnostic(doing, err)}
	}

	if model.IncludePoints.ValueBool() {
		model.Points = []point95Item{}
	}

	var highest bssapi.Point95

	count, units := int64(0), map[int]bool{}

	for point, err := range details.Rows {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic(doing, err)}
		}

		count++

		if !point.Usage.IsNull() {
			units[point.MeasureID] = true

			if highest.Usage.IsNull() || highest.Usage.Cmp(point.Usage) < 0 {
				highest = point
			}
		}

		if model.Points != nil {
			model.Points = append(model.Points, point95Item{
				StatTime: textPtr(point.StatTime), Usage: numberPtr(point.Usage),
				GuaranteedBandwidth: numberPtr(point.GuaranteedBandWidth), MeasureID: countPtr(point.MeasureID),
			})
		}
	}

	if diags := model.begun(services.client.Now(), 0); diags.HasError() {
		return diags
	}

	if len(units) == 1 {
		model.HighestUsage, model.HighestTime = numberValue(highest.Usage), textValue(highest.StatTime)
	}

	model.PointCount, model.usage95Figures = types.Int64Value(count), flattenUsage95(details.Usage95)

	return model.finish(services.client)
}
