// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// ConversionResult is what became of one resource of a conversion.
type ConversionResult string

// The results.
const (
	// ConversionSuccess: it is done.
	ConversionSuccess ConversionResult = "SUCCESS"
	// ConversionAudit: it is under review, and may still be refused.
	ConversionAudit ConversionResult = "AUDIT"
	// ConversionFail: nothing was done.
	ConversionFail ConversionResult = "FAIL"
)

// ConvertToOnDemandNowRequest changes resources to pay-per-use.
type ConvertToOnDemandNowRequest struct {
	// ResourceIDs are 1 to 10 primary resources, each once. Attached resources go
	// along.
	ResourceIDs []string `json:"resource_ids"`
}

// OnDemandConversion is what became of one resource.
type OnDemandConversion struct {
	ResourceID string           `json:"resource_id"`
	Result     ConversionResult `json:"result"`
	// ErrorCode and ErrorMessage say why it failed.
	ErrorCode    Code   `json:"error_code"`
	ErrorMessage string `json:"error_msg"`
	// OrderID is the order of what is done or under review.
	OrderID string `json:"order_id"`
}

// Failure is the error of a resource that was not converted, nil for any other
// result. errors.Is works on it as on the error of a whole call.
func (c OnDemandConversion) Failure() error {
	if c.Result != ConversionFail {
		return nil
	}

	failed := &Error{Operation: opConvertToOnDemandNow.name, Status: http.StatusOK, Code: c.ErrorCode, Message: c.ErrorMessage}
	if c.ErrorCode == "" && c.ErrorMessage == "" {
		failed.Err = errors.New("it failed, and the answer does not say why")
	}

	return failed
}

type convertToOnDemandNowResponse struct {
	Results []OnDemandConversion `json:"to_ondemand_service_results"`
}

// ConvertToOnDemandNow changes resources to pay-per-use at once, or asks for a
// review of that. This cannot be undone. It returns what became of each resource;
// an error is that of the whole call.
//
// It makes one attempt. After an error for which NotDone is false, look at the
// resources and their orders before anything else.
//
// Only the site china has this call. The vendor names no permission, and no codes.
func (c *Client) ConvertToOnDemandNow(ctx context.Context, req ConvertToOnDemandNowRequest) ([]OnDemandConversion, error) {
	if err := checkActed(req.ResourceIDs); err != nil {
		return nil, opConvertToOnDemandNow.refuse(err)
	}

	out, err := answered[convertToOnDemandNowResponse](ctx, c, call{op: opConvertToOnDemandNow, body: req})
	if err != nil {
		return nil, err
	}

	if len(out.Results) == 0 {
		return nil, &Error{
			Operation: opConvertToOnDemandNow.name, Status: http.StatusOK,
			Err: fmt.Errorf("%w: the answer says nothing of any resource", ErrUnreadable),
		}
	}

	// Why it failed is shown with other things than an [Error].
	for i, result := range out.Results {
		out.Results[i].ErrorCode, out.Results[i].ErrorMessage = shown(result.ErrorCode, result.ErrorMessage)
	}

	return out.Results, nil
}

// CanConvertNow returns an error, which is ErrNotOnSite where the site is known, if
// the account has no ConvertToOnDemandNow.
func (c *Client) CanConvertNow(ctx context.Context) error {
	_, _, err := c.resolve(ctx, opConvertToOnDemandNow)

	return err
}
