// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
)

// CheckTransfers returns ErrNotOnSite where the site has no transfers. It makes no call
// if the site is known.
func (c *Client) CheckTransfers(ctx context.Context) error {
	_, _, err := c.resolve(ctx, opTransferAmount)

	return err
}

// MaxTransIDLength is how long an id of a transfer can be.
const MaxTransIDLength = 32

// MaxTransferDecimals is how many decimals an amount that is moved can have.
const MaxTransferDecimals = 2

// MoveAmountRequest says what to move between the master account and a member.
type MoveAmountRequest struct {
	MemberID string
	// Amount is [Movable].
	Amount Decimal
	// TransID makes the server take the request once. This client always sends one: the
	// API takes a request without, and makes one up, which protects nothing.
	TransID string
	// BalanceType is BalanceTypeDebit or BalanceTypeCredit.
	BalanceType BalanceType
	// ExpireTime is that of the credit to move, as a Fund says it; "" if it has none.
	ExpireTime string
}

type moveAmountBody struct {
	MemberID    string      `json:"customer_id"`
	Amount      string      `json:"amount"`
	TransID     string      `json:"trans_id"`
	BalanceType BalanceType `json:"balance_type"`
	// ExpireTime must be absent for what does not end.
	ExpireTime string `json:"expire_time,omitempty"`
}

func (r MoveAmountRequest) check() error {
	_, known := BalanceTypes[r.BalanceType]
	switch {
	case !known:
		return fmt.Errorf("%q is neither cash nor credit", r.BalanceType)
	case r.BalanceType == BalanceTypeDebit && r.ExpireTime != "":
		return errors.New("cash does not expire")
	}

	return errors.Join(checkTransfer(r.MemberID, r.TransID), checkMoved(r.Amount))
}

func checkTransfer(member, transID string) error {
	switch {
	case member == "":
		return errNoMember
	case transID == "" || len(transID) > MaxTransIDLength:
		return fmt.Errorf("the id of the transfer %q has to have 1 to %d characters", transID, MaxTransIDLength)
	}

	return nil
}

func checkMoved(amount Decimal) error {
	if !Movable(amount) {
		return fmt.Errorf("%s is not above 0 with at most %d decimals", amount, MaxTransferDecimals)
	}

	return nil
}

// Movable says whether an amount can be moved between accounts: it is above 0, and has
// no more than MaxTransferDecimals decimals that are not 0.
func Movable(amount Decimal) bool {
	n, scale := amount.unscaled()
	if n.Sign() <= 0 {
		return false
	}
	if scale <= MaxTransferDecimals {
		return true
	}
	_, rest := n.QuoRem(n, powerOfTen(scale-MaxTransferDecimals), powerOfTen(0))

	return rest.Sign() == 0
}

// movedText writes an amount that is [Movable] with all its decimals.
func movedText(amount Decimal) string {
	n, scale := amount.unscaled()
	if scale > MaxTransferDecimals {
		n.Quo(n, powerOfTen(scale-MaxTransferDecimals))
	} else {
		n.Mul(n, powerOfTen(MaxTransferDecimals-scale))
	}

	return fromUnscaled(n, MaxTransferDecimals).String()
}

// TransferAmount gives money of the master account to a member. It makes one attempt,
// whatever comes of it. CodeTransIDUsed says that an earlier request with the id was
// accepted, and CodeTransferRunning that this one was not taken. Only the China site
// has this operation (ErrNotOnSite).
//
// Permission: bss:enterpriseFinance:update.
func (c *Client) TransferAmount(ctx context.Context, req MoveAmountRequest) error {
	return c.moveAmount(ctx, opTransferAmount, req)
}

// RetrieveAmount takes money back from a member, as [Client.TransferAmount] gives it.
// Whether its success is HTTP 204, or 200 without a body, is not documented: the latter
// is ErrUnreadable, as from anything in between, and a look tells.
//
// Permission: bss:enterpriseFinance:update.
func (c *Client) RetrieveAmount(ctx context.Context, req MoveAmountRequest) error {
	return c.moveAmount(ctx, opRetrieveAmount, req)
}

func (c *Client) moveAmount(ctx context.Context, op *operation, req MoveAmountRequest) error {
	if err := req.check(); err != nil {
		return op.refuse(err)
	}

	return c.do(ctx, call{op: op, body: moveAmountBody{
		MemberID: req.MemberID, Amount: movedText(req.Amount), TransID: req.TransID, BalanceType: req.BalanceType, ExpireTime: req.ExpireTime,
	}})
}

// TransferCouponRequest says which part of a coupon of the master account to give to a
// member.
type TransferCouponRequest struct {
	MemberID string
	CouponID string
	// Amount and TransID are as in MoveAmountRequest.
	Amount  Decimal
	TransID string
}

type transferCouponBody struct {
	MemberID string `json:"customer_id"`
	CouponID string `json:"coupon_id"`
	Amount   string `json:"amount"`
	TransID  string `json:"trans_id"`
}

type transferCouponResponse struct {
	SubCouponID string `json:"sub_coupon_id"`
}

// TransferCoupon gives a part of a coupon to a member, and returns the id that it has
// there, "" if the API names none. Like [Client.TransferAmount] it makes one attempt.
// Whether the codes are the same is not documented. Only the China site has this
// operation (ErrNotOnSite).
//
// Permission: businessUnitCenter:businessUnitFinance:update in an identity policy.
func (c *Client) TransferCoupon(ctx context.Context, req TransferCouponRequest) (subCouponID string, err error) {
	problem := errors.Join(checkTransfer(req.MemberID, req.TransID), checkID("coupon_id", req.CouponID), checkMoved(req.Amount))
	if problem != nil {
		return "", opTransferCoupon.refuse(problem)
	}
	out, err := answered[transferCouponResponse](ctx, c, call{op: opTransferCoupon, body: transferCouponBody{
		MemberID: req.MemberID, CouponID: req.CouponID, Amount: movedText(req.Amount), TransID: req.TransID,
	}})

	return out.SubCouponID, err
}

// RetrieveCouponRequest says which part of a coupon to take back from a member.
type RetrieveCouponRequest struct {
	MemberID    string `json:"customer_id"`
	CouponID    string `json:"coupon_id"`
	SubCouponID string `json:"sub_coupon_id"`
	TransID     string `json:"trans_id"`
}

type retrieveCouponResponse struct {
	// The missing letter is the API's.
	RealRetrieveAmount Decimal `json:"real_retrieve_amout"`
}

// RetrieveCoupon takes back what is left of a part of a coupon, and returns how much
// that is, null if the API does not say it. Like [Client.TransferCoupon] otherwise.
//
// Permission: businessUnitCenter:businessUnitFinance:update in an identity policy.
func (c *Client) RetrieveCoupon(ctx context.Context, req RetrieveCouponRequest) (Decimal, error) {
	problem := errors.Join(
		checkTransfer(req.MemberID, req.TransID), checkID("coupon_id", req.CouponID), checkID("sub_coupon_id", req.SubCouponID))
	if problem != nil {
		return Decimal{}, opRetrieveCoupon.refuse(problem)
	}
	out, err := answered[retrieveCouponResponse](ctx, c, call{op: opRetrieveCoupon, body: req})

	return out.RealRetrieveAmount, err
}
