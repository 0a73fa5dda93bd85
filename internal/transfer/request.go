// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package transfer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Direction says which way money goes.
type Direction string

// The directions, in the words of users.
const (
	// ToMember gives what the master account holds to a member.
	ToMember Direction = "transfer"
	// FromMember takes back what a member holds.
	FromMember Direction = "retrieve"
)

// Directions are the words for the directions.
func Directions() []string { return []string{string(ToMember), string(FromMember)} }

// Request is a transfer as a user states it.
type Request struct {
	// AccountID is the master account, which the credentials belong to.
	AccountID string
	MemberID  string
	Direction Direction
	// Balance is the account that money is moved between, "" for a coupon.
	Balance bssapi.BalanceType
	// CouponID is the coupon of the master account, and SubCouponID, for what is taken
	// back, what the member has of it.
	CouponID, SubCouponID string
	// Amount is how much; null for a coupon that is taken back, of which all goes.
	Amount bssapi.Decimal
	// ExpireTime says which credit, by the day on which it ends: [NoExpiry], or "" for
	// the only one that there is.
	ExpireTime string
	// Key is the user's own, and tells transfers of the same kind apart.
	Key string
	// Made says that the plan stated that a record shows the transfer, so that nothing is
	// moved. Move refuses one that shows no more, and Quote does not look at it.
	Made bool
}

// NoExpiry is the word for credit that does not end.
const NoExpiry = "never"

// TransID is the id of the request: the same for the same account, member, direction,
// kind and key, whatever the amount. The kind of a coupon is the coupon itself, since
// that is what is moved.
func (r Request) TransID() string {
	kind := string(r.Balance)
	if r.CouponID != "" {
		kind = fmt.Sprintf("coupon %q %q", r.CouponID, r.SubCouponID)
	}

	// Quoted, no part can pass for two.
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %q", r.AccountID, r.MemberID, r.Direction, kind, r.Key))

	return hex.EncodeToString(sum[:])[:bssapi.MaxTransIDLength]
}

// spends says whether money of the master account goes out.
func (r Request) spends() bool { return r.Direction == ToMember }

// what names what is moved and where, for sentences.
func (r Request) what() string {
	var what string

	switch {
	case r.CouponID != "" && r.Amount.IsNull():
		what = "what is left of coupon " + r.SubCouponID
	case r.CouponID != "":
		what = fmt.Sprintf("%s of coupon %s", r.Amount, r.CouponID)
	default:
		what = fmt.Sprintf("%s of the %s", r.Amount, bssapi.BalanceTypes.Word(r.Balance))
	}

	if r.spends() {
		return what + " to member " + r.MemberID
	}

	return what + " from member " + r.MemberID
}

// subject is what a doubt is about.
func (r Request) subject() act.Subject { return act.Transfer(r.TransID()) }
