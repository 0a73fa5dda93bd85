// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/keylock"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Machine renews resources through one client. It is safe for concurrent use;
// acts on one resource wait for each other.
type Machine struct {
	client *bssapi.Client
	reader *subscription.Reader
	payer  *payment.Payer
	guard  func(ctx context.Context, customerID string) error
	// spending is nil where nothing bounds the run.
	spending *spending.Guard
	clock    bssapi.Clock
	timing   payment.Timing

	locks keylock.Locks
	// ordering is held while a renewal is sent and its order is found out: two
	// doubtful renewals at a time could not be told apart.
	ordering sync.Mutex

	mu sync.Mutex
	// owners are the resources of the orders that are known to this run.
	owners map[string]string
}

// An Option changes a [Machine].
type Option func(*Machine)

// WithTiming replaces [payment.DefaultTiming].
func WithTiming(timing payment.Timing) Option {
	return func(m *Machine) { m.timing = timing }
}

// WithAccountGuard sets what has to agree to the account before anything is
// ordered.
func WithAccountGuard(guard func(ctx context.Context, customerID string) error) Option {
	return func(m *Machine) { m.guard = guard }
}

// WithSpending sets what has to allow spending before anything is ordered. What
// is paid is counted by the payer.
func WithSpending(guard *spending.Guard) Option {
	return func(m *Machine) { m.spending = guard }
}

// New returns a Machine. The payer pays what it orders.
func New(client *bssapi.Client, reader *subscription.Reader, payer *payment.Payer, options ...Option) *Machine {
	machine := &Machine{
		client: client,
		reader: reader,
		payer:  payer,
		guard:  func(context.Context, string) error { return nil },
		clock:  bssapi.SystemClock(),
		timing: payment.DefaultTiming(),
		owners: map[string]string{},
	}

	for _, option := range options {
		option(machine)
	}

	return machine
}

// permit says why nothing may be ordered at all.
func (m *Machine) permit(ctx context.Context, resourceID string) error {
	var denied *spending.Refusal
	if err := m.spending.Denied(); errors.As(err, &denied) {
		return &payment.Refusal{
			Field: FieldResourceID, Summary: denied.Summary,
			Detail: fmt.Sprintf("Resource %s was not renewed, and nothing was ordered. %s", resourceID, denied.Detail),
		}
	}

	if err := m.guard(ctx, ""); err != nil {
		return &payment.Refusal{Summary: "Account is not allowed", Detail: err.Error()}
	}

	return nil
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
