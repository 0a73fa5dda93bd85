// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"net/http"
)

type wireRefund struct {
	ID               string      `json:"id"`
	Amount           json.Number `json:"amount"`
	MeasureID        string      `json:"measure_id"`
	CustomerID       string      `json:"customer_id"`
	ResourceTypeCode string      `json:"resource_type_code"`
	ResourceTypeName string      `json:"resource_type_name"`
	ServiceTypeCode  string      `json:"service_type_code"`
	ServiceTypeName  string      `json:"service_type_name"`
	RegionCode       string      `json:"region_code"`
	BaseOrderID      string      `json:"base_order_id"`
}

// getRefundOrder answers the amounts of an unsubscription: what goes back is
// negative, and a fee that is kept of it is a positive amount of its own.
func getRefundOrder(w *world, c *call) (answer, error) {
	o := w.lookAt(c.text("order_id"))
	if o == nil || o.OrderType != orderUnsubscribe {
		return answer{}, rejected("CBC.99005026")
	}
	returns := o.Returns
	if len(returns) == 0 { // It was placed by its amount alone.
		for _, line := range o.Lines {
			returns = append(returns, Return{Value: line.AmountAfterDiscount})
		}
	}
	infos := []wireRefund{}
	add := func(r *Resource, baseOrder string, amount Amount) {
		infos = append(infos, wireRefund{
			ID: fmt.Sprintf("%s-R%03d", o.OrderID, len(infos)+1), Amount: amount.number(), MeasureID: "1", CustomerID: o.CustomerID,
			ResourceTypeCode: r.ResourceTypeCode, ResourceTypeName: w.resourceTypeName(r.ResourceTypeCode, c.language),
			ServiceTypeCode: r.ServiceTypeCode, ServiceTypeName: w.serviceName(r.ServiceTypeCode, c.language),
			RegionCode: r.RegionCode, BaseOrderID: baseOrder,
		})
	}
	for _, given := range returns {
		r := w.resources[given.ResourceID]
		if r == nil {
			r = &Resource{ServiceTypeCode: o.ServiceTypeCode, ResourceTypeCode: resourceType(o.ServiceTypeCode)}
		}
		add(r, given.BaseOrderID, Amount("0").minus(given.Value))
		if given.Fee.positive() {
			add(r, given.BaseOrderID, given.Fee)
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{"total_count": len(infos), "refund_infos": infos}}, nil
}
