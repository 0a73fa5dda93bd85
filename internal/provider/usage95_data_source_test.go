// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccUsage95(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Seed: "demo", Now: time.Date(2026, 11, 22, 8, 1, 0, 0, time.UTC)})
	w.console("measure_bandwidth", map[string]any{
		"resource_id": "trial", "service_type_code": "hws.service.type.vpc", "usage_type": "95peak_plus", "mbit": 100, "guaranteed": 20,
		"since": "2026-10-01T00:00:00+08:00", "until": "2026-10-01T02:00:00+08:00",
	})

	w.shows(t, `
data "bss_usage95_summary" "cdn" {
  month             = "2026-10"
  service_type_code = "hws.service.type.cdn"
  usage_type        = "95Peak"
}
data "bss_usage95_summary" "none" {
  month             = "2026-10"
  service_type_code = "hws.service.type.obs"
  usage_type        = "95Peak"
}
data "bss_usage95_summary" "running" {
  month             = "2026-11"
  service_type_code = "hws.service.type.cdn"
  usage_type        = "95Peak"
}
data "bss_usage95_details" "line" {
  month             = "2026-10"
  service_type_code = "hws.service.type.vpc"
  usage_type        = "95peak_plus"
  resource_id       = "office-line"
}
data "bss_usage95_details" "points" {
  month             = "2026-10"
  service_type_code = "hws.service.type.vpc"
  usage_type        = "95peak_plus"
  resource_id       = "trial"
  include_points    = true
}
data "bss_usage95_details" "none" {
  month             = "2026-10"
  service_type_code = "hws.service.type.vpc"
  usage_type        = "95peak_plus"
  resource_id       = "another"
  include_points    = true
}`, map[string]shown{
		"data.bss_usage95_summary.cdn": {
			"resource_ids": []string{"cdn.example.com"}, "total_count": 1, "final": true, "resource_type_code": "hws.resource.type.cdn",
			"resources.0.resource_id": "cdn.example.com", "resources.0.actual_days": amount("31"), "resources.0.bandwidth": amount("386.666"),
			"resources.0.monthly_peak_bandwidth": nil, "resources.0.bandwidth_measure_id": 15,
		},
		"data.bss_usage95_summary.none": {"resource_ids": []string{}, "total_count": 0, "final": true},
		// The month has not ended, so that there are no figures but the points.
		"data.bss_usage95_summary.running": {
			"final":                            false,
			"resources.0.bandwidth":            nil,
			"resources.0.bandwidth_measure_id": nil,
			"resources.0.actual_days":          amount("21.67013888888888888889"),
		},
		"data.bss_usage95_details.line": {
			"point_count":                  8928,
			"bandwidth":                    amount("96.666"),
			"monthly_guaranteed_bandwidth": amount("20"),
			"monthly_peak_bandwidth":       amount("200"),
			"points":                       nil,
			"highest_usage":                amount("200"),
			"highest_time":                 "2026-09-30T17:40:00Z",
			"final":                        true,
		},
		"data.bss_usage95_details.points": {
			"points": elements(24), "points.23.stat_time": "2026-09-30T17:55:00Z", "points.0.guaranteed_bandwidth": amount("20"),
			"points.0.measure_id": 15, "point_count": 24, "actual_days": amount("0.08333333333333333333"),
		},
		"data.bss_usage95_details.none": {"points": []string{}, "point_count": 0, "highest_usage": nil, "highest_time": nil, "bandwidth": nil},
	})
	w.readOnly("list_usage95_summary", "list_usage95_details")
}

// TestUsage95Figures: when the figures are there depends on the time that is asked
// for, and every page is read once.
func TestUsage95Figures(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Seed: "demo", Settings: map[string]string{"page_most": "300"}})
	arguments := attributes{
		"month": str(
			"2026-10",
		),
		"service_type_code": str("hws.service.type.vpc"),
		"usage_type":        str("95peak_plus"),
		"resource_id":       str("office-line"),
	}

	for at, final := range map[string]string{"2026-11-02T19:59:59+08:00": "false", "2026-11-02T20:00:00+08:00": "true"} {
		arguments["as_of"] = str(at)
		mustRead(t, w, "bss_usage95_details", arguments).want(t, map[string]string{"final": final, "as_of": at, "point_count": "8928"})
	}

	if got := w.called("list_usage95_details"); got != 60 {
		t.Errorf("%d calls for twice 30 pages", got)
	}
}

// TestUsage95Units: points of different units have no highest.
func TestUsage95Units(t *testing.T) {
	t.Parallel()

	w := answering(t, "china", map[string]any{"/v2/bills/customer-bills/resources/usage/details": tree{
		"total_count": 2, "band_width": "", "actual_days": "", "usage_info_list": []any{
			tree{"stat_time": "2026-09-30T16:00:00Z", "usage": "1", "measure_id": 15},
			tree{"stat_time": "2026-09-30T16:05:00Z", "usage": "2", "measure_id": 16},
		},
	}})
	arguments := attributes{
		"month": str("2026-10"), "service_type_code": str("hws.service.type.vpc"), "usage_type": str("95Peak"), "resource_id": str("x"),
	}
	mustRead(t, w, "bss_usage95_details", arguments).want(t, map[string]string{
		"highest_usage": "null", "highest_time": "null", "point_count": "2", "bandwidth": "null", "actual_days": "null",
	})
}

func TestUsage95OtherSites(t *testing.T) {
	t.Parallel()

	for _, site := range []string{"international", "europe"} {
		w := newWorld(t, bsssim.Options{Site: site, Seed: "demo"})

		for _, name := range []string{"bss_usage95_summary", "bss_usage95_details"} {
			arguments := attributes{"month": str("2026-10"), "service_type_code": str("hws.service.type.vpc"), "usage_type": str("95Peak")}
			if name == "bss_usage95_details" {
				arguments["resource_id"] = str("x")
			}

			_, diags := readData(t, w, name, nil, arguments)
			diags.says(t, "", "only china has it", "`bss_resource_records` has the usage that is billed")
		}

		if diff := cmp.Diff([]string{}, append([]string{}, w.calls()...)); diff != "" {
			t.Error(fmt.Sprint(site, diff))
		}
	}
}
