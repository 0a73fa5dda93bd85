// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

const (
	// sameStart is how far the start of a line may be from the expiry and still
	// mean it: no source says whether a term starts at that second, at the next
	// one or on the next day, and the shortest term has 28 days.
	sameStart = 24 * time.Hour
	// recent is how long a renewal of somebody else may take to show as a later
	// expiry.
	recent = 15 * time.Minute
)

// likeness is how much an order looks like a renewal of the resource.
//
// No order and no line names a resource. The API may find the resources of an
// order by its id (no source says whether it does for renewals), and what it
// finds then is certain: the order is named, or unlike. Else an order is similar
// if its line may be of the resource's product and its term starts when that of
// the resource ends, or at a time that is not told.
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
	// line is the one that is most like the term that the goal would buy; nil
	// where no line may be the resource's.
	line *bssapi.OrderLine
	// foreigner is another primary resource that the API says the order is about.
	foreigner string
	likeness
}

func (c *candidate) id() string { return c.listed.OrderID }

func isNamed(c candidate) bool { return c.likeness == named }

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

	isNamed, foreigner, err := m.names(ctx, s, listed.OrderID)
	if err != nil {
		return c, err
	}

	c.foreigner = foreigner

	if foreigner != "" && !isNamed {
		return c, nil
	}

	details, err := m.client.GetOrder(ctx, listed.OrderID)
	if err != nil {
		return c, fmt.Errorf("reading order %s: %w", listed.OrderID, err)
	}

	c.details = details
	c.line = likestLine(details.Lines, s)

	switch {
	case isNamed:
		c.likeness = named
	case c.sameTerm(s):
		c.likeness = similar
	}

	return c, nil
}

// names asks the API for the resources of an order: whether the resource, or what
// is attached to it, is among them, and another primary resource that is. Whether
// this query finds the resources of a renewal is not known: an empty answer proves
// nothing.
func (m *Machine) names(ctx context.Context, s *sight, orderID string) (isNamed bool, foreigner string, _ error) {
	rows, err := m.resourcesOf(ctx, orderID)
	if err != nil {
		return false, "", err
	}

	for _, row := range rows {
		if primary := cmp.Or(
			row.ParentResourceID,
			row.ResourceID,
		); row.ResourceID == s.resource().ResourceID ||
			primary == s.resource().ResourceID {
			isNamed = true
		} else {
			foreigner = primary
		}
	}

	return isNamed, foreigner, nil
}

// resourcesOf are the resources that the API finds by the id of an order.
func (m *Machine) resourcesOf(ctx context.Context, orderID string) ([]bssapi.Resource, error) {
	var rows []bssapi.Resource

	for row, err := range m.client.ListResources(ctx, bssapi.ListResourcesRequest{OrderID: orderID}) {
		if err != nil {
			return nil, fmt.Errorf("reading the resources of order %s: %w", orderID, err)
		}

		rows = append(rows, row)
	}

	return rows, nil
}

// likestLine is the line of an order that may be the resource's, best one whose
// term starts where that of the resource ends; nil where there is none.
func likestLine(lines []bssapi.OrderLine, s *sight) *bssapi.OrderLine {
	own := ownLines(lines, s.resource())
	for i := range own {
		if startsWith(own[i], s) {
			return &own[i]
		}
	}

	if len(own) == 0 {
		return nil
	}

	return &own[0]
}

// startsWith says whether the term of a line may start where that of the resource
// ends. A line without times could start anywhere.
func startsWith(line bssapi.OrderLine, s *sight) bool {
	start, err := bssapi.ParseTime(line.EffectiveTime)

	return err != nil || start.Sub(s.expires).Abs() <= sameStart
}

// sameTerm says whether an order may be for the term that the goal would buy.
func (c *candidate) sameTerm(s *sight) bool { return c.line != nil && startsWith(*c.line, s) }

// timed says whether the line tells when its term starts.
func (c *candidate) timed() bool {
	if c.line == nil {
		return false
	}

	_, err := bssapi.ParseTime(c.line.EffectiveTime)

	return err == nil
}

// differs says in what an order is not what the goal would order, empty where
// it is. This is what keeps a term from being bought twice, since an order that
// was placed after somebody else renewed starts later; and what keeps the terms
// of others from being bought along.
func (m *Machine) differs(ctx context.Context, goal Goal, s *sight, c *candidate) (string, error) {
	switch {
	case c.listed.OrderType != bssapi.OrderTypeRenewal:
		return "it is no renewal", nil
	case c.foreigner != "":
		return fmt.Sprintf("it is about resource %s too", c.foreigner), nil
	case c.details.Status != bssapi.OrderStatusPendingPayment || c.details.PaymentTime != "":
		return "it is " + bssapi.OrderStatuses.Word(c.details.Status), nil
	}

	if reason := foreign(c.details.Lines, s.tree); reason != "" {
		return reason, nil
	}

	if c.line.PeriodType == nil || *c.line.PeriodType != goal.Unit.periodType() || c.line.PeriodNum != s.periods {
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

// unfenced says why an order whose line does not say when the term starts
// cannot be paid, empty where it can: nobody else renewed anything like it
// lately, so nobody renewed the resource.
func (m *Machine) unfenced(ctx context.Context, s *sight, order bssapi.Order) (string, error) {
	candidates, err := m.candidates(ctx, s, m.client.Now().Add(-recent), notCanceled)
	if err != nil {
		return "", err
	}

	for _, c := range candidates {
		if c.id() != order.OrderID && c.sameTerm(s) {
			return fmt.Sprintf("its line does not say when its term starts, while order %s, which may be about the same resource, is less than "+
				"%d minutes old", c.id(), int(recent.Minutes())), nil
		}
	}

	return "", nil
}
