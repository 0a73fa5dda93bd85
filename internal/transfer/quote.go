// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package transfer

import (
	"context"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Machine makes the transfers of one run.
type Machine struct {
	client     *bssapi.Client
	conditions act.Conditions
}

// New returns a machine.
func New(client *bssapi.Client, conditions act.Conditions) *Machine {
	return &Machine{client: client, conditions: conditions}
}

// Quote is what a transfer would move.
type Quote struct {
	// Made says that a record shows that it was made, so that nothing would be moved;
	// Status is then what the receipt will say, and else empty.
	Made     bool
	Status   string
	Currency string
	// ExpireTime is that of the credit that would be moved, "" if it has none.
	ExpireTime string
	// Retrievable is what is left of a coupon that is to be retrieved.
	Retrievable bssapi.Decimal
	Warnings    []act.Warning
}

// Quote looks at what a transfer would move, and returns a [*act.Refusal] where
// [Machine.Move] would refuse it. It never acts.
func (m *Machine) Quote(ctx context.Context, req Request) (Quote, error) {
	if err := m.conditions.Allowed(ctx, ""); err != nil {
		return Quote{}, err
	}

	now, err := m.look(ctx, req)
	if err != nil {
		return Quote{}, err
	}

	quote := Quote{Currency: now.currency, ExpireTime: now.expiry, Retrievable: now.available}

	switch recorded, err := checkRecord(req, now); {
	case err != nil:
		return quote, err
	case recorded:
		quote.Made, quote.Status = true, made(req, req.Amount).Status
		quote.Warnings = []act.Warning{earlierRecord(req)}

		return quote, nil
	case now.refusal != nil:
		return quote, now.refusal
	default:
		return quote, nil
	}
}

// checkRecord says whether a record shows that the transfer was made, and refuses one
// that shows another amount.
func checkRecord(req Request, now sight) (made bool, err error) {
	amount, known := now.recorded()
	if known && !req.Amount.IsNull() && amount.Cmp(req.Amount) != 0 {
		return false, otherAmount(req, amount)
	}

	return now.record != nil, nil
}
