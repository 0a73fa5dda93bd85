// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"testing"
	"time"
)

const (
	cdnUsage      = "?service_type_code=hws.service.type.cdn&resource_type_code=hws.resource.type.cdn&usage_type="
	summary95Path = "/v2/bills/customer-bills/resources/usage/summary" + cdnUsage
	details95Path = "/v2/bills/customer-bills/resources/usage/details" + cdnUsage
)

func TestUsage95(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina})
	c.act(t, "measure_bandwidth", map[string]any{
		"resource_id": "cdn-1", "mbit": 100, "since": "2026-10-02T00:00:00+08:00", "until": "2026-11-02T00:00:00+08:00",
	})
	c.act(t, "measure_bandwidth", map[string]any{
		"resource_id": "cdn-2", "mbit": 10, "guaranteed": "2.5", "usage_type": enhanced95, "since": "2026-10-01T00:00:00+08:00",
	})

	october := c.get(t, summary95Path+"95Peak&bill_cycle=2026-10")
	same(t, "rows", october.text("total_count"), "1")
	same(t, "days", october.text("summary_usage_info_list", 0, "actual_days"), "30.00000000000000000000")
	// By hand: of the 8640 points, 432 are left out, of which 86 are the bursts. The
	// other 346 are the highest of 30 days, 11 or 12 of each: at noon and up to six
	// points around it. So what is billed is six points of 1/144 of four fifths below the whole.
	same(t, "billed", october.text("summary_usage_info_list", 0, "band_width"), "96.666")
	same(t, "unit", october.text("summary_usage_info_list", 0, "band_width_measure_id"), "15")
	same(t, "peak", october.text("summary_usage_info_list", 0, "monthly_peak_band_width"), "")

	plus := c.get(t, details95Path+enhanced95+"&bill_cycle=2026-10&resource_id=cdn-2&limit=2&offset=143")
	same(t, "points", plus.text("total_count"), "8928")
	same(t, "point", plus.text("usage_info_list", 1, "stat_time")+" "+plus.text("usage_info_list", 1, "usage"), "2026-10-01T04:00:00Z 10.000")
	same(
		t,
		"guaranteed",
		plus.text("usage_info_list", 0, "guaranteed_band_width")+" "+plus.text("monthly_guaranteed_band_width"),
		"2.500 2.500",
	)
	same(t, "burst", plus.text("monthly_peak_band_width"), "20.000")

	november := c.get(t, summary95Path+"95Peak&bill_cycle=2026-11")
	same(t, "running month", november.text("summary_usage_info_list", 0, "actual_days"), "1.00000000000000000000")
	same(t, "no figures yet", november.text("summary_usage_info_list", 0, "band_width"), "")
	c.Advance(time.Date(2026, 12, 2, 12, 0, 0, 0, time.UTC).Sub(testStart) - time.Minute)
	same(t, "still none", c.get(t, summary95Path+"95Peak&bill_cycle=2026-11").text("summary_usage_info_list", 0, "band_width"), "")
	c.Advance(time.Minute)
	if c.get(t, summary95Path+"95Peak&bill_cycle=2026-11").text("summary_usage_info_list", 0, "band_width") == "" {
		t.Error("there are no figures on the second, 20:00")
	}

	same(t, "nothing", c.get(t, details95Path+"95Peak&bill_cycle=2026-09&resource_id=cdn-1").text("total_count"), "0")
	for _, query := range []string{
		"95Peak", "95Peak&bill_cycle=2027-01", "96Peak&bill_cycle=2026-10", "95Peak&bill_cycle=2026-10&limit=1001",
	} {
		c.must(t, http.MethodGet, summary95Path+query, "").refused(t, http.StatusBadRequest, "CBC.0100")
	}
	c.must(t, http.MethodGet, details95Path+"95Peak&bill_cycle=2026-10", "").refused(t, http.StatusBadRequest, "CBC.0100")
	start(t, Options{Site: SiteEurope}).must(t, http.MethodGet, summary95Path+"95Peak&bill_cycle=2026-10", "").want(t, http.StatusNotFound)
}
