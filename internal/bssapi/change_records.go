// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// changeRecordPageSize is the most rows that the lists of changes give in a page.
const changeRecordPageSize = 100

// BalanceType is the account whose changes are listed, as the API names it.
type BalanceType string

// The accounts.
//
//nolint:gosec // these are names of accounts; none is a credential
const (
	// BalanceTypeDebit is the balance: cash.
	BalanceTypeDebit BalanceType = "BALANCE_TYPE_DEBIT"
	// BalanceTypeCredit is the credit account.
	BalanceTypeCredit BalanceType = "BALANCE_TYPE_CREDIT"
	// balanceTypeCoupon is what the list of changes of coupons wants to be told.
	balanceTypeCoupon BalanceType = "BALANCE_TYPE_COUPON"
)

// Direction says whether a change brought money in or took it out.
type Direction string

// The directions.
const (
	DirectionIncome  Direction = "REVENUE"
	DirectionExpense Direction = "EXPENSE"
)

// TradeType is the kind of a change that a list can be filtered by.
type TradeType string

// ChangeFilter is what both lists of changes can be filtered by. Zero fields do
// not filter; the API takes an empty text for a filter, so they are not sent.
type ChangeFilter struct {
	Direction Direction
	TradeType TradeType
	// TradeID is the id of the order, or of the charge.
	TradeID string
	// TradeTimeBegin and TradeTimeEnd are the first and the last day,
	// YYYY-MM-DD in UTC+8, both or none. Without them it is the last year.
	TradeTimeBegin, TradeTimeEnd string
	Strict                       Strict
}

func (f ChangeFilter) params(balance BalanceType) params {
	p := params{}
	p.text("balance_type", string(balance))
	p.text("revenue_expense_type", string(f.Direction))
	p.text("trade_type", string(f.TradeType))
	p.text("trade_id", f.TradeID)
	p.text("trade_time_begin", f.TradeTimeBegin)
	p.text("trade_time_end", f.TradeTimeEnd)

	return p
}

func (f ChangeFilter) check() error {
	if f.TradeTimeBegin == "" && f.TradeTimeEnd == "" {
		return nil
	}
	for _, day := range []string{f.TradeTimeBegin, f.TradeTimeEnd} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("the day %q is not of the form YYYY-MM-DD; the first and the last day go together", day)
		}
	}
	if f.TradeTimeBegin > f.TradeTimeEnd {
		return fmt.Errorf("the first day %s is after the last day %s", f.TradeTimeBegin, f.TradeTimeEnd)
	}

	return nil
}

// other is that of [paged].
func (f ChangeFilter) other(row ChangeRecord) string {
	var compared filters
	compareCodes(&compared, "direction", Directions, row.Direction, f.Direction)
	compared.text("order or charge", f.TradeID, row.TradeID)
	compared.day("time", f.TradeTimeBegin, f.TradeTimeEnd, row.TradeTime)

	return compared.other
}

// ChangeRecord is what both lists of changes say of one.
type ChangeRecord struct {
	// TradeDetailType is an AccountTradeDetail or a CouponTradeDetail.
	TradeDetailType string `json:"trade_detail_type"`
	TradeTime       string `json:"trade_time"`
	TradeID         string `json:"trade_id"`
	// ChangeAmount is how much. Whether what is spent is negative is not
	// documented: Direction says which it was.
	ChangeAmount       Decimal   `json:"change_amount"`
	BalanceAfterChange Decimal   `json:"balance_after_change"`
	Direction          Direction `json:"revenue_expense_type"`
	// BillCycle is the month of the bill.
	BillCycle            string `json:"bill_cycle"`
	AccountName          string `json:"account_name"`
	CloudServiceTypeName string `json:"cloud_service_type_name"`
	ResourceTypeName     string `json:"resource_type_name"`
}

// Size is the amount without its sign, and whether it can be added up by its
// direction: not if the direction is unknown, the amount absent, or an income
// negative. What goes out may be written with a sign or without.
func (r ChangeRecord) Size() (Decimal, bool) {
	sign := r.ChangeAmount.Sign()

	switch {
	case r.ChangeAmount.IsNull():
		return Decimal{}, false
	case r.Direction == DirectionExpense && sign < 0:
		return Decimal{}.Sub(r.ChangeAmount), true
	case r.Direction == DirectionExpense, r.Direction == DirectionIncome && sign >= 0:
		return r.ChangeAmount, true
	default:
		return Decimal{}, false
	}
}

// AccountChangeRecord is a change of the balance or the credit.
type AccountChangeRecord struct {
	ChangeRecord

	AccountChangeID string `json:"account_change_id"`
	// PaymentChannelID is a PaymentChannel.
	PaymentChannelID PaymentChannel `json:"payment_channel_id"`
	PaymentChannelNo string         `json:"payment_channel_no"`
	ConsumeTime      string         `json:"consume_time"`
}

// PaymentChannel is the way on which money came.
type PaymentChannel string

// ListAccountChangeRecordsRequest says which changes of an account to list.
type ListAccountChangeRecordsRequest struct {
	ChangeFilter

	// BalanceType is required: BalanceTypeDebit or BalanceTypeCredit.
	BalanceType      BalanceType
	PaymentChannelID PaymentChannel
	PaymentChannelNo string
}

func (r ListAccountChangeRecordsRequest) params() params {
	p := r.ChangeFilter.params(r.BalanceType)
	p.text("payment_channel_id", string(r.PaymentChannelID))
	p.text("payment_channel_no", r.PaymentChannelNo)

	return p
}

func (r ListAccountChangeRecordsRequest) other(row AccountChangeRecord) string {
	f := filters{r.ChangeFilter.other(row.ChangeRecord)}
	compareCodes(&f, "payment channel", PaymentChannels, row.PaymentChannelID, r.PaymentChannelID)
	f.text("number in the payment channel", r.PaymentChannelNo, row.PaymentChannelNo)

	return f.other
}

func (r ListAccountChangeRecordsRequest) check() error {
	if _, known := BalanceTypes[r.BalanceType]; !known {
		return fmt.Errorf("the account %q is neither %q nor %q", r.BalanceType, BalanceTypeDebit, BalanceTypeCredit)
	}

	return r.ChangeFilter.check()
}

type listChangeRecordsResponse[Record any] struct {
	TotalCount *int     `json:"total_count"`
	Currency   string   `json:"currency"`
	Records    []Record `json:"records"`
}

// Changes are the changes of an account or of coupons.
type Changes[Record any] struct {
	// Currency is that of the amounts; "" until a row was read, and if the API
	// names none.
	Currency string
	// Rows yields each change. An error is the last element; the rows before it
	// are then not all.
	Rows iter.Seq2[Record, error]
}

// ListAccountChangeRecords lists the changes of the balance or of the credit.
// Only the China site has this operation (ErrNotOnSite).
//
// Permission: bss:balance:view.
func (c *Client) ListAccountChangeRecords(ctx context.Context, req ListAccountChangeRecordsRequest) *Changes[AccountChangeRecord] {
	return listChanges(ctx, c, opListAccountChangeRecords, req.check(), req.params,
		func(r AccountChangeRecord) string { return r.AccountChangeID }, strictly(req.Strict, req.other))
}

// CouponChangeRecord is a change of a coupon.
type CouponChangeRecord struct {
	ChangeRecord

	CouponID string `json:"coupon_id"`
}

// ListCouponChangeRecordsRequest says which changes of coupons to list.
type ListCouponChangeRecordsRequest struct {
	ChangeFilter

	CouponID string
}

func (r ListCouponChangeRecordsRequest) params() params {
	p := r.ChangeFilter.params(balanceTypeCoupon)
	p.text("coupon_id", r.CouponID)

	return p
}

func (r ListCouponChangeRecordsRequest) other(row CouponChangeRecord) string {
	f := filters{r.ChangeFilter.other(row.ChangeRecord)}
	f.text("coupon", r.CouponID, row.CouponID)

	return f.other
}

// ListCouponChangeRecords lists the changes of cash coupons. Only the China site
// has this operation (ErrNotOnSite).
//
// No page names a permission.
func (c *Client) ListCouponChangeRecords(ctx context.Context, req ListCouponChangeRecordsRequest) *Changes[CouponChangeRecord] {
	// The rows have no id, and two can be alike in every field.
	return listChanges(ctx, c, opListCouponChangeRecords, req.check(), req.params, noKey[CouponChangeRecord], strictly(req.Strict, req.other))
}

func listChanges[Record any](
	ctx context.Context, c *Client, op *operation, problem error, ask func() params, key, other func(Record) string,
) *Changes[Record] {
	changes := &Changes[Record]{}
	if problem != nil {
		changes.Rows = failing[Record](op.refuse(problem))

		return changes
	}
	mixed := fmt.Errorf("%w: its pages are in different currencies", ErrIncomplete)
	fetch := func(ctx context.Context, offset int) (page[Record], string, error) {
		out, err := answered[listChangeRecordsResponse[Record]](ctx, c, call{op: op, query: ask().page(offset, changeRecordPageSize)})

		return page[Record]{rows: out.Records, total: out.TotalCount}, out.Currency, err
	}
	changes.Rows = func(yield func(Record, error) bool) {
		// The first page says the currency, which the others have to have too.
		rows := paged[Record]{operation: op.name, size: changeRecordPageSize, key: key, other: other}
		rows.fetch = func(ctx context.Context, offset int) (page[Record], error) {
			pg, currency, err := fetch(ctx, offset)
			switch {
			case err != nil:
				return pg, err
			case offset == 0:
				changes.Currency = currency
			case currency != changes.Currency && len(pg.rows) > 0:
				return pg, &Error{Operation: op.name, Err: mixed}
			}

			return pg, nil
		}
		rows.all(ctx)(yield)
	}

	return changes
}

// failing yields an error and nothing else.
func failing[Row any](err error) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var none Row
		yield(none, err)
	}
}
