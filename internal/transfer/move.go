// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package transfer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// moving is a transfer on its way.
type moving struct {
	*Machine

	req Request
	// before is the last look before the request may have been taken, against which what
	// was moved shows.
	before sight
	// expiry is that of the credit that the first look chose, "" if it has none.
	expiry string
	// doubtful is what came of a request that may have been taken, nil while there is
	// none.
	doubtful error
	// answer is what came of the last request, and of no look.
	answer error
	// until is how long a transfer that runs already is waited for.
	until time.Time
	// release gives back what was reserved of what the run may spend.
	release func()
}

// Move makes the transfer, unless a record shows that it was made. Whatever it returns
// without an error is certain, or says by its status that it is not.
//
// It returns a [*act.Refusal] where this run moved nothing, and a [*act.Doubt] where
// that cannot be told. What the run may spend is reserved for what goes out, and given
// back only where nothing was moved for certain.
func (m *Machine) Move(ctx context.Context, req Request) (Receipt, []act.Warning, error) {
	if err := m.conditions.Allowed(ctx, ""); err != nil {
		return Receipt{}, nil, err
	}

	// The API makes one transfer at a time, whatever they move.
	defer m.conditions.Locks.Lock(act.Sending("transfer"))()

	moving := &moving{Machine: m, req: req, release: func() {}, until: m.conditions.Clock.Now().Add(m.conditions.Timing.Act)}

	for attempts, pauses := 1, 1; ; pauses++ {
		receipt, warnings, again, err := moving.attempt(ctx, pauses == 1)

		running := errors.Is(err, bssapi.CodeTransferRunning)
		if !running {
			attempts++
		}

		late := running && !m.conditions.Clock.Now().Before(moving.until)
		if !again || late || attempts > m.conditions.Timing.Attempts || m.conditions.Pause(moving.waits(ctx), pauses) != nil {
			return receipt, warnings, moving.explain(err)
		}
	}
}

// waits is the context of pauses: after a doubt, who interrupts still hears the end.
func (m *moving) waits(ctx context.Context) context.Context {
	if m.doubtful != nil {
		return context.WithoutCancel(ctx)
	}

	return ctx
}

// attempt looks, and sends the request if nothing shows that it was taken. again says
// that sending it again, under the same id, is right.
func (m *moving) attempt(ctx context.Context, first bool) (_ Receipt, _ []act.Warning, again bool, _ error) {
	ctx, stop := context.WithTimeout(m.waits(ctx), m.conditions.Timing.Act)
	defer stop()

	now, err := m.look(ctx, m.req)
	if err != nil {
		return Receipt{}, nil, false, m.notSeen(err)
	}

	if first {
		m.before, m.expiry = now, now.expiry
	}

	receipt, warnings, settled, err := m.shows(now)
	if settled || err != nil {
		return receipt, warnings, false, err
	}

	// The server may have forgotten the id.
	if m.req.Made {
		return Receipt{}, nil, false, noRecord(m.req)
	}

	// Once the request was sent, what is there may be short because of it: the server
	// says which it is, since it takes the id once.
	if first && now.refusal != nil {
		return Receipt{}, nil, false, now.refusal
	}

	if m.doubtful == nil {
		// What another transfer moved while this one waited for it is not this one's.
		m.before = now

		// The last point at which an interruption costs nothing.
		if err := ctx.Err(); err != nil {
			return Receipt{}, nil, false, fmt.Errorf("interrupted before the transfer was sent, or taken; nothing was moved: %w", err)
		}
	}

	if err := m.reserve(first, now); err != nil {
		return Receipt{}, nil, false, err
	}

	return m.sendOnce(context.WithoutCancel(ctx))
}

// reserve counts what goes out against what the run may spend, once.
func (m *moving) reserve(first bool, now sight) error {
	if !first || !m.req.spends() {
		return nil
	}

	release, err := m.conditions.Spending.Reserve(m.req.Amount, now.currency)
	if err != nil {
		return act.NotSpent(act.FieldAmount, "Nothing was transferred.", err)
	}

	m.release = release

	return nil
}

// shows says whether a look settles what became of the transfer.
func (m *moving) shows(now sight) (_ Receipt, _ []act.Warning, settled bool, _ error) {
	recorded, err := checkRecord(m.req, now)

	switch {
	case err != nil:
		if m.doubtful == nil {
			m.release()
		}

		return Receipt{}, nil, false, err
	case recorded && m.doubtful == nil:
		m.release()

		receipt, warnings := seen(m.req, m.before, now)

		return receipt, append(warnings, earlierRecord(m.req)), true, nil
	case recorded, m.doubtful != nil && now.moved(m.before, m.req):
		receipt, warnings := seen(m.req, m.before, now)

		return receipt, warnings, true, nil
	default:
		return Receipt{}, nil, false, nil
	}
}

// sendOnce sends the request and finds out what became of it.
func (m *moving) sendOnce(ctx context.Context) (_ Receipt, _ []act.Warning, again bool, _ error) {
	ctx, stop := context.WithTimeout(ctx, m.conditions.Timing.Act)
	defer stop()

	reply, err := m.send(ctx, m.req, m.expiry)
	m.answer = err

	switch {
	case err == nil:
		receipt, warnings := answered(m.req, reply)

		return receipt, warnings, false, nil
	case errors.Is(err, bssapi.CodeTransIDUsed):
		return m.used(ctx)
	case errors.Is(err, bssapi.CodeTransferRunning):
		return Receipt{}, nil, true, err
	case bssapi.NotDone(err) && !errors.Is(err, bssapi.ErrThrottled):
		return Receipt{}, nil, false, err
	}

	// Nothing else proves that nothing was moved: "too many requests" may be said after
	// the act.
	m.doubtful = err

	receipt, warnings, settled, lookErr := m.settle(ctx)
	if settled || lookErr != nil {
		return receipt, warnings, false, lookErr
	}

	return Receipt{}, nil, true, err
}

// settle looks for as long as a transfer may take to show.
func (m *moving) settle(ctx context.Context) (receipt Receipt, warnings []act.Warning, settled bool, _ error) {
	var refused error

	_, err := act.Until(ctx, m.conditions, m.conditions.Timing.Settle,
		func() (sight, error) { return m.look(ctx, m.req) },
		func(now sight, err error) bool {
			if err == nil {
				receipt, warnings, settled, refused = m.shows(now)
			}

			return settled || refused != nil
		})

	switch {
	case refused != nil:
		return receipt, nil, false, refused
	case err != nil && !settled:
		return receipt, nil, false, m.notSeen(err)
	default:
		return receipt, warnings, settled, nil
	}
}

// used finds out what it means that the server took a request with the id before: this
// run's own, whose answer was lost, or one of before.
func (m *moving) used(ctx context.Context) (_ Receipt, _ []act.Warning, again bool, _ error) {
	if m.doubtful == nil {
		m.release()

		now, err := m.look(ctx, m.req)
		if err == nil {
			receipt, warnings, settled, err := m.shows(now)
			if settled || err != nil {
				return receipt, warnings, false, err
			}
		}

		receipt, warnings := earlier(m.req, now)

		return receipt, warnings, false, nil
	}

	receipt, warnings, settled, err := m.settle(ctx)

	var refusal *act.Refusal
	if settled || errors.As(err, &refusal) {
		return receipt, warnings, false, err
	}

	receipt, warnings = unconfirmed(m.req, m.before)

	return receipt, warnings, false, nil
}

// notSeen is the error of a look that failed.
func (m *moving) notSeen(err error) error {
	if m.doubtful == nil {
		m.release()

		return err
	}

	return &act.Doubt{Doing: act.DoingTransfer, Subject: m.req.subject(), Err: m.doubtful, LookErr: err, Note: m.note()}
}

// explain words what is left of the last attempt. A refusal after a doubt says nothing
// about the request before it.
func (m *moving) explain(err error) error {
	switch {
	case err == nil || err != m.answer: //nolint:errorlint // it is asked for that very error
		return err
	case m.doubtful != nil:
		return &act.Doubt{Doing: act.DoingTransfer, Subject: m.req.subject(), Err: m.doubtful, Note: m.note()}
	case errors.Is(err, bssapi.CodeTransferRunning):
		m.release()

		return &act.Refusal{
			Summary: "Another transfer is running",
			Detail: fmt.Sprintf(
				"The API makes one transfer at a time, and another one was still running when this one had waited for %s. Nothing was "+
					"moved: %s. Apply again later: it is sent under the same id.",
				m.conditions.Timing.Act,
				m.req.what(),
			),
			Err: err,
		}
	default:
		m.release()

		return &act.Refusal{
			Summary: "Transfer was refused",
			Detail: fmt.Sprintf(
				"Nothing was moved: %s. Apply again once the reason is gone: it is sent under the same id. If the API then says that "+
					"the id was used, a refused request uses it up: check the changes of both accounts in the console, and write a new transfer_key.",
				m.req.what(),
			),
			Err: err,
		}
	}
}

func (m *moving) note() string { return "The transfer of " + m.req.what() + " was sent." }

// reply is what the calls for coupons answer.
type reply struct {
	subCouponID string
	amount      bssapi.Decimal
}

// send makes the call, once. expiry is that of the credit to move.
func (m *Machine) send(ctx context.Context, req Request, expiry string) (reply, error) {
	id := req.TransID()
	money := bssapi.MoveAmountRequest{
		MemberID: req.MemberID, Amount: req.Amount, TransID: id, BalanceType: req.Balance, ExpireTime: expiry,
	}

	switch {
	case req.CouponID == "" && req.spends():
		return reply{}, m.client.TransferAmount(ctx, money)
	case req.CouponID == "":
		return reply{}, m.client.RetrieveAmount(ctx, money)
	case req.spends():
		sub, err := m.client.TransferCoupon(ctx, bssapi.TransferCouponRequest{
			MemberID: req.MemberID, CouponID: req.CouponID, Amount: req.Amount, TransID: id,
		})

		return reply{subCouponID: sub}, err
	default:
		amount, err := m.client.RetrieveCoupon(ctx, bssapi.RetrieveCouponRequest{
			MemberID: req.MemberID, CouponID: req.CouponID, SubCouponID: req.SubCouponID, TransID: id,
		})

		return reply{amount: amount}, err
	}
}
