// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"time"
)

type wireConversion struct {
	ResourceID string `json:"resource_id"`
	Result     string `json:"result"`
	Code       string `json:"error_code,omitempty"`
	Message    string `json:"error_msg,omitempty"`
	OrderID    string `json:"order_id,omitempty"`
}

// convertToOnDemandNow changes primary resources, with what is attached to them, to
// pay-per-use, or puts that under review.
func convertToOnDemandNow(w *world, c *call) (answer, error) {
	named, failed, err := w.admit(c, conversionsNow, w.notConvertible)
	if err != nil {
		return answer{}, err
	}
	results := make([]wireConversion, 0, len(named)+len(failed))
	for _, r := range named {
		review := w.setting("conversion_review") == "on"
		o, err := w.orderConversion(r, review)
		if err != nil {
			return answer{}, err
		}
		w.acted = true
		result := wireConversion{ResourceID: r.ResourceID, Result: "SUCCESS"}
		if review {
			result.Result = "AUDIT"
		}
		if w.setting("conversion_order_ids") == "on" {
			result.OrderID = o.OrderID
		}
		results = append(results, result)
	}
	for _, f := range failed {
		results = append(results, wireConversion{ResourceID: f.ResourceID, Result: "FAIL", Code: f.Code, Message: f.Message})
	}

	return answer{status: http.StatusOK, body: map[string]any{"to_ondemand_service_results": results}}, nil
}

// notConvertible is the code that tells why a resource cannot become pay-per-use
// now, empty when it can. No source has the codes of this call; these are those of
// its sister, which does it at expiry.
func (w *world) notConvertible(id string) string {
	r := w.resources[id]
	locks := w.setting("server_locks") == "on"
	switch {
	case r == nil || !r.known(w.clock.now()):
		return "CBC.99003012"
	case r.ParentID != "":
		return "CBC.30010036"
	case r.refusal(conversionsNow) != nil:
		return r.refusal(conversionsNow).Code
	case r.Status == resourceClosed:
		return "CBC.99003012"
	case r.Suspended:
		return "CBC.99003624"
	case r.lapsed():
		return "CBC.99003610"
	case locks && w.inOrder(r, orderApproval, orderUnpaid):
		return "CBC.99003100"
	case locks && w.inOrder(r, orderProcessing, orderRefunding):
		return "CBC.99003623"
	default:
		return ""
	}
}

// orderConversion places the order that changes a resource and its attached ones to
// pay-per-use. Under review, it waits for a person.
func (w *world) orderConversion(r *Resource, review bool) (*Order, error) {
	now := w.clock.now()
	spec := orderSpec{
		OrderType: orderToOnDemand, Status: orderProcessing, Amount: "0.00", ServiceTypeCode: r.ServiceTypeCode,
		ResourceIDs: []string{r.ResourceID},
	}
	if r.EnterpriseProject != nil {
		spec.EnterpriseProjectID = r.EnterpriseProject.ID
	}
	for _, member := range w.tree(r) {
		spec.Lines = append(spec.Lines, lineSpec{
			ServiceTypeCode: member.ServiceTypeCode, ProductID: member.ProductID, ProductSpecDesc: member.SpecDesc, Amount: "0.00",
			resourceID: member.ResourceID,
		})
	}
	o, err := w.place(spec)
	if err != nil {
		return nil, err
	}
	o.PaymentTime, o.Deadline = time.Time{}, time.Time{}
	o.UnderReview, o.Held = review, review
	switch {
	case !review:
		o.Processing = newStage(w.processing, now)
		w.settleOrder(o, now)
	case w.setting("review_shows") == "approval":
		o.Status = orderApproval
	}

	return o, nil
}

// decide ends the review of a conversion.
func (w *world) decide(o *Order, approved bool) {
	w.changeOrder(o)
	o.UnderReview, o.Held = false, false
	if !approved {
		w.setStatus(o, orderCanceled)

		return
	}
	now := w.clock.now()
	w.setStatus(o, orderProcessing)
	o.Processing = newStage(w.processing, now)
	w.settleOrder(o, now)
}

// refuseOrder is the act that refuses a conversion under review.
func refuseOrder(w *world, o *Order, _ namedOrder) (map[string]any, error) {
	if !o.UnderReview {
		return nil, fmt.Errorf("order %s is not under review", o.OrderID)
	}
	w.decide(o, false)

	return map[string]any{"order_id": o.OrderID, "status": o.Status}, nil
}

// consoleConvert changes a resource to pay-per-use; nothing locks or reviews it.
func consoleConvert(w *world, r *Resource, _ namedResource) (map[string]any, error) {
	if r.ParentID != "" || r.Status == resourceClosed {
		return nil, fmt.Errorf("resource %s is attached or closed", r.ResourceID)
	}
	o, err := w.orderConversion(r, false)
	if err != nil {
		return nil, err
	}

	return map[string]any{"order_id": o.OrderID}, nil
}

// convertible says whether a conversion has anything left to convert. One that was
// placed by its amount alone is about nothing, and completes.
func (w *world) convertible(o *Order) bool {
	for _, id := range o.ResourceIDs {
		if r := w.resources[id]; r != nil && r.Status == resourceClosed {
			return false
		}
	}

	return true
}

// convert completes a conversion: the terms of the resources end, and their use is
// charged from now on.
func (w *world) convert(o *Order, now time.Time) {
	for _, id := range o.ResourceIDs {
		r := w.resources[id]
		if r == nil {
			continue
		}
		for _, member := range w.family(r) {
			if member.Status == resourceClosed {
				continue
			}
			w.changeResource(member)
			member.Status, member.Converted, member.UpdateTime = resourceClosed, true, now
			w.becomePayPerUse(member, now)
		}
	}
}

// rowOf is a resource as queries show it, nil where they do not: what becomes of the
// row of one that is pay-per-use now, a setting says.
func (w *world) rowOf(r *Resource) *Resource {
	if r == nil || !r.Converted {
		return r
	}
	switch w.setting("converted_resources") {
	case "gone":
		return nil
	case "in_use":
		row := *r
		row.Status = resourceInUse

		return &row
	default:
		return r
	}
}
