// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import "context"

// MeasureType is what a unit measures.
type MeasureType int

// MeasureUnit is a unit of amounts, sizes and usage.
type MeasureUnit struct {
	MeasureID    int         `json:"measure_id"`
	MeasureName  string      `json:"measure_name"`
	Abbreviation string      `json:"abbreviation"`
	MeasureType  MeasureType `json:"measure_type"`
}

type listMeasureUnitsResponse struct {
	MeasureUnits []MeasureUnit `json:"measure_units"`
}

// ListMeasureUnits returns all units.
//
// Permission: none.
func (c *Client) ListMeasureUnits(ctx context.Context) ([]MeasureUnit, error) {
	out, err := answered[listMeasureUnitsResponse](ctx, c, call{op: opListMeasureUnits})
	if err != nil {
		return nil, err
	}

	return out.MeasureUnits, nil
}

// Conversion says how many of one unit another is.
type Conversion struct {
	MeasureID    int `json:"measure_id"`
	RefMeasureID int `json:"ref_measure_id"`
	// ConversionRatio is the factor from MeasureID to RefMeasureID: of the latter,
	// so many are one of the former.
	ConversionRatio int64       `json:"conversion_ratio"`
	MeasureType     MeasureType `json:"measure_type"`
}

type listConversionsResponse struct {
	Conversions []Conversion `json:"conversions"`
}

// ListConversions returns the conversions between units of a type, or of all
// types if it is 0.
//
// Permission: none.
func (c *Client) ListConversions(ctx context.Context, measureType MeasureType) ([]Conversion, error) {
	out, err := answered[listConversionsResponse](ctx, c, call{op: opListConversions, query: conversionsQuery(measureType)})
	if err != nil {
		return nil, err
	}

	return out.Conversions, nil
}

func conversionsQuery(measureType MeasureType) params {
	p := params{}
	p.number("measure_type", int(measureType))

	return p
}
