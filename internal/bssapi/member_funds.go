// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// fundPageSize is the most rows that the lists of what can be transferred and
// retrieved give in a page.
const fundPageSize = 100

// errNoMember is the refusal to ask what an unnamed member holds.
var errNoMember = errors.New("no member account is given")

// Fund is money on an account: cash, or credit with one day of expiry.
type Fund struct {
	MeasureID int    `json:"measure_id"`
	Currency  string `json:"currency"`
	// Amount is all that is there, whether it can be moved or not.
	Amount Decimal `json:"amount"`
	// CreditAmount is the credit limit, for credit only.
	CreditAmount Decimal `json:"credit_amount"`
	// ExpireTime is when credit ends; "" if it does not.
	ExpireTime string `json:"expire_time"`
}

// TransferableFund is money that the master account can transfer to its members.
type TransferableFund struct {
	Fund

	Available Decimal `json:"avail_transfer_amount"`
}

// RetrievableFund is money that the master account can retrieve from a member.
type RetrievableFund struct {
	Fund

	Available Decimal `json:"avail_retrieve_amount"`
}

type listFundsResponse[Row any] struct {
	TotalCount  *int  `json:"total_count"`
	AmountInfos []Row `json:"amount_infos"`
}

// ListTransferableFunds yields what the master account can transfer to its
// members: one row of cash, or a row for each day on which credit expires. Only the
// China site has this operation (ErrNotOnSite).
//
// Permission: businessUnitCenter:businessUnitFinance:view in an identity policy.
func (c *Client) ListTransferableFunds(ctx context.Context, balance BalanceType) iter.Seq2[TransferableFund, error] {
	return listFunds[TransferableFund](ctx, c, opListTransferableFunds, "", balance)
}

// ListRetrievableFunds yields what the master account can retrieve from a member,
// in the rows of [Client.ListTransferableFunds]. Only the China site has this
// operation (ErrNotOnSite).
//
// Permission: businessUnitCenter:businessUnitFinance:view in an identity policy.
func (c *Client) ListRetrievableFunds(ctx context.Context, member string, balance BalanceType) iter.Seq2[RetrievableFund, error] {
	if member == "" {
		return failing[RetrievableFund](opListRetrievableFunds.refuse(errNoMember))
	}

	return listFunds[RetrievableFund](ctx, c, opListRetrievableFunds, member, balance)
}

func fundsQuery(member string, balance BalanceType) params {
	p := params{}
	p.text("sub_customer_id", member)
	p.text("balance_type", string(balance))

	return p
}

// listFunds yields rows of cash or credit. Cash is a single row, and the API pages
// only through credit.
func listFunds[Row any](ctx context.Context, c *Client, op *operation, member string, balance BalanceType) iter.Seq2[Row, error] {
	list := paged[Row]{
		operation: op.name,
		size:      fundPageSize,
		key:       func(Row) string { return "" },
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: op, query: fundsQuery(member, balance).page(offset, fundPageSize)}
			},
			func(out *listFundsResponse[Row]) page[Row] {
				return page[Row]{rows: out.AmountInfos, total: out.TotalCount}
			}),
	}
	switch balance {
	case BalanceTypeCredit:
		return list.all(ctx)
	case BalanceTypeDebit:
		return func(yield func(Row, error) bool) {
			var none Row
			out, err := answered[listFundsResponse[Row]](ctx, c, call{op: op, query: fundsQuery(member, balance)})
			if err == nil && out.TotalCount != nil && *out.TotalCount != len(out.AmountInfos) {
				err = list.incomplete(fmt.Sprintf("%d rows came of %d", len(out.AmountInfos), *out.TotalCount))
			}
			if err != nil {
				yield(none, err)

				return
			}
			for _, row := range out.AmountInfos {
				if !yield(row, nil) {
					return
				}
			}
		}
	default:
		return failing[Row](op.refuse(fmt.Errorf("%q is neither cash nor credit", balance)))
	}
}

// MovableCoupon is a cash coupon that can be moved between a master account and
// its members. Its balance is in the currency of the site.
type MovableCoupon struct {
	CouponID      string     `json:"coupon_id"`
	PlanName      string     `json:"plan_name"`
	Balance       Decimal    `json:"balance"`
	EffectiveTime string     `json:"effective_time"`
	ExpireTime    string     `json:"expire_time"`
	UseLimits     []UseLimit `json:"use_limits"`
}

// RetrievableCoupon is what a member holds of a coupon of the master account.
type RetrievableCoupon struct {
	MovableCoupon

	// SubCouponID is its id at the member.
	SubCouponID string `json:"sub_coupon_id"`
}

type listTransferableCouponsResponse struct {
	TotalCount *int            `json:"total_count"`
	Coupons    []MovableCoupon `json:"avail_transfer_coupons"`
}

type listRetrievableCouponsResponse struct {
	TotalCount *int                `json:"total_count"`
	Coupons    []RetrievableCoupon `json:"avail_retrieve_coupons"`
}

// ListTransferableCoupons yields the coupons that the master account can transfer
// to its members. Only the China site has this operation (ErrNotOnSite).
//
// Permission: businessUnitCenter:businessUnitFinance:view in an identity policy.
func (c *Client) ListTransferableCoupons(ctx context.Context) iter.Seq2[MovableCoupon, error] {
	return paged[MovableCoupon]{
		operation: opListTransferableCoupons.name,
		size:      fundPageSize,
		key:       func(coupon MovableCoupon) string { return coupon.CouponID },
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListTransferableCoupons, query: params{}.page(offset, fundPageSize)}
			},
			func(out *listTransferableCouponsResponse) page[MovableCoupon] {
				return page[MovableCoupon]{rows: out.Coupons, total: out.TotalCount}
			}),
	}.all(ctx)
}

// ListRetrievableCoupons yields the coupons that the master account can retrieve
// from a member. Only the China site has this operation (ErrNotOnSite).
//
// Permission: businessUnitCenter:businessUnitFinance:view in an identity policy.
func (c *Client) ListRetrievableCoupons(ctx context.Context, member string) iter.Seq2[RetrievableCoupon, error] {
	if member == "" {
		return failing[RetrievableCoupon](opListRetrievableCoupons.refuse(errNoMember))
	}

	return paged[RetrievableCoupon]{
		operation: opListRetrievableCoupons.name,
		size:      fundPageSize,
		// A coupon can be at a member several times, each time with an id of its own.
		key: func(coupon RetrievableCoupon) string { return coupon.SubCouponID },
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListRetrievableCoupons, query: params{"sub_customer_id": {member}}.page(offset, fundPageSize)}
			},
			func(out *listRetrievableCouponsResponse) page[RetrievableCoupon] {
				return page[RetrievableCoupon]{rows: out.Coupons, total: out.TotalCount}
			}),
	}.all(ctx)
}
