// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"sync/atomic"
	"time"
)

// billPageSize is the most rows that the bill calls give in a page.
const billPageSize = 1000

// Bill is a bill of one month that is read row by row.
type Bill[Row any] struct {
	// TotalCount is the number of rows, as the first page says it.
	TotalCount int
	// Currency is CNY, USD or EUR; "" is the currency of the site.
	Currency string
	// Rows yields the rows in the order of the API. It fetches pages ahead,
	// with the context of the call that returned the bill, and keeps none. An
	// error is the last element; the rows before it are then not the bill. It
	// is of the kind ErrIncomplete if they do not add up to TotalCount, or if
	// the bill changed while it was read. Ranging over Rows again reads the
	// bill again.
	Rows iter.Seq2[Row, error]
}

// BillType is what a bill row is for.
type BillType int

// The types of a bill row. Those with "tax" and BillTypeCommitmentShortfall
// exist on the international site only, BillTypeRoundingCatchUp and
// BillTypeYearlyPayment on the China site only.
const (
	BillTypePurchase             BillType = 1
	BillTypeRenewal              BillType = 2
	BillTypeChange               BillType = 3
	BillTypeUnsubscription       BillType = 4
	BillTypeUse                  BillType = 5
	BillTypeAutoRenewal          BillType = 8
	BillTypeCompensation         BillType = 9
	BillTypeHourly               BillType = 12
	BillTypeSupportPlan          BillType = 14
	BillTypeTax                  BillType = 15
	BillTypeDeduction            BillType = 16
	BillTypeCommitmentShortfall  BillType = 17
	BillTypeMonthlyPayment       BillType = 18
	BillTypeChangeRefund         BillType = 20
	BillTypeSavingsPlanDeduction BillType = 23
	BillTypeToOnDemandRefund     BillType = 24
	BillTypeRoundingCatchUp      BillType = 25
	BillTypeUnsubscriptionTax    BillType = 100
	BillTypeCompensationTax      BillType = 101
	BillTypeDeductionTax         BillType = 102
	BillTypeYearlyPayment        BillType = 103
)

// ChargeMode is how a resource is paid for.
type ChargeMode int

// The charge modes.
const (
	ChargeModePeriod           ChargeMode = 1
	ChargeModeOnDemand         ChargeMode = 3
	ChargeModeReservedInstance ChargeMode = 10
	ChargeModeSavingsPlan      ChargeMode = 11
)

// StatisticType is what one row of a bill sums up.
type StatisticType int

// The statistic types. The API's default differs from call to call, so a
// request has to name one.
const (
	StatisticTypeCycle  StatisticType = 1
	StatisticTypeDay    StatisticType = 2
	StatisticTypeDetail StatisticType = 3
)

// BillMonthsKept is how many months back bills are kept.
const BillMonthsKept = 36

// Methods, which say whose bill is read. The default is BillMethodAll.
const (
	// BillMethodAll is the account and, if it is a master, its members.
	BillMethodAll = "all"
	// BillMethodOneself is the account alone.
	BillMethodOneself = "oneself"
	// BillMethodSubCustomer is one member account, named beside it.
	BillMethodSubCustomer = "sub_customer"
)

// readBill reads the first page of a bill. It returns the bill, and the header
// that the answer has beside the rows. Every page has to repeat that header.
//
// The key function tells rows apart, and is "" for rows that nothing tells
// apart: two lines of a bill can be alike in every field, and both count. The other
// function is that of [paged].
func readBill[Header comparable, Row, Answer any](
	ctx context.Context,
	c *Client,
	key func(Row) string,
	other func(Row) string,
	ask func(offset int) call,
	take func(*Answer) (page[Row], Header),
) (*Bill[Row], Header, error) {
	op := ask(0).op
	fetch := func(ctx context.Context, offset int) (page[Row], Header, error) {
		var header Header
		if err := op.reachable(offset); err != nil {
			return page[Row]{}, header, err
		}
		rows, err := fetcher(c, ask, func(out *Answer) (rows page[Row]) {
			rows, header = take(out)

			return rows
		})(ctx, offset)

		return rows, header, err
	}
	rows := paged[Row]{operation: op.name, size: billPageSize, key: key, other: other, fixed: true}
	first, header, err := fetch(ctx, 0)
	if err != nil {
		return nil, header, err
	}
	if first.total == nil || *first.total < 0 {
		return nil, header, rows.incomplete("the answer names no total")
	}
	if err := op.readable(*first.total, len(first.rows)); err != nil {
		return nil, header, err
	}
	// The first page serves the first loop and is then let go.
	var unread atomic.Pointer[page[Row]]
	unread.Store(&first)
	rows.fetch = func(ctx context.Context, offset int) (page[Row], error) {
		if offset == 0 {
			if pg := unread.Swap(nil); pg != nil {
				return *pg, nil
			}
		}
		next, again, err := fetch(ctx, offset)
		if err != nil {
			return next, err
		}
		// Without keys, a row that moved to another page in the meantime could be
		// read twice, or not at all, and the sum would be wrong.
		if len(next.rows) > 0 && again != header {
			return next, rows.incomplete("the bill changed while it was read")
		}

		return next, nil
	}

	return &Bill[Row]{TotalCount: *first.total, Rows: rows.all(ctx)}, header, nil
}

// readRows is readBill where the answer says the currency, and nothing else.
func readRows[Row, Answer any](
	ctx context.Context,
	c *Client,
	key func(Row) string,
	other func(Row) string,
	ask func(offset int) call,
	take func(*Answer) (page[Row], string),
) (*Bill[Row], error) {
	bill, currency, err := readBill(ctx, c, key, other, ask, take)
	if err != nil {
		return nil, err
	}
	bill.Currency = currency

	return bill, nil
}

// noKey is the key of rows that nothing tells apart.
func noKey[Row any](Row) string { return "" }

// checkBill refuses what the API would take for another bill.
func checkBill(cycle, method, subCustomerID string) error {
	if _, err := time.Parse(MonthLayout, cycle); err != nil {
		return fmt.Errorf("the billing cycle %q is not of the form YYYY-MM", cycle)
	}
	switch {
	case method == BillMethodSubCustomer && subCustomerID == "":
		return errors.New("no member account is given")
	case method != BillMethodSubCustomer && subCustomerID != "":
		return fmt.Errorf("a member account is given, which only the method %q uses", BillMethodSubCustomer)
	}

	return nil
}

// checkDays refuses days that the API would ignore.
func checkDays(cycle, begin, end string) error {
	if begin == "" && end == "" {
		return nil
	}
	for _, day := range []string{begin, end} {
		date, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return fmt.Errorf("the day %q is not of the form YYYY-MM-DD; the first and the last day go together", day)
		}
		if date.Format(MonthLayout) != cycle {
			return fmt.Errorf("the day %s is not in the billing cycle %s", day, cycle)
		}
	}
	if begin > end {
		return fmt.Errorf("the first day %s is after the last day %s", begin, end)
	}

	return nil
}

// flag sets a parameter that may be true, false or absent.
func (p params) flag(name string, value *bool) {
	if value != nil {
		p.text(name, strconv.FormatBool(*value))
	}
}
