// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"fmt"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Machine renews resources through one client. It is safe for concurrent use;
// acts on one resource wait for each other.
type Machine struct {
	client     *bssapi.Client
	reader     *subscription.Reader
	payer      *payment.Payer
	conditions act.Conditions
	unpaid     unpaidOrders

	mu sync.Mutex
	// owners are the resources of the orders that this run has placed, or may have.
	owners map[string]string
}

// New returns a Machine. It makes no call. The payer pays what it orders, and
// counts that against what the run may spend.
func New(client *bssapi.Client, reader *subscription.Reader, payer *payment.Payer, conditions act.Conditions) *Machine {
	return &Machine{
		client: client, reader: reader, payer: payer, conditions: conditions, owners: map[string]string{},
		unpaid: unpaidOrders{turn: make(chan struct{}, 1), details: map[string]orderContent{}},
	}
}

// ordering holds up other renewals while one is sent and its order is found out.
func (m *Machine) ordering() (unlock func()) {
	return m.conditions.Locks.Lock(act.Sending("renew_resources"))
}

// permit says why nothing may be ordered at all.
func (m *Machine) permit(ctx context.Context, resourceID string) error {
	if err := m.conditions.Spending.Denied(); err != nil {
		return act.NotSpent(act.FieldResourceID, fmt.Sprintf("Resource %s was not renewed, and nothing was ordered.", resourceID), err)
	}

	return m.conditions.Allowed(ctx, "")
}

// own remembers that an order is about a resource.
func (m *Machine) own(orderID, resourceID string) {
	m.mu.Lock()
	defer m.mu.Unlock()

	m.owners[orderID] = resourceID
}

// ofAnother says whether an order is known to be about another resource.
func (m *Machine) ofAnother(orderID, resourceID string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()

	owner, known := m.owners[orderID]

	return known && owner != resourceID
}
