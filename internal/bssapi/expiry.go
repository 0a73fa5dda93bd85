// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// AutoRenewPeriod is the term that automatic renewal buys.
type AutoRenewPeriod string

// The terms.
const (
	AutoRenewMonthly AutoRenewPeriod = "MONTH"
	AutoRenewYearly  AutoRenewPeriod = "YEAR"
)

// MaxAutoRenewTimes is the highest number of automatic renewals; 0 means
// unlimited.
const MaxAutoRenewTimes = 99

// EnableAutoRenewRequest turns automatic renewal on.
type EnableAutoRenewRequest struct {
	ResourceID string
	// Times is how often to renew; 0 is unlimited. Nil keeps the number that
	// was set before; the first time, it is unlimited.
	Times *int
	// Period may be empty: what was set before, or else the term of the
	// resource's last order.
	Period AutoRenewPeriod
}

type enableAutoRenewBody struct {
	AutoRenewTimes *int            `json:"auto_renew_times,omitempty"`
	PeriodType     AutoRenewPeriod `json:"period_type,omitempty"`
}

// EnableAutoRenew turns on automatic renewal of a resource, and of those that
// belong to it. Within about eight days of expiry it may charge at once.
//
// Errors: CodeResourceUnknown, CodeAutoRenewImpossible. Permission:
// bss:renewal:update.
func (c *Client) EnableAutoRenew(ctx context.Context, req EnableAutoRenewRequest) error {
	if req.Times != nil && (*req.Times < 0 || *req.Times > MaxAutoRenewTimes) {
		return opEnableAutoRenew.refuse(fmt.Errorf("%d renewals are not from 0 to %d", *req.Times, MaxAutoRenewTimes))
	}
	enable := call{op: opEnableAutoRenew, path: map[string]string{"resource_id": req.ResourceID}}
	if req.Times != nil || req.Period != "" {
		enable.body = enableAutoRenewBody{AutoRenewTimes: req.Times, PeriodType: req.Period}
	}

	return c.do(ctx, enable)
}

// DisableAutoRenew turns off automatic renewal of a resource, and of those that
// belong to it. If it is already off, the error is CodeAutoRenewOff.
//
// Errors: CodeResourceUnknown, CodeAutoRenewOff. Permission: bss:renewal:update.
func (c *Client) DisableAutoRenew(ctx context.Context, resourceID string) error {
	return c.do(ctx, call{op: opDisableAutoRenew, path: map[string]string{"resource_id": resourceID}})
}

// MaxToOnDemandIDs is how many resources one SetToOnDemandOnExpiry takes.
const MaxToOnDemandIDs = 100

// ToOnDemandOperation sets or cancels a change to pay-per-use.
type ToOnDemandOperation string

// The operations.
const (
	ToOnDemandSetUp  ToOnDemandOperation = "SET_UP"
	ToOnDemandCancel ToOnDemandOperation = "CANCEL"
)

// SetToOnDemandOnExpiryRequest says what happens to resources at expiry.
type SetToOnDemandOnExpiryRequest struct {
	Operation ToOnDemandOperation `json:"operation"`
	// ResourceIDs are 1 to 100 primary resources.
	ResourceIDs []string `json:"resource_ids"`
}

// ToOnDemandFailure is one resource of a call that succeeded for others.
type ToOnDemandFailure struct {
	ID           string `json:"id"`
	ErrorCode    Code   `json:"error_code"`
	ErrorMessage string `json:"error_msg"`
}

type setToOnDemandOnExpiryResponse struct {
	ErrorDetails []ToOnDemandFailure `json:"error_details"`
}

// SetToOnDemandOnExpiry sets resources to turn pay-per-use at expiry, or
// cancels that. It returns the resources that failed; an error says that the
// whole call failed.
//
// Permission: bss:renewal:update.
func (c *Client) SetToOnDemandOnExpiry(ctx context.Context, req SetToOnDemandOnExpiryRequest) ([]ToOnDemandFailure, error) {
	if err := req.check(); err != nil {
		return nil, opSetToOnDemandOnExpiry.refuse(err)
	}
	var out setToOnDemandOnExpiryResponse
	err := c.do(ctx, call{op: opSetToOnDemandOnExpiry, body: req, out: &out})
	for i, failed := range out.ErrorDetails {
		// An answer about another resource is shown with what it says.
		out.ErrorDetails[i].ErrorCode, out.ErrorDetails[i].ErrorMessage = shown(failed.ErrorCode, failed.ErrorMessage)
		out.ErrorDetails[i].ID = excerpt(failed.ID, mostMessage)
	}

	return out.ErrorDetails, err
}

func (r SetToOnDemandOnExpiryRequest) check() error {
	switch {
	case len(r.ResourceIDs) == 0:
		return errors.New("no resource id is given")
	case len(r.ResourceIDs) > MaxToOnDemandIDs:
		return fmt.Errorf("%d resource ids are more than %d", len(r.ResourceIDs), MaxToOnDemandIDs)
	case slices.Contains(r.ResourceIDs, ""):
		return errors.New("a resource id is empty")
	default:
		return nil
	}
}
