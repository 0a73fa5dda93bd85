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
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

const (
	// searched is how far back an unpaid order is looked for: it has to be paid
	// within seven days.
	searched = 8 * 24 * time.Hour
	// sameStart is how far the start of a line may be from the expiry and still
	// mean it: no source says whether a term starts at that second, at the next
	// one or on the next day, and the shortest term has 28 days.
	sameStart = 24 * time.Hour
)

// likeness is how much an order looks like a renewal of the resource.
//
// No order and no line names a resource. The API may find the resources of an
// order by its id (no source says whether it does for renewals), and what it
// finds then is certain: the order is named, or unlike. Else an order is similar
// if its line may be of the resource's product and its term starts when that of
// the resource ends, or at a time that is not told. Equal servers that were bought
// together are similar too, so one similar order alone decides nothing: twin
// looks for another resource that it could be about.
type likeness int

const (
	// unlike: the order is certainly about something else.
	unlike likeness = iota
	// similar: the order could be about the resource, or about another of the
	// same product.
	similar
	// named: the API says that the order is about the resource.
	named
)

// candidate is a renewal order that may be about the resource.
type candidate struct {
	listed  bssapi.Order
	details *bssapi.OrderDetails
	line    *bssapi.OrderLine
	likeness
}

// errUnseen says that an order holds the resource and none shows that could be
// it: one of another kind, or one that is too new.
var errUnseen = errors.New("no renewal order shows")

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
				"with the bss_order_cancel action or in the console, and plan again.", found.listed.OrderID, goal.ResourceID, reason),
		}
	}

	request, err := m.paymentOf(ctx, goal, found.listed.OrderID)
	if err != nil {
		return err
	}

	quote, err := m.payer.Quote(ctx, request)
	if err != nil {
		return err
	}

	m.own(found.listed.OrderID, goal.ResourceID)

	s.open, s.price, s.bound, s.currency = found.listed.OrderID, quote.AmountDue, quote.Bound, quote.Currency

	return nil
}

// single is the one candidate that is certainly about the resource.
func (m *Machine) single(ctx context.Context, goal Goal, s *sight, candidates []candidate) (*candidate, error) {
	if of := slices.Clone(candidates); slices.ContainsFunc(of, isNamed) {
		// What the API says is certain, and the rest is about others.
		candidates = slices.DeleteFunc(of, func(c candidate) bool { return !isNamed(c) })
	}

	refusal := &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "An unpaid order holds the resource",
	}

	switch len(candidates) {
	case 0:
		refusal.Detail = fmt.Sprintf("The API says that resource %s is in an unpaid order, and no renewal order was found that could be it. "+
			"It may be an order for a change. Nothing was ordered or paid. Pay or cancel that order in the console, and plan "+
			"again.", goal.ResourceID)
		refusal.Err = errUnseen

		return nil, refusal
	case 1:
		if isNamed(candidates[0]) {
			return &candidates[0], nil
		}

		twin, err := m.twin(ctx, goal, s, &candidates[0])
		if err != nil {
			return nil, err
		}

		if twin == "" {
			return &candidates[0], nil
		}

		refusal.Detail = fmt.Sprintf(
			"The API says that resource %s is in an unpaid order. Order %s looks like it, but resource %s is of the same "+
				"product and may have been renewed by it just as well.",
			goal.ResourceID,
			candidates[0].listed.OrderID,
			twin,
		)
	default:
		ids := make([]string, len(candidates))
		for i := range candidates {
			ids[i] = candidates[i].listed.OrderID
		}

		refusal.Detail = fmt.Sprintf(
			"The API says that resource %s is in an unpaid order, and %s look like it.",
			goal.ResourceID,
			strings.Join(ids, ", "),
		)
	}

	refusal.Detail += " Nothing was ordered or paid. Find out in the console which order is about which resource; pay it with " +
		"bss_order_payment, " +
		"or cancel it with the bss_order_cancel action, and plan again."

	return nil, refusal
}

// candidates are the renewal orders since then, in the states asked for, that
// may be about the resource, the newest first. Orders that are known to be about
// another resource are left out.
func (m *Machine) candidates(ctx context.Context, s *sight, since time.Time, states func(bssapi.OrderStatus) bool) ([]candidate, error) {
	var found []candidate

	request := bssapi.ListOrdersRequest{
		OrderType: bssapi.OrderTypeRenewal, ServiceTypeCode: s.resource().ServiceTypeCode, CreateTimeBegin: since, OrderBy: bssapi.OrderByNewest,
	}

	for listed, err := range m.client.ListOrders(ctx, request) {
		if err != nil {
			return nil, fmt.Errorf("looking for renewal orders of resource %s: %w", s.resource().ResourceID, err)
		}

		if !states(listed.Status) || m.ofAnother(listed.OrderID, s.resource().ResourceID) {
			continue
		}

		c, err := m.compare(ctx, s, listed)
		if err != nil {
			return nil, err
		}

		if c.likeness != unlike {
			found = append(found, c)
		}
	}

	return found, nil
}

// waitsForPayment says whether an order in this state can hold a resource as an
// unpaid one does; so does any state that is not known.
func waitsForPayment(status bssapi.OrderStatus) bool {
	return status != bssapi.OrderStatusCanceled && !payment.IsPaid(status)
}

// notCanceled says whether an order in this state may have bought something, or
// may still do so.
func notCanceled(status bssapi.OrderStatus) bool { return status != bssapi.OrderStatusCanceled }

// compare says how much an order looks like a renewal of the resource.
func (m *Machine) compare(ctx context.Context, s *sight, listed bssapi.Order) (candidate, error) {
	c := candidate{listed: listed}

	// Whether this query finds the resources of a renewal is not known. What it
	// does find is certain.
	others := false

	for row, err := range m.client.ListResources(ctx, bssapi.ListResourcesRequest{OrderID: listed.OrderID}) {
		if err != nil {
			return c, fmt.Errorf("reading the resources of order %s: %w", listed.OrderID, err)
		}

		if row.ResourceID == s.resource().ResourceID {
			c.likeness = named
		}

		others = true
	}

	if others && c.likeness != named {
		return c, nil
	}

	details, err := m.client.GetOrder(ctx, listed.OrderID)
	if err != nil {
		return c, fmt.Errorf("reading order %s: %w", listed.OrderID, err)
	}

	c.details = details
	c.line = primaryLine(details.Lines, s.resource())

	if c.likeness == named || c.line == nil {
		return c, nil
	}

	if c.sameTerm(s) {
		c.likeness = similar
	}

	return c, nil
}

// sameTerm says whether an order may be for the term that the goal would buy. A
// line without times could start anywhere.
func (c *candidate) sameTerm(s *sight) bool {
	if c.line == nil {
		return false
	}

	start, err := bssapi.ParseTime(c.line.EffectiveTime)

	return err != nil || start.Sub(s.expires).Abs() <= sameStart
}

// timed says whether the line tells when its term starts.
func (c *candidate) timed() bool {
	if c.line == nil {
		return false
	}

	_, err := bssapi.ParseTime(c.line.EffectiveTime)

	return err == nil
}

func isNamed(c candidate) bool { return c.likeness == named }

// primaryLine is the line of an order that may be the resource's, nil where
// there is none.
func primaryLine(lines []bssapi.OrderLine, resource bssapi.Resource) *bssapi.OrderLine {
	for i, line := range lines {
		if line.ProductID == resource.ProductID || line.ProductID == "" || resource.ProductID == "" {
			return &lines[i]
		}
	}

	return nil
}

// differs says in what an order is not what the goal would order, empty where
// it is. This is what keeps a term from being bought twice: an order that was
// placed after somebody else renewed starts later.
func (m *Machine) differs(ctx context.Context, goal Goal, s *sight, c *candidate) (string, error) {
	switch {
	case c.listed.OrderType != bssapi.OrderTypeRenewal:
		return "it is no renewal", nil
	case c.details.Status != bssapi.OrderStatusPendingPayment || c.details.PaymentTime != "":
		return "it is " + bssapi.OrderStatuses.Word(c.details.Status), nil
	case c.line == nil:
		return "it has no line of the resource's product", nil
	case c.line.PeriodType == nil || *c.line.PeriodType != goal.Unit.periodType() || c.line.PeriodNum != s.periods:
		return "it is not for " + goal.Unit.count(s.periods), nil
	}

	if !c.timed() {
		return m.unfenced(ctx, s, c.listed)
	}

	if !c.sameTerm(s) {
		return fmt.Sprintf("its term starts at %s, not at %s", c.line.EffectiveTime, s.resource().ExpireTime), nil
	}

	if end, err := bssapi.ParseTime(c.line.ExpireTime); err == nil && !goal.PaidThrough.reachedBy(end) {
		return fmt.Sprintf("it is paid through %s only", dateOf(end)), nil
	}

	return "", nil
}

// recent is how long a renewal of somebody else may take to show as a later
// expiry.
const recent = 15 * time.Minute

// unfenced says why an order whose line does not say when the term starts
// cannot be paid, empty where it can: nobody else renewed anything like it
// lately, so nobody renewed the resource.
func (m *Machine) unfenced(ctx context.Context, s *sight, order bssapi.Order) (string, error) {
	candidates, err := m.candidates(ctx, s, m.client.Now().Add(-recent), notCanceled)
	if err != nil {
		return "", err
	}

	for _, c := range candidates {
		if c.listed.OrderID != order.OrderID && c.sameTerm(s) {
			return fmt.Sprintf("its line does not say when its term starts, while order %s, which may be about the same resource, is less than "+
				"%d minutes old", c.listed.OrderID, int(recent.Minutes())), nil
		}
	}

	return "", nil
}

// twin is another resource of the account that the order could be about, empty
// where there is none: one of the same product that ends at the same time or,
// where the order does not say when its term starts, one that ends at any time
// and may be in an unpaid order too.
func (m *Machine) twin(ctx context.Context, goal Goal, s *sight, c *candidate) (string, error) {
	resource := s.resource()
	request := bssapi.ListResourcesRequest{
		ServiceTypeCode:  resource.ServiceTypeCode,
		OnlyMainResource: true,
		StatusList:       []bssapi.ResourceStatus{bssapi.ResourceStatusInUse, bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired},
		AllResources:     true,
	}

	var others []string

	for row, err := range m.client.ListResources(ctx, request) {
		if err != nil {
			return "", fmt.Errorf("looking for resources like %s: %w", resource.ResourceID, err)
		}

		if row.ProductID != resource.ProductID || row.ResourceID == resource.ResourceID {
			continue
		}

		expires, err := bssapi.ParseTime(row.ExpireTime)
		if err != nil || expires.Sub(s.expires).Abs() <= sameStart {
			return row.ResourceID, nil
		}

		if !c.timed() {
			others = append(others, row.ResourceID)
		}
	}

	return m.held(ctx, goal, s, others)
}

// held is the first of these resources that has no price, as one that is in an
// unpaid order has none; empty where all have one.
func (m *Machine) held(ctx context.Context, goal Goal, s *sight, ids []string) (string, error) {
	for batch := range slices.Chunk(ids, bssapi.MaxRenewalPriceIDs) {
		answer, err := m.client.GetRenewalPrice(ctx, bssapi.GetRenewalPriceRequest{
			ResourceIDs: batch, PeriodType: goal.Unit.periodType(), PeriodNum: s.periods,
		})
		if err != nil {
			return "", fmt.Errorf("looking for unpaid orders of resources like %s: %w", goal.ResourceID, err)
		}

		for _, id := range batch {
			if !slices.ContainsFunc(answer.RenewInquiryResults, func(row bssapi.ResourceRenewalPrice) bool { return row.ResourceID == id }) {
				return id, nil
			}
		}
	}

	return "", nil
}
