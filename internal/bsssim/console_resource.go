// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"errors"
	"fmt"
	"time"
)

func addResource(w *world, data []byte) (map[string]any, error) {
	var request struct {
		resourceSpec

		ParentResourceID string         `json:"parent_resource_id"`
		AssociatedWith   string         `json:"associated_with"`
		Status           int            `json:"status"`
		ExpireTime       instantOrDelay `json:"expire_time"`
		ExpirePolicy     *int           `json:"expire_policy"`
		DefaultPolicy    int            `json:"default_policy"`
		PeriodType       int            `json:"period_type"`
		MonthlyPrice     Amount         `json:"monthly_price"`
		OrderID          string         `json:"order_id"`
		KnownAfter       string         `json:"known_after"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	now := w.clock.now().Truncate(time.Second)
	expire, err := request.ExpireTime.at(now, addMonths(now, 1))
	if err != nil {
		return nil, err
	}
	for _, other := range []string{request.ParentResourceID, request.AssociatedWith} {
		if other == "" {
			continue
		}
		if _, err := w.resource(other); err != nil {
			return nil, err
		}
	}
	described := request.resource(now)
	r := &described
	r.ID, r.Status = recordID(w.next("record")), request.Status
	r.ParentID, r.AssociatedWith = request.ParentResourceID, request.AssociatedWith
	r.ExpireTime, r.ExpirePolicy, r.DefaultPolicy = expire, request.DefaultPolicy, request.DefaultPolicy
	r.PeriodType, r.MonthlyPrice = request.PeriodType, request.MonthlyPrice
	if request.ExpirePolicy != nil {
		r.ExpirePolicy = *request.ExpirePolicy
	}
	if request.KnownAfter != "" {
		delay, err := ParseTransition(request.KnownAfter)
		if err != nil {
			return nil, fmt.Errorf("known_after: %w", err)
		}
		r.KnownAfter = newStage(delay, w.clock.now())
	}
	if r.ExpirePolicy == policyAutoRenew {
		// The setting is old: today's deduction has already been tried.
		r.AutoRenew = AutoRenewal{On: true, Tried: now}
	}
	r.complete(w)
	if w.resources[r.ResourceID] != nil {
		return nil, fmt.Errorf("resource %s exists", r.ResourceID)
	}
	if r.Status == 0 {
		r.Status = resourceInUse
	}
	if request.OrderID != "" {
		r.OrderIDs = []string{request.OrderID}
	}
	w.addResource(r)

	return map[string]any{"resource_id": r.ResourceID}, nil
}

// resourceSpec is what the console says of whatever it adds.
type resourceSpec struct {
	ResourceID          string            `json:"resource_id"`
	Name                string            `json:"name"`
	RegionCode          string            `json:"region_code"`
	ServiceTypeCode     string            `json:"service_type_code"`
	ResourceTypeCode    string            `json:"resource_type_code"`
	SpecSize            Amount            `json:"spec_size"`
	EnterpriseProjectID string            `json:"enterprise_project_id"`
	Tags                map[string]string `json:"tags"`
}

// resource is what is described, in effect from a time on.
func (s resourceSpec) resource(from time.Time) Resource {
	r := Resource{
		ResourceID: s.ResourceID, Name: s.Name, RegionCode: s.RegionCode, ServiceTypeCode: s.ServiceTypeCode,
		ResourceTypeCode: s.ResourceTypeCode, SpecDesc: "s6.large.2", SpecSize: s.SpecSize,
		ProjectID: projectID, ProductID: "00301-110000-0--0", EffectiveTime: from, UpdateTime: from,
		Tags: s.Tags,
	}
	if s.EnterpriseProjectID != "" {
		r.EnterpriseProject = newProject(s.EnterpriseProjectID)
	}

	return r
}

// complete fills in what a description leaves out.
func (r *Resource) complete(w *world) {
	if r.ResourceID == "" {
		r.ResourceID = w.newResourceID()
	}
	if r.ServiceTypeCode == "" {
		r.ServiceTypeCode = "hws.service.type.ec2"
	}
	if r.ResourceTypeCode == "" {
		r.ResourceTypeCode = resourceType(r.ServiceTypeCode)
	}
	if r.RegionCode == "" {
		r.RegionCode = "ap-southeast-3"
	}
	if r.SpecCode == "" {
		r.SpecCode = specOf(r.ServiceTypeCode, r.ResourceTypeCode)
	}
}

// resourceStatus is an act that puts a resource, and what is attached to it,
// into a status.
func resourceStatus(status int) func(*world, *Resource, namedResource) (map[string]any, error) {
	return func(w *world, r *Resource, _ namedResource) (map[string]any, error) {
		if r.Status == resourceClosed && status != resourceClosed {
			return nil, fmt.Errorf("resource %s is closed, and stays so", r.ResourceID)
		}
		for _, member := range w.family(r) {
			w.changeResource(member)
			member.Status, member.Suspended = status, status == resourceFrozen
			member.UpdateTime = w.clock.now()
			if status == resourceClosed {
				w.endUsage(member.ResourceID)
			}
		}

		return map[string]any{"resource_id": r.ResourceID, "status": status}, nil
	}
}

// expireResource lets a resource, and what is attached to it, end now.
func expireResource(w *world, r *Resource, _ namedResource) (map[string]any, error) {
	for _, member := range w.family(r) {
		w.changeResource(member)
		member.endAt(w.clock.now())
		member.ExpireTime = w.clock.now()
	}
	w.settleResources()

	return map[string]any{"resource_id": r.ResourceID, "status": r.Status}, nil
}

// unfreeze lets a frozen resource, and what is attached to it, be used again
// until it expires.
func unfreeze(w *world, r *Resource, _ namedResource) (map[string]any, error) {
	if r.Status != resourceFrozen {
		return nil, fmt.Errorf("resource %s is in status %d, not frozen", r.ResourceID, r.Status)
	}
	for _, member := range w.family(r) {
		if member.Status == resourceFrozen {
			w.changeResource(member)
			member.Status, member.Suspended = resourceInUse, false
			member.AutoRenew.Since = w.clock.now()
		}
	}
	w.settleResources()

	return map[string]any{"resource_id": r.ResourceID, "status": r.Status}, nil
}

type policySet struct {
	namedResource

	Policy int `json:"policy"`
}

func setExpirePolicy(w *world, r *Resource, request policySet) (map[string]any, error) {
	if request.Policy < 0 {
		return nil, fmt.Errorf("policy: %d is no code", request.Policy)
	}
	for _, member := range w.family(r) {
		w.changeResource(member)
		member.setPolicy(request.Policy, w.clock.now())
	}

	return map[string]any{"resource_id": r.ResourceID, "expire_policy": r.ExpirePolicy}, nil
}

type consoleRenewal struct {
	namedResource

	PeriodType *int   `json:"period_type"`
	PeriodNum  int    `json:"period_num"`
	Amount     Amount `json:"amount"`
	Unpaid     bool   `json:"unpaid"`
}

// consoleRenew renews a resource, and pays for it unless it is to stay unpaid.
func consoleRenew(w *world, r *Resource, request consoleRenewal) (map[string]any, error) {
	period := periodMonth
	if request.PeriodType != nil {
		period = *request.PeriodType
	}
	spec := w.renewal(r, period, max(1, request.PeriodNum))
	if request.Amount != "" {
		spec.Amount = request.Amount
		for i := range spec.Lines {
			spec.Lines[i].Amount = ""
		}
	}
	spec.Discounts = w.orderDiscounts(spec.Amount)
	o, err := w.place(spec)
	if err != nil {
		return nil, err
	}
	if !request.Unpaid {
		if err := w.pay(o.OrderID, payment{by: "console"}); err != nil {
			return nil, err
		}
	}

	return map[string]any{"order_id": o.OrderID, "expire_time": wireInstant(r.ExpireTime)}, nil
}

type consoleUnsubscription struct {
	namedResource

	Refund       Amount `json:"refund"`
	RenewalsOnly bool   `json:"renewals_only"`
}

// consoleUnsubscribe gives a resource and what is attached to it back, or only
// the renewed periods that have not started.
func consoleUnsubscribe(w *world, r *Resource, request consoleUnsubscription) (map[string]any, error) {
	if request.RenewalsOnly && request.Refund != "" {
		return nil, errors.New("refund: renewed periods are refunded with what was paid for them")
	}
	o, err := w.unsubscribe(r, request.RenewalsOnly, request.Refund)
	if err != nil {
		return nil, err
	}

	return map[string]any{"order_id": o.OrderID}, nil
}
