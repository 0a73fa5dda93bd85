// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion

import (
	"context"
	"errors"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// The words for the status of a conversion.
const (
	// StatusUnderReview: accepted, and still to be decided.
	StatusUnderReview = "under_review"
	// StatusProcessing: accepted, and not carried out yet.
	StatusProcessing = "processing"
	// StatusConverted: the resource is pay-per-use.
	StatusConverted = "converted"
	// StatusCanceled: the order was canceled after it was accepted, for example
	// because the review refused it; nothing was converted.
	StatusCanceled = "canceled"
)

// Receipt is what is certain of a conversion.
type Receipt struct {
	ResourceID string
	Status     string
	// OrderID is empty unless the answer of the call named it, or the API shows that
	// it is of the resource. Likeness names none.
	OrderID string
	// RequestTime is when the order was placed, or, while that is not known, when the
	// conversion was sent. Empty where nothing was sent and the order is not known.
	RequestTime string
	// ExpireTime is when the paid term would have ended.
	ExpireTime string
	// Service is the service type of the resource; empty where it is not known.
	Service string
	// MayBe are the orders that may be of it, in words, as the last look showed them;
	// empty where its order is known.
	MayBe string
}

// Unfinished says whether something is still to happen to the conversion.
func (r Receipt) Unfinished() bool { return Unfinished(r.Status) }

// Unfinished says whether a receipt in this status is still to move.
func Unfinished(status string) bool { return status == StatusUnderReview || status == StatusProcessing }

// Finish waits until the conversion is decided and carried out, or ctx ends. It
// never fails: what is missing is said in a warning and found by the next plan.
func (m *Machine) Finish(ctx context.Context, receipt Receipt) (Receipt, []act.Warning) {
	look := act.After(receipt, func() (Receipt, error) {
		m.reader.Forget(receipt.ResourceID)

		next, err := m.Refresh(ctx, receipt)
		if err == nil {
			receipt = next
		}

		return receipt, err
	})

	receipt, err := act.Until(ctx, m.conditions, 0, look, func(seen Receipt, _ error) bool { return !seen.Unfinished() })

	// That the wait ended in the middle of a look is no news.
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = nil
	}

	switch {
	case receipt.Unfinished():
		return receipt, []act.Warning{unfinished(receipt, err)}
	case receipt.Status == StatusCanceled:
		return receipt, []act.Warning{{
			Field:   act.FieldResourceID,
			Summary: "Conversion was canceled",
			Detail: fmt.Sprintf("Order %s is canceled, as after a review that refused it: resource %s was not converted. To try again, replace "+
				"this resource (terraform apply -replace).", receipt.OrderID, receipt.ResourceID),
		}}
	default:
		return receipt, nil
	}
}

// Refresh reads what became of an unfinished conversion; one that is finished stays
// so. It returns [subscription.ErrUnknown], and the receipt, where the account shows
// neither its order nor the resource.
func (m *Machine) Refresh(ctx context.Context, prior Receipt) (Receipt, error) {
	next, err := m.refreshed(ctx, prior)
	if err == nil {
		m.Know(next)
	}

	return next, err
}

// ends are what the ends of an order say of its conversion.
var ends = map[bssapi.OrderStatus]string{
	bssapi.OrderStatusCompleted: StatusConverted, bssapi.OrderStatusCanceled: StatusCanceled,
}

func (m *Machine) refreshed(ctx context.Context, prior Receipt) (Receipt, error) {
	if !prior.Unfinished() {
		return prior, nil
	}

	if prior.OrderID == "" && prior.Service == "" {
		// Where it does not show, conversions of all services may be of it.
		if resource, err := m.reader.Get(ctx, prior.ResourceID); err == nil {
			prior.Service = resource.ServiceTypeCode
		}
	}

	next, order, maybe, err := m.order(ctx, prior)
	if err != nil {
		return prior, err
	}

	if end, over := ends[order.Status]; over {
		next.Status = end

		return next, nil
	}

	resource, err := m.reader.Get(ctx, prior.ResourceID)
	unknown := errors.Is(err, subscription.ErrUnknown)

	if err != nil && !unknown {
		return prior, fmt.Errorf("reading resource %s: %w", prior.ResourceID, err)
	}

	if next.OrderID == "" {
		return m.unnamed(ctx, next, maybe, unknown || subscription.Closed(resource))
	}

	// An answer of success whose effect shows needs no order that shows.
	if order.OrderID == "" && prior.Status == StatusProcessing && !unknown && subscription.Closed(resource) {
		next.Status = StatusConverted
	}

	if unknown && order.OrderID == "" {
		return next, fmt.Errorf("reading resource %s: %w", prior.ResourceID, err)
	}

	return next, nil
}

// order reads the order of a conversion. Where no answer named it, it is the one that
// the API shows to be of the resource, never one that only may be: those are maybe. It
// has no id where it does not show.
func (m *Machine) order(ctx context.Context, receipt Receipt) (_ Receipt, _ bssapi.Order, maybe candidates, _ error) {
	receipt.MayBe = ""

	if receipt.OrderID == "" {
		own, maybe, err := m.since(ctx, receipt)
		if err != nil {
			return receipt, bssapi.Order{}, nil, err
		}

		if len(own) != 1 {
			maybe = append(own, maybe...)
			receipt.MayBe = maybe.String()

			return receipt, bssapi.Order{}, maybe, nil
		}

		receipt.OrderID = own[0].OrderID
	}

	details, err := m.client.GetOrder(ctx, receipt.OrderID)

	switch {
	case errors.Is(err, bssapi.ErrNotFound), errors.Is(err, bssapi.CodeParameterNotValid):
		return receipt, bssapi.Order{}, nil, nil
	case err != nil:
		return receipt, bssapi.Order{}, nil, fmt.Errorf("reading order %s: %w", receipt.OrderID, err)
	}

	if details.CreateTime != "" {
		receipt.RequestTime = details.CreateTime
	}

	return receipt, details.Order, nil, nil
}

// since are the conversions since one that no answer named an order of: those that the
// API shows to be its own, and those that may be, the canceled ones among them.
func (m *Machine) since(ctx context.Context, receipt Receipt) (own, maybe candidates, _ error) {
	at, err := bssapi.ParseTime(receipt.RequestTime)
	if err != nil {
		return nil, nil, nil //nolint:nilerr // it says no time to look from
	}

	found, err := m.ever(ctx, at.Add(-bssapi.ClockMargin), receipt.ResourceID, receipt.Service)
	if err != nil {
		return nil, nil, err
	}

	return m.own(ctx, found, receipt.ResourceID)
}

// unnamed is what becomes of a conversion whose order cannot be told. ended says
// that the resource is closed, or gone. An answer of success says that it is done; a
// review is over where an order that may be of it is completed, and no unsubscription
// explains the end as well.
func (m *Machine) unnamed(ctx context.Context, receipt Receipt, maybe candidates, ended bool) (Receipt, error) {
	if receipt.Status == StatusProcessing {
		if ended || m.client.Settled(receipt.RequestTime) {
			receipt.Status = StatusConverted
		}

		return receipt, nil
	}

	at, err := bssapi.ParseTime(receipt.RequestTime)
	if err != nil || !ended || len(maybe.completed()) == 0 {
		return receipt, nil //nolint:nilerr // it says no time to look from
	}

	others, err := m.unsubscribed(ctx, at.Add(-bssapi.ClockMargin), bssapi.Resource{ServiceTypeCode: receipt.Service})
	if err == nil && len(others) == 0 {
		receipt.Status = StatusConverted
	}

	return receipt, err
}

// Unnamed warns of a conversion under review of which no order is known: nobody but
// a person can find out that it was refused. It returns nil for any other.
func Unnamed(receipt Receipt) []act.Warning {
	if receipt.Status != StatusUnderReview || receipt.OrderID != "" {
		return nil
	}

	orders := ""
	if receipt.MayBe != "" {
		orders = " These may be its own: " + receipt.MayBe + "."
	}

	return []act.Warning{{
		Field:   act.FieldResourceID,
		Summary: "Only a person can see whether the review refuses",
		Detail: fmt.Sprintf("The answer that put the conversion of resource %s under review named no order, and no order names its resource.%s "+
			"It counts as converted once the resource is closed or gone, a conversion that may be its own is completed, and no "+
			"unsubscription explains that as well. A refusal cannot be read: look at the orders in the console. If it was refused, nothing was "+
			"converted: take the block out, or, to convert again, take this resource out of state (terraform state rm) and apply. If the "+
			"resource is pay-per-use, or gone, nothing is left to do: take the block out.", receipt.ResourceID, orders),
	}}
}

func unfinished(receipt Receipt, err error) act.Warning {
	which := "The conversion"
	if receipt.OrderID != "" {
		which = "Order " + receipt.OrderID
	}

	warning := act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Conversion is accepted, but not carried out yet",
		Detail: fmt.Sprintf("%s of resource %s is accepted, and its effect does not show yet. Nothing is sent again: the next plan shows what "+
			"is left, and its apply waits for it.", which, receipt.ResourceID),
	}

	if receipt.Status == StatusUnderReview {
		warning.Summary = "Conversion is under review"
		warning.Detail = fmt.Sprintf("%s of resource %s is under review at the vendor, which may still refuse it. The resource stays as it is "+
			"until then. Nothing is sent again: the next plan shows what is left, and its apply waits for it.", which, receipt.ResourceID)
	}

	for _, unnamed := range Unnamed(receipt) {
		warning.Detail += "\n\n" + unnamed.Detail
	}

	if err != nil {
		warning.Detail += fmt.Sprintf(" The last look failed: %v", err)
	}

	return warning
}

func unreadable(receipt Receipt, err error) act.Warning {
	return act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Conversion is accepted, but could not be read back",
		Detail: fmt.Sprintf("The conversion of resource %s is accepted. The next apply records what is missing here. Reading it failed: %v",
			receipt.ResourceID, err),
	}
}
