// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// consoleAct does what the values say, and answers values.
type consoleAct func(w *world, values []byte) (map[string]any, error)

// consoleActs are the acts of a person at the console.
var consoleActs = map[string]consoleAct{
	"end_keys":            endKeys,
	"set_id_token":        setIDToken,
	"set_password":        setPassword,
	"add_agency":          addAgency,
	"add_coupon":          addCoupon,
	"add_credit":          addCredit,
	"add_member":          addMember,
	"add_organization":    addOrganization,
	"add_package":         addPackage,
	"add_resource":        addResource,
	"add_usage":           addUsage,
	"end_usage":           endUsageNow,
	"approve_order":       on((*world).order, approveOrder),
	"cancel_order":        consoleCancel,
	"close_resource":      on((*world).resource, resourceStatus(resourceClosed)),
	"convert":             on((*world).resource, consoleConvert),
	"expire":              on((*world).resource, expireResource),
	"expire_coupon":       on((*world).coupon, expireCoupon),
	"expire_order":        on((*world).order, expireOrder),
	"freeze":              on((*world).resource, resourceStatus(resourceFrozen)),
	"hold_transfer":       holdTransfer,
	"lock_coupon":         on((*world).coupon, lockCoupon),
	"pay_order":           on((*world).order, consolePay),
	"place_order":         placeOrder,
	"refuse":              on((*world).resource, consoleRefuse),
	"refuse_order":        on((*world).order, refuseOrder),
	"renew":               on((*world).resource, consoleRenew),
	"read_code":           readCode,
	"reprice_order":       on((*world).order, repriceOrder),
	"set_balance":         setBalance,
	"set_member":          on((*world).member, setMember),
	"set_expire_policy":   on((*world).resource, setExpirePolicy),
	"set_status":          on((*world).order, setOrderStatus),
	"transfer":            on((*world).member, consoleTransfer),
	"unfreeze":            on((*world).resource, unfreeze),
	"unsubscribe_package": unsubscribePackage,
	"unsubscribe":         on((*world).resource, consoleUnsubscribe),
	"add_card":            addCard,
	"add_invoice":         addInvoice,
	"measure_bandwidth":   measureBandwidth,
	"set_quota":           setQuota,
}

// on is an act on the one thing that its values name.
func on[Thing any, Values interface{ named() string }](
	find func(*world, string) (*Thing, error), act func(*world, *Thing, Values) (map[string]any, error),
) consoleAct {
	return func(w *world, data []byte) (map[string]any, error) {
		var values Values
		if err := decodeStrictly(data, &values); err != nil {
			return nil, err
		}
		thing, err := find(w, values.named())
		if err != nil {
			return nil, err
		}

		return act(w, thing, values)
	}
}

type (
	namedOrder struct {
		OrderID string `json:"order_id"`
	}
	namedResource struct {
		ResourceID string `json:"resource_id"`
	}
	namedCoupon struct {
		CouponID string `json:"coupon_id"`
	}
)

func (n namedOrder) named() string { return n.OrderID }

func (n namedResource) named() string { return n.ResourceID }

func (n namedCoupon) named() string { return n.CouponID }

func (w *world) order(id string) (*Order, error) {
	if o := w.orders[id]; o != nil {
		return o, nil
	}

	return nil, fmt.Errorf("no order %q", id)
}

func (w *world) resource(id string) (*Resource, error) {
	if r := w.resources[id]; r != nil {
		return r, nil
	}

	return nil, fmt.Errorf("no resource %q", id)
}

func (w *world) coupon(id string) (*Coupon, error) {
	if c := w.coupons[id]; c != nil {
		return c, nil
	}

	return nil, fmt.Errorf("no coupon %q", id)
}

// instantOrDelay is a time, or a duration from now.
type instantOrDelay string

func (t instantOrDelay) at(now, absent time.Time) (time.Time, error) {
	if t == "" {
		return absent, nil
	}
	if delay, err := time.ParseDuration(string(t)); err == nil {
		return now.Add(delay), nil
	}
	at, err := time.Parse(time.RFC3339, string(t))
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is neither a time nor a duration", string(t))
	}

	return at.UTC(), nil
}

// approveOrder makes an order that waits for approval payable, and carries out a
// conversion that is under review.
func approveOrder(w *world, o *Order, _ namedOrder) (map[string]any, error) {
	if o.UnderReview {
		w.decide(o, true)

		return map[string]any{"order_id": o.OrderID, "status": o.Status}, nil
	}
	if o.Status != orderApproval {
		return nil, fmt.Errorf("order %s is in status %d, not pending approval", o.OrderID, o.Status)
	}
	w.setStatus(o, orderUnpaid)
	o.Held = false

	return map[string]any{"order_id": o.OrderID, "status": o.Status}, nil
}

func consoleCancel(w *world, data []byte) (map[string]any, error) {
	var request struct {
		OrderID string `json:"order_id"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	if err := w.cancel(request.OrderID); err != nil {
		return nil, err
	}

	return map[string]any{"order_id": request.OrderID}, nil
}

type consolePayment struct {
	namedOrder

	CouponIDs  []string `json:"coupon_ids"`
	DiscountID string   `json:"discount_id"`
	By         string   `json:"by"`
}

func consolePay(w *world, o *Order, request consolePayment) (map[string]any, error) {
	pay := payment{by: request.By}
	switch request.By {
	case "":
		pay.by = "console"
	case "console", "system":
	default:
		return nil, fmt.Errorf("by: %q is neither console nor system", request.By)
	}
	for _, id := range request.CouponIDs {
		c, err := w.coupon(id)
		if err != nil {
			return nil, err
		}
		pay.coupons = append(pay.coupons, couponUse{id: id, kind: paymentTypes[c.Type]})
	}
	for _, d := range o.Discounts {
		chosen := request.DiscountID == "" && d.Type == discountAdjustment
		if d.ID == request.DiscountID || chosen {
			pay.discount = &discountUse{id: d.ID, kind: int64(d.Type)}
		}
	}
	if request.DiscountID != "" && pay.discount == nil {
		return nil, fmt.Errorf("no discount %q", request.DiscountID)
	}
	if err := w.pay(o.OrderID, pay); err != nil {
		return nil, err
	}

	return map[string]any{"order_id": o.OrderID, "status": o.Status}, nil
}

type orderPrice struct {
	namedOrder

	Amount Amount `json:"amount"`
}

func repriceOrder(w *world, o *Order, request orderPrice) (map[string]any, error) {
	if request.Amount == "" {
		return nil, errors.New("amount: required")
	}
	if o.OrderType == orderUnsubscribe {
		request.Amount = request.Amount.size()
	}
	w.changeOrder(o)
	o.setAmount(request.Amount)
	if o.OfficialAmount.cmp(request.Amount) < 0 {
		o.OfficialAmount = request.Amount
	}

	return map[string]any{"order_id": o.OrderID, "amount": o.AmountAfterDiscount}, nil
}

type orderStatus struct {
	namedOrder

	Status int `json:"status"`
}

// setOrderStatus sets any status, known to the API or not, and keeps it.
func setOrderStatus(w *world, o *Order, request orderStatus) (map[string]any, error) {
	w.setStatus(o, request.Status)
	o.Held = true
	o.Processing = nil
	if request.Status == orderCompleted {
		o.Held = false
		w.complete(o, w.clock.now())
	}

	return map[string]any{"order_id": o.OrderID, "status": o.Status}, nil
}

// expireOrder brings the payment deadline to now.
func expireOrder(w *world, o *Order, _ namedOrder) (map[string]any, error) {
	w.changeOrder(o)
	o.Deadline = w.clock.now()
	w.settleOrder(o, o.Deadline)

	return map[string]any{"order_id": o.OrderID, "status": o.Status}, nil
}

type couponLock struct {
	namedCoupon

	OrderID string `json:"order_id"`
}

func lockCoupon(w *world, c *Coupon, request couponLock) (map[string]any, error) {
	c.LockOrderID = request.OrderID
	w.dirty = true

	return map[string]any{"coupon_id": c.CouponID, "lock_order_id": c.LockOrderID}, nil
}

func expireCoupon(w *world, c *Coupon, _ namedCoupon) (map[string]any, error) {
	c.ExpireTime = w.clock.now()
	w.dirty = true

	return map[string]any{"coupon_id": c.CouponID}, nil
}

// setBalance sets the balance, and the credit that is left, when given: those of
// the customer, or of a member. What members do has no books.
func setBalance(w *world, data []byte) (map[string]any, error) {
	var request struct {
		MemberID string  `json:"member_id"`
		Amount   *Amount `json:"amount"`
		Credit   *Amount `json:"credit"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	balances, err := w.balancesOf(request.MemberID)
	if err != nil {
		return nil, err
	}
	set := func(kind int, amount *Amount) {
		if amount == nil {
			return
		}
		i := slices.IndexFunc(*balances, func(b *Balance) bool { return b.Type == kind && b.ExpireTime.IsZero() })
		if i < 0 {
			i = len(*balances)
			*balances = append(*balances, &Balance{AccountID: fmt.Sprintf("%s%010d", cmp.Or(request.MemberID, "BA"), i+1), Type: kind})
		}
		b := (*balances)[i]
		change, trade := amount.minus(b.Amount), tradeTopUp
		if !change.positive() || kind == accountCredit {
			trade = tradeAdjust
		}
		b.Amount = *amount
		if request.MemberID == "" {
			w.bookBalance(kind, trade, change, nil)
		}
		if kind == accountCredit && b.CreditLimit.cmp(b.Amount) < 0 {
			b.CreditLimit = b.Amount
		}
	}
	set(accountBalance, request.Amount)
	set(accountCredit, request.Credit)
	w.dirty = true

	return map[string]any{}, nil
}

// couponSpec is a coupon as the console describes it.
type couponSpec struct {
	ID        string         `json:"id"`
	Type      int            `json:"type"`
	FaceValue Amount         `json:"face_value"`
	Balance   Amount         `json:"balance"`
	Version   int            `json:"version"`
	Group     int            `json:"group"`
	Status    int            `json:"status"`
	Name      string         `json:"name"`
	Expire    instantOrDelay `json:"expire_time"`
	UseLimits []UseLimit     `json:"use_limits"`
	Frozen    bool           `json:"frozen"`
	OrderID   string         `json:"order_id"`
	Kind      string         `json:"kind"`
	// MemberID is who has it, if not the customer; SubCouponID is set of what the
	// customer gave away.
	MemberID    string `json:"member_id"`
	SubCouponID string `json:"sub_coupon_id"`
}

func addCoupon(w *world, data []byte) (map[string]any, error) {
	var request couponSpec
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	c, err := w.issue(request)
	if err != nil {
		return nil, err
	}

	return map[string]any{"coupon_id": c.CouponID}, nil
}

func (w *world) issue(spec couponSpec) (*Coupon, error) {
	now := w.clock.now()
	expire, err := spec.Expire.at(now, addMonths(now, 6))
	if err != nil {
		return nil, err
	}
	n := w.next("coupon")
	c := &Coupon{
		CouponID: spec.ID, Code: fmt.Sprintf("SIM-COUPON-%06d", n), Status: spec.Status, Type: spec.Type,
		Group: spec.Group, Version: spec.Version, FaceValue: spec.FaceValue, Balance: spec.Balance,
		ValidTime: now, ExpireTime: expire, CreateTime: now, PlanID: fmt.Sprintf("PP%010d", n), PlanName: spec.Name,
		UseLimits: spec.UseLimits, Frozen: spec.Frozen, Kind: spec.Kind, SubCouponID: spec.SubCouponID,
	}
	if c.Kind != "" && !slices.Contains(couponKinds, c.Kind) {
		return nil, fmt.Errorf("kind: %q is none of %q", c.Kind, couponKinds)
	}
	if c.CouponID == "" {
		c.CouponID = fmt.Sprintf("CP%013d", int64(2611220000000)+int64(n))
	}
	if w.coupons[c.CouponID] != nil && spec.MemberID == "" {
		return nil, fmt.Errorf("coupon %s exists", c.CouponID)
	}
	if c.Status == 0 {
		c.Status = couponAvailable
	}
	if c.Type == 0 {
		c.Type = couponCash
	}
	if c.Version == 0 {
		c.Version = 1
	}
	if c.Version == 2 && c.Balance == "" {
		c.Balance = c.FaceValue
	}
	if spec.OrderID != "" {
		c.OrderIDs = []string{spec.OrderID}
	}
	if spec.MemberID != "" {
		m, err := w.member(spec.MemberID)
		if err != nil {
			return nil, err
		}
		m.Coupons = append(m.Coupons, c)

		return c, nil
	}
	w.Coupons = append(w.Coupons, c)
	w.coupons[c.CouponID] = c
	if c.Status == couponAvailable {
		w.bookCoupon(c, tradeAdjust, "PRIZE", c.remaining(), c.remaining(), nil)
	}

	return c, nil
}
