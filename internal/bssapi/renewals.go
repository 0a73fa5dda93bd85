// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// maxActedResources is how many resources one renewal or unsubscription takes.
const maxActedResources = 10

// The longest terms of one renewal order.
const (
	MaxRenewalMonths = 11
	MaxRenewalYears  = 3
)

// RenewResourcesRequest orders another term for resources.
type RenewResourcesRequest struct {
	// ResourceIDs are 1 to 10 primary resources, each once. Attached resources
	// are renewed with them.
	ResourceIDs []string
	// PeriodType is PeriodTypeMonth or PeriodTypeYear.
	PeriodType int
	// PeriodNum is 1 to 11 months or 1 to 3 years.
	PeriodNum int
}

type renewResourcesBody struct {
	ResourceIDs []string `json:"resource_ids"`
	PeriodType  int      `json:"period_type"`
	PeriodNum   int      `json:"period_num"`
	// IsAutoPay is always 0, and always sent: a term is paid by a payment of its
	// own, after its order was read.
	IsAutoPay int `json:"is_auto_pay"`
}

// OrderedResources is the result of a call that orders something for several
// resources.
type OrderedResources struct {
	OrderIDs []string `json:"order_ids"`
	// FailResourceInfos are the resources for which nothing was ordered.
	FailResourceInfos []FailedResource `json:"fail_resource_infos"`

	operation string
}

// RenewResources orders another term for resources, to be paid afterwards: each
// order waits for its payment, and until then keeps its resources from being
// renewed or unsubscribed. The term starts where the present one ends.
//
// It makes one attempt. After an error for which NotDone is false, an order may
// exist: look for it before anything else.
//
// Errors: CodeNotPrimary, CodeRenewalResourceGone, CodeRenewalPeriodNotOffered,
// CodeResourceInUnpaidOrder, CodeOrderInProgress. Permission: bss:renewal:update.
func (c *Client) RenewResources(ctx context.Context, req RenewResourcesRequest) (*OrderedResources, error) {
	err := checkActed(req.ResourceIDs)
	if err == nil {
		err = checkRenewalPeriod(req.PeriodType, req.PeriodNum)
	}
	if err != nil {
		return nil, opRenewResources.refuse(err)
	}

	return c.order(
		ctx,
		opRenewResources,
		renewResourcesBody{ResourceIDs: req.ResourceIDs, PeriodType: req.PeriodType, PeriodNum: req.PeriodNum},
	)
}

// MaxRenewalPeriods is how many periods of a type one renewal order takes; 0
// for a type that renewals do not have.
func MaxRenewalPeriods(periodType int) int {
	switch periodType {
	case PeriodTypeMonth:
		return MaxRenewalMonths
	case PeriodTypeYear:
		return MaxRenewalYears
	}

	return 0
}

func checkRenewalPeriod(periodType, periodNum int) error {
	most := MaxRenewalPeriods(periodType)
	switch {
	case most == 0:
		return fmt.Errorf("the period type %d is neither month (%d) nor year (%d)", periodType, PeriodTypeMonth, PeriodTypeYear)
	case periodNum < 1 || periodNum > most:
		return fmt.Errorf("%d periods are not from 1 to %d", periodNum, most)
	}

	return nil
}

// order sends a call that orders something for resources.
func (c *Client) order(ctx context.Context, op *operation, body any) (*OrderedResources, error) {
	out, err := answered[OrderedResources](ctx, c, call{op: op, body: body})
	if err != nil {
		return nil, err
	}
	out.operation = op.name
	if len(out.OrderIDs) == 0 && len(out.FailResourceInfos) == 0 {
		return nil, &Error{
			Operation: op.name, Status: http.StatusOK,
			Err: fmt.Errorf("%w: the answer names neither an order nor a failure", ErrUnreadable),
		}
	}

	return out, nil
}

func checkActed(ids []string) error {
	switch {
	case len(ids) == 0:
		return errors.New("no resource id is given")
	case len(ids) > maxActedResources:
		return fmt.Errorf("%d resource ids are more than %d", len(ids), maxActedResources)
	}

	return checkDistinct("resource id", ids)
}

// Failure is the error of a resource for which nothing was ordered, nil for any
// other. errors.Is works on it as on the error of a whole call.
func (o *OrderedResources) Failure(resourceID string) error {
	for _, failed := range o.FailResourceInfos {
		if failed.ResourceID == resourceID {
			return &Error{Operation: o.operation, Status: http.StatusOK, Code: failed.ErrorCode, Message: failed.ErrorMessage}
		}
	}

	return nil
}
