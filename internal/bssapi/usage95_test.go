// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// TestUsage95DetailsPages: the figures are those of the first page, which all pages
// have to repeat, and every point comes once.
func TestUsage95DetailsPages(t *testing.T) {
	t.Parallel()
	const total = 8640
	for _, moved := range []bool{false, true} {
		fake := &network{answer: func(_ int, req sent) (*http.Response, error) {
			offset, _ := strconv.Atoi(req.URL.Query().Get("offset"))
			var rows []string
			for i := offset; i < min(total, offset+1000); i++ {
				rows = append(rows, fmt.Sprintf(`{"stat_time":"point %d","usage":"%d.5","measure_id":15}`, i, i))
			}
			bandwidth := "812.5"
			if moved && offset >= 5000 {
				bandwidth = "813"
			}

			return reply(
				200,
				fmt.Sprintf(`{"total_count":%d,"band_width":%q,"usage_info_list":[%s]}`, total, bandwidth, strings.Join(rows, ",")),
			), nil
		}}
		c, _ := newTestClient(t, fake, WithSite(SiteChina))
		details, err := c.ListUsage95Details(t.Context(), ListUsage95SummaryRequest{
			BillCycle: "2026-10", ServiceTypeCode: "s", ResourceTypeCode: "r", UsageType: "u",
		}, "cdn-1")
		if err != nil || details.TotalCount != total || details.BandWidth.String() != "812.5" || !details.ActualDays.IsNull() {
			t.Fatalf("%+v, %v", details, err)
		}
		points, err := collect(t, details.Rows)
		if moved && !errors.Is(err, ErrIncomplete) || !moved && (err != nil || len(points) != total || len(fake.requests()) != 9) {
			t.Errorf("moved %v: %d points from %d calls, %v", moved, len(points), len(fake.requests()), err)
		}
		if got := fake.requests()[0].URL.Query().Get("resource_id"); got != "cdn-1" {
			t.Errorf("asked for %q", got)
		}
	}
}

func TestUsage95Refuses(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_usage95_summary"))
	for site, want := range map[Site]error{SiteChina: ErrNotSent, SiteEurope: ErrNotSent} {
		c, _ := newTestClient(t, fake, WithSite(site))
		if _, err := collect(t, c.ListUsage95Summary(t.Context(), ListUsage95SummaryRequest{BillCycle: "2026"})); !errors.Is(err, want) {
			t.Error(err)
		}
		if _, err := c.ListUsage95Details(t.Context(), ListUsage95SummaryRequest{BillCycle: "October"}, "x"); !errors.Is(err, want) {
			t.Error(err)
		}
	}
	c, _ := newTestClient(t, fake, WithSite(SiteInternational))
	if _, err := collect(
		t,
		c.ListUsage95Summary(t.Context(), ListUsage95SummaryRequest{BillCycle: "2026-10"}),
	); !errors.Is(
		err,
		ErrNotOnSite,
	) {
		t.Error(err)
	}
	if len(fake.requests()) != 0 {
		t.Errorf("%d calls", len(fake.requests()))
	}
}
