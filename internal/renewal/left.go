// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// closely is how many unpaid orders of an account are looked into in one run. The
// rest is named without that: one may be about any resource of its service.
const closely = 20

// unpaidOrders are the renewals of the account that wait for their payment. They are
// read once for all resources of a run, since there is hardly ever one.
type unpaidOrders struct {
	// turn is full while somebody reads or uses the rest. Who waits for a channel lets
	// the time of a bubble of [testing/synctest] pass.
	turn chan struct{}

	read    bool
	failed  error
	listed  []bssapi.Order
	details map[string]orderContent
}

// orderContent is what an unpaid order tells of what it renews: the ids of resources
// and of what they are attached to, where the API tells them, and the lines.
type orderContent struct {
	ids   []string
	lines []bssapi.OrderLine
}

// LeftUnpaid warns of unpaid orders that may renew the resource of a receipt and are
// none of its own. One can come from a call that was lost and carried out after its
// run had given up: nothing else would ever name it, and nothing pays it from here.
func (m *Machine) LeftUnpaid(ctx context.Context, receipt Receipt) []act.Warning {
	resource, err := m.reader.Get(ctx, receipt.ResourceID)
	if err != nil || subscription.Closed(resource) {
		// Who reads the renewal says so.
		return nil
	}

	m.unpaid.turn <- struct{}{}
	defer func() { <-m.unpaid.turn }()

	if !m.unpaid.read {
		m.readUnpaid(ctx)
	}

	if m.unpaid.failed != nil {
		return []act.Warning{{
			Field: act.FieldResourceID, Summary: "Unpaid renewals were not looked for",
			Detail: fmt.Sprintf("Whether an unpaid order renews resource %s is not known: %v. Nothing pays one from here.",
				receipt.ResourceID, m.unpaid.failed),
		}}
	}

	var ids []string

	for _, order := range m.unpaid.listed {
		if !slices.Contains(receipt.OrderIDs, order.OrderID) && !m.ofAnother(order.OrderID, receipt.ResourceID) &&
			m.mayRenew(ctx, order, resource) {
			ids = append(ids, order.OrderID)
		}
	}

	if len(ids) == 0 {
		return nil
	}

	return []act.Warning{{
		Field: act.FieldResourceID, Summary: "A renewal waits for its payment",
		Detail: fmt.Sprintf("Resource %s is as recorded, and beside that an unpaid order renews it, or one like it: %s. Somebody else may have "+
			"placed it, or an apply that was cut off. Nothing pays it from here, unless a plan says so. If nobody wants it, cancel it with "+
			"bss_order_cancellation or in the console; else it lapses.", receipt.ResourceID, strings.Join(ids, ", ")),
	}}
}

// readUnpaid lists the unpaid renewals. A failure holds for the run: the next
// resource would only meet it again.
func (m *Machine) readUnpaid(ctx context.Context) {
	m.unpaid.read = true
	request := bssapi.ListOrdersRequest{
		OrderType: bssapi.OrderTypeRenewal, Status: bssapi.OrderStatusPendingPayment,
		CreateTimeBegin: m.client.Now().Add(-searched), OrderBy: bssapi.OrderByNewest,
	}

	for listed, err := range m.client.ListOrders(ctx, request) {
		if err != nil {
			m.unpaid.failed = fmt.Errorf("looking for unpaid renewals: %w", err)

			return
		}

		m.unpaid.listed = append(m.unpaid.listed, listed)
	}
}

// mayRenew says whether an order may renew a resource: the API says so, or it says
// nothing of resources and the order has a line that may be of the product.
func (m *Machine) mayRenew(ctx context.Context, order bssapi.Order, resource bssapi.Resource) bool {
	if order.ServiceTypeCode != resource.ServiceTypeCode && order.ServiceTypeCode != "" && resource.ServiceTypeCode != "" {
		return false
	}

	content, known := m.unpaid.details[order.OrderID]

	switch {
	case known:
	case len(m.unpaid.details) == closely:
		return true
	default:
		var err error
		if content, err = m.contentOf(ctx, order.OrderID); err != nil {
			// It may be; the next one is tried on its own.
			return true
		}

		m.unpaid.details[order.OrderID] = content
	}

	if len(content.ids) > 0 {
		return slices.Contains(content.ids, resource.ResourceID)
	}

	return len(ownLines(content.lines, resource)) > 0
}

// contentOf reads what an order tells of what it renews.
func (m *Machine) contentOf(ctx context.Context, orderID string) (content orderContent, _ error) {
	rows, err := m.resourcesOf(ctx, orderID)
	if err != nil {
		return content, err
	}

	for _, row := range rows {
		content.ids = append(content.ids, row.ResourceID, row.ParentResourceID)
	}

	if len(content.ids) > 0 {
		return content, nil
	}

	details, err := m.client.GetOrder(ctx, orderID)
	if err != nil {
		return content, fmt.Errorf("reading order %s: %w", orderID, err)
	}

	content.lines = details.Lines

	return content, nil
}
