// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"math/big"
	"net/http"
	"slices"
	"time"
)

type wirePackage struct {
	OrderInstanceID string                `json:"order_instance_id"`
	OrderID         string                `json:"order_id"`
	ProductID       string                `json:"product_id"`
	ProductName     string                `json:"product_name"`
	ProjectID       string                `json:"enterprise_project_id"`
	ProjectScope    int                   `json:"enterprise_project_scope"`
	EffectiveTime   string                `json:"effective_time"`
	ExpireTime      string                `json:"expire_time"`
	Status          int                   `json:"status"`
	ServiceType     string                `json:"service_type_code"`
	ServiceTypeName string                `json:"service_type_name"`
	Region          string                `json:"region_code"`
	SourceType      int                   `json:"source_type"`
	BundleType      string                `json:"bundle_type"`
	ReuseMode       int                   `json:"quota_reuse_mode"`
	FreeResources   []wirePackageResource `json:"free_resources"`
}

type wirePackageResource struct {
	ID            string `json:"free_resource_id"`
	UsageTypeName string `json:"usage_type_name"`
	Amount        Amount `json:"amount"`
	Original      Amount `json:"original_amount"`
	MeasureID     int    `json:"measure_id"`
}

// exactly is an amount of usage with as few decimals as it needs.
func (f fine) exactly() Amount { return unscaled(big.NewInt(int64(f))) }

// keptPackages are the packages that can still be queried.
func (w *world) keptPackages(now time.Time) []*Package {
	oldest := addMonths(now, -packageRetention)

	return slices.DeleteFunc(slices.Clone(w.Packages), func(p *Package) bool { return p.ExpireTime.Before(oldest) })
}

// listPackages answers the packages that match, in the order in which they came.
func listPackages(w *world, c *call) (answer, error) {
	services, _ := c.values["service_type_code_list"].([]any)
	now := w.clock.now()
	found := []wirePackage{}
	for _, p := range w.keptPackages(now) {
		status := w.packageStatus(p, now)
		if !c.matchesText("region_code", p.RegionCode) || !c.matchesText("order_id", p.OrderID) ||
			!c.matchesText("product_id", p.ProductID) || !c.matchesText("product_name", p.ProductName) ||
			!c.matchesText("enterprise_project_id", p.ProjectID) || !c.matchesNumber("status", status) ||
			len(services) > 0 && !slices.Contains(services, any(p.ServiceTypeCode)) {
			continue
		}
		found = append(found, w.wirePackage(p, status, now, c.language))
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"free_resource_packages": page(c, found, 10), "total_count": len(found),
	}}, nil
}

func (w *world) wirePackage(p *Package, status int, now time.Time, language string) wirePackage {
	wire := wirePackage{
		OrderInstanceID: p.OrderInstanceID, OrderID: p.OrderID, ProductID: p.ProductID, ProductName: p.ProductName, ProjectID: p.ProjectID,
		EffectiveTime: wireInstant(p.EffectiveTime), ExpireTime: wireInstant(p.ExpireTime), Status: status, ServiceType: p.ServiceTypeCode,
		ServiceTypeName: w.serviceName(p.ServiceTypeCode, language), Region: p.RegionCode, BundleType: "ATOMIC_PKG", ReuseMode: 2,
		FreeResources: []wirePackageResource{},
	}
	if p.ProjectID != "" {
		wire.ProjectScope = 1
	}
	if p.Gift {
		wire.SourceType = 1
	}
	if len(p.FreeResources) > 1 {
		wire.BundleType = "BUNDLE_PKG"
	}
	if p.Cycle != 0 {
		wire.ReuseMode = 1
	}
	for i := range p.FreeResources {
		r := &p.FreeResources[i]
		wire.FreeResources = append(wire.FreeResources, wirePackageResource{
			ID: r.ID, UsageTypeName: w.usageTypeName(r.UsageType, language), Amount: w.left(p, r, now).exactly(), Original: r.Amount,
			MeasureID: r.MeasureID,
		})
	}

	return wire
}

type wirePackageUsage struct {
	ID            string      `json:"free_resource_id"`
	TypeName      string      `json:"free_resource_type_name"`
	Cycle         *int        `json:"quota_reuse_cycle"`
	CycleType     *int        `json:"quota_reuse_cycle_type"`
	UsageTypeName string      `json:"usage_type_name"`
	Start         string      `json:"start_time"`
	End           string      `json:"end_time"`
	Amount        json.Number `json:"amount"`
	Original      json.Number `json:"original_amount"`
	MeasureID     int         `json:"measure_id"`
}

// listPackageUsages answers what is left of resources of packages, by their ids.
// There is no row for an unknown one.
func listPackageUsages(w *world, c *call) (answer, error) {
	asked, _ := c.values["free_resource_ids"].([]any)
	if most := numberOf(w.setting("package_usage_ids")); most > 0 && len(asked) > most {
		return answer{}, badParameter("free_resource_ids", "more than %d", most)
	}
	now := w.clock.now()
	rows := []wirePackageUsage{}
	for _, p := range w.keptPackages(now) {
		for i := range p.FreeResources {
			if r := &p.FreeResources[i]; slices.Contains(asked, any(r.ID)) {
				rows = append(rows, w.wirePackageUsage(p, r, now, c.language))
			}
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{"free_resources": rows}}, nil
}

func (w *world) wirePackageUsage(p *Package, r *PackageResource, now time.Time, language string) wirePackageUsage {
	start, end := p.cycleAt(p.shownAt(now))
	row := wirePackageUsage{
		ID: r.ID, TypeName: w.resourceTypeName(r.ResourceType, language), UsageTypeName: w.usageTypeName(r.UsageType, language),
		Start: wireInstant(start), End: wireInstant(end), Amount: w.left(p, r, now).exactly().number(), Original: r.Amount.number(),
		MeasureID: r.MeasureID,
	}
	if p.Cycle != 0 {
		row.Cycle, row.CycleType = &p.Cycle, &p.CycleType
	}

	return row
}

type wirePackageRecord struct {
	DeductTime       string `json:"deduct_time"`
	ID               string `json:"free_resource_id"`
	ResourceID       string `json:"resource_id"`
	ResourceType     string `json:"resource_type_code"`
	ResourceTypeName string `json:"resource_type_name"`
	ResourceTag      string `json:"resource_tag"`
	ProductID        string `json:"product_id"`
	ProductName      string `json:"product_name"`
	UsageType        string `json:"usage_type_code"`
	Available        Amount `json:"available_amount"`
	Remaining        Amount `json:"remaining_amount"`
	Used             Amount `json:"used_amount"`
	MeasureID        int    `json:"measure_id"`
	EffectiveTime    string `json:"effective_time"`
	ExpireTime       string `json:"expire_time"`
}

// mostRecordDays is how far apart the days of usage records may be.
const mostRecordDays = 90

// listPackageUsageRecords answers what packages covered on some days of UTC+8,
// the newest first.
func listPackageUsageRecords(w *world, c *call) (answer, error) {
	begin, end := c.text("deduct_time_begin"), c.text("deduct_time_end")
	first, _ := time.Parse(time.DateOnly, begin)
	last, _ := time.Parse(time.DateOnly, end)
	switch {
	case last.Before(first):
		return answer{}, badParameter("deduct_time_end", "before deduct_time_begin")
	case last.After(first.AddDate(0, 0, mostRecordDays)):
		return answer{}, badParameter("deduct_time_end", "more than %d days after deduct_time_begin", mostRecordDays)
	}
	kept := w.keptPackages(w.clock.now())
	var found []deduction
	for _, d := range w.accounts().deductions {
		if date := dateOf(d.line.traded); begin <= date && date <= end && c.matchesText("free_resource_id", d.resource.ID) &&
			c.matchesText("product_id", d.pack.ProductID) && c.matchesText("resource_type_code", d.line.resourceType) &&
			slices.Contains(kept, d.pack) {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, newestFirst)
	rows := []wirePackageRecord{}
	for _, d := range page(c, found, 10) {
		rows = append(rows, wirePackageRecord{
			DeductTime: wireSeconds(d.line.traded), ID: d.resource.ID, ResourceID: d.line.resource, ResourceType: d.line.resourceType,
			ResourceTypeName: w.resourceTypeName(d.line.resourceType, ""), ResourceTag: d.line.tag, ProductID: d.pack.ProductID,
			ProductName: d.pack.ProductName, UsageType: d.resource.UsageType, Available: d.before.exactly(),
			Remaining: (d.before - d.used).exactly(), Used: d.used.exactly(), MeasureID: d.resource.MeasureID,
			EffectiveTime: wireInstant(d.pack.EffectiveTime), ExpireTime: wireInstant(d.pack.ExpireTime),
		})
	}

	return answer{status: http.StatusOK, body: map[string]any{"free_resource_records": rows, "total_count": len(found)}}, nil
}
