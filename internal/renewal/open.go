// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// searched is how far back an unpaid order is looked for: it has to be paid
// within seven days.
const searched = 8 * 24 * time.Hour

// errUnseen says that an order holds the resource and no renewal order shows that
// could be it: one of another kind, or one that is too new.
var errUnseen = errors.New("no renewal order shows")

// waysOut is what a person does about an order that is not paid from here.
const waysOut = " Nothing was ordered or paid. Find out in the console which order is about which resource; pay it with " +
	"bss_order_payment, or cancel it with bss_order_cancellation, and plan again."

// continues fills in the unpaid order that holds the resource, where it can be
// told for certain and is what the goal would order. It refuses any other: an
// order of somebody else, or for something else, is never paid.
func (m *Machine) continues(ctx context.Context, goal Goal, s *sight) error {
	candidates, err := m.candidates(ctx, s, s.begun.Add(-searched), waitsForPayment)
	if err != nil {
		return err
	}

	found, err := m.single(ctx, goal, s, candidates)
	if err != nil {
		return err
	}

	reason, err := m.differs(ctx, goal, s, found)
	if err != nil {
		return err
	}

	if reason != "" {
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "An open order holds the resource",
			Detail: fmt.Sprintf("Order %s holds resource %s, and %s. Nothing was ordered or paid. Pay it with bss_order_payment, or cancel it "+
				"with bss_order_cancellation or in the console, and plan again.", found.id(), goal.ResourceID, reason),
		}
	}

	request, err := m.paymentOf(ctx, goal, found.id())
	if err != nil {
		return err
	}

	quote, err := m.payer.Quote(ctx, request)
	if err != nil {
		return err
	}

	s.open, s.price, s.bound, s.currency = found.id(), quote.AmountDue, quote.Bound, quote.Currency

	return nil
}

// single is the one candidate that is certainly about the resource.
func (m *Machine) single(ctx context.Context, goal Goal, s *sight, candidates []candidate) (*candidate, error) {
	if of := slices.Clone(candidates); slices.ContainsFunc(of, isNamed) {
		// What the API says is certain, and the rest is about others.
		candidates = slices.DeleteFunc(of, func(c candidate) bool { return !isNamed(c) })
	}

	refusal := &act.Refusal{Field: act.FieldResourceID, Summary: "An unpaid order holds the resource"}
	held := fmt.Sprintf("The API says that resource %s is in an unpaid order", goal.ResourceID)

	switch len(candidates) {
	case 0:
		refusal.Detail = held + ", and no renewal order was found that could be it. It may be an order for a change"
		refusal.Err = errUnseen

		others, err := m.otherOrders(ctx, s, "")
		if err != nil {
			return nil, err
		}

		if len(others) > 0 {
			refusal.Detail += ": " + strings.Join(others, ", ")
		}

		refusal.Detail += "."
	case 1:
		if isNamed(candidates[0]) {
			return &candidates[0], nil
		}

		doubt, err := m.explained(ctx, s, candidates[0].id())
		if err != nil {
			return nil, err
		}

		if doubt == "" {
			return &candidates[0], nil
		}

		refusal.Detail = fmt.Sprintf("%s. Order %s looks like it, but %s. No order names its resource.", held, candidates[0].id(), doubt)
	default:
		ids := make([]string, len(candidates))
		for i := range candidates {
			ids[i] = candidates[i].id()
		}

		refusal.Detail = fmt.Sprintf("%s, and %s look like it.", held, strings.Join(ids, ", "))
	}

	refusal.Detail += waysOut

	return nil, refusal
}

// explained says what else than the one order that looks like it could hold the
// resource, or what else that order could be about; empty where nothing can.
// Likeness decides only then: in a fleet of equal servers it never does.
func (m *Machine) explained(ctx context.Context, s *sight, orderID string) (string, error) {
	others, err := m.otherOrders(ctx, s, orderID)
	if err != nil {
		return "", err
	}

	if len(others) > 0 {
		return strings.Join(others, ", ") + " may hold it just as well", nil
	}

	// Closed and converted ones too: an order outlives what it was placed for.
	resource := s.resource()
	request := bssapi.ListResourcesRequest{ServiceTypeCode: resource.ServiceTypeCode, AllResources: true}

	for row, err := range m.client.ListResources(ctx, request) {
		if err != nil {
			return "", fmt.Errorf("looking for resources like %s: %w", resource.ResourceID, err)
		}

		if row.ResourceID != resource.ResourceID && (row.ProductID == resource.ProductID || row.ProductID == "" || resource.ProductID == "") {
			return fmt.Sprintf("resource %s is of the same product and may have been renewed by it just as well", row.ResourceID), nil
		}
	}

	return "", nil
}

// otherOrders describes the unpaid orders of the service, beside the one given,
// that could hold the resource: any but those for something new, and those that
// are certainly about other resources.
func (m *Machine) otherOrders(ctx context.Context, s *sight, but string) ([]string, error) {
	var others []string

	request := bssapi.ListOrdersRequest{
		ServiceTypeCode: s.resource().ServiceTypeCode, CreateTimeBegin: s.begun.Add(-searched), OrderBy: bssapi.OrderByNewest,
	}

	for listed, err := range m.client.ListOrders(ctx, request) {
		if err != nil {
			return nil, fmt.Errorf("looking for orders that hold resource %s: %w", s.resource().ResourceID, err)
		}

		if listed.OrderID == but || listed.OrderType == bssapi.OrderTypeNew || !waitsForPayment(listed.Status) ||
			m.ofAnother(listed.OrderID, s.resource().ResourceID) {
			continue
		}

		named, foreigner, err := m.names(ctx, s, listed.OrderID)
		if err != nil {
			return nil, err
		}

		if named || foreigner == "" {
			others = append(others, fmt.Sprintf("order %s (%s)", listed.OrderID, bssapi.OrderTypes.Word(listed.OrderType)))
		}
	}

	return others, nil
}
