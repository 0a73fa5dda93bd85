// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"time"
)

func addResource(w *world, data []byte) (map[string]any, error) {
	var request struct {
		ResourceID          string         `json:"resource_id"`
		Name                string         `json:"name"`
		ServiceTypeCode     string         `json:"service_type_code"`
		ParentResourceID    string         `json:"parent_resource_id"`
		Status              int            `json:"status"`
		ExpireTime          instantOrDelay `json:"expire_time"`
		ExpirePolicy        int            `json:"expire_policy"`
		SpecSize            Amount         `json:"spec_size"`
		EnterpriseProjectID string         `json:"enterprise_project_id"`
		OrderID             string         `json:"order_id"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	now := w.clock.now().Truncate(time.Second)
	expire, err := request.ExpireTime.at(now, addMonths(now, 1))
	if err != nil {
		return nil, err
	}
	if request.ParentResourceID != "" {
		if _, err := w.resource(request.ParentResourceID); err != nil {
			return nil, err
		}
	}
	r := &Resource{
		ID: fmt.Sprintf("RS%010d", w.next("record")), ResourceID: request.ResourceID, Name: request.Name,
		RegionCode: "ap-southeast-3", ServiceTypeCode: request.ServiceTypeCode, SpecCode: "s6.large.2.linux",
		ProjectID: projectID, ProductID: "00301-110000-0--0", ParentID: request.ParentResourceID,
		Status: request.Status, EffectiveTime: now, ExpireTime: expire, ExpirePolicy: request.ExpirePolicy,
		SpecDesc: "s6.large.2", SpecSize: request.SpecSize, UpdateTime: now,
	}
	if r.ResourceID == "" {
		r.ResourceID = w.newResourceID()
	}
	if w.resources[r.ResourceID] != nil {
		return nil, fmt.Errorf("resource %s exists", r.ResourceID)
	}
	if r.ServiceTypeCode == "" {
		r.ServiceTypeCode = "hws.service.type.ec2"
	}
	r.ResourceTypeCode = resourceType(r.ServiceTypeCode)
	if r.Status == 0 {
		r.Status = resourceInUse
	}
	if request.OrderID != "" {
		r.OrderIDs = []string{request.OrderID}
	}
	if request.EnterpriseProjectID != "" {
		r.EnterpriseProject = &EnterpriseProject{ID: request.EnterpriseProjectID, Name: "project-" + request.EnterpriseProjectID}
	}
	w.addResource(r)
	return map[string]any{"resource_id": r.ResourceID}, nil
}

// resourceStatus is an act that puts a resource, and what is attached to it,
// into a status.
func resourceStatus(status int) func(*world, []byte) (map[string]any, error) {
	return func(w *world, data []byte) (map[string]any, error) {
		var request struct {
			ResourceID string `json:"resource_id"`
		}
		if err := decodeStrictly(data, &request); err != nil {
			return nil, err
		}
		r, err := w.resource(request.ResourceID)
		if err != nil {
			return nil, err
		}
		for _, member := range w.family(r) {
			w.changeResource(member)
			member.Status = status
			member.UpdateTime = w.clock.now()
		}
		return map[string]any{"resource_id": r.ResourceID, "status": status}, nil
	}
}

func setExpirePolicy(w *world, data []byte) (map[string]any, error) {
	var request struct {
		ResourceID string `json:"resource_id"`
		Policy     int    `json:"policy"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	r, err := w.resource(request.ResourceID)
	if err != nil {
		return nil, err
	}
	if request.Policy < 0 {
		return nil, fmt.Errorf("policy: %d is no code", request.Policy)
	}
	for _, member := range w.family(r) {
		w.changeResource(member)
		member.setPolicy(request.Policy, w.clock.now())
	}
	return map[string]any{"resource_id": r.ResourceID, "expire_policy": r.ExpirePolicy}, nil
}

// consoleRenew renews a resource, and pays for it when an amount is given.
func consoleRenew(w *world, data []byte) (map[string]any, error) {
	var request struct {
		ResourceID string `json:"resource_id"`
		PeriodType *int   `json:"period_type"`
		PeriodNum  int    `json:"period_num"`
		Amount     Amount `json:"amount"`
		Unpaid     bool   `json:"unpaid"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	r, err := w.resource(request.ResourceID)
	if err != nil {
		return nil, err
	}
	o, err := w.place(orderSpec{
		OrderType: orderRenewal, ServiceTypeCode: r.ServiceTypeCode, PeriodType: request.PeriodType,
		PeriodNum: request.PeriodNum, Amount: request.Amount.plus("0"), ResourceIDs: []string{r.ResourceID},
	})
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

// consoleUnsubscribe gives a resource and what is attached to it back.
func consoleUnsubscribe(w *world, data []byte) (map[string]any, error) {
	var request struct {
		ResourceID string `json:"resource_id"`
		Refund     Amount `json:"refund"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	r, err := w.resource(request.ResourceID)
	if err != nil {
		return nil, err
	}
	o, err := w.place(orderSpec{
		OrderType: orderUnsubscribe, Status: orderCompleted, ServiceTypeCode: r.ServiceTypeCode,
		Amount: request.Refund.plus("0"), ResourceIDs: []string{r.ResourceID},
	})
	if err != nil {
		return nil, err
	}
	for _, member := range w.family(r) {
		w.changeResource(member)
		member.Status = resourceClosed
		member.UpdateTime = w.clock.now()
	}
	w.Refunds = append(w.Refunds, Refund{
		OrderID: o.OrderID, Amount: o.AmountAfterDiscount, Currency: o.Currency, At: w.clock.now(),
	})
	return map[string]any{"order_id": o.OrderID}, nil
}
