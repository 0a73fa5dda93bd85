// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"iter"
)

// usage95PageSize is the most rows that the calls of this chapter give in a page.
const usage95PageSize = 1000

// PointsOfDay is how many data points of bandwidth a day has: one for five minutes.
const PointsOfDay = 288

// ListUsage95SummaryRequest says whose usage to read. All fields are required.
type ListUsage95SummaryRequest struct {
	// BillCycle is the month, YYYY-MM in UTC+8.
	BillCycle        string
	ServiceTypeCode  string
	ResourceTypeCode string
	UsageType        string
}

func (r ListUsage95SummaryRequest) params() params {
	p := params{}
	p.text("bill_cycle", r.BillCycle)
	p.text("service_type_code", r.ServiceTypeCode)
	p.text("resource_type_code", r.ResourceTypeCode)
	p.text("usage_type", r.UsageType)

	return p
}

func (r ListUsage95SummaryRequest) details(resourceID string) params {
	p := r.params()
	p.text("resource_id", resourceID)

	return p
}

// Usage95 is the bandwidth of a month by which a resource is billed. The figures
// are there from the second of the next month on, 20:00 in UTC+8: before, all but
// ActualDays are null.
type Usage95 struct {
	// ActualDays is how many data points there were, in days of PointsOfDay, with up
	// to 20 decimals. Less than a month is billed by this share of it.
	ActualDays Decimal `json:"actual_days"`
	// BandWidth is what is billed, in the unit BandWidthMeasureID, which is 0 where
	// there are no figures.
	BandWidth Decimal `json:"band_width"`
	// MonthlyGuaranteedBandWidth and MonthlyPeakBandWidth are known of the enhanced
	// 95th percentile alone.
	MonthlyGuaranteedBandWidth Decimal `json:"monthly_guaranteed_band_width"`
	MonthlyPeakBandWidth       Decimal `json:"monthly_peak_band_width"`
	BandWidthMeasureID         int     `json:"band_width_measure_id"`
}

// ResourceUsage95 is the usage of one resource.
type ResourceUsage95 struct {
	ResourceID string `json:"resource_id"`
	Usage95
}

type listUsage95SummaryResponse struct {
	TotalCount           *int              `json:"total_count"`
	SummaryUsageInfoList []ResourceUsage95 `json:"summary_usage_info_list"`
}

// ListUsage95Summary yields the usage of each resource. Only the China site has
// this operation (ErrNotOnSite).
//
// Permission: the vendor names none.
func (c *Client) ListUsage95Summary(ctx context.Context, req ListUsage95SummaryRequest) iter.Seq2[ResourceUsage95, error] {
	if err := checkBill(req.BillCycle, "", ""); err != nil {
		return failing[ResourceUsage95](opListUsage95Summary.refuse(err))
	}

	return paged[ResourceUsage95]{
		operation: opListUsage95Summary.name,
		size:      usage95PageSize,
		key:       func(usage ResourceUsage95) string { return usage.ResourceID },
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListUsage95Summary, query: req.params().page(offset, usage95PageSize)}
			},
			func(out *listUsage95SummaryResponse) page[ResourceUsage95] {
				return page[ResourceUsage95]{rows: out.SummaryUsageInfoList, total: out.TotalCount}
			}),
	}.all(ctx)
}

// Point95 is what a resource used in five minutes.
type Point95 struct {
	StatTime string `json:"stat_time"`
	// GuaranteedBandWidth is known of the enhanced 95th percentile alone. It has the
	// unit of Usage, MeasureID.
	GuaranteedBandWidth Decimal `json:"guaranteed_band_width"`
	Usage               Decimal `json:"usage"`
	MeasureID           int     `json:"measure_id"`
}

// Usage95Details is the usage of one resource with its data points.
type Usage95Details struct {
	Bill[Point95]
	Usage95
}

type listUsage95DetailsResponse struct {
	TotalCount    *int      `json:"total_count"`
	UsageInfoList []Point95 `json:"usage_info_list"`
	Usage95
}

// ListUsage95Details reads the data points of a resource. Only the China site has
// this operation (ErrNotOnSite).
//
// Permission: the vendor names none.
func (c *Client) ListUsage95Details(ctx context.Context, req ListUsage95SummaryRequest, resourceID string) (*Usage95Details, error) {
	if err := checkBill(req.BillCycle, "", ""); err != nil {
		return nil, opListUsage95Details.refuse(err)
	}
	points, usage, err := readBill(ctx, c, func(point Point95) string { return point.StatTime }, nil,
		func(offset int) call {
			return call{op: opListUsage95Details, query: req.details(resourceID).page(offset, usage95PageSize)}
		},
		func(out *listUsage95DetailsResponse) (page[Point95], Usage95) {
			return page[Point95]{rows: out.UsageInfoList, total: out.TotalCount}, out.Usage95
		})
	if err != nil {
		return nil, err
	}

	return &Usage95Details{Bill: *points, Usage95: usage}, nil
}
