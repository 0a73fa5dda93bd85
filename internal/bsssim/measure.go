// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "net/http"

// measureUnit is a unit with what it measures.
type measureUnit struct {
	id, kind                       int
	english, chinese, abbreviation string
}

// Kinds of units.
const (
	measuresMoney    = 1
	measuresDuration = 2
	measuresTraffic  = 3
	measuresQuantity = 4
	measuresCapacity = 7
	measuresRate     = 16
)

// measureUnits are those that prices, bills and packages use, and their
// neighbors. The currency of the site is unit 1.
var measureUnits = []measureUnit{
	{4, measuresDuration, "Hour", "小时", "h"},
	{5, measuresDuration, "Minute", "分钟", "min"},
	{6, measuresDuration, "Second", "秒", "s"},
	{9, measuresTraffic, "TB (traffic)", "TB（流量）", "TB"},
	{measureTrafficGB, measuresTraffic, "GB (traffic)", "GB（流量）", "GB"},
	{11, measuresTraffic, "MB (traffic)", "MB（流量）", "MB"},
	{14, measuresQuantity, "Piece", "个", ""},
	{measureMbps, measuresRate, "Mbit/s", "Mbit/s", "Mbit/s"},
	{16, measuresCapacity, "TB (capacity)", "TB（容量）", "TB"},
	{measureGB, measuresCapacity, "GB (capacity)", "GB（容量）", "GB"},
	{18, measuresCapacity, "MB (capacity)", "MB（容量）", "MB"},
}

// conversions say how many of the second unit one of the first is.
var conversions = []struct {
	from, to int
	ratio    int64
	kind     int
}{
	{4, 5, 60, measuresDuration},
	{5, 6, 60, measuresDuration},
	{4, 6, 3600, measuresDuration},
	{9, measureTrafficGB, 1024, measuresTraffic},
	{measureTrafficGB, 11, 1024, measuresTraffic},
	{16, measureGB, 1024, measuresCapacity},
	{measureGB, 18, 1024, measuresCapacity},
}

// currencyNames are the names of unit 1 on each site.
var currencyNames = map[string][2]string{
	SiteChina: {"Yuan", "元"}, SiteInternational: {"US Dollar", "美元"}, SiteEurope: {"Euro", "欧元"},
}

// listMeasureUnits answers all units.
func listMeasureUnits(w *world, c *call) (answer, error) {
	money := currencyNames[w.Site]
	units := []map[string]any{
		{
			"measure_id":   1,
			"measure_name": w.inLanguage(money[0], money[1], c.language),
			"abbreviation": w.currency(),
			"measure_type": measuresMoney,
		},
	}
	for _, u := range measureUnits {
		units = append(units, map[string]any{
			"measure_id":   u.id,
			"measure_name": w.inLanguage(u.english, u.chinese, c.language),
			"abbreviation": u.abbreviation,
			"measure_type": u.kind,
		})
	}

	return answer{status: http.StatusOK, body: map[string]any{"measure_units": units}}, nil
}

// listConversions answers how units convert.
func listConversions(_ *world, c *call) (answer, error) {
	found := []map[string]any{}
	for _, conversion := range conversions {
		if c.matchesNumber("measure_type", conversion.kind) {
			found = append(found, map[string]any{
				"measure_id": conversion.from, "ref_measure_id": conversion.to, "conversion_ratio": conversion.ratio,
				"measure_type": conversion.kind,
			})
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{"conversions": found}}, nil
}
