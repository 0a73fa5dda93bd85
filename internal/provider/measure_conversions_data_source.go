// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type measureConversionsModel struct {
	MeasureType types.String        `tfsdk:"measure_type"`
	Ratios      map[string]int64    `tfsdk:"ratios"`
	Conversions []measureConversion `tfsdk:"measure_conversions"`
	TotalCount  types.Int64         `tfsdk:"total_count"`
}

type measureConversion struct {
	MeasureID       *int64  `tfsdk:"measure_id"`
	RefMeasureID    *int64  `tfsdk:"ref_measure_id"`
	ConversionRatio *int64  `tfsdk:"conversion_ratio"`
	MeasureType     *string `tfsdk:"measure_type"`
}

func newMeasureConversionsDataSource() datasource.DataSource {
	return &dataSource[measureConversionsModel]{
		name: "measure_conversions", calls: []string{"list_conversions"},
		schema: schema.Schema{
			MarkdownDescription: "How units convert into each other. `bss_measure_units` has the names of their ids." + dictionaryNote,
			Attributes: map[string]schema.Attribute{
				"measure_type": wordArgument("Only conversions between units that measure this: %s.", bssapi.MeasureTypes),
				"ratios": computedCounts("Ratios by `measure_id:ref_measure_id`, fit for `for_each`: `ratios[\"17:18\"]` times an amount in " +
					"the unit 17 is that amount in the unit 18."),
				"measure_conversions": computedList("All conversions, in the order of the API.", map[string]schema.Attribute{
					"measure_id":       computedInt("Id of the unit that is converted."),
					"ref_measure_id":   computedInt("Id of the unit that it is converted into."),
					"conversion_ratio": computedInt("By what an amount is multiplied: so many of `ref_measure_id` are one of `measure_id`."),
					"measure_type":     computedString("What they measure: " + wordsOf(bssapi.MeasureTypes) + "."),
				}),
				"total_count": computedInt("Number of conversions."),
			},
		},
		read: readMeasureConversions,
	}
}

func readMeasureConversions(ctx context.Context, services *services, model *measureConversionsModel) diag.Diagnostics {
	// The validator knows the words.
	measureType, _ := bssapi.MeasureTypes.Code(model.MeasureType.ValueString())

	rows, err := services.dictionaries.conversions.get(ctx, measureType, services.client.ListConversions)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("list how units convert", err)}
	}

	model.Ratios, model.Conversions = map[string]int64{}, []measureConversion{}

	for _, row := range rows {
		if row.MeasureID != 0 && row.RefMeasureID != 0 && row.ConversionRatio != 0 {
			model.Ratios[fmt.Sprintf("%d:%d", row.MeasureID, row.RefMeasureID)] = row.ConversionRatio
		}

		model.Conversions = append(model.Conversions, measureConversion{
			MeasureID: countPtr(row.MeasureID), RefMeasureID: countPtr(row.RefMeasureID), ConversionRatio: ratioPtr(row.ConversionRatio),
			MeasureType: wordPtr(bssapi.MeasureTypes, row.MeasureType),
		})
	}

	model.TotalCount = types.Int64Value(int64(len(model.Conversions)))

	return nil
}

// ratioPtr is a ratio, null if there is none: nothing converts by 0.
func ratioPtr(ratio int64) *int64 {
	if ratio == 0 {
		return nil
	}

	return &ratio
}
