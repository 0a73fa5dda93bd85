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

// listResources answers yearly/monthly resources, oldest first. No filter, and
// an empty list of ids, mean all of them, closed ones included.
func listResources(w *world, c *call) (answer, error) {
	from, until, err := c.window("expire_time_begin", "expire_time_end")
	if err != nil {
		return answer{}, err
	}
	w.lookForResources(c.text("order_id"))
	w.lookForReturns(c.resourceIDs())
	statuses, service := c.numbers("status_list"), c.text("service_type_code")
	now, asked := w.clock.now(), w.asked(c)
	found := make([]*Resource, 0, len(asked))
	for _, stored := range asked {
		if !stored.known(now) {
			stored.KnownAfter.look()
			w.dirty = true

			continue
		}
		r := w.rowOf(w.resLag.peek(stored.ResourceID, stored, now))
		if r != nil && (len(statuses) == 0 || slices.Contains(statuses, r.Status)) &&
			(service == "" || r.ServiceTypeCode == service) && within(r.ExpireTime, from, until) {
			found = append(found, r)
		} else {
			w.resLag.look(stored.ResourceID)
		}
	}
	rows, total := w.pageOfResources(c, found)
	data := make([]wireResource, 0, len(rows))
	for _, r := range rows {
		w.resLag.look(r.ResourceID)
		data = append(data, w.wireResource(r, c.language))
	}

	return answer{status: http.StatusOK, body: map[string]any{"total_count": total, "data": data}}, nil
}

// asked are the resources that match the ids, the order and the flag for
// primary ones: the filters on what never changes.
func (w *world) asked(c *call) []*Resource {
	primaryOnly, orderID := c.number("only_main_resource", 0) == 1, c.text("order_id")
	all := w.Resources
	if ids := c.resourceIDs(); len(ids) > 0 {
		all = w.named(ids, !primaryOnly)
		primaryOnly = false
	}
	if orderID == "" && !primaryOnly {
		return all
	}
	left := make([]*Resource, 0, len(all))
	for _, r := range all {
		if (!primaryOnly || r.ParentID == "") && (orderID == "" || w.ordered(r, orderID)) {
			left = append(left, r)
		}
	}

	return left
}

// named are the resources with these ids and, when asked for, what is attached
// to them.
func (w *world) named(ids []string, withAttached bool) []*Resource {
	var all []*Resource
	for _, id := range ids {
		r := w.resources[id]
		switch {
		case r == nil:
		case withAttached:
			all = append(all, w.family(r)...)
		default:
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *Resource) int { return w.positions[a.ResourceID] - w.positions[b.ResourceID] })

	return slices.Compact(all)
}

// pageOfResources is a page, and the total beside it. Settings make pages after
// the first overlap the one before or miss a row, as if a row had been added or
// removed before them, and falsify the total.
func (w *world) pageOfResources(c *call, found []*Resource) ([]*Resource, int) {
	const defaultLimit = 10
	limit, offset := c.number("limit", defaultLimit), c.number("offset", 0)
	shift := w.setting("page_shift")
	if shift == "on" {
		shift = []string{"miss", "overlap"}[offset/limit%2]
	}
	moved := 0
	switch {
	case offset == 0:
	case shift == "overlap":
		moved = 1
	case shift == "miss":
		moved = -1
	}
	start := min(offset-moved, len(found))
	end := min(start+limit, len(found))
	lie, err := strconv.Atoi(w.setting("total_count_lies"))
	if err != nil {
		lie = 0
	}

	return found[start:end], max(0, len(found)+moved+lie)
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

// lookForReturns counts a read of resources, or of all, for the unsubscriptions
// and conversions under way that are about them.
func (w *world) lookForReturns(ids []string) {
	for _, o := range w.Orders {
		about := func(id string) bool { return slices.Contains(o.ResourceIDs, id) }
		ends := len(o.Returns) > 0 || o.OrderType == orderToOnDemand
		if o.Processing != nil && ends && (len(ids) == 0 || slices.ContainsFunc(ids, about)) {
			o.Processing.look()
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

	finds := map[int]string{orderRenewal: "order_query_finds_renewals", orderToOnDemand: "order_query_finds_conversions"}

	return o != nil && finds[o.OrderType] != "" && w.setting(finds[o.OrderType]) == "on" &&
		slices.Contains(o.ResourceIDs, w.primary(r).ResourceID)
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

// sizeMeasure is the unit of the size of a resource.
func (r *Resource) sizeMeasure() int {
	if r.ResourceTypeCode == typeBandwidth {
		return measureMbps
	}

	return measureGB
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
		size, measure := r.SpecSize.number(), r.sizeMeasure()
		wire.SpecSize, wire.SpecSizeMeasureID = &size, &measure
	}

	return wire
}
