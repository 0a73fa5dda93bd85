// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
)

func itoa(n int) string { return strconv.Itoa(n) }

// listResources answers yearly/monthly resources. No filter, and an empty list
// of ids, mean all of them, closed ones included.
func listResources(w *world, c *call) (answer, error) {
	from, until, err := c.window("expire_time_begin", "expire_time_end")
	if err != nil {
		return answer{}, err
	}
	w.lookForResources(c.text("order_id"))
	ids := c.texts("resource_ids")
	primaryOnly := c.number("only_main_resource", 0) == 1
	statuses, _ := c.values["status_list"].([]any)
	var found []*Resource
	now := w.clock.now()
	for _, stored := range w.Resources {
		if len(ids) > 0 && !slices.Contains(ids, stored.ResourceID) && (primaryOnly || !slices.Contains(ids, stored.ParentID)) {
			continue
		}
		if id := c.text("order_id"); id != "" && !w.ordered(stored, id) {
			continue
		}
		r := w.resLag.read(stored.ResourceID, stored, now)
		if r == nil || primaryOnly && r.ParentID != "" && !slices.Contains(ids, r.ResourceID) {
			continue
		}
		if len(statuses) > 0 && !slices.Contains(statuses, any(int64(r.Status))) {
			continue
		}
		if c.matchesText("service_type_code", r.ServiceTypeCode) && within(r.ExpireTime, from, until) {
			found = append(found, r)
		}
	}
	data := []wireResource{}
	for _, r := range page(c, found, 10) {
		data = append(data, w.wireResource(r, c.language))
	}
	return answer{status: http.StatusOK, body: map[string]any{"total_count": len(found), "data": data}}, nil
}

// lookForResources counts a read for the resources of orders that are still to
// appear.
func (w *world) lookForResources(orderID string) {
	for _, o := range w.Orders {
		if o.Provisioning != nil && (orderID == "" || w.whole(o).OrderID == orderID || slices.Contains(o.SubOrderIDs, orderID)) {
			w.settleOrder(o, w.clock.now())
			o.Provisioning.look()
			w.dirty = true
		}
	}
}

// ordered says whether the query by an order's id finds a resource.
func (w *world) ordered(r *Resource, orderID string) bool {
	if slices.Contains(r.OrderIDs, orderID) {
		return true
	}
	o := w.orders[orderID]
	return o != nil && o.OrderType == orderRenewal && w.setting("order_query_finds_renewals") == "on" &&
		slices.Contains(o.ResourceIDs, r.ResourceID)
}

type wireResource struct {
	ID                string             `json:"id"`
	ResourceID        string             `json:"resource_id"`
	Name              string             `json:"resource_name"`
	RegionCode        string             `json:"region_code"`
	ServiceTypeCode   string             `json:"service_type_code"`
	ResourceTypeCode  string             `json:"resource_type_code"`
	ResourceTypeName  string             `json:"resource_type_name"`
	ServiceTypeName   string             `json:"service_type_name"`
	SpecCode          string             `json:"resource_spec_code"`
	ProjectID         string             `json:"project_id"`
	ProductID         string             `json:"product_id"`
	ParentID          string             `json:"parent_resource_id"`
	IsMain            int                `json:"is_main_resource"`
	Status            int                `json:"status"`
	EffectiveTime     string             `json:"effective_time"`
	ExpireTime        string             `json:"expire_time"`
	ExpirePolicy      int                `json:"expire_policy"`
	SpecDesc          string             `json:"product_spec_desc"`
	SpecSize          *json.Number       `json:"spec_size,omitempty"`
	SpecSizeMeasureID *int               `json:"spec_size_measure_id,omitempty"`
	UpdateTime        string             `json:"update_time"`
	EnterpriseProject *EnterpriseProject `json:"enterprise_project,omitempty"`
}

// measureGB is the unit of a disk's size.
const measureGB = 17

func (w *world) wireResource(r *Resource, language string) wireResource {
	wire := wireResource{
		ID: r.ID, ResourceID: r.ResourceID, Name: r.Name, RegionCode: r.RegionCode,
		ServiceTypeCode: r.ServiceTypeCode, ServiceTypeName: w.serviceName(r.ServiceTypeCode, language),
		ResourceTypeCode: r.ResourceTypeCode, ResourceTypeName: r.ResourceTypeCode, SpecCode: r.SpecCode,
		ProjectID: r.ProjectID, ProductID: r.ProductID, ParentID: r.ParentID, Status: r.Status,
		EffectiveTime: wireInstant(r.EffectiveTime), ExpireTime: wireInstant(r.ExpireTime),
		ExpirePolicy: r.ExpirePolicy, SpecDesc: r.SpecDesc, UpdateTime: wireInstant(r.UpdateTime),
		EnterpriseProject: r.EnterpriseProject,
	}
	if r.ParentID == "" {
		wire.IsMain = 1
	}
	if r.SpecSize != "" {
		size, measure := r.SpecSize.number(), measureGB
		wire.SpecSize, wire.SpecSizeMeasureID = &size, &measure
	}
	return wire
}
