// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"slices"
	"time"
)

// What reads show of transfers, which may lag behind.

// unseen are the transfers with a member, or with any if none is named, that reads do
// not show yet, the newest first. Only a lag by a duration counts.
func (w *world) unseen(member string) []Transfer {
	lag := w.orderLag.length.Duration
	var list []Transfer
	for _, moved := range slices.Backward(w.Transfers) {
		if lag > 0 && moved.At.Add(lag).After(w.clock.now()) && (member == "" || member == moved.MemberID) {
			list = append(list, moved)
		}
	}

	return list
}

// shownBalances are the accounts of the customer, or of a member, as reads show them.
func (w *world) shownBalances(balances []*Balance, member string) []*Balance {
	list := w.unseen(member)
	if len(list) == 0 {
		return balances
	}
	shown := make([]*Balance, 0, len(balances))
	for _, b := range balances {
		before := *b
		shown = append(shown, &before)
	}
	for _, moved := range list {
		b := found(shown, moved.of)
		if b == nil || moved.Account == changesOfCoupons {
			continue
		}
		// What went out of the customer's came to the member's.
		back := moved.Amount
		if moved.Retrieved == (member == "") {
			back = Amount("0").minus(back)
		}
		b.Amount = b.Amount.plus(back)
		if b.Type == accountCredit {
			b.CreditLimit = b.CreditLimit.plus(back)
		}
	}

	return shown
}

// shownCoupons are coupons of the customer, or of a member, as reads show them.
func (w *world) shownCoupons(coupons []*Coupon, member string) []*Coupon {
	list := w.unseen(member)
	if len(list) == 0 {
		return coupons
	}
	var shown []*Coupon
	for _, c := range coupons {
		before, there := *c, true
		for _, moved := range list {
			switch {
			case moved.CouponID != c.CouponID || member != "" && moved.SubCouponID != c.SubCouponID:
			case member != "" && !moved.Retrieved:
				there = false
			default:
				before.takeBack(moved, member == "")
			}
		}
		if there {
			shown = append(shown, &before)
		}
	}

	return shown
}

// takeBack makes a coupon what it was before a transfer.
func (c *Coupon) takeBack(moved Transfer, own bool) {
	back := moved.Amount
	if moved.Retrieved && own {
		back = Amount("0").minus(back)
	}
	if c.Version == 2 {
		c.Balance = c.Balance.plus(back)
	}
	c.Status = couponUsed
	if c.Version != 2 && (!moved.Retrieved || !own) || c.Version == 2 && c.Balance.positive() {
		c.Status = couponAvailable
	}
}

// hides says whether records of changes do not show the change: no source says whether
// they show transfers.
func (w *world) hides(change *Change) bool {
	if change.TransferID == "" {
		return false
	}
	lag := w.orderLag.length.Duration

	return w.setting("transfer_records") == "none" || change.At.Add(lag).After(w.clock.now())
}

// tradeID is the order or the transfer that a record of a change names.
func (w *world) tradeID(change *Change) string {
	if change.TransferID == "" {
		return change.OrderID
	}
	if w.setting("transfer_records") == "trans_id" {
		return change.TransferID
	}

	return "T" + change.ID
}

// consoleTransfer is a transfer of cash, or of a part of a coupon, at the console.
func consoleTransfer(w *world, m *Member, request struct {
	namedMember

	Amount    Amount `json:"amount"`
	Retrieved bool   `json:"retrieved"`
	CouponID  string `json:"coupon_id"`
},
) (map[string]any, error) {
	if request.CouponID != "" {
		part, err := w.giveCoupon("", m, request.CouponID, request.Amount, "console")
		if err != nil {
			return nil, err
		}

		return map[string]any{"sub_coupon_id": part.SubCouponID}, nil
	}
	moved := Transfer{MemberID: m.ID, Retrieved: request.Retrieved, Account: changesOfBalance, Amount: request.Amount, By: "console"}
	from, to := &w.Balances, &m.Balances
	if request.Retrieved {
		from, to = to, from
	}

	return map[string]any{}, w.moveMoney(moved, from, to)
}

// holdTransfer lets another transfer run for a while: until then, none is taken.
func holdTransfer(w *world, data []byte) (map[string]any, error) {
	var request struct {
		For string `json:"for"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	length, err := time.ParseDuration(request.For)
	if err != nil {
		return nil, err
	}
	w.TransferHeldUntil, w.dirty = w.clock.now().Add(length), true

	return map[string]any{}, nil
}
