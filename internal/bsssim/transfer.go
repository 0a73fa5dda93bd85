// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Transfer is money, or a part of a coupon, that went from the customer to a member,
// or came back. Account is that of the changes of both. By is api or console.
type Transfer struct {
	TransID     string `json:"trans_id"`
	MemberID    string `json:"member_id"`
	Retrieved   bool   `json:"retrieved,omitempty"`
	Account     string `json:"account"`
	CouponID    string `json:"coupon_id,omitempty"`
	SubCouponID string `json:"sub_coupon_id,omitempty"`
	Amount      Amount `json:"amount"`
	// ExpireTime is that of the credit; zero if it does not end.
	ExpireTime time.Time `json:"expire_time,omitzero"`
	At         time.Time `json:"at"`
	By         string    `json:"by"`
}

// UsedTransID is an id that the server remembers.
type UsedTransID struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
}

// forever is how long ids are kept if they are not forgotten.
const forever = "forever"

// checkKept takes forever, or a duration.
func checkKept(value string) error {
	if value == forever {
		return nil
	}
	_, err := time.ParseDuration(value)

	return err
}

// transferAmount gives money of the customer to a member.
func transferAmount(w *world, c *call) (answer, error) {
	return w.once(c, http.StatusNoContent, func(m *Member) (any, error) {
		return nil, w.moveAmount(c, m, &w.Balances, &m.Balances, false)
	})
}

// retrieveAmount takes money back from a member.
func retrieveAmount(w *world, c *call) (answer, error) {
	status := http.StatusNoContent
	if w.setting("retrieve_amount_status") == "200" {
		status = http.StatusOK
	}

	return w.once(c, status, func(m *Member) (any, error) {
		return nil, w.moveAmount(c, m, &m.Balances, &w.Balances, true)
	})
}

// transferCoupon gives a part of a coupon of the customer to a member.
func transferCoupon(w *world, c *call) (answer, error) {
	return w.once(c, http.StatusOK, func(m *Member) (any, error) {
		amount, err := amountAsked(c)
		if err != nil {
			return nil, err
		}
		part, err := w.giveCoupon(c.text("trans_id"), m, c.text("coupon_id"), amount, "api")
		if err != nil {
			return nil, err
		}

		return map[string]any{"sub_coupon_id": part.SubCouponID}, nil
	})
}

// retrieveCoupon takes back what is left of a part of a coupon.
func retrieveCoupon(w *world, c *call) (answer, error) {
	return w.once(c, http.StatusOK, func(m *Member) (any, error) {
		amount, err := w.takeCoupon(c.text("trans_id"), m, c.text("coupon_id"), c.text("sub_coupon_id"))
		if err != nil {
			return nil, err
		}
		// The missing letter is the API's.
		return map[string]any{"real_retrieve_amout": amount}, nil
	})
}

// once makes a transfer unless its id was used, or another transfer is running. An id
// that is refused stays free, or is used up, as a setting says.
func (w *world) once(c *call, status int, move func(*Member) (any, error)) (answer, error) {
	if err := w.master(); err != nil {
		return answer{}, err
	}
	id, now := c.text("trans_id"), w.clock.now()
	if w.usedTransID(id) {
		return answer{}, rejected("CBC.99007009")
	}
	body, err := any(nil), error(rejected("CBC.99007461"))
	if !now.Before(w.TransferHeldUntil) {
		body, err = w.moveWith(c, move)
	}
	// Without an id of the caller, the server makes one up, which nobody sends again.
	if id != "" && (err == nil || w.setting("trans_id_burnt_by_refusal") == "on") {
		w.UsedTransIDs = append(w.UsedTransIDs, UsedTransID{ID: id, At: now})
		w.dirty = true
	}
	if err != nil {
		return answer{}, err
	}
	w.acted, w.dirty = true, true

	return answer{status: status, body: body}, nil
}

func (w *world) moveWith(c *call, move func(*Member) (any, error)) (any, error) {
	m := w.membersByID[c.text("customer_id")]
	switch {
	case m == nil:
		return nil, badParameter("customer_id", "no such member")
	case m.Status != memberNormal:
		return nil, rejected("CBC.99007004")
	default:
		return move(m)
	}
}

// usedTransID says whether the server remembers the id.
func (w *world) usedTransID(id string) bool {
	kept, err := time.ParseDuration(w.setting("trans_id_kept_for"))

	return id != "" && slices.ContainsFunc(w.UsedTransIDs, func(used UsedTransID) bool {
		return used.ID == id && (err != nil || used.At.Add(kept).After(w.clock.now()))
	})
}

// amountAsked is the amount of a call: more than nothing, and of two decimals.
func amountAsked(c *call) (Amount, error) {
	amount, err := parseAmount(c.text("amount"))
	if err != nil || !amount.positive() || amountOf(toCents(amount.rat())).cmp(amount) != 0 {
		return "", badParameter("amount", "not an amount above 0 of at most two decimals")
	}

	return amount, nil
}

// moveAmount moves money between accounts of one kind. Of credit, it moves that which
// the call names by its expiry.
func (w *world) moveAmount(c *call, m *Member, from, to *[]*Balance, retrieved bool) error {
	amount, err := amountAsked(c)
	if err != nil {
		return err
	}
	moved := Transfer{
		TransID: c.text("trans_id"), MemberID: m.ID, Retrieved: retrieved, Account: cmp.Or(c.text("balance_type"), changesOfBalance),
		Amount: amount, ExpireTime: c.instant("expire_time"), By: "api",
	}
	if moved.Account == changesOfBalance && c.has("expire_time") {
		return badParameter("expire_time", "cash does not expire")
	}

	return w.moveMoney(moved, from, to)
}

func (w *world) moveMoney(moved Transfer, from, to *[]*Balance) error {
	source := found(*from, moved.of)
	switch {
	case !moved.ExpireTime.IsZero() && !moved.ExpireTime.After(w.clock.now()):
		return rejected("CBC.99007181")
	case source == nil && moved.Account == changesOfCredit:
		return badParameter("expire_time", "no credit that ends then")
	case source == nil || source.Amount.cmp(moved.Amount) < 0:
		return rejected("CBC.99005003")
	}
	target := found(*to, moved.of)
	if target == nil {
		target = &Balance{
			AccountID: fmt.Sprintf("BT%010d", w.next("transferred")), Type: moved.kind(), Amount: "0.00", ExpireTime: moved.ExpireTime,
		}
		*to = append(*to, target)
	}
	source.Amount, target.Amount = source.Amount.minus(moved.Amount), target.Amount.plus(moved.Amount)
	if moved.kind() == accountCredit {
		source.CreditLimit, target.CreditLimit = source.CreditLimit.minus(moved.Amount), target.CreditLimit.plus(moved.Amount)
	}
	change := Change{
		Account: moved.Account, Trade: tradeAdjust, Detail: tradeDetails + tradeAdjust, After: w.held(moved.kind()), Amount: moved.Amount,
	}
	if !moved.Retrieved {
		change.Amount = Amount("0").minus(moved.Amount)
	}
	w.transferred(moved, change)

	return nil
}

// of says whether the transfer is from or to an account.
func (t *Transfer) of(b *Balance) bool { return b.Type == t.kind() && b.ExpireTime.Equal(t.ExpireTime) }

func (t *Transfer) kind() int {
	if t.Account == changesOfCredit {
		return accountCredit
	}

	return accountBalance
}

// transferred enters a transfer, and its change of what the customer holds.
func (w *world) transferred(moved Transfer, change Change) {
	moved.At = w.clock.now()
	w.Transfers = append(w.Transfers, moved)
	change.TransferID = cmp.Or(moved.TransID, fmt.Sprintf("%032d", w.next("transfer_id")))
	w.book(change)
	w.dirty = true
}

// giveCoupon makes a part of a coupon the member's.
func (w *world) giveCoupon(transID string, m *Member, id string, amount Amount, by string) (*Coupon, error) {
	c := w.coupons[id]
	switch {
	case c == nil || !c.movable(w.clock.now()):
		return nil, badParameter("coupon_id", "no coupon that can be transferred")
	case c.remaining().cmp(amount) < 0, c.Version != 2 && c.remaining().cmp(amount) != 0:
		return nil, badParameter("amount", "not what the coupon can give")
	}
	part := *c
	part.SubCouponID, part.Version = fmt.Sprintf("%s-T%d", id, w.next("sub_coupon")), 2
	part.FaceValue, part.Balance, part.CreateTime = amount, amount, w.clock.now()
	m.Coupons = append(m.Coupons, &part)
	left := c.remaining().minus(amount)
	if c.Version == 2 {
		c.Balance = left
	}
	if !left.positive() {
		c.Status = couponUsed
	}
	w.transferred(
		Transfer{
			TransID:     transID,
			MemberID:    m.ID,
			Account:     changesOfCoupons,
			CouponID:    id,
			SubCouponID: part.SubCouponID,
			Amount:      amount,
			By:          by,
		},
		Change{
			Account: changesOfCoupons, Coupon: id, Trade: "COUPONADJUST", Detail: "SOURCE_OPERATION_TRANSFER",
			Amount: Amount("0").minus(amount), After: left,
		},
	)

	return &part, nil
}

// takeCoupon puts what is left of a part back on the coupon that it came from.
func (w *world) takeCoupon(transID string, m *Member, id, sub string) (Amount, error) {
	now := w.clock.now()
	part, whole := found(m.Coupons, func(c *Coupon) bool { return c.SubCouponID == sub && c.CouponID == id }), w.coupons[id]
	switch {
	case part == nil || sub == "" || !part.movable(now):
		return "", badParameter("sub_coupon_id", "no coupon that can be retrieved")
	case whole == nil:
		return "", badParameter("coupon_id", "no such coupon")
	}
	amount := part.remaining()
	after := amount
	if whole.Version == 2 {
		after = whole.Balance.plus(amount)
		whole.Balance = after
	} else {
		// What was whole is again, or what is left of it.
		whole.FaceValue = amount
	}
	whole.Status = couponAvailable
	part.Balance, part.Status, part.LastUsedTime = "0.00", couponUsed, now
	w.transferred(
		Transfer{
			TransID: transID, MemberID: m.ID, Retrieved: true, Account: changesOfCoupons, CouponID: id, SubCouponID: sub, Amount: amount, By: "api",
		},
		Change{
			Account: changesOfCoupons, Coupon: id, Trade: "COUPONCANCEL", Detail: "SOURCE_OPERATION_RETRIEVE", Amount: amount, After: after,
		})

	return amount, nil
}
