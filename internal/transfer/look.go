// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package transfer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// sight is what a look shows.
type sight struct {
	// available is what can be moved; expiry is that of the credit, "" if it has none.
	available        bssapi.Decimal
	currency, expiry string
	// own and theirs are all of the kind that the master account and the member hold.
	own, theirs bssapi.Decimal
	// parts are the ids of what the member has of the coupon.
	parts map[string]bool
	// record is a record of changes that names the id of the request, nil if none does.
	record *bssapi.ChangeRecord
	// refusal is why the request cannot be carried out as things stand, nil if it can.
	refusal *act.Refusal
}

// look asks what both sides hold, and for a record of the request.
func (m *Machine) look(ctx context.Context, req Request) (sight, error) {
	if req.CouponID != "" {
		return m.lookAtCoupons(ctx, req)
	}

	return m.lookAtAmounts(ctx, req)
}

// moved says whether both sides differ from before by exactly what the request moves.
func (s sight) moved(before sight, req Request) bool {
	amount := req.Amount
	if amount.IsNull() {
		amount = before.available
	}

	out, in := before.own.Sub(s.own), s.theirs.Sub(before.theirs)
	if req.Direction == FromMember {
		out, in = before.theirs.Sub(s.theirs), s.own.Sub(before.own)
	}

	return out.Cmp(amount) == 0 && in.Cmp(amount) == 0
}

// recorded is how much the record says was moved, and whether it says that.
func (s sight) recorded() (bssapi.Decimal, bool) {
	if s.record == nil {
		return bssapi.Decimal{}, false
	}

	return s.record.Size()
}

// fund is a row of what can be moved, in either direction.
type fund struct {
	bssapi.Fund

	available bssapi.Decimal
}

func (m *Machine) lookAtAmounts(ctx context.Context, req Request) (sight, error) {
	own, err := funds(m.client.ListTransferableFunds(ctx, req.Balance),
		func(row bssapi.TransferableFund) fund { return fund{row.Fund, row.Available} })
	if err != nil {
		return sight{}, fmt.Errorf("reading what can be transferred: %w", err)
	}

	theirs, err := funds(m.client.ListRetrievableFunds(ctx, req.MemberID, req.Balance),
		func(row bssapi.RetrievableFund) fund { return fund{row.Fund, row.Available} })
	if err != nil {
		return sight{}, fmt.Errorf("reading what member %s holds: %w", req.MemberID, err)
	}

	record, err := named(m.client.ListAccountChangeRecords(ctx, bssapi.ListAccountChangeRecordsRequest{
		BalanceType: req.Balance, ChangeFilter: bssapi.ChangeFilter{TradeID: req.TransID()},
	}).Rows, req, func(row bssapi.AccountChangeRecord) bssapi.ChangeRecord { return row.ChangeRecord })
	if err != nil {
		return sight{}, fmt.Errorf("reading the changes of the account: %w", err)
	}

	seen := sight{own: sum(own), theirs: sum(theirs), record: record}

	source := theirs
	if req.spends() {
		source = own
	}

	seen.choose(req, source)

	return seen, nil
}

// choose finds the row that money is moved from.
func (s *sight) choose(req Request, source []fund) {
	var fitting []fund

	for _, row := range source {
		if req.ExpireTime == "" || req.ExpireTime == row.ExpireTime || req.ExpireTime == NoExpiry && row.ExpireTime == "" {
			fitting = append(fitting, row)
		}
	}

	switch {
	case len(fitting) > 1:
		s.refusal = severalCredits(fitting)
	case len(fitting) == 0 && req.ExpireTime != "":
		s.refusal = noSuchCredit(req, source)
	case len(fitting) == 0:
		s.refusal = short(req, bssapi.Decimal{}, "")
	default:
		s.available, s.currency, s.expiry = fitting[0].available, fitting[0].Currency, fitting[0].ExpireTime
		if s.available.IsNull() || s.available.Cmp(req.Amount) < 0 {
			s.refusal = short(req, s.available, s.currency)
		}
	}
}

func funds[Row any](rows iter.Seq2[Row, error], of func(Row) fund) ([]fund, error) {
	var all []fund

	for one, err := range rows {
		row := of(one)

		if err == nil {
			err = bssapi.CheckUnit(row.MeasureID)
		}

		if err != nil {
			return nil, err
		}

		all = append(all, row)
	}

	return all, nil
}

func sum(rows []fund) bssapi.Decimal {
	var all bssapi.Sum

	for _, row := range rows {
		all.Add(row.available)
	}

	return all.Value()
}

// named is the first record of the request, nil if there is none. One that names another
// id is passed over: a server that ignores the filter answers with those of others. The
// calls that list records need a permission of their own, and are not open to every kind
// of account: without them, there is nothing to go by.
func named[Row any](rows iter.Seq2[Row, error], req Request, of func(Row) bssapi.ChangeRecord) (*bssapi.ChangeRecord, error) {
	for row, err := range rows {
		switch {
		case errors.Is(err, bssapi.ErrAccessDenied), errors.Is(err, bssapi.CodeNoChangeRecords):
			return nil, nil
		case err != nil:
			return nil, err
		}

		if record := of(row); record.TradeID == "" || strings.EqualFold(record.TradeID, req.TransID()) {
			return &record, nil
		}
	}

	return nil, nil
}

func (m *Machine) lookAtCoupons(ctx context.Context, req Request) (sight, error) {
	seen := sight{parts: map[string]bool{}, currency: Currency}
	whole, part := bssapi.Decimal{}, bssapi.Decimal{}

	for coupon, err := range m.client.ListTransferableCoupons(ctx) {
		if err != nil {
			return seen, fmt.Errorf("listing the coupons that can be transferred: %w", err)
		}

		if coupon.CouponID == req.CouponID {
			whole = coupon.Balance
		}
	}

	var theirs bssapi.Sum

	for coupon, err := range m.client.ListRetrievableCoupons(ctx, req.MemberID) {
		if err != nil {
			return seen, fmt.Errorf("listing the coupons of member %s: %w", req.MemberID, err)
		}

		if coupon.CouponID == req.CouponID {
			theirs.Add(coupon.Balance)

			seen.parts[coupon.SubCouponID] = true
		}

		if coupon.CouponID == req.CouponID && coupon.SubCouponID == req.SubCouponID {
			part = coupon.Balance
		}
	}

	seen.own, seen.theirs, seen.available = whole, theirs.Value(), whole
	if !req.spends() {
		seen.available = part
	}

	seen.refusal = couponRefused(req, seen.available)

	var err error

	seen.record, err = named(m.client.ListCouponChangeRecords(ctx, bssapi.ListCouponChangeRecordsRequest{
		CouponID: req.CouponID, ChangeFilter: bssapi.ChangeFilter{TradeID: req.TransID()},
	}).Rows, req, func(row bssapi.CouponChangeRecord) bssapi.ChangeRecord { return row.ChangeRecord })
	if err != nil {
		return seen, fmt.Errorf("reading the changes of the coupon: %w", err)
	}

	return seen, nil
}

// Currency is that of the only site that has these calls. The balance of a coupon is in
// the currency of the site.
const Currency = "CNY"
