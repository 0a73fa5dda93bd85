// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package unsubscription

import (
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Machine unsubscribes resources through one client. It is safe for concurrent
// use; acts on one resource wait for each other.
type Machine struct {
	client     *bssapi.Client
	reader     *subscription.Reader
	conditions act.Conditions

	mu sync.Mutex
	// owners are the resources of the orders that are known to this run.
	owners map[string]string
	// sent are the calls of this run that were accepted or left in doubt, by
	// resource.
	sent map[string]sent
}

// sent is a call that is not to be sent again by this run.
type sent struct {
	scope Scope
	// receipt is of a call that was accepted; doubt is nil then.
	receipt Receipt
	doubt   *act.Doubt
}

// New returns a Machine. It makes no call.
func New(client *bssapi.Client, reader *subscription.Reader, conditions act.Conditions) *Machine {
	return &Machine{
		client: client, reader: reader, conditions: conditions, owners: map[string]string{}, sent: map[string]sent{},
	}
}

// own remembers that an order is about a resource.
func (m *Machine) own(orderID, resourceID string) {
	m.mu.Lock()
	defer m.mu.Unlock()

	m.owners[orderID] = resourceID
}

// owner is the resource that an order is known to be about, empty for none.
func (m *Machine) owner(orderID string) string {
	m.mu.Lock()
	defer m.mu.Unlock()

	return m.owners[orderID]
}

func (m *Machine) remember(resourceID string, call sent) {
	m.mu.Lock()
	defer m.mu.Unlock()

	m.sent[resourceID] = call
}

func (m *Machine) recall(resourceID string) (sent, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()

	call, known := m.sent[resourceID]

	return call, known
}
