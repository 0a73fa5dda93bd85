// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"slices"
	"time"
)

// Resource is a yearly/monthly resource, primary or attached.
type Resource struct {
	ID                string             `json:"id"`
	ResourceID        string             `json:"resource_id"`
	Name              string             `json:"resource_name"`
	RegionCode        string             `json:"region_code"`
	ServiceTypeCode   string             `json:"service_type_code"`
	ResourceTypeCode  string             `json:"resource_type_code"`
	SpecCode          string             `json:"resource_spec_code"`
	ProjectID         string             `json:"project_id"`
	ProductID         string             `json:"product_id"`
	ParentID          string             `json:"parent_resource_id,omitempty"`
	Status            int                `json:"status"`
	EffectiveTime     time.Time          `json:"effective_time"`
	ExpireTime        time.Time          `json:"expire_time"`
	ExpirePolicy      int                `json:"expire_policy"`
	SpecDesc          string             `json:"product_spec_desc"`
	SpecSize          Amount             `json:"spec_size,omitempty"`
	UpdateTime        time.Time          `json:"update_time"`
	OrderIDs          []string           `json:"order_ids,omitempty"`
	EnterpriseProject *EnterpriseProject `json:"enterprise_project,omitempty"`
	Tags              map[string]string  `json:"tags,omitempty"`
	// AssociatedWith is a primary resource that this one belongs to without being
	// attached to it.
	AssociatedWith string `json:"associated_with,omitempty"`
	// PeriodType is that of the last order, and MonthlyPrice what a month costs
	// when it is renewed automatically.
	PeriodType   int    `json:"period_type,omitempty"`
	MonthlyPrice Amount `json:"monthly_price,omitempty"`
	// ExpirePolicy shows the automatic renewal, else the change to pay-per-use
	// at expiry, else the default.
	AutoRenew     AutoRenewal `json:"auto_renew,omitzero"`
	OnDemand      bool        `json:"on_demand_on_expiry,omitempty"`
	DefaultPolicy int         `json:"default_policy,omitempty"`
	// Suspended says that the vendor has frozen the resource, whatever its expiry.
	Suspended bool `json:"suspended,omitempty"`
	// KnownAfter is under way while billing does not know the resource yet.
	KnownAfter *Stage    `json:"known_after,omitempty"`
	Refusals   []Refusal `json:"refusals,omitempty"`
	// Converted says that it was changed to pay-per-use before its term was over.
	Converted bool `json:"converted,omitempty"`
	// Renewals are the periods that renewals added, oldest first.
	Renewals []Period `json:"renewals,omitempty"`
}

// known says that billing knows the resource.
func (r *Resource) known(now time.Time) bool {
	return r.KnownAfter == nil || r.KnownAfter.over(now)
}

// changeResource is called before every change of a resource.
func (w *world) changeResource(r *Resource) {
	w.dirty, w.books, w.quietUntil = true, nil, time.Time{}
	if w.resLag.length == (Transition{}) {
		return
	}
	old := *r
	old.OrderIDs = slices.Clone(r.OrderIDs)
	w.resLag.keep(r.ResourceID, &old, w.clock.now())
}

func (w *world) addResource(r *Resource) {
	w.dirty, w.books, w.quietUntil = true, nil, time.Time{}
	w.resLag.keep(r.ResourceID, nil, w.clock.now())
	w.Resources = append(w.Resources, r)
	w.index(len(w.Resources) - 1)
}

// index makes a resource known by its ids.
func (w *world) index(position int) {
	r := w.Resources[position]
	r.adoptPolicy()
	w.resources[r.ResourceID] = r
	w.positions[r.ResourceID] = position
	if r.ParentID != "" {
		w.attached[r.ParentID] = append(w.attached[r.ParentID], r)
	}
}

// recordID is the id of a record of billing, which no call takes.
func recordID(n int) string { return fmt.Sprintf("RS%010d", n) }

// newResourceID looks like the id of a cloud service, but is a counter.
func (w *world) newResourceID() string {
	return fmt.Sprintf("%08x-51a0-4000-8000-%012x", int64(0xb5500000), w.next("resource"))
}

// provision makes the resources of a completed order visible, and extends
// renewed ones.
func (w *world) provision(o *Order, now time.Time) {
	w.dirty = true
	o.Provisioning = nil
	for _, member := range w.members(o) {
		member.Provisioned = true
		// What members have bought is theirs.
		if len(member.Lines) == 0 || w.membersByID[member.CustomerID] != nil {
			continue
		}
		switch member.OrderType {
		case orderRenewal:
			w.extend(member, now)
		case orderNew:
			for i, id := range member.ResourceIDs {
				w.addResource(w.provided(member, i, id))
			}
		}
	}
}

// provided is the i-th resource of a new order; resources share the lines in
// turn.
func (w *world) provided(o *Order, i int, id string) *Resource {
	line := o.Lines[i%len(o.Lines)]
	r := &Resource{
		ID:               recordID(w.next("record")),
		ResourceID:       id,
		Name:             fmt.Sprintf("%s-%d", o.OrderID, i+1),
		RegionCode:       "ap-southeast-3",
		ServiceTypeCode:  line.ServiceTypeCode,
		ResourceTypeCode: resourceType(line.ServiceTypeCode),
		SpecCode:         specOf(line.ServiceTypeCode, resourceType(line.ServiceTypeCode)),
		ProjectID:        projectID,
		ProductID:        line.ProductID,
		Status:           resourceInUse,
		EffectiveTime:    line.EffectiveTime,
		ExpireTime:       line.ExpireTime,
		SpecDesc:         line.ProductSpecDesc,
		UpdateTime:       line.EffectiveTime,
		PeriodType:       line.PeriodType,
		OrderIDs:         []string{o.OrderID},
	}
	if r.ServiceTypeCode == "hws.service.type.ebs" {
		r.SpecSize = generatedSize
	}
	if o.ParentID != "" {
		r.OrderIDs = append(r.OrderIDs, o.ParentID)
	}
	if len(o.EnterpriseProjects) > 0 {
		project := o.EnterpriseProjects[0]
		r.EnterpriseProject = &project
	}

	return r
}

func resourceType(serviceType string) string {
	switch serviceType {
	case "hws.service.type.ec2":
		return "hws.resource.type.vm"
	case "hws.service.type.ebs":
		return "hws.resource.type.volume"
	case "hws.service.type.vpc":
		return "hws.resource.type.ip"
	default:
		return typeInstance
	}
}
