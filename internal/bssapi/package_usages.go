// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"
)

// packageUsageBatch is how many resources of packages one call asks for. The
// vendor documents no maximum.
const packageUsageBatch = 50

// PackageReuseCycle is after how long the quota of a package is filled up.
type PackageReuseCycle int

// PackageCycleType is when the cycles of a package begin.
type PackageCycleType int

// PackageUsage is how much is left of one type of usage of a package, in its
// current cycle if it is filled up again.
type PackageUsage struct {
	FreeResourceID       string            `json:"free_resource_id"`
	FreeResourceTypeName string            `json:"free_resource_type_name"`
	QuotaReuseCycle      PackageReuseCycle `json:"quota_reuse_cycle"`
	QuotaReuseCycleType  PackageCycleType  `json:"quota_reuse_cycle_type"`
	UsageTypeName        string            `json:"usage_type_name"`
	StartTime            string            `json:"start_time"`
	EndTime              string            `json:"end_time"`
	// Amount is what is left of OriginalAmount, in the unit MeasureID.
	Amount         Decimal `json:"amount"`
	OriginalAmount Decimal `json:"original_amount"`
	MeasureID      int     `json:"measure_id"`
}

type listPackageUsagesBody struct {
	FreeResourceIDs []string `json:"free_resource_ids"`
}

type listPackageUsagesResponse struct {
	FreeResources []PackageUsage `json:"free_resources"`
}

// ListPackageUsages returns the usage of resources of packages, by their ids.
// What the API does not answer for an id is left out.
//
// Permission: bss:order:view.
func (c *Client) ListPackageUsages(ctx context.Context, ids []string) ([]PackageUsage, error) {
	var usages []PackageUsage
	for batch := range slices.Chunk(ids, packageUsageBatch) {
		out, err := answered[listPackageUsagesResponse](ctx, c, call{op: opListPackageUsages, body: listPackageUsagesBody{batch}})
		if err != nil {
			return nil, err
		}
		usages = append(usages, out.FreeResources...)
	}

	return usages, nil
}

const (
	packageRecordPageSize = 1000
	// MaxPackageRecordDays is the longest window of the usage records of packages.
	MaxPackageRecordDays = 90
)

// ListPackageUsageRecordsRequest says which usage of packages to read. Both days
// are required, as YYYY-MM-DD; the other fields do not filter if they are "".
type ListPackageUsageRecordsRequest struct {
	DeductTimeBegin, DeductTimeEnd string
	FreeResourceID                 string
	ProductID                      string
	ResourceTypeCode               string
}

func (r ListPackageUsageRecordsRequest) params() params {
	p := params{}
	p.text("deduct_time_begin", r.DeductTimeBegin)
	p.text("deduct_time_end", r.DeductTimeEnd)
	p.text("free_resource_id", r.FreeResourceID)
	p.text("product_id", r.ProductID)
	p.text("resource_type_code", r.ResourceTypeCode)

	return p
}

func (r ListPackageUsageRecordsRequest) check() error {
	begin, err := time.Parse(time.DateOnly, r.DeductTimeBegin)
	end, endErr := time.Parse(time.DateOnly, r.DeductTimeEnd)
	switch {
	case err != nil || endErr != nil:
		return fmt.Errorf("%q and %q are not both days of the form YYYY-MM-DD", r.DeductTimeBegin, r.DeductTimeEnd)
	case end.Before(begin):
		return errors.New("the last day is before the first")
	case end.After(begin.AddDate(0, 0, MaxPackageRecordDays)):
		return fmt.Errorf("the days are more than %d apart", MaxPackageRecordDays)
	}

	return nil
}

// PackageUsageRecord is one deduction from a package.
type PackageUsageRecord struct {
	DeductTime     string `json:"deduct_time"`
	FreeResourceID string `json:"free_resource_id"`
	// ResourceID is what was used.
	ResourceID       string `json:"resource_id"`
	ResourceTypeCode string `json:"resource_type_code"`
	ResourceTypeName string `json:"resource_type_name"`
	ResourceTag      string `json:"resource_tag"`
	ProductID        string `json:"product_id"`
	ProductName      string `json:"product_name"`
	UsageTypeCode    string `json:"usage_type_code"`
	// AvailableAmount was there before, RemainingAmount after the deduction of
	// UsedAmount, in the unit MeasureID.
	AvailableAmount Decimal `json:"available_amount"`
	RemainingAmount Decimal `json:"remaining_amount"`
	UsedAmount      Decimal `json:"used_amount"`
	MeasureID       int     `json:"measure_id"`
	EffectiveTime   string  `json:"effective_time"`
	ExpireTime      string  `json:"expire_time"`
}

func (r ListPackageUsageRecordsRequest) other(row PackageUsageRecord) string {
	var f filters
	f.text("package", r.FreeResourceID, row.FreeResourceID)
	f.text("product", r.ProductID, row.ProductID)
	f.text("type of resource", r.ResourceTypeCode, row.ResourceTypeCode)
	f.day("day", r.DeductTimeBegin, r.DeductTimeEnd, row.DeductTime)

	return f.other
}

type listPackageUsageRecordsResponse struct {
	FreeResourceRecords []PackageUsageRecord `json:"free_resource_records"`
	TotalCount          *int                 `json:"total_count"`
}

// ListPackageUsageRecords yields what was deducted from packages.
//
// Permission: bss:order:view.
func (c *Client) ListPackageUsageRecords(ctx context.Context, req ListPackageUsageRecordsRequest) iter.Seq2[PackageUsageRecord, error] {
	if err := req.check(); err != nil {
		return func(yield func(PackageUsageRecord, error) bool) {
			yield(PackageUsageRecord{}, opListPackageUsageRecords.refuse(err))
		}
	}

	return paged[PackageUsageRecord]{
		operation: opListPackageUsageRecords.name,
		size:      packageRecordPageSize,
		key:       noKey[PackageUsageRecord],
		other:     req.other,
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListPackageUsageRecords, query: req.params().page(offset, packageRecordPageSize)}
			},
			func(out *listPackageUsageRecordsResponse) page[PackageUsageRecord] {
				return page[PackageUsageRecord]{rows: out.FreeResourceRecords, total: out.TotalCount}
			}),
	}.all(ctx)
}
