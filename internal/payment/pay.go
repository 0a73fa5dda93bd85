// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"context"
	"errors"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
)

// Pay pays the order, unless a fresh look shows that it is paid, in which case
// it is adopted and nothing is charged. Whatever it returns without an error is
// certain; call [Payer.Finish] to wait for what is unfinished.
//
// It returns a [*act.Refusal] where nothing was charged, and a [*act.Doubt] where that
// cannot be told. What the run may spend is reserved for each attempt, and
// given back only where nothing was charged for certain.
func (p *Payer) Pay(ctx context.Context, req Request) (Receipt, []act.Warning, error) {
	defer p.conditions.Locks.Lock(act.Order(req.OrderID))()

	for attempt := 1; ; attempt++ {
		o, err := p.look(ctx, req.OrderID)
		if err != nil {
			return Receipt{}, nil, p.explainLook(ctx, req.OrderID, err)
		}

		v := judge(o)
		if err := p.refuse(ctx, o, v, req); err != nil {
			return Receipt{}, nil, err
		}

		if v == paid {
			receipt, warnings := p.adopt(ctx, o)

			return receipt, warnings, nil
		}

		if v == delegated {
			// The cap is still checked: it is what the user agreed to.
			if _, err := p.prepareToPay(ctx, o, req); err != nil {
				return Receipt{}, nil, err
			}

			receipt, warnings := p.adopt(ctx, o)

			return receipt, warnings, nil
		}

		if req.Free {
			return Receipt{}, nil, notFree(req)
		}

		prepared, err := p.prepareToPay(ctx, o, req)
		if err != nil {
			return Receipt{}, nil, err
		}

		// The last point at which an interruption costs nothing.
		if err := ctx.Err(); err != nil {
			return Receipt{}, nil, fmt.Errorf("interrupted before order %s was paid; nothing was charged: %w", req.OrderID, err)
		}

		receipt, warnings, again, err := p.attempt(ctx, o, req, prepared)
		if !again || attempt >= p.conditions.Timing.Attempts {
			return receipt, warnings, err
		}

		if sleepErr := p.conditions.Pause(ctx, attempt); sleepErr != nil {
			return Receipt{}, nil, err
		}
	}
}

// ErrDearer is in the [*act.Refusal] of an order that is within the cap, but
// dearer than the plan stated.
var ErrDearer = errors.New("the order costs more than the plan stated")

// notFree refuses an order of which the plan stated that it would charge nothing.
func notFree(req Request) error {
	return &act.Refusal{
		Field:   act.FieldOrderID,
		Summary: "Order is to be paid after all",
		Detail: fmt.Sprintf("The plan said that order %s would be recorded and that nothing would be charged: it was paid, or another account "+
			"had to pay it. It waits for a payment of this account now. Nothing was paid. Plan again: the plan states what is due.", req.OrderID),
	}
}

// prepareToPay is prepare for an act, which needs a cap.
func (p *Payer) prepareToPay(ctx context.Context, o *order, req Request) (*prepared, error) {
	if req.MaxAmount.IsNull() {
		return nil, &act.Refusal{Field: act.FieldMaxAmount, Summary: "No cap", Detail: "A payment needs max_amount."}
	}

	prepared, err := p.prepare(ctx, o, req)
	if err != nil {
		return nil, err
	}

	return prepared, checkStated(o, req, prepared)
}
