// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"iter"
	"slices"
	"strings"
)

// packagePageSize is how many packages a page has at most.
const packagePageSize = 1000

// PackageStatus is the state of a resource package.
type PackageStatus int

// The states of a resource package.
const (
	PackageStatusNotEffective PackageStatus = 0
	PackageStatusInEffect     PackageStatus = 1
	PackageStatusUsedUp       PackageStatus = 2
	PackageStatusExpired      PackageStatus = 3
	PackageStatusUnsubscribed PackageStatus = 4
)

// PackageScope says whether a package is for all enterprise projects.
type PackageScope int

// PackageSource is where a package came from.
type PackageSource int

// PackageReuseMode says whether the quota of a package is filled up again.
type PackageReuseMode int

// ListPackagesRequest filters resource packages. Zero fields do not filter.
type ListPackagesRequest struct {
	RegionCode          string
	OrderID             string
	ProductID           string
	ProductName         string
	EnterpriseProjectID string
	Status              *PackageStatus
	ServiceTypeCodeList []string
}

type listPackagesBody struct {
	RegionCode          string         `json:"region_code,omitempty"`
	OrderID             string         `json:"order_id,omitempty"`
	ProductID           string         `json:"product_id,omitempty"`
	ProductName         string         `json:"product_name,omitempty"`
	EnterpriseProjectID string         `json:"enterprise_project_id,omitempty"`
	Status              *PackageStatus `json:"status,omitempty"`
	Offset              int            `json:"offset"`
	Limit               int            `json:"limit"`
	ServiceTypeCodeList []string       `json:"service_type_code_list,omitempty"`
}

func (r ListPackagesRequest) body(offset int) listPackagesBody {
	return listPackagesBody{
		RegionCode: r.RegionCode, OrderID: r.OrderID, ProductID: r.ProductID, ProductName: r.ProductName,
		EnterpriseProjectID: r.EnterpriseProjectID, Status: r.Status, Offset: offset, Limit: packagePageSize,
		ServiceTypeCodeList: r.ServiceTypeCodeList,
	}
}

// Package is a resource package: an amount of usage that was bought, or given,
// in advance.
type Package struct {
	OrderInstanceID string `json:"order_instance_id"`
	// OrderID is "" for a package that was a gift.
	OrderID                string            `json:"order_id"`
	ProductID              string            `json:"product_id"`
	ProductName            string            `json:"product_name"`
	EnterpriseProjectID    string            `json:"enterprise_project_id"`
	EnterpriseProjectScope *PackageScope     `json:"enterprise_project_scope"`
	EffectiveTime          string            `json:"effective_time"`
	ExpireTime             string            `json:"expire_time"`
	Status                 *PackageStatus    `json:"status"`
	ServiceTypeCode        string            `json:"service_type_code"`
	ServiceTypeName        string            `json:"service_type_name"`
	RegionCode             string            `json:"region_code"`
	SourceType             *PackageSource    `json:"source_type"`
	BundleType             string            `json:"bundle_type"`
	QuotaReuseMode         PackageReuseMode  `json:"quota_reuse_mode"`
	FreeResources          []PackageResource `json:"free_resources"`
}

// PackageResource is what a package has of one type of usage. In a package that
// is filled up again, the amounts are those of the current cycle.
type PackageResource struct {
	FreeResourceID string `json:"free_resource_id"`
	UsageTypeName  string `json:"usage_type_name"`
	// Amount is what is left of OriginalAmount, in the unit MeasureID.
	Amount         Decimal `json:"amount"`
	OriginalAmount Decimal `json:"original_amount"`
	MeasureID      int     `json:"measure_id"`
}

func (r ListPackagesRequest) other(row Package) string {
	var f filters
	// One package may serve several regions and enterprise projects.
	f.text("order", r.OrderID, row.OrderID)
	f.text("product", r.ProductID, row.ProductID)
	if r.Status != nil && row.Status != nil && *r.Status != *row.Status {
		f.differs("status", PackageStatuses.Word(*row.Status), PackageStatuses.Word(*r.Status))
	}
	if known := r.ServiceTypeCodeList; len(known) > 0 && row.ServiceTypeCode != "" && !slices.Contains(known, row.ServiceTypeCode) {
		f.differs("service", row.ServiceTypeCode, strings.Join(known, " or "))
	}

	return f.other
}

type listPackagesResponse struct {
	FreeResourcePackages []Package `json:"free_resource_packages"`
	TotalCount           *int      `json:"total_count"`
}

// ListPackages yields the resource packages that match. Those that expired more
// than 18 months ago are not kept.
//
// Permission: bss:order:view.
func (c *Client) ListPackages(ctx context.Context, req ListPackagesRequest) iter.Seq2[Package, error] {
	return paged[Package]{
		operation: opListPackages.name,
		size:      packagePageSize,
		key:       func(p Package) string { return p.OrderInstanceID },
		other:     req.other,
		fetch: fetcher(c,
			func(offset int) call { return call{op: opListPackages, body: req.body(offset)} },
			func(out *listPackagesResponse) page[Package] {
				return page[Package]{rows: out.FreeResourcePackages, total: out.TotalCount}
			}),
	}.all(ctx)
}
