// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package conversion

import (
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Machine converts resources through one client. It is safe for concurrent use;
// acts on one resource wait for each other.
type Machine struct {
	client     *bssapi.Client
	reader     *subscription.Reader
	conditions act.Conditions

	mu sync.Mutex
	// owners are the resources of the orders that are known to this run.
	owners map[string]string
	// sent are the conversions that this run knows of, by resource: those that were
	// accepted or left in doubt, and those that a state records.
	sent map[string]sent
}

// sent is a conversion that is not to be sent again by this run.
type sent struct {
	// receipt is of one that was accepted; doubt is nil then.
	receipt Receipt
	doubt   *act.Doubt
}

// New returns a Machine. It makes no call.
func New(client *bssapi.Client, reader *subscription.Reader, conditions act.Conditions) *Machine {
	return &Machine{
		client: client, reader: reader, conditions: conditions, owners: map[string]string{}, sent: map[string]sent{},
	}
}

// Know takes over a receipt that a state records: its order is of its resource, and
// what is not canceled is not done again.
func (m *Machine) Know(receipt Receipt) {
	m.mu.Lock()
	defer m.mu.Unlock()

	if receipt.OrderID != "" {
		m.owners[receipt.OrderID] = receipt.ResourceID
	}

	switch before, known := m.sent[receipt.ResourceID]; {
	case receipt.Status != StatusCanceled:
		m.sent[receipt.ResourceID] = sent{receipt: receipt}
	case known && before.doubt == nil && (before.receipt.OrderID == "" || before.receipt.OrderID == receipt.OrderID):
		delete(m.sent, receipt.ResourceID)
	}
}

func (m *Machine) doubt(resourceID string, doubt *act.Doubt) {
	m.mu.Lock()
	defer m.mu.Unlock()

	m.sent[resourceID] = sent{doubt: doubt}
}

func (m *Machine) recall(resourceID string) (sent, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()

	call, known := m.sent[resourceID]

	return call, known
}

// owner is the resource that an order is known to be about, empty for none.
func (m *Machine) owner(orderID string) string {
	m.mu.Lock()
	defer m.mu.Unlock()

	return m.owners[orderID]
}
