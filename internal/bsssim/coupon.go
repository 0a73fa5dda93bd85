// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"slices"
	"time"
)

// Coupon is a coupon of the customer. Version 1 is used up by its first use;
// version 2 keeps a Balance.
type Coupon struct {
	CouponID      string     `json:"coupon_id"`
	Code          string     `json:"coupon_code"`
	Status        int        `json:"status"`
	Type          int        `json:"coupon_type"`
	Group         int        `json:"coupon_group"`
	Version       int        `json:"coupon_version"`
	FaceValue     Amount     `json:"face_value"`
	Balance       Amount     `json:"balance,omitempty"`
	ValidTime     time.Time  `json:"valid_time"`
	ExpireTime    time.Time  `json:"expire_time"`
	CreateTime    time.Time  `json:"create_time"`
	LastUsedTime  time.Time  `json:"last_used_time,omitzero"`
	PlanID        string     `json:"promotion_plan_id,omitempty"`
	PlanName      string     `json:"plan_name,omitempty"`
	UseLimits     []UseLimit `json:"use_limits,omitempty"`
	LockOrderID   string     `json:"lock_order_id,omitempty"`
	UsedByOrderID string     `json:"used_by_order_id,omitempty"`
	Frozen        bool       `json:"frozen,omitempty"`
	SourceID      string     `json:"source_id,omitempty"`
	// Kind is activity (the default), business, test or partner.
	Kind string `json:"kind,omitempty"`
	// SubCouponID is its id at a member, if it is a part of the master's coupon.
	SubCouponID string `json:"sub_coupon_id,omitempty"`
	// OrderIDs binds the coupon to orders; empty means any order.
	OrderIDs []string `json:"order_ids,omitempty"`
}

// UseLimit is a condition of a coupon's use.
type UseLimit struct {
	Key    string `json:"limit_key"`
	Value1 string `json:"value1"`
	Value2 string `json:"value2,omitempty"`
}

// Coupon types of coupon lists, and the codes that payments want for them.
const (
	couponCash     = 1
	couponDiscount = 2
	couponFlexi    = 4
)

var paymentTypes = map[int]int64{couponCash: 301, couponDiscount: 300, couponFlexi: 302}

const (
	groupMarketplace = 1
	groupDedicated   = 2
)

func (c *Coupon) limit(key string) (string, bool) {
	i := slices.IndexFunc(c.UseLimits, func(l UseLimit) bool { return l.Key == key })
	if i < 0 {
		return "", false
	}

	return c.UseLimits[i].Value1, true
}

// usableFor says whether an order may use the coupon at all.
func (c *Coupon) usableFor(o *Order, now time.Time) bool {
	if c.Status != couponAvailable || c.Frozen || now.Before(c.ValidTime) || !c.ExpireTime.After(now) {
		return false
	}
	if c.LockOrderID != "" && c.LockOrderID != o.OrderID {
		return false
	}
	if service, limited := c.limit("serviceType"); limited && service != o.ServiceTypeCode {
		return false
	}

	return len(c.OrderIDs) == 0 || slices.Contains(c.OrderIDs, o.OrderID)
}

// remaining is what the coupon can still pay.
func (c *Coupon) remaining() Amount {
	if c.Version == 2 {
		return c.Balance
	}

	return c.FaceValue
}

// coupons finds and checks the coupons that a payment names.
func (w *world) couponsFor(o *Order, use []couponUse, discount *Discount) ([]*Coupon, error) {
	now := w.clock.now()
	found := make([]*Coupon, 0, len(use))
	for _, named := range use {
		c := w.coupons[named.id]
		switch {
		case c == nil:
			return nil, badParameter("coupon_infos.id", "no such coupon")
		case paymentTypes[c.Type] != named.kind:
			return nil, badParameter("coupon_infos.type", "not the type of the coupon")
		case slices.Contains(found, c):
			return nil, badParameter("coupon_infos.id", "named twice")
		case !c.usableFor(o, now):
			return nil, rejected("CBC.99003112")
		}
		found = append(found, c)
	}
	if most := o.couponMax(); len(found) > most {
		return nil, badParameter("coupon_infos", "the order takes %d coupons at most", most)
	}

	return found, w.checkExclusions(o, found, discount)
}

// couponMax is the number of coupons that one payment of the order may use.
func (o *Order) couponMax() int {
	if o.CouponMax > 0 {
		return o.CouponMax
	}

	return 3
}

// exclusions are the limits that a value of 0 turns into an exclusion of one
// type of discount.
var exclusions = []struct {
	limit    string
	discount int
}{
	{"simultaneousUseWithPromotionDiscount", discountPromotion},
	{"simultaneousUseWithContractDiscount", discountCommercial},
	{"simultaneousUseWithEmpowerDiscount", discountPartner},
}

func (w *world) checkExclusions(o *Order, coupons []*Coupon, discount *Discount) error {
	has := func(match func(*Coupon) bool) bool { return slices.ContainsFunc(coupons, match) }
	if has(func(c *Coupon) bool { return c.Type == couponCash }) && has(func(c *Coupon) bool { return c.Type == couponDiscount }) {
		return rejected("CBC.99003147")
	}
	if has(func(c *Coupon) bool { return c.Group == groupMarketplace }) && has(func(c *Coupon) bool { return c.Group == groupDedicated }) {
		return rejected("CBC.99003156")
	}
	if discount == nil {
		return nil
	}
	anyDiscount := w.setting("coupon_exclusion") == "any_discount"
	for _, c := range coupons {
		for _, exclusion := range exclusions {
			value, limited := c.limit(exclusion.limit)
			if limited && value == "0" && (anyDiscount || discount.Type == exclusion.discount) {
				return rejected("CBC.99003116")
			}
		}
		if least, limited := c.limit("minConsumeDiscount"); limited && Amount(least).cmp(discount.ratioOf(o)) > 0 {
			return rejected("CBC.99003117")
		}
	}

	return nil
}

// spendCoupons lowers a price by coupons and returns what is left to pay.
func (w *world) spendCoupons(o *Order, price Amount, coupons []*Coupon) (left Amount, info AmountInfo) {
	left = price
	now := w.clock.now()
	for _, c := range coupons {
		part := c.worth(left)
		left = left.minus(part)
		if c.Type == couponFlexi {
			info.FlexiAmount = info.FlexiAmount.plus(part)
		} else {
			info.CouponAmount = info.CouponAmount.plus(part)
		}
		c.LastUsedTime = now
		c.UsedByOrderID = o.OrderID
		c.LockOrderID = ""
		if c.Version == 2 {
			c.Balance = c.Balance.minus(part)
		}
		after := Amount("0.00")
		if c.Version == 2 {
			after = c.Balance
		}
		if c.Version != 2 || !c.Balance.positive() {
			c.Status = couponUsed
		}
		w.bookCoupon(c, tradeExpense, tradeExpense, Amount("0").minus(part), after, o)
		o.UsedCoupons = append(o.UsedCoupons, c.CouponID)
	}

	return left, info
}

// releaseCoupons frees what an order that ends unpaid has locked.
func (w *world) releaseCoupons(o *Order) {
	for _, c := range w.Coupons {
		if c.LockOrderID == o.OrderID {
			c.LockOrderID = ""
			w.dirty = true
		}
	}
}

type wireUseLimit struct {
	ID     string `json:"use_limiti_info_id"`
	Key    string `json:"limit_key"`
	Value1 string `json:"value1"`
	Value2 string `json:"value2,omitempty"`
	Type   string `json:"limit_type"`
	PlanID string `json:"promotion_plan_id,omitempty"`
}

func (c *Coupon) wireLimits() []wireUseLimit {
	list := make([]wireUseLimit, 0, len(c.UseLimits))
	for _, l := range c.UseLimits {
		list = append(
			list,
			wireUseLimit{ID: c.CouponID + "-" + l.Key, Key: l.Key, Value1: l.Value1, Value2: l.Value2, Type: "1", PlanID: c.PlanID},
		)
	}

	return list
}

// listOrderCoupons answers the coupons that an unpaid order can use.
func listOrderCoupons(w *world, c *call) (answer, error) {
	if w.Site == SiteEurope && w.setting("order_coupons_on_europe") == "off" {
		return answer{}, notPublished()
	}
	id := c.text("order_id")
	if id == "" {
		return answer{}, badParameter("order_id", "must not be empty")
	}
	coupons := []map[string]any{}
	most := []map[string]any{}
	o := w.orders[id]
	if o != nil && o.Status == orderUnpaid {
		now := w.clock.now()
		seen := map[[2]int]bool{}
		for _, coupon := range w.Coupons {
			if !coupon.usableFor(o, now) {
				continue
			}
			coupons = append(coupons, coupon.forOrder())
			if kind := [2]int{coupon.Type, coupon.Group}; !seen[kind] {
				seen[kind] = true
				most = append(most, map[string]any{"coupon_type": coupon.Type, "coupon_group": coupon.Group, "use_quantity_value": o.couponMax()})
			}
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"count": len(coupons), "user_coupons": coupons, "coupon_max_use_quantity": most,
	}}, nil
}

func (c *Coupon) forOrder() map[string]any {
	wire := map[string]any{
		"coupon_id": c.CouponID, "coupon_code": c.Code, "status": c.Status, "coupon_type": c.Type,
		"coupon_group": c.Group, "measure_id": 1, "face_value": c.FaceValue.number(),
		"effective_time": wireInstant(c.ValidTime), "expire_time": wireInstant(c.ExpireTime),
		"plan_name": c.PlanName, "plan_desc": "", "use_limits": c.wireLimits(),
		"create_time": wireInstant(c.CreateTime), "active_time": wireInstant(c.CreateTime),
		"last_used_time": wireInstant(c.LastUsedTime), "coupon_version": c.Version,
		"used_by_order_id": c.LockOrderID, "coupon_usage": "",
	}
	if c.Version == 2 {
		wire["balance"] = c.Balance.number()
	}

	return wire
}

// listCoupons answers the customer's coupons.
func listCoupons(w *world, c *call) (answer, error) {
	if c.has("offset") && !c.has("limit") && w.Site == SiteChina {
		return answer{}, badParameter("offset", "only together with limit")
	}
	from, until, err := c.window("active_start_time", "active_end_time")
	if err != nil {
		return answer{}, err
	}
	matches := func(name, value string) bool {
		if !c.has(name) || c.text(name) == "" && w.Site != SiteChina {
			return true
		}

		return c.text(name) == value
	}
	var found []*Coupon
	for _, coupon := range w.Coupons {
		if matches("coupon_id", coupon.CouponID) && matches("order_id", coupon.lastOrder()) &&
			matches("promotion_plan_id", coupon.PlanID) && matches("source_id", coupon.SourceID) &&
			c.matchesNumber("coupon_type", coupon.Type) && c.matchesNumber("status", coupon.Status) &&
			within(coupon.ValidTime, from, until) {
			found = append(found, coupon)
		}
	}
	list := []map[string]any{}
	for _, coupon := range page(c, found, 10) {
		list = append(list, coupon.forCustomer(w))
	}

	return answer{status: http.StatusOK, body: map[string]any{"count": len(found), "user_coupons": list}}, nil
}

func (c *Coupon) lastOrder() string {
	if c.LockOrderID != "" {
		return c.LockOrderID
	}

	return c.UsedByOrderID
}

func (c *Coupon) forCustomer(w *world) map[string]any {
	frozen := "0"
	if c.Frozen {
		frozen = "1"
	}
	wire := map[string]any{
		"coupon_id": c.CouponID, "coupon_code": c.Code, "status": c.Status, "customer_id": w.CustomerID,
		"coupon_type": c.Type, "measure_id": 1, "face_value": c.FaceValue.number(),
		"valid_time": wireInstant(c.ValidTime), "expire_time": wireInstant(c.ExpireTime),
		"order_id": c.lastOrder(), "promotion_plan_id": c.PlanID, "plan_name": c.PlanName, "plan_desc": "",
		"media_type": 1, "fetch_method": 3, "use_limits": c.wireLimits(),
		"active_time": wireInstant(c.CreateTime), "create_time": wireInstant(c.CreateTime),
		"coupon_version": c.Version, "coupon_usage": "", "is_frozen": frozen,
		"currency": w.currency(), "source_id": c.SourceID,
	}
	if c.Version == 2 {
		wire["balance"] = c.Balance.number()
		wire["lock_order_id"] = c.LockOrderID
	}

	return wire
}
