// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type measureUnitsModel struct {
	MeasureType  types.String  `tfsdk:"measure_type"`
	NameContains types.String  `tfsdk:"name_contains"`
	Codes        named         `tfsdk:"codes"`
	Units        []measureUnit `tfsdk:"measure_units"`
	TotalCount   types.Int64   `tfsdk:"total_count"`
}

type measureUnit struct {
	MeasureID    *int64  `tfsdk:"measure_id"`
	MeasureName  *string `tfsdk:"measure_name"`
	Abbreviation *string `tfsdk:"abbreviation"`
	MeasureType  *string `tfsdk:"measure_type"`
}

func newMeasureUnitsDataSource() datasource.DataSource {
	return &dataSource[measureUnitsModel]{
		name: "measure_units", calls: []string{"list_measure_units"},
		schema: schema.Schema{
			MarkdownDescription: "Units of sizes, usage and money, with the ids that prices, bills and packages name them by." + dictionaryNote,
			Attributes: joined(map[string]schema.Attribute{
				"measure_type":  wordArgument("Only units that measure this: %s. The provider compares, not the API.", bssapi.MeasureTypes),
				"name_contains": nameContains("measure_name"),
			}, dictionaryAttributes("measure_id", "measure_units", map[string]schema.Attribute{
				"measure_id":   computedInt("Id of the unit, such as 17 for the gigabytes of a disk."),
				"measure_name": computedString("Name of the unit."),
				"abbreviation": computedString("Short name of the unit, such as `GB`."),
				"measure_type": computedString("What it measures: " + wordsOf(bssapi.MeasureTypes) + "."),
			})),
		},
		read: readMeasureUnits,
	}
}

func readMeasureUnits(ctx context.Context, services *services, model *measureUnitsModel) diag.Diagnostics {
	known := services.dictionaries

	rows, err := known.measureUnits.get(ctx, struct{}{}, known.readMeasureUnits)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("list the units", err)}
	}

	model.Codes, model.Units = named{}, []measureUnit{}

	for _, row := range rows {
		word := wordPtr(bssapi.MeasureTypes, row.MeasureType)
		if !contains(row.MeasureName, model.NameContains) ||
			!model.MeasureType.IsNull() && (word == nil || *word != model.MeasureType.ValueString()) {
			continue
		}

		if row.MeasureID != 0 {
			model.Codes.add(strconv.Itoa(row.MeasureID), row.MeasureName)
		}

		model.Units = append(model.Units, measureUnit{
			MeasureID: countPtr(row.MeasureID), MeasureName: textPtr(row.MeasureName), Abbreviation: textPtr(row.Abbreviation), MeasureType: word,
		})
	}

	model.TotalCount = types.Int64Value(int64(len(model.Units)))

	return nil
}
