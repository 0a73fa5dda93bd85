// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"errors"
	"fmt"
	"slices"
)

// packageSpec is a package as the console describes it.
type packageSpec struct {
	ProductID       string         `json:"product_id"`
	ProductName     string         `json:"product_name"`
	OrderID         string         `json:"order_id"`
	ProjectID       string         `json:"enterprise_project_id"`
	EffectiveTime   instantOrDelay `json:"effective_time"`
	ExpireTime      instantOrDelay `json:"expire_time"`
	ServiceTypeCode string         `json:"service_type_code"`
	RegionCode      string         `json:"region_code"`
	Gift            bool           `json:"gift"`
	Cycle           int            `json:"quota_reuse_cycle"`
	CycleType       int            `json:"quota_reuse_cycle_type"`
	// FreeResources are of the service; hours of its first type of resource by
	// default.
	FreeResources []PackageResource `json:"free_resources"`
	Amount        Amount            `json:"amount"`
}

// addPackage is the act that buys, or gives, a package.
func addPackage(w *world, data []byte) (map[string]any, error) {
	var request packageSpec
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	p, err := w.bought(request)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(p.FreeResources))
	for _, r := range p.FreeResources {
		ids = append(ids, r.ID)
	}

	return map[string]any{"order_instance_id": p.OrderInstanceID, "free_resource_ids": ids}, nil
}

// bought adds the package that is described.
func (w *world) bought(spec packageSpec) (*Package, error) {
	now := w.clock.now().Truncate(1e9)
	effective, err := spec.EffectiveTime.at(now, now)
	if err != nil {
		return nil, err
	}
	expire, err := spec.ExpireTime.at(now, addMonths(effective, 12))
	if err != nil {
		return nil, err
	}
	n := w.next("package")
	p := &Package{
		OrderInstanceID: fmt.Sprintf("PK%013d", int64(2611220000000)+int64(n)), OrderID: spec.OrderID, ProductID: spec.ProductID,
		ProductName: spec.ProductName, ProjectID: spec.ProjectID, EffectiveTime: effective, ExpireTime: expire,
		ServiceTypeCode: spec.ServiceTypeCode, RegionCode: spec.RegionCode, Gift: spec.Gift, Cycle: spec.Cycle, CycleType: spec.CycleType,
		FreeResources: spec.FreeResources,
	}
	if p.ServiceTypeCode == "" {
		p.ServiceTypeCode = "hws.service.type.vpc"
	}
	if p.ProductID == "" {
		p.ProductID = fmt.Sprintf("00302-%d-0--0", 120000+n)
	}
	if p.OrderID == "" && !p.Gift {
		p.OrderID = fmt.Sprintf("CSP%010d", n)
	}
	if p.Cycle != 0 && p.CycleType == 0 {
		p.CycleType = cyclesOfCalendar
	}
	if len(p.FreeResources) == 0 {
		p.FreeResources = []PackageResource{{Amount: spec.Amount}}
	}
	for i := range p.FreeResources {
		p.FreeResources[i].complete(p.ServiceTypeCode, n, i)
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	w.Packages = append(w.Packages, p)
	w.books, w.dirty = nil, true

	return p, nil
}

// complete fills in what the i-th resource of the n-th package leaves out.
func (r *PackageResource) complete(service string, n, i int) {
	if r.ID == "" {
		r.ID = fmt.Sprintf("FR%011d-%d", n, i+1)
	}
	if r.ResourceType == "" {
		r.ResourceType = resourceType(service)
	}
	if r.UsageType == "" {
		r.UsageType = usageDuration
	}
	if r.MeasureID == 0 {
		r.MeasureID = measureOfUsage
	}
}

func (p *Package) check() error {
	switch {
	case !p.EffectiveTime.Before(p.ExpireTime):
		return errors.New("expire_time: not after effective_time")
	case p.Cycle < 0 || p.Cycle > cycleYear:
		return fmt.Errorf("quota_reuse_cycle: %d is none of 1 to %d", p.Cycle, cycleYear)
	case p.Cycle != 0 && p.CycleType != cyclesOfCalendar && p.CycleType != cyclesOfOrder:
		return fmt.Errorf("quota_reuse_cycle_type: %d is neither %d nor %d", p.CycleType, cyclesOfCalendar, cyclesOfOrder)
	}
	for _, r := range p.FreeResources {
		if amount, ok := fineOf(r.Amount); !ok || amount <= 0 {
			return errors.New("amount: required, with 8 decimals at most")
		}
	}

	return nil
}

// unsubscribePackage is the act that gives a package back.
func unsubscribePackage(w *world, data []byte) (map[string]any, error) {
	var request struct {
		OrderInstanceID string `json:"order_instance_id"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(w.Packages, func(p *Package) bool { return p.OrderInstanceID == request.OrderInstanceID })
	if i < 0 {
		return nil, fmt.Errorf("no package %q", request.OrderInstanceID)
	}
	w.Packages[i].UnsubscribeTime = w.clock.now()
	w.books, w.dirty = nil, true

	return map[string]any{"order_instance_id": request.OrderInstanceID}, nil
}
