// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
)

// UnsubscribeType is what an unsubscription gives back.
type UnsubscribeType int

// The types.
const (
	// UnsubscribeAll gives back the resource with all its terms.
	UnsubscribeAll UnsubscribeType = 1
	// UnsubscribeRenewals gives back renewed terms that have not started.
	UnsubscribeRenewals UnsubscribeType = 2
)

// UnsubscribeReasonOther is the reason type of a reason in words.
const UnsubscribeReasonOther = 5

// UnsubscribeResourcesRequest unsubscribes resources, or only their renewed
// terms.
type UnsubscribeResourcesRequest struct {
	// ResourceIDs are 1 to 10 primary resources, each once. Attached resources
	// are unsubscribed with them.
	ResourceIDs []string        `json:"resource_ids"`
	Type        UnsubscribeType `json:"unsubscribe_type"`
	// ReasonType is 1 to 5 (UnsubscribeReasonOther), 0 for none.
	ReasonType int `json:"unsubscribe_reason_type,omitempty"`
	// Reason is at most 512 characters.
	Reason string `json:"unsubscribe_reason,omitempty"`
}

// UnsubscribeResources unsubscribes resources, or only their renewed terms.
// This cannot be undone. The resources are deleted some time after the answer.
//
// It makes one attempt. After an error for which NotDone is false, look at the
// resources before anything else.
//
// Errors: CodeUnsubscriptionResourceGone, CodeResourceInUnpaidOrder,
// CodeTransactionInProgress, CodeNoRenewedPeriod. Permission:
// bss:unsubscribe:update.
func (c *Client) UnsubscribeResources(ctx context.Context, req UnsubscribeResourcesRequest) (*OrderedResources, error) {
	err := checkActed(req.ResourceIDs)
	if err == nil && req.Type != UnsubscribeAll && req.Type != UnsubscribeRenewals {
		err = fmt.Errorf("the type %d is neither %d nor %d", req.Type, UnsubscribeAll, UnsubscribeRenewals)
	}
	if err != nil {
		return nil, opUnsubscribeResources.refuse(err)
	}

	return c.order(ctx, opUnsubscribeResources, req)
}

// Refund is one amount of an order that gives money back.
type Refund struct {
	ID string `json:"id"`
	// Amount is negative for refunded money, positive for what was consumed or
	// is kept as a fee.
	Amount Decimal `json:"amount"`
	// MeasureID is "1": the currency of the site.
	MeasureID        string `json:"measure_id"`
	CustomerID       string `json:"customer_id"`
	ResourceTypeCode string `json:"resource_type_code"`
	ServiceTypeCode  string `json:"service_type_code"`
	ResourceTypeName string `json:"resource_type_name"`
	ServiceTypeName  string `json:"service_type_name"`
	RegionCode       string `json:"region_code"`
	// BaseOrderID is the order that was paid.
	BaseOrderID string `json:"base_order_id"`
}

type getRefundOrderResponse struct {
	TotalCount  *int     `json:"total_count"`
	RefundInfos []Refund `json:"refund_infos"`
}

// GetRefundOrder returns the amounts of an order that unsubscribes or
// downgrades something. They name no resource.
//
// Errors: CodeNoRefundOrder. Permission: bss:order:view.
func (c *Client) GetRefundOrder(ctx context.Context, orderID string) ([]Refund, error) {
	if err := requireOrderID(opGetRefundOrder, orderID); err != nil {
		return nil, err
	}
	var out getRefundOrderResponse
	if err := c.do(ctx, call{op: opGetRefundOrder, query: params{"order_id": {orderID}}, out: &out}); err != nil {
		return nil, err
	}
	if out.TotalCount != nil && *out.TotalCount != len(out.RefundInfos) {
		return nil, &Error{
			Operation: opGetRefundOrder.name,
			Err:       fmt.Errorf("%w: %d amounts came of %d", ErrIncomplete, len(out.RefundInfos), *out.TotalCount),
		}
	}

	for _, refund := range out.RefundInfos {
		if unit := refund.MeasureID; unit != "" && unit != "0" && unit != "1" {
			return nil, &Error{Operation: opGetRefundOrder.name, Err: fmt.Errorf("%w: the unit %q", ErrOtherUnit, unit)}
		}
	}

	return out.RefundInfos, nil
}
