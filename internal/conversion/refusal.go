// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion

import (
	"context"
	"errors"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// cutShort is why a look failed: where ctx ended while conversions were waited for,
// these are the reason.
func cutShort(ctx context.Context, req Request, waitedFor candidates, err error) error {
	if len(waitedFor) == 0 || ctx.Err() == nil {
		return err
	}

	return inTheWay(req, waitedFor)
}

// inTheWay refuses to convert while others are not over that may be of the resource.
func inTheWay(req Request, orders candidates) error {
	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "A conversion may be under way",
		Detail: fmt.Sprintf("These conversions of the service of resource %s are not over: %s. One may be its own: no order names its resource. "+
			"Nothing was sent. Apply again once they are over. A conversion that a bss_on_demand_conversion in the same state records does "+
			"not stand in the way.", req.ResourceID, orders),
	}
}

// refusal words an answer that says that nothing was converted.
func (m *Machine) refusal(ctx context.Context, req Request, before bssapi.Resource, err error) error {
	worded := &act.Refusal{Field: act.FieldResourceID, Summary: "Conversion was refused", Err: err}
	nothing := fmt.Sprintf("Resource %s was not converted", req.ResourceID)

	switch {
	case errors.Is(err, bssapi.CodeResourceInUnpaidOrder):
		worded.Summary = "Resource is part of an unpaid order"
		worded.Detail = nothing + ": an unpaid order holds it. Pay that order or cancel it, and apply again."
	case errors.Is(err, bssapi.CodeNotPrimary):
		worded.Summary = "Resource is attached to another"
		worded.Detail = nothing + ": it becomes pay-per-use together with its primary resource. Set resource_id to that one."
	case errors.Is(err, bssapi.CodeInGracePeriod):
		worded.Summary = "Term of the resource is over"
		worded.Detail = nothing + ": it is in its grace or retention period. Renew it first."
	case errors.Is(err, bssapi.CodeFrozenForViolation), errors.Is(err, bssapi.CodeFrozenByPolice), errors.Is(err, bssapi.CodeCustomerFrozen),
		errors.Is(err, bssapi.CodeResourceFrozen), errors.Is(err, bssapi.CodeFrozenRefused):
		worded.Summary = "Resource or account is frozen"
		worded.Detail = nothing + ". Have it unfrozen first, in the console or by the vendor's support."
	case errors.Is(err, bssapi.CodeSelectedProductLine), errors.Is(err, bssapi.CodeNotToPayPerUse),
		errors.Is(err, bssapi.CodePackageNotToPayPerUse), errors.Is(err, bssapi.CodeSolutionNotToPayPerUse):
		worded.Summary = "Product cannot be pay-per-use"
		worded.Detail = nothing + ", and cannot be: there is no pay-per-use of its kind of product."
	case errors.Is(err, bssapi.CodeAnotherTransaction), errors.Is(err, bssapi.CodeTransactionInProgress),
		errors.Is(err, bssapi.CodeOrderInProgress):
		worded.Summary = "Something else is under way for the resource"
		worded.Detail = nothing + ": another order is being carried out for it. Apply again once that is over."
	case errors.Is(err, bssapi.ErrThrottled):
		worded.Field = act.FieldNone
		worded.Detail = nothing + ": the API takes no more calls now. Apply again later."
	default:
		worded.Detail = nothing + " by this call." + m.before(ctx, before)
	}

	return worded
}

// before names the newest completed conversions that may be of a resource that is
// refused: what is converted may still show as it was.
func (m *Machine) before(ctx context.Context, resource bssapi.Resource) string {
	found, err := m.about(ctx, m.client.Now().Add(-window), resource.ResourceID, resource.ServiceTypeCode)

	done := found.completed().since(resource.EffectiveTime)
	if err != nil || len(done) == 0 {
		return ""
	}

	return fmt.Sprintf(" If one of these completed conversions is its own, it is pay-per-use already, and the block can go: %s.",
		done)
}
